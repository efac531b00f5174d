"""The scenes of the exercises: each one on Train in a lowering and in Review, the ranges on their page."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from gui.models.chosen_exercise import fitting_protocols
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from processing.exercises.exercise_file import built_in
from sensor.simulation.session_files import save_session
from tests.paced_session import simulated
from tests.screenshots.scenes import SMALL_SIZE, Picture, opened
from tests.screenshots.stage import Stage

SETS = "sets=1,reps=6,rest=still,seed=7"
BODY = f"load_kg=0,{SETS}"
"""Of those that lift the body alone."""
SOURCES: dict[str, str] = {
    "heel_raise": f"sim:exercise=heel_raise,legs=two,tempo=3-0-3-0,{BODY}",
    "glute_ham_raise": f"sim:exercise=glute_ham_raise,thigh=yes,tempo=4-0-2-1,{BODY}",
    "nordic_curl": f"sim:exercise=nordic_curl,thigh=yes,tempo=4-0-2-1,{BODY}",
    "stiff_legged_deadlift": (
        f"sim:exercise=stiff_legged_deadlift,thigh=yes,pelvis=yes,tempo=3-0-2-1,{SETS}"
    ),
}
"""The simulated person of each exercise with reps but the leg curl, which the other pictures show."""
RANGES: dict[str, str] = {
    "ankle_range": "sim:exercise=ankle_range,seed=7",
    "lunge_range": "sim:exercise=lunge_range,seed=7",
}
SHOWN_REP = 3


def exercises(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield each exercise while it is done, and in Review."""
    for key, source in SOURCES.items():
        protocol = fitting_protocols(built_in(key))[0]
        load = 0.0 if built_in(key).lifts_body else 40.0
        stage.open(PageName.TRAIN, SMALL_SIZE, exercise=key, protocol=protocol, load=load)
        rep = simulated(source).truth.reps[SHOWN_REP - 1]
        stage.play(source, 0.4 * rep.t_ecc + 0.6 * rep.t_bottom)
        yield f"exercise_{key}", stage.picture()
        stage.window.state.stop()
        yield f"exercise_{key}_review", _reviewed(stage, folder / f"exercise_{key}", source)
    for key, source in RANGES.items():
        stage.open(PageName.RANGES, SMALL_SIZE, exercise=key)
        trial = simulated(source).truth.trials[1]
        stage.play(source, 0.5 * (trial.t_start + trial.t_end))
        yield f"exercise_{key}", stage.picture()
        stage.show(PageName.TRAIN)
        yield f"exercise_{key}_train", stage.picture()
        stage.window.state.stop()
        yield f"exercise_{key}_review", _reviewed(stage, folder / f"exercise_{key}", source)


def _reviewed(stage: Stage, folder: Path, source: str) -> QImage:
    """Return Review of the session of ``source``, kept in ``folder``."""
    kept = folder / "session.mcap"
    if not kept.exists():
        folder.mkdir()
        save_session(simulated(source), kept)
    page = stage.open(PageName.REVIEW, storage_folder=str(folder))
    assert isinstance(page, ReviewPage)
    page.open(kept)
    stage.wait(partial(opened, page))
    return stage.picture()
