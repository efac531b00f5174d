"""How a sensor sits on the bone: turned at random, on soft tissue, perhaps slipping."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from sensor.simulation.leg_kinematics import X_AXIS, Y_AXIS, Z_AXIS, Coordinate, LinkedFrame
from sensor.simulation.parameters import SensorParameters
from sensor.simulation.paths import KeyPath, Motion, Wander, wander
from sensor.types import FloatArray

SLIP_S = 0.25
_FULL_CURL, _FULL_ANKLE = np.deg2rad(100.0), np.deg2rad(45.0)


@dataclass(frozen=True, slots=True)
class Mounting:
    """How one sensor is strapped on.

    ``rotation`` (3, 3) turns vectors of the sensor into the segment's frame. The soft tissue turns
    the sensor by ``with_knee`` and ``with_ankle`` (3,), in rad about x, y and z per full curl and
    per full ankle range, and by the three of ``restless`` while the leg works. ``slip`` is about y.
    """

    position: FloatArray
    rotation: FloatArray
    with_knee: FloatArray
    with_ankle: FloatArray
    restless: tuple[Wander, ...]
    slip: KeyPath

    def frame(
        self,
        bone: LinkedFrame,
        motions: Mapping[Coordinate, Motion],
        effort: Motion,
        t: FloatArray,
    ) -> LinkedFrame:
        """Return the sensor's frame at times ``t`` (n,) s on a ``bone`` that moves so."""
        frame = bone.moved(self.position)
        knee, ankle = motions[Coordinate.KNEE], motions[Coordinate.ANKLE]
        for i, axis in enumerate((X_AXIS, Y_AXIS, Z_AXIS)):
            tissue = (
                knee.scaled(self.with_knee[i] / _FULL_CURL)
                + ankle.scaled(self.with_ankle[i] / _FULL_ANKLE)
                + effort.times(self.restless[i].at(t))
            )
            frame = frame.hinged(axis, tissue + self.slip.at(t) if axis is Y_AXIS else tissue)
        return frame.turned(self.rotation)


def draw_mounting(sensor: SensorParameters, rng: np.random.Generator) -> Mounting:
    """Return a mounting: turned at random, its soft tissue drawn to the amplitude given.

    Of the amplitude, one half follows the knee, one half the ankle, in random directions; on top
    comes a restlessness of working muscle, 0.3 to 3 Hz, of a fifth of it (rms).
    """
    amplitude = float(np.deg2rad(sensor.soft_tissue_deg))
    directions = rng.standard_normal((2, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    slip = float(np.deg2rad(sensor.slip_deg))
    return Mounting(
        np.array(sensor.position_m),
        Rotation.random(rng=rng).as_matrix(),
        0.5 * amplitude * directions[0],
        0.5 * amplitude * directions[1],
        tuple(wander(0.2 * amplitude / np.sqrt(3.0), (0.3, 3.0), rng) for _ in range(3)),
        KeyPath(
            np.array([sensor.slip_at_s, sensor.slip_at_s + SLIP_S]),
            np.array([0.0, slip]),
            np.zeros(2),
        ),
    )
