"""The samples of the rep that is under way, and of the rest before it."""

import math
from typing import Final

import numpy as np

from processing.types import AngleBlock
from sensor.types import FloatArray

KEPT_SAMPLES = 2000
"""Samples of a rest that are kept to date a lift back in: 20 s at 100 Hz, the longest rep."""
TIME: Final = 0
"""Row of the times, s; driving angle (rad), its rate (rad/s), ankle angle and shin turn (rad): the next ones."""
DRIVING: Final = 1
DRIVING_RATE: Final = 2
ANKLE: Final = 3
SHIN: Final = 4
_ROWS = 5
_ROOM = 3 * KEPT_SAMPLES


class Trace:
    """Samples in the order of their times.

    Attributes
    ----------
    rows
        (5, k) the values of the samples, see :data:`TIME`, with room for more.
    ends
        (2,) the first sample in ``rows``, and where the next one goes: the owner fills it.
    """

    def __init__(self) -> None:
        self.rows = np.empty((_ROWS, _ROOM))
        self.ends = np.zeros(2, dtype=np.int64)

    def __len__(self) -> int:
        first, stop = self.ends.tolist()
        return stop - first

    @property
    def first_t(self) -> float:
        """The time of the first sample, s."""
        return self.rows.item(TIME, self.ends.item(0))

    @property
    def last_t(self) -> float:
        """The time of the last sample, s."""
        return self.rows.item(TIME, self.ends.item(1) - 1)

    @property
    def last_angle(self) -> float:
        """The driving angle of the last sample, rad."""
        return self.rows.item(DRIVING, self.ends.item(1) - 1)

    def make_room(self, more: int) -> None:
        """Make room for so many samples after the last one."""
        if self.ends.item(1) + more > self.rows.shape[1]:
            self._keep(self._samples, len(self) + more)

    def columns(
        self, from_t: float = -math.inf, until_t: float = math.inf
    ) -> tuple[FloatArray, ...]:
        """Return the five columns of the samples from ``from_t`` on and before ``until_t`` s, (n,) each."""
        samples = self._samples
        first, last = np.searchsorted(samples[TIME], (from_t, until_t))
        return tuple(samples[:, first:last].copy())

    def last_at(self, angle: float) -> float:
        """Return when the driving angle was at most ``angle`` rad for the last time, s."""
        t, driving, *_ = self._samples
        low = np.flatnonzero(driving <= angle)
        last: float = t.item(low[-1] if len(low) else 0)
        return last

    def above(self, angle: float, after_t: float) -> tuple[float, float] | None:
        """Return the first and the last time after ``after_t`` s at which the driving angle is ``angle`` rad."""
        t, driving, *_ = self._samples
        held = t[(t > after_t) & (driving >= angle)]
        return (held.item(0), held.item(-1)) if len(held) else None

    def angle_at(self, t: float) -> float | None:
        """Return the driving angle of the last sample until ``t`` s, rad; None if there is none."""
        times, driving, *_ = self._samples
        upto = int(np.searchsorted(times, t, side="right"))
        return driving.item(upto - 1) if upto else None

    def replace_after(self, t: float, samples: FloatArray) -> None:
        """Put ``samples`` (5, n) in place of those after ``t`` s; what was forgotten stays so."""
        kept = self._samples
        if not kept.size:
            return
        begins = samples[TIME] >= max(self.first_t, t)
        joined = np.hstack([kept[:, kept[TIME] <= t], samples[:, begins]])
        self._keep(joined, joined.shape[1])

    def forget(self) -> None:
        """Forget all samples."""
        self.ends[:] = 0

    def forget_before(self, t: float) -> None:
        """Forget the samples before ``t`` s; the last one stays, since a lift begins with it."""
        times = self._samples[TIME]
        self.ends[0] += min(np.searchsorted(times, t), max(len(times) - 1, 0))

    def keep_descent(self) -> None:
        """Forget all until the driving angle was last above that of the last sample: another movement's."""
        driving = self._samples[DRIVING]
        higher = np.flatnonzero(driving > driving[-1])
        self.ends[0] += higher[-1] + 1 if len(higher) else 0

    def cut(self) -> None:
        """Forget what is older than the longest rest, once there is much of it."""
        if len(self) > 2 * KEPT_SAMPLES:
            self.ends[0] = self.ends[1] - KEPT_SAMPLES

    @property
    def _samples(self) -> FloatArray:
        """(5, n) the samples, not copied."""
        first, stop = self.ends.tolist()
        return self.rows[:, first:stop]

    def _keep(self, samples: FloatArray, room: int = 0) -> None:
        """Put ``samples`` (5, n) to the front, in larger rows if there is not ``room`` for twice as many."""
        kept = samples.copy()
        if 2 * room > self.rows.shape[1]:
            self.rows = np.empty((_ROWS, 2 * room))
        self.ends[:] = 0, kept.shape[1]
        self.rows[:, : kept.shape[1]] = kept


def rows_of(angles: AngleBlock) -> FloatArray:
    """Return the samples of ``angles`` as rows (5, n) of a trace; the ankle is not a number where it is not judged."""
    ankle = np.where(angles.both_judged, angles.ankle, math.nan)
    rows = angles.t, angles.driving, angles.driving_rate, ankle, angles.shin_turn
    return np.array(rows)
