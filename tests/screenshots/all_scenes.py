"""All scenes by name."""

from tests.screenshots.end_scenes import SCENES as END_SCENES
from tests.screenshots.exercise_scenes import exercises
from tests.screenshots.raise_scenes import raises
from tests.screenshots.rest_scene import rest
from tests.screenshots.scenes import SCENES as USUAL_SCENES
from tests.screenshots.scenes import Scene
from tests.screenshots.video_scenes import video

SCENES: dict[str, Scene] = {
    **USUAL_SCENES,
    **END_SCENES,
    "exercises": exercises,
    "raises": raises,
    "rest": rest,
    "video": video,
}
