"""The true knee angle, where a third sensor is worn on the thigh.

The knee is a joint of two links as the ankle is, and the same estimator holds its integral to both
accelerometers. That estimator calls its upper link the shin and its lower one the foot; for the knee
the thigh stands in the place of the one and the shin in that of the other.

What cannot be seen: an axis shows only in a link that turns. On a machine that holds the thigh, the
axis in the thigh may point anywhere across gravity, and nothing hangs on it as long as the thigh
rests; where the shin is held (a glute-ham raise), the ankle's axis is taken for the knee's.
"""

from dataclasses import dataclass, replace

import numpy as np

from processing.motion.axes import principal_axis
from processing.motion.calibrated import (
    Calibration,
    CalibrationError,
    CalibrationFault,
    KneeCalibration,
    SensorCalibration,
    Vector,
)
from processing.motion.geometry import joint_frame
from processing.motion.pose import grid_rate
from processing.motion.stillness import StillnessConfig, spread, stillest
from processing.types import AngleBlock, PairedBlock, slice_block
from sensor.types import BoolArray, FloatArray, frozen, frozen_bool


@dataclass(frozen=True, slots=True)
class KneeConfig:
    """What shows a knee's axis.

    A link that turned by less than ``least_deg`` counts as held. ``acc_offset_mps2`` and
    ``lever_arm_m`` are what is known of both sensors beside the knee: nothing was fitted.
    ``still_dps`` is the most movement of the thigh in the still pose.
    """

    least_deg: float = 20.0
    acc_offset_mps2: float = 0.3
    lever_arm_m: float = 0.3
    still_dps: float = 10.0


def is_shin_held(curls: PairedBlock, config: KneeConfig) -> bool:
    """Return whether the knee bent in ``curls`` while the shin stayed and the thigh turned."""
    if curls.thigh is None:
        return False
    shin = _turned_deg(curls.shin_gyr[curls.shin_valid], grid_rate(curls))
    thigh = _turned_deg(curls.thigh.gyr[curls.thigh.valid], grid_rate(curls))
    return shin < config.least_deg < thigh


def calibrate_knee(
    calibration: Calibration,
    still: PairedBlock,
    curls: PairedBlock,
    stillness: StillnessConfig,
    config: KneeConfig,
) -> KneeCalibration:
    """Return the knee's calibration: ``calibration`` knows the shin, the thigh is in both blocks.

    ``still`` tells the gyro's offset, ``curls`` the axes, which way the knee bends and the start
    pose, in which its angle is zero.

    Raises
    ------
    CalibrationError
        If the thigh's sensor moved in the still pose or sent nothing.
    """
    offset = _thigh_offset(still, config)
    thigh, links = curls.thigh, knee_links(curls)
    if thigh is None or links is None or not (curls.shin_valid & thigh.valid).any():
        raise CalibrationError(
            CalibrationFault.NO_DATA, "thigh sensor, curls", "it sent nothing; reconnect it"
        )
    rate_hz = grid_rate(curls)
    both = curls.shin_valid & thigh.valid
    shin_gyr = (curls.shin_gyr - np.array(calibration.shin.gyr_offset)) * both[:, None]
    thigh_gyr = (thigh.gyr - offset) * both[:, None]
    shin_axis = np.array(calibration.curl_axis)
    start = _start(links, both, stillness)
    if _turned_deg(thigh_gyr[both], rate_hz) < config.least_deg:
        thigh_axis = joint_frame(thigh.acc[both].mean(axis=0))[0]
    else:
        thigh_axis = principal_axis(thigh_gyr[both]).axis
        turn = np.cumsum(shin_gyr @ shin_axis - thigh_gyr @ thigh_axis)
        if turn[both].mean() < turn[start].mean():
            # From its start pose, straight, a knee can only bend.
            thigh_axis = -thigh_axis
    zero = (0.0, 0.0, 0.0)
    return KneeCalibration(
        thigh=SensorCalibration(
            _vector(offset), zero, _vector(thigh_axis), zero, _vector(thigh.acc[start].mean(axis=0))
        ),
        shin=SensorCalibration(
            calibration.shin.gyr_offset,
            calibration.shin.acc_offset,
            calibration.curl_axis,
            zero,
            _vector(curls.shin_acc[start].mean(axis=0)),
        ),
    )


def thigh_rest(block: PairedBlock, stillness: StillnessConfig) -> PairedBlock | None:
    """Return where thigh and shin first rest together, None if they never do or no thigh is worn."""
    links = knee_links(block)
    rest = None if links is None else stillest(links, grid_rate(links), stillness)
    if rest is None or not rest.steady:
        return None
    return slice_block(block, rest.start, rest.stop)


def knee_joint(calibration: Calibration, config: KneeConfig | None = None) -> Calibration | None:
    """Return the knee as the estimator of a joint takes it, None if no thigh was calibrated."""
    config = config or KneeConfig()
    knee = calibration.knee
    if knee is None:
        return None
    return replace(
        calibration,
        shin=knee.thigh,
        foot=knee.shin,
        curl_axis=knee.thigh.joint_axis,
        start_acc=knee.thigh.neutral_acc,
        quality=replace(
            calibration.quality,
            acc_offset_mps2=config.acc_offset_mps2,
            lever_arm_m=config.lever_arm_m,
        ),
        neutral_angle=0.0,
        knee=None,
    )


def knee_links(block: PairedBlock) -> PairedBlock | None:
    """Return thigh and shin of ``block`` in the places of shin and foot, None without a thigh."""
    thigh = block.thigh
    if thigh is None:
        return None
    return PairedBlock(
        block.t, thigh.acc, thigh.gyr, block.shin_acc, block.shin_gyr,
        thigh.valid, block.shin_valid, thigh.clipped, block.shin_clipped,
    )  # fmt: skip


def with_knee(angles: AngleBlock, knee: AngleBlock) -> AngleBlock:
    """Return ``angles`` with the true bending of the knee for the curl; ``knee`` is its joint's."""
    return replace(
        angles,
        curl=frozen(knee.ankle),
        curl_rate=frozen(knee.ankle_rate),
        valid=frozen_bool(angles.valid & knee.valid),
        shin_turn=angles.curl,
    )


def _thigh_offset(still: PairedBlock, config: KneeConfig) -> FloatArray:
    thigh = still.thigh
    if thigh is None or int(thigh.valid.sum()) < 2:
        raise CalibrationError(
            CalibrationFault.NO_DATA, "thigh sensor, still", "it sent nothing; reconnect it"
        )
    gyr = thigh.gyr[thigh.valid]
    dps = float(np.degrees(spread(gyr, len(gyr))[0]))
    if dps > config.still_dps:
        raise CalibrationError(
            CalibrationFault.NOT_STILL,
            "thigh sensor, still",
            f"it moved at {dps:.1f} °/s; hold still and repeat it",
            value=dps,
            unit="deg/s",
        )
    out: FloatArray = gyr.mean(axis=0)
    return out


def _start(links: PairedBlock, both: BoolArray, stillness: StillnessConfig) -> BoolArray:
    """Return which samples are of the start pose: where thigh and shin first rest together."""
    chosen = np.zeros(len(both), dtype=np.bool_)
    rest = stillest(links, grid_rate(links), stillness)
    if rest is not None:
        chosen[rest.start : rest.stop] = True
        chosen &= both
    if not chosen.any():
        chosen[np.flatnonzero(both)[:1]] = True
    return chosen


def _turned_deg(gyr: FloatArray, rate_hz: float) -> float:
    """Return how far ``gyr`` (n, 3) rad/s turns about its main axis, from end to end."""
    if len(gyr) < 3:
        return 0.0
    turn = np.cumsum((gyr - np.median(gyr, axis=0)) @ principal_axis(gyr).axis)
    return float(np.degrees(np.ptp(turn)) / rate_hz)


def _vector(values: FloatArray) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
