"""The parts of a drawn body and the room that they take. No Qt.

Lengths are in shins, x to the right and y up, with the origin at the point that a scene holds still.
Directions are in degrees: 0 to the right, 90 up.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
WEDGE = 0.53
"""Radius of the wedge: a little beyond the toes, so that its edge is seen."""


class Part(StrEnum):
    """The part of the drawing that a limb belongs to, which decides its colour."""

    FURNITURE = "furniture"
    FAR_LEG = "far leg"
    BODY = "body"
    SHIN = "shin"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Angles:
    """The angles that the body is drawn with, in degrees."""

    ankle: float = 0.0
    """Positive with the toes up."""
    curl: float = 0.0
    """Bend of the knee from straight."""
    hip: float = 0.0
    """Bend of the hip from standing straight."""


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a drawing takes, in shins."""

    left: float
    right: float
    low: float
    high: float

    def scale(self, width: float, height: float) -> float:
        """Return the length of the shin in a room of that size, in the units of the room."""
        return min(width / (self.right - self.left), height / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Limb:
    """Two circles and what lies between them; a circle alone where both ends are the same."""

    part: Part
    start: Point
    start_radius: float
    end: Point
    end_radius: float

    @property
    def room(self) -> Box:
        """The room that it takes."""
        (x1, y1), r1, (x2, y2), r2 = self.start, self.start_radius, self.end, self.end_radius
        return Box(
            min(x1 - r1, x2 - r2),
            max(x1 + r1, x2 + r2),
            min(y1 - r1, y2 - r2),
            max(y1 + r1, y2 + r2),
        )


@dataclass(frozen=True, slots=True)
class Mount:
    """A sensor on the body."""

    at: Point
    direction: float
    """Along the limb."""


@dataclass(frozen=True, slots=True)
class Body:
    """The drawing of a body in one pose."""

    limbs: tuple[Limb, ...]
    """From back to front."""
    ankle: Point
    """The centre of the wedge in which the foot should be."""
    shin_deg: float
    """Direction from knee to ankle."""
    sense: float
    """1 where the toes lie clockwise of the shin, -1 where they lie the other way."""
    traced: Point
    """The point whose recent path is drawn: the one that travels furthest in a rep."""
    mounts: tuple[Mount, ...]
    """Sensors from the foot upwards: foot, shin, thigh, pelvis."""
    height: tuple[Point, Point] | None = None
    """The raised heel and the place below it on the ground, None where heels are not raised."""

    def wedge(self, low: float, high: float) -> tuple[float, float]:
        """Return start and span (degrees) of the feet with an ankle angle from ``low`` to ``high``."""
        return self.shin_deg - self.sense * (90.0 + low), -self.sense * (high - low)


def along(point: Point, direction: float, length: float) -> Point:
    """Return the point that lies ``length`` shins from ``point`` in ``direction`` degrees."""
    angle = math.radians(direction)
    return point[0] + length * math.cos(angle), point[1] + length * math.sin(angle)


def around(point: Point, reach: float) -> Box:
    """Return the room up to ``reach`` shins from a point."""
    x, y = point
    return Box(x - reach, x + reach, y - reach, y + reach)


def joined(rooms: Sequence[Box]) -> Box:
    """Return the room that holds all of ``rooms``."""
    return Box(
        min(room.left for room in rooms),
        max(room.right for room in rooms),
        min(room.low for room in rooms),
        max(room.high for room in rooms),
    )
