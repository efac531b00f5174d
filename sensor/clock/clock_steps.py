"""The steps by which the messages of a stream get the times of their samples, one after the other.

:class:`sensor.clock.clock.SampleClock` keeps the state and says what the steps are for.
"""

import math

from sensor.clock.counter import hidden_samples, missing_samples, place, skip, whole
from sensor.clock.envelope import SLOPE, add_arrival, has_begun, host_s, hurry, uncertainty_s
from sensor.clock.loss import (
    LATE,
    MIN_LAG_S,
    MOVED,
    STEP_FRACTION,
    STEP_S,
    UNNOTICED_S,
    hidden_losses,
)
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_row
from sensor.types import FloatArray, IntArray

SLEW_TIME_S = 2.0
"""A correction is spread over this time, so that it does not show as a change of speed."""
MAX_SLEW = 0.01
"""Largest change of the speed of time by a correction, as a fraction: angular rates that are
integrated are then wrong by at most 1 %."""
SETTLING_S = 3.0
"""For this long after a start or a gap the two values below hold: the line has few points yet."""
SETTLING_SLEW_TIME_S = 0.3
SETTLING_MAX_SLEW = 0.1
STEP_GAP_S = 0.2
"""Time may jump only across a gap of at least this: nothing is measured there anyway."""
HOLD_UP_S = 1.0
"""After a silence this long time settles again: what the live path shows of it is not valid."""
RUN_BACK_S = 0.05
"""Times that are too late by more than this are not slewed: at once they run back. Two sensors that
are so far apart cost more degrees than the samples that the live path then leaves out."""
LEAST_SPACING = 0.5
"""Least spacing of samples, as a share of the usual one. Without room for it time runs back."""
JUMP_AHEAD_S = 0.05
"""A device clock or counter that is this far ahead of the arrivals, with samples missing, has jumped:
no sample arrives before it is taken."""
BEGINNING_S = 0.5
"""A lag that begins within this time of a stream's start is no loss: its first messages may be from
before it was configured."""

CLOCK, COUNTER, LINE, LAG = range(4)
"""Rows of a clock's state (8, k): the places below, and those of :mod:`sensor.clock.counter`,
:mod:`sensor.clock.envelope` and :mod:`sensor.clock.loss`. Four more rows hold these as at the start of a stream."""
ROWS = 4
EXACT, NOMINAL_S, LAST_T, ARRIVAL_S, DEVICE_S, PERIOD_S, SETTLED_T, BEGAN_S = range(8)
"""Places in the first row: whether marks are times on the session's time base; the nominal spacing of samples;
the last time that was given; the newest arrival; device time and spacing of the newest samples; until when
time settles; and when the line began. All but the first in s; nan where there is none."""
CLOCK_PLACES = 8


@compiled(
    "i8(f8[::1], i8[::1], i8, f8, f8[:, ::1], i8[::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[:, ::1])"
)
def stamp_messages(
    arrivals_s: FloatArray,
    marks: IntArray,
    n: int,
    period_s: float,
    state: FloatArray,
    newest_mark: IntArray,
    points: FloatArray,
    late: FloatArray,
    times: FloatArray,
    breaks: FloatArray,
) -> int:
    """Fill the times of the samples of m messages; return how many breaks there are.

    Parameters
    ----------
    arrivals_s, marks
        (m,) arrival and mark of each; there may be no marks at all.
    n, period_s
        See :meth:`.SampleClock.stamp`.
    state, newest_mark
        (8, k) see :data:`CLOCK`, and (1,); changed.
    points, late
        The points of the line and the late messages, with room for m more of each; changed.
    times
        (m * n,) s, filled.
    breaks
        (m, 5), filled with the fields of :class:`.Break`.
    """
    count = 0
    marked = len(marks) > 0
    for message in range(len(arrivals_s)):
        last_t = state[CLOCK, LAST_T]
        mark = marks[message] if marked else 0
        own = times[message * n : (message + 1) * n]
        unnoticed_s, found, jumped = 0.0, 0.0, False
        if marked and state[CLOCK, EXACT] > 0.0:
            lost = _exact(state, own, arrivals_s[message], mark, period_s)
        else:
            lost, unnoticed_s, found, jumped = _fitted(
                state, newest_mark, points, late, own, arrivals_s[message], marked, mark
            )
        if lost > 0.0 or found > 0.0 or jumped or own[0] <= last_t:
            row = breaks[count]
            row[0], row[1], row[2] = message, lost, unnoticed_s if lost > 0.0 else 0.0
            row[3], row[4] = found, jumped
            count += 1
    return count


@compiled("void(f8[:, ::1])")
def _begin_line(state: FloatArray) -> None:
    copy_row(state[LINE], state[ROWS + LINE])
    copy_row(state[LAG], state[ROWS + LAG])
    state[CLOCK, SETTLED_T], state[CLOCK, BEGAN_S] = math.nan, math.nan


@compiled(
    "Tuple((f8, f8, f8, b1))(f8[:, ::1], i8[::1], f8[:, ::1], f8[:, ::1], f8[::1], f8, b1, i8)"
)
def _fitted(
    state: FloatArray,
    newest_mark: IntArray,
    points: FloatArray,
    late: FloatArray,
    times: FloatArray,
    arrival_s: float,
    marked: bool,
    mark: int,
) -> tuple[float, float, float, bool]:
    """Fill the times of a message; return the fields of its :class:`.Break`."""
    n, clock, line = len(times), state[CLOCK], state[LINE]
    silence_s = 0.0
    if not math.isnan(clock[ARRIVAL_S]):
        # The host's clock never goes back, but the times of a damaged recording may.
        silence_s = max(0.0, arrival_s - clock[ARRIVAL_S])
    clock[ARRIVAL_S] = arrival_s
    first_s, period_s, lost, restarted = place(
        state[COUNTER], newest_mark, n, marked, mark, silence_s
    )
    newest_s = first_s + (n - 1) * period_s
    ahead_s = host_s(line, newest_s) - arrival_s if has_begun(line) else 0.0
    if not restarted and lost > 0.0 and ahead_s > JUMP_AHEAD_S:
        # There was no time for a loss, so only the host's time says what is missing.
        lost, restarted = missing_samples(n, period_s, silence_s), True
    if restarted:
        # A message that missed its connection event is no loss either.
        if lost * period_s < max(MIN_LAG_S, STEP_FRACTION * state[LAG, STEP_S]):
            lost = 0.0
        _begin_line(state)
    moved, hidden, unnoticed_s, found = _hidden_losses(
        state, late, n, newest_s, period_s, silence_s
    )
    first_s, lost = first_s + moved, lost + hidden
    newest_s = first_s + (n - 1) * period_s
    # A message that waits says nothing about the clock; it would only pull the line up.
    if state[LAG, LATE] == 0.0:
        add_arrival(line, points, newest_s, arrival_s)
    if silence_s >= HOLD_UP_S:
        clock[SETTLED_T] = math.nan
        hurry(line, points)
    lost = _smoothed(state, times, first_s, period_s, lost, restarted, arrival_s)
    return lost, unnoticed_s, found, restarted


@compiled("UniTuple(f8, 4)(f8[:, ::1], f8[:, ::1], i8, f8, f8, f8)")
def _hidden_losses(
    state: FloatArray, late: FloatArray, n: int, newest_s: float, period_s: float, silence_s: float
) -> tuple[float, float, float, float]:
    """Return what losses that no mark shows change about a message of ``n`` samples.

    It is by how many s of device time they move it, the samples that are lost, for how many s that was
    not noticed, and the samples that were found again.
    """
    clock, counter, line, lag = state[CLOCK], state[COUNTER], state[LINE], state[LAG]
    arrival_s, slope = clock[ARRIVAL_S], line[SLOPE]
    if math.isnan(clock[BEGAN_S]):
        clock[BEGAN_S] = arrival_s
    hidden = hidden_samples(counter, n)
    times = hidden_losses(
        lag,
        late,
        newest_s,
        arrival_s,
        arrival_s - host_s(line, newest_s) if has_begun(line) else 0.0,
        slope,
        uncertainty_s(line, 1.0),
        n * period_s * slope,
        hidden * period_s * slope,
        silence_s,
    )
    unnoticed_s, began_s = lag[UNNOTICED_S], clock[BEGAN_S]
    if lag[MOVED] > 0.0:
        _begin_line(state)
    if times == 0.0:
        return 0.0, 0.0, 0.0, 0.0
    samples = times * hidden
    skip(counter, samples)
    if times < 0.0:
        # The newest sample is earlier in device time as well.
        clock[DEVICE_S] += samples * period_s
        return samples * period_s, 0.0, 0.0, whole(-samples)
    lost = whole(samples) if arrival_s - unnoticed_s - began_s >= BEGINNING_S else 0.0
    return samples * period_s, lost, unnoticed_s, 0.0


@compiled("f8(f8[:, ::1], f8[::1], f8, f8, f8, b1, f8)")
def _smoothed(
    state: FloatArray,
    times: FloatArray,
    first_s: float,
    period_s: float,
    lost: float,
    restarted: bool,
    arrival_s: float,
) -> float:
    """Fill the times of the samples from ``first_s`` on; return how many are missing before them."""
    n, clock, line = len(times), state[CLOCK], state[LINE]
    slope, target_t = line[SLOPE], host_s(line, first_s)
    last_t, device_s = clock[LAST_T], clock[DEVICE_S]
    clock[PERIOD_S], clock[DEVICE_S] = period_s, first_s + (n - 1) * period_s
    step_s = slope * period_s
    if math.isnan(last_t):
        first_t = target_t
    elif math.isnan(device_s):
        # After a reconnection only the time that has passed says how many are missing.
        first_t = max(target_t, last_t + step_s)
        lost = max(0.0, whole((target_t - last_t) / step_s) - 1.0)
    elif restarted or lost * period_s >= STEP_GAP_S:
        first_t = max(target_t, last_t + step_s)
        clock[SETTLED_T] = math.nan
    else:
        # At least half a sample, so that time increases whatever the device says.
        ahead_s = slope * max(first_s - device_s, 0.5 * period_s)
        correction = _correction(clock, target_t - last_t - ahead_s, ahead_s + (n - 1) * step_s)
        first_t = last_t + (1.0 + correction) * ahead_s
        step_s *= 1.0 + correction
    if first_t - target_t > RUN_BACK_S:
        first_t, step_s = target_t, slope * period_s
    newest_t = first_t + (n - 1) * step_s
    if newest_t > arrival_s:
        room_s = math.inf if math.isnan(last_t) else (arrival_s - last_t) / n
        if not math.isnan(last_t) and LEAST_SPACING * step_s <= room_s < step_s:
            step_s = room_s
        first_t, newest_t = arrival_s - (n - 1) * step_s, arrival_s
    clock[LAST_T] = newest_t
    for i in range(n):
        times[i] = first_t + i * step_s
    times[n - 1] = newest_t
    return lost


@compiled("f8(f8[::1], f8, f8)")
def _correction(clock: FloatArray, off_s: float, span_s: float) -> float:
    """Return the change of the speed of time by which samples that span ``span_s`` come nearer to the line.

    Without it they would be ``off_s`` before it.
    """
    last_t = clock[LAST_T]
    if math.isnan(clock[SETTLED_T]):
        clock[SETTLED_T] = last_t + SETTLING_S
    limit, spread_s = MAX_SLEW, SLEW_TIME_S
    if last_t < clock[SETTLED_T]:
        limit, spread_s = SETTLING_MAX_SLEW, SETTLING_SLEW_TIME_S
    correction = off_s / max(spread_s, span_s)
    if abs(correction) > limit:
        correction = math.copysign(limit, correction)
    return correction


@compiled("f8(f8[:, ::1], f8[::1], f8, i8, f8)")
def _exact(
    state: FloatArray, times: FloatArray, arrival_s: float, mark: int, period_s: float
) -> float:
    """Fill the times of a message of an imported table, for which no line is fitted.

    It returns how many samples are missing before it.
    """
    n, clock = len(times), state[CLOCK]
    step_ns = int(whole(period_s * 1e9))
    for i in range(n):
        times[i] = (mark + step_ns * i) / 1e9
    late_s = times[n - 1] - arrival_s
    if late_s > 0.5 * period_s:
        for i in range(n):
            times[i] -= late_s
    if late_s > 0.0:
        times[n - 1] = arrival_s
    lost = 0.0
    if not math.isnan(clock[LAST_T]):
        lost = max(0.0, whole((times[0] - clock[LAST_T]) / clock[NOMINAL_S]) - 1.0)
    clock[LAST_T] = times[n - 1]
    return lost
