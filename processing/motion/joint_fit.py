"""Finds a joint's axis, both lever arms and both accelerometer offsets from movement.

Three properties of a hinge are compared with the samples. Across the axis both gyros turn equally
fast (Olsson, Kok, Seel & Halvorsen, Sensors 20:3534, 2020). Both sensors measure the same force at
the joint's centre (Seel, Raisch & Schauer, Sensors 14:6891, 2014), in size and, turned by the
integral of the joint's rate, in direction. A slow drift between the integral and the forces is left
free, so that no gyro offset spoils the axis, and so is a constant time between both clocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import along, joint_frame, unit
from processing.motion.joint_pieces import (
    PIECE_S,
    STEP_HZ,
    Pieces,
    cut_pieces,
    even_choice,
    prepare_piece,
    stack_pieces,
)
from processing.motion.low_pass import butterworth, forward_and_back
from processing.motion.off_axis import ComplexArray, off_axis_turn
from processing.types import PairedBlock
from sensor.types import FloatArray

_FORCE_MPS2 = 0.5
"""Forces of both sides that differ by more than this in a sample count less.

Between the 0.4 m/s² of the live filter, whose windows are means, and the noise of one sample.
"""
_RATE_DPS = 17.0
"""Rates across the axis that differ by more than this count less: 0.3 rad/s, as in the guess."""
_TRY_S = 40.0
"""Movement by which guesses of the axes are compared: two pieces."""
_TRY_STEPS = 8
"""Most steps of the search for each guess; wrong ends of an axis show at once."""
_STEPS = 20
"""Most steps of the search from the best guess."""
_TOLERANCE = 1e-4
"""The search ends when a step changes cost or parameters by a smaller share than this."""
_SMALL_ANGLE = 0.05
"""Size of a step of the axes, rad (3°), as large in its effect as one deviation of the others."""
_AXES, _ARMS, _OFFSETS, _DELAY = slice(0, 4), slice(4, 10), slice(10, 16), 16
_PARAMETERS = 17
"""Tilts of both axes (4), both lever arms (6), both offsets (6) and the delay."""


@dataclass(frozen=True, slots=True)
class JointFitConfig:
    """Priors of the fit, as standard deviations, and how it looks at the movement.

    docs/accuracy.md varies them ("What each part is worth").
    """

    acc_offset_mps2: float = 0.3
    """Of a component of an accelerometer's offset: 30 mg, the order that data sheets state."""
    most_offset_mps2: float = 1.5
    """No component of an accelerometer's offset is larger.

    While a leg only stands, an offset that both sensors share hardly shows, and a fit without this
    limit gave half of gravity (tests/processing/motion/test_joint_fit.py).
    """
    lever_arm_m: float = 0.3
    """Of a component of a lever arm: as far as a sensor on a shin is from the ankle."""
    delay_s: float = 0.01
    """Of the time between both sensors' clocks."""
    cutoff_hz: float = 5.0
    """Low pass of the samples before they are compared; 3 and 10 Hz change errors by 0.03°."""
    drift_s: float = 5.0
    """Time constant over which the drift of the integral is free; 2 and 10 s change errors by 0.05°."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A hinge between two links; vectors in each sensor's own frame."""

    shin_axis: FloatArray
    """(3,) unit vector."""
    foot_axis: FloatArray
    """(3,) unit vector."""
    shin_arm: FloatArray
    """(3,) m from the joint's centre to the sensor."""
    foot_arm: FloatArray
    """(3,) m from the joint's centre to the sensor."""
    shin_offset: FloatArray
    """(3,) m/s², what the accelerometer reads too much."""
    foot_offset: FloatArray
    """(3,) m/s², what the accelerometer reads too much."""
    delay_s: float
    """Delay of the foot's samples against the shin's, s."""


@dataclass(frozen=True, slots=True)
class JointFit:
    """The joint that explains the movement best, and how well it is known."""

    joint: Joint
    """The joint."""
    axis_deg: float
    """Standard deviation of the axes, root mean square, °."""
    lever_arm_m: float
    """Standard deviation of a component of the lever arms, root mean square, m."""
    acc_offset_mps2: float
    """Standard deviation of a component of the offsets, root mean square, m/s²."""
    misfit_deg: float
    """Turn about other axes than the joint's within about a second, root mean square, °."""


def fit_joint(
    blocks: Sequence[PairedBlock],
    shin_gyr_offset: FloatArray,
    foot_gyr_offset: FloatArray,
    guesses: Sequence[tuple[FloatArray, FloatArray]],
    rate_hz: float,
    config: JointFitConfig,
) -> JointFit | None:
    """Fit the joint to any movement; None if no piece without gaps is long enough.

    Parameters
    ----------
    blocks
        Movement of one strapping.
    shin_gyr_offset, foot_gyr_offset
        (3,) rad/s, what the gyros read at rest.
    guesses
        Pairs of axes, unit vectors (3,) in the shin's and in the foot's frame. The search starts
        from the pair that a short search finds to explain the movement best.
    rate_hz
        Rate of the grid.
    config
        Priors.
    """
    prepared = [
        prepare_piece(piece, shin_gyr_offset, foot_gyr_offset, rate_hz, config.cutoff_hz)
        for piece in cut_pieces(blocks, rate_hz)
    ]
    if not prepared:
        return None
    axes = guesses[0]
    if len(guesses) > 1:
        few = stack_pieces(even_choice(prepared, _TRY_S / PIECE_S))
        tried = [_solve(few, guess, config, _TRY_STEPS) for guess in guesses]
        best = min(tried, key=lambda one: one.cost).joint
        axes = best.shin_axis, best.foot_axis
    pieces = stack_pieces(prepared)
    return _result(pieces, _solve(pieces, axes, config, _STEPS), config)


@dataclass(frozen=True, slots=True)
class _Solution:
    """The end of a search; ``jacobian`` (residuals, 17) is that of the residuals there."""

    cost: float
    joint: Joint
    jacobian: FloatArray


def _solve(
    pieces: Sequence[Pieces],
    guess: tuple[FloatArray, FloatArray],
    config: JointFitConfig,
    steps: int,
) -> _Solution:
    """Search the joint that explains ``pieces`` best, from ``guess``, in at most ``steps`` steps.

    Differences beyond the expected ones count less (the loss "soft_l1"): soft tissue jerks.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - slow to load

    shin_frame, foot_frame = joint_frame(guess[0]), joint_frame(guess[1])

    def unpack(p: FloatArray) -> Joint:
        shin = unit(shin_frame[2] + p[0] * shin_frame[0] + p[1] * shin_frame[1])
        foot = unit(foot_frame[2] + p[2] * foot_frame[0] + p[3] * foot_frame[1])
        arms, offsets = p[_ARMS] * config.lever_arm_m, p[_OFFSETS] * config.acc_offset_mps2
        delay_s = float(p[_DELAY]) * config.delay_s
        return Joint(shin, foot, arms[:3], arms[3:], offsets[:3], offsets[3:], delay_s)

    def residuals(p: FloatArray) -> FloatArray:
        joint = unpack(p)
        # The priors are residuals like the others; the axes have none, movement shows them best.
        return np.concatenate([*(_compare(piece, joint, config) for piece in pieces), p[4:]])

    scale = np.concatenate([np.full(4, _SMALL_ANGLE), np.ones(13)])
    most = np.full(_PARAMETERS, np.inf)
    most[_OFFSETS] = config.most_offset_mps2 / config.acc_offset_mps2
    found = least_squares(
        residuals,
        np.zeros(_PARAMETERS),
        bounds=(-most, most),
        loss="soft_l1",
        x_scale=scale,
        max_nfev=steps,
        ftol=_TOLERANCE,
        xtol=_TOLERANCE,
    )
    return _Solution(float(found.cost), unpack(found.x), np.asarray(found.jac))


def _result(pieces: Sequence[Pieces], found: _Solution, config: JointFitConfig) -> JointFit:
    # Neighbouring samples err alike: a second counts as one independent sample of each of the four
    # comparisons.
    seconds = sum(piece.weight.size for piece in pieces) / STEP_HZ
    alike = len(found.jacobian) / (4.0 * seconds)
    prior = np.concatenate([np.zeros(4), np.ones(13)])
    information = found.jacobian.T @ found.jacobian / alike + np.diag(prior + 1e-9)
    sd = np.sqrt(np.diag(np.linalg.inv(information)))
    aside = [_off_axis(piece, found.joint).ravel() for piece in pieces]
    return JointFit(
        found.joint,
        axis_deg=float(np.degrees(np.sqrt(np.mean(sd[_AXES] ** 2)))),
        lever_arm_m=float(np.sqrt(np.mean(sd[_ARMS] ** 2)) * config.lever_arm_m),
        acc_offset_mps2=float(np.sqrt(np.mean(sd[_OFFSETS] ** 2)) * config.acc_offset_mps2),
        misfit_deg=float(np.degrees(np.sqrt(np.mean(np.abs(np.concatenate(aside)) ** 2)))),
    )


def _forces(piece: Pieces, joint: Joint) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the forces (3, m, n) m/s² at the joint's centre in both joint frames, and the integral.

    The integral (m, n) rad is that of the joint's rate.
    """
    shin = (
        piece.shin_acc
        - joint.shin_offset[:, None, None]
        - _from_arm(piece.shin_arm, joint.shin_arm)
    )
    foot = (
        piece.foot_acc
        - joint.foot_offset[:, None, None]
        - _from_arm(piece.foot_arm, joint.foot_arm)
    )
    # To first order: the clocks differ by milliseconds, in which nothing changes much.
    foot += joint.delay_s * (piece.foot_jerk - _from_arm(piece.foot_arm_change, joint.foot_arm))
    foot_turn = piece.foot_turn + joint.delay_s * piece.foot_gyr
    turn = along(joint.foot_axis, foot_turn) - along(joint.shin_axis, piece.shin_turn)
    return (
        (joint_frame(joint.shin_axis) @ shin.reshape(3, -1)).reshape(shin.shape),
        (joint_frame(joint.foot_axis) @ foot.reshape(3, -1)).reshape(foot.shape),
        turn,
    )


def _from_arm(rows: FloatArray, arm: FloatArray) -> FloatArray:
    """Return the acceleration (3, m, n) that a lever arm (3,) adds, from its ``rows``."""
    out: FloatArray = rows[:, 0] * arm[0] + rows[:, 1] * arm[1] + rows[:, 2] * arm[2]
    return out


def _gap(
    piece: Pieces, forces: tuple[FloatArray, FloatArray, FloatArray], config: JointFitConfig
) -> tuple[FloatArray, FloatArray]:
    """Return the angle (m, n) rad between forces and integral less its drift, and its weight.

    Across the axis the forces are complex numbers, so their product has the angle between them.
    """
    shin, foot, turn = forces
    product = (shin[0] + 1j * shin[1]) * (foot[0] - 1j * foot[1]) * np.exp(-1j * turn)
    # First the mean direction is removed, so that no angle in the piece wraps.
    middle = product.sum(axis=-1, keepdims=True)
    angle = np.angle(product * np.conj(middle))
    size = np.abs(product) + 1e-9
    # A force nearly along the axis has little across it, and its direction there is noise.
    weight = piece.weight * size
    low_pass = butterworth(1, 1.0 / (2.0 * np.pi * config.drift_s), STEP_HZ)
    slow = forward_and_back(low_pass, np.stack([weight * angle, weight]), odd=False)
    gap: FloatArray = angle - slow[0] / np.maximum(slow[1], 1e-9)
    return gap, size


def _off_axis(piece: Pieces, joint: Joint) -> ComplexArray:
    """Return the turn (m, n) rad about other axes than the joint's within about a second."""
    shin, foot, turn = _forces(piece, joint)
    product = (shin[0] + 1j * shin[1]) * (foot[0] - 1j * foot[1]) * np.exp(-1j * turn)
    angle = turn + np.angle(product.sum(axis=-1, keepdims=True))
    shin_rate, foot_rate = (
        (joint_frame(axis) @ rate.reshape(3, -1)).reshape(rate.shape)
        for axis, rate in ((joint.shin_axis, piece.shin_gyr), (joint.foot_axis, piece.foot_gyr))
    )
    return off_axis_turn(shin_rate, foot_rate, angle, STEP_HZ)


def _compare(piece: Pieces, joint: Joint, config: JointFitConfig) -> FloatArray:
    """Return the differences (4 m n,) between what both links measure, each over what it may be.

    They are the direction of the force, its size across and along the axis, and the rate across it.
    """
    forces = _forces(piece, joint)
    gap, size = _gap(piece, forces, config)
    shin, foot, _ = forces
    w = piece.weight / _FORCE_MPS2
    across = np.hypot(shin[0], shin[1]) - np.hypot(foot[0], foot[1])
    rate = _across(piece.shin_gyr, joint.shin_axis) - _across(
        piece.foot_gyr + joint.delay_s * piece.foot_change, joint.foot_axis
    )
    return np.concatenate(
        [
            (w * gap * np.sqrt(size)).ravel(),
            (w * across).ravel(),
            (w * (shin[2] - foot[2])).ravel(),
            rate.ravel() / np.radians(_RATE_DPS),
        ]
    )


def _across(rate: FloatArray, axis: FloatArray) -> FloatArray:
    """Return the size (m, n) of ``rate`` (3, m, n) across ``axis`` (3,)."""
    part = along(axis, rate)
    square = rate[0] * rate[0] + rate[1] * rate[1] + rate[2] * rate[2]
    out: FloatArray = np.sqrt(np.maximum(square - part * part, 1e-12))
    return out
