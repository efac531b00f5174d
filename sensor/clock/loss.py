"""Losses of devices that send neither clock nor counter.

Such a loss shows only in that all later messages wait longer, by what is missing, and never catch
up. A stalled link looks the same at first, but its messages then come in a burst.

Waiting for connection events varies as well. A device that is a little slow falls behind its
connection events until it misses one, and from then on waits longer by the step of the pattern
that its messages and the events make. If that step is as long as a message (30 ms messages at an
interval of 30 ms), a miss and a loss look the same. So the step is estimated, and only what
exceeds it is a loss.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LagConfig:
    """When a lag is a loss.

    A lag is a wait that exceeds the least one of the last ``reference_s`` by ``lag_s``, by
    ``message_fraction`` of a message's length and by ``step_fraction`` of the pattern's step. The
    step is the median of what the time between arrivals differs from the length of a message,
    where it differs by more than ``jitter_s``; ``first_step_s`` is assumed before it is known, and
    the estimate follows by ``step_change_s`` a message. A lag is a loss when nothing has caught up by
    ``catch_up_s`` for ``confirm_times`` as long as lags of this link last that are none, at least
    ``confirm_least_s`` and at most ``confirm_s``, which holds at first; the longest of them is
    forgotten with the time constant ``forget_s``. After a silence of ``silence_s`` it is taken as loss at once,
    so that the gap is where it belongs; what then arrives too early had been kept by the device
    and is counted back.
    """

    reference_s: float = 1.0
    lag_s: float = 0.025
    message_fraction: float = 0.75
    step_fraction: float = 1.3
    jitter_s: float = 0.004
    first_step_s: float = 0.030
    step_change_s: float = 0.0005
    catch_up_s: float = 0.006
    confirm_s: float = 1.0
    confirm_least_s: float = 0.4
    confirm_times: float = 10.0
    forget_s: float = 60.0
    silence_s: float = 1.5


class LagDetector:
    """Watches how long the messages of one stream wait."""

    def __init__(self, config: LagConfig) -> None:
        self._config = config
        self._since_s: float | None = None
        self._least_s = 0.0
        self._presumed = 0
        self.unnoticed_s = 0.0
        """How long before the newest call a loss that it told of had gone unnoticed."""
        self._step_s = config.first_step_s
        self._caught_up_s = config.confirm_s / config.confirm_times
        # The quickest (device time, arrival) of this half and of the half before of the time that
        # is looked back on.
        self._half_end_s = -math.inf
        self._this_half = self._last_half = (0.0, math.inf)

    @property
    def lagging(self) -> bool:
        """Whether the newest message came so late that it tells nothing about the clock."""
        return self._since_s is not None

    def lost_messages(
        self, device_s: float, arrival_s: float, slope: float, message_s: float, silence_s: float
    ) -> int:
        """Return how many messages are known to be missing since the call before.

        Negative if messages that were presumed lost arrived after all.

        Parameters
        ----------
        device_s, arrival_s
            Device time of the message's newest sample, and when it arrived.
        slope
            Host time over device time, as far as it is known.
        message_s
            The length of its samples, in host time.
        silence_s
            How long nothing had arrived before.
        """
        config = self._config
        self.unnoticed_s = 0.0
        this, last = self._this_half, self._last_half
        wait_s = arrival_s - slope * device_s
        lag_s = wait_s - min(this[1] - slope * this[0], last[1] - slope * last[0])
        difference_s = abs(silence_s - message_s)
        if difference_s > config.jitter_s:
            self._follow_step(difference_s)
        self._caught_up_s -= self._caught_up_s * min(message_s / config.forget_s, 1.0)
        if lag_s < config.lag_s or lag_s < self._limit_s(message_s):
            self._catch_up(arrival_s)
            self._since_s = None
            if self._presumed and lag_s < -0.5 * message_s:
                back = min(self._presumed, round(-lag_s / message_s))
                self._presumed -= back
                return -back
            self._remember(device_s, arrival_s, slope)
            return 0
        if silence_s >= config.silence_s:
            self._since_s = None
            # The first message after a silence has waited as well, but less than its length.
            self._presumed = int(lag_s / message_s + 0.25)
            return self._presumed
        if self._since_s is None or lag_s < self._least_s - config.catch_up_s:
            self._catch_up(arrival_s)
            self._since_s = arrival_s
            self._least_s = lag_s
            return 0
        self._least_s = min(self._least_s, lag_s)
        if arrival_s - self._since_s < self._confirm_s:
            return 0
        self.unnoticed_s = arrival_s - self._since_s
        self._since_s = None
        self._presumed = 0
        return round(self._least_s / message_s) or 1

    @property
    def _confirm_s(self) -> float:
        config = self._config
        longer_s = config.confirm_times * self._caught_up_s
        return min(max(longer_s, config.confirm_least_s), config.confirm_s)

    def _catch_up(self, arrival_s: float) -> None:
        """Learn how long a lag lasts that is no loss."""
        if self._since_s is not None:
            self._caught_up_s = max(self._caught_up_s, arrival_s - self._since_s)

    def _follow_step(self, difference_s: float) -> None:
        change_s = self._config.step_change_s
        self._step_s += change_s if difference_s > self._step_s else -change_s

    def _limit_s(self, message_s: float) -> float:
        config = self._config
        return max(config.message_fraction * message_s, config.step_fraction * self._step_s)

    def _remember(self, device_s: float, arrival_s: float, slope: float) -> None:
        if arrival_s >= self._half_end_s:
            self._last_half = self._this_half
            self._this_half = (device_s, arrival_s)
            self._half_end_s = arrival_s + 0.5 * self._config.reference_s
        elif arrival_s - self._this_half[1] < slope * (device_s - self._this_half[0]):
            self._this_half = (device_s, arrival_s)
