"""Predicts when the leg will be near the top, from the person's last lifts."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from sensor.types import FloatArray

NEAR_TOP = 0.9
"""The height that is predicted, as a share of the range."""
_FROM = 0.2
"""Height from which a lift is predicted, as a share of the range; below it the pace is not known.
"""
_HEIGHTS = np.linspace(_FROM, NEAR_TOP, 15)
"""Heights at which the times of a lift are kept, as shares of the range."""
_REMEMBERED = 3
"""Lifts whose median is expected: with three, one odd lift does not move it."""
_PACE_LIMITS = (0.5, 2.0)
"""Least and most duration of a lift, as a multiple of the expected one."""


class LiftPredictor:
    """A prediction, from the person's own last lifts, of when a lift reaches :data:`NEAR_TOP`.

    Each lift is kept as the times at which it passed some heights. A new lift is taken to go on
    like their median, as much faster or slower as it has been so far. Before the first rep, a
    minimum-jerk lift (Flash and Hogan 1985) of the tempo's length stands in.

    Parameters
    ----------
    lift_s
        The length of a lift by the tempo, s.
    rom
        The expected range, rad.
    """

    def __init__(self, lift_s: float, rom: float) -> None:
        tau = np.linspace(0.0, 1.0, 501)
        height = tau**3 * (10.0 - 15.0 * tau + 6.0 * tau**2)
        self._profiles: deque[FloatArray] = deque(maxlen=_REMEMBERED)
        self._roms: deque[float] = deque(maxlen=_REMEMBERED)
        self._default = lift_s * np.interp(_HEIGHTS, height, tau)
        self._rom = rom
        self._times = self._default
        self.begin(0.0)

    def begin(self, bottom: float) -> None:
        """Start a lift from the curl angle ``bottom`` (rad)."""
        self._bottom = bottom
        self._passed_t: float | None = None
        self._last: tuple[float, float] | None = None

    def remaining(self, t: float, curl: float) -> float | None:
        """Return how long (s) until the lift is near the top; None while it is too early to say.

        ``t`` in s and ``curl`` in rad are the lift's newest sample; 0 if it is there already.
        """
        height = (curl - self._bottom) / self._rom
        last, self._last = self._last, (t, height)
        if height >= NEAR_TOP:
            return 0.0
        if height < _FROM:
            return None
        if self._passed_t is None:
            self._passed_t = _crossing(last, (t, height), _FROM)
        here = float(np.interp(height, _HEIGHTS, self._times))
        expected = here - float(self._times[0])
        # Just above the first height the pace would be the quotient of two tiny times.
        pace = (t - self._passed_t) / expected if expected > 0.05 else 1.0
        pace = min(max(pace, _PACE_LIMITS[0]), _PACE_LIMITS[1])
        return pace * (float(self._times[-1]) - here)

    def learn(self, t: Sequence[float], curl: Sequence[float]) -> None:
        """Take a finished lift, from its bottom to its peak: times (s) and curl angles (rad)."""
        # A lift may sag on its way, but the interpolation needs heights that never fall.
        times, angles = np.asarray(t), np.maximum.accumulate(np.asarray(curl))
        if times.size < 3 or angles[-1] <= angles[0]:
            return
        heights = (angles - angles[0]) / (angles[-1] - angles[0])
        self._profiles.append(np.interp(_HEIGHTS, heights, times - times[0]))
        self._roms.append(float(angles[-1] - angles[0]))
        self._times = np.median(np.stack(self._profiles), axis=0)
        self._rom = float(np.median(self._roms))


def _crossing(last: tuple[float, float] | None, now: tuple[float, float], height: float) -> float:
    """Return when ``height`` was passed between two samples (time, height)."""
    if last is None or now[1] <= last[1]:
        return now[0]
    share = (height - last[1]) / (now[1] - last[1])
    return last[0] + min(max(share, 0.0), 1.0) * (now[0] - last[0])
