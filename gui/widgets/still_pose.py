"""The pose in which an exercise is drawn where nobody moves."""

from gui.models.body_scenes import Scene
from gui.widgets.figure import LegPose
from processing.exercises.exercise import Exercise

CURL = LegPose(ankle_deg=-34.0, curl_deg=52.0, band=(-50.0, -22.0), other_band=(5.0, 20.0))
POSES = {
    Scene.SEATED: LegPose(ankle_deg=-20.0, curl_deg=90.0),
    Scene.STEP: LegPose(ankle_deg=-30.0, curl_deg=0.0),
    Scene.KNEELING: LegPose(ankle_deg=-20.0, curl_deg=60.0),
    Scene.HINGE: LegPose(ankle_deg=0.0, curl_deg=15.0, hip_deg=50.0),
    Scene.FLOOR: LegPose(ankle_deg=20.0, curl_deg=60.0),
}
"""The pose that is drawn for exercises other than leg curls: a moment in their middle."""
_LEG_CURL = "leg_curl"


def still_pose(exercise: Exercise, scene: Scene) -> LegPose:
    """Return the pose of ``exercise`` in ``scene``."""
    return CURL if exercise.picture == _LEG_CURL else POSES.get(scene, CURL)
