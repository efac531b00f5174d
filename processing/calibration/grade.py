"""What a calibration is worth, and what may be wrong with how the sensors sit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.geometry import joint_frame, unit
from sensor.types import Segment


class Grade(StrEnum):
    """How far a calibration may be trusted."""

    GOOD = "good"
    USABLE = "usable"
    """Bands are widened by the larger uncertainty."""
    NOT_USABLE = "not usable"
    """Angles are shown, nothing is judged."""


class Finding(StrEnum):
    """What may be wrong.

    Two inertial sensors do not show everything. Which way round a sensor sits does not matter to the
    angles and shows only against an earlier calibration; which leg it is can be told from the tilt of
    the ankle's axis at best, and never for certain; a strap that turned about the vertical leaves the
    zero pose as it was.
    """

    AXIS_FIT = "axis fit"
    NOT_STILL = "not still"
    SMALL_RANGE = "small range"
    SIDE_LYING = "side-lying axis"
    UPSIDE_DOWN = "upside down"
    WRONG_SIDE = "wrong side"
    SLIPPED = "strap slipped"
    SWAPPED = "sensors swapped"


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: which sensor or step it concerns, what was measured, and what to do."""

    finding: Finding
    where: str
    value: float
    unit: str
    advice: str
    grade: Grade

    def __str__(self) -> str:
        """Return the remark as one line."""
        return f"{self.where}: {self.finding}, {self.value:.1f} {self.unit}; {self.advice}"


@dataclass(frozen=True, slots=True)
class GradingConfig:
    """Limits of *good* and *usable*; what is beyond the second is not usable.

    ``slip_deg`` is by how far the zero pose may move before a strap must have slipped; a sensor
    that moved less than ``same_pose_deg`` against gravity is not the one. From ``turned_deg`` on a
    sensor sits upside down against an earlier calibration. ``side_margin_deg`` is how far the ankle's
    axis must tilt to tell a side, ``least_arm_m`` the lever arm that tells where the shin points.
    """

    good_fit_deg: float = 2.5
    usable_fit_deg: float = 5.0
    good_still_dps: float = 3.0
    usable_still_dps: float = 8.0
    good_range_deg: float = 25.0
    usable_range_deg: float = 15.0
    usable_rise_deg: float = 30.0
    side_margin_deg: float = 5.0
    least_arm_m: float = 0.05
    slip_deg: float = 8.0
    same_pose_deg: float = 6.0
    turned_deg: float = 120.0


def grade(calibration: Calibration, config: GradingConfig | None = None) -> list[Remark]:
    """Return what keeps ``calibration`` from being good; nothing if nothing does.

    Its grade is that of the worst remark: see :func:`worst`.
    """
    c = config or GradingConfig()
    quality = calibration.quality
    remarks = [
        _limit(
            Finding.AXIS_FIT,
            "ankle axis",
            quality.axis_fit_deg,
            "°",
            (c.good_fit_deg, c.usable_fit_deg),
            "tighten both straps and repeat the curls",
        ),
        _limit(
            Finding.NOT_STILL,
            "still pose",
            quality.still_dps,
            "°/s",
            (c.good_still_dps, c.usable_still_dps),
            "rest the foot on the floor and repeat the pose",
        ),
    ]
    up, down = calibration.dorsiflexion_max, calibration.plantarflexion_max
    if up is not None and down is not None:
        reach = float(np.degrees(up + down))
        remarks.append(
            _limit(
                Finding.SMALL_RANGE,
                "pumps",
                -reach,
                "°",
                (-c.good_range_deg, -c.usable_range_deg),
                "pull the toes up and point them as far as they go",
            )
        )
    rise = _rise(calibration.curl_axis, calibration.start_acc)
    remarks.append(
        _limit(
            Finding.SIDE_LYING,
            "knee axis",
            abs(rise),
            "° from horizontal",
            (c.usable_rise_deg, 90.0),
            "lie with the knee axis level; the angle drifts when it points up",
        )
    )
    return [remark for remark in remarks if remark is not None]


def worst(remarks: Sequence[Remark]) -> Grade:
    """Return the grade that ``remarks`` leave."""
    grades = {remark.grade for remark in remarks}
    return next((g for g in (Grade.NOT_USABLE, Grade.USABLE) if g in grades), Grade.GOOD)


def turned_round(
    calibration: Calibration, earlier: Calibration, config: GradingConfig | None = None
) -> list[Remark]:
    """Return which sensors sit upside down against ``earlier``, in the same pose."""
    c = config or GradingConfig()
    return [
        Remark(
            Finding.UPSIDE_DOWN,
            f"{segment} sensor",
            angle,
            "° from last time",
            "turn it round, or go on if it was meant so",
            Grade.GOOD,
        )
        for segment, angle in _moved(calibration, earlier).items()
        if angle > c.turned_deg
    ]


def slipped(
    rezeroed: Calibration, calibration: Calibration, config: GradingConfig | None = None
) -> list[Remark]:
    """Return whether a strap slipped since ``calibration``.

    ``rezeroed`` is the same calibration with the zero pose seen again. A sensor is named where the
    other one feels gravity as before; if both feel it from elsewhere the leg lies in another pose,
    and which strap it was cannot be known.
    """
    c = config or GradingConfig()
    moved = abs(zero_shift_deg(rezeroed, calibration))
    if moved <= c.slip_deg:
        return []
    suspects = [s for s, angle in _moved(rezeroed, calibration).items() if angle > c.same_pose_deg]
    where = suspects[0] if len(suspects) == 1 else f"{Segment.SHIN} or {Segment.FOOT}"
    return [
        Remark(
            Finding.SLIPPED,
            f"{where} sensor",
            moved,
            "° since the calibration",
            "tighten its strap and calibrate again",
            Grade.NOT_USABLE,
        )
    ]


def wrong_side(
    calibration: Calibration, said: str, config: GradingConfig | None = None
) -> list[Remark]:
    """Return whether the sensors seem to be on the other leg than ``said`` (left or right).

    It lowers no grade: the ankle angle is the same on either leg.
    """
    seen = side_of(calibration, config)
    if seen is None or said not in ("left", "right") or seen == said:
        return []
    return [
        Remark(
            Finding.WRONG_SIDE,
            f"{said} leg",
            abs(_ankle_tilt(calibration)),
            "° tilt of the ankle axis",
            f"it looks like the {seen} one; check which leg was chosen",
            Grade.GOOD,
        )
    ]


def zero_shift_deg(rezeroed: Calibration, calibration: Calibration) -> float:
    """Return by how much the ankle's zero differs between two calibrations with the same axes."""
    moved = _turn(rezeroed.shin, calibration.shin) - _turn(rezeroed.foot, calibration.foot)
    moved -= float(np.degrees(rezeroed.neutral_angle - calibration.neutral_angle))
    return (moved + 180.0) % 360.0 - 180.0


def side_of(calibration: Calibration, config: GradingConfig | None = None) -> str | None:
    """Return on which leg the sensors seem to be, ``"left"`` or ``"right"``, None if unclear.

    The ankle's axis is higher on the inner side of the leg: against the shin's long axis by 7.3
    degrees in the mean of people, standard deviation 3.7 (Inman, *The Joints of the Ankle*, 1976).
    What is less than a margin is not told, and what is told can still be wrong in one of a hundred.
    The shin's long axis is the part of the ankle's lever arm across the knee's axis, so that no pose
    is asked for.
    """
    c = config or GradingConfig()
    shin = calibration.shin
    arm, knee = np.array(shin.lever_arm), np.array(calibration.curl_axis)
    if np.linalg.norm(arm - (arm @ knee) * knee) < c.least_arm_m:
        return None
    tilt = _ankle_tilt(calibration)
    if abs(tilt) < c.side_margin_deg:
        return None
    # Dorsiflexion turns about the direction to the person's right.
    return "left" if tilt > 0 else "right"


def _ankle_tilt(calibration: Calibration) -> float:
    """Return by how many degrees the ankle's axis points up the shin, across the knee's axis."""
    arm, knee = np.array(calibration.shin.lever_arm), np.array(calibration.curl_axis)
    along = unit(arm - (arm @ knee) * knee)
    return float(
        np.degrees(np.arcsin(np.clip(np.array(calibration.shin.joint_axis) @ along, -1, 1)))
    )


def _moved(now: Calibration, then: Calibration) -> dict[Segment, float]:
    """Return by how many degrees gravity comes from elsewhere in each sensor's neutral pose."""
    return {
        Segment.SHIN: _angle_between(now.shin.neutral_acc, then.shin.neutral_acc),
        Segment.FOOT: _angle_between(now.foot.neutral_acc, then.foot.neutral_acc),
    }


def _limit(
    finding: Finding,
    where: str,
    value: float,
    unit_name: str,
    limits: tuple[float, float],
    advice: str,
) -> Remark | None:
    good, usable = limits
    if value <= good:
        return None
    result = Grade.USABLE if value <= usable else Grade.NOT_USABLE
    return Remark(finding, where, abs(value), unit_name, advice, result)


def _rise(axis: tuple[float, float, float], force: tuple[float, float, float]) -> float:
    """Return by how many degrees ``axis`` points up where an accelerometer feels ``force``."""
    return float(np.degrees(np.arcsin(np.clip(np.array(axis) @ unit(np.array(force)), -1.0, 1.0))))


def _angle_between(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return float(np.degrees(np.arccos(np.clip(unit(np.array(a)) @ unit(np.array(b)), -1.0, 1.0))))


def _turn(now: SensorCalibration, then: SensorCalibration) -> float:
    """Return by how many degrees the neutral pose has turned about the ankle's axis."""
    frame = joint_frame(np.array(then.joint_axis))
    (x, y, _), (u, v, _) = frame @ np.array(now.neutral_acc), frame @ np.array(then.neutral_acc)
    angle = float(np.degrees(np.arctan2(y, x) - np.arctan2(v, u)))
    return (angle + 180.0) % 360.0 - 180.0
