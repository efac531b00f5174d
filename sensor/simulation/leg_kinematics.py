"""The kinematics of a leg of three links in space: exact rates and specific forces, without noise.

Frames. World: x forward, y to the person's left, z up. A segment's frame in the standing pose: x to
the front (for the foot, to the toes), y to the left, z up along the bone. At coordinates of zero all
frames are parallel to the world's: the person stands straight with the foot flat.

Coordinates, in rad; each is a rotation within the frame of the one before it:

- ``heading`` about z, ``pitch`` about y and ``twist`` about z turn the thigh. Lying face down is a
  pitch of +90 degrees, sitting with the leg out one of -90 degrees; the twist tilts the knee axis
  out of the horizontal, up to side-lying at 90 degrees.
- ``knee`` about the shin's y: flexion is positive. ``axial`` about the shin's z.
- ``torsion`` about the shin's z, below the shin's sensor; a leg may do without it.
- ``ankle`` about the talocrural axis, dorsiflexion positive, and ``subtalar`` about the subtalar axis,
  which is the foot's x unless the anatomy says otherwise.

The *ankle angle* of the simulation is the coordinate ``ankle``: the rotation of the foot about its
oblique talocrural axis, zero when the sole is perpendicular to the shin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sensor.simulation.paths import Motion
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

X_AXIS = np.array([1.0, 0.0, 0.0])
Y_AXIS = np.array([0.0, 1.0, 0.0])
Z_AXIS = np.array([0.0, 0.0, 1.0])


class Coordinate(StrEnum):
    """A coordinate of the leg; see the module's text.

    ``rise`` and ``advance`` are the height and the forward position of the hip, in m. Those from
    ``lean`` on belong to a leg with its foot on the ground (:mod:`.grounded_leg`), where ``rise`` and
    ``advance`` are those of the ball of the foot.
    """

    RISE = "rise"
    ADVANCE = "advance"
    HEADING = "heading"
    PITCH = "pitch"
    TWIST = "twist"
    KNEE = "knee"
    AXIAL = "axial"
    TORSION = "torsion"
    ANKLE = "ankle"
    SUBTALAR = "subtalar"
    LEAN = "lean"
    HEEL = "heel"
    TRUNK = "trunk"
    HIP = "hip"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class LinkedFrame:
    """A moving frame at ``n`` times, as a sensor fixed in it would measure it."""

    orientation: FloatArray
    """(n, 3, 3) rotation from the frame into the world."""
    position: FloatArray
    """(n, 3) m, its origin in the world."""
    rate: FloatArray
    """(n, 3) rad/s, angular rate in the frame itself."""
    rate_change: FloatArray
    """(n, 3) rad/s², angular acceleration in the frame itself."""
    force: FloatArray
    """(n, 3) m/s², specific force at its origin, in the frame itself."""

    def hinged(self, axis: FloatArray, motion: Motion) -> "LinkedFrame":
        """Return the frame after a rotation about ``axis``.

        Parameters
        ----------
        axis
            (3,) unit vector, the same in both frames.
        motion
            The angle in rad, with its derivatives.
        """
        turn = _Turn(axis, motion.value)
        # Rates add up along a chain; the cross product is the change of direction of the old one.
        rate = turn.into(self.rate)
        spin = motion.rate[:, None] * axis
        return LinkedFrame(
            turn.into(self.orientation),
            self.position,
            rate + spin,
            turn.into(self.rate_change) + _cross(rate, spin) + motion.acceleration[:, None] * axis,
            turn.into(self.force),
        )

    def moved(self, offset: FloatArray) -> "LinkedFrame":
        """Return the frame with its origin at ``offset`` (3,) m, and the forces of that lever arm."""
        # Tangential and centripetal acceleration of a point that is fixed in the frame.
        arm = np.broadcast_to(offset, self.rate.shape)
        return LinkedFrame(
            self.orientation,
            self.position + self.orientation @ offset,
            self.rate,
            self.rate_change,
            self.force + _cross(self.rate_change, arm) + _cross(self.rate, _cross(self.rate, arm)),
        )

    def turned(self, rotation: FloatArray) -> "LinkedFrame":
        """Return the frame after the constant ``rotation`` (3, 3), whose columns are the new axes."""
        return LinkedFrame(
            (self.orientation.reshape(-1, 3) @ rotation).reshape(-1, 3, 3),
            self.position,
            self.rate @ rotation,
            self.rate_change @ rotation,
            self.force @ rotation,
        )


class _Turn:
    """Rotations by angles (n,) about one axis (Rodrigues' formula)."""

    def __init__(self, axis: FloatArray, angle: FloatArray) -> None:
        x, y, z = axis
        self._along = np.outer(axis, axis)
        self._across = np.eye(3) - self._along
        self._quarter = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
        self._cos, self._sin = np.cos(angle), np.sin(angle)

    def into(self, vectors: FloatArray) -> FloatArray:
        """Return ``vectors`` (n, 3), or rows (n, 3, 3), in the rotated frame."""
        shape = (-1,) + (1,) * (vectors.ndim - 1)
        cos, sin = self._cos.reshape(shape), self._sin.reshape(shape)
        rows = vectors.reshape(-1, 3)  # one long product is much faster than n small ones
        along, across, quarter = (
            (rows @ part).reshape(vectors.shape)
            for part in (self._along, self._across, self._quarter)
        )
        turned: FloatArray = along + across * cos + quarter * sin
        return turned


def _cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the cross products of the rows of (n, 3) arrays, faster than ``np.cross``."""
    out = np.empty(a.shape)
    out[:, 0] = a[:, 1] * b[:, 2] - a[:, 2] * b[:, 1]
    out[:, 1] = a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2]
    out[:, 2] = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return out


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The lengths and axes of a leg."""

    left: bool = False
    """Whether it is the left leg; the ankle axis is mirrored."""
    thigh_length_m: float = 0.42
    """From hip to knee, a usual adult's."""
    shin_length_m: float = 0.42
    """From knee to ankle, likewise."""
    ankle_tilt_deg: float = 8.0
    """Rise of the talocrural axis towards the inner side (Inman, *The Joints of the Ankle*, 1976:
    about 8° against the foot)."""
    ankle_turn_deg: float = 6.0
    """Turn of that axis, forward on the inner side (Inman 1976: about 6°)."""

    subtalar_tilt_deg: float = 0.0
    """Rise of the subtalar axis towards the toes."""
    subtalar_turn_deg: float = 0.0
    """Turn of that axis towards the inner side."""

    @property
    def subtalar_axis(self) -> FloatArray:
        """The unit vector (3,) in the foot's frame about which the subtalar joint turns."""
        inward = -1.0 if self.left else 1.0
        tilt, turn = np.deg2rad(self.subtalar_tilt_deg), np.deg2rad(self.subtalar_turn_deg)
        return np.array(
            [np.cos(turn) * np.cos(tilt), inward * np.sin(turn) * np.cos(tilt), np.sin(tilt)]
        )

    @property
    def dorsiflexion_axis(self) -> FloatArray:
        """The unit vector (3,) in the shin's frame about which dorsiflexion is positive."""
        inward = -1.0 if self.left else 1.0
        tilt, turn = np.deg2rad(self.ankle_tilt_deg), np.deg2rad(self.ankle_turn_deg)
        leftward = [
            inward * np.sin(turn) * np.cos(tilt),
            np.cos(turn) * np.cos(tilt),
            inward * np.sin(tilt),
        ]
        return -np.array(leftward)


THIGH_ROOTED = tuple(
    coordinate
    for coordinate in Coordinate
    if coordinate
    not in {
        # Torsion is not scripted: it goes along with the ankle.
        Coordinate.TORSION,
        Coordinate.LEAN,
        Coordinate.HEEL,
        Coordinate.TRUNK,
        Coordinate.HIP,
        Coordinate.GROUND,
    }
)
"""The scripted coordinates of a leg that is placed by its thigh."""


def thigh_frame(motions: Mapping[Coordinate, Motion]) -> LinkedFrame:
    """Return the frame of the thigh, with its origin at the hip."""
    rise, advance = motions[Coordinate.RISE], motions[Coordinate.ADVANCE]
    n = rise.value.size
    still = np.zeros((n, 3))
    # Specific force: at rest an accelerometer measures gravity upwards.
    lift = rise.acceleration + STANDARD_GRAVITY_MPS2
    root = LinkedFrame(
        np.broadcast_to(np.eye(3), (n, 3, 3)),
        rise.value[:, None] * Z_AXIS + advance.value[:, None] * X_AXIS,
        still,
        still,
        lift[:, None] * Z_AXIS + advance.acceleration[:, None] * X_AXIS,
    )
    return (
        root.hinged(Z_AXIS, motions[Coordinate.HEADING])
        .hinged(Y_AXIS, motions[Coordinate.PITCH])
        .hinged(Z_AXIS, motions[Coordinate.TWIST])
    )


def shin_frame(anatomy: Anatomy, motions: Mapping[Coordinate, Motion]) -> LinkedFrame:
    """Return the frame of the shin, with its origin at the knee."""
    knee = thigh_frame(motions).moved(-anatomy.thigh_length_m * Z_AXIS)
    return knee.hinged(Y_AXIS, motions[Coordinate.KNEE]).hinged(Z_AXIS, motions[Coordinate.AXIAL])


def sagittal_angle(anatomy: Anatomy, motions: Mapping[Coordinate, Motion]) -> FloatArray:
    """Return the ankle angle (n,) in rad as a physio reads it: of the foot against the shin.

    It is the angle between the shin's long axis and the normal of the sole, seen along the knee's
    axis; zero when the sole is perpendicular to the shin, dorsiflexion positive. It is the first of
    the angles of Grood and Suntay (J. Biomech. Eng. 105:136, 1983), as the International Society of
    Biomechanics defines them for the ankle complex (Wu et al., J. Biomech. 35:543, 2002).
    """
    return foot_against_shin(shin_frame(anatomy, motions), foot_frame(anatomy, motions))


def foot_against_shin(shin: LinkedFrame, foot: LinkedFrame) -> FloatArray:
    """Return the angle (n,) in rad of :func:`sagittal_angle` from the frames of shin and foot."""
    normal = np.einsum("nij,ni->nj", shin.orientation, foot.orientation[:, :, 2])
    angle: FloatArray = np.arctan2(-normal[:, 0], normal[:, 2])
    return angle


def foot_frame(anatomy: Anatomy, motions: Mapping[Coordinate, Motion]) -> LinkedFrame:
    """Return the frame of the foot, with its origin at the ankle."""
    ankle = shin_frame(anatomy, motions).moved(-anatomy.shin_length_m * Z_AXIS)
    if Coordinate.TORSION in motions:
        ankle = ankle.hinged(Z_AXIS, motions[Coordinate.TORSION])
    return ankle.hinged(anatomy.dorsiflexion_axis, motions[Coordinate.ANKLE]).hinged(
        anatomy.subtalar_axis, motions[Coordinate.SUBTALAR]
    )
