"""Losses of devices that send neither clock nor counter.

After such a loss every later message waits longer, by the time of what is missing, and never
catches up. A stalled link looks the same at first, but its messages then arrive in a burst.

The wait for connection events varies as well. A device that is a little slow falls behind its
connection events until it misses one, and from then on waits longer by one step of the pattern
that its messages and the events make. If that step is as long as a message (30 ms messages at an
interval of 30 ms), a missed event and a loss look the same. So the step is estimated, and only a
wait that exceeds it is a loss.
"""

import math

REFERENCE_S = 1.0
"""A lag is measured from the shortest wait within this time."""
MIN_LAG_S = 0.025
"""Shortest wait beyond that reference that is a lag: a connection interval and some jitter."""
MESSAGE_FRACTION = 0.75
"""A lag also exceeds this share of a message's length, since whole messages are lost."""
STEP_FRACTION = 1.3
"""A lag also exceeds this multiple of the pattern's step, since one missed event is no loss."""
JITTER_S = 0.004
"""Differences between arrival spacing and message length up to this are no steps of the pattern."""
FIRST_STEP_S = 0.030
"""The step before it is known: a usual connection interval."""
STEP_CHANGE_S = 0.0005
"""The estimated step, a running median, moves by this with each message."""
CATCH_UP_S = 0.006
"""A lag that shrinks by more than this is catching up, so it is a stall and not a loss."""
CONFIRM_S = 1.0
"""Longest time without catching up before a lag is a loss. It holds until the link is known."""
CONFIRM_LEAST_S = 0.4
"""Shortest time without catching up before a lag is a loss, on a steady link."""
CONFIRM_TIMES = 10.0
"""Between those two, a lag is a loss after this many times the longest harmless lag of the link."""
FORGET_S = 60.0
"""Time constant with which that longest harmless lag is forgotten."""
SILENCE_S = 1.5
"""After a silence this long the lag is a loss at once, so that the gap is placed where it was.
Messages that then arrive too early were kept by the device, and are counted back."""


class LagDetector:
    """A detector that sees losses in how long the messages of one stream wait."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._least_s = 0.0
        self._presumed = 0
        self.unnoticed_s = 0.0
        """Time for which the loss that the newest call reported was not noticed, in s."""
        self._step_s = FIRST_STEP_S
        self._caught_up_s = CONFIRM_S / CONFIRM_TIMES
        # The fastest (device time, arrival) of this half and of the last half of REFERENCE_S: two
        # points stand for all messages of that time.
        self._half_end_s = -math.inf
        self._this_half = self._last_half = (0.0, math.inf)

    @property
    def lagging(self) -> bool:
        """Whether the newest message is so late that it says nothing about the clock."""
        return self._since_s is not None

    def lost_messages(
        self, device_s: float, arrival_s: float, slope: float, message_s: float, silence_s: float
    ) -> int:
        """Return how many more messages are known to be lost since the call before.

        The number is negative if messages that were presumed lost arrived after all.

        Parameters
        ----------
        device_s, arrival_s
            Device time of the message's newest sample, and arrival of the message, in s.
        slope
            Host time over device time, as estimated so far.
        message_s
            The time that its samples span, in host time.
        silence_s
            Time without any arrival before the message.
        """
        self.unnoticed_s = 0.0
        this, last = self._this_half, self._last_half
        wait_s = arrival_s - slope * device_s
        lag_s = wait_s - min(this[1] - slope * this[0], last[1] - slope * last[0])
        difference_s = abs(silence_s - message_s)
        if difference_s > JITTER_S:
            self._follow_step(difference_s)
        self._caught_up_s -= self._caught_up_s * min(message_s / FORGET_S, 1.0)
        if lag_s < MIN_LAG_S or lag_s < _limit_s(message_s, self._step_s):
            self._catch_up(arrival_s)
            self._since_s = None
            # A message that is earlier than any could be was presumed lost, but had been kept.
            if self._presumed and lag_s < -0.5 * message_s:
                back = min(self._presumed, round(-lag_s / message_s))
                self._presumed -= back
                return -back
            self._remember(device_s, arrival_s, slope)
            return 0
        if silence_s >= SILENCE_S:
            self._since_s = None
            # The first message after a silence has waited too, but less than its own length.
            self._presumed = int(lag_s / message_s + 0.25)
            return self._presumed
        if self._since_s is None or lag_s < self._least_s - CATCH_UP_S:
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
        return round(self._least_s / message_s) or 1  # a lag that lasts is a message at least

    @property
    def _confirm_s(self) -> float:
        longer_s = CONFIRM_TIMES * self._caught_up_s
        return min(max(longer_s, CONFIRM_LEAST_S), CONFIRM_S)

    def _catch_up(self, arrival_s: float) -> None:
        """Remember how long a lag lasted that was no loss."""
        if self._since_s is not None:
            self._caught_up_s = max(self._caught_up_s, arrival_s - self._since_s)

    def _follow_step(self, difference_s: float) -> None:
        self._step_s += STEP_CHANGE_S if difference_s > self._step_s else -STEP_CHANGE_S

    def _remember(self, device_s: float, arrival_s: float, slope: float) -> None:
        if arrival_s >= self._half_end_s:
            self._last_half = self._this_half
            self._this_half = (device_s, arrival_s)
            self._half_end_s = arrival_s + 0.5 * REFERENCE_S
        elif arrival_s - self._this_half[1] < slope * (device_s - self._this_half[0]):
            self._this_half = (device_s, arrival_s)


def _limit_s(message_s: float, step_s: float) -> float:
    """Return the wait up to which a message of ``message_s`` may have only missed an event."""
    return max(MESSAGE_FRACTION * message_s, STEP_FRACTION * step_s)
