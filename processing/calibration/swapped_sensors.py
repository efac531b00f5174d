"""Detects sensors on wrong segments: exchanged ones, and two on the same segment."""

from dataclasses import dataclass

import numpy as np

from processing.calibration.calibration_steps import CalibrationStep
from processing.calibration.troubles import MoveAsOne, ThighLooksSwapped
from processing.motion.knee import HELD_DEG, turned_deg
from sensor.types import FloatArray, Segment

# The limits are tested on simulated calibrations, right and swapped (tests/processing/calibration);
# how they were chosen is not documented.
MOVING_DPS = 20.0
"""A sensor that turns faster moves: slower than any pump, faster than a tremor."""
RESTING_DPS = 15.0
"""A sensor that turns slower rests, though the strap follows the muscles a little."""
LEAST_DEG = 45.0
"""The shin's sensor must have turned this far alone: about one pump there and back."""
TIMES = 3.0
"""And this many times as far as the foot's sensor alone."""
ALONG_SHARE = 0.7
"""A foot that turns by this share of the shin's turn goes along with it: with the shin held, in a
glute-ham raise, it could turn so far only by most of an ankle's range in time with the knee."""


AS_ONE_SHARE = 0.2
"""Sensors on one rigid body turn at the same rate, however they are mounted: their rates differ by less."""
AS_ONE_DEG = 90.0
"""Both must have turned this far: about two pumps there and back."""


@dataclass(frozen=True, slots=True)
class TurnedAlone:
    """The path, to and fro added up, that each sensor turned while the other one rested."""

    shin_deg: float
    """Path of the shin's sensor, °."""
    foot_deg: float
    """Path of the foot's sensor, °."""

    @property
    def looks_swapped(self) -> bool:
        """Whether the sensor called shin pumps and the one called foot does not.

        A shin that rocks over a foot on the floor looks the same: gyros cannot tell the two apart.
        """
        return self.shin_deg > LEAST_DEG and self.tends_to_swapped

    @property
    def tends_to_swapped(self) -> bool:
        """Whether it is the sensor called shin that turned, however far."""
        return self.shin_deg > TIMES * self.foot_deg

    @property
    def detail(self) -> str:
        """The paths of both sensors and what to do, as a sentence."""
        return (
            f"the shin sensor turned {self.shin_deg:.0f}°, the foot sensor only "
            f"{self.foot_deg:.0f}°; swap them in the list, or move the foot alone"
        )


def turned_alone(shin_gyr: FloatArray, foot_gyr: FloatArray, rate_hz: float) -> TurnedAlone:
    """Return how far each sensor turned alone.

    Parameters
    ----------
    shin_gyr, foot_gyr
        (n, 3) rad/s, offsets removed.
    rate_hz
        Rate of the samples.
    """
    shin, foot = (np.degrees(np.linalg.norm(g, axis=1)) for g in (shin_gyr, foot_gyr))
    # While both move the whole leg moves, which says nothing about where each sensor is.
    alone = [
        float(own[(own > MOVING_DPS) & (other < RESTING_DPS)].sum()) / rate_hz
        for own, other in ((shin, foot), (foot, shin))
    ]
    return TurnedAlone(*alone)


def move_as_one(shin_gyr: FloatArray, foot_gyr: FloatArray, rate_hz: float) -> MoveAsOne | None:
    """Return that both sensors turn as one body; None if they do not, or have hardly moved.

    Parameters
    ----------
    shin_gyr, foot_gyr
        (n, 3) rad/s, offsets removed.
    rate_hz
        Rate of the samples.
    """
    shin, foot = (np.degrees(np.linalg.norm(g, axis=1)) for g in (shin_gyr, foot_gyr))
    moving = np.maximum(shin, foot) > MOVING_DPS
    turned_deg = float(np.maximum(shin, foot)[moving].sum()) / rate_hz
    apart_deg = float(np.abs(shin - foot)[moving].sum()) / rate_hz
    if turned_deg < AS_ONE_DEG or apart_deg > AS_ONE_SHARE * turned_deg:
        return None
    return MoveAsOne(turned_deg)


def thigh_swapped(
    step: CalibrationStep,
    foot_gyr: FloatArray,
    shin_gyr: FloatArray,
    thigh_gyr: FloatArray,
    rate_hz: float,
) -> ThighLooksSwapped | None:
    """Return the sensor with which that of the thigh looks swapped, None if with none.

    Parameters
    ----------
    step
        The movement: in the pumps the thigh rests, in the curls the foot goes along with the shin.
    foot_gyr, shin_gyr, thigh_gyr
        (n, 3) rad/s, offsets removed.
    rate_hz
        Rate of the samples.
    """
    if step is CalibrationStep.PUMPS:
        alone = turned_alone(thigh_gyr, foot_gyr, rate_hz)
        if alone.looks_swapped:
            return ThighLooksSwapped(Segment.FOOT, alone.shin_deg, alone.foot_deg)
        return None
    foot, shin, thigh = (turned_deg(gyr, rate_hz) for gyr in (foot_gyr, shin_gyr, thigh_gyr))
    # With the shin held (a glute-ham raise) the foot rests too; else it is on the other one.
    if shin < HELD_DEG < thigh and foot > ALONG_SHARE * thigh:
        return ThighLooksSwapped(Segment.SHIN, thigh, shin)
    return None
