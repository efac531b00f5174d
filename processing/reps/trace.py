"""The samples of the rep that is under way, and of the rest before it."""

import math
from bisect import bisect_left
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from processing.types import Dropout
from sensor.types import FloatArray

Sample: TypeAlias = tuple[float, float, float, float, float]
"""Time (s), driving angle (rad), its rate (rad/s), ankle angle and shin turn (rad)."""

KEPT_SAMPLES = 2000
"""Samples of a rest that are kept to date a lift back in: 20 s at 100 Hz, the longest rep."""

_TIME = itemgetter(0)


class Trace:
    """Samples in the order of their times."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        """Added to by the owner, one for each sample of a stream."""

    @property
    def first_t(self) -> float:
        """The time of the first sample, s."""
        return self.samples[0][0]

    @property
    def last_t(self) -> float:
        """The time of the last sample, s."""
        return self.samples[-1][0]

    @property
    def last_angle(self) -> float:
        """The driving angle of the last sample, rad."""
        return self.samples[-1][1]

    def columns(
        self, from_t: float = -math.inf, until_t: float = math.inf
    ) -> tuple[FloatArray, ...]:
        """Return the five columns of the samples from ``from_t`` on and before ``until_t`` s, (n,) each."""
        first, last = (bisect_left(self.samples, t, key=_TIME) for t in (from_t, until_t))
        rows = np.array(self.samples[first:last], dtype=np.float64)
        return tuple(np.ascontiguousarray(rows.T))

    def last_at(self, angle: float) -> float:
        """Return when the driving angle was at most ``angle`` rad for the last time, s."""
        low = (t for t, own, *_ in reversed(self.samples) if own <= angle)
        return next(low, self.first_t)

    def above(self, angle: float, after_t: float) -> tuple[float, float] | None:
        """Return the first and the last time after ``after_t`` s at which the driving angle is ``angle`` rad."""
        held = [t for t, own, *_ in self.samples if t > after_t and own >= angle]
        return (held[0], held[-1]) if held else None

    def raise_after(self, loss: Dropout, too_low: float) -> None:
        """Raise the driving angles after a loss by ``too_low`` rad, and forget the samples that bridge its notice."""
        self.samples = [
            (t, angle + too_low * (t > loss.lost_t), rate, ankle, shin)
            for t, angle, rate, ankle, shin in self.samples
            if not loss.t_start < t < loss.t_end
        ]

    def forget_before(self, t: float) -> None:
        """Forget the samples before ``t`` s; the last one stays, since a lift begins with it."""
        keep = bisect_left(self.samples, t, key=_TIME)
        del self.samples[: min(keep, len(self.samples) - 1)]

    def keep_descent(self) -> None:
        """Forget all until the driving angle was last above that of the last sample: another movement's."""
        samples = self.samples
        last = samples[-1][1]
        higher = next((i for i in range(len(samples) - 1, -1, -1) if samples[i][1] > last), -1)
        del samples[: higher + 1]

    def cut(self) -> None:
        """Forget what is older than the longest rest; rarely, since cutting a list costs its length."""
        if len(self.samples) > 2 * KEPT_SAMPLES:
            del self.samples[:-KEPT_SAMPLES]
