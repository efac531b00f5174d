"""Makes a calibration from marked calibration movements, or from any movement.

Signs of the axes: the curl axis points so that the curl, by which the shin leaves its start pose
and comes back, is positive. Knee and ankle turn about nearly parallel axes, and bending the knee
turns the shin the way that pointing the toes turns the foot: dorsiflexion is positive about the
direction opposite to the curl axis. If the shin hardly turns, the first ankle pump is assumed to
begin with toes up.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from processing.calibration.axis_ends import belong_together, heel_up, opposite, toes_up_first
from processing.calibration.first_axes import (
    MIN_CURL_DEG,
    MIN_TURN_DEG,
    axes_of_curls,
    axes_of_pumps,
    refuse_swapped,
)
from processing.calibration.ranges import median_turns, start_force
from processing.calibration.start_rest import from_start_pose
from processing.motion.axes import hinge_axes, principal_axis
from processing.motion.calibrated import (
    Calibration,
    CalibrationError,
    CalibrationFault,
    CalibrationQuality,
    SensorCalibration,
    Vector,
)
from processing.motion.estimator import AngleEstimator
from processing.motion.geometry import unit
from processing.motion.grid import Runs, filled
from processing.motion.hip import calibrate_hinges
from processing.motion.joint_fit import JointFit, JointFitConfig, fit_joint
from processing.motion.joint_pieces import MIN_PIECE_S
from processing.motion.knee import calibrate_knee, is_shin_held, thigh_rest
from processing.motion.moving_offset import moving_offset
from processing.motion.pose import (
    Pose,
    find_pose,
    grid_rate,
    held_pose,
    lying_offsets,
    swaying_pose,
    trembling_pose,
)
from processing.motion.resting import find_curl_start
from processing.motion.shin_axis import shin_axis_deg
from processing.motion.shin_turn import ShinTurn
from processing.motion.stillness import LYING
from processing.types import PairedBlock
from sensor.types import FloatArray, IntArray

OWN_MOVEMENT = "the recording's own movement"
"""The origin of a self-calibration: its zero and sign are a convention."""
_START_RAD = np.radians(3.0)
"""Samples of a rest that are further from its median are fidgeting, and left out."""
_AXES_HZ = 25.0
"""Rate to which samples are thinned for the first guess of the axes, which then takes a second."""
_PARALLEL = 0.5
"""Least cosine (60°) between ankle and curl axis for the one to give the other's sign."""


def calibrate(
    still: PairedBlock,
    pumps: PairedBlock | None,
    curls: PairedBlock | None,
    config: JointFitConfig | None = None,
    *,
    neutral_angle: float = 0.0,
    bench: PairedBlock | None = None,
    whole: PairedBlock | None = None,
    hinges: PairedBlock | None = None,
) -> Calibration:
    """Calibrate from marked movements: a still neutral pose, ankle pumps, unloaded curls.

    One of pumps and curls may be missing. Without pumps there is no active range; without curls
    there is no reference range, and the curl axis is that of the ankle.

    Parameters
    ----------
    still, pumps, curls
        The movements, all of one strapping.
    config
        Priors of the fit; None for the defaults.
    neutral_angle
        Ankle angle of the still pose, rad, if it was set with a goniometer or a box corner.
    bench
        Both sensors lying still, before they were strapped on: they show the gyros' offsets better
        than any person who holds still.
    whole
        Everything from the pose to the last movement. Without curls the shin turns only where the leg is
        lifted for the pumps, before or after them.
    hinges
        Unloaded bends at the hips, for the axes of knee and hip where thigh and pelvis wear sensors.

    Raises
    ------
    CalibrationError
        If a movement cannot be used; it names the sensor, the step and the measured value.
    """
    rate_hz = grid_rate(still)
    curls, hinges = (one and (from_start_pose(one) or one) for one in (curls, hinges))
    pose = held_pose(still) if curls is not None else swaying_pose(still)
    if bench is not None:
        shin_gyr, foot_gyr = lying_offsets(bench)
        pose = replace(pose, shin_gyr=shin_gyr, foot_gyr=foot_gyr)
    # Each movement shows other parts of the joint; the fit uses them all at once.
    moves = [b for b in (pumps, curls) if b is not None]
    if not moves:
        raise CalibrationError(
            CalibrationFault.NO_DATA, "pumps, curls", "neither was recorded; do at least one"
        )
    if pumps is not None:
        refuse_swapped(pumps, pose)
    # A shin that is held shows no axis in the curls: the ankle's is then used for the knee.
    turning = None if curls is None or is_shin_held(curls) else curls
    blocks = [still, *moves]
    if turning is not None:
        guesses = [axes_of_curls(turning, pose)]
    else:
        guesses = axes_of_pumps(moves[0], pose)
        if whole is not None and curls is None:
            blocks = [whole]
            # The shin of a person who sits stays where it is: then it shows no axis, and needs none.
            if _turned_deg(whole, pose, rate_hz) >= MIN_TURN_DEG:
                axes = _axes_of_movement(whole, pose, rate_hz)
                guesses += [axes, (axes[0], -axes[1])]
    search = _fit if curls is not None else _best_fit
    fit = search(blocks, pose, guesses, rate_hz, config)
    if curls is not None and turning is None and not belong_together(fit, pose, curls):
        joint = fit.joint
        fit = _fit(blocks, pose, [(-joint.shin_axis, joint.foot_axis)], rate_hz, config)
    if turning is not None:
        curl_axis = guesses[0][0]
        fit = opposite(fit) if float(fit.joint.shin_axis @ curl_axis) > 0 else fit
    else:
        fit = toes_up_first(fit, moves[0], pose)
        curl_axis = -fit.joint.shin_axis
    result = _assemble(fit, pose, curl_axis, blocks, "marked movements")
    # The fit knows no zero: the still pose gives it.
    result = replace(result, neutral_angle=neutral_angle)
    if curls is not None and curls.thigh is not None:
        # The thigh's gyro has its offset from the bench too, if there was one.
        lying = still if bench is None else bench
        knee = calibrate_knee(result, lying, curls)
        result = replace(result, knee=knee)
    if hinges is not None and hinges.thigh is not None:
        result = calibrate_hinges(result, still if bench is None else bench, hinges)
    return _with_ranges(result, pumps, curls)


def rezero(calibration: Calibration, still: PairedBlock, neutral_angle: float = 0.0) -> Calibration:
    """Return ``calibration`` with the zero, and the gyros' offsets, of a new still pose.

    Parameters
    ----------
    calibration
        Of the same strapping.
    still
        The new pose.
    neutral_angle
        Ankle angle of that pose, rad, if it was set with a goniometer or a box corner.

    Raises
    ------
    CalibrationError
        If the leg did not hold still, or a sensor sent nothing.
    """
    pose = held_pose(still)
    return replace(
        calibration,
        shin=replace(
            calibration.shin,
            neutral_acc=_vector(pose.shin_acc),
            gyr_offset=_vector(pose.shin_gyr),
        ),
        foot=replace(
            calibration.foot,
            neutral_acc=_vector(pose.foot_acc),
            gyr_offset=_vector(pose.foot_gyr),
        ),
        quality=replace(calibration.quality, still_dps=pose.dps, still_s=pose.seconds),
        neutral_angle=neutral_angle,
    )


def self_calibrate(
    block: PairedBlock,
    config: JointFitConfig | None = None,
    still: PairedBlock | None = None,
    *,
    curls: bool = True,
) -> Calibration:
    """Calibrate from any movement without marks, or with a marked ``still`` pose only.

    Without a marked pose, the neutral pose is the first still half second, or the stillest there
    is, so the ankle angle is relative to that pose. There is no active range. With curls the start pose is
    where the leg rests before or after them. Without curls the person stands or sits with the foot on the
    ground, and the way in which the foot turns further from the neutral pose is that of pointing toes.

    Parameters
    ----------
    block
        Movement of one strapping.
    config
        Priors of the fit; None for the defaults.
    still
        A marked neutral pose.
    curls
        Whether the movement is one of the knee.

    Raises
    ------
    CalibrationError
        If there is no stretch with both sensors, the leg hardly moves, or moves in ``still``.
    """
    rate_hz = grid_rate(block)
    pose = _pose_without_marks(block, rate_hz, still, stands=not curls)
    axes = _axes_of_movement(block, pose, rate_hz)
    # The gyros do not show which ends of the axes belong together; the forces do.
    guesses = [axes, (axes[0], -axes[1])]
    if not curls:
        # A shin that hardly turns shows little: its main axis may be nearer to the joint's.
        main = principal_axis(block.shin_gyr[block.shin_valid] - pose.shin_gyr).axis
        guesses += [(main, axes[1]), (main, -axes[1])]
        fit = _best_fit([block], pose, guesses, rate_hz, config)
        fit = heel_up(block, pose, fit, rate_hz)
        return _assemble(fit, pose, -fit.joint.shin_axis, [block], OWN_MOVEMENT)
    fit = _fit([block], pose, guesses, rate_hz, config)
    curl_axis, start_acc = _curls_of(block, pose, fit, rate_hz)
    if abs(float(fit.joint.shin_axis @ curl_axis)) < _PARALLEL:
        curl_axis = -fit.joint.shin_axis
    elif float(fit.joint.shin_axis @ curl_axis) > 0:
        fit = opposite(fit)
    calibration = _assemble(fit, pose, curl_axis, [block], OWN_MOVEMENT)
    calibration = replace(calibration, start_acc=_vector(start_acc))
    rest = thigh_rest(block)
    if rest is None:
        return calibration
    knee = calibrate_knee(calibration, rest, block)
    return replace(calibration, knee=knee)


def _pose_without_marks(
    block: PairedBlock, rate_hz: float, still: PairedBlock | None, *, stands: bool
) -> Pose:
    """Return the neutral pose: ``still``, or the first still stretch of ``block``, or the stillest.

    A person who ``stands`` sways, which turns a sensor to and fro.
    """
    if still is not None:
        pose = swaying_pose(still) if stands else held_pose(still)
    else:
        pose = find_pose(block, rate_hz, drifts=not stands)
    most_dps = LYING.gyr_dps if stands and still is None else np.inf
    if pose.steady and pose.dps <= most_dps:
        return pose
    moving = replace(
        pose,
        shin_gyr=moving_offset(block.shin_gyr, block.shin_acc, block.shin_valid, rate_hz),
        foot_gyr=moving_offset(block.foot_gyr, block.foot_acc, block.foot_valid, rate_hz),
    )
    # Without a pose at rest, the gyros' offsets come from a trembling pose or from the movement.
    return moving if stands else trembling_pose(still or block, rate_hz) or moving


def _axes_of_movement(
    block: PairedBlock, pose: Pose, rate_hz: float
) -> tuple[FloatArray, FloatArray]:
    """Return the ankle's axis in the frame of each sensor; raise if the leg hardly moves."""
    turned = _turned_deg(block, pose, rate_hz)
    if turned < MIN_TURN_DEG:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "recording",
            "the leg hardly moves; an axis shows only in movement",
            value=turned,
            unit="deg",
        )
    rows = _thinned(block, rate_hz)
    return hinge_axes(
        block.shin_acc[rows],
        block.shin_gyr[rows] - pose.shin_gyr,
        block.foot_acc[rows],
        block.foot_gyr[rows] - pose.foot_gyr,
    )


def _turned_deg(block: PairedBlock, pose: Pose, rate_hz: float) -> float:
    """Return the path (°), to and fro added up, of the sensor that turned less."""
    rows = _thinned(block, rate_hz)
    shin, foot = block.shin_gyr[rows] - pose.shin_gyr, block.foot_gyr[rows] - pose.foot_gyr
    turned = np.degrees(min(np.abs(shin).sum(0).max(), np.abs(foot).sum(0).max()))
    return float(turned * max(1, round(rate_hz / _AXES_HZ)) / rate_hz)


def _thinned(block: PairedBlock, rate_hz: float) -> IntArray:
    """Return the rows of ``block`` from which axes are guessed."""
    both = block.shin_valid & block.foot_valid
    # A clipped sample shows a force that never was.
    sound = np.flatnonzero(both & ~block.shin_clipped & ~block.foot_clipped)
    return sound[:: max(1, round(rate_hz / _AXES_HZ))]


def _fit(
    blocks: Sequence[PairedBlock],
    pose: Pose,
    guesses: Sequence[tuple[FloatArray, FloatArray]],
    rate_hz: float,
    config: JointFitConfig | None,
) -> JointFit:
    """Return the joint fitted to all movements; raise CalibrationError if none is long enough."""
    config = config or JointFitConfig()
    fit = fit_joint(blocks, pose.shin_gyr, pose.foot_gyr, guesses, rate_hz, config)
    if fit is None:
        raise CalibrationError(
            CalibrationFault.NO_DATA,
            "recording",
            f"no {MIN_PIECE_S:.0f} s of movement without a gap; repeat it",
        )
    return fit


def _best_fit(
    blocks: Sequence[PairedBlock],
    pose: Pose,
    guesses: Sequence[tuple[FloatArray, FloatArray]],
    rate_hz: float,
    config: JointFitConfig | None,
) -> JointFit:
    """Return the best of the joints that the ``guesses`` lead to, each fitted to all movements.

    The shin shows its axis in few of them only, which a short search may miss.
    """
    fits = [_fit(blocks, pose, [guess], rate_hz, config) for guess in guesses]
    return min(fits, key=lambda fit: fit.cost)


def _curls_of(
    block: PairedBlock, pose: Pose, fit: JointFit, rate_hz: float
) -> tuple[FloatArray, FloatArray]:
    """Return the shin's main axis (3,), positive for a curl, and its force (3,) in the start pose.

    If nothing leaves a rest and comes back, the larger excursion from the pose is positive.
    """
    valid = block.shin_valid
    axis = principal_axis(block.shin_gyr[valid] - pose.shin_gyr).axis
    whole, _ = filled(block, None, rate_hz)
    shin_turn = ShinTurn(axis, pose.shin_acc - fit.joint.shin_offset, rate_hz)
    turned, _ = shin_turn.feed(
        whole.shin_acc - fit.joint.shin_offset,
        whole.shin_gyr - pose.shin_gyr,
        Runs().cut(whole.shin_valid),
    )
    found = find_curl_start(turned, rate_hz)
    if found is None:
        # Percentiles, because a single step or stumble may reach further than the exercise.
        low, high = np.percentile(turned[whole.shin_valid], [10.0, 90.0])
        return (axis if high + low >= 0 else -axis), pose.shin_acc
    part = slice(found.start, found.stop)
    there = whole.shin_valid[part]
    near = np.abs(turned[part] - np.median(turned[part][there])) < _START_RAD
    return found.sign * axis, whole.shin_acc[part][there & near].mean(axis=0)


def _assemble(
    fit: JointFit, pose: Pose, curl_axis: FloatArray, blocks: Sequence[PairedBlock], origin: str
) -> Calibration:
    """Return the calibration with the start pose equal to the neutral pose, and no ranges."""
    rise = float(fit.joint.shin_axis @ unit(pose.shin_acc))
    return Calibration(
        shin=SensorCalibration(
            _vector(pose.shin_gyr),
            _vector(fit.joint.shin_offset),
            _vector(fit.joint.shin_axis),
            _vector(fit.joint.shin_arm),
            _vector(pose.shin_acc),
        ),
        foot=SensorCalibration(
            _vector(pose.foot_gyr),
            _vector(fit.joint.foot_offset),
            _vector(fit.joint.foot_axis),
            _vector(fit.joint.foot_arm),
            _vector(pose.foot_acc),
        ),
        curl_axis=_vector(curl_axis),
        start_acc=_vector(pose.shin_acc),
        quality=CalibrationQuality(
            axis_fit_deg=fit.misfit_deg,
            axis_deg=fit.axis_deg,
            still_dps=pose.dps,
            still_s=pose.seconds,
            acc_offset_mps2=fit.acc_offset_mps2,
            lever_arm_m=fit.lever_arm_m,
            axis_rise_deg=float(np.degrees(np.arcsin(min(1.0, abs(rise))))),
            shin_axis_deg=shin_axis_deg(blocks, grid_rate(blocks[0])),
        ),
        origin=origin,
    )


def _vector(values: FloatArray) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)


def _with_ranges(
    calibration: Calibration,
    pumps: PairedBlock | None,
    curls: PairedBlock | None,
) -> Calibration:
    """Return the calibration with start pose, active range and reference range."""
    if curls is not None:
        if calibration.knee is None:
            start = _vector(start_force(curls, calibration))
        else:
            start = calibration.knee.shin.neutral_acc
        calibration = replace(calibration, start_acc=start)
        angles = AngleEstimator(calibration).feed(curls)
        rom = median_turns(angles.curl[angles.both_judged])[1]
        # Gravity shows no turn about an axis that points up; then the range is not known.
        known = rom >= np.radians(MIN_CURL_DEG)
        calibration = replace(calibration, reference_rom=rom if known else None)
    if pumps is not None:
        angles = AngleEstimator(calibration).feed(pumps)
        # A gap leaves the ankle less certain for seconds: without that time most of the pumps would be missing.
        low, high = median_turns(angles.ankle[angles.valid | angles.settling])
        calibration = replace(
            calibration, dorsiflexion_max=max(high, 0.0), plantarflexion_max=max(-low, 0.0)
        )
    return calibration
