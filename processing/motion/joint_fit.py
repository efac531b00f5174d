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

from processing.motion.geometry import joint_frame, unit
from processing.motion.joint_comparison import (
    ARMS,
    AXES,
    DELAY,
    OFFSETS,
    PARAMETERS,
    Comparison,
    Joint,
    Scales,
    forces,
    seen,
)
from processing.motion.joint_pieces import (
    PIECE_S,
    STEP_HZ,
    Pieces,
    cut_pieces,
    even_choice,
    prepare_piece,
    stack_pieces,
)
from processing.motion.off_axis import off_axis_turn, remembered
from processing.motion.robust_minimum import Minimum, robust_minimum
from processing.types import PairedBlock
from sensor.types import FloatArray

_TRY_S = 40.0
"""Movement by which guesses of the axes are compared: two pieces."""
_TRY_STEPS = 8
"""Most steps of the search for each guess; wrong ends of an axis show at once."""
_STEPS = 20
"""Most steps of the search from the best guess."""
_TOLERANCE = 1e-4
"""The search ends when a step changes cost or parameters by a smaller share than this."""


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
    """Turn about other axes than the joint's within about a second, root mean square, °.

    Each moment counts by the square of the whole turn in that second: a joint that rests, or is held,
    does not show how it turns.
    """
    cost: float
    """The value that the fit minimises; comparable between fits to the same movement."""


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
        best = min(tried, key=lambda one: one.minimum.cost).joint
        axes = best.shin_axis, best.foot_axis
    pieces = stack_pieces(prepared)
    return _result(pieces, _solve(pieces, axes, config, _STEPS), config)


@dataclass(frozen=True, slots=True)
class _Solution:
    """The end of a search, and the joint there."""

    minimum: Minimum
    joint: Joint


def _solve(
    pieces: Sequence[Pieces],
    guess: tuple[FloatArray, FloatArray],
    config: JointFitConfig,
    steps: int,
) -> _Solution:
    """Search the joint that explains ``pieces`` best, from ``guess``, in at most ``steps`` steps.

    Differences beyond the expected ones count less: soft tissue jerks.
    """
    shin_frame, foot_frame = joint_frame(guess[0]), joint_frame(guess[1])

    def unpack(p: FloatArray) -> Joint:
        shin = unit(shin_frame[2] + p[0] * shin_frame[0] + p[1] * shin_frame[1])
        foot = unit(foot_frame[2] + p[2] * foot_frame[0] + p[3] * foot_frame[1])
        arms, offsets = p[ARMS] * config.lever_arm_m, p[OFFSETS] * config.acc_offset_mps2
        delay_s = float(p[DELAY]) * config.delay_s
        return Joint(shin, foot, arms[:3], arms[3:], offsets[:3], offsets[3:], delay_s)

    def compared(p: FloatArray) -> tuple[Joint, list[Comparison]]:
        joint = unpack(p)
        return joint, [Comparison(piece, joint, config.drift_s) for piece in pieces]

    def differences(p: FloatArray) -> FloatArray:
        # The priors are differences like the others; the axes have none, movement shows them best.
        return np.concatenate([*(one.differences() for one in compared(p)[1]), p[4:]])

    def derivatives(p: FloatArray) -> FloatArray:
        joint, comparisons = compared(p)
        scales = Scales(
            _tilts(joint.shin_axis, shin_frame, p[:2]),
            _tilts(joint.foot_axis, foot_frame, p[2:4]),
            config.lever_arm_m,
            config.acc_offset_mps2,
            config.delay_s,
        )
        own = [one.derivatives(scales) for one in comparisons]
        return np.concatenate([*own, np.eye(PARAMETERS)[:, 4:]], axis=1)

    most = np.full(PARAMETERS, np.inf)
    most[OFFSETS] = config.most_offset_mps2 / config.acc_offset_mps2
    found = robust_minimum(differences, derivatives, most, steps, _TOLERANCE)
    return _Solution(found, unpack(found.x))


def _tilts(axis: FloatArray, frame: FloatArray, p: FloatArray) -> FloatArray:
    """Return the change (2, 3) of a unit ``axis`` by each of its tilts ``p`` towards x and y of ``frame``."""
    across = frame[:2] - np.outer(frame[:2] @ axis, axis)
    out: FloatArray = across / np.sqrt(1.0 + p @ p)
    return out


def _result(pieces: Sequence[Pieces], found: _Solution, config: JointFitConfig) -> JointFit:
    # Neighbouring samples err alike: a second counts as one independent sample of each of the four
    # comparisons.
    seconds = sum(piece.weight.size for piece in pieces) / STEP_HZ
    alike = found.minimum.count / (4.0 * seconds)
    prior = np.concatenate([np.zeros(4), np.ones(13)])
    information = found.minimum.information / alike + np.diag(prior + 1e-9)
    sd = np.sqrt(np.diag(np.linalg.inv(information)))
    turns = [_turns(piece, found.joint) for piece in pieces]
    own, aside = (np.concatenate([t[k].ravel() for t in turns]) for k in range(2))
    counts = own + aside
    return JointFit(
        found.joint,
        axis_deg=float(np.degrees(np.sqrt(np.mean(sd[AXES] ** 2)))),
        lever_arm_m=float(np.sqrt(np.mean(sd[ARMS] ** 2)) * config.lever_arm_m),
        acc_offset_mps2=float(np.sqrt(np.mean(sd[OFFSETS] ** 2)) * config.acc_offset_mps2),
        misfit_deg=float(np.degrees(np.sqrt(counts @ aside / max(counts.sum(), 1e-12)))),
        cost=float(found.minimum.cost),
    )


def _turns(piece: Pieces, joint: Joint) -> tuple[FloatArray, FloatArray]:
    """Return squares (m, n) rad² of the turn within about a second: about the joint's axis, and about others."""
    shin, foot, turn = forces(piece, joint)
    product = (shin[0] + 1j * shin[1]) * (foot[0] - 1j * foot[1]) * np.exp(-1j * turn)
    angle = turn + np.angle(product.sum(axis=-1, keepdims=True))
    shin_rate, foot_rate = (
        seen(joint_frame(axis), rate)
        for axis, rate in ((joint.shin_axis, piece.shin_gyr), (joint.foot_axis, piece.foot_gyr))
    )
    aside = np.abs(off_axis_turn(shin_rate, foot_rate, angle, STEP_HZ)) ** 2
    own = remembered(foot_rate[2] - shin_rate[2] + 0j, STEP_HZ).real ** 2
    return own, aside
