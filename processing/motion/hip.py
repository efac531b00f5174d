"""The hip angle, if sensors are worn on the thigh and on the pelvis.

The hip is a joint of two links like the knee, and the same estimator measures it: the pelvis takes the
place of the upper link and the thigh that of the lower one. Its angle grows as the hip bends.

Both axes are those of the hinges of the calibration. The pelvis tilts far in them. The thigh goes back by
a few degrees only; one that hardly turns may have any axis across gravity. The knee's axis in the thigh
is the same, so these movements calibrate the knee as well.
"""

from dataclasses import replace

import numpy as np

from processing.motion.axes import principal_axis
from processing.motion.calibrated import (
    Calibration,
    CalibrationError,
    CalibrationFault,
    HipCalibration,
    KneeCalibration,
    SensorCalibration,
    Vector,
)
from processing.motion.geometry import joint_frame
from processing.motion.knee import joint_of, turned_deg
from processing.motion.pose import MAX_STILL_DPS, grid_rate
from processing.motion.stillness import spread
from processing.types import AngleBlock, LinkSamples, PairedBlock
from sensor.types import BoolArray, FloatArray, Segment, frozen, frozen_bool

_LEAST_THIGH_DEG = 4.0
"""A thigh that turned by less in the hinges shows no axis: sway and soft tissue turn its sensor by as much."""
_UPRIGHT_S = 0.6
"""The person stands upright again in the end for this long at least: the guide waits for a rest."""
_SLOW_DPS = 15.0
"""A person who stands and sways turns more slowly than this."""
_NEAR_SHARE = 0.15
"""A pose this near to the last one, as a share of the range of the hinges, is the same pose."""
_LEAST_PELVIS_DEG = 30.0
"""Hinges in which the pelvis tilts by less are none."""


def calibrate_hinges(
    calibration: Calibration, still: PairedBlock, hinges: PairedBlock
) -> Calibration:
    """Return ``calibration`` with knee and hip, whose angles are zero in the start pose of the hinges.

    Parameters
    ----------
    calibration
        Of the ankle, which has the shin's offsets and the curl axis.
    still
        A still pose, for the offsets of the gyros.
    hinges
        Two slow bends of the hip with the knees nearly straight, by a person who stands.

    Raises
    ------
    CalibrationError
        If a sensor moved in the still pose, sent nothing, or the pelvis hardly tilted.
    """
    thigh, pelvis = hinges.thigh, hinges.pelvis
    if thigh is None:
        return calibration
    both = hinges.shin_valid & thigh.valid
    if pelvis is not None:
        both = both & pelvis.valid
    if not both.any():
        raise _no_data(Segment.THIGH, "hinges")
    rate_hz = grid_rate(hinges)
    thigh_offset = _offset(still.thigh, Segment.THIGH)
    thigh_gyr = (thigh.gyr - thigh_offset) * both[:, None]
    turning = thigh_gyr
    if pelvis is not None:
        turning = (pelvis.gyr - _offset(still.pelvis, Segment.PELVIS)) * both[:, None]
    start = _start(turning, both, rate_hz)
    # Positive about the line from which the upper end of a link goes forward, as for the curl axis.
    thigh_axis = _thigh_axis(thigh, thigh_gyr, both, start, rate_hz)
    zero = (0.0, 0.0, 0.0)
    of_thigh = SensorCalibration(
        _vector(thigh_offset), zero, _vector(thigh_axis), zero, _mean(thigh.acc[start])
    )
    start_acc = _mean(hinges.shin_acc[start])
    shin = SensorCalibration(
        calibration.shin.gyr_offset,
        calibration.shin.acc_offset,
        calibration.curl_axis,
        zero,
        start_acc,
    )
    calibration = replace(
        calibration, start_acc=start_acc, knee=KneeCalibration(thigh=of_thigh, shin=shin)
    )
    if pelvis is None:
        return calibration
    offset = _offset(still.pelvis, Segment.PELVIS)
    pelvis_gyr = (pelvis.gyr - offset) * both[:, None]
    tilted = turned_deg(pelvis_gyr[both], rate_hz)
    if tilted < _LEAST_PELVIS_DEG:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "pelvis sensor, hinges",
            f"the pelvis tilted by {tilted:.0f}° only; bend forward at the hips as far as in training",
            value=tilted,
            unit="deg",
        )
    axis = _signed(principal_axis(pelvis_gyr[both]).axis, pelvis_gyr, both, start, 1.0)
    # The hip bends as the pelvis turns forward against the thigh: the other way round than the knee.
    upper = SensorCalibration(_vector(offset), zero, _vector(-axis), zero, _mean(pelvis.acc[start]))
    lower = replace(of_thigh, joint_axis=_vector(-thigh_axis))
    return replace(calibration, hip=HipCalibration(pelvis=upper, thigh=lower))


def hip_joint(calibration: Calibration) -> Calibration | None:
    """Return the hip as a calibration of the joint's estimator, None if it was not calibrated."""
    hip = calibration.hip
    return None if hip is None else joint_of(calibration, hip.pelvis, hip.thigh)


def hip_links(block: PairedBlock) -> PairedBlock | None:
    """Return pelvis and thigh of ``block`` in the places of shin and foot, None without both."""
    thigh, pelvis = block.thigh, block.pelvis
    if thigh is None or pelvis is None:
        return None
    return PairedBlock(
        block.t, pelvis.acc, pelvis.gyr, thigh.acc, thigh.gyr,
        pelvis.valid, thigh.valid, pelvis.clipped, thigh.clipped,
    )  # fmt: skip


def with_hip(angles: AngleBlock, hip: AngleBlock | None) -> AngleBlock:
    """Return ``angles`` with the straightening of the hip as the driving angle.

    ``hip`` is the output of the hip's estimator, whose "ankle" is the hip; None: it is not known. The
    pelvis has no part in the other angles: its loss makes the hip unknown, and nothing else.
    """
    if hip is None:
        nowhere = np.zeros(len(angles.t), dtype=np.bool_)
        return replace(angles, driving_valid=frozen_bool(nowhere))
    return replace(
        angles,
        driving=frozen(-hip.ankle),
        driving_rate=frozen(-hip.ankle_rate),
        driving_valid=frozen_bool(hip.valid),
    )


def _thigh_axis(
    thigh: LinkSamples, gyr: FloatArray, both: BoolArray, start: BoolArray, rate_hz: float
) -> FloatArray:
    """Return the axis (3,) of the thigh, positive for an upper end that goes forward."""
    across: FloatArray = joint_frame(thigh.acc[both].mean(axis=0))[0]
    if turned_deg(gyr[both], rate_hz) < _LEAST_THIGH_DEG:
        return across
    # Who bends at the hips with straight knees keeps the balance by going back with them.
    return _signed(principal_axis(gyr[both]).axis, gyr, both, start, -1.0)


def _signed(
    axis: FloatArray, gyr: FloatArray, both: BoolArray, start: BoolArray, sign: float
) -> FloatArray:
    """Return ``axis`` with the end about which the hinges turn a link by ``sign``, 1 or -1."""
    turn = np.cumsum(gyr @ axis)
    return axis if sign * (turn[both].mean() - turn[start].mean()) >= 0.0 else -axis


def _start(gyr: FloatArray, both: BoolArray, rate_hz: float) -> BoolArray:
    """Return the mask (n,) of the start pose: where the person stands as at the end of the hinges.

    Before them a person may still stand up, and a pose held at the bottom may be the stillest. A standing
    person sways, so all the time that is spent there counts.
    """
    known = np.flatnonzero(both)
    turn = np.cumsum(gyr @ principal_axis(gyr[both]).axis) / rate_hz
    last = turn[known[-round(_UPRIGHT_S * rate_hz) :]].mean()
    slow = np.linalg.norm(gyr, axis=1) < np.radians(_SLOW_DPS)
    share = _NEAR_SHARE * np.ptp(turn[both])
    chosen: BoolArray = both & slow & (np.abs(turn - last) < share)
    if not chosen.any():
        chosen[known[-1]] = True
    return chosen


def _offset(link: LinkSamples | None, where: Segment) -> FloatArray:
    """Return what the gyro of a sensor reads in the still pose, (3,) rad/s."""
    if link is None or int(link.valid.sum()) < 2:
        raise _no_data(where, "still")
    gyr = link.gyr[link.valid]
    dps = float(np.degrees(spread(gyr, len(gyr))[0]))
    if dps > MAX_STILL_DPS:
        raise CalibrationError(
            CalibrationFault.NOT_STILL,
            f"{where} sensor, still",
            f"it moved at {dps:.1f} °/s; hold still and repeat it",
            value=dps,
            unit="deg/s",
        )
    out: FloatArray = gyr.mean(axis=0)
    return out


def _no_data(where: Segment, step: str) -> CalibrationError:
    return CalibrationError(
        CalibrationFault.NO_DATA, f"{where} sensor, {step}", "it sent nothing; reconnect it"
    )


def _mean(acc: FloatArray) -> Vector:
    return _vector(acc.mean(axis=0))


def _vector(values: FloatArray) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
