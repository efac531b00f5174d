"""The body in each scene: where its limbs lie for the angles of the leg. No Qt."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from gui.models.body_parts import Angles, Body, Limb, Mount, Part, Point, along

SHIN = 1.0
THIGH, TRUNK, NECK = 0.85, 0.95, 0.24
"""Shorter than a person's, so that the leg, which matters, is drawn larger."""
SEATED_TRUNK = 0.68
"""Shorter still, because a seated person is as high as the picture."""
FOOT = 0.46
UPPER_ARM, FOREARM = 0.48, 0.45
KNEE_R, ANKLE_R, TOE_R, HIP_R, SHOULDER_R, HEAD_R, ARM_R = (
    0.1,
    0.062,
    0.038,
    0.15,
    0.13,
    0.17,
    0.052,
)
_BAR_R = 0.035
"""Half the thickness of a bench or a rail."""
_UPRIGHT = -90.0
"""Direction of a standing shin."""


class Scene(StrEnum):
    """A position of the body and what it rests on."""

    LYING = "lying"
    SEATED = "seated"
    STANDING = "standing"
    FLOOR = "heel_raise"
    STEP = "heel_raise_step"
    KNEELING = "kneeling"
    HINGE = "hip_hinge"


@dataclass(frozen=True, slots=True)
class _Leg:
    """The places of the joints of the drawn leg."""

    hip: Point
    knee: Point
    ankle: Point
    shin_deg: float
    foot_deg: float
    sense: float

    @property
    def toe(self) -> Point:
        return along(self.ankle, self.foot_deg, FOOT)

    @property
    def heel(self) -> Point:
        """The heel, behind and below the ankle."""
        back = along(self.ankle, self.foot_deg, -0.10)
        return along(back, self.foot_deg + self.sense * 90.0, 0.075)


def _leg_down(knee: Point, thigh_deg: float, shin_deg: float, ankle: float, sense: float) -> _Leg:
    """Return the leg below and above a given knee; ``thigh_deg`` points from the knee to the hip."""
    foot = along(knee, shin_deg, SHIN)
    return _Leg(
        along(knee, thigh_deg, THIGH),
        knee,
        foot,
        shin_deg,
        shin_deg - sense * (90.0 + ankle),
        sense,
    )


def _leg_parts(leg: _Leg) -> tuple[Limb, ...]:
    """Return thigh, shin and foot, from back to front."""
    toe, heel = leg.toe, leg.heel
    return (
        Limb(Part.BODY, leg.hip, HIP_R, leg.knee, 1.08 * KNEE_R),
        Limb(Part.SHIN, leg.knee, KNEE_R, leg.ankle, ANKLE_R),
        # Three tapered shapes make a heel: a single one looks like a paddle.
        Limb(Part.FOOT, leg.ankle, ANKLE_R, toe, TOE_R),
        Limb(Part.FOOT, heel, 0.042, toe, TOE_R),
        Limb(Part.FOOT, heel, 0.042, leg.ankle, ANKLE_R),
    )


def _mounts(leg: _Leg, trunk_deg: float) -> tuple[Mount, ...]:
    """Return the sensors on the laces, the front of the shin, the thigh and the back of the pelvis."""
    front = leg.shin_deg - leg.sense * 90.0
    laces = along(along(leg.ankle, leg.foot_deg, 0.26), leg.foot_deg - leg.sense * 90.0, 0.065)
    shin = along(along(leg.knee, leg.shin_deg, 0.5), front, 0.085)
    thigh_deg = math.degrees(math.atan2(leg.knee[1] - leg.hip[1], leg.knee[0] - leg.hip[0]))
    thigh = along(leg.hip, thigh_deg, 0.55 * THIGH)
    pelvis = along(along(leg.hip, trunk_deg, 0.12), trunk_deg - leg.sense * 90.0, 0.14)
    return (
        Mount(laces, leg.foot_deg),
        Mount(shin, leg.shin_deg),
        Mount(thigh, thigh_deg),
        Mount(pelvis, trunk_deg),
    )


def _upper_body(
    hip: Point, trunk_deg: float, head_deg: float, arm: Sequence[float], trunk: float = TRUNK
) -> tuple[Limb, ...]:
    """Return trunk, head and arm; ``arm`` has the directions of upper arm and forearm."""
    shoulder = along(hip, trunk_deg, trunk)
    head = along(shoulder, head_deg, NECK)
    parts = [
        Limb(Part.BODY, hip, HIP_R, shoulder, SHOULDER_R),
        Limb(Part.BODY, head, HEAD_R, head, HEAD_R),
    ]
    at = shoulder
    for direction, length in zip(arm, (UPPER_ARM, FOREARM), strict=False):
        to = along(at, direction, length)
        parts.append(Limb(Part.BODY, at, ARM_R, to, 0.85 * ARM_R))
        at = to
    return tuple(parts)


def _bar(start: Point, end: Point) -> Limb:
    return Limb(Part.FURNITURE, start, _BAR_R, end, _BAR_R)


def _lying(angles: Angles) -> Body:
    """Draw a person prone on a bench, with the knee at its end."""
    leg = _leg_down((0.0, 0.0), 180.0, angles.curl, angles.ankle, 1.0)
    top = -HIP_R - _BAR_R
    left = leg.hip[0] - TRUNK - 0.05
    bench = (
        _bar((left, top), (-0.02, top)),
        _bar((left + 0.2, top), (left + 0.2, top - 0.3)),
        _bar((-0.3, top), (-0.3, top - 0.3)),
    )
    upper = _upper_body(leg.hip, 180.0, 172.0, (-98.0, 168.0))
    return _body((*bench, *upper, *_leg_parts(leg)), leg, 180.0, leg.toe)


def _seated(angles: Angles) -> Body:
    """Draw a person on a seat with a back rest; the leg straightens to the right."""
    leg = _leg_down((0.0, 0.0), 180.0, -angles.curl, angles.ankle, -1.0)
    seat = -HIP_R - _BAR_R
    back = leg.hip[0] - HIP_R - 2 * _BAR_R
    chair = (
        _bar((back, seat), (-0.22, seat)),
        _bar((back, seat), (back - 0.13, 0.8)),
        _bar((-0.45, seat), (-0.45, -SHIN - 0.12)),
    )
    upper = _upper_body(leg.hip, 97.0, 92.0, (-58.0, -8.0), SEATED_TRUNK)
    return _body((*chair, *upper, *_leg_parts(leg)), leg, 97.0, leg.toe)


def _standing(angles: Angles) -> Body:
    """Draw a person who stands on one leg, faces left, and curls the other behind."""
    knee = (0.0, 0.0)
    leg = _leg_down(knee, 90.0, -90.0 + angles.curl, angles.ankle, 1.0)
    other = _leg_down(knee, 90.0, -90.0, 0.0, 1.0)
    low = -SHIN - 0.13
    floor = (_bar((-0.95, low), (0.95, low)), _bar((-0.72, low), (-0.72, 1.45)))
    far = tuple(
        Limb(Part.FAR_LEG, limb.start, limb.start_radius, limb.end, limb.end_radius)
        for limb in _leg_parts(other)
    )
    upper = _upper_body(leg.hip, 90.0, 92.0, (-120.0, 170.0))
    return _body((*floor, *far, *upper, *_leg_parts(leg)), leg, 90.0, leg.toe)


def _heel_raise(angles: Angles, ground: Limb, lowest: float) -> Body:
    """Draw a person who stands on the ball of the foot and faces right, with a hand on a rail.

    ``lowest`` is the least direction of the foot, in degrees below level, that the ground allows: on
    the floor the heel cannot sink, so the shin leans forward instead.
    """
    foot_deg = min(angles.ankle, lowest)
    shin_deg = _UPRIGHT + foot_deg - angles.ankle
    # The ball of the foot stays where it stands.
    ankle = along((0.0, TOE_R), 180.0 + foot_deg, FOOT - 0.08)
    ankle = ankle[0], ankle[1] + 0.08
    knee = along(ankle, shin_deg, -SHIN)
    leg = _leg_down(knee, 90.0, shin_deg, angles.ankle, -1.0)
    rail = _bar((0.3, ground.start[1]), (0.3, 2.7))
    upper = _upper_body(leg.hip, 90.0, 88.0, (-68.0, 28.0))
    heel = leg.heel
    return replace(
        _body((rail, ground, *upper, *_leg_parts(leg)), leg, 90.0, heel),
        height=(heel, (heel[0], 0.0)),
    )


def _floor(angles: Angles) -> Body:
    """Draw a heel raise on the floor."""
    return _heel_raise(angles, _bar((-0.95, -_BAR_R), (0.95, -_BAR_R)), lowest=0.0)


def _step(angles: Angles) -> Body:
    """Draw a heel raise on the edge of a step, below which the heel sinks."""
    block = Limb(Part.FURNITURE, (-0.1, -0.09), 0.09, (0.75, -0.09), 0.09)
    return _heel_raise(angles, block, lowest=30.0)


def _kneeling(angles: Angles) -> Body:
    """Draw a person who kneels with held shins and whose body rises about the knee."""
    thigh_deg = angles.curl
    leg = _leg_down((0.0, 0.0), thigh_deg, 180.0, angles.ankle, -1.0)
    low = -KNEE_R - _BAR_R
    pad = (
        _bar((-0.75, low), (0.35, low)),
        _bar((-0.86, 0.14), (-0.62, 0.14)),
    )
    upper = _upper_body(leg.hip, thigh_deg, thigh_deg, (thigh_deg - 150.0, thigh_deg - 60.0))
    head = upper[1].start
    return _body((*pad, *upper, *_leg_parts(leg)), leg, thigh_deg, head)


def _hinge(angles: Angles) -> Body:
    """Draw a person who bends at the hip with straight knees, faces right, and holds a weight."""
    # The hip moves back as the trunk goes down, so that the person stays above the foot.
    lean = 0.18 * angles.hip
    ankle = (0.0, 0.13)
    knee = along(ankle, 90.0 + 0.3 * lean, SHIN)
    leg = _leg_down(knee, 90.0 + lean, -90.0 + 0.3 * lean, angles.ankle, -1.0)
    trunk_deg = 90.0 - angles.hip
    upper = _upper_body(leg.hip, trunk_deg, trunk_deg + 8.0, (-90.0, -90.0))
    hand = upper[-1].end
    weight = Limb(Part.FURNITURE, hand, 0.2, hand, 0.2)
    floor = _bar((-0.95, 0.0), (0.95, 0.0))
    return _body((floor, weight, *upper, *_leg_parts(leg)), leg, trunk_deg, upper[1].start)


def _body(limbs: tuple[Limb, ...], leg: _Leg, trunk_deg: float, traced: Point) -> Body:
    return Body(limbs, leg.ankle, leg.shin_deg, leg.sense, traced, _mounts(leg, trunk_deg))


SCENES: Mapping[Scene, Callable[[Angles], Body]] = MappingProxyType(
    {
        Scene.LYING: _lying,
        Scene.SEATED: _seated,
        Scene.STANDING: _standing,
        Scene.FLOOR: _floor,
        Scene.STEP: _step,
        Scene.KNEELING: _kneeling,
        Scene.HINGE: _hinge,
    }
)
"""The function that draws the body in each scene."""
