"""The drawn body of an exercise, and the room that it needs. No Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product
from types import MappingProxyType

from gui.models.body_parts import WEDGE, Angles, Body, Box, along, around, joined
from gui.models.body_scenes import SCENES, Scene
from gui.models.settings import Posture
from processing.exercises.exercise import Driving, Exercise, PictureName

UPRIGHT_DEG = 90.0
"""Bend of the knee of a person who kneels upright, from which the reps of a Nordic curl begin, or who sits."""
_ANKLES = (-50.0, -20.0, 0.0, 25.0)
_CURLS = (0.0, 30.0, 60.0, 90.0, 115.0)
_HIPS = (0.0, 45.0, 90.0)
_HIP_PER_THIGH = 5.0
"""Bend of the hip for each degree that the thigh turns back: some 80° for 15°."""
_TOPS: Mapping[Scene, float] = MappingProxyType(
    {Scene.STANDING: 0.75, Scene.FLOOR: 1.85, Scene.STEP: 1.85}
)
"""Upper edge of the room where a standing person would make the leg small; the rest lies beyond it."""


def scene_of(exercise: Exercise, posture: Posture) -> Scene:
    """Return the scene of an exercise; ``posture`` is that of a leg curl."""
    scenes: Mapping[PictureName, Scene] = {
        "leg_curl": Scene(posture),
        "heel_raise": Scene.SEATED if exercise.start.pose == "seated" else Scene.STEP,
        "kneeling": Scene.KNEELING,
        "hip_hinge": Scene.HINGE,
        "ankle": Scene.SEATED,
        "lunge": Scene.FLOOR,
    }
    return scenes[exercise.picture]


def drawn_curl(exercise: Exercise, curl_deg: float | None) -> float | None:
    """Return the bend of the knee as it is drawn, where 0 is straight; the start pose may be another."""
    return None if curl_deg is None else curl_deg + start_curl(exercise)


def start_curl(exercise: Exercise) -> float:
    """Return the bend of the knee in the start pose, °."""
    kneels = exercise.start.pose == "kneeling" and exercise.reps.lowers_first
    # Who sits for a leg curl begins with the knee straight.
    sits = exercise.start.pose == "seated" and exercise.picture in ("ankle", "heel_raise")
    return UPRIGHT_DEG if kneels or sits else 0.0


def drawn_hip(exercise: Exercise, driving_deg: float | None) -> float | None:
    """Return the bend of the hip as it is drawn; None in an exercise of another joint."""
    if exercise.picture != "hip_hinge" or driving_deg is None:
        return None
    if exercise.driving is Driving.THIGH_TURN:
        # The trunk is not seen; it is drawn as far down as the hips of most people have gone back.
        return max(-driving_deg, 0.0) * _HIP_PER_THIGH
    # The driving angle grows as the hip straightens.
    return -driving_deg


# A frame asks for the pose before and after it, and for those of the recent path.
@lru_cache(maxsize=64)
def body(scene: Scene, angles: Angles) -> Body:
    """Return the body of ``scene`` in the pose of ``angles``."""
    return SCENES[scene](angles)


@cache
def box(scene: Scene) -> Box:
    """Return the room that every pose of ``scene`` is drawn in."""
    rooms = [
        room
        for ankle, curl, hip in product(_ANKLES, _CURLS, _HIPS)
        for room in _rooms(body(scene, Angles(ankle, curl, hip)))
    ]
    whole = joined(rooms)
    return replace(whole, high=min(whole.high, _TOPS.get(scene, whole.high)))


def _rooms(drawn: Body) -> Iterator[Box]:
    """Yield the room of each part of a drawing."""
    for limb in drawn.limbs:
        yield limb.room
    if drawn.height is not None:
        return
    # The wedge may lie anywhere around the ankle that a foot can reach.
    for ankle in _ANKLES:
        start, _ = drawn.wedge(ankle, ankle)
        yield around(along(drawn.ankle, start, WEDGE), 0.0)
