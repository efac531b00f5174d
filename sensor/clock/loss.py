"""Losses that no mark of a device shows: those of devices without clock and counter.

After such a loss every later message waits longer, by the time of what is missing, and never
catches up. If only the radio or the host was held up, the messages wait longer too, but then arrive
faster than they are made, until they have caught up. So nothing is decided before it is seen what
follows, and a loss that turns out to be none is taken back.

The wait for connection events varies as well. A device that is a little slow falls behind its
connection events until it misses one, and from then on waits longer by one step of the pattern
that its messages and the events make. If that step is as long as a message (30 ms messages at an
interval of 30 ms), a missed event and a loss look the same. So the step is estimated, and only a
wait that exceeds it is a loss.
"""

import math
from typing import NamedTuple

REFERENCE_S = 1.0
"""A lag is measured from the shortest wait within this time."""
MIN_LAG_S = 0.025
"""Shortest wait beyond that reference that is a lag: a connection interval and some jitter."""
HIDDEN_FRACTION = 0.75
"""A loss also exceeds this share of the smallest hidden loss, since losses are multiples of it."""
LONG_LAG_S = 0.15
"""A wait of this much is a lag, however large the smallest hidden loss."""
STEP_FRACTION = 1.3
"""A lag also exceeds this multiple of the pattern's step, since one missed event is no loss."""
JITTER_S = 0.004
"""Differences between arrival spacing and message length up to this are no steps of the pattern."""
FIRST_STEP_S = 0.030
"""The step before it is known: a usual connection interval."""
STEP_CHANGE_S = 0.0005
"""The estimated step, a running median, moves by this with each message."""
CATCH_UP_S = 0.006
"""A lag that shrinks by more than this is catching up, so it is a hold-up and not a loss."""
SAME_LAG_FRACTION = 0.5
"""A lag that shrinks by less than this share of the smallest hidden loss goes on: its first message was
late for another reason besides.
"""
CONFIRM_S = 1.0
"""Time without catching up before a lag is a loss, until the link is known."""
CONFIRM_LEAST_S = 0.4
"""The least of that time, on a steady link."""
CONFIRM_MOST_S = 3.0
"""The most of that time, on a host that is busy: a loss should be known before the rep is over."""
CONFIRM_TIMES = 10.0
"""Between those two, a lag is a loss after this many times the longest harmless lag of the link."""
CONFIRM_MESSAGES = 3
"""At least so many messages must show it."""
SHOWN_MESSAGES = 2.0
"""A silence shows nothing about a lag: of it count only this many times the length of a message."""
FORGET_S = 60.0
"""Time constant with which that longest harmless lag is forgotten."""


class Lag(NamedTuple):
    """A message and the line that says when it should have arrived, all in s."""

    device_s: float
    """Device time of its newest sample."""
    arrival_s: float
    """Its arrival."""
    slope: float
    """Host time over device time, as estimated so far."""
    slope_uncertainty: float
    """Half-width of that estimate, for 95 of 100."""
    message_s: float
    """Time on the host that its samples span."""
    hidden_s: float
    """Time on the host of the smallest loss that no mark shows."""
    silence_s: float
    """Time without any arrival before it."""


class _Late(NamedTuple):
    """A late message, in s."""

    device_s: float
    arrival_s: float
    lag_s: float
    shown_s: float
    """The time for which it shows, after the message before it, that the lag lasts."""


class LagDetector:
    """A detector that sees losses in how long the messages of one stream wait.

    Attributes
    ----------
    moved
        Whether the newest call found a lag that lasts and is no loss: the device's clock was set back
        by a little, or the whole link has become slower.
    unnoticed_s
        Time of the device for which the loss that the newest call reported was not noticed, in s.
    """

    def __init__(self) -> None:
        self.moved = False
        self.unnoticed_s = 0.0
        self._late: list[_Late] = []
        """The late messages since the newest one in time."""
        self._shown = 0
        """So many of them, up to the newest, show that the lag lasts: in their time it did not shrink."""
        self._least_s = self._shown_s = 0.0
        """The shortest lag among these, and the time for which they show it."""
        self._presumed = 0
        self._presumed_until_s = -math.inf
        self._step_s = FIRST_STEP_S
        self._caught_up_s = CONFIRM_S / CONFIRM_TIMES
        # The fastest (device time, arrival) of this half and of the last half of REFERENCE_S: two
        # points stand for all messages of that time.
        self._half_end_s = -math.inf
        self._this_half = self._last_half = (0.0, math.inf)

    @property
    def lagging(self) -> bool:
        """Whether the newest message is so late that it says nothing about the clock."""
        return bool(self._late)

    def hidden_losses(self, message: Lag) -> int:
        """Return how many more of the smallest hidden loss are known since the call before.

        The number is negative if messages that were presumed lost arrived after all.
        """
        self.moved = False
        self.unnoticed_s = 0.0
        device_s, arrival_s, slope, _, message_s, hidden_s, silence_s = message
        this, last = self._this_half, self._last_half
        this_wait_s, last_wait_s = this[1] - slope * this[0], last[1] - slope * last[0]
        since_s, reference_s = (
            (this[0], this_wait_s) if this_wait_s <= last_wait_s else (last[0], last_wait_s)
        )
        lag_s = arrival_s - slope * device_s - reference_s
        # After a silence the line may be off by this: at first the true rate is hardly known.
        unsure_s = message.slope_uncertainty * max(0.0, device_s - since_s - REFERENCE_S)
        difference_s = abs(silence_s - message_s)
        if difference_s > JITTER_S:
            self._step_s += STEP_CHANGE_S if difference_s > self._step_s else -STEP_CHANGE_S
        self._caught_up_s -= self._caught_up_s * min(message_s / FORGET_S, 1.0)
        hidden_least_s = HIDDEN_FRACTION * min(hidden_s, LONG_LAG_S)
        least_s = max(hidden_least_s, STEP_FRACTION * self._step_s) + unsure_s
        if lag_s < MIN_LAG_S or lag_s < least_s:
            self._catch_up(arrival_s, lag_s)
            self._late, self._shown = [], 0
            # A message that is earlier than any could be was presumed lost, but had been kept.
            if arrival_s > self._presumed_until_s:
                self._presumed = 0
            if self._presumed and lag_s < -0.5 * hidden_s - unsure_s:
                # The first messages that come in time still wait a little.
                back = min(self._presumed, math.ceil(-lag_s / hidden_s - 0.25))
                self._presumed -= back
                return -back
            self._remember(device_s, arrival_s, slope)
            return 0
        if self._late and lag_s < self._least_s - CATCH_UP_S:
            self._catch_up(arrival_s, lag_s)
            if lag_s < self._least_s - SAME_LAG_FRACTION * hidden_s:
                self._late = []
            self._shown = 0
        self._add(_Late(device_s, arrival_s, lag_s, min(silence_s, SHOWN_MESSAGES * message_s)))
        if self._shown < CONFIRM_MESSAGES or self._shown_s < self._confirm_s:
            return 0
        # What even the first late message waited too long was lost before it. A loss after it is known
        # with the next message: each has its own place.
        lag_s = min(late.lag_s for late in self._late)
        self.unnoticed_s = slope * (device_s - self._late[0].device_s)
        # A lag that lasts is one loss at least.
        lost = round(lag_s / hidden_s) or int(lag_s >= HIDDEN_FRACTION * hidden_s)
        self.moved = not lost
        if lost:
            self._know(lost * hidden_s, slope, max(MIN_LAG_S, least_s))
        else:
            self._late, self._shown = [], 0
        self._presumed += lost
        self._presumed_until_s = arrival_s + FORGET_S
        return lost

    def _add(self, late: _Late) -> None:
        """Add a late message, which shows by its lag that this lasts."""
        self._late.append(late)
        self._least_s = min(self._least_s, late.lag_s) if self._shown else late.lag_s
        self._shown_s = self._shown_s + late.shown_s if self._shown else 0.0
        self._shown += 1

    def _know(self, known_s: float, slope: float, least_s: float) -> None:
        """Date the late messages again after a loss of ``known_s`` s; the newest may show another one."""
        dated = [
            late._replace(device_s=late.device_s + known_s / slope, lag_s=late.lag_s - known_s)
            for late in self._late
        ]
        first = len(dated)
        while first and dated[first - 1].lag_s >= least_s:
            first -= 1
        for device_s, arrival_s, _, _ in dated[:first]:
            self._remember(device_s, arrival_s, slope)
        self._late, self._shown = [], 0
        for late in dated[first:]:
            self._add(late)

    @property
    def _confirm_s(self) -> float:
        longer_s = CONFIRM_TIMES * self._caught_up_s
        return min(max(longer_s, CONFIRM_LEAST_S), CONFIRM_MOST_S)

    def _catch_up(self, arrival_s: float, lag_s: float) -> None:
        """Remember how long a lag lasted that was no loss: one that shrinks to ``lag_s`` at once."""
        if self._late and lag_s < self._least_s - CATCH_UP_S:
            since_s = self._late[-self._shown].arrival_s
            self._caught_up_s = max(self._caught_up_s, arrival_s - since_s)

    def _remember(self, device_s: float, arrival_s: float, slope: float) -> None:
        if arrival_s >= self._half_end_s:
            self._last_half = self._this_half
            self._this_half = (device_s, arrival_s)
            self._half_end_s = arrival_s + 0.5 * REFERENCE_S
        elif arrival_s - self._this_half[1] < slope * (device_s - self._this_half[0]):
            self._this_half = (device_s, arrival_s)
