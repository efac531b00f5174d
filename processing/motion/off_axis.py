"""The turn of a joint about other axes than its own: large where it does not move like a hinge.

Across the axis of a hinge both gyros show the same rate. The difference is a turn about other axes:
of soft tissue, a few degrees; of a joint with two axes or more, many. It is integrated with a short
memory, so that neither an offset of a gyro nor an impact counts.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from processing.motion.low_pass import Section, from_rest
from sensor.types import FloatArray

ComplexArray: TypeAlias = npt.NDArray[np.complex128]

MEMORY_S = 1.0
"""Memory of the turn: shorter than a slow rep, longer than an impact."""
NO_HINGE_DEG = 8.0
"""A joint that turns further about other axes (root mean square) is no hinge.

Hinges under soft tissue, and ankles whose foot turns in step with them, show 0.4 to 4° in half a
minute, a person up to 6°; simulated joints with two or three independent axes 11 to 27°. Where the joint turns
in a calibration, simulated ankles show 0.4 to 2.1°, braces up to 3.9°, a person 6.6°, the others 8.3 to 35°.
"""
NO_HINGE_SHARE = 0.5
"""It must also be more than this share of the turn about the joint's own axis."""


def off_axis_turn(
    shin: FloatArray, foot: FloatArray, angle: FloatArray, rate_hz: float
) -> ComplexArray:
    """Return the turn (..., n) rad about x and y of the foot's joint frame, as complex numbers.

    What axes that are a little off would show is taken out by least squares: the joint may still be
    a hinge.

    Parameters
    ----------
    shin, foot
        (3, ..., n) rad/s, each in its joint frame, whose third axis is the joint's.
    angle
        (..., n) rad from the shin's frame to the foot's about that axis.
    rate_hz
        Rate of the samples.
    """
    turn, *tilted = off_axis_parts(shin, foot, angle, rate_hz)
    columns = np.stack([part.ravel() for part in tilted], axis=1)
    share = np.linalg.lstsq(columns, turn.ravel(), rcond=None)[0]
    out: ComplexArray = turn - (share[0] * tilted[0] + share[1] * tilted[1])
    return out


def off_axis_parts(
    shin: FloatArray, foot: FloatArray, angle: FloatArray, rate_hz: float
) -> tuple[ComplexArray, ComplexArray, ComplexArray]:
    """Return the turn about x and y of the foot's frame, and what tilts of both axes would add to it.

    Parameters as of :func:`off_axis_turn`; results (..., n) rad, those of the tilts per rad.
    """
    across = np.exp(-1j * angle)
    rate = (shin[0] + 1j * shin[1]) * across - (foot[0] + 1j * foot[1])
    return (
        remembered(rate, rate_hz),
        remembered(shin[2] * across, rate_hz),
        remembered(foot[2] + 0j, rate_hz),
    )


def remembered(rate: ComplexArray, rate_hz: float) -> ComplexArray:
    """Return the turn (..., n) rad by ``rate`` (..., n) rad/s within about the last second."""
    step_s = 1.0 / rate_hz
    leaky = Section(step_s, 0.0, 0.0, step_s / MEMORY_S - 1.0, 0.0)
    out: ComplexArray = from_rest(leaky, rate.real) + 1j * from_rest(leaky, rate.imag)
    return out
