"""A simulated leg with its sensors on: the ankle angle that exact sensors on it would show.

Soft tissue moves a sensor against its bone, and gyro and accelerometer on it both move along. So
what the tissue adds cannot be told from the joint by anything that the sensors measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sensor.simulation.device import sensor_frame
from sensor.simulation.leg_kinematics import Anatomy, LinkedFrame, foot_against_shin
from sensor.simulation.leg_movement import LegMovement
from sensor.simulation.mounting import Mounting
from sensor.types import FloatArray, Segment

_CHUNK = 8192
"""Times at once: then the arrays of the kinematics stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class ShownAnkle:
    """The ankle angle at n times, as exact sensors show it."""

    ankle: FloatArray
    """(n,) rad, turn about the talocrural axis."""
    sagittal: FloatArray
    """(n,) rad, see :func:`.sagittal_angle`."""


@dataclass(frozen=True, slots=True)
class WornLeg:
    """The leg of a session, and the sensors that it wears."""

    anatomy: Anatomy
    """The leg."""
    movement: LegMovement
    """Its movement."""
    mountings: Mapping[Segment, Mounting]
    """The mounting of each sensor."""

    def shown_ankle(self, t: FloatArray, neutral_s: float) -> ShownAnkle:
        """Return the ankle angle that the sensors of shin and foot take part in, at ``t`` (n,) s.

        Their orientations and mountings are taken as exactly known. At ``neutral_s`` the angle is the true one.
        """
        worn = {s: self._onto_bone(s, neutral_s) for s in (Segment.SHIN, Segment.FOOT)}
        axis = self.anatomy.dorsiflexion_axis
        ankle, sagittal = np.empty(len(t)), np.empty(len(t))
        for low in range(0, len(t), _CHUNK):
            part = slice(low, low + _CHUNK)
            shin, foot = (
                self._worn_frame(segment, t[part]).turned(onto_bone)
                for segment, onto_bone in worn.items()
            )
            sagittal[part] = foot_against_shin(shin, foot)
            turned = np.einsum("nji,njk->nik", shin.orientation, foot.orientation)
            ankle[part] = _turn_about(axis, turned)
        return ShownAnkle(ankle, sagittal)

    def _worn_frame(self, segment: Segment, t: FloatArray) -> LinkedFrame:
        return sensor_frame(segment, self.anatomy, self.mountings[segment], self.movement, t)

    def _onto_bone(self, segment: Segment, neutral_s: float) -> FloatArray:
        """Return the rotation (3, 3) from a segment into its sensor at ``neutral_s``."""
        at = np.array([neutral_s])
        bone = self.movement.bone(segment, self.anatomy, self.movement.at(at))
        rotation: FloatArray = self._worn_frame(segment, at).orientation[0].T @ bone.orientation[0]
        return rotation


def _turn_about(axis: FloatArray, rotation: FloatArray) -> FloatArray:
    """Return the turn (n,) rad of ``rotation`` (n, 3, 3) about ``axis`` (3,), as of its quaternion."""
    x, y, z = axis
    half = np.sqrt(np.maximum(1.0 + np.einsum("nii->n", rotation), 1e-12))
    along = (
        x * (rotation[:, 2, 1] - rotation[:, 1, 2])
        + y * (rotation[:, 0, 2] - rotation[:, 2, 0])
        + z * (rotation[:, 1, 0] - rotation[:, 0, 1])
    )
    turn: FloatArray = 2.0 * np.arctan2(along / half, half)
    return turn
