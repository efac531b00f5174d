"""The offline ankle angle: the joint is fitted to the whole recording, and no filter delays them.

Where the live filter goes forward from window to window, here the correction is found on which all
windows, earlier and later, agree best (:mod:`processing.motion.smoothing`).
"""

from dataclasses import dataclass

import numpy as np

from processing.motion.ankle import OWN_SHARE, AnkleConfig, half_width
from processing.motion.calibrated import Calibration
from processing.motion.geometry import (
    along,
    joint_frame,
    lever_change,
    mean_rate,
    rows,
)
from processing.motion.grid import bridged, runs_between_gaps
from processing.motion.joint_filter import GAP_DPS, MIN_USED
from processing.motion.joint_fit import Joint, JointFitConfig, fit_joint
from processing.motion.joint_windows import (
    JointSamples,
    JointWindows,
    window_means,
)
from processing.motion.shin_turn import inclination
from processing.motion.smoothing import smooth_angle
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

_BATCH = 20000
"""Samples computed at once, so that an hour needs little more memory than a minute."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Both links, offsets removed, as rows (3, n) in m/s² and rad/s.

    Gyro samples are interpolated in short gaps and zero in longer ones. ``both`` (n,) is False where a sensor has no sample,
    ``used`` (n,) also beside such samples, whose derivatives are unknown, and where one is clipped.
    """

    shin_acc: FloatArray
    shin_gyr: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    both: BoolArray
    used: BoolArray
    rate_hz: float


def offline_ankle(
    block: PairedBlock,
    calibration: Calibration,
    rate_hz: float,
    config: AnkleConfig,
    fit_config: JointFitConfig,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the ankle angle of a whole recording.

    Parameters
    ----------
    block
        n samples on a grid on which none are missing; those that are not valid are interpolated.
    calibration
        Zero and gyro offsets, and the first guess of the joint.
    rate_hz
        Rate of the grid.
    config, fit_config
        Parameters of the windows and of the fit.

    Returns
    -------
    tuple
        (n,) each: the angle, rad; its rate, rad/s; the half-width of its uncertainty, rad.
    """
    joint = _joint(block, calibration, rate_hz, fit_config)
    links = _links(block, calibration, joint, rate_hz)
    shin_axis, foot_axis = joint.shin_axis, joint.foot_axis
    rate = along(foot_axis, links.foot_gyr) - along(shin_axis, links.shin_gyr)
    turn = np.cumsum(rate) / rate_hz
    ankle, width = np.zeros(len(turn)), np.full(len(turn), np.pi)
    length = max(2, round(config.window_s * rate_hz))
    if len(turn) < 2 * length or not links.used.any():
        return ankle, np.zeros(len(turn)), width
    # Forces and rates are means over the step that ends at a sample: in its middle.
    middle_turn = turn - 0.5 * rate / rate_hz
    angle, weight, missing = _windows(links, joint, middle_turn, length, config)
    c, seconds = config.joint, length / rate_hz
    wander = np.full(len(angle) - 1, np.radians(c.walk_dps) ** 2 * seconds)
    wander += (np.radians(GAP_DPS) * seconds) ** 2 * np.maximum(missing[1:], missing[:-1])
    zero = calibration.neutral_angle - _neutral_turn(calibration, joint)
    late = joint.delay_s * mean_rate(
        along(shin_axis, links.shin_gyr), along(foot_axis, links.foot_gyr)
    )
    for start, stop in runs_between_gaps(links.both, rate_hz):
        # The joint may have turned anyhow in a gap, so the runs know nothing of each other.
        first, last = start // length, min((stop - 1) // length + 1, len(angle))
        if not weight[first:last].any():
            continue
        correction, variance = smooth_angle(
            angle[first:last], weight[first:last], wander[first : last - 1]
        )
        # A window measures the correction at its middle.
        middle = (np.arange(first, last) + 0.5) * length - 0.5
        at, part = np.arange(start, stop), slice(start, stop)
        found = turn[part] + np.interp(at, middle, correction) + zero + late[part]
        # The windows measure up to whole turns, and no ankle turns by half of one.
        ankle[part] = found - 2.0 * np.pi * np.round(np.median(found) / (2.0 * np.pi))
        known = OWN_SHARE * np.interp(at, middle, variance)
        # Beside a gap, half of a window has no correction of its own.
        known[: 0 if not start else length] = np.inf
        known[len(known) - (0 if stop == len(turn) else length) :] = np.inf
        width[part] = half_width(known, rate[part])
    return ankle, rate, width


def _joint(
    block: PairedBlock, calibration: Calibration, rate_hz: float, config: JointFitConfig
) -> Joint:
    """Return the joint fitted to the whole block, or the calibration's if no piece is long enough."""
    shin, foot = calibration.shin, calibration.foot
    known = Joint(
        shin_axis=np.array(shin.joint_axis),
        foot_axis=np.array(foot.joint_axis),
        shin_arm=np.array(shin.lever_arm),
        foot_arm=np.array(foot.lever_arm),
        shin_offset=np.array(shin.acc_offset),
        foot_offset=np.array(foot.acc_offset),
        delay_s=0.0,
    )
    fit = fit_joint(
        [block],
        np.array(shin.gyr_offset),
        np.array(foot.gyr_offset),
        [(known.shin_axis, known.foot_axis)],
        rate_hz,
        config,
    )
    return known if fit is None else fit.joint


def _links(block: PairedBlock, calibration: Calibration, joint: Joint, rate_hz: float) -> _Links:
    both = block.shin_valid & block.foot_valid
    near = both.copy()
    # The second derivative of the foot's rate uses two neighbours to either side.
    for away in (1, 2):
        near[away:] &= both[:-away]
        near[:-away] &= both[away:]
    shin_gyr = bridged(block.shin_gyr - np.array(calibration.shin.gyr_offset), both)
    foot_gyr = bridged(block.foot_gyr - np.array(calibration.foot.gyr_offset), both)
    # In a longer gap nothing is known: the joint stands still there.
    known = np.zeros((len(both), 1))
    for start, stop in runs_between_gaps(both, rate_hz):
        known[start:stop] = 1.0
    return _Links(
        rows(block.shin_acc - joint.shin_offset),
        rows(shin_gyr * known),
        rows(block.foot_acc - joint.foot_offset),
        rows(foot_gyr * known),
        both,
        near & ~block.shin_clipped & ~block.foot_clipped,
        rate_hz,
    )


def _windows(
    links: _Links, joint: Joint, turn: FloatArray, length: int, config: AnkleConfig
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return each window's correction (k,) rad, its weight (k,) rad⁻², and the share missing (k,)."""
    shin_frame, foot_frame = joint_frame(joint.shin_axis), joint_frame(joint.foot_axis)
    count = len(turn) // length
    shin_change = np.gradient(links.shin_gyr, 1.0 / links.rate_hz, axis=1)
    foot_change = np.gradient(links.foot_gyr, 1.0 / links.rate_hz, axis=1)
    foot_jerk = np.gradient(links.foot_acc, 1.0 / links.rate_hz, axis=1) - lever_change(
        joint.foot_arm,
        links.foot_gyr,
        foot_change,
        np.gradient(foot_change, 1.0 / links.rate_hz, axis=1),
    )
    means = []
    # Whole windows, so that batches change no bit.
    step = _BATCH // length * length
    for start in range(0, count * length, step):
        part = slice(start, min(start + step, count * length))
        samples = JointSamples(
            turn=turn[part],
            shin_acc=links.shin_acc[:, part],
            shin_gyr=links.shin_gyr[:, part],
            shin_change=shin_change[:, part],
            foot_acc=links.foot_acc[:, part],
            foot_gyr=links.foot_gyr[:, part],
            foot_change=foot_change[:, part],
            foot_jerk=foot_jerk[:, part],
            used=links.used[part],
        )
        means.append(window_means(samples, shin_frame, foot_frame, length, 1.0 / links.rate_hz))
    forces = np.concatenate([_centre_forces(m, joint) for m in means])
    shin, foot = forces[:, 0] + 1j * forces[:, 1], forces[:, 2] + 1j * forces[:, 3]
    # Forces of different size cannot be the same force: such a window counts for less.
    c, share = config.joint, np.concatenate([m.share for m in means])
    noise = c.across_mps2**2 + (np.abs(shin) - np.abs(foot)) ** 2
    weight = np.where(share >= MIN_USED, np.abs(shin * foot) * share / noise, 0.0)
    missing = 1.0 - links.both[: count * length].reshape(count, length).mean(axis=1)
    return np.angle(shin * np.conj(foot)), weight, missing


def _centre_forces(windows: JointWindows, joint: Joint) -> FloatArray:
    """Return the forces (m, 4) m/s² at the joint's centre; the samples have no offsets any more."""
    arms = np.concatenate(
        [np.zeros(6), joint.shin_arm, joint.foot_arm, np.zeros(4), [joint.delay_s]]
    )
    out: FloatArray = windows.forces[:, :, 0] - windows.forces[:, :, 1:] @ arms
    return out


def _neutral_turn(calibration: Calibration, joint: Joint) -> float:
    """Return the angle between both links' gravity in the neutral pose, rad."""
    shin = np.array(calibration.shin.neutral_acc) - joint.shin_offset
    foot = np.array(calibration.foot.neutral_acc) - joint.foot_offset
    return float(
        inclination(joint_frame(joint.shin_axis), shin[:, None])[0]
        - inclination(joint_frame(joint.foot_axis), foot[:, None])[0]
    )
