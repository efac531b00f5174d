"""Tells from the ankle pumps which sensor is on the foot."""

from dataclasses import dataclass

import numpy as np

from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class SwapConfig:
    """When sensors look swapped.

    A sensor moves alone while it turns faster than ``moving_dps`` and the other one slower than
    ``resting_dps``. The shin sensor must have turned ``least_deg`` alone, and ``times`` as far as
    the foot sensor.
    """

    moving_dps: float = 20.0
    resting_dps: float = 15.0
    least_deg: float = 45.0
    times: float = 3.0


@dataclass(frozen=True, slots=True)
class TurnedAlone:
    """How far, there and back in all, each sensor turned while the other one rested, degrees."""

    shin_deg: float
    foot_deg: float

    def looks_swapped(self, config: SwapConfig) -> bool:
        """Return whether what is called the shin pumps, and what is called the foot does not.

        A shin that rocks over a foot on the floor looks the same: gyros cannot tell the two apart.
        """
        enough = self.shin_deg > config.least_deg
        return enough and self.shin_deg > config.times * self.foot_deg

    @property
    def detail(self) -> str:
        """What was seen, and what to do."""
        return (
            f"the shin sensor turned {self.shin_deg:.0f}°, the foot sensor only "
            f"{self.foot_deg:.0f}°; swap them in the list, or move the foot alone"
        )


def turned_alone(
    shin_gyr: FloatArray, foot_gyr: FloatArray, rate_hz: float, config: SwapConfig
) -> TurnedAlone:
    """Return how far each sensor turned alone; gyros (n, 3) rad/s, free of offsets."""
    shin, foot = (np.degrees(np.linalg.norm(g, axis=1)) for g in (shin_gyr, foot_gyr))
    alone = [
        float(own[(own > config.moving_dps) & (other < config.resting_dps)].sum()) / rate_hz
        for own, other in ((shin, foot), (foot, shin))
    ]
    return TurnedAlone(*alone)
