"""The lower edge of the arrivals: a line that maps a device's time to the host's.

A notification cannot arrive before its last sample was taken, and the fastest ones arrive shortly
after. So the line along the lower edge of all points (device time, arrival) is the device's clock
as the host sees it, and the height of a point above the line is the time that it waited (Moon,
Skelly and Towsley, "Estimation and removal of clock skew from network delay measurements",
INFOCOM 1999).

The edge of the convex hull depends on two points only. Asymmetric least squares (Newey and Powell,
"Asymmetric least squares estimation and testing", Econometrica 1987) through the fastest arrival
of each second uses all of them and scatters a third less.
"""

WINDOW_S = 60.0
"""Older arrivals do not count: the speed of a device's clock changes with its temperature."""
BUCKET_S = 1.0
"""Length of the stretches of device time; the fastest arrival of each is kept."""
FIRST_BUCKET_S = 0.1
"""Shortest stretch. At first a stretch is a tenth of the time since the start, so that the line
exists from the first moment on."""
LATE_WEIGHT = 0.03
"""Weight of a point above the line, against 1 for a point below it: the line keeps to the edge."""
SPREAD_S = 0.005
"""Usual scatter of the fastest arrivals. It decides how soon data outweigh the nominal rate."""


class Envelope:
    """Host time as a line over device time, both in s.

    Parameters
    ----------
    tolerance
        Largest distance of the slope from 1, as a fraction.
    """

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        # A normal prior: 95 of 100 devices have a slope within the tolerance of their family.
        self._prior_s2 = (SPREAD_S / (tolerance / 2.0)) ** 2 * LATE_WEIGHT
        self._start_s: float | None = None
        self._device_s: list[float] = []
        self._arrival_s: list[float] = []
        self._bucket_end_s = 0.0
        self._least_wait_s = 0.0
        self._origin_device_s = 0.0
        self._origin_host_s = 0.0
        self.slope = 1.0
        self._slope_sd = tolerance / 2.0

    @property
    def started(self) -> bool:
        """Whether anything has arrived."""
        return self._start_s is not None

    def at(self, device_s: float) -> float:
        """Return the host's time, in s, at device time ``device_s``."""
        return self._origin_host_s + self.slope * (device_s - self._origin_device_s)

    def uncertainty_s(self, span_s: float) -> float:
        """Return by how much the line may be off, in s, ``span_s`` after a point of it.

        It holds for 95 of 100 lines.
        """
        return 2.0 * self._slope_sd * span_s

    def hurry(self) -> None:
        """Follow the next arrivals as quickly as the first ones: the line may have drifted."""
        if self._device_s:
            self._start_s = self._bucket_end_s = self._device_s[-1]

    def add(self, device_s: float, arrival_s: float) -> None:
        """Add a message whose newest sample is of ``device_s`` and that arrived at ``arrival_s``."""
        if self._start_s is None:
            self._start_s = device_s
            self._origin_device_s, self._origin_host_s = device_s, arrival_s
            self._open_bucket(device_s, arrival_s)
            return
        if device_s >= self._bucket_end_s:
            # Once per stretch is enough, and a fit goes over all points.
            self._fit()
            self._open_bucket(device_s, arrival_s)
        wait_s = arrival_s - self.at(device_s)
        if wait_s < self._least_wait_s:
            self._least_wait_s = wait_s
            self._device_s[-1], self._arrival_s[-1] = device_s, arrival_s
        if wait_s < 0.0:
            # No sample arrives before it is taken, so the line is too late by this at least.
            self._origin_host_s += wait_s
            self._least_wait_s = 0.0

    def _open_bucket(self, device_s: float, arrival_s: float) -> None:
        age_s = device_s - (self._start_s or 0.0)
        self._bucket_end_s = device_s + min(BUCKET_S, max(FIRST_BUCKET_S, age_s / 10))
        self._least_wait_s = arrival_s - self.at(device_s)
        self._device_s.append(device_s)
        self._arrival_s.append(arrival_s)
        while self._device_s[0] < device_s - WINDOW_S:
            del self._device_s[0], self._arrival_s[0]

    def _fit(self) -> None:
        # Asymmetric least squares iterate; one step is enough here, since it starts from the line
        # of a second ago. For the 60 points of a minute a loop is faster than arrays.
        newest_s = self._device_s[-1]
        excess = self.slope - 1.0
        level_s = self.at(newest_s) - newest_s
        late_weight = LATE_WEIGHT
        # Coordinates are relative to the newest point and the last line, which keeps them small:
        # sums of squares of whole days would lose the milliseconds.
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
        self._slope_sd = SPREAD_S * (LATE_WEIGHT / (spread + self._prior_s2)) ** 0.5
        self._origin_device_s = newest_s
        self._origin_host_s = newest_s + level_s + mean_y + (excess - fitted) * mean_x
