"""The place of a video on the time of a session. Session time = time in the video + offset."""

from dataclasses import replace
from datetime import datetime, timedelta

from gui.models.video.facts import VideoFacts
from processing.review.video_link import Alignment, PlacedBy

CLOCK_S = 2.0
"""Uncertainty of two clocks that are both set by the network, and of times that count whole seconds."""
IMPACT_S = 0.01
"""Uncertainty of an impact in the samples, one of the grid."""
MOST_OFFSET_S = 1e6
"""An offset beyond 11 days is none: the dates of one file are wrong."""


def by_clock(facts: VideoFacts, began: datetime, duration_s: float) -> Alignment:
    """Lay a video by the times of its file; at the start of the session if they do not fit.

    Some cameras note when a video began, others when it ended; and a file is last changed when it ended,
    unless it was copied.

    Parameters
    ----------
    facts
        The facts of the video.
    began
        Start of the session, with its time zone.
    duration_s
        Length of the session, s.
    """
    length = timedelta(seconds=facts.duration_s)
    close = timedelta(seconds=CLOCK_S)
    created, modified = facts.created, facts.modified
    if created is not None and abs(modified - created) <= close < length:
        # Still written at its creation time: that was the end.
        starts = [created - length]
    elif created is not None and abs(modified - created - length) <= close:
        starts = [created]
    elif created is not None:
        starts = [created, created - length]
    else:
        starts = [modified - length]
    offsets = [(start - began).total_seconds() for start in starts]
    fitting = [at for at in offsets if -facts.duration_s < at < duration_s]
    if not fitting:
        return Alignment(0.0, PlacedBy.NOTHING, None)
    doubt = CLOCK_S + (facts.duration_s if len(fitting) > 1 else 0.0)
    return Alignment(fitting[0], PlacedBy.CLOCK, doubt)


def by_impact(shown_s: float, frame_s: float, impact_s: float) -> Alignment:
    """Lay a video by an impact.

    Parameters
    ----------
    shown_s
        Time in the video of the first frame in which the foot has landed, s.
    frame_s
        Time from frame to frame, s.
    impact_s
        Session time of the impact in the samples, s.
    """
    # It landed between this frame and the one before.
    landed = shown_s - 0.5 * frame_s
    return Alignment(impact_s - landed, PlacedBy.IMPACT, 0.5 * frame_s + IMPACT_S)


def shifted(before: Alignment, by_s: float) -> Alignment:
    """Move a video by ``by_s`` s to later session times, by hand."""
    offset = min(max(before.offset_s + by_s, -MOST_OFFSET_S), MOST_OFFSET_S)
    return replace(before, offset_s=offset, by=PlacedBy.HAND, uncertainty_s=None)
