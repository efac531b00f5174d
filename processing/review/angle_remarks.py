"""Stretches of a recording in which the ankle angle should not be believed.

An angle is computed whatever the sensors do. Five findings show that it should not be believed, or
less than its uncertainty says: the joint's axis points so far up that gravity does not show the
turn; the leg rests, and the directions of gravity in both sensors contradict the angle (an axis of
the wrong sign, or a sensor that was strapped on again); the foot is turned in or out (inversion,
eversion); it turns about other axes all the while, so that the ankle is no hinge; or the angle is beyond any ankle's range.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np

from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.geometry import joint_frame, rows
from processing.motion.joint_prior import sagittal_share
from processing.motion.long_block import PIECE_ROWS, release
from processing.motion.off_axis import (
    MEMORY_S,
    NO_HINGE_DEG,
    NO_HINGE_SHARE,
    ComplexArray,
    off_axis_parts,
    remembered,
)
from processing.motion.shin_turn import inclination
from processing.types import AngleBlock, PairedBlock, slice_block
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
_LEAD_S = 30.0 * MEMORY_S
"""A piece is looked at from so long before it: what was earlier is forgotten to the last bit but a few."""
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
    rate_hz = 1.0 / float(np.median(np.diff(block.t[:PIECE_ROWS]))) if len(block.t) > 1 else 1.0
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
    step = max(1, PIECE_ROWS // length) * length
    found: list[_Means] = []
    for start in range(0, count * length, step):
        stop = min(start + step, count * length)
        part = slice_block(block, start, stop), slice_block(angles, start, stop)
        found.append(_means_of(*part, calibration, length))
        release(block)
        release(angles)
    parts = ([getattr(one, f.name) for one in found] for f in fields(_Means))
    return _Means(*(np.concatenate(each, axis=-1) for each in parts))


def _means_of(
    block: PairedBlock, angles: AngleBlock, calibration: Calibration, length: int
) -> _Means:
    """Return the means over the spans of a piece that has whole ones."""
    count = len(block.t) // length

    def mean(values: FloatArray) -> FloatArray:
        out: FloatArray = values.reshape(*values.shape[:-1], count, length).mean(axis=-1)
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
    # A copy: the times themselves may lie in a file.
    t = np.array(block.t[::length])
    return _Means(t, forces[0], forces[1], mean(angles.ankle), valid, slow)


def _off_axis(
    block: PairedBlock, angles: AngleBlock, calibration: Calibration, length: int, rate_hz: float
) -> tuple[FloatArray, BoolArray]:
    """Return the turn (m,) rad about other axes around each span, and where it is no hinge's."""
    n, step = len(block.t), max(1, PIECE_ROWS // length) * length
    lead = round(_LEAD_S * rate_hz)
    squares: list[ComplexArray] = []
    owns: list[FloatArray] = []
    total = np.zeros((3, 3), dtype=np.complex128)
    for start in range(0, n, step):
        first, stop = max(start - lead, 0), min(start + step, n)
        part = slice_block(block, first, stop), slice_block(angles, first, stop)
        turns, own = _off_axis_parts(*part, calibration, rate_hz)
        turns, own = turns[:, start - first :], own[start - first :]
        total += turns @ turns.conj().T
        # What is left of the last span belongs to none.
        whole = (stop - start) // length * length
        spans = turns[:, :whole].reshape(3, -1, length)
        squares.append(np.einsum("iml,jml->mij", spans, spans.conj()) / length)
        owns.append((own[:whole].reshape(-1, length) ** 2).mean(axis=1))
        release(block)
        release(angles)
    # What axes that are a little off would show is taken out by least squares over the whole.
    share = np.linalg.lstsq(total[1:, 1:].T, total[0, 1:], rcond=None)[0]
    left = np.array([1.0, *-share])
    square = np.einsum("i,mij,j->m", left, np.concatenate(squares), left.conj()).real
    aside, turned = _around(np.maximum(square, 0.0)), _around(np.concatenate(owns))
    held = (aside > np.radians(NO_HINGE_DEG)) & (aside > NO_HINGE_SHARE * turned)
    return aside, held


def _off_axis_parts(
    block: PairedBlock, angles: AngleBlock, calibration: Calibration, rate_hz: float
) -> tuple[ComplexArray, FloatArray]:
    """Return the results (3, n) of :func:`.off_axis_parts`, and the size (n,) of the turn about the axis, rad."""
    seen = angles.valid & block.shin_valid & block.foot_valid
    shin, foot = (
        _frame(s) @ ((gyr - np.array(s.gyr_offset)) * seen[:, None]).T
        for s, gyr in ((calibration.shin, block.shin_gyr), (calibration.foot, block.foot_gyr))
    )
    turn = angles.ankle - calibration.neutral_angle
    turn = turn / sagittal_share(calibration) + _neutral_turn(calibration)
    own: FloatArray = np.abs(remembered(foot[2] - shin[2] + 0j, rate_hz))
    return np.stack(off_axis_parts(shin, foot, turn, rate_hz)), own


def _around(squares: FloatArray) -> FloatArray:
    """Return the root mean square over the spans around each, of their mean ``squares`` (m,)."""
    around = np.ones(min(_HINGE_SPANS, len(squares)))
    count = np.convolve(np.ones(len(squares)), around, "same")
    out: FloatArray = np.sqrt(np.convolve(squares, around, "same") / count)
    return out


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
