"""The knee angle, if a third sensor is worn on the thigh.

The knee is a joint of two links like the ankle, and the same estimator measures it. That estimator
calls its upper link the shin and its lower one the foot; for the knee, the thigh takes the place of
the shin and the shin that of the foot.

An axis shows only in a link that turns. On a machine that holds the thigh, its axis may point
anywhere across gravity, which changes nothing while the thigh rests. If the shin is held (a
glute-ham raise), the ankle's axis is used for the knee.
"""

from dataclasses import replace

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
from processing.motion.pose import MAX_STILL_DPS, grid_rate
from processing.motion.stillness import spread, stillest
from processing.types import AngleBlock, PairedBlock, slice_block
from sensor.types import BoolArray, FloatArray, frozen, frozen_bool

HELD_DEG = 20.0
"""A link that turned by less in the curls was held: a thigh on a pad turns by a few degrees."""
_ACC_OFFSET_MPS2 = 0.3
"""Standard deviation of the offsets beside the knee, which are not fitted: the fit's prior."""
_LEVER_ARM_M = 0.3
"""Standard deviation of the lever arms beside the knee, which are not fitted: the fit's prior."""


def is_shin_held(curls: PairedBlock) -> bool:
    """Return whether the knee bent in ``curls`` while the shin stayed and the thigh turned."""
    if curls.thigh is None:
        return False
    shin = turned_deg(curls.shin_gyr[curls.shin_valid], grid_rate(curls))
    thigh = turned_deg(curls.thigh.gyr[curls.thigh.valid], grid_rate(curls))
    return shin < HELD_DEG < thigh


def calibrate_knee(
    calibration: Calibration, still: PairedBlock, curls: PairedBlock
) -> KneeCalibration:
    """Calibrate the knee, whose angle is zero in the start pose of the curls.

    Parameters
    ----------
    calibration
        Of the ankle, which has the shin's offsets and the curl axis.
    still
        A still pose with a thigh, for the offset of its gyro.
    curls
        Curls with a thigh, for the axes, the direction of bending and the start pose.

    Raises
    ------
    CalibrationError
        If the thigh's sensor moved in the still pose or sent nothing.
    """
    offset = _thigh_offset(still)
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
    start = _start(links, both)
    if turned_deg(thigh_gyr[both], rate_hz) < HELD_DEG:
        # Any axis across gravity: while the thigh rests, nothing depends on it.
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


def thigh_rest(block: PairedBlock) -> PairedBlock | None:
    """Return the stretch in which thigh and shin first rest together; None without one or a thigh."""
    links = knee_links(block)
    rest = None if links is None else stillest(links, grid_rate(links))
    if rest is None or not rest.steady:
        return None
    return slice_block(block, rest.start, rest.stop)


def knee_joint(calibration: Calibration) -> Calibration | None:
    """Return the knee as a calibration of the joint's estimator, None if no thigh was calibrated."""
    knee = calibration.knee
    return None if knee is None else joint_of(calibration, knee.thigh, knee.shin)


def joint_of(
    calibration: Calibration, upper: SensorCalibration, lower: SensorCalibration
) -> Calibration:
    """Return the joint between two links as a calibration of the joint's estimator."""
    return replace(
        calibration,
        shin=upper,
        foot=lower,
        curl_axis=upper.joint_axis,
        start_acc=upper.neutral_acc,
        quality=replace(
            calibration.quality,
            acc_offset_mps2=_ACC_OFFSET_MPS2,
            lever_arm_m=_LEVER_ARM_M,
        ),
        neutral_angle=0.0,
        # The turn of the upper link itself is not asked for, so the joint does not wait for it.
        reference_rom=None,
        knee=None,
        hip=None,
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
    """Return ``angles`` with the knee angle as the curl angle.

    ``knee`` is the output of the knee's estimator, whose "ankle" is the knee.
    """
    curl, rate, known = frozen(knee.ankle), frozen(knee.ankle_rate), frozen_bool(knee.valid)
    return replace(
        angles,
        curl=curl,
        curl_rate=rate,
        shin_turn=angles.curl,
        shin_rate=angles.curl_rate,
        driving=curl,
        driving_rate=rate,
        # The thigh has no part in the ankle: its loss makes the knee angle unknown, and nothing else.
        curl_valid=known,
        driving_valid=known,
    )


def _thigh_offset(still: PairedBlock) -> FloatArray:
    """Return what the thigh's gyro (3,) rad/s reads in the still pose."""
    thigh = still.thigh
    if thigh is None or int(thigh.valid.sum()) < 2:
        raise CalibrationError(
            CalibrationFault.NO_DATA, "thigh sensor, still", "it sent nothing; reconnect it"
        )
    gyr = thigh.gyr[thigh.valid]
    dps = float(np.degrees(spread(gyr, len(gyr))[0]))
    if dps > MAX_STILL_DPS:
        raise CalibrationError(
            CalibrationFault.NOT_STILL,
            "thigh sensor, still",
            f"it moved at {dps:.1f} °/s; hold still and repeat it",
            value=dps,
            unit="deg/s",
        )
    out: FloatArray = gyr.mean(axis=0)
    return out


def _start(links: PairedBlock, both: BoolArray) -> BoolArray:
    """Return the mask (n,) of the start pose: where thigh and shin first rest together."""
    chosen = np.zeros(len(both), dtype=np.bool_)
    rest = stillest(links, grid_rate(links))
    if rest is not None:
        chosen[rest.start : rest.stop] = True
        chosen &= both
    if not chosen.any():
        chosen[np.flatnonzero(both)[:1]] = True
    return chosen


def turned_deg(gyr: FloatArray, rate_hz: float) -> float:
    """Return the angle (°) from end to end by which ``gyr`` (n, 3) rad/s turns about its main axis."""
    if len(gyr) < 3:
        return 0.0
    turn = np.cumsum((gyr - np.median(gyr, axis=0)) @ principal_axis(gyr).axis)
    return float(np.degrees(np.ptp(turn)) / rate_hz)


def _vector(values: FloatArray) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
