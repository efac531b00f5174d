"""The shin turn after a gap: known when it is right, later in movement than at rest."""

from collections.abc import Callable

import numpy as np
import pytest

from processing.motion.gravity_steps import ROUGH, SETTLED
from processing.motion.grid import Run
from processing.motion.shin_turn import ShinTurn
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

STEP_S = 0.01
ARM_M = 0.25
"""From the knee to the sensor, along the shin."""
AXIS = np.array([0.0, 0.0, 1.0])


def shin(turn: FloatArray, knee_mps: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return accelerometer and gyro (n, 3) of a shin in a vertical plane.

    It turns by ``turn`` (n + 1,) rad about a knee of the horizontal velocity ``knee_mps`` (n + 1,).
    The sensor lies at ``ARM_M`` along its own x, which points up at a turn of zero.
    """
    rate = np.diff(turn) / STEP_S
    middle = 0.5 * (turn[1:] + turn[:-1])
    change = np.gradient(rate, STEP_S)
    push = np.diff(knee_mps) / STEP_S
    # Up and forward in the shin's frame, which turns from x to y.
    x = STANDARD_GRAVITY_MPS2 * np.cos(middle) + push * np.sin(middle) - rate**2 * ARM_M
    y = -STANDARD_GRAVITY_MPS2 * np.sin(middle) + push * np.cos(middle) + change * ARM_M
    zero = np.zeros(len(rate))
    return np.stack([x, y, zero], axis=1), np.stack([zero, zero, rate], axis=1)


def resting(t: FloatArray) -> tuple[FloatArray, FloatArray]:
    return np.zeros(len(t)), np.zeros(len(t))


def curling(t: FloatArray) -> tuple[FloatArray, FloatArray]:
    return np.radians(45.0) * (1.0 - np.cos(2.0 * np.pi * t / 4.0)), np.zeros(len(t))


def walking(t: FloatArray) -> tuple[FloatArray, FloatArray]:
    stride = 2.0 * np.pi * t / 1.1
    return np.radians(25.0) * np.sin(stride), 1.2 + 0.8 * np.cos(stride)


@pytest.mark.parametrize(
    ("movement", "least_s", "most_s"),
    [(resting, 0.3, 0.8), (curling, 0.5, 3.0), (walking, 3.0, 25.0)],
)
def test_after_a_gap_the_turn_is_known_when_it_is_right(
    movement: Callable[[FloatArray], tuple[FloatArray, FloatArray]], least_s: float, most_s: float
) -> None:
    before, gap, after = 2000, 500, 3000
    t = STEP_S * np.arange(before + gap + after + 1, dtype=np.float64)
    turn, speed = movement(t)
    acc, gyr = shin(turn, speed)
    upright = np.array([STANDARD_GRAVITY_MPS2, 0.0, 0.0])
    runs = [
        Run(0, before, valid=True, missing=0),
        Run(before, before + gap, valid=False, missing=0),
        Run(before + gap, len(acc), valid=True, missing=gap),
    ]
    found, left = ShinTurn(AXIS, upright, 1.0 / STEP_S).feed(acc, gyr, runs)
    known = left == SETTLED
    first = int(np.argmax(known[before + gap :]))
    assert least_s <= first * STEP_S <= most_s
    assert known[before + gap + first :].all()
    off = np.abs(found - turn[1:])[before + gap + first :]
    assert np.degrees(off.max()) < 0.5
    rough = np.abs(found - turn[1:])[left == ROUGH]
    assert np.degrees(rough.max(initial=0.0)) < 5.0
