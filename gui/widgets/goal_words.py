"""A goal in words: what it asks, what limits it, and how sure its numbers are."""

from PySide6.QtCore import QCoreApplication

from gui.models.goals import loads_in
from gui.translations import texts
from gui.translations.decimals import plain
from gui.translations.load_words import weight_words
from processing.library.goals import Goal, GoalProgress
from processing.library.history import Change
from processing.review.session_numbers import CHANGE_SESSIONS


def goal_words(goal: Goal, unit: str) -> str:
    """Return what a goal asks."""
    good = QCoreApplication.translate("GoalsCard", "{percent} % good")
    parts = [good.format(percent=plain(goal.quality_percent))]
    if goal.load_kg is not None:
        load = weight_words(goal.load_kg, unit)
        parts.append(QCoreApplication.translate("GoalsCard", "at {load}").format(load=load))
    words = " ".join(parts)
    if goal.lowering_s is None:
        return words
    down = QCoreApplication.translate("GoalsCard", "{seconds} s down")
    return f"{words}, {down.format(seconds=plain(goal.lowering_s))}"


def limit_words(found: GoalProgress, unit: str) -> str:
    """Return what limits a goal, and how sure its numbers are."""
    now = now_words(found, unit)
    return f"{now}\n{_change_words(found)}" if found.sessions else now


def now_words(found: GoalProgress, unit: str) -> str:
    """Return what limits a goal, or how often it was reached."""
    if found.limit is None:
        text = QCoreApplication.translate(
            "GoalsCard", "Reached in {count} of the sessions of eight weeks"
        )
        return text.format(count=found.reached)
    limit = texts().weeks.goal_limit(found.limit, *loads_in(unit))
    text = QCoreApplication.translate("GoalsCard", "What limits it: {limit}")
    return text.format(limit=limit)


def _change_words(found: GoalProgress) -> str:
    if found.verdict is Change.TOO_EARLY:
        text = QCoreApplication.translate(
            "GoalsCard",
            "Good reps near this load: too early to tell, {count} of {needed} sessions",
        )
        return text.format(count=found.known, needed=CHANGE_SESSIONS + 1)
    changes = {
        Change.NONE: QCoreApplication.translate(
            "GoalsCard", "Good reps near this load: no real change"
        ),
        Change.INCREASE: QCoreApplication.translate(
            "GoalsCard", "Good reps near this load: more than before"
        ),
        Change.DECREASE: QCoreApplication.translate(
            "GoalsCard", "Good reps near this load: less than before"
        ),
    }
    return changes[found.verdict]
