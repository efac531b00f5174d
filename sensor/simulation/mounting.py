"""The mounting of a sensor on the bone: a random rotation, soft tissue, perhaps a slip."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from sensor.simulation.leg_kinematics import X_AXIS, Y_AXIS, Z_AXIS, Coordinate, LinkedFrame
from sensor.simulation.paths import KeyPath, Motion, Wander, wander
from sensor.simulation.sensor_parameters import SensorParameters
from sensor.simulation.tissue import TissueGive
from sensor.types import FloatArray

SLIP_S = 0.25
"""Time in which a strap slips."""
_FULL_KNEE, _FULL_ANKLE = np.deg2rad(100.0), np.deg2rad(45.0)
"""Turns of knee and ankle, in rad, that move the soft tissue by its whole amplitude."""


@dataclass(frozen=True, slots=True)
class Mounting:
    """The mounting of one sensor. Its soft tissue turns the sensor about x, y and z of the bone."""

    position: FloatArray
    """(3,) m in the segment's frame."""
    rotation: FloatArray
    """(3, 3) rotation from the sensor into the segment's frame."""
    with_knee: FloatArray
    """(3,) rad of soft tissue per full knee turn."""
    with_ankle: FloatArray
    """(3,) rad of soft tissue per full ankle turn."""
    restless: tuple[Wander, ...]
    """Movement of the soft tissue about the three axes while the muscles work."""
    slip: KeyPath
    """Slip of the strap about y, the joint's axis, in rad."""
    give: TissueGive | None = None
    """Tissue that gives way under force; None if it does not."""

    @classmethod
    def firm(cls, position: FloatArray) -> Self:
        """Return a mounting on the bone itself at ``position`` (3,) m, along the bone's axes."""
        still = Wander(0.0, np.zeros(0), np.zeros(0))
        unmoved = KeyPath(np.array([0.0, 1.0]), np.zeros(2), np.zeros(2))
        return cls(position, np.eye(3), np.zeros(3), np.zeros(3), (still,) * 3, unmoved)

    def frame(
        self,
        bone: LinkedFrame,
        motions: Mapping[Coordinate, Motion],
        effort: Motion,
        t: FloatArray,
    ) -> LinkedFrame:
        """Return the frame of the sensor.

        Parameters
        ----------
        bone
            The frame of the segment at the ``n`` times.
        motions
            The coordinates of the leg at these times.
        effort
            The effort of the leg at these times, from 0 to 1.
        t
            (n,) times in s.
        """
        frame = bone.moved(self.position)
        # The turns are small, so their order about the three axes hardly matters.
        knee, ankle = motions[Coordinate.KNEE], motions[Coordinate.ANKLE]
        given = self.give.at(t) if self.give is not None else None
        for i, axis in enumerate((X_AXIS, Y_AXIS, Z_AXIS)):
            tissue = (
                knee.scaled(self.with_knee[i] / _FULL_KNEE)
                + ankle.scaled(self.with_ankle[i] / _FULL_ANKLE)
                + effort.times(self.restless[i].at(t))
            )
            if given is not None:
                tissue += given[i]
            frame = frame.hinged(axis, tissue + self.slip.at(t) if axis is Y_AXIS else tissue)
        return frame.turned(self.rotation)


def draw_mounting(sensor: SensorParameters, rng: np.random.Generator) -> Mounting:
    """Return a mounting with a random rotation and random soft tissue of the given amplitude.

    Half of the amplitude follows the knee and half the ankle, in random directions. Working muscle
    adds movement of 0.3 to 3 Hz with a fifth of the amplitude (rms).
    """
    amplitude = float(np.deg2rad(sensor.soft_tissue_deg))
    # Normal vectors of length 1 are random directions without a preferred axis.
    directions = rng.standard_normal((2, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    slip = float(np.deg2rad(sensor.slip_deg))
    return Mounting(
        np.array(sensor.position_m),
        _random_rotation(rng),
        0.5 * amplitude * directions[0],
        0.5 * amplitude * directions[1],
        tuple(wander(0.2 * amplitude / np.sqrt(3.0), (0.3, 3.0), rng) for _ in range(3)),
        KeyPath(
            np.array([sensor.slip_at_s, sensor.slip_at_s + SLIP_S]),
            np.array([0.0, slip]),
            np.zeros(2),
        ),
    )


def _random_rotation(rng: np.random.Generator) -> FloatArray:
    """Return the matrix (3, 3) of a rotation that is drawn evenly from all: a random unit quaternion's."""
    drawn = rng.normal(size=4)
    x, y, z, w = (drawn / math.sqrt(sum(one * one for one in drawn.tolist()))).tolist()
    return np.array(
        [
            [x * x - y * y - z * z + w * w, 2.0 * (x * y - z * w), 2.0 * (x * z + y * w)],
            [2.0 * (x * y + z * w), -x * x + y * y - z * z + w * w, 2.0 * (y * z - x * w)],
            [2.0 * (x * z - y * w), 2.0 * (y * z + x * w), -x * x - y * y + z * z + w * w],
        ]
    )
