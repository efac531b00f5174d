"""Soft tissue that gives way under force: a sensor on it leans with gravity and rings after impacts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sensor.simulation.paths import Motion
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

GRID_HZ = 250.0
"""Rate at which the tissue is computed: ten times its highest frequency and more."""
_FREQUENCY_HZ = (6.0, 14.0)
"""Natural frequency of a small sensor that is strapped to skin and muscle."""
_DAMPING = (0.15, 0.4)
"""Share of critical damping: it rings for one to three periods."""


@dataclass(frozen=True, slots=True)
class TissueGive:
    """The turn of a sensor about x, y and z of its bone, by the force on it."""

    turn: Callable[[FloatArray, int], FloatArray]
    """(n, 3) rad as a function of times (n,) in s, and its derivative of an order."""

    def at(self, t: FloatArray) -> tuple[Motion, Motion, Motion]:
        """Return the turns about the three axes at times ``t`` (n,) in s."""
        value, rate, acceleration = (self.turn(t, order) for order in range(3))
        x, y, z = (Motion(value[:, i], rate[:, i], acceleration[:, i]) for i in range(3))
        return x, y, z


def draw_give(force: FloatArray, give: float, rng: np.random.Generator) -> TissueGive:
    """Return tissue of random stiffness and direction.

    Parameters
    ----------
    force
        (n, 3) m/s², specific force on the bone at the sensor, in the bone's frame, at
        :data:`GRID_HZ` from 0 s on.
    give
        Turn in rad per standard gravity.
    rng
        Source of chance.
    """
    from scipy.interpolate import CubicSpline  # noqa: PLC0415 - slow to load
    from scipy.signal import bilinear, lfilter, lfilter_zi  # noqa: PLC0415 - slow to load

    # The turn is a random linear function of the force, of this size at most.
    matrix = rng.standard_normal((3, 3))
    matrix *= give / np.linalg.norm(matrix)
    omega = 2.0 * np.pi * float(rng.uniform(*_FREQUENCY_HZ))
    damping = float(rng.uniform(*_DAMPING))
    numerator, denominator = bilinear(
        [omega**2], [1.0, 2.0 * damping * omega, omega**2], fs=GRID_HZ
    )
    pull = force @ matrix.T / STANDARD_GRAVITY_MPS2
    start = lfilter_zi(numerator, denominator)[:, None] * pull[0]
    turn, _ = lfilter(numerator, denominator, pull, axis=0, zi=start)
    return TissueGive(CubicSpline(np.arange(len(turn)) / GRID_HZ, turn))
