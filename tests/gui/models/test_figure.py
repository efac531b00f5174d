"""The drawn body has the angles that it is given, measured between its own limbs."""

import math

import pytest

from gui.models.body_parts import Angles, Body, Limb, Part, Point
from gui.models.body_scenes import Scene
from gui.models.figure import body, box

ANKLES = (-45.0, -15.0, 0.0, 18.0)


def limb(drawn: Body, part: Part) -> Limb:
    """Return the first limb of a part that is drawn."""
    return next(one for one in drawn.limbs if one.part is part)


def thigh(drawn: Body) -> Limb:
    """Return the limb of the body that ends at the knee."""
    knee = limb(drawn, Part.SHIN).start
    return next(one for one in drawn.limbs if one.part is Part.BODY and one.end == knee)


def angle_between(corner: Point, one: Point, other: Point) -> float:
    """Return the angle at ``corner`` between two points, in degrees."""
    first = (one[0] - corner[0], one[1] - corner[1])
    second = (other[0] - corner[0], other[1] - corner[1])
    cosine = (first[0] * second[0] + first[1] * second[1]) / (
        math.hypot(*first) * math.hypot(*second)
    )
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


@pytest.mark.parametrize("scene", list(Scene))
@pytest.mark.parametrize("ankle", ANKLES)
def test_the_toes_are_drawn_at_the_ankle_angle(scene: Scene, ankle: float) -> None:
    drawn = body(scene, Angles(ankle=ankle, curl=40.0))
    shin, foot = limb(drawn, Part.SHIN), limb(drawn, Part.FOOT)
    # At 0 the foot stands square to the shin, and toes up come nearer to the knee.
    assert angle_between(shin.end, shin.start, foot.end) == pytest.approx(90.0 - ankle)


@pytest.mark.parametrize("scene", [Scene.LYING, Scene.SEATED, Scene.STANDING, Scene.KNEELING])
@pytest.mark.parametrize("curl", [0.0, 45.0, 110.0])
def test_the_knee_is_drawn_at_the_curl(scene: Scene, curl: float) -> None:
    drawn = body(scene, Angles(curl=curl))
    shin = limb(drawn, Part.SHIN)
    assert angle_between(shin.start, thigh(drawn).start, shin.end) == pytest.approx(180.0 - curl)


@pytest.mark.parametrize("hip", [0.0, 40.0, 85.0])
def test_the_hip_is_drawn_as_it_is_bent(hip: float) -> None:
    drawn = body(Scene.HINGE, Angles(hip=hip))
    trunk = next(one for one in drawn.limbs if one.part is Part.BODY)
    upright = math.degrees(math.atan2(trunk.end[1] - trunk.start[1], trunk.end[0] - trunk.start[0]))
    assert upright == pytest.approx(90.0 - hip)


@pytest.mark.parametrize("scene", [Scene.FLOOR, Scene.STEP])
def test_a_heel_rises_over_the_ball_of_the_foot(scene: Scene) -> None:
    feet = [limb(body(scene, Angles(ankle=ankle)), Part.FOOT).end for ankle in (0.0, -20.0, -45.0)]
    heights = [body(scene, Angles(ankle=ankle)).height for ankle in (0.0, -20.0, -45.0)]
    rises = [height[0][1] - height[1][1] for height in heights if height is not None]
    assert rises == sorted(rises)
    assert rises[-1] > 0.25
    assert all(math.hypot(toe[0] - feet[0][0], toe[1] - feet[0][1]) < 0.12 for toe in feet)


def test_a_heel_sinks_below_a_step_but_not_into_the_floor() -> None:
    drop = Angles(ankle=20.0)
    for scene, sinks in ((Scene.STEP, True), (Scene.FLOOR, False)):
        height = body(scene, drop).height
        assert height is not None
        assert (height[0][1] < -0.02) is sinks


@pytest.mark.parametrize("scene", list(Scene))
def test_the_path_is_that_of_a_point_which_moves(scene: Scene) -> None:
    low, high = Angles(0.0, 0.0, 0.0), Angles(-40.0, 90.0, 80.0)
    start, end = body(scene, low).traced, body(scene, high).traced
    assert math.hypot(end[0] - start[0], end[1] - start[1]) > 0.2


@pytest.mark.parametrize("scene", list(Scene))
def test_each_scene_draws_its_leg_large(scene: Scene) -> None:
    """In a card of the usual shape the shin takes a fifth of the height or more."""
    assert box(scene).scale(508.0, 400.0) > 0.2 * 400.0
