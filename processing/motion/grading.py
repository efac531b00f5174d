"""What a calibration is worth, and what may be wrong with how the sensors sit."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from processing.motion.calibration_data import Calibration, SensorCalibration
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
    """What may be wrong."""

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

    ``slip_deg`` is by how far the zero pose may move before a strap must have slipped.
    """

    good_fit_deg: float = 2.5
    usable_fit_deg: float = 5.0
    good_still_dps: float = 3.0
    usable_still_dps: float = 8.0
    good_range_deg: float = 25.0
    usable_range_deg: float = 15.0
    usable_rise_deg: float = 30.0
    side_margin_deg: float = 4.0
    upright: float = 0.8
    slip_deg: float = 8.0


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


def worst(remarks: list[Remark]) -> Grade:
    """Return the grade that ``remarks`` leave."""
    grades = {remark.grade for remark in remarks}
    return next((g for g in (Grade.NOT_USABLE, Grade.USABLE) if g in grades), Grade.GOOD)


def turned_round(calibration: Calibration, earlier: Calibration) -> list[Remark]:
    """Return which sensors sit upside down against ``earlier``, in the same pose."""
    pairs = (
        (Segment.SHIN, calibration.shin, earlier.shin),
        (Segment.FOOT, calibration.foot, earlier.foot),
    )
    angles = {
        segment: _angle_between(now.neutral_acc, then.neutral_acc) for segment, now, then in pairs
    }
    return [
        Remark(
            Finding.UPSIDE_DOWN,
            f"{segment} sensor",
            angle,
            "° from last time",
            "turn it round, or go on if it was meant so",
            Grade.USABLE,
        )
        for segment, angle in angles.items()
        if angle > 120.0
    ]


def slipped(
    rezeroed: Calibration, calibration: Calibration, config: GradingConfig | None = None
) -> list[Remark]:
    """Return whether a strap slipped since ``calibration``.

    ``rezeroed`` is the same calibration with the zero pose seen again. The sensor that has turned
    more against gravity is named.
    """
    c = config or GradingConfig()
    turns = {
        segment: abs(_turn(now, then))
        for segment, now, then in (
            (Segment.SHIN, rezeroed.shin, calibration.shin),
            (Segment.FOOT, rezeroed.foot, calibration.foot),
        )
    }
    moved = _turn(rezeroed.shin, calibration.shin) - _turn(rezeroed.foot, calibration.foot)
    moved = abs((moved + 180.0) % 360.0 - 180.0)
    if moved <= c.slip_deg:
        return []
    return [
        Remark(
            Finding.SLIPPED,
            f"{max(turns, key=lambda segment: turns[segment])} sensor",
            moved,
            "° since the calibration",
            "tighten its strap and calibrate again",
            Grade.NOT_USABLE,
        )
    ]


def side_of(calibration: Calibration, config: GradingConfig | None = None) -> str | None:
    """Return on which leg the sensors seem to be, ``"left"`` or ``"right"``, None if unclear.

    The ankle's axis is higher on the inner side of the leg. So it shows only where the neutral
    pose was one with the shin upright.
    """
    c = config or GradingConfig()
    shin = calibration.shin
    arm = np.array(shin.lever_arm)
    up = unit(np.array(shin.neutral_acc))
    size = float(np.linalg.norm(arm))
    if size < 2.0 * calibration.quality.lever_arm_m or float(arm @ up) < c.upright * size:
        return None
    rise = _rise(shin.ankle_axis, shin.neutral_acc)
    if abs(rise) < c.side_margin_deg:
        return None
    # Dorsiflexion turns about the direction to the person's right.
    return "left" if rise > 0 else "right"


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
    frame = joint_frame(np.array(then.ankle_axis))
    (x, y, _), (u, v, _) = frame @ np.array(now.neutral_acc), frame @ np.array(then.neutral_acc)
    angle = float(np.degrees(np.arctan2(y, x) - np.arctan2(v, u)))
    return (angle + 180.0) % 360.0 - 180.0
