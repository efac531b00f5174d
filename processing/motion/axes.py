"""First guesses of the joint axes, from the movement of one or two links."""

from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import joint_frame, unit
from sensor.types import FloatArray

_RATE_RADPS = 0.3
"""Rates of both links across the axis that differ by more than this (17 °/s) count less.

The weights of the two conditions follow Olsson et al. 2020; their values are not documented.
"""
_FORCE_MPS2 = 6.0
"""Forces on both links along the axis that differ by more than this count less.

It is much, because lever arms are left out here: the sensors are in different places of the leg.
"""
_MOST_STEPS = 40
"""The guess is only a start for the fit of the whole joint: more steps would not pay."""


@dataclass(frozen=True, slots=True)
class PrincipalAxis:
    """The axis about which a sensor turns most."""

    axis: FloatArray
    """(3,) unit vector in the sensor's frame."""
    spread: float
    """Rotation beside the axis as a share of that about it: a good axis has less than 0.1."""


def principal_axis(gyr: FloatArray) -> PrincipalAxis:
    """Return the axis about which ``gyr`` (n, 3) rad/s turns most, by singular values.

    The first large turn is positive about it.
    """
    _, values, axes = np.linalg.svd(gyr, full_matrices=False)
    axis = unit(axes[0])
    turned = np.cumsum(gyr @ axis)
    # Half of the largest turn: the settling before a movement is smaller.
    first = turned[np.argmax(np.abs(turned) > 0.5 * np.abs(turned).max())]
    return PrincipalAxis(axis if first >= 0 else -axis, float(values[1] / max(values[0], 1e-12)))


def hinge_axes(
    shin_acc: FloatArray, shin_gyr: FloatArray, foot_acc: FloatArray, foot_gyr: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the axis of the hinge between two links in the frame of each, from any movement.

    After Olsson, Kok, Seel & Halvorsen (Sensors 20:3534, 2020): both gyros turn equally fast
    across the axis, and both accelerometers measure about the same along it.

    Parameters
    ----------
    shin_acc, foot_acc
        (n, 3) m/s², each in its sensor's frame.
    shin_gyr, foot_gyr
        (n, 3) rad/s, offsets removed.

    Returns
    -------
    tuple
        Unit vectors (3,) in the shin's and in the foot's frame: the same line, but its two ends
        may be exchanged in one of them.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - slow to load

    shin_frame = joint_frame(principal_axis(shin_gyr).axis)
    foot_frame = joint_frame(principal_axis(foot_gyr).axis)

    def unpack(p: FloatArray) -> tuple[FloatArray, FloatArray]:
        shin = unit(shin_frame[2] + p[0] * shin_frame[0] + p[1] * shin_frame[1])
        foot = unit(p[4] * foot_frame[2] + p[2] * foot_frame[0] + p[3] * foot_frame[1])
        return shin, foot

    def residuals(p: FloatArray) -> FloatArray:
        shin, foot = unpack(p)
        return np.concatenate(
            [
                (_across(shin_gyr, shin) - _across(foot_gyr, foot)) / _RATE_RADPS,
                (shin_acc @ shin - foot_acc @ foot) / _FORCE_MPS2,
            ]
        )

    # The foot's axis may point either way against its first guess: try both.
    best = min(
        (
            least_squares(
                residuals, [0.0, 0.0, 0.0, 0.0, sign], loss="soft_l1", max_nfev=_MOST_STEPS
            )
            for sign in (1.0, -1.0)
        ),
        key=lambda found: float(found.cost),
    )
    return unpack(best.x)


def _across(gyr: FloatArray, axis: FloatArray) -> FloatArray:
    part = gyr @ axis
    out: FloatArray = np.sqrt(np.maximum((gyr * gyr).sum(axis=1) - part * part, 1e-12))
    return out
