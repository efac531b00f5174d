"""Makes a calibration, from the marked calibration movements or from any movement at all.

What the axes' signs mean. The curl axis points so that the curl, the larger excursion of the shin
from its start pose, is positive. Knee and ankle turn about nearly parallel axes, and bending the
knee turns the shin the way that pointing the toes turns the foot: dorsiflexion is positive about
the direction opposite to the curl axis. Where the shin hardly turns, the first ankle pump is taken
to begin with toes up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from vqf import offlineVQF

from processing.motion.axes import hinge_axes, principal_axis
from processing.motion.calibration_data import (
    Calibration,
    CalibrationError,
    CalibrationFault,
    CalibrationQuality,
    SensorCalibration,
    Vector,
)
from processing.motion.estimator import AngleEstimator
from processing.motion.geometry import along, joint_frame, unit
from processing.motion.joint_fit import JointFit, JointFitConfig, fit_joint
from processing.motion.stillness import StillnessConfig, StillSpan, stillest
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

__all__ = [
    "Calibration",
    "CalibrationConfig",
    "CalibrationError",
    "CalibrationFault",
    "CalibrationQuality",
    "SensorCalibration",
    "calibrate",
    "rezero",
    "self_calibrate",
    "turning_points",
]


@dataclass(frozen=True, slots=True)
class CalibrationConfig:
    """What the calibration movements must be like.

    ``min_turn_deg`` is the least range of a movement that shows an axis; ``max_still_dps`` the most
    movement in a still pose. ``max_spread`` is the most rotation beside the axis of a curl, as a
    share of that about it. ``parallel`` is the least cosine between ankle and curl axis for
    the one to tell the other's sign.
    """

    stillness: StillnessConfig = field(default_factory=StillnessConfig)
    fit: JointFitConfig = field(default_factory=JointFitConfig)
    min_turn_deg: float = 10.0
    min_curl_deg: float = 30.0
    max_still_dps: float = 10.0
    max_spread: float = 0.5
    parallel: float = 0.5


@dataclass(frozen=True, slots=True)
class _Pose:
    """Means over a still span; (3,) each."""

    shin_acc: FloatArray
    shin_gyr: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    dps: float
    seconds: float
    steady: bool


def calibrate(
    still: PairedBlock,
    pumps: PairedBlock | None,
    curls: PairedBlock | None,
    config: CalibrationConfig | None = None,
) -> Calibration:
    """Calibrate from marked movements: a still neutral pose, ankle pumps, unloaded curls.

    Either movement may be missing, but not both. Without pumps there is no range, without curls no
    reference range of motion, and the curl axis is taken to be the ankle's.

    Raises
    ------
    CalibrationError
        Naming the sensor and the step, with what was measured.
    """
    config = config or CalibrationConfig()
    rate_hz = _rate(still)
    pose = _still_pose(still, config)
    moves = [b for b in (pumps, curls) if b is not None]
    if not moves:
        raise CalibrationError(
            CalibrationFault.NO_DATA, "pumps, curls", "neither was recorded; do at least one"
        )
    if curls is not None:
        guesses = [_axes_of_curls(curls, pose, config)]
    else:
        guesses = _axes_of_pumps(moves[0], pose, config)
    fit = _fit([still, *moves], pose, guesses, rate_hz, config)
    if curls is not None:
        curl_axis = guesses[0][0]
        fit = _opposite(fit) if float(fit.joint.shin_axis @ curl_axis) > 0 else fit
    else:
        fit = _toes_up_first(fit, moves[0], pose)
        curl_axis = -fit.joint.shin_axis
    result = _assemble(fit, pose, curl_axis, "marked movements")
    return _with_ranges(result, pumps, curls, config)


def rezero(
    calibration: Calibration,
    still: PairedBlock,
    config: CalibrationConfig | None = None,
    neutral_angle: float = 0.0,
) -> Calibration:
    """Return ``calibration`` with the zero, and the gyros' offsets, of a new still pose.

    ``neutral_angle`` rad is the ankle angle of that pose where it was set against a goniometer or a
    box corner.

    Raises
    ------
    CalibrationError
        If the leg did not hold still, or a sensor sent nothing.
    """
    config = config or CalibrationConfig()
    pose = _still_pose(still, config)
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


def self_calibrate(block: PairedBlock, config: CalibrationConfig | None = None) -> Calibration:
    """Calibrate from any movement without marks.

    The neutral pose is the first still half second, or the stillest there is; so the angle is one
    against that pose. There is no personal range.

    Raises
    ------
    CalibrationError
        If there is no stretch with both sensors, or the leg hardly moves.
    """
    config = config or CalibrationConfig()
    rate_hz = _rate(block)
    pose = _pose(block, rate_hz, config)
    if not pose.steady:
        pose = replace(
            pose,
            shin_gyr=_moving_offset(block.shin_gyr, block.shin_acc, block.shin_valid, rate_hz),
            foot_gyr=_moving_offset(block.foot_gyr, block.foot_acc, block.foot_valid, rate_hz),
        )
    both = block.shin_valid & block.foot_valid
    sound = both & ~block.shin_clipped & ~block.foot_clipped
    step = max(1, round(rate_hz / 25.0))
    shin, foot = block.shin_gyr[sound][::step], block.foot_gyr[sound][::step]
    shin_gyr, foot_gyr = shin - pose.shin_gyr, foot - pose.foot_gyr
    turned = np.degrees(min(np.abs(shin_gyr).sum(0).max(), np.abs(foot_gyr).sum(0).max()))
    if turned * step / rate_hz < config.min_turn_deg:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "recording",
            "the leg hardly moves; an axis shows only in movement",
            value=float(turned * step / rate_hz),
            unit="deg",
        )
    axes = hinge_axes(
        block.shin_acc[sound][::step], shin_gyr, block.foot_acc[sound][::step], foot_gyr
    )
    # The gyros do not tell which ends of the axes belong together; the forces do.
    guesses = [axes, (axes[0], -axes[1])]
    fit = _fit([block], pose, guesses, rate_hz, config)
    curl_axis = _flexion_axis(block, pose)
    if abs(float(fit.joint.shin_axis @ curl_axis)) < config.parallel:
        curl_axis = -fit.joint.shin_axis
    elif float(fit.joint.shin_axis @ curl_axis) > 0:
        fit = _opposite(fit)
    return _assemble(fit, pose, curl_axis, "the recording's own movement")


def _rate(block: PairedBlock) -> float:
    """Return the grid's rate in Hz."""
    if len(block.t) < 2:
        raise CalibrationError(CalibrationFault.NO_DATA, "recording", "it holds no samples")
    return float(round((len(block.t) - 1) / (block.t[-1] - block.t[0]), 6))


def _still_pose(still: PairedBlock, config: CalibrationConfig) -> _Pose:
    """Return the pose of a block that should be still throughout."""
    pose = _pose(still, _rate(still), config)
    if pose.dps > config.max_still_dps:
        raise CalibrationError(
            CalibrationFault.NOT_STILL,
            "still pose",
            f"the leg moved at {pose.dps:.1f} °/s; hold still and repeat it",
            value=pose.dps,
            unit="deg/s",
        )
    return pose


def _pose(block: PairedBlock, rate_hz: float, config: CalibrationConfig) -> _Pose:
    span = stillest(block, rate_hz, config.stillness)
    if span is None:
        for name, valid in (("shin", block.shin_valid), ("foot", block.foot_valid)):
            if not valid.any():
                raise CalibrationError(
                    CalibrationFault.NO_DATA, f"{name} sensor", "it sent nothing; reconnect it"
                )
        raise CalibrationError(
            CalibrationFault.NO_DATA,
            "still pose",
            f"no {config.stillness.window_s} s with both sensors; repeat it",
        )
    return _pose_of(block, span, rate_hz)


def _moving_offset(
    gyr: FloatArray, acc: FloatArray, valid: BoolArray, rate_hz: float
) -> FloatArray:
    """Return a gyro's offset (3,) rad/s where it never was still.

    Over a long time a leg turns as far back as forth; what that misses, VQF finds from gravity.
    """
    mean = gyr[valid].mean(axis=0)
    rest = offlineVQF(
        np.ascontiguousarray(gyr[valid] - mean),
        np.ascontiguousarray(acc[valid]),
        None,
        1.0 / rate_hz,
    )["bias"]
    offset: FloatArray = mean + np.median(rest, axis=0)
    return offset


def _pose_of(block: PairedBlock, span: StillSpan, rate_hz: float) -> _Pose:
    part = slice(span.start, span.stop)
    return _Pose(
        block.shin_acc[part].mean(axis=0),
        block.shin_gyr[part].mean(axis=0),
        block.foot_acc[part].mean(axis=0),
        block.foot_gyr[part].mean(axis=0),
        max(span.shin_dps, span.foot_dps),
        (span.stop - span.start) / rate_hz,
        span.steady,
    )


def _axes_of_curls(
    curls: PairedBlock, pose: _Pose, config: CalibrationConfig
) -> tuple[FloatArray, FloatArray]:
    """Return the knee's axis from shin and foot: with the ankle held, both turn about it."""
    sound = curls.shin_valid & curls.foot_valid
    shin = curls.shin_gyr[sound] - pose.shin_gyr
    foot = curls.foot_gyr[sound] - pose.foot_gyr
    rate_hz = _rate(curls)
    axis = principal_axis(shin)
    turned = np.degrees(np.ptp(np.cumsum(shin @ axis.axis))) / rate_hz if len(shin) else 0.0
    if turned < config.min_curl_deg:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "curls",
            f"the shin turned by {turned:.0f}° only; curl through the whole range",
            value=float(turned),
            unit="deg",
        )
    if axis.spread > config.max_spread:
        raise CalibrationError(
            CalibrationFault.NO_AXIS,
            "shin sensor, curls",
            f"the shin did not turn about one axis (spread {axis.spread:.2f}); "
            "tighten the strap and curl without twisting",
            value=axis.spread,
        )
    other = principal_axis(foot).axis
    together = float((shin @ axis.axis) @ (foot @ other))
    return axis.axis, other if together > 0 else -other


def _axes_of_pumps(
    pumps: PairedBlock, pose: _Pose, config: CalibrationConfig
) -> list[tuple[FloatArray, FloatArray]]:
    """Return guesses of the ankle's axis from both links when only the foot has moved much."""
    sound = pumps.shin_valid & pumps.foot_valid
    foot = pumps.foot_gyr[sound] - pose.foot_gyr
    rate_hz = _rate(pumps)
    axis = principal_axis(foot).axis if len(foot) else np.array([0.0, 0.0, 1.0])
    turned = np.degrees(np.ptp(np.cumsum(foot @ axis))) / rate_hz if len(foot) else 0.0
    if turned < config.min_turn_deg:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "foot sensor, pumps",
            f"the foot turned by {turned:.0f}° only; move it through the whole range",
            value=float(turned),
            unit="deg",
        )
    axes = hinge_axes(
        pumps.shin_acc[sound], pumps.shin_gyr[sound] - pose.shin_gyr, pumps.foot_acc[sound], foot
    )
    return [axes, (axes[0], -axes[1])]


def _fit(
    blocks: Sequence[PairedBlock],
    pose: _Pose,
    guesses: Sequence[tuple[FloatArray, FloatArray]],
    rate_hz: float,
    config: CalibrationConfig,
) -> JointFit:
    fit = fit_joint(blocks, pose.shin_gyr, pose.foot_gyr, guesses, rate_hz, config.fit)
    if fit is None:
        raise CalibrationError(
            CalibrationFault.NO_DATA,
            "recording",
            f"no {config.fit.min_piece_s:.0f} s of movement without a gap; repeat it",
        )
    return fit


def _opposite(fit: JointFit) -> JointFit:
    joint = fit.joint
    turned = replace(joint, shin_axis=-joint.shin_axis, foot_axis=-joint.foot_axis)
    return replace(fit, joint=turned)


def _toes_up_first(fit: JointFit, pumps: PairedBlock, pose: _Pose) -> JointFit:
    rate = (pumps.foot_gyr - pose.foot_gyr) @ fit.joint.foot_axis
    rate -= (pumps.shin_gyr - pose.shin_gyr) @ fit.joint.shin_axis
    turned = np.cumsum(np.where(pumps.shin_valid & pumps.foot_valid, rate, 0.0))
    first = turned[np.argmax(np.abs(turned) > 0.3 * np.abs(turned).max())]
    return fit if first >= 0 else _opposite(fit)


def _flexion_axis(block: PairedBlock, pose: _Pose) -> FloatArray:
    """Return the shin's main axis, so that its larger excursion from the pose is positive."""
    valid = block.shin_valid
    gyr = np.where(valid[:, None], block.shin_gyr - pose.shin_gyr, 0.0)
    axis = principal_axis(gyr[valid]).axis
    frame = joint_frame(axis)
    acc = block.shin_acc[valid].T
    start = np.arctan2(frame[1] @ pose.shin_acc, frame[0] @ pose.shin_acc)
    turned = start - np.arctan2(along(frame[1], acc), along(frame[0], acc))
    turned = (turned + np.pi) % (2.0 * np.pi) - np.pi
    low, high = np.percentile(turned, [10.0, 90.0])
    return axis if high + low >= 0 else -axis


def _assemble(fit: JointFit, pose: _Pose, curl_axis: FloatArray, origin: str) -> Calibration:
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
            still_dps=pose.dps,
            still_s=pose.seconds,
            acc_offset_mps2=fit.acc_offset_mps2,
            lever_arm_m=fit.lever_arm_m,
            axis_rise_deg=float(np.degrees(np.arcsin(min(1.0, abs(rise))))),
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
    config: CalibrationConfig,
) -> Calibration:
    """Return the calibration with start pose, active range and reference range of motion."""
    if curls is not None:
        start = _start_force(curls, calibration, config)
        calibration = replace(calibration, start_acc=_vector(start))
        angles = AngleEstimator(calibration).feed(curls)
        calibration = replace(calibration, reference_rom=_cycle(angles.curl[angles.valid])[1])
    if pumps is not None:
        angles = AngleEstimator(calibration).feed(pumps)
        low, high = _cycle(angles.ankle[angles.valid])
        calibration = replace(
            calibration, dorsiflexion_max=max(high, 0.0), plantarflexion_max=max(-low, 0.0)
        )
    return calibration


def _start_force(
    curls: PairedBlock, calibration: Calibration, config: CalibrationConfig
) -> FloatArray:
    """Return what the shin's accelerometer felt (3,) in the start pose of the curls.

    That is where the leg first rested at the bottom, or else where it was lowest.
    """
    rate = (curls.shin_gyr - np.array(calibration.shin.gyr_offset)) @ np.array(
        calibration.curl_axis
    )
    curl = np.cumsum(np.where(curls.shin_valid, rate, 0.0))
    low, span = float(curl.min()), float(np.ptp(curl))
    rest = stillest(curls, _rate(curls), config.stillness)
    if rest is not None and curl[rest.start : rest.stop].mean() < low + 0.25 * span:
        held: FloatArray = curls.shin_acc[rest.start : rest.stop].mean(axis=0)
        return held
    force: FloatArray = curls.shin_acc[curls.shin_valid & (curl <= low + 0.05 * span)].mean(axis=0)
    return force


def turning_points(angle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lows and highs of a repeated movement ``angle`` (n,), at half its range apart."""
    from scipy.signal import find_peaks  # noqa: PLC0415 - slow to load

    size = 0.5 * float(np.ptp(angle))
    # The ends count as turning points too: a movement may begin at one.
    padded = np.concatenate([[angle.mean()], angle, [angle.mean()]])
    lows = padded[find_peaks(-padded, prominence=size)[0]]
    highs = padded[find_peaks(padded, prominence=size)[0]]
    return lows, highs


def _cycle(angle: FloatArray) -> tuple[float, float]:
    """Return the median low and high turning point of a repeated movement (n,) rad."""
    if not len(angle):
        return 0.0, 0.0
    low, high = turning_points(angle)
    return (
        float(np.median(low)) if len(low) else float(angle.min()),
        float(np.median(high)) if len(high) else float(angle.max()),
    )
