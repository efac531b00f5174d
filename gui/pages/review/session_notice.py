"""A notice about a session: its damage, its edits, and angles that cannot be trusted."""

from collections.abc import Mapping
from pathlib import Path

from gui.models.review import ReviewedSession
from gui.pages.review.set_words import damage_words
from gui.translations import texts
from sensor.errors import RecordingFault
from sensor.recording import LeftAsItIs

_MOST_REMARKS = 3
"""Number of remarks on the angle in the banner; the tool tip has all of them."""


def notice_of(
    session: ReviewedSession | None, stays_large: Mapping[Path, LeftAsItIs | RecordingFault]
) -> tuple[str, str]:
    """Return what is wrong with the edits or the file of a session, and why; empty for nothing."""
    if session is None:
        return "", ""
    if session.trouble:
        return session.trouble, ""
    health, words = session.recording.health, texts().calibration
    found = session.analysis.angle_remarks[:_MOST_REMARKS]
    damage, details = ([], []) if health.complete else ([damage_words(health)], [health.summary])
    troubles = map(texts().exercises.exercise_trouble, session.analysis.exercise_troubles)
    large = stays_large.get(session.recording.path)
    size = [] if large is None else [texts().plan.stays_large(large)]
    sentences = [*damage, *troubles, *map(words.angle_remark, found), *size]
    return "\n".join(sentences), "\n".join([*details, *map(words.angle_why, found)])
