"""The steps of the joint's filter: see :mod:`processing.motion.joint_filter` for the state (19,)."""

import math

import numpy as np

from processing.motion.joint_corrections import (
    FIRST,
    GAP_VARIANCE,
    SIZE,
    STARTED,
    SURPRISE,
    SURPRISES,
    match,
    weigh,
)
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

(
    WALK, DRIFT_WALK, LATE_WALK, AXIS_WALK, UNSEEN, RESTART, SETTLED, FORCE_NOISE, RATE_NOISE,
) = range(9)  # fmt: skip
"""Places in ``noises`` (9,): variances a second of offset, drift, delay and tilts; that of the offset for each second
in a gap; the variance above which the angle is taken from the forces alone; that below which a gap is over;
and the variances of the two comparisons."""
NOISES = 9
FORCES, RATES, SHIN, FOOT = range(4)
"""The corrections of a window in their order: both comparisons, and the two sensors at rest."""
CORRECTIONS = 4
MIN_USED = 0.3
"""A window in which fewer of the samples are valid and not clipped says nothing."""

_OFFSET, _DRIFT, _SHIN_BIAS, _FOOT_BIAS, _TILTS, _DELAY = 0, 1, 2, 5, 14, 18
_SENSORS = 2
_TILT_COUNT = 4
_SETTLED_SHARE = 0.5
"""A gap is also over when it is less than this share of the variance: more was uncertain without it.

On a person whose sensors move with the skin, a second does not suffice for half a degree.
"""
_LEAST_WINDOWS = 3
"""Windows that are looked at after a gap in any case: one alone may be that of a step."""
_NOISE_SHARE = 0.3
"""Share of the variances that the filter states which is expected before the windows after a gap show it.

The noises are set for the least error, and so state too much. It counts as much as one window.
"""
_LEAST_FORCE_MPS2 = 1.0
"""A smaller force across the joint's axis shows no angle."""


@compiled("void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8, f8)")
def _predict(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    noises: FloatArray,
    turns: FloatArray,
    seconds: float,
    missing: float,
) -> None:
    """Carry the state on through a window; parameters as of `advance_through`."""
    x[_OFFSET] += x[_DRIFT] * seconds
    for k in range(_TILT_COUNT):
        x[_OFFSET] += turns[k] * x[_TILTS + k]
    # The transition changes one row only, and the column in the same way.
    for i in range(SIZE):
        added = p[_DRIFT, i] * seconds
        for k in range(_TILT_COUNT):
            added += turns[k] * p[_TILTS + k, i]
        p[_OFFSET, i] += added
    added = p[_OFFSET, _DRIFT] * seconds
    for k in range(_TILT_COUNT):
        added += turns[k] * p[_OFFSET, _TILTS + k]
    p[_OFFSET, _OFFSET] += added
    for i in range(1, SIZE):
        p[i, _OFFSET] = p[_OFFSET, i]
    p[_OFFSET, _OFFSET] += (noises[WALK] + noises[UNSEEN] * missing) * seconds
    p[_DRIFT, _DRIFT] += noises[DRIFT_WALK] * seconds
    p[_DELAY, _DELAY] += noises[LATE_WALK] * seconds
    for k in range(_TILTS, _TILTS + _TILT_COUNT):
        p[k, k] += noises[AXIS_WALK] * seconds
    if facts[GAP_VARIANCE] > 0.0:
        gap[_OFFSET] += gap[_DRIFT] * seconds
        for k in range(_TILT_COUNT):
            gap[_OFFSET] += turns[k] * gap[_TILTS + k]


@compiled("void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[:, ::1])")
def _start(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    noises: FloatArray,
    forces: FloatArray,
) -> None:
    """Take the angle from the ``forces`` (4, 18) alone, up to whole turns."""
    seen, row = np.empty(4), np.zeros(SIZE)
    for link in range(4):
        seen[link] = forces[link, 0]
        for k in range(_SENSORS, SIZE):
            seen[link] -= forces[link, k - 1] * x[k]
    x[_OFFSET] = facts[FIRST]
    if math.isnan(facts[FIRST]):
        along, across = (
            seen[0] * seen[2] + seen[1] * seen[3],
            seen[1] * seen[2] - seen[0] * seen[3],
        )
        x[_OFFSET] = math.atan2(across, along)
    facts[FIRST] = math.nan
    # What was correlated with the old angle says nothing about the new one.
    for i in range(SIZE):
        p[_OFFSET, i] = p[i, _OFFSET] = 0.0
    p[_OFFSET, _OFFSET] = noises[RESTART]
    # The derivative of the angle between the forces by the state.
    row[_OFFSET] = 1.0
    for link in range(0, 4, 2):
        x_, y_ = seen[link], seen[link + 1]
        size = max(x_ * x_ + y_ * y_, _LEAST_FORCE_MPS2 * _LEAST_FORCE_MPS2)
        sign = 1.0 if link == 0 else -1.0
        for k in range(_SENSORS, SIZE):
            change_x, change_y = forces[link, k - 1], forces[link + 1, k - 1]
            row[k] += sign * (x_ * change_y - y_ * change_x) / size
    variance = 0.0
    for i in range(SIZE):
        gap[i] = 0.0
        for k in range(SIZE):
            gap[i] += p[i, k] * row[k]
        variance += row[i] * gap[i]
    facts[GAP_VARIANCE] = 1.0 / variance
    facts[SURPRISE], facts[SURPRISES] = _NOISE_SHARE, 1.0
    facts[STARTED] = 1.0


@compiled("void(f8[:, ::1], f8[::1], f8[::1], f8[::1])")
def _judge_gap(p: FloatArray, gap: FloatArray, facts: FloatArray, noises: FloatArray) -> None:
    """Forget the gap if it costs too little to matter."""
    # The differences since the gap show which share of the variances is true.
    share = facts[SURPRISE] / facts[SURPRISES]
    cost = facts[GAP_VARIANCE] * gap[_OFFSET] * gap[_OFFSET]
    small = cost * share < noises[SETTLED] or cost < _SETTLED_SHARE * p[_OFFSET, _OFFSET]
    if small and facts[SURPRISES] > _LEAST_WINDOWS:
        facts[GAP_VARIANCE] = 0.0


@compiled(
    "void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[::1],"
    " f8[:, :, ::1], f8[:, :, ::1], f8[:, ::1], f8[::1], f8[:, ::1], f8[:, ::1],"
    " b1[:, ::1], f8[::1], f8, f8[::1], f8[:, ::1], f8[::1], b1[:, ::1],"
    " f8[:, :, ::1], f8[:, :, :, ::1], f8[:, :, :, ::1], f8[:, :, ::1], f8[:, :, ::1])"
)
def advance_through(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    noises: FloatArray,
    forces: FloatArray,
    rates: FloatArray,
    turns: FloatArray,
    share: FloatArray,
    shin_acc: FloatArray,
    foot_acc: FloatArray,
    still: BoolArray,
    missing: FloatArray,
    seconds: float,
    slope: FloatArray,
    states: FloatArray,
    variances: FloatArray,
    flags: BoolArray,
    covariances: FloatArray,
    rows: FloatArray,
    gains: FloatArray,
    inverses: FloatArray,
    pulls: FloatArray,
) -> None:
    """Advance the filter through m windows.

    Parameters
    ----------
    x, p, gap, facts
        (19,), (19, 19), (19,) and (5,): state, covariance, and what the last gap costs; changed.
    noises
        (9,), see the constants.
    forces, rates, turns, share, shin_acc, foot_acc
        As of :class:`.JointWindows`.
    still
        (m, 2) whether the shin's and the foot's sensor were still.
    missing
        (m,) s that a sensor was missing.
    seconds
        Length of a window.
    slope
        (19,) a linear function of the state.
    states, variances, flags
        (m, 19) states after each window, (m,) variances of the function, and (m, 3) whether the state was
        carried on from the window before, whether the angle was taken from the forces alone, and
        whether the last gap makes a difference; are filled.
    covariances, rows, gains, inverses, pulls
        What the way back needs of the last k windows: (k, 19, 19) covariances after them, and of their
        four corrections (k, 4, 2, 19) twice, (k, 4, 3) and (k, 4, 2) as of `_correct`, zero where there
        was no correction. Window ``at`` is at place ``at`` modulo k.
    """
    for at in range(len(share)):
        own = at % len(covariances)
        h, gain, inverse, pull = rows[own], gains[own], inverses[own], pulls[own]
        # A correction that is not made corrects by nothing.
        h[:] = gain[:] = 0.0
        inverse[:] = pull[:] = 0.0
        flags[at, 0] = facts[STARTED] > 0.0
        if facts[STARTED] > 0.0:
            _predict(x, p, gap, facts, noises, turns[at], seconds, missing[at])
        # The prediction stands, so the uncertainty grows until a window can be used again.
        used = share[at] >= MIN_USED
        begun = used and (facts[STARTED] == 0.0 or p[_OFFSET, _OFFSET] > noises[RESTART])
        if begun:
            _start(x, p, gap, facts, noises, forces[at])
        if used:
            facts[SURPRISE] += match(
                x, p, gap, facts, forces[at], _SENSORS, noises[FORCE_NOISE] / share[at],
                h[FORCES], gain[FORCES], inverse[FORCES], pull[FORCES],
            )  # fmt: skip
            facts[SURPRISES] += 1.0
            match(
                x, p, gap, facts, rates[at], _TILTS, noises[RATE_NOISE] / share[at],
                h[RATES], gain[RATES], inverse[RATES], pull[RATES],
            )  # fmt: skip
            _judge_gap(p, gap, facts, noises)
        if still[at, 0] and share[at] > 0.0:
            weigh(
                x, p, gap, facts, shin_acc[at], _SHIN_BIAS,
                h[SHIN], gain[SHIN], inverse[SHIN], pull[SHIN],
            )  # fmt: skip
        if still[at, 1] and share[at] > 0.0:
            weigh(
                x, p, gap, facts, foot_acc[at], _FOOT_BIAS,
                h[FOOT], gain[FOOT], inverse[FOOT], pull[FOOT],
            )  # fmt: skip
        flags[at, 1] = begun
        flags[at, 2] = facts[STARTED] == 0.0 or facts[GAP_VARIANCE] > 0.0
        states[at], covariances[own] = x, p
        variances[at] = 0.0
        for i in range(SIZE):
            for j in range(SIZE):
                variances[at] += slope[i] * p[i, j] * slope[j]
