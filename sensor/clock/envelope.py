"""The lower edge of the arrivals: a line that maps a device's time to the host's.

A notification cannot arrive before its last sample was taken, and the quickest ones arrive shortly
after. So the line along the lower edge of all points (device time, arrival) is the device's clock
as the host sees it, and what lies above is waiting (Moon, Skelly and Towsley, "Estimation and
removal of clock skew from network delay measurements", INFOCOM 1999).

The edge of the convex hull itself leans on two points. Asymmetric least squares (Newey and Powell,
"Asymmetric least squares estimation and testing", Econometrica 1987) through the quickest arrival
of each second uses all of them and wanders a third less.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EnvelopeConfig:
    """How the line is fitted.

    ``window_s`` is how far back arrivals count. The quickest of each ``bucket_s`` is kept; in the
    beginning buckets are a tenth of the time since the start, at least ``first_bucket_s``.
    ``late_weight`` is the weight of a point above the line against one below it, ``spread_s`` the
    usual scatter of the points, which decides how soon data outweigh the nominal rate.
    """

    window_s: float = 60.0
    bucket_s: float = 1.0
    first_bucket_s: float = 0.1
    late_weight: float = 0.03
    spread_s: float = 0.005


class Envelope:
    """Host time as a line over device time, both in s.

    Parameters
    ----------
    tolerance
        How far the slope may be from 1, as a fraction.
    """

    def __init__(self, tolerance: float, config: EnvelopeConfig) -> None:
        self._config = config
        self._tolerance = tolerance
        # The slope is taken to lie within its tolerance in 95 of 100 devices before data speak.
        self._prior_s2 = (config.spread_s / (tolerance / 2.0)) ** 2 * config.late_weight
        self._start_s: float | None = None
        self._device_s: list[float] = []
        self._arrival_s: list[float] = []
        self._bucket_end_s = 0.0
        self._least_wait_s = 0.0
        self._origin_device_s = 0.0
        self._origin_host_s = 0.0
        self.slope = 1.0

    @property
    def started(self) -> bool:
        """Whether anything has arrived."""
        return self._start_s is not None

    def at(self, device_s: float) -> float:
        """Return the host's time at ``device_s``."""
        return self._origin_host_s + self.slope * (device_s - self._origin_device_s)

    def add(self, device_s: float, arrival_s: float) -> None:
        """Take into account that what was complete at ``device_s`` arrived at ``arrival_s``."""
        if self._start_s is None:
            self._start_s = device_s
            self._origin_device_s, self._origin_host_s = device_s, arrival_s
            self._open_bucket(device_s, arrival_s)
            return
        if device_s >= self._bucket_end_s:
            self._fit()
            self._open_bucket(device_s, arrival_s)
            return
        wait_s = arrival_s - self.at(device_s)
        if wait_s < self._least_wait_s:
            self._least_wait_s = wait_s
            self._device_s[-1], self._arrival_s[-1] = device_s, arrival_s

    def _open_bucket(self, device_s: float, arrival_s: float) -> None:
        config = self._config
        age_s = device_s - (self._start_s or 0.0)
        self._bucket_end_s = device_s + min(config.bucket_s, max(config.first_bucket_s, age_s / 10))
        self._least_wait_s = arrival_s - self.at(device_s)
        self._device_s.append(device_s)
        self._arrival_s.append(arrival_s)
        while self._device_s[0] < device_s - config.window_s:
            del self._device_s[0], self._arrival_s[0]

    def _fit(self) -> None:
        # One step of the iteration: it starts from the line of a second ago. For a minute of
        # points a loop is quicker than arrays.
        newest_s = self._device_s[-1]
        excess = self.slope - 1.0
        level_s = self.at(newest_s) - newest_s
        late_weight = self._config.late_weight
        w_sum = wx_sum = wxx_sum = wy_sum = wxy_sum = 0.0
        for device_s, arrival_s in zip(self._device_s, self._arrival_s, strict=True):
            x = device_s - newest_s
            y = arrival_s - device_s - level_s - excess * x
            w = 1.0 if y < 0.0 else late_weight
            wx = w * x
            w_sum += w
            wx_sum += wx
            wxx_sum += wx * x
            wy_sum += w * y
            wxy_sum += wx * y
        mean_x, mean_y = wx_sum / w_sum, wy_sum / w_sum
        spread = wxx_sum - wx_sum * mean_x
        fitted = (wxy_sum - wx_sum * mean_y + excess * spread) / (spread + self._prior_s2)
        fitted = min(self._tolerance, max(-self._tolerance, fitted))
        self.slope = 1.0 + fitted
        self._origin_device_s = newest_s
        self._origin_host_s = newest_s + level_s + mean_y + (excess - fitted) * mean_x
