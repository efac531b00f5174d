"""The steps of the live shin turn: sample by sample, and the filter's step at the end of each window."""

import math

import numpy as np

from processing.motion.attitude import matrix_of, turn_on
from processing.motion.gravity_steps import IS_SETTLING, SIZE, advance_through
from processing.motion.gravity_windows import reading, window_sums
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_row
from sensor.types import FloatArray, IntArray

LEAST_TURN_RAD = -2.0 * math.pi / 3.0
"""The whole turns of a shin are chosen so that its turn is from here to 240°.

The shin of a person who calibrates standing and trains prone or seated begins a quarter turn off zero
either way, and a curl adds up to 150°.
"""
WAITING, HAS_UP, HAS_EDGE, HAS_LAST, LEFT = 0, 1, 2, 3, 4
"""Places in ``marks`` (5,): how many samples the window in hand has; whether gravity, the edge of the
window before and a last turn are there; and what a gap had left of that turn."""
ACC, GYR, MIDDLE, END, ROWS = 0, 3, 6, 10, 14
"""Rows of the samples of a window: acc and gyr, the attitudes in the middle of each and at its end."""


@compiled("f8(f8)")
def within_machine(turned: float) -> float:
    """Return ``turned`` (rad) plus the whole turns that bring it where a shin on a machine can be."""
    return LEAST_TURN_RAD + (turned - LEAST_TURN_RAD) % (2.0 * math.pi)


@compiled("void(f8[:, ::1], f8[:, ::1], i8, f8[:, ::1])")
def plane_at_end(frame: FloatArray, samples: FloatArray, column: int, across: FloatArray) -> None:
    """Fill ``across`` (2, 3) with the plane of the angle at the end of a column of ``samples``."""
    turn = np.empty((3, 3))
    matrix_of(samples[END:], column, turn)
    for k in range(2):
        for i in range(3):
            across[k, i] = (
                turn[i, 0] * frame[k, 0] + turn[i, 1] * frame[k, 1] + turn[i, 2] * frame[k, 2]
            )


@compiled(
    "i8(Array(f8, 2, 'A', True), Array(f8, 2, 'A', True), i8, f8, f8, f8[:, ::1],"
    " i8[::1], f8[::1], f8[:, ::1], f8[::1], f8[:, ::1], f8[::1],"
    " i8[::1], f8[::1], f8[:, ::1], f8[:, ::1], f8[::1], f8, b1,"
    " f8[::1], i8[::1])"
)
def follow(
    acc: FloatArray,
    gyr: FloatArray,
    first: int,
    step_s: float,
    start: float,
    frame: FloatArray,
    marks: IntArray,
    attitude: FloatArray,
    samples: FloatArray,
    up: FloatArray,
    edge: FloatArray,
    last: FloatArray,
    counts: IntArray,
    x: FloatArray,
    p: FloatArray,
    ungapped: FloatArray,
    speeds: FloatArray,
    size: float,
    started: bool,
    turned: FloatArray,
    left: IntArray,
) -> int:
    """Follow samples; return how many are done. It stops at a full window if the filter has not started.

    Parameters
    ----------
    acc, gyr
        (n, 3) m/s² and rad/s, offsets removed.
    first
        Number of the first of them that is not done yet.
    step_s
        Time between them.
    start
        Inclination in the start pose, rad.
    frame
        (3, 3) in the sensor's frame; the third axis is the one about which the shin turns.
    marks
        (5,) see :data:`WAITING`; changed, as the next ones are.
    attitude
        (4,) after the last sample.
    samples
        (14, k) of the window in hand, which holds k.
    up
        (3,) gravity's reaction in the frame that stands still, m/s².
    edge
        (4, 3) see :func:`.window_sums`.
    last
        (1,) rad, the last turn.
    counts, x, p, ungapped, speeds, size
        The filter, see :func:`.advance_through`.
    started
        Whether it has started since the last gap.
    turned, left
        (n,) the turn, rad, and what the last gap leaves of it, see :data:`.SETTLED`; filled.
    """
    length = samples.shape[1]
    toward, across = np.empty((3, 3)), np.empty((1, 2, 3))
    change, swing, drift = np.empty((1, 3)), np.empty((1, 3, 3)), np.empty((1, 3, 3))
    rate, settling = np.empty(1), np.empty(1, dtype=np.int64)
    states, transitions = np.empty((2, 1, SIZE)), np.empty((1, SIZE, SIZE))
    covariances = np.empty((2, 1, 2, SIZE, SIZE))
    half = 0.5 * step_s
    for at in range(first, len(acc)):
        column = marks[WAITING]
        a, b, c = gyr[at, 0] * half, gyr[at, 1] * half, gyr[at, 2] * half
        turn_on(attitude, a, b, c, 0.5, samples[MIDDLE:END], column)
        turn_on(attitude, a, b, c, 1.0, samples[END:], column)
        for k in range(3):
            samples[ACC + k, column], samples[GYR + k, column] = acc[at, k], gyr[at, k]
        for k in range(4):
            attitude[k] = samples[END + k, column]
        if not marks[HAS_UP]:
            now = np.empty((4, 3))
            reading(samples[MIDDLE:END], samples[:GYR], samples[GYR:MIDDLE], column, toward, now)
            copy_row(up, now[0])
            marks[HAS_UP] = 1
        # A window's samples are turned by what was known before it, for it is not over yet.
        matrix_of(samples[END:], column, toward)
        seen_x, seen_y = 0.0, 0.0
        for i in range(3):
            seen = toward[0, i] * up[0] + toward[1, i] * up[1] + toward[2, i] * up[2]
            seen_x += frame[0, i] * seen
            seen_y += frame[1, i] * seen
        angle = start - math.atan2(seen_y, seen_x)
        left[at] = counts[IS_SETTLING]
        # Where it becomes better known the whole turn is chosen again.
        if not marks[HAS_LAST] or left[at] < marks[LEFT]:
            last[0] = within_machine(angle)
        marks[HAS_LAST], marks[LEFT] = 1, left[at]
        # The angle from gravity jumps by a whole turn; two samples never differ by half of one.
        last[0] = angle - 2.0 * math.pi * np.rint((angle - last[0]) / (2.0 * math.pi))
        turned[at] = last[0]
        marks[WAITING] = column + 1
        if column + 1 < length:
            continue
        if not started:
            return at + 1
        if not marks[HAS_EDGE]:
            reading(samples[MIDDLE:END], samples[:GYR], samples[GYR:MIDDLE], 0, toward, edge)
            marks[HAS_EDGE] = 1
        rate[0] = window_sums(
            samples[MIDDLE:END], samples[:GYR], samples[GYR:MIDDLE],
            0, length, step_s, edge, change[0], swing[0], drift[0],
        )  # fmt: skip
        plane_at_end(frame, samples, column, across[0])
        advance_through(
            counts, x, p, ungapped, speeds, size, 0, change, swing, drift, rate, across,
            states[0], states[1], settling, transitions,
            covariances[0], covariances[1],
        )  # fmt: skip
        copy_row(up, x[:3])
        marks[WAITING] = 0
    return len(acc)
