"""The filter of a joint's angle: what a gap costs it."""

from copy import deepcopy

import numpy as np

from processing.motion.joint_corrections import SIZE
from processing.motion.joint_filter import OFFSET, JointFilter, JointFilterConfig
from processing.motion.joint_windows import JointWindows
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

WINDOW_S = 0.1
SETTLED = np.radians(0.2) ** 2
"""Variance below which a gap is over."""


def window(rng: np.random.Generator, turned: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return forces, rates and turns of a window in which both links feel gravity at ``turned`` rad."""
    forces, rates = 0.1 * rng.standard_normal((4, 18)), 0.1 * rng.standard_normal((4, 5))
    forces[:, 0] = STANDARD_GRAVITY_MPS2 * np.tile([np.cos(turned), np.sin(turned)], 2)
    rates[:, 0] = 0.0
    return forces, rates, 0.05 * rng.standard_normal(4)


def advance(joint: JointFilter, *one: FloatArray, shin_still: bool = False) -> None:
    """Advance by one window: forces, rates and turns; the still shin reads gravity."""
    acc = np.array([[0.0, 0.6, 0.8]]) * STANDARD_GRAVITY_MPS2
    forces, rates, turns = (part[None] for part in one)
    windows = JointWindows(forces, rates, turns, acc, acc, np.ones(1))
    joint.advance(
        windows, np.array([[shin_still, False]]), np.zeros(1), WINDOW_S, np.eye(SIZE)[OFFSET]
    )


def started(rng: np.random.Generator) -> JointFilter:
    """Return a filter that has just started."""
    joint = new_filter(0.003)
    advance(joint, *window(rng, 0.0))
    return joint


def new_filter(deviation: float) -> JointFilter:
    """Return a filter whose state is known to within ``deviation``, but for the angle."""
    deviations = np.full(SIZE, deviation)
    deviations[OFFSET] = 0.0
    return JointFilter(JointFilterConfig(), np.zeros(SIZE), deviations, SETTLED)


def test_the_cost_of_a_gap_is_the_difference_to_a_filter_that_had_none() -> None:
    rng = np.random.default_rng(1)
    joint = started(rng)
    ungapped = deepcopy(joint)
    ungapped.p = joint.p - joint.gap_variance * np.outer(joint.gap, joint.gap)
    assert np.degrees(np.sqrt(joint.p[OFFSET, OFFSET] - ungapped.p[OFFSET, OFFSET])) > 1.5
    for turned in (0.3, 0.8, 1.4):
        one = window(rng, turned)
        for each in (joint, ungapped):
            advance(each, *one, shin_still=True)
        assert joint.gap_variance > 0.0
        cost = joint.gap_variance * np.outer(joint.gap, joint.gap)
        assert np.abs(joint.p - cost - ungapped.p).max() < 1e-9 * joint.p.max()


def test_a_gap_is_over_sooner_where_both_sensors_agree() -> None:
    windows = []
    for noise_mps2 in (0.02, 0.6):
        rng = np.random.default_rng(2)
        joint = started(rng)
        for count in range(1, 60):  # noqa: B007
            forces, rates, turns = window(rng, 0.1)
            forces[:, 0] += noise_mps2 * rng.standard_normal(4)
            advance(joint, forces, rates, turns)
            if not joint.settling:
                break
        windows.append(count)
    assert windows[0] < windows[1]
    assert 2 <= windows[0] <= 8
    assert windows[1] <= 40


def test_the_angle_that_is_given_again_is_that_without_a_gap() -> None:
    differences = []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        whole = new_filter(1e-3)
        joint = whole
        for count in range(60):
            if count == 30:
                joint = deepcopy(whole)
                joint.restart()
            forces, rates, turns = window(rng, rng.uniform(-1.0, 1.0))
            forces[:, 1:] = rates[:, 1:] = turns[:] = 0.0
            forces[:, 0] += 0.15 * rng.standard_normal(4)
            for each in {id(one): one for one in (whole, joint)}.values():
                advance(each, forces, rates, turns)
            if count >= 30 and not joint.settling:
                break
        assert not joint.settling
        differences.append(np.degrees(joint.x[OFFSET] - whole.x[OFFSET]))
    assert np.mean(np.abs(differences) < 0.5) >= 0.9
    assert np.abs(differences).max() < 1.0
