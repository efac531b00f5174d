"""The angle that drives the exercise in hand, from the angles of a leg."""

from dataclasses import replace
from typing import assert_never

import numpy as np

from processing.exercises.exercise import Driving, Exercise
from processing.motion.calibrated import Calibration
from processing.types import AngleBlock
from sensor.types import frozen, frozen_bool


def unloaded_rom(exercise: Exercise, calibration: Calibration | None) -> float | None:
    """Return the range (rad) of a whole rep of ``exercise`` without a load; None if it is not known.

    The calibration's curls show that of the exercises which ask for them, and whose reps begin as they do.
    """
    curls = "curls" in exercise.calibration and not exercise.reps.lowers_first
    if calibration is None or not curls:
        return None
    return calibration.reference_rom


def unloaded_rom_deg(exercise: Exercise, calibration: Calibration | None) -> float | None:
    """Return the same in °."""
    rom = unloaded_rom(exercise, calibration)
    return None if rom is None or calibration is None else calibration.reference_rom_deg


def with_driving(
    angles: AngleBlock, driving: Driving | None, *, pelvis: bool = False
) -> AngleBlock:
    """Return ``angles`` with the driving angle of an exercise, its rate and where it is known.

    Parameters
    ----------
    angles
        As the estimator returns them.
    driving
        The driving angle; None: the sensors show none of the exercise's angles, so it is not known anywhere.
    pelvis
        Whether a sensor is worn on the pelvis: then the estimator's driving angle is that of the hip.
    """
    if pelvis and driving is Driving.HIP:
        return angles
    if pelvis:
        angles = replace(
            angles,
            driving=angles.curl,
            driving_rate=angles.curl_rate,
            driving_valid=angles.curl_valid,
        )
    match driving:
        case Driving.CURL | Driving.KNEE:
            # Where it is worn, the sensor on the thigh has made the curl angle that of the knee.
            return angles
        case Driving.PLANTARFLEXION:
            return replace(
                angles,
                driving=frozen(-angles.ankle),
                driving_rate=frozen(-angles.ankle_rate),
                driving_valid=angles.valid,
            )
        case Driving.SHIN_INCLINATION:
            return replace(
                angles,
                driving=angles.shin_turn,
                driving_rate=angles.shin_rate,
                driving_valid=frozen_bool(angles.valid & angles.driving_valid),
            )
        case Driving.THIGH_TURN:
            # The knee bends by as much as the shin turns more than the thigh.
            return replace(
                angles,
                driving=frozen(angles.shin_turn - angles.curl),
                driving_rate=frozen(angles.shin_rate - angles.curl_rate),
                driving_valid=angles.curl_valid,
            )
        case Driving.HIP | None:
            nowhere = frozen_bool(np.zeros(len(angles.t), dtype=np.bool_))
            return replace(angles, driving_valid=nowhere)
        case _:
            assert_never(driving)
