"""The steps of the joint's filter: see :mod:`processing.motion.joint_filter` for the state (19,)."""

import math

import numpy as np

from processing.motion.joint_corrections import (
    AT_FIRST,
    FIRST,
    GAP_VARIANCE,
    SEEN,
    SETTLING,
    SIZE,
    STARTED,
    SURPRISE,
    match,
    weigh,
)
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_matrix, copy_row
from sensor.types import BoolArray, FloatArray

WALK, DRIFT_WALK, LATE_WALK, AXIS_WALK, RESTART, SETTLED, FORCE_NOISE, RATE_NOISE = range(8)
"""Places in ``noises`` (8,): variances a second of offset, drift, delay and tilts; the variance above which the
angle is taken from the forces alone; that below which a gap is over; and the variances of the two comparisons."""
NOISES = 8
FORCES, RATES, SHIN, FOOT = range(4)
"""The corrections of a window in their order: both comparisons, and the two sensors at rest."""
CORRECTIONS = 4
MIN_USED = 0.3
"""A window in which fewer of the samples are valid and not clipped says nothing."""

_OFFSET, _DRIFT, _SHIN_BIAS, _FOOT_BIAS, _TILTS, _DELAY = 0, 1, 2, 5, 14, 18
_SENSORS = 2
_TILT_COUNT = 4
_FORGOTTEN_SHARE = 0.04
"""A gap that is over is forgotten when it costs less than this share of what it may."""
_LEAST_FORCE_MPS2 = 1.0
"""A smaller force across the joint's axis shows no angle."""
_LEAST_WINDOWS = 3
"""Windows that are looked at after a gap in any case: one alone may be that of a step."""
_SURPRISE_S = 4.0
"""Time after which a surprise counts for a third. A stride takes a second, and is surprising in parts only."""


@compiled("void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8)")
def _predict(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    noises: FloatArray,
    turns: FloatArray,
    seconds: float,
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
    p[_OFFSET, _OFFSET] += noises[WALK] * seconds
    p[_DRIFT, _DRIFT] += noises[DRIFT_WALK] * seconds
    p[_DELAY, _DELAY] += noises[LATE_WALK] * seconds
    for k in range(_TILTS, _TILTS + _TILT_COUNT):
        p[k, k] += noises[AXIS_WALK] * seconds
    if facts[GAP_VARIANCE] > 0.0:
        gap[_OFFSET] += gap[_DRIFT] * seconds
        for k in range(_TILT_COUNT):
            gap[_OFFSET] += turns[k] * gap[_TILTS + k]


@compiled("void(f8[:, ::1], f8[::1], f8[::1], f8[::1], f8)")
def _add_unseen(
    p: FloatArray, gap: FloatArray, facts: FloatArray, noises: FloatArray, unseen: float
) -> None:
    """Make the angle less certain by the variance ``unseen``, rad²: a gap was bridged."""
    left = facts[GAP_VARIANCE] * gap[_OFFSET] * gap[_OFFSET]
    cost = left + unseen
    p[_OFFSET, _OFFSET] += unseen
    if left == 0.0:
        gap[:] = 0.0
        gap[_OFFSET], facts[GAP_VARIANCE] = 1.0, unseen
    else:
        # Two gaps differ in two directions. From here on both count as one, as if the angle were known but for them.
        for i in range(SIZE):
            gap[i] = p[_OFFSET, i] / p[_OFFSET, _OFFSET]
        facts[GAP_VARIANCE] = min(cost, p[_OFFSET, _OFFSET])
    facts[AT_FIRST] = facts[GAP_VARIANCE]
    if cost > noises[SETTLED] and facts[SETTLING] == 0.0:
        facts[SETTLING], facts[SEEN] = 1.0, 0.0


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
    seen = np.empty(4)
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
    facts[STARTED] = 1.0
    again = p[_OFFSET, _OFFSET] > 0.0
    _add_unseen(p, gap, facts, noises, noises[RESTART])
    if again:
        return
    # Without a start the angle would be known as far as the forces show it.
    row = np.zeros(SIZE)
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
    facts[GAP_VARIANCE] = facts[AT_FIRST] = 1.0 / variance


@compiled("f8(f8[::1], f8[::1], f8[::1])")
def _gap_cost(gap: FloatArray, facts: FloatArray, slope: FloatArray) -> float:
    """Return what the last gap adds to the variance of the function ``slope``, rad²."""
    along = 0.0
    for k in range(SIZE):
        along += slope[k] * gap[k]
    return float(facts[GAP_VARIANCE] * along * along)


@compiled("f8(f8[::1])")
def _true_share(facts: FloatArray) -> float:
    """Return the share of that cost which is true.

    The noises are set for the least error, and so state too much: the last surprises show which share of
    them is true. What the gap cost at first is true as a whole.
    """
    if facts[GAP_VARIANCE] == 0.0:
        return 1.0
    noise = min(facts[SURPRISE], 1.0)
    return float(noise + (1.0 - noise) * facts[AT_FIRST] / facts[GAP_VARIANCE])


@compiled("void(f8[::1], f8[::1], f8[::1], f8[::1])")
def _judge_gap(gap: FloatArray, facts: FloatArray, noises: FloatArray, slope: FloatArray) -> None:
    """Say that the gap is over if it costs too little to matter."""
    cost = _gap_cost(gap, facts, slope)
    if cost * _true_share(facts) < noises[SETTLED] and facts[SEEN] >= _LEAST_WINDOWS:
        facts[SETTLING] = 0.0
    if facts[SETTLING] == 0.0 and cost < _FORGOTTEN_SHARE * noises[SETTLED]:
        facts[GAP_VARIANCE] = 0.0


@compiled(
    "void(f8[::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1],"
    " f8[:, :, ::1], f8[:, :, ::1], f8[:, ::1], f8[::1], f8[:, ::1], f8[:, ::1],"
    " b1[:, ::1], f8[::1], f8, f8[::1], f8[:, ::1], f8[::1], f8[:, ::1], b1[:, ::1],"
    " f8[:, :, ::1], f8[:, :, :, ::1], f8[:, :, :, ::1], f8[:, :, ::1], f8[:, :, ::1])"
)
def advance_through(
    x: FloatArray,
    p: FloatArray,
    gap: FloatArray,
    facts: FloatArray,
    before: FloatArray,
    noises: FloatArray,
    forces: FloatArray,
    rates: FloatArray,
    turns: FloatArray,
    share: FloatArray,
    shin_acc: FloatArray,
    foot_acc: FloatArray,
    still: BoolArray,
    unseen: FloatArray,
    seconds: float,
    slope: FloatArray,
    states: FloatArray,
    variances: FloatArray,
    costs: FloatArray,
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
        (19,), (19, 19), (19,) and (7,): state, covariance, and what the last gap costs; changed.
    before
        (19,) the offset's row of the covariance after the last window with samples; changed.
    noises
        (8,), see the constants.
    forces, rates, turns, share, shin_acc, foot_acc
        As of :class:`.JointWindows`.
    still
        (m, 2) whether the shin's and the foot's sensor were still.
    unseen
        (m,) rad², variance of the turn in gaps that were bridged.
    seconds
        Length of a window.
    slope
        (19,) a linear function of the state.
    states, variances, costs, flags
        (m, 19) states after each window, (m,) variances of the function, (m, 2) what the last gap adds to them and which share of that is true, and (m, 3) whether the state was
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
            _predict(x, p, gap, facts, noises, turns[at], seconds)
            if unseen[at] > 0.0:
                _add_unseen(p, gap, facts, noises, unseen[at])
        # The prediction stands, so the uncertainty grows until a window can be used again.
        used = share[at] >= MIN_USED
        begun = used and (facts[STARTED] == 0.0 or p[_OFFSET, _OFFSET] > noises[RESTART])
        if begun:
            _start(x, p, gap, facts, noises, forces[at])
        if used:
            surprise = match(
                x, p, gap, facts, forces[at], _SENSORS, noises[FORCE_NOISE] / share[at],
                h[FORCES], gain[FORCES], inverse[FORCES], pull[FORCES],
            )  # fmt: skip
            facts[SURPRISE] = max(facts[SURPRISE] * (1.0 - seconds / _SURPRISE_S), surprise)
            facts[SEEN] += 1.0
            match(
                x, p, gap, facts, rates[at], _TILTS, noises[RATE_NOISE] / share[at],
                h[RATES], gain[RATES], inverse[RATES], pull[RATES],
            )  # fmt: skip
            if facts[GAP_VARIANCE] > 0.0:
                _judge_gap(gap, facts, noises, slope)
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
        if share[at] > 0.0:
            copy_row(before, p[_OFFSET])
        flags[at, 1] = begun
        flags[at, 2] = facts[STARTED] == 0.0 or facts[SETTLING] > 0.0
        copy_row(states[at], x)
        copy_matrix(covariances[own], p)
        costs[at, 0], costs[at, 1] = _gap_cost(gap, facts, slope), _true_share(facts)
        variances[at] = 0.0
        for i in range(SIZE):
            for j in range(SIZE):
                variances[at] += slope[i] * p[i, j] * slope[j]
