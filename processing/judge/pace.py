"""The pace of a test: how reps keep to a metronome, and when the test is over.

The pace is measured from lift to lift, so that neither the delay of the loudspeaker nor a lift a little
before or after its beat counts.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

OFF_SHARE = 0.25
"""A rep is off the pace if it starts earlier or later by more than this share of the time of a rep.

A quarter of 2 s is half a second: half of the time between a high and a low tick, which is heard at once.
"""
MOST_MISSED = 2
"""Missed reps that end a test, unless its protocol names another number: one may be a slip."""
NOTICED_S = 1.0
"""A rep is known this long after its end at the latest, s."""


@dataclass(frozen=True, slots=True)
class PaceRule:
    """The pace that is asked for."""

    per_minute: float
    """Reps a minute."""
    most_missed: int = MOST_MISSED
    """The test is over when so many reps were missed."""

    @property
    def rep_s(self) -> float:
        """Time from lift to lift, s."""
        return 60.0 / self.per_minute


@dataclass(frozen=True, slots=True)
class Pace:
    """The tempo of a set against the pace that was asked for."""

    asked_per_minute: float
    """Reps a minute that were asked for."""
    per_minute: float | None
    """Measured reps a minute, from the median time between two lifts; None with fewer than two reps."""
    off: int
    """Whole reps that started too early or too late."""
    missed: int
    """Reps of the metronome for which there is no whole rep, up to the last one that there is."""
    kept: int
    """Whole reps until too many were missed: the result of the test."""


def pace_of(starts_s: Sequence[float], rule: PaceRule) -> Pace:
    """Return the pace of the whole reps whose lifts start at ``starts_s`` s, in order."""
    times = [later - start for start, later in pairwise(starts_s)]
    off = missed = 0
    kept = len(starts_s)
    for number, time_s in enumerate(times, start=1):
        off += lateness(time_s, rule) != 0
        missed += _missed(time_s, rule)
        if missed >= rule.most_missed:
            kept = min(kept, number)
    return Pace(
        rule.per_minute, 60.0 / median(times) if times else None, off=off, missed=missed, kept=kept
    )


def lateness(time_s: float, rule: PaceRule) -> int:
    """Return 1 for a lift that starts too late, -1 for one too early, 0 for one on a beat.

    ``time_s`` is the time since the lift before it. Reps that were missed in between count on their own.
    """
    share = time_s / rule.rep_s - 1 - _missed(time_s, rule)
    return 0 if abs(share) <= OFF_SHARE else round(math.copysign(1, share))


def over_t(starts_s: Sequence[float], rule: PaceRule) -> float:
    """Return when too many reps will be missed without another one, s; infinite before the first rep."""
    if not starts_s:
        return math.inf
    left = rule.most_missed - pace_of(starts_s, rule).missed
    # A rep that starts just in time is known only after its end.
    return starts_s[-1] + (left + 1.5) * rule.rep_s + NOTICED_S


def _missed(time_s: float, rule: PaceRule) -> int:
    """Return how many reps fit between two lifts beyond the first."""
    return max(math.floor(time_s / rule.rep_s + 0.5) - 1, 0)
