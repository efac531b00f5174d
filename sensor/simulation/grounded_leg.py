"""The kinematics of a leg whose foot stands on the ground, or whose shin is held.

The chain begins at the shin and goes down to the foot and up to thigh and pelvis. Frames and signs are
those of :mod:`.leg_kinematics`. Coordinates, in rad:

- ``heading`` of the whole leg about z.
- ``lean``: inclination of the shin, positive with the knee in front of the ankle.
- ``heel``: turn of the foot against the ground, positive with the heel up.
- ``ankle``: ``lean`` minus ``heel``, about the talocrural axis.
- ``trunk``: tilt of the pelvis, positive to the front. ``hip``: flexion, the pelvis against the thigh.
- ``ground``, from 0 to 1: whether the foot or the shin keeps its plane. The talocrural axis is
  oblique, so an ankle that bends turns either a foot in the air or, with the foot on the ground, the
  shin a little out of the plane. It also says which stays in place: with 1 the ball of the foot,
  which is at ``advance`` and ``rise``, with 0 the knee above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sensor.simulation.leg_kinematics import (
    Y_AXIS,
    Z_AXIS,
    Anatomy,
    Coordinate,
    LinkedFrame,
)
from sensor.simulation.paths import Motion
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Segment

BALL_M = np.array([0.13, 0.0, -0.08])
"""Ball of the foot from the ankle, in the foot's frame: an adult's, in shoes."""
HEEL_M = np.array([-0.05, 0.0, -0.08])
"""Lower edge of the heel from the ankle, likewise."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A point in the world at ``n`` times."""

    place: FloatArray
    """(n, 3) m."""
    velocity: FloatArray
    """(n, 3) m/s."""
    acceleration: FloatArray
    """(n, 3) m/s²."""

    def __add__(self, other: "_Point") -> "_Point":
        return _Point(
            self.place + other.place,
            self.velocity + other.velocity,
            self.acceleration + other.acceleration,
        )

    def times(self, factor: Motion) -> "_Point":
        """Return the point's vector times ``factor``, with its derivatives."""
        value, rate, bend = (
            part[:, None] for part in (factor.value, factor.rate, factor.acceleration)
        )
        return _Point(
            value * self.place,
            rate * self.place + value * self.velocity,
            bend * self.place + 2.0 * rate * self.velocity + value * self.acceleration,
        )


def grounded_frames(
    anatomy: Anatomy, motions: Mapping[Coordinate, Motion]
) -> dict[Segment, LinkedFrame]:
    """Return the frame of each segment, with its origin at its upper joint; the pelvis' is at the hip."""
    shin = _shin_at_origin(anatomy, motions)
    foot = _foot(anatomy, motions, shin)
    knee = _knee(anatomy, motions, shin, foot)
    shin, foot = (_shifted(frame, knee) for frame in (shin, foot))
    thigh = (
        shin.hinged(Z_AXIS, _negative(motions[Coordinate.AXIAL]))
        .hinged(Y_AXIS, _negative(motions[Coordinate.KNEE]))
        .moved(anatomy.thigh_length_m * Z_AXIS)
    )
    pelvis = thigh.hinged(Y_AXIS, motions[Coordinate.HIP])
    return {
        Segment.SHIN: shin,
        Segment.FOOT: foot,
        Segment.THIGH: thigh,
        Segment.PELVIS: pelvis,
    }


def _negative(motion: Motion) -> Motion:
    return motion.scaled(-1.0)


def _shin_at_origin(anatomy: Anatomy, motions: Mapping[Coordinate, Motion]) -> LinkedFrame:
    """Return the frame of the shin, with the knee at rest at the origin."""
    n = motions[Coordinate.LEAN].value.size
    still = np.zeros((n, 3))
    root = LinkedFrame(
        np.broadcast_to(np.eye(3), (n, 3, 3)),
        still,
        still,
        still,
        np.broadcast_to(STANDARD_GRAVITY_MPS2 * Z_AXIS, (n, 3)),
    )
    shin = root.hinged(Z_AXIS, motions[Coordinate.HEADING]).hinged(Y_AXIS, motions[Coordinate.LEAN])
    # With the foot on the ground these turns take back those from the shin to the foot, so that the
    # foot has the turn of the heel and nothing else.
    ground = _negative(motions[Coordinate.GROUND])
    ankle = motions[Coordinate.ANKLE].times(ground)
    shin = (
        shin.hinged(Y_AXIS, ankle)
        .hinged(anatomy.subtalar_axis, motions[Coordinate.SUBTALAR].times(ground))
        .hinged(anatomy.dorsiflexion_axis, ankle)
    )
    if Coordinate.TORSION in motions:
        shin = shin.hinged(Z_AXIS, motions[Coordinate.TORSION].times(ground))
    return shin


def _foot(anatomy: Anatomy, motions: Mapping[Coordinate, Motion], shin: LinkedFrame) -> LinkedFrame:
    foot = shin.moved(-anatomy.shin_length_m * Z_AXIS)
    if Coordinate.TORSION in motions:
        foot = foot.hinged(Z_AXIS, motions[Coordinate.TORSION])
    return foot.hinged(anatomy.dorsiflexion_axis, motions[Coordinate.ANKLE]).hinged(
        anatomy.subtalar_axis, motions[Coordinate.SUBTALAR]
    )


def _knee(
    anatomy: Anatomy, motions: Mapping[Coordinate, Motion], shin: LinkedFrame, foot: LinkedFrame
) -> _Point:
    """Return the knee in the world, of a shin and a foot with the knee at rest at the origin."""
    rise, advance = motions[Coordinate.RISE], motions[Coordinate.ADVANCE]
    ball_place = _Point(
        *(
            along[:, None] * np.array([1.0, 0.0, 0.0]) + up[:, None] * Z_AXIS
            for along, up in (
                (advance.value, rise.value),
                (advance.rate, rise.rate),
                (advance.acceleration, rise.acceleration),
            )
        )
    )
    ball = foot.moved(BALL_M)
    ankle = np.broadcast_to(-anatomy.shin_length_m * Z_AXIS, shin.rate.shape)
    from_knee = _Point(
        ball.position,
        _into_world(shin, np.cross(shin.rate, ankle))
        + _into_world(foot, np.cross(foot.rate, np.broadcast_to(BALL_M, foot.rate.shape))),
        _into_world(ball, ball.force) - STANDARD_GRAVITY_MPS2 * Z_AXIS,
    )
    # In the air the knee is where it is above the ball of a foot that stands under an upright shin.
    above = np.broadcast_to(anatomy.shin_length_m * Z_AXIS - BALL_M, shin.rate.shape)
    still = np.zeros_like(above)
    upright = _Point(above, still, still)
    return ball_place + upright + (from_knee + upright).times(_negative(motions[Coordinate.GROUND]))


def _into_world(frame: LinkedFrame, vectors: FloatArray) -> FloatArray:
    out: FloatArray = np.einsum("nij,nj->ni", frame.orientation, vectors)
    return out


def _shifted(frame: LinkedFrame, by: _Point) -> LinkedFrame:
    """Return ``frame`` with its origin moved by the place of a moving point."""
    push = np.einsum("nji,nj->ni", frame.orientation, by.acceleration)
    return LinkedFrame(
        frame.orientation,
        frame.position + by.place,
        frame.rate,
        frame.rate_change,
        frame.force + push,
    )
