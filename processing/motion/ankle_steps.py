"""The steps of the live ankle angle: sample by sample, and the windows between them."""

import math

import numpy as np

from processing.motion.bridging import RECENT, bridge_variance
from processing.motion.geometry import fill_lever_change, wrapped
from processing.motion.joint_filter import DELAY, SHIN_TILT
from processing.motion.joint_prior import bending_share
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

TURN, SHIN_ACC, SHIN_GYR, FOOT_ACC, FOOT_GYR, SOUND, CLIPPED, UNSEEN = 0, 1, 4, 7, 10, 13, 14, 15
ROWS = 16
"""Rows of the samples that wait for their window: the joint's integral, acc and gyr of both sensors,
whether both have the sample, whether one is at full scale, and the variance of the joint's turn in a gap
that ends with it, rad²: inf if it was a longer one."""
ANGLE, VARIANCE, LATE, SHARE, TAKEN_AGAIN, SETTLES = range(6)
"""Columns of the corrections: added to the integral it gives the ankle angle, rad; the variance of its
error, rad²; the delay of the foot's samples against the shin's, s; the share of the joint's turn that
bends the ankle, see :class:`.SagittalShare`; whether the angle was taken again from the forces, so
that it has nothing to do with before; and whether a gap that was bridged still makes a difference."""
CORRECTION = 6
TURNED, RATE, MISSING, HAS_BEGUN, RESUMED, LEFT, ENTERED = range(7)
"""Places in ``state`` (7,): the integral of the joint's rate, rad; the last rate, rad/s; how many samples
have been missing since; whether there was any; the number of the sample with which the last gap ended, and the
variance of the turn in the gaps that end in the same window, rad²; and how many rates are kept."""
STATE = 7
OWN_SHARE = 0.3
"""Share of the filter's variance in the stated uncertainty.

The filter's noises are set for the least error, and so state too much. This share and the next
constants were chosen together on simulated hinges, two kinds of simulated ankles and a person, so
that 95 to 99 % of the errors of each lie within ±, and 80 % of each session at least.
"""
_TILT = SHIN_TILT.start
_FLOOR_DEG = 0.2
"""Uncertainty that remains however long the filter runs: soft tissue."""
_TIMING_S = 0.003
"""Uncertainty of a sample's time, by its sensor's clock; times the joint's rate."""
_TURN_SHARE = 0.01
"""Share of the turn from neutral that is uncertain, per degree of the joint's misfit.

The misfit is the turn about other axes than the joint's: 1.7° at a hinge under soft tissue.
"""
_MISFIT_PER_DEG = 0.25
"""Uncertainty by the joint's misfit, ° per square degree."""


@compiled("f8(f8, f8, f8, f8)")
def half_width_at(variance: float, rate: float, turn: float, misfit_deg: float) -> float:
    """Return the half-width of the angle's uncertainty at one sample; see :func:`.half_width`."""
    floor = math.radians(_FLOOR_DEG)
    misfit = math.radians(_MISFIT_PER_DEG * misfit_deg * misfit_deg)
    late, off = _TIMING_S * rate, _TURN_SHARE * misfit_deg * turn
    square = variance + floor * floor + misfit * misfit + late * late + off * off
    return min(2.0 * math.sqrt(square), math.pi)


@compiled(
    "void(Array(f8, 1, 'A', True), Array(f8, 1, 'A', True), Array(f8, 1, 'A', True), f8, f8[::1])"
)
def fill_half_widths(
    variance: FloatArray, rate: FloatArray, turn: FloatArray, misfit_deg: float, out: FloatArray
) -> None:
    """Fill ``out`` (n,) with the half-widths of n samples; see :func:`.half_width`."""
    for i in range(len(out)):
        out[i] = half_width_at(variance[i], rate[i], turn[i], misfit_deg)


@compiled("void(f8[::1], f8[::1], f8)")
def _remember(state: FloatArray, recent: FloatArray, rate: float) -> None:
    """Put a ``rate`` among the ``recent`` ones."""
    recent[int(state[ENTERED]) % RECENT] = rate
    state[ENTERED] += 1.0


@compiled("f8(f8[::1], f8[::1], f8, f8)")
def _bridge(state: FloatArray, recent: FloatArray, rate: float, step_s: float) -> float:
    """Return the variance of the turn since the last rate, rad², and fill the ``recent`` ones up."""
    missing = int(state[MISSING])
    out = bridge_variance(recent, int(state[ENTERED]), missing, rate - state[RATE], step_s)
    for k in range(missing):
        _remember(state, recent, state[RATE] + (rate - state[RATE]) * (k + 1) / (missing + 1))
    return out


@compiled(
    "void(Array(f8, 2, 'A', True), f8[:, :], Array(f8, 2, 'A', True), f8[:, :],"
    " Array(b1, 1, 'A', True), Array(b1, 1, 'A', True), Array(b1, 1, 'A', True),"
    " Array(b1, 1, 'A', True), f8[::1], f8[::1], f8, i8, i8, i8, f8[::1], f8[::1], f8[:, ::1], i8, f8[:, ::1])"
)
def enter(
    shin_acc: FloatArray,
    shin_gyr: FloatArray,
    foot_acc: FloatArray,
    foot_gyr: FloatArray,
    shin_valid: BoolArray,
    foot_valid: BoolArray,
    shin_clipped: BoolArray,
    foot_clipped: BoolArray,
    shin_axis: FloatArray,
    foot_axis: FloatArray,
    step_s: float,
    bridge: int,
    length: int,
    first: int,
    state: FloatArray,
    recent: FloatArray,
    waiting: FloatArray,
    held: int,
    out: FloatArray,
) -> None:
    """Enter samples among those that wait.

    The joint is held in gaps; after a short one, the turn meanwhile is added at once, with a rate that has
    changed evenly. Without that the angle would be off by it until the forces correct it. How wrong it may
    be is told by the rates before it, see :func:`.bridge_variance`.

    Parameters
    ----------
    shin_acc, shin_gyr, foot_acc, foot_gyr, shin_valid, foot_valid, shin_clipped, foot_clipped
        As of :meth:`.AnkleAngle.feed`.
    shin_axis, foot_axis
        (3,) the joint's axis in each sensor's frame.
    step_s
        Time between samples.
    bridge, length
        So many samples may be missing in a gap that is bridged, and so many has a window.
    first
        Number of the first of these samples.
    state
        (7,) see :data:`TURNED`; changed.
    recent
        (k,) rad/s, the last rates in a ring; changed.
    waiting, held
        (16, k) the samples that wait, see :data:`ROWS`, and how many there are; the new ones are put behind.
    out
        (4, n), filled with the integral, rad, the rate of the joint and the mean rate of both links, rad/s,
        and the variance of the turn in gaps that have ended in the window in hand, rad²: the correction is from before
        them.
    """
    for i in range(out.shape[1]):
        shin_rate, foot_rate = 0.0, 0.0
        for k in range(3):
            shin_rate += shin_axis[k] * shin_gyr[i, k]
            foot_rate += foot_axis[k] * foot_gyr[i, k]
        sound = shin_valid[i] and foot_valid[i]
        rate, step, unseen = 0.0, 0.0, 0.0
        if (first + i) // length != state[RESUMED] // length:
            state[LEFT] = 0.0
        if sound:
            rate = foot_rate - shin_rate
            step = rate * step_s
            if state[HAS_BEGUN] > 0.0 and state[MISSING] > 0.0:
                if state[MISSING] > bridge:
                    unseen = math.inf
                    state[ENTERED] = 0.0
                else:
                    step += 0.5 * (state[RATE] + rate) * state[MISSING] * step_s
                    unseen = _bridge(state, recent, rate, step_s)
                state[LEFT] += unseen
                state[RESUMED] = first + i
            state[RATE], state[MISSING], state[HAS_BEGUN] = rate, 0.0, 1.0
            _remember(state, recent, rate)
        else:
            state[MISSING] += 1.0
        state[TURNED] += step
        column = held + i
        # Forces and rates are means over the step that ends at a sample: in its middle.
        waiting[TURN, column] = state[TURNED] - 0.5 * step_s * rate
        for k in range(3):
            waiting[SHIN_ACC + k, column], waiting[SHIN_GYR + k, column] = (
                shin_acc[i, k],
                shin_gyr[i, k],
            )
            waiting[FOOT_ACC + k, column], waiting[FOOT_GYR + k, column] = (
                foot_acc[i, k],
                foot_gyr[i, k],
            )
        waiting[SOUND, column] = sound
        waiting[CLIPPED, column] = shin_clipped[i] or foot_clipped[i]
        waiting[UNSEEN, column] = unseen
        # The samples do not show which of the two clocks is wrong: both get half of a delay.
        out[0, i], out[1, i], out[2, i] = state[TURNED], rate, 0.5 * (shin_rate + foot_rate)
        out[3, i] = state[LEFT] if sound else math.inf


@compiled(
    "void(f8[:, ::1], i8, i8, f8, f8, f8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], b1[::1],"
    " b1[:, ::1], f8[::1], b1[::1], f8[::1])"
)
def prepare_windows(
    waiting: FloatArray,
    first: int,
    length: int,
    step_s: float,
    still_rate: float,
    foot_arm: FloatArray,
    shin_change: FloatArray,
    foot_change: FloatArray,
    foot_jerk: FloatArray,
    used: BoolArray,
    still: BoolArray,
    unseen: FloatArray,
    again: BoolArray,
    turned: FloatArray,
) -> None:
    """Derive the samples of m windows.

    Parameters
    ----------
    waiting
        (16, k) samples, see :data:`ROWS`.
    first, length
        Number of the first sample of the first window, and how many each has.
    step_s
        Time between samples.
    still_rate
        A sensor that turns no faster is still, rad/s.
    foot_arm
        (3,) m from the joint's centre to the foot's sensor.
    shin_change, foot_change, foot_jerk, used
        n samples, filled, see :class:`.JointSamples`.
    still, unseen, again, turned
        (m, 2) whether shin and foot are still in a window, (m,) the variance of the turn in bridged gaps that end in
        it, rad², whether a longer one ends in it, and the integral at its end; filled.
    """
    per_s = 0.5 / step_s
    rate, second = np.empty((3, 1)), np.empty((3, 1))
    change, lever = np.empty((3, 1)), np.empty((3, 1))
    shin_gyr, foot_gyr = waiting[SHIN_GYR : SHIN_GYR + 3], waiting[FOOT_GYR : FOOT_GYR + 3]
    foot_acc, sound = waiting[FOOT_ACC : FOOT_ACC + 3], waiting[SOUND]
    for m in range(len(again)):
        again[m], unseen[m] = False, 0.0
        fastest_shin, fastest_foot = 0.0, 0.0
        for i in range(m * length, (m + 1) * length):
            at = first + i
            # The very first sample has no neighbour before it: its own value stands in.
            before, after = max(at - 1, 0), at + 1
            shin_square, foot_square = 0.0, 0.0
            for k in range(3):
                shin_change[k, i] = (shin_gyr[k, after] - shin_gyr[k, before]) * per_s
                foot_change[k, i] = (foot_gyr[k, after] - foot_gyr[k, before]) * per_s
                rate[k, 0], change[k, 0] = foot_gyr[k, at], foot_change[k, i]
                twice = foot_gyr[k, after] - 2.0 * foot_gyr[k, at] + foot_gyr[k, before]
                second[k, 0] = twice / (step_s * step_s)
                shin_square += shin_gyr[k, at] * shin_gyr[k, at]
                foot_square += foot_gyr[k, at] * foot_gyr[k, at]
            fill_lever_change(foot_arm, rate, change, second, lever)
            for k in range(3):
                foot_jerk[k, i] = (foot_acc[k, after] - foot_acc[k, before]) * per_s - lever[k, 0]
            sounds = sound[before] > 0.0 and sound[at] > 0.0 and sound[after] > 0.0
            used[i] = sounds and waiting[CLIPPED, at] == 0.0
            if math.isinf(waiting[UNSEEN, at]):
                again[m] = True
            else:
                unseen[m] += waiting[UNSEEN, at]
            # The fastest sample decides: in a mean, a short kick would pass for stillness.
            fastest_shin = max(fastest_shin, shin_square)
            fastest_foot = max(fastest_foot, foot_square)
        still[m, 0] = fastest_shin < still_rate * still_rate
        still[m, 1] = fastest_foot < still_rate * still_rate
        turned[m] = waiting[TURN, first + (m + 1) * length - 1]


@compiled(
    "void(f8[:, ::1], f8[::1], b1[:], b1[:], b1[:], f8[::1], b1[:], f8[::1], f8, f8, f8, f8[::1], f8[::1],"
    " f8[::1], f8[:, ::1])"
)
def fill_corrections(
    states: FloatArray,
    variances: FloatArray,
    carried: BoolArray,
    begun: BoolArray,
    settling: BoolArray,
    turned: FloatArray,
    still: BoolArray,
    unknown: FloatArray,
    seconds: float,
    creep: float,
    constant: float,
    slope: FloatArray,
    knee: FloatArray,
    since: FloatArray,
    out: FloatArray,
) -> None:
    """Fill the corrections after m windows.

    Parameters
    ----------
    states, variances, carried, begun, settling
        The filter after each window, see :class:`.JointSteps`.
    turned, still
        (m,) the integral at the end of each, rad, and whether both sensors were still in it.
    unknown
        (m,) rad², see :func:`.unknown_turn`.
    seconds, creep
        Length of a window, and growth of the variance since both sensors were still, rad²/s.
    constant, slope
        The angle as a linear function of the state: rad, (19,).
    knee
        See :func:`.bending_share`.
    since
        (2,) s since both sensors were still, and whether the angle has not settled since it was taken from the
        forces; changed.
    out
        (m, 6) see :data:`ANGLE`.
    """
    for m in range(len(out)):
        since[0] = 0.0 if still[m] else since[0] + seconds
        if not settling[m]:
            since[1] = 0.0
        elif begun[m]:
            since[1] = 1.0
        if not (carried[m] or begun[m]):
            out[m] = 0.0
            out[m, VARIANCE], out[m, SHARE] = math.inf, 1.0
            continue
        state = states[m]
        angle = constant
        for k in range(len(slope)):
            angle += slope[k] * state[k]
        # The forces give the angle up to whole turns, and no ankle turns by half of one.
        out[m, ANGLE] = wrapped(angle + turned[m]) - turned[m]
        out[m, VARIANCE] = OWN_SHARE * max(variances[m], 0.0) + unknown[m] + creep * since[0]
        if since[1] > 0.0:
            out[m, VARIANCE] = math.inf
        out[m, SETTLES] = settling[m]
        out[m, LATE] = state[DELAY]
        out[m, SHARE] = bending_share(knee, state[_TILT], state[_TILT + 1])
        out[m, TAKEN_AGAIN] = begun[m]


@compiled(
    "void(f8[:, ::1], i8, i8, i8, f8, f8, f8, f8[:, ::1], f8[::1], f8[::1], f8[::1], b1[::1], b1[::1])"
)
def correct(
    corrections: FloatArray,
    first: int,
    length: int,
    done: int,
    zero: float,
    misfit_deg: float,
    settled: float,
    motion: FloatArray,
    ankle: FloatArray,
    ankle_rate: FloatArray,
    width: FloatArray,
    known: BoolArray,
    settling: BoolArray,
) -> None:
    """Correct samples by what the windows before them showed.

    Windows that these samples complete are applied as if they came one by one: any split of the input gives
    the same bits.

    Parameters
    ----------
    corrections
        (k, 6) see :data:`ANGLE`, after the last k windows.
    first, length, done
        Number of the first sample, samples of a window, and how many windows are done.
    zero, misfit_deg
        The neutral angle, rad, and see :func:`.joint_misfit_deg`.
    settled
        Variance below which a gap makes no difference, rad².
    motion
        (4, n) as :func:`enter` fills it.
    ankle, ankle_rate, width, known, settling
        (n,) each, filled as :meth:`.AnkleAngle.feed` says.
    """
    for i in range(len(known)):
        window = (first + i) // length
        latest = len(corrections) - 1 - (done - window)
        angle, variance, late, share, settles = 0.0, math.inf, 0.0, 1.0, False
        if latest >= 0:
            # Within a window the correction goes from the last but one known to the last, evenly: a step
            # at its start would be a jump of the angle.
            old, last = corrections[max(latest - 1, 0)], corrections[latest]
            part = (first + i + 1 - window * length) / length
            step = 0.0 if last[TAKEN_AGAIN] > 0.0 else wrapped(last[ANGLE] - old[ANGLE])
            angle, late = last[ANGLE] - step + step * part, last[LATE]
            share = old[SHARE] + (last[SHARE] - old[SHARE]) * part
            # What the correction does not know of is valid only if it makes no difference.
            settles = last[SETTLES] > 0.0 or motion[3, i] >= settled
            variance = last[VARIANCE] + motion[3, i]
        angle += late * motion[2, i]
        turn, rate = (angle + motion[0, i] - zero) * share, motion[1, i] * share
        width[i] = half_width_at(variance, rate, turn, misfit_deg)
        # An uncertainty of half a turn says nothing about the angle.
        is_known = width[i] < math.pi
        known[i], settling[i] = is_known and not settles, is_known and settles
        ankle[i], ankle_rate[i] = zero + turn if is_known else 0.0, rate
