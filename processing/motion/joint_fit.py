"""Finds the ankle's axis, both lever arms and both accelerometer offsets from movement.

Three facts of a hinge are held against the data. Across the axis both gyros turn equally fast
(Olsson, Kok, Seel & Halvorsen, Sensors 20:3534, 2020). Both sensors feel the same force at the
joint's centre (Seel, Raisch & Schauer 2014), in size and, turned by the integral of the joint's rate, in
direction. Only a slow drift between the integral and the forces is left free, so that no gyro
offset spoils the axis.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.optimize import least_squares
from scipy.signal import butter, sosfiltfilt

from processing.motion.geometry import joint_frame, lever_rows, unit
from processing.types import PairedBlock, slice_block
from sensor.types import FloatArray

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class JointFitConfig:
    """What the fit believes beforehand, and how it weighs what it sees.

    ``acc_offset_mps2`` and ``lever_arm_m`` are prior standard deviations per component;
    ``force_mps2`` and ``rate_dps`` what the two sides may differ by in a sample (beyond that they
    count less). ``cutoff_hz`` is the low pass before the comparison, ``drift_s`` the time over
    which the integral's drift is free. At most ``max_s`` seconds are looked at, in pieces of
    ``piece_s`` taken evenly from the whole; ``try_s`` seconds and ``try_steps`` steps decide between
    guesses, ``steps`` steps lead to the end.
    """

    acc_offset_mps2: float = 0.3
    lever_arm_m: float = 0.3
    force_mps2: float = 0.5
    rate_dps: float = 17.0
    cutoff_hz: float = 5.0
    drift_s: float = 5.0
    step_hz: float = 25.0
    min_piece_s: float = 3.0
    piece_s: float = 20.0
    max_s: float = 180.0
    try_s: float = 40.0
    steps: int = 20
    try_steps: int = 8


@dataclass(frozen=True, slots=True)
class Joint:
    """Axes (3,) as seen from shin and foot, lever arms (3,) m, accelerometer offsets (3,) m/s²."""

    shin_axis: FloatArray
    foot_axis: FloatArray
    shin_arm: FloatArray
    foot_arm: FloatArray
    shin_offset: FloatArray
    foot_offset: FloatArray


@dataclass(frozen=True, slots=True)
class JointFit:
    """The joint that explains the data best.

    ``axis_deg``, ``lever_arm_m`` and ``acc_offset_mps2`` are root mean square standard deviations
    of what was found; ``misfit_deg`` the angle that the forces leave unexplained.
    """

    joint: Joint
    axis_deg: float
    lever_arm_m: float
    acc_offset_mps2: float
    misfit_deg: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Low-passed samples of a stretch without gaps; vectors are rows (3, n).

    ``turn_*`` rad are running integrals of the gyros; ``arm_*`` (3, 3, n) the lever rows in the
    sensor's own frame.
    """

    shin_acc: FloatArray
    foot_acc: FloatArray
    shin_gyr: FloatArray
    foot_gyr: FloatArray
    shin_turn: FloatArray
    foot_turn: FloatArray
    shin_arm: FloatArray
    foot_arm: FloatArray
    weight: FloatArray
    drift: FloatArray


def fit_joint(
    blocks: Sequence[PairedBlock],
    shin_gyr_offset: FloatArray,
    foot_gyr_offset: FloatArray,
    guesses: Sequence[tuple[FloatArray, FloatArray]],
    rate_hz: float,
    config: JointFitConfig,
) -> JointFit | None:
    """Refine the axes from any movement; None if there is no long enough piece without gaps.

    ``blocks`` are pieces of one strapping; the gyro offsets are (3,) rad/s. ``guesses`` are pairs
    of axes (3,) as seen from shin and foot; the pair that comes to explain the data best is used.
    """
    pieces = [
        _prepare(piece, shin_gyr_offset, foot_gyr_offset, rate_hz, config)
        for piece in _pieces(blocks, rate_hz, config)
    ]
    if not pieces:
        return None
    few = _even_choice(pieces, config.try_s / config.piece_s)
    tried = [_solve(few, guess, config, config.try_steps) for guess in guesses]
    best = min(tried, key=lambda one: one.cost)
    axes = best.joint.shin_axis, best.joint.foot_axis
    found = _solve(pieces, axes, config, config.steps)
    return _result(pieces, found, config)


@dataclass(frozen=True, slots=True)
class _Solution:
    """Where the search ended."""

    cost: float
    joint: Joint
    jacobian: FloatArray


def _solve(
    pieces: Sequence[_Piece],
    guess: tuple[FloatArray, FloatArray],
    config: JointFitConfig,
    steps: int,
) -> _Solution:
    shin_frame, foot_frame = joint_frame(guess[0]), joint_frame(guess[1])

    def unpack(p: FloatArray) -> Joint:
        shin = unit(shin_frame[2] + p[0] * shin_frame[0] + p[1] * shin_frame[1])
        foot = unit(foot_frame[2] + p[2] * foot_frame[0] + p[3] * foot_frame[1])
        arms, offsets = p[4:10] * config.lever_arm_m, p[10:16] * config.acc_offset_mps2
        return Joint(shin, foot, arms[:3], arms[3:], offsets[:3], offsets[3:])

    def residuals(p: FloatArray) -> FloatArray:
        joint = unpack(p)
        return np.concatenate([*(_compare(piece, joint, config) for piece in pieces), p[4:]])

    scale = np.concatenate([np.full(4, 0.05), np.ones(12)])
    found = least_squares(
        residuals, np.zeros(16), loss="soft_l1", x_scale=scale, max_nfev=steps, ftol=1e-4, xtol=1e-4
    )
    return _Solution(float(found.cost), unpack(found.x), np.asarray(found.jac))


def _result(pieces: Sequence[_Piece], found: _Solution, config: JointFitConfig) -> JointFit:
    # Neighbouring samples err alike: a second counts as one independent sample of each fact.
    seconds = sum(len(piece.weight) for piece in pieces) / config.step_hz
    alike = len(found.jacobian) / (4.0 * seconds)
    prior = np.concatenate([np.zeros(4), np.ones(12)])
    information = found.jacobian.T @ found.jacobian / alike + np.diag(prior + 1e-9)
    sd = np.sqrt(np.diag(np.linalg.inv(information)))
    angle = [_angle_misfit(piece, found.joint) for piece in pieces]
    return JointFit(
        found.joint,
        axis_deg=float(np.degrees(np.sqrt(np.mean(sd[:4] ** 2)))),
        lever_arm_m=float(np.sqrt(np.mean(sd[4:10] ** 2)) * config.lever_arm_m),
        acc_offset_mps2=float(np.sqrt(np.mean(sd[10:] ** 2)) * config.acc_offset_mps2),
        misfit_deg=float(np.degrees(np.sqrt(np.mean(np.concatenate(angle) ** 2)))),
    )


def _pieces(
    blocks: Sequence[PairedBlock], rate_hz: float, config: JointFitConfig
) -> list[PairedBlock]:
    """Cut ``blocks`` at gaps and into pieces; keep an even choice of ``max_s`` seconds."""
    longest = round(config.piece_s * rate_hz)
    pieces: list[PairedBlock] = []
    for block in blocks:
        sound = np.concatenate([[False], block.shin_valid & block.foot_valid, [False]])
        edges = np.flatnonzero(np.diff(sound))
        for start, stop in edges.reshape(-1, 2).tolist():
            count = max(1, round((stop - start) / longest))
            cuts = np.linspace(start, stop, count + 1).astype(int).tolist()
            pieces += [
                slice_block(block, a, b)
                for a, b in itertools.pairwise(cuts)
                if b - a >= config.min_piece_s * rate_hz
            ]
    return _even_choice(pieces, config.max_s / config.piece_s)


def _even_choice(items: list[Item], most: float) -> list[Item]:
    """Return up to ``most`` of ``items``, taken evenly."""
    count = max(1, round(most))
    if len(items) <= count:
        return items
    return [items[i] for i in np.linspace(0, len(items) - 1, count).round().astype(int)]


def _prepare(
    block: PairedBlock,
    shin_offset: FloatArray,
    foot_offset: FloatArray,
    rate_hz: float,
    config: JointFitConfig,
) -> _Piece:
    smooth = butter(2, config.cutoff_hz, fs=rate_hz, output="sos")
    step = max(1, round(rate_hz / config.step_hz))

    def low(x: FloatArray) -> FloatArray:
        out: FloatArray = sosfiltfilt(smooth, x, axis=-1)[..., ::step]
        return np.ascontiguousarray(out)

    def rotation(gyr: FloatArray, offset: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        rate = gyr.T - offset[:, None]
        turn = np.cumsum(rate, axis=1)[:, ::step] / rate_hz
        soft = sosfiltfilt(smooth, rate, axis=1)
        arm = lever_rows(np.eye(3), soft, np.gradient(soft, 1.0 / rate_hz, axis=1))
        return np.ascontiguousarray(soft[:, ::step]), turn, low(arm)

    shin_gyr, shin_turn, shin_arm = rotation(block.shin_gyr, shin_offset)
    foot_gyr, foot_turn, foot_arm = rotation(block.foot_gyr, foot_offset)
    clipped = low((block.shin_clipped | block.foot_clipped).astype(np.float64))
    weight = 1.0 / (1.0 + 40.0 * np.maximum(clipped, 0.0))
    cutoff = 1.0 / (2.0 * np.pi * config.drift_s)
    return _Piece(
        low(block.shin_acc.T), low(block.foot_acc.T),
        shin_gyr, foot_gyr, shin_turn, foot_turn, shin_arm, foot_arm,
        weight, butter(1, cutoff, fs=rate_hz / step, output="sos"),
    )  # fmt: skip


def _forces(
    piece: _Piece,
    joint: Joint,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the forces at the joint's centre in both joint frames and the integral (n,)."""
    arm = np.einsum("ijn,j->in", piece.shin_arm, joint.shin_arm)
    shin = joint_frame(joint.shin_axis) @ (piece.shin_acc - joint.shin_offset[:, None] - arm)
    arm = np.einsum("ijn,j->in", piece.foot_arm, joint.foot_arm)
    foot = joint_frame(joint.foot_axis) @ (piece.foot_acc - joint.foot_offset[:, None] - arm)
    return shin, foot, joint.foot_axis @ piece.foot_turn - joint.shin_axis @ piece.shin_turn


def _gap(
    piece: _Piece, shin: FloatArray, foot: FloatArray, turn: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the angle (n,) rad between forces and integral less its drift, and its weight (n,)."""
    product = (shin[0] + 1j * shin[1]) * (foot[0] - 1j * foot[1]) * np.exp(-1j * turn)
    middle = product.sum()
    angle = np.angle(product * np.conj(middle))
    size = np.abs(product) + 1e-9
    weight = piece.weight * size
    slow = sosfiltfilt(piece.drift, np.stack([weight * angle, weight]), padtype="even")
    gap: FloatArray = angle - slow[0] / np.maximum(slow[1], 1e-9)
    return gap, size


def _compare(
    piece: _Piece,
    joint: Joint,
    config: JointFitConfig,
) -> FloatArray:
    shin, foot, turn = _forces(piece, joint)
    gap, size = _gap(piece, shin, foot, turn)
    w = piece.weight / config.force_mps2
    across = np.hypot(shin[0], shin[1]) - np.hypot(foot[0], foot[1])
    rate = _across(piece.shin_gyr, joint.shin_axis) - _across(piece.foot_gyr, joint.foot_axis)
    return np.concatenate(
        [
            w * gap * np.sqrt(size),
            w * across,
            w * (shin[2] - foot[2]),
            rate / np.radians(config.rate_dps),
        ]
    )


def _across(rate: FloatArray, axis: FloatArray) -> FloatArray:
    """Return the size (n,) of ``rate`` (3, n) across ``axis``."""
    part = axis @ rate
    out: FloatArray = np.sqrt(np.maximum((rate * rate).sum(axis=0) - part * part, 1e-12))
    return out


def _angle_misfit(
    piece: _Piece,
    joint: Joint,
) -> FloatArray:
    shin, foot, turn = _forces(piece, joint)
    return _gap(piece, shin, foot, turn)[0]
