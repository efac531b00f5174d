"""Stretches of a recording in which the ankle angle should not be believed.

An angle is computed whatever the sensors do. Five findings show that it should not be believed, or
less than its uncertainty says: the joint's axis points so far up that gravity does not show the
turn; the leg rests, and the directions of gravity in both sensors contradict the angle (an axis of
the wrong sign, or a sensor that was strapped on again); the foot is turned in or out (inversion,
eversion); it turns about other axes all the while, so that the ankle is no hinge; or the angle is beyond any ankle's range.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.geometry import joint_frame, rows
from processing.motion.joint_prior import sagittal_share
from processing.motion.off_axis import (
    NO_HINGE_DEG,
    NO_HINGE_SHARE,
    ComplexArray,
    off_axis_turn,
    remembered,
)
from processing.motion.shin_turn import inclination
from processing.types import AngleBlock, PairedBlock
from sensor.types import BoolArray, FloatArray


class AngleFlag(StrEnum):
    """A kind of trouble with the ankle angle for a while."""

    STEEP_AXIS = "joint axis steep"
    """The joint's axis points up, so gravity does not show the turn about it."""
    CONTRADICTED = "gravity contradicts the angle"
    """In a resting leg the directions of gravity give another angle."""
    TURNED_ASIDE = "foot turned in or out"
    """The foot is inverted or everted against the neutral pose."""
    BEYOND_RANGE = "beyond an ankle's range"
    """No ankle bends so far."""
    NO_HINGE = "not a hinge"
    """The foot turns about other axes nearly as far as about the ankle's."""


@dataclass(frozen=True, slots=True)
class AngleRemark:
    """A stretch in which the ankle angle should not be believed."""

    flag: AngleFlag
    """The kind of trouble."""
    t_start: float
    """Its start, s."""
    t_end: float
    """Its end, s."""
    value: float
    """The largest angle by which it was found, rad."""


_SPAN_S = 1.0
"""The limits hold for means over this time, in which soft tissue and steps average out."""
_LEAST_S = 2.0
"""Shorter trouble is not remarked."""
_SLOW_DPS = 15.0
"""A leg that turns slower rests enough for its accelerometers to measure little but gravity."""
_STEEP_DEG = 30.0
"""The joint's axis may be this far from horizontal, as for a good calibration."""
_LEVEL_DEG = 60.0
"""Beyond this gravity has less than half of its size across the axis, and contradicts nothing."""
_CONTRADICTION_DEG = 15.0
"""The angle may differ by this from the one that gravity gives: ten times its usual error."""
_HINGE_SPANS = 30
"""Whether a joint is a hinge is told by half a minute: some reps, and steps in between."""
_ASIDE_DEG = 20.0
"""The foot may be turned in or out by this: more than a foot on the floor or a machine turns."""
_DORSIFLEXION_DEG = 50.0
"""No ankle bends further up; measured maxima are near 20° unloaded, more in a lunge."""
_PLANTARFLEXION_DEG = 90.0
"""No ankle points further; measured maxima are near 50°, more in dancers."""


@dataclass(frozen=True, slots=True)
class _Means:
    """Means over m spans, ``t`` (m,) s their starts.

    Forces (3, m) m/s² in the joint's frames, the ankle angle (m,) rad; ``valid`` (m,) where all
    samples are, ``slow`` (m,) where the leg rests.
    """

    t: FloatArray
    shin: FloatArray
    foot: FloatArray
    ankle: FloatArray
    valid: BoolArray
    slow: BoolArray


def angle_remarks(
    block: PairedBlock, angles: AngleBlock, calibration: Calibration
) -> list[AngleRemark]:
    """Return the remarks on ``angles``, in order of flag and time.

    Parameters
    ----------
    block
        The samples of both sensors.
    angles
        The angles on the same grid.
    calibration
        The calibration that was in force throughout.
    """
    rate_hz = 1.0 / float(np.median(np.diff(block.t))) if len(block.t) > 1 else 1.0
    length = max(1, round(_SPAN_S * rate_hz))
    if len(block.t) < length:
        return []
    spans = _means(block, angles, calibration, length)
    rest = spans.valid & spans.slow
    shin_rise, foot_rise = _rise(spans.shin), _rise(spans.foot)
    aside = foot_rise - shin_rise - _neutral(calibration, _rise)
    steep = np.maximum(np.abs(shin_rise), np.abs(foot_rise))
    level = steep < np.radians(_LEVEL_DEG)
    expected = inclination(np.eye(3), spans.shin) - inclination(np.eye(3), spans.foot)
    expected += calibration.neutral_angle - _neutral_turn(calibration)
    # Compared on the circle: angle and gravity may be whole turns apart.
    off = np.abs(np.angle(np.exp(1j * (spans.ankle - expected))))
    over = np.maximum(spans.ankle, 0.0), np.maximum(-spans.ankle, 0.0)
    limits = np.radians([_DORSIFLEXION_DEG, _PLANTARFLEXION_DEG])
    beyond = spans.valid & ((over[0] > limits[0]) | (over[1] > limits[1]))
    found = (
        (AngleFlag.STEEP_AXIS, steep, spans.valid & (steep > np.radians(_STEEP_DEG))),
        (
            AngleFlag.CONTRADICTED,
            off,
            rest & level & (off > np.radians(_CONTRADICTION_DEG)),
        ),
        (
            AngleFlag.TURNED_ASIDE,
            np.abs(aside),
            rest & (np.abs(aside) > np.radians(_ASIDE_DEG)),
        ),
        (AngleFlag.BEYOND_RANGE, np.abs(spans.ankle), beyond),
        (AngleFlag.NO_HINGE, *_off_axis(block, angles, calibration, length, rate_hz)),
    )
    return [
        remark for flag, value, held in found for remark in _remarks(flag, value, held, spans.t)
    ]


def _means(block: PairedBlock, angles: AngleBlock, calibration: Calibration, length: int) -> _Means:
    """Return the means over spans of ``length`` samples."""
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
        slow &= mean((rate * rate).sum(axis=0)) < np.radians(_SLOW_DPS) ** 2
    valid = mean(angles.valid.astype(np.float64)) == 1.0
    t = block.t[: count * length : length]
    return _Means(t, forces[0], forces[1], mean(angles.ankle), valid, slow)


def _off_axis(
    block: PairedBlock, angles: AngleBlock, calibration: Calibration, length: int, rate_hz: float
) -> tuple[FloatArray, BoolArray]:
    """Return the turn (m,) rad about other axes around each span, and where it is no hinge's."""
    seen = angles.valid & block.shin_valid & block.foot_valid
    shin, foot = (
        _frame(s) @ ((gyr - np.array(s.gyr_offset)) * seen[:, None]).T
        for s, gyr in ((calibration.shin, block.shin_gyr), (calibration.foot, block.foot_gyr))
    )
    turn = angles.ankle - calibration.neutral_angle
    turn = turn / sagittal_share(calibration) + _neutral_turn(calibration)
    count = len(seen) // length

    def spread(turns: ComplexArray) -> FloatArray:
        square = np.abs(turns[: count * length]) ** 2
        means = square.reshape(count, length).mean(axis=1)
        around = np.ones(min(_HINGE_SPANS, count))
        out: FloatArray = np.sqrt(
            np.convolve(means, around, "same") / np.convolve(np.ones(count), around, "same")
        )
        return out

    aside = spread(off_axis_turn(shin, foot, turn, rate_hz))
    own = spread(remembered(foot[2] - shin[2] + 0j, rate_hz))
    held = (aside > np.radians(NO_HINGE_DEG)) & (aside > NO_HINGE_SHARE * own)
    return aside, held


def _frame(sensor: SensorCalibration) -> FloatArray:
    return joint_frame(np.array(sensor.joint_axis))


def _rise(force: FloatArray) -> FloatArray:
    """Return the angle (m,) rad of a joint's axis above horizontal; ``force`` (3, m) in its frame."""
    size = np.sqrt((force * force).sum(axis=0))
    out: FloatArray = np.arcsin(np.clip(force[2] / np.maximum(size, 1e-9), -1.0, 1.0))
    return out


def _neutral(calibration: Calibration, measure: Callable[[FloatArray], FloatArray]) -> float:
    """Return by how much more ``measure`` is for the foot than for the shin in the neutral pose."""
    shin, foot = (
        measure(_frame(s) @ (np.array(s.neutral_acc) - np.array(s.acc_offset))[:, None])[0]
        for s in (calibration.shin, calibration.foot)
    )
    return float(foot - shin)


def _neutral_turn(calibration: Calibration) -> float:
    """Return the angle (rad) between both links' gravity across the axis in the neutral pose."""
    return -_neutral(calibration, lambda force: inclination(np.eye(3), force))


def _remarks(
    flag: AngleFlag, value: FloatArray, held: BoolArray, t: FloatArray
) -> list[AngleRemark]:
    """Return a remark for each stretch of spans in which ``flag`` was ``held``.

    A single span between two such spans counts as one of them.
    """
    bridged = held.copy()
    # A second without the finding between two with it is chance.
    bridged[1:-1] |= held[:-2] & held[2:]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], bridged, [False]])))
    return [
        AngleRemark(
            flag,
            float(t[start]),
            float(t[stop - 1]) + _SPAN_S,
            float(value[start:stop][held[start:stop]].max()),
        )
        for start, stop in edges.reshape(-1, 2).tolist()
        if (stop - start) * _SPAN_S >= _LEAST_S
    ]
