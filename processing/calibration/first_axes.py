"""First guesses of the axes from the marked movements, or why there are none."""

import numpy as np

from processing.calibration.config import CalibrationConfig
from processing.calibration.swapped_sensors import turned_alone
from processing.motion.axes import hinge_axes, principal_axis
from processing.motion.calibrated import CalibrationError, CalibrationFault
from processing.motion.pose import Pose, grid_rate
from processing.types import PairedBlock
from sensor.types import FloatArray


def refuse_swapped(pumps: PairedBlock, pose: Pose, config: CalibrationConfig) -> None:
    """Do nothing unless the shin's sensor pumps and the foot's does not.

    Raises
    ------
    CalibrationError
        Then: they are swapped.
    """
    sound = pumps.shin_valid & pumps.foot_valid
    alone = turned_alone(
        pumps.shin_gyr[sound] - pose.shin_gyr,
        pumps.foot_gyr[sound] - pose.foot_gyr,
        grid_rate(pumps),
        config.swap,
    )
    if alone.looks_swapped(config.swap):
        raise CalibrationError(
            CalibrationFault.SWAPPED,
            f"{CalibrationFault.SWAPPED}, pumps",
            alone.detail,
            value=alone.shin_deg,
            unit="deg",
        )


def axes_of_curls(
    curls: PairedBlock, pose: Pose, config: CalibrationConfig
) -> tuple[FloatArray, FloatArray]:
    """Return the knee's axis (3,) as seen from shin and foot: with the ankle held, both turn about it.

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
    if turned < config.min_curl_deg:
        raise CalibrationError(
            CalibrationFault.NO_MOVEMENT,
            "curls",
            f"the shin turned by {turned:.0f}° only; curl through the whole range",
            value=float(turned),
            unit="deg",
        )
    if axis.spread > config.max_spread:
        raise CalibrationError(
            CalibrationFault.NO_AXIS,
            "shin sensor, curls",
            f"the shin did not turn about one axis (spread {axis.spread:.2f}); "
            "tighten the strap and curl without twisting",
            value=axis.spread,
        )
    other = principal_axis(foot).axis
    together = float((shin @ axis.axis) @ (foot @ other))
    return axis.axis, other if together > 0 else -other


def axes_of_pumps(
    pumps: PairedBlock, pose: Pose, config: CalibrationConfig
) -> list[tuple[FloatArray, FloatArray]]:
    """Return guesses of the ankle's axis, (3,) as seen from shin and foot, where only the foot moves.

    Raises
    ------
    CalibrationError
        If it hardly moved.
    """
    sound = pumps.shin_valid & pumps.foot_valid
    foot = pumps.foot_gyr[sound] - pose.foot_gyr
    rate_hz = grid_rate(pumps)
    axis = principal_axis(foot).axis if len(foot) else np.array([0.0, 0.0, 1.0])
    turned = np.degrees(np.ptp(np.cumsum(foot @ axis))) / rate_hz if len(foot) else 0.0
    if turned < config.min_turn_deg:
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
