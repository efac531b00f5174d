"""Where a recording's ankle angle is not what an ankle can do, or not what the forces say.

An angle is computed whatever the sensors do. Four things show that it should not be believed, or
less than its uncertainty says: the joint's axis points so far up that gravity does not show the
turn; the leg rests and the directions of gravity in both sensors contradict the angle (an axis whose
sign is wrong, or a sensor that was strapped on anew); the foot is turned in or out (inversion,
eversion), so that the ankle is no hinge; or the angle is beyond any ankle's range.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.curl import inclination
from processing.motion.geometry import joint_frame, rows
from processing.types import AngleBlock, PairedBlock
from sensor.types import BoolArray, FloatArray


class AngleFlag(StrEnum):
    """What is wrong with the ankle angle for a while."""

    STEEP_AXIS = "joint axis steep"
    CONTRADICTED = "gravity contradicts the angle"
    TURNED_ASIDE = "foot turned in or out"
    BEYOND_RANGE = "beyond an ankle's range"

    @property
    def advice(self) -> str:
        """What it means, and what to do."""
        return _ADVICE[self]


_ADVICE = {
    AngleFlag.STEEP_AXIS: "the angle rests on the gyros and drifts; lie face down, sit or stand",
    AngleFlag.CONTRADICTED: "a sensor was moved or an axis is wrong; calibrate again",
    AngleFlag.TURNED_ASIDE: "the ankle was no hinge, or the foot's sensor turned; keep the foot "
    "straight, or calibrate again",
    AngleFlag.BEYOND_RANGE: "no ankle bends so far; calibrate again",
}


@dataclass(frozen=True, slots=True)
class AngleRemark:
    """``flag`` held from ``t_start`` to ``t_end`` s; ``value`` rad is the most that was seen."""

    flag: AngleFlag
    t_start: float
    t_end: float
    value: float

    def __str__(self) -> str:
        """Return the remark as one line."""
        return (
            f"{self.t_start:.0f} to {self.t_end:.0f} s: {self.flag}, "
            f"{np.degrees(self.value):.0f}°; {self.flag.advice}"
        )


@dataclass(frozen=True, slots=True)
class PlausibilityConfig:
    """Limits, all for means over ``span_s``; what lasts shorter than ``least_s`` is not said.

    A leg slower than ``slow_dps`` rests enough for gravity to be all that it feels. ``steep_deg`` is
    how far the axis may be from horizontal, ``contradiction_deg`` how far the angle from what
    gravity says, ``aside_deg`` how far the foot may be turned since the neutral pose. No ankle goes
    further than ``dorsiflexion_deg`` and ``plantarflexion_deg``.
    """

    span_s: float = 1.0
    least_s: float = 2.0
    slow_dps: float = 15.0
    steep_deg: float = 30.0
    contradiction_deg: float = 15.0
    aside_deg: float = 20.0
    dorsiflexion_deg: float = 50.0
    plantarflexion_deg: float = 90.0


@dataclass(frozen=True, slots=True)
class _Spans:
    """Means over m spans: forces (3, m) m/s² in the joint's frames, angle (m,) rad, and flags."""

    t: FloatArray
    shin: FloatArray
    foot: FloatArray
    ankle: FloatArray
    valid: BoolArray
    slow: BoolArray


def angle_remarks(
    block: PairedBlock,
    angles: AngleBlock,
    calibration: Calibration,
    config: PlausibilityConfig | None = None,
) -> list[AngleRemark]:
    """Return what is to be said of ``angles`` on the grid of ``block``, in order of flag and time.

    ``calibration`` is the one in force throughout.
    """
    config = config or PlausibilityConfig()
    rate_hz = 1.0 / float(np.median(np.diff(block.t))) if len(block.t) > 1 else 1.0
    length = max(1, round(config.span_s * rate_hz))
    if len(block.t) < length:
        return []
    spans = _spans(block, angles, calibration, length, config)
    rest = spans.valid & spans.slow
    shin_rise, foot_rise = _rise(spans.shin), _rise(spans.foot)
    aside = foot_rise - shin_rise - _neutral(calibration, _rise)
    steep = np.maximum(np.abs(shin_rise), np.abs(foot_rise))
    # Where gravity is nearly along the axis it says nothing of the turn about it.
    level = steep < np.radians(60.0)
    expected = inclination(np.eye(3), spans.shin) - inclination(np.eye(3), spans.foot)
    expected += calibration.neutral_angle - _neutral_turn(calibration)
    off = np.abs(np.angle(np.exp(1j * (spans.ankle - expected))))
    over = np.maximum(spans.ankle, 0.0), np.maximum(-spans.ankle, 0.0)
    limits = np.radians([config.dorsiflexion_deg, config.plantarflexion_deg])
    beyond = spans.valid & ((over[0] > limits[0]) | (over[1] > limits[1]))
    found = (
        (AngleFlag.STEEP_AXIS, steep, spans.valid & (steep > np.radians(config.steep_deg))),
        (
            AngleFlag.CONTRADICTED,
            off,
            rest & level & (off > np.radians(config.contradiction_deg)),
        ),
        (
            AngleFlag.TURNED_ASIDE,
            np.abs(aside),
            rest & (np.abs(aside) > np.radians(config.aside_deg)),
        ),
        (AngleFlag.BEYOND_RANGE, np.abs(spans.ankle), beyond),
    )
    return [
        remark
        for flag, value, held in found
        for remark in _remarks(flag, value, held, spans.t, config)
    ]


def _spans(
    block: PairedBlock,
    angles: AngleBlock,
    calibration: Calibration,
    length: int,
    config: PlausibilityConfig,
) -> _Spans:
    count = len(block.t) // length

    def mean(values: FloatArray) -> FloatArray:
        parts = values[..., : count * length].reshape(*values.shape[:-1], count, length)
        out: FloatArray = parts.mean(axis=-1)
        return out

    forces = []
    slow = np.ones(count, dtype=np.bool_)
    for sensor, acc, gyr in (
        (calibration.shin, block.shin_acc, block.shin_gyr),
        (calibration.foot, block.foot_acc, block.foot_gyr),
    ):
        forces.append(_frame(sensor) @ (mean(rows(acc)) - np.array(sensor.acc_offset)[:, None]))
        rate = rows(gyr) - np.array(sensor.gyr_offset)[:, None]
        slow &= mean((rate * rate).sum(axis=0)) < np.radians(config.slow_dps) ** 2
    valid = mean(angles.valid.astype(np.float64)) == 1.0
    t = block.t[: count * length : length]
    return _Spans(t, forces[0], forces[1], mean(angles.ankle), valid, slow)


def _frame(sensor: SensorCalibration) -> FloatArray:
    return joint_frame(np.array(sensor.joint_axis))


def _rise(force: FloatArray) -> FloatArray:
    """Return how far a joint's axis is above the horizontal (m,) rad; force (3, m) in its frame."""
    size = np.sqrt((force * force).sum(axis=0))
    out: FloatArray = np.arcsin(np.clip(force[2] / np.maximum(size, 1e-9), -1.0, 1.0))
    return out


def _neutral(calibration: Calibration, what: Callable[[FloatArray], FloatArray]) -> float:
    """Return by how much more ``what`` is for the foot than for the shin in the neutral pose."""
    shin, foot = (
        what(_frame(s) @ (np.array(s.neutral_acc) - np.array(s.acc_offset))[:, None])[0]
        for s in (calibration.shin, calibration.foot)
    )
    return float(foot - shin)


def _neutral_turn(calibration: Calibration) -> float:
    return -_neutral(calibration, lambda force: inclination(np.eye(3), force))


def _remarks(
    flag: AngleFlag, value: FloatArray, held: BoolArray, t: FloatArray, config: PlausibilityConfig
) -> list[AngleRemark]:
    """Return a remark for each stretch of spans that ``held``; one span between two is bridged."""
    bridged = held.copy()
    bridged[1:-1] |= held[:-2] & held[2:]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], bridged, [False]])))
    return [
        AngleRemark(
            flag,
            float(t[start]),
            float(t[stop - 1]) + config.span_s,
            float(value[start:stop][held[start:stop]].max()),
        )
        for start, stop in edges.reshape(-1, 2).tolist()
        if (stop - start) * config.span_s >= config.least_s
    ]
