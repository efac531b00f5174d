"""A watch for reps that cannot be counted: the person hears why, instead of silence."""

import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from processing.types import AngleBlock, Phase, PhaseChange

NO_ANGLES_S = 5.0
"""A set without any valid angle for this long is reported, s: a sensor that connects again is quicker."""
MOVED_S = 8.0
"""Movement is looked at over this time, s; so the person hears of it within ten."""
SWING_DEG = 40.0
"""Movements smaller than this are no reps."""
TURNS = 3
"""So many movements up and down are meant as reps; getting into place takes fewer."""


class CountTrouble(StrEnum):
    """The reasons for which reps cannot be counted."""

    NOT_CALIBRATED = "not calibrated"
    """No angle is known, because nothing is calibrated."""
    NO_ANGLES = "no angles"
    """No angle is known although the sensors are calibrated: one of them is silent."""
    NOT_STILL = "not still"
    """The leg moves up and down without a start pose: it never came to rest."""


@dataclass(frozen=True, slots=True)
class CannotCount:
    """Notice that reps cannot be counted now."""

    t: float
    """When that was known, s."""
    why: CountTrouble
    """The reason."""


class CountWatch:
    """The watch over one set; each trouble is reported once.

    Parameters
    ----------
    t_start
        Start of the set, s.
    idle
        Whether no start pose was known then.
    calibrated
        Whether the sensors are calibrated.
    """

    def __init__(self, t_start: float, *, idle: bool, calibrated: bool) -> None:
        self._valid_t = t_start
        self._calibrated = calibrated
        self._idle_t = t_start if idle else None
        self._reported: set[CountTrouble] = set()
        self._turns: deque[float] = deque()
        self._extremes: tuple[float, float] | None = None
        self._rises = True

    def follow(self, change: PhaseChange) -> None:
        """Take note of a phase; outside of :attr:`.Phase.IDLE` reps are being counted."""
        if change.phase is not Phase.IDLE:
            self._idle_t = None
        elif self._idle_t is None:
            self._idle_t = change.noticed_t

    def feed(self, block: AngleBlock) -> CannotCount | None:
        """Take the next angles; return the trouble that they show, if any."""
        found: CannotCount | None = None
        for t, curl, valid in zip(
            block.t.tolist(), block.driving.tolist(), block.driving_valid.tolist(), strict=True
        ):
            trouble: CountTrouble | None = None
            if valid:
                self._valid_t = t
                if self._swings(t, curl):
                    trouble = CountTrouble.NOT_STILL
            elif t - self._valid_t >= NO_ANGLES_S:
                trouble = self._no_angles
            if trouble is not None and trouble not in self._reported:
                self._reported.add(trouble)
                found = CannotCount(t, trouble)
        return found

    @property
    def _no_angles(self) -> CountTrouble:
        return CountTrouble.NO_ANGLES if self._calibrated else CountTrouble.NOT_CALIBRATED

    def _swings(self, t: float, curl: float) -> bool:
        """Return whether the leg moves up and down while no start pose is known."""
        low, high = self._extremes or (curl, curl)
        self._extremes = min(low, curl), max(high, curl)
        back = high - curl if self._rises else curl - low
        if back >= math.radians(SWING_DEG):
            self._turns.append(t)
            self._rises = not self._rises
            self._extremes = curl, curl
        while self._turns and self._turns[0] < t - MOVED_S:
            self._turns.popleft()
        idle_s = -math.inf if self._idle_t is None else t - self._idle_t
        return len(self._turns) >= TURNS and idle_s >= 0.5 * MOVED_S
