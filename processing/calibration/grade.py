"""The grade of a calibration, and what may be wrong with how the sensors sit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.geometry import joint_frame, unit
from processing.motion.off_axis import NO_HINGE_DEG
from sensor.types import Segment


class CalibrationGrade(StrEnum):
    """The grade of a calibration: whether reps can be judged by its angles."""

    GOOD = "good"
    """Nothing was found."""
    USABLE = "usable"
    """Bands are widened by the larger uncertainty."""
    NOT_USABLE = "not usable"
    """Angles are shown, nothing is judged."""


class Side(StrEnum):
    """The leg that wears the sensors."""

    LEFT = "left"
    RIGHT = "right"


class Finding(StrEnum):
    """A kind of trouble with a calibration.

    Two inertial sensors do not show everything. Which way round a sensor sits does not change the
    angles, and shows only against an earlier calibration. Which leg it is shows only in the tilt of
    the ankle's axis, and never for certain. A strap that turned about the vertical does not change
    the zero pose.
    """

    AXIS_FIT = "axis fit"
    """The movement was not a turn about one axis: how much of it (°) is not."""
    AXIS_UNKNOWN = "axis unknown"
    """The shin did not turn, so its axis may point anywhere about the vertical (° that it may be off)."""
    NOT_STILL = "not still"
    """The leg moved in the still pose (°/s)."""
    SMALL_RANGE = "small range"
    """The pumps were small (°, both ways together)."""
    SIDE_LYING = "side-lying axis"
    """The knee's axis points up or down (° from horizontal): gravity then shows no curl."""
    UPSIDE_DOWN = "upside down"
    """A sensor sits the other way up than in an earlier calibration (° from then)."""
    WRONG_SIDE = "wrong side"
    """The sensors seem to be on the other leg (° that the ankle's axis is tilted)."""
    SLIPPED = "strap slipped"
    """A strap turned on the leg since the calibration (°)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding about a calibration."""

    finding: Finding
    """The kind of trouble."""
    value: float
    """The measured value, at least 0; the finding defines of what and in which unit."""
    grade: CalibrationGrade
    """The best grade that it leaves."""
    segment: Segment | None = None
    """The sensor, None where the finding concerns none or may concern either."""
    side: Side | None = None
    """The leg that was chosen, only for :attr:`Finding.WRONG_SIDE`."""


# How the limits were chosen is not documented, unless a source stands beside them.
GOOD_FIT_DEG = 4.0
"""A good axis leaves less than this to turns about other axes; hinges and simulated ankles leave 0.3 to
2.1."""
USABLE_FIT_DEG = NO_HINGE_DEG
"""A usable axis leaves less than this to turns about other axes."""
GOOD_SHIN_AXIS_DEG = 45.0
"""The shin's axis is known somewhat better than not at all (81°): the shin turned by 0.4° (root mean square)."""
GOOD_STILL_DPS = 3.0
"""A good still pose scatters less: a held leg without support trembles by a few °/s."""
USABLE_STILL_DPS = 8.0
"""A usable still pose scatters less."""
GOOD_RANGE_DEG = 25.0
"""A good active range, both ways together, is larger: the bands of toes up and pointed then part."""
USABLE_RANGE_DEG = 15.0
"""A usable active range is larger: the least distance of the two bands."""
USABLE_RISE_DEG = 30.0
"""A knee axis within this of horizontal is good: gravity across it is then above 0.87 of its size."""
SIDE_MARGIN_DEG = 5.0
"""The ankle's axis must tilt by more than this to show a side, see :func:`side_of`."""
LEAST_ARM_M = 0.05
"""A shorter lever arm does not show where the shin points: its own deviation is centimetres."""
SLIP_DEG = 8.0
"""If the zero pose has moved further, a strap has slipped. A strap turned by 3° must not count."""
SAME_POSE_DEG = 6.0
"""A sensor that moved less against gravity is not the one that slipped."""
TURNED_DEG = 120.0
"""A sensor that turned further between two calibrations sits upside down: near 180° in truth."""


def grade(calibration: Calibration) -> list[Remark]:
    """Return the reasons why ``calibration`` is not good, none if it is.

    Its grade is that of the worst remark, see :func:`worst`.
    """
    quality = calibration.quality
    remarks = [
        _limit(Finding.AXIS_FIT, quality.axis_fit_deg, (GOOD_FIT_DEG, USABLE_FIT_DEG)),
        _limit(Finding.AXIS_UNKNOWN, quality.shin_axis_deg, (GOOD_SHIN_AXIS_DEG, 90.0)),
        _limit(Finding.NOT_STILL, quality.still_dps, (GOOD_STILL_DPS, USABLE_STILL_DPS)),
    ]
    up, down = calibration.dorsiflexion_max, calibration.plantarflexion_max
    if up is not None and down is not None:
        reach = float(np.degrees(up + down))
        remarks.append(_limit(Finding.SMALL_RANGE, -reach, (-GOOD_RANGE_DEG, -USABLE_RANGE_DEG)))
    rise = _rise(calibration.curl_axis, calibration.start_acc)
    remarks.append(_limit(Finding.SIDE_LYING, abs(rise), (USABLE_RISE_DEG, 90.0)))
    return [remark for remark in remarks if remark is not None]


def worst(remarks: Sequence[Remark]) -> CalibrationGrade:
    """Return the grade of a calibration with ``remarks``."""
    grades = {remark.grade for remark in remarks}
    return next(
        (g for g in (CalibrationGrade.NOT_USABLE, CalibrationGrade.USABLE) if g in grades),
        CalibrationGrade.GOOD,
    )


def turned_round(calibration: Calibration, earlier: Calibration) -> list[Remark]:
    """Return a remark for each sensor that sits the other way up than in ``earlier``."""
    return [
        Remark(Finding.UPSIDE_DOWN, angle, CalibrationGrade.GOOD, segment)
        for segment, angle in _moved(calibration, earlier).items()
        if angle > TURNED_DEG
    ]


def slipped(rezeroed: Calibration, calibration: Calibration) -> list[Remark]:
    """Return a remark if a strap slipped since ``calibration``.

    A sensor is named if the other one measures gravity as before. If both measure it from elsewhere,
    the leg is in another pose and either strap may have slipped.

    Parameters
    ----------
    rezeroed
        ``calibration`` with a new zero.
    calibration
        The one that was measured from movements.
    """
    moved = abs(zero_shift_deg(rezeroed, calibration))
    if moved <= SLIP_DEG:
        return []
    # Gravity in a pose that is taken again shows which sensor moved.
    suspects = [s for s, angle in _moved(rezeroed, calibration).items() if angle > SAME_POSE_DEG]
    segment = suspects[0] if len(suspects) == 1 else None
    return [Remark(Finding.SLIPPED, moved, CalibrationGrade.NOT_USABLE, segment)]


def wrong_side(calibration: Calibration, chosen: str) -> list[Remark]:
    """Return a remark if the sensors seem to be on the other leg than ``chosen`` (left or right).

    It lowers no grade, because the ankle angle is the same on either leg.
    """
    seen = side_of(calibration)
    if seen is None or chosen not in set(Side) or seen == chosen:
        return []
    tilt = abs(_ankle_tilt(calibration))
    return [Remark(Finding.WRONG_SIDE, tilt, CalibrationGrade.GOOD, side=Side(chosen))]


def zero_shift_deg(rezeroed: Calibration, calibration: Calibration) -> float:
    """Return by how much (°) the ankle's zero differs between calibrations with the same axes."""
    moved = _turn(rezeroed.shin, calibration.shin) - _turn(rezeroed.foot, calibration.foot)
    # A zero that was set with a goniometer moves on purpose.
    moved -= float(np.degrees(rezeroed.neutral_angle - calibration.neutral_angle))
    return (moved + 180.0) % 360.0 - 180.0


def side_of(calibration: Calibration) -> Side | None:
    """Return the leg on which the sensors seem to be, None if unclear.

    The ankle's axis is higher on the inner side of the leg: against the shin's long axis by 7.3° in
    the mean of people, standard deviation 3.7° (Inman, *The Joints of the Ankle*, 1976). Within a
    margin of 5° nothing is returned; beyond it, one leg in a hundred is still the other one. The
    shin's long axis is the part of the ankle's lever arm across the knee's axis, so no pose is
    needed.
    """
    shin = calibration.shin
    arm, knee = np.array(shin.lever_arm), np.array(calibration.curl_axis)
    if np.linalg.norm(arm - (arm @ knee) * knee) < LEAST_ARM_M:
        return None
    tilt = _ankle_tilt(calibration)
    if abs(tilt) < SIDE_MARGIN_DEG:
        return None
    # Dorsiflexion turns about the direction to the person's right.
    return Side.LEFT if tilt > 0 else Side.RIGHT


def _ankle_tilt(calibration: Calibration) -> float:
    """Return the angle (°) by which the ankle's axis points up the shin, across the knee's axis."""
    arm, knee = np.array(calibration.shin.lever_arm), np.array(calibration.curl_axis)
    along = unit(arm - (arm @ knee) * knee)
    return float(
        np.degrees(np.arcsin(np.clip(np.array(calibration.shin.joint_axis) @ along, -1, 1)))
    )


def _moved(now: Calibration, then: Calibration) -> dict[Segment, float]:
    """Return the angle (°) between gravity now and then in each sensor's neutral pose."""
    return {
        Segment.SHIN: _angle_between(now.shin.neutral_acc, then.shin.neutral_acc),
        Segment.FOOT: _angle_between(now.foot.neutral_acc, then.foot.neutral_acc),
    }


def _limit(finding: Finding, value: float, limits: tuple[float, float]) -> Remark | None:
    """Return a remark if ``value`` exceeds the first of ``limits``, of good and usable."""
    good, usable = limits
    if value <= good:
        return None
    result = CalibrationGrade.USABLE if value <= usable else CalibrationGrade.NOT_USABLE
    return Remark(finding, abs(value), result)


def _rise(axis: tuple[float, float, float], force: tuple[float, float, float]) -> float:
    """Return the angle (°) by which ``axis`` (3,) points up where the accelerometer reads ``force``."""
    return float(np.degrees(np.arcsin(np.clip(np.array(axis) @ unit(np.array(force)), -1.0, 1.0))))


def _angle_between(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """Return the angle (°) between two vectors."""
    return float(np.degrees(np.arccos(np.clip(unit(np.array(a)) @ unit(np.array(b)), -1.0, 1.0))))


def _turn(now: SensorCalibration, then: SensorCalibration) -> float:
    """Return the angle (°) by which the neutral pose has turned about the ankle's axis."""
    frame = joint_frame(np.array(then.joint_axis))
    (x, y, _), (u, v, _) = frame @ np.array(now.neutral_acc), frame @ np.array(then.neutral_acc)
    angle = float(np.degrees(np.arctan2(y, x) - np.arctan2(v, u)))
    return (angle + 180.0) % 360.0 - 180.0
