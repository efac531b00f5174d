"""First guesses of the joint axes, from gyros."""

from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import joint_frame, unit
from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class PrincipalAxis:
    """``axis`` (3,) a unit vector; ``spread`` the rotation beside it as a share of that about it."""

    axis: FloatArray
    spread: float


def principal_axis(gyr: FloatArray) -> PrincipalAxis:
    """Return the axis about which ``gyr`` (n, 3) turns most; its sign is that of the first turn.

    ``spread`` is the ratio of the second to the first singular value: below 0.1 is a good axis.
    """
    _, values, axes = np.linalg.svd(gyr, full_matrices=False)
    axis = unit(axes[0])
    turned = np.cumsum(gyr @ axis)
    first = turned[np.argmax(np.abs(turned) > 0.5 * np.abs(turned).max())]
    return PrincipalAxis(axis if first >= 0 else -axis, float(values[1] / max(values[0], 1e-12)))


def hinge_axes(
    shin_acc: FloatArray, shin_gyr: FloatArray, foot_acc: FloatArray, foot_gyr: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the axis (3,) of the hinge between two links as seen from each, from any movement.

    After Olsson, Kok, Seel & Halvorsen (Sensors 20:3534, 2020): both gyros turn equally fast
    across the axis, both accelerometers feel about the same along it. All arguments (n, 3), gyros
    free of offsets. The two are one physical direction; which end of it is positive is open.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - slow to load

    rate, force = 0.3, 6.0
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
                (_across(shin_gyr, shin) - _across(foot_gyr, foot)) / rate,
                (shin_acc @ shin - foot_acc @ foot) / force,
            ]
        )

    best = min(
        (
            least_squares(residuals, [0.0, 0.0, 0.0, 0.0, sign], loss="soft_l1", max_nfev=40)
            for sign in (1.0, -1.0)
        ),
        key=lambda found: float(found.cost),
    )
    return unpack(best.x)


def _across(gyr: FloatArray, axis: FloatArray) -> FloatArray:
    part = gyr @ axis
    out: FloatArray = np.sqrt(np.maximum((gyr * gyr).sum(axis=1) - part * part, 1e-12))
    return out
