"""The limits of reps that depend on the range of a whole one."""

import math
from dataclasses import dataclass

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import rep_limits as limits


@dataclass(frozen=True, slots=True)
class RepScale:
    """The limits of an exercise for one reference range, in rad."""

    start: float
    """A rise that starts a rep."""
    turn: float
    """A way back by which the direction has changed."""
    leave: float
    """A fall that ends the hold at the top."""
    arrive: float
    """The least height of the hold at the top."""
    settle: float
    """A lift that rests below this height was a change of pose."""
    move_in: float
    """A rise out of a rest by which that was the start pose."""


def scale_of(rom: float | None, own: RepLimits = LEG_CURL_LIMITS) -> RepScale:
    """Return the limits for the range ``rom`` (rad) of a whole rep; None if it is not known.

    ``own`` are the limits of the exercise.
    """
    known = 0.0 if rom is None else rom
    whole = math.radians(own.smallest_deg) if rom is None else rom
    return RepScale(
        start=max(math.radians(own.start_deg), own.start_percent / 100.0 * known),
        turn=max(math.radians(own.turn_deg), own.turn_percent / 100.0 * known),
        leave=max(math.radians(own.leave_deg), own.leave_percent / 100.0 * known),
        arrive=limits.ARRIVE_FRACTION * whole,
        settle=max(math.radians(own.pose_deg), limits.REST_FRACTION * known),
        move_in=max(math.radians(own.move_in_deg), own.whole_percent / 100.0 * whole),
    )
