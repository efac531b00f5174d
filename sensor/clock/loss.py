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

import numpy as np

from sensor.clock.counter import whole
from sensor.compiled import compiled
from sensor.compiled.arrays import lowest
from sensor.types import FloatArray

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
JITTER_S = 0.006
"""Differences between arrival spacing and message length up to this are no steps of the pattern: two arrivals
that each wait some milliseconds. A step so short never decides, as :data:`MIN_LAG_S` is longer."""
FIRST_STEP_S = 0.030
"""The step before it is known: a usual connection interval."""
STEP_CHANGE_S = 0.0005
"""The estimated step, a running median, moves by this with each message that shows one."""
STEP_LEARNT = 20.0
"""The first of those move it by more: the k-th by this many times more, divided by k."""
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
"""Time constant with which the longest harmless lag is forgotten."""
EARLY_FRACTION = 0.25
"""A message that was presumed lost is earlier than the line by this share of the smallest hidden loss."""


(
    THIS_DEVICE_S, THIS_ARRIVAL_S, LAST_DEVICE_S, LAST_ARRIVAL_S, HALF_END_S, STEP_S, STEPS, CAUGHT_UP_S, PRESUMED,
    PRESUMED_UNTIL_S, LATE, SHOWN, LEAST_S, SHOWN_S, MOVED, UNNOTICED_S,
) = range(16)  # fmt: skip
"""Places in the state of a detector.

The first four are the fastest (device time, arrival) of this half and of the last half of
:data:`REFERENCE_S`: two points stand for all messages of that time. Then come the end of this half, the
pattern's step and how many messages showed it, the longest harmless lag, how many of the smallest hidden loss
are presumed and until when they may arrive after all. There are so many late messages since the newest one in time; so many of them, up to the
newest, show that the lag lasts, for in their time it did not shrink; and these have a shortest lag, and a time
for which they show it. The last two are of the newest message: whether it ends a lag that lasts and is no loss
(the device's clock was set back by a little, or the whole link has become slower), and for which time of the
device the loss that it reports was not noticed. All times in s."""
LAG_PLACES = 16
"""Length of that state."""
DEVICE_S, ARRIVAL_S, LAG_S, SHOWS_S = range(4)
"""Columns of the late messages: the device time of the newest sample, the arrival, the lag, and the time for
which the message shows, after the one before it, that the lag lasts; all in s."""


def begin_lag(lag: FloatArray) -> None:
    """Fill the state of a detector that has seen nothing."""
    lag[:] = 0.0
    lag[THIS_ARRIVAL_S], lag[LAST_ARRIVAL_S] = math.inf, math.inf
    lag[HALF_END_S], lag[PRESUMED_UNTIL_S] = -math.inf, -math.inf
    lag[STEP_S], lag[CAUGHT_UP_S] = FIRST_STEP_S, CONFIRM_S / CONFIRM_TIMES


@compiled("f8(f8[::1], f8[:, ::1], f8, f8, f8, f8, f8, f8, f8, f8)")
def hidden_losses(
    lag: FloatArray,
    late: FloatArray,
    device_s: float,
    arrival_s: float,
    wait_s: float,
    slope: float,
    slope_uncertainty: float,
    message_s: float,
    hidden_s: float,
    silence_s: float,
) -> float:
    """Return how many more of the smallest hidden loss are known since the call before.

    The number is negative if messages that were presumed lost arrived after all.

    Parameters
    ----------
    lag, late
        The state of the detector and (k, 4) the late messages, with room for one more; changed.
    device_s, arrival_s
        Device time of the message's newest sample, and its arrival.
    wait_s
        Time from the line along the lower edge of all arrivals to that arrival; negative if it is earlier.
    slope, slope_uncertainty
        Host time over device time, as estimated so far; half-width of that estimate, for 95 of 100.
    message_s, hidden_s
        Time on the host that its samples span; that of the smallest loss that no mark shows.
    silence_s
        Time without any arrival before it.
    """
    lag[MOVED], lag[UNNOTICED_S] = 0.0, 0.0
    since_s, reference_s = _reference(lag, slope)
    lag_s = arrival_s - slope * device_s - reference_s
    # After a silence the line may be off by this: at first the true rate is hardly known.
    unsure_s = slope_uncertainty * max(0.0, device_s - since_s - REFERENCE_S)
    _follow_link(lag, message_s, silence_s)
    hidden_least_s = HIDDEN_FRACTION * min(hidden_s, LONG_LAG_S)
    least_s = max(hidden_least_s, STEP_FRACTION * lag[STEP_S]) + unsure_s
    if lag_s < MIN_LAG_S or lag_s < least_s:
        back = _in_time(lag, late, arrival_s, lag_s, wait_s, hidden_s, unsure_s)
        if back == 0.0:
            _remember(lag, device_s, arrival_s, slope)
        return -back
    if lag[LATE] > 0.0 and lag_s < lag[LEAST_S] - CATCH_UP_S:
        _catch_up(lag, late, arrival_s, lag_s)
        if lag_s < lag[LEAST_S] - SAME_LAG_FRACTION * hidden_s:
            lag[LATE] = 0.0
        lag[SHOWN] = 0.0
    _add(lag, late, device_s, arrival_s, lag_s, min(silence_s, SHOWN_MESSAGES * message_s))
    if lag[SHOWN] < CONFIRM_MESSAGES or lag[SHOWN_S] < _confirm_s(lag):
        return 0.0
    # What even the first late message waited too long was lost before it. A loss after it is known
    # with the next message: each has its own place.
    lag_s = lowest(late[: int(lag[LATE]), LAG_S])
    lag[UNNOTICED_S] = slope * (device_s - late[0, DEVICE_S])
    # A lag that lasts is one loss at least.
    lost = whole(lag_s / hidden_s)
    if lost == 0.0 and lag_s >= HIDDEN_FRACTION * hidden_s:
        lost = 1.0
    if lost > 0.0:
        _know(lag, late, lost * hidden_s, slope, max(MIN_LAG_S, least_s))
    else:
        lag[MOVED], lag[LATE], lag[SHOWN] = 1.0, 0.0, 0.0
    lag[PRESUMED] += lost
    lag[PRESUMED_UNTIL_S] = arrival_s + FORGET_S
    return lost


@compiled("UniTuple(f8, 2)(f8[::1], f8)")
def _reference(lag: FloatArray, slope: float) -> tuple[float, float]:
    """Return the device time and the wait of the fastest message within :data:`REFERENCE_S`, in s."""
    this_wait_s = lag[THIS_ARRIVAL_S] - slope * lag[THIS_DEVICE_S]
    last_wait_s = lag[LAST_ARRIVAL_S] - slope * lag[LAST_DEVICE_S]
    if this_wait_s <= last_wait_s:
        return lag[THIS_DEVICE_S], this_wait_s
    return lag[LAST_DEVICE_S], last_wait_s


@compiled("void(f8[::1], f8, f8)")
def _follow_link(lag: FloatArray, message_s: float, silence_s: float) -> None:
    """Follow the pattern's step, and forget the longest harmless lag."""
    difference_s = abs(silence_s - message_s)
    if difference_s > JITTER_S:
        lag[STEPS] += 1.0
        change_s = STEP_CHANGE_S * max(1.0, STEP_LEARNT / lag[STEPS])
        lag[STEP_S] += change_s if difference_s > lag[STEP_S] else -change_s
    lag[CAUGHT_UP_S] -= lag[CAUGHT_UP_S] * min(message_s / FORGET_S, 1.0)


@compiled("f8(f8[::1], f8[:, ::1], f8, f8, f8, f8, f8)")
def _in_time(
    lag: FloatArray,
    late: FloatArray,
    arrival_s: float,
    lag_s: float,
    wait_s: float,
    hidden_s: float,
    unsure_s: float,
) -> float:
    """End a lag with a message in time; return how many presumed losses it shows to be none."""
    _catch_up(lag, late, arrival_s, lag_s)
    lag[LATE], lag[SHOWN] = 0.0, 0.0
    # A message that is earlier than any could be was presumed lost, but had been kept.
    if arrival_s > lag[PRESUMED_UNTIL_S]:
        lag[PRESUMED] = 0.0
    if lag[PRESUMED] == 0.0 or lag_s >= -0.5 * hidden_s - unsure_s:
        return 0.0
    # Where the wait falls back by one step of the pattern, the message is only as early as the fastest.
    if wait_s >= -EARLY_FRACTION * hidden_s - unsure_s:
        return 0.0
    # The first messages that come in time still wait a little.
    back = min(lag[PRESUMED], float(np.ceil(-lag_s / hidden_s - 0.25)))
    lag[PRESUMED] -= back
    return float(back)


@compiled("void(f8[::1], f8[:, ::1], f8, f8, f8, f8)")
def _add(
    lag: FloatArray,
    late: FloatArray,
    device_s: float,
    arrival_s: float,
    lag_s: float,
    shows_s: float,
) -> None:
    """Add a late message, which shows by its lag that this lasts."""
    row = late[int(lag[LATE])]
    row[DEVICE_S], row[ARRIVAL_S], row[LAG_S], row[SHOWS_S] = device_s, arrival_s, lag_s, shows_s
    lag[LATE] += 1.0
    begun = lag[SHOWN] > 0.0
    lag[LEAST_S] = min(lag[LEAST_S], lag_s) if begun else lag_s
    lag[SHOWN_S] = lag[SHOWN_S] + shows_s if begun else 0.0
    lag[SHOWN] += 1.0


@compiled("void(f8[::1], f8[:, ::1], f8, f8, f8)")
def _know(lag: FloatArray, late: FloatArray, known_s: float, slope: float, least_s: float) -> None:
    """Date the late messages again after a loss of ``known_s`` s; the newest may show another one."""
    count = int(lag[LATE])
    for i in range(count):
        late[i, DEVICE_S] += known_s / slope
        late[i, LAG_S] -= known_s
    first = count
    while first > 0 and late[first - 1, LAG_S] >= least_s:
        first -= 1
    for i in range(first):
        _remember(lag, late[i, DEVICE_S], late[i, ARRIVAL_S], slope)
    lag[LATE], lag[SHOWN] = 0.0, 0.0
    for i in range(first, count):
        _add(lag, late, late[i, DEVICE_S], late[i, ARRIVAL_S], late[i, LAG_S], late[i, SHOWS_S])


@compiled("f8(f8[::1])")
def _confirm_s(lag: FloatArray) -> float:
    """Return the time without catching up after which a lag is a loss, in s."""
    longer_s = CONFIRM_TIMES * lag[CAUGHT_UP_S]
    return float(min(max(longer_s, CONFIRM_LEAST_S), CONFIRM_MOST_S))


@compiled("void(f8[::1], f8[:, ::1], f8, f8)")
def _catch_up(lag: FloatArray, late: FloatArray, arrival_s: float, lag_s: float) -> None:
    """Remember how long a lag lasted that was no loss: one that shrinks to ``lag_s`` at once."""
    if lag[LATE] > 0.0 and lag_s < lag[LEAST_S] - CATCH_UP_S:
        since_s = late[int(lag[LATE] - lag[SHOWN]), ARRIVAL_S]
        lag[CAUGHT_UP_S] = max(lag[CAUGHT_UP_S], arrival_s - since_s)


@compiled("void(f8[::1], f8, f8, f8)")
def _remember(lag: FloatArray, device_s: float, arrival_s: float, slope: float) -> None:
    """Keep the message if it is the fastest of this half of :data:`REFERENCE_S`."""
    if arrival_s >= lag[HALF_END_S]:
        lag[LAST_DEVICE_S], lag[LAST_ARRIVAL_S] = lag[THIS_DEVICE_S], lag[THIS_ARRIVAL_S]
        lag[THIS_DEVICE_S], lag[THIS_ARRIVAL_S] = device_s, arrival_s
        lag[HALF_END_S] = arrival_s + 0.5 * REFERENCE_S
    elif arrival_s - lag[THIS_ARRIVAL_S] < slope * (device_s - lag[THIS_DEVICE_S]):
        lag[THIS_DEVICE_S], lag[THIS_ARRIVAL_S] = device_s, arrival_s
