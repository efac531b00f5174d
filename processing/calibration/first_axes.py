"""First guesses of the axes from the marked movements, or the error that there are none."""

import numpy as np

from processing.calibration.swapped_sensors import turned_alone
from processing.motion.axes import hinge_axes, principal_axis
from processing.motion.calibrated import CalibrationError, CalibrationFault
from processing.motion.pose import Pose, grid_rate
from processing.types import PairedBlock
from sensor.types import FloatArray

MIN_TURN_DEG = 10.0
"""A movement with a smaller range shows no axis: soft tissue moves the sensor by several degrees."""
MIN_CURL_DEG = 30.0
"""An unloaded curl with a smaller range is none. Not chosen by a documented measurement."""
MAX_SPREAD = 0.5
"""Most rotation beside the axis of a curl, as a share of that about it.

A good axis has less than 0.1; beyond a half the leg twists as much as it bends.
"""


def refuse_swapped(pumps: PairedBlock, pose: Pose) -> None:
    """Raise if the shin's sensor pumps and the foot's does not.

    Raises
    ------
    CalibrationError
        If the sensors look swapped.
    """
    sound = pumps.shin_valid & pumps.foot_valid
    alone = turned_alone(
        pumps.shin_gyr[sound] - pose.shin_gyr,
        pumps.foot_gyr[sound] - pose.foot_gyr,
        grid_rate(pumps),
    )
    if alone.looks_swapped:
        raise CalibrationError(
            CalibrationFault.SWAPPED,
            f"{CalibrationFault.SWAPPED}, pumps",
            alone.detail,
            value=alone.shin_deg,
            unit="deg",
        )


def axes_of_curls(curls: PairedBlock, pose: Pose) -> tuple[FloatArray, FloatArray]:
    """Return the knee's axis in the shin's and in the foot's frame, unit vectors (3,).

    With the ankle held, both turn about it.

    Raises
    ------
    CalibrationError
        If the shin hardly turned, or not about one axis.
    """
    sound = curls.shin_valid & curls.foot_valid
    shin = curls.shin_gyr[sound] - pose.shin_gyr
    foot = curls.foot_gyr[sound] - pose.foot_gyr
    rate_hz = grid_rate(curls)
    axis = principal_axis(shin)
    turned = np.degrees(np.ptp(np.cumsum(shin @ axis.axis))) / rate_hz if len(shin) else 0.0
    if turned < MIN_CURL_DEG:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "curls",
            f"the shin turned by {turned:.0f}° only; curl through the whole range",
            value=float(turned),
            unit="deg",
        )
    if axis.spread > MAX_SPREAD:
        raise CalibrationError(
            CalibrationFault.NO_AXIS,
            "shin sensor, curls",
            f"the shin did not turn about one axis (spread {axis.spread:.2f}); "
            "tighten the strap and curl without twisting",
            value=axis.spread,
        )
    other = principal_axis(foot).axis
    # With the ankle held both turn the same way about one line.
    together = float((shin @ axis.axis) @ (foot @ other))
    return axis.axis, other if together > 0 else -other


def axes_of_pumps(pumps: PairedBlock, pose: Pose) -> list[tuple[FloatArray, FloatArray]]:
    """Return guesses of the ankle's axis in the shin's and in the foot's frame, unit vectors (3,).

    Only the foot moves, so the ends of the two axes cannot be matched by the gyros: there are two
    guesses.

    Raises
    ------
    CalibrationError
        If the foot hardly moved.
    """
    sound = pumps.shin_valid & pumps.foot_valid
    foot = pumps.foot_gyr[sound] - pose.foot_gyr
    rate_hz = grid_rate(pumps)
    axis = principal_axis(foot).axis if len(foot) else np.array([0.0, 0.0, 1.0])
    turned = np.degrees(np.ptp(np.cumsum(foot @ axis))) / rate_hz if len(foot) else 0.0
    if turned < MIN_TURN_DEG:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "foot sensor, pumps",
            f"the foot turned by {turned:.0f}° only; move it through the whole range",
            value=float(turned),
            unit="deg",
        )
    axes = hinge_axes(
        pumps.shin_acc[sound], pumps.shin_gyr[sound] - pose.shin_gyr, pumps.foot_acc[sound], foot
    )
    return [axes, (axes[0], -axes[1])]
