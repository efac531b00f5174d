"""Losses of devices that send neither clock nor counter.

Such a loss shows only in that every later message seems to wait longer, by what is missing, and
never catches up. A stalled link looks the same at first, but then its messages come in a burst.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LagConfig:
    """When a lag is a loss.

    A lag counts from ``lag_s`` and from ``message_fraction`` of a message's length on, and is a
    loss when nothing has caught up by ``catch_up_s`` for ``confirm_s``. After a silence of
    ``silence_s`` it is taken as loss at once, so that the gap is where it belongs; what then
    arrives too early had been kept by the device and is counted back.
    """

    lag_s: float = 0.025
    message_fraction: float = 0.6
    catch_up_s: float = 0.006
    confirm_s: float = 1.0
    silence_s: float = 1.0


class LagDetector:
    """Watches how long the messages of one stream wait."""

    def __init__(self, config: LagConfig) -> None:
        self._config = config
        self._since_s: float | None = None
        self._least_s = 0.0
        self._presumed = 0

    @property
    def lagging(self) -> bool:
        """Whether the newest message came so late that it tells nothing about the clock."""
        return self._since_s is not None

    def lost_messages(
        self, wait_s: float, message_s: float, arrival_s: float, silence_s: float
    ) -> int:
        """Return how many messages are known to be missing since the call before.

        Negative if messages that were presumed lost arrived after all.

        Parameters
        ----------
        wait_s
            How much later the message came than the quickest ones do.
        message_s
            The length of its samples.
        arrival_s, silence_s
            When it arrived, and how long after the one before.
        """
        config = self._config
        limit_s = max(config.lag_s, config.message_fraction * message_s)
        if wait_s < limit_s:
            self._since_s = None
            if self._presumed and wait_s < -limit_s:
                back = min(self._presumed, round(-wait_s / message_s) or 1)
                self._presumed -= back
                return -back
            return 0
        if silence_s >= config.silence_s:
            self._since_s = None
            self._presumed = int(wait_s / message_s)
            return self._presumed
        if self._since_s is None or wait_s < self._least_s - config.catch_up_s:
            self._since_s = arrival_s
            self._least_s = wait_s
            return 0
        self._least_s = min(self._least_s, wait_s)
        if arrival_s - self._since_s < config.confirm_s:
            return 0
        self._since_s = None
        self._presumed = 0
        return round(self._least_s / message_s) or 1
