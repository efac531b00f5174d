"""The limits of reps that depend on the range of a whole one."""

import math
from dataclasses import dataclass

from processing.reps import rep_limits as limits


@dataclass(frozen=True, slots=True)
class RepScale:
    """Limits of :mod:`.rep_limits` for one reference range, in rad."""

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
    whole: float
    """The smallest range of a whole rep."""


def scale_of(rom: float | None) -> RepScale:
    """Return the limits for the range ``rom`` (rad) of a whole rep; None if it is not known."""
    known = 0.0 if rom is None else rom
    whole = math.radians(limits.SMALLEST_ROM_DEG) if rom is None else rom
    return RepScale(
        start=max(math.radians(limits.START_DEG), limits.START_FRACTION * known),
        turn=max(math.radians(limits.TURN_DEG), limits.TURN_FRACTION * known),
        leave=max(math.radians(limits.LEAVE_DEG), limits.LEAVE_FRACTION * known),
        arrive=limits.ARRIVE_FRACTION * whole,
        settle=max(math.radians(limits.POSE_DEG), limits.REST_FRACTION * known),
        whole=limits.VALID_FRACTION * whole,
    )
