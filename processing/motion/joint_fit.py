"""Finds the ankle's axis, both lever arms and both accelerometer offsets from movement.

Three facts of a hinge are held against the data. Across the axis both gyros turn equally fast
(Olsson, Kok, Seel & Halvorsen, Sensors 20:3534, 2020). Both sensors feel the same force at the
joint's centre (Seel, Raisch & Schauer 2014), in size and, turned by the integral of the joint's rate, in
direction. Only a slow drift between the integral and the forces is left free, so that no gyro
offset spoils the axis, and a constant time between both sensors' clocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TypeVar

import numpy as np

from processing.motion.geometry import along, joint_frame, lever_rows, unit
from processing.types import PairedBlock, slice_block
from sensor.types import FloatArray

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class JointFitConfig:
    """What the fit believes beforehand, and how it weighs what it sees.

    ``acc_offset_mps2`` and ``lever_arm_m`` are prior standard deviations per component, ``delay_s``
    that of the time between both sensors' clocks. No accelerometer is taken to be off by more than
    ``most_offset_mps2``: what both are off by alike shows little while a leg stands. ``force_mps2`` and ``rate_dps`` what the two
    sides may differ by in a sample (beyond that they count less). ``cutoff_hz`` is the low pass before the comparison, ``drift_s`` the time over
    which the integral's drift is free. At most ``max_s`` seconds are looked at, in pieces of
    ``piece_s`` taken evenly from the whole; ``try_s`` seconds and ``try_steps`` steps decide between
    guesses, ``steps`` steps lead to the end.
    """

    acc_offset_mps2: float = 0.3
    most_offset_mps2: float = 1.5
    lever_arm_m: float = 0.3
    delay_s: float = 0.01
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
    """Axes (3,) as seen from shin and foot, lever arms (3,) m, accelerometer offsets (3,) m/s².

    ``delay_s`` is by how much the foot's samples come late against the shin's.
    """

    shin_axis: FloatArray
    foot_axis: FloatArray
    shin_arm: FloatArray
    foot_arm: FloatArray
    shin_offset: FloatArray
    foot_offset: FloatArray
    delay_s: float


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
class _Pieces:
    """Low-passed samples of m stretches without gaps, each of n samples; vectors are (3, m, n).

    ``*_turn`` rad are running integrals of the gyros; ``*_arm`` (3, 3, m, n) the lever rows in the
    sensor's own frame; ``foot_jerk``, ``foot_change`` and ``foot_arm_change`` how fast the foot's
    accelerometer, gyro and lever rows change in a second; ``weight`` (m, n).
    """

    shin_acc: FloatArray
    foot_acc: FloatArray
    shin_gyr: FloatArray
    foot_gyr: FloatArray
    foot_jerk: FloatArray
    foot_change: FloatArray
    shin_turn: FloatArray
    foot_turn: FloatArray
    shin_arm: FloatArray
    foot_arm: FloatArray
    foot_arm_change: FloatArray
    weight: FloatArray


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
    prepared = [
        _prepare(piece, shin_gyr_offset, foot_gyr_offset, rate_hz, config)
        for piece in _cut(blocks, rate_hz, config)
    ]
    if not prepared:
        return None
    axes = guesses[0]
    if len(guesses) > 1:
        few = _stacked(_even_choice(prepared, config.try_s / config.piece_s))
        tried = [_solve(few, guess, config, config.try_steps) for guess in guesses]
        best = min(tried, key=lambda one: one.cost).joint
        axes = best.shin_axis, best.foot_axis
    pieces = _stacked(prepared)
    return _result(pieces, _solve(pieces, axes, config, config.steps), config)


@dataclass(frozen=True, slots=True)
class _Solution:
    """Where the search ended."""

    cost: float
    joint: Joint
    jacobian: FloatArray


def _solve(
    pieces: Sequence[_Pieces],
    guess: tuple[FloatArray, FloatArray],
    config: JointFitConfig,
    steps: int,
) -> _Solution:
    from scipy.optimize import least_squares  # noqa: PLC0415 - slow to load

    shin_frame, foot_frame = joint_frame(guess[0]), joint_frame(guess[1])

    def unpack(p: FloatArray) -> Joint:
        shin = unit(shin_frame[2] + p[0] * shin_frame[0] + p[1] * shin_frame[1])
        foot = unit(foot_frame[2] + p[2] * foot_frame[0] + p[3] * foot_frame[1])
        arms, offsets = p[4:10] * config.lever_arm_m, p[10:16] * config.acc_offset_mps2
        delay_s = float(p[16]) * config.delay_s
        return Joint(shin, foot, arms[:3], arms[3:], offsets[:3], offsets[3:], delay_s)

    def residuals(p: FloatArray) -> FloatArray:
        joint = unpack(p)
        return np.concatenate([*(_compare(piece, joint, config) for piece in pieces), p[4:]])

    scale = np.concatenate([np.full(4, 0.05), np.ones(13)])
    most = np.full(17, np.inf)
    most[10:16] = config.most_offset_mps2 / config.acc_offset_mps2
    found = least_squares(
        residuals,
        np.zeros(17),
        bounds=(-most, most),
        loss="soft_l1",
        x_scale=scale,
        max_nfev=steps,
        ftol=1e-4,
        xtol=1e-4,
    )
    return _Solution(float(found.cost), unpack(found.x), np.asarray(found.jac))


def _result(pieces: Sequence[_Pieces], found: _Solution, config: JointFitConfig) -> JointFit:
    # Neighbouring samples err alike: a second counts as one independent sample of each fact.
    seconds = sum(piece.weight.size for piece in pieces) / config.step_hz
    alike = len(found.jacobian) / (4.0 * seconds)
    prior = np.concatenate([np.zeros(4), np.ones(13)])
    information = found.jacobian.T @ found.jacobian / alike + np.diag(prior + 1e-9)
    sd = np.sqrt(np.diag(np.linalg.inv(information)))
    angle = [_gap(piece, _forces(piece, found.joint), config)[0].ravel() for piece in pieces]
    return JointFit(
        found.joint,
        axis_deg=float(np.degrees(np.sqrt(np.mean(sd[:4] ** 2)))),
        lever_arm_m=float(np.sqrt(np.mean(sd[4:10] ** 2)) * config.lever_arm_m),
        acc_offset_mps2=float(np.sqrt(np.mean(sd[10:16] ** 2)) * config.acc_offset_mps2),
        misfit_deg=float(np.degrees(np.sqrt(np.mean(np.concatenate(angle) ** 2)))),
    )


def _cut(
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
            length = (stop - start) // count
            if length >= config.min_piece_s * rate_hz:
                pieces += [
                    slice_block(block, start + i * length, start + (i + 1) * length)
                    for i in range(count)
                ]
    return _even_choice(pieces, config.max_s / config.piece_s)


def _even_choice(items: list[Item], most: float) -> list[Item]:
    """Return up to ``most`` of ``items``, taken evenly."""
    count = max(1, round(most))
    if len(items) <= count:
        return items
    return [items[i] for i in np.linspace(0, len(items) - 1, count).round().astype(int)]


def _stacked(pieces: Sequence[_Pieces]) -> list[_Pieces]:
    """Return ``pieces`` with those of one length together: they are compared at one go."""
    alike: dict[int, list[_Pieces]] = {}
    for piece in pieces:
        alike.setdefault(piece.weight.shape[-1], []).append(piece)
    names = [f.name for f in fields(_Pieces)]
    return [
        _Pieces(*(np.concatenate([getattr(p, name) for p in group], axis=-2) for name in names))
        for group in alike.values()
    ]


def _prepare(
    block: PairedBlock,
    shin_offset: FloatArray,
    foot_offset: FloatArray,
    rate_hz: float,
    config: JointFitConfig,
) -> _Pieces:
    from scipy.signal import butter, sosfiltfilt  # noqa: PLC0415 - slow to load

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
        return np.ascontiguousarray(soft[:, ::step]), turn, arm

    shin_gyr, shin_turn, shin_arm = rotation(block.shin_gyr, shin_offset)
    foot_gyr, foot_turn, foot_arm = rotation(block.foot_gyr, foot_offset)
    clipped = low((block.shin_clipped | block.foot_clipped).astype(np.float64))
    weight = 1.0 / (1.0 + 40.0 * np.maximum(clipped, 0.0))
    return _Pieces(
        shin_acc=low(block.shin_acc.T)[:, None],
        foot_acc=low(block.foot_acc.T)[:, None],
        shin_gyr=shin_gyr[:, None],
        foot_gyr=foot_gyr[:, None],
        foot_jerk=low(np.gradient(block.foot_acc.T, 1.0 / rate_hz, axis=1))[:, None],
        foot_change=low(np.gradient(block.foot_gyr.T, 1.0 / rate_hz, axis=1))[:, None],
        shin_turn=shin_turn[:, None],
        foot_turn=foot_turn[:, None],
        shin_arm=low(shin_arm)[:, :, None],
        foot_arm=low(foot_arm)[:, :, None],
        foot_arm_change=low(np.gradient(foot_arm, 1.0 / rate_hz, axis=2))[:, :, None],
        weight=weight[None],
    )


def _forces(piece: _Pieces, joint: Joint) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the forces (3, m, n) at the joint's centre in both joint frames, and the integral."""
    shin = piece.shin_acc - joint.shin_offset[:, None, None] - _felt(piece.shin_arm, joint.shin_arm)
    foot = piece.foot_acc - joint.foot_offset[:, None, None] - _felt(piece.foot_arm, joint.foot_arm)
    foot += joint.delay_s * (piece.foot_jerk - _felt(piece.foot_arm_change, joint.foot_arm))
    foot_turn = piece.foot_turn + joint.delay_s * piece.foot_gyr
    turn = along(joint.foot_axis, foot_turn) - along(joint.shin_axis, piece.shin_turn)
    return (
        (joint_frame(joint.shin_axis) @ shin.reshape(3, -1)).reshape(shin.shape),
        (joint_frame(joint.foot_axis) @ foot.reshape(3, -1)).reshape(foot.shape),
        turn,
    )


def _felt(rows: FloatArray, arm: FloatArray) -> FloatArray:
    """Return what a lever arm (3,) adds, (3, m, n)."""
    out: FloatArray = rows[:, 0] * arm[0] + rows[:, 1] * arm[1] + rows[:, 2] * arm[2]
    return out


@lru_cache(maxsize=8)
def _slow(drift_s: float, step_hz: float) -> FloatArray:
    """Return the low pass that sees what drifts."""
    from scipy.signal import butter  # noqa: PLC0415 - slow to load

    sections: FloatArray = butter(1, 1.0 / (2.0 * np.pi * drift_s), fs=step_hz, output="sos")
    return sections


def _gap(
    piece: _Pieces, forces: tuple[FloatArray, FloatArray, FloatArray], config: JointFitConfig
) -> tuple[FloatArray, FloatArray]:
    """Return the angle (m, n) rad between forces and integral less its drift, and its weight."""
    from scipy.signal import sosfiltfilt  # noqa: PLC0415 - slow to load

    shin, foot, turn = forces
    product = (shin[0] + 1j * shin[1]) * (foot[0] - 1j * foot[1]) * np.exp(-1j * turn)
    middle = product.sum(axis=-1, keepdims=True)
    angle = np.angle(product * np.conj(middle))
    size = np.abs(product) + 1e-9
    weight = piece.weight * size
    low_pass = _slow(config.drift_s, config.step_hz)
    slow = sosfiltfilt(low_pass, np.stack([weight * angle, weight]), padtype="even")
    gap: FloatArray = angle - slow[0] / np.maximum(slow[1], 1e-9)
    return gap, size


def _compare(
    piece: _Pieces,
    joint: Joint,
    config: JointFitConfig,
) -> FloatArray:
    forces = _forces(piece, joint)
    gap, size = _gap(piece, forces, config)
    shin, foot, _ = forces
    w = piece.weight / config.force_mps2
    across = np.hypot(shin[0], shin[1]) - np.hypot(foot[0], foot[1])
    rate = _across(piece.shin_gyr, joint.shin_axis) - _across(
        piece.foot_gyr + joint.delay_s * piece.foot_change, joint.foot_axis
    )
    return np.concatenate(
        [
            (w * gap * np.sqrt(size)).ravel(),
            (w * across).ravel(),
            (w * (shin[2] - foot[2])).ravel(),
            rate.ravel() / np.radians(config.rate_dps),
        ]
    )


def _across(rate: FloatArray, axis: FloatArray) -> FloatArray:
    """Return the size (m, n) of ``rate`` (3, m, n) across ``axis``."""
    part = along(axis, rate)
    square = rate[0] * rate[0] + rate[1] * rate[1] + rate[2] * rate[2]
    out: FloatArray = np.sqrt(np.maximum(square - part * part, 1e-12))
    return out
