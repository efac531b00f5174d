"""Detection, in the start pose, of a shin sensor that has turned on its strap.

In the start pose the leg lies as it lay before. If the shin's sensor slips, the shin seems to have
turned while the foot has not: the curl angle and the ankle jump by the same amount. A leg that really
lies differently takes its foot along, so that the ankle stays; toes that are pointed leave the curl
angle alone. A slip of the foot's sensor about the ankle's axis looks just like a foot that rests
differently: it shows only in an ankle beyond its range, or when the zero pose is taken again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from processing.calibration.changes import Calibrated
from processing.calibration.grade import zero_shift_deg
from processing.motion.long_block import pieces
from processing.types import AngleBlock, slice_block
from sensor.types import BoolArray, FloatArray

STILL_DEG = 2.0
"""A second in which curl and ankle stay within this is still; two alike are a rest."""
POSE_DEG = 30.0
"""Further from the start pose a rest says nothing: the person sits or stands."""
ALIKE_DEG = 3.0
"""Within this the foot stayed where it was in space: an angle may be off by as much."""

_ROUNDING_S = 1e-6
"""A time of the grid may lie so far before its whole second, by rounding."""


class ZeroWatch:
    """A watch on how far the zero has moved. Any split of the input gives the same bits.

    Attributes
    ----------
    moved
        How far the shin sensor has turned since the calibration, as far as is known, rad.
    sound_t
        When the leg last lay in the start pose without such a turn, s.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start again: there is another calibration."""
        self.moved = 0.0
        self.sound_t = -math.inf
        self._rest: tuple[float, float] | None = None
        self._last: tuple[float, float] | None = None
        self._now = 0
        self._blocks: list[AngleBlock] = []

    def feed(self, block: AngleBlock) -> list[float]:
        """Take the next angles; return each new value of :attr:`moved`."""
        found: list[float] = []
        if not block.t.size:
            return found
        # Most blocks lie within a second, and this runs for every message.
        parts = [block] if _second(block.t.item(0)) == _second(block.t.item(-1)) else _cut(block)
        for part in parts:
            now = _second(part.t.item(0))
            if now != self._now and self._blocks:
                before = self.moved
                self._close(self._blocks)
                self._blocks = []
                found += [self.moved] if self.moved != before else []
            self._now = now
            self._blocks.append(part)
        return found

    def _close(self, blocks: Sequence[AngleBlock]) -> None:
        """Look at the angles of a second that is over."""
        still = math.radians(STILL_DEG)
        t, curls = np.concatenate([b.t for b in blocks]), np.concatenate([b.curl for b in blocks])
        ankles = np.concatenate([b.ankle for b in blocks])
        valid = np.concatenate([b.valid & b.curl_valid for b in blocks])
        self._find_sound(t, curls, valid)
        if not valid.all() or max(np.ptp(curls), np.ptp(ankles)) > still:
            self._last = None
            return
        last, self._last = self._last, (float(curls.mean()), float(ankles.mean()))
        if last is None or not _alike(last, self._last, still):
            return
        curl, ankle = self._last
        if abs(curl) > math.radians(POSE_DEG):
            return
        if self._rest is None:
            # The first rest after a calibration is what the later ones are compared with.
            self._rest = curl, ankle
            return
        turned, bent = curl - self._rest[0], ankle - self._rest[1]
        alike = math.radians(ALIKE_DEG)
        if abs(turned) > alike and abs(turned - bent) <= alike:
            self.moved = turned

    def _find_sound(self, t: FloatArray, curls: FloatArray, valid: BoolArray) -> None:
        """Take the leg's lying as it lay, for half a second, as the proof that the sensor has not turned.

        That is enough between two reps, whatever the toes do there: what the leg did before was a pose.
        """
        if self._rest is None:
            return
        middle = len(t) // 2
        for half in (slice(middle), slice(middle, None)):
            curl = curls[half]
            if not len(curl) or not valid[half].all():
                continue
            is_still = np.ptp(curl) <= math.radians(STILL_DEG)
            turned = abs(float(curl.mean()) - self._rest[0])
            if is_still and turned <= math.radians(ALIKE_DEG):
                self.moved, self.sound_t = 0.0, float(t[half][-1])


def _cut(block: AngleBlock) -> list[AngleBlock]:
    """Return ``block`` cut where a second ends."""
    seconds = np.floor(block.t + _ROUNDING_S).astype(np.int64)
    edges = [0, *(np.flatnonzero(np.diff(seconds)) + 1).tolist(), len(block.t)]
    return [slice_block(block, start, stop) for start, stop in pairwise(edges)]


def _second(t: float) -> int:
    """Return the whole second in which the time ``t`` (s) of the grid lies."""
    return math.floor(t + _ROUNDING_S)


def _alike(one: tuple[float, float], other: tuple[float, float], within: float) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= within


@dataclass(frozen=True, slots=True)
class ZeroMove:
    """A move of the zero at some time within a span."""

    t_start: float
    """Start of the span, s; from here on no angle is certain."""
    t_end: float
    """End of the span, s."""
    moved: float
    """Angle by which the zero moved, rad."""


def zero_moves(angles: AngleBlock, changes: Sequence[Calibrated]) -> list[ZeroMove]:
    """Return the moves of the zero in a whole recording.

    Parameters
    ----------
    angles
        The angles of the whole recording.
    changes
        The calibrations that were made in it. If a new zero differs from the one before, the strap
        slipped at some time in between.
    """
    moves: list[ZeroMove] = []
    # The movements of a calibration are measured with it, so the first one reaches back.
    edges = [-math.inf, *(change.t for change in changes[1:]), math.inf]
    for start, stop in pairwise(edges):
        first, last = np.searchsorted(angles.t, (start, stop))
        watch = ZeroWatch()
        for piece in pieces(slice_block(angles, int(first), int(last))):
            watch.feed(piece)
        if watch.moved:
            # A slip shows only in a rest: it happened at some time since the last sound one.
            moves.append(ZeroMove(watch.sound_t, stop, watch.moved))
    for earlier, later in pairwise(changes):
        moves.append(ZeroMove(earlier.t, later.t, zero_shift(later, earlier)))
    return moves


def zero_shift(later: Calibrated, earlier: Calibrated) -> float:
    """Return how far the zero had moved when it was taken again, rad.

    It is 0 if ``later`` is a whole new calibration: the sensors may have been strapped on again.
    """
    if later.whole:
        return 0.0
    return math.radians(zero_shift_deg(later.calibration, earlier.calibration))
