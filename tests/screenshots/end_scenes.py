"""The scenes of the end of a session: the card with its question, and that of an older session."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage

from gui.models.figure import scene_of
from gui.models.taken_inputs import TakenInputs
from gui.pages.end.end_page import EndPage
from gui.pages.end.share_picture import share_picture
from gui.pages.page_name import PageName
from processing.coach.beginning import as_metadata, with_beginning
from processing.coach.cues import CueConfig
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from sensor.simulation.session_files import save_session
from sensor.types import EventKind
from tests.paced_session import simulated
from tests.screenshots.stage import USUAL_SIZE, Stage

Picture = tuple[str, QImage]

TRAINED = (
    "sim:protocol=B,sets=3,reps=8,rest_s=30,faults=late+fast,fault_every_reps=5,load_kg=40,seed=7,"
    "created_utc=2026-11-29T18:05:00+00:00"
)
ENDS = "sim:protocol=B,sets=3,reps=8,rest_s=60,faults=fast+late,fault_every_reps=4,seed=7"
DONE_REPS = 16
AFTER_S = 4.0
"""So long after the last of the done reps, those of two sets, the training is ended by hand, s."""
RAISED = (
    "sim:exercise=heel_raise,sets=2,reps=8,rest_s=30,tempo=3-0-3-0,faults=fast,fault_every_reps=4,"
    "load_kg=0,seed=7"
)
SMALL_SIZE = (1280, 720)
LOOKS: tuple[tuple[str, tuple[int, int], dict[str, object]], ...] = (
    ("", USUAL_SIZE, {}),
    ("_light", USUAL_SIZE, {"theme": "light"}),
    ("_1280x720_german", SMALL_SIZE, {"language": "de"}),
    ("_large", USUAL_SIZE, {"text_scale": 2.0}),
    ("_1280x720_large_german", SMALL_SIZE, {"text_scale": 2.0, "language": "de", "theme": "light"}),
    ("_3840x2160", (3840, 2160), {"text_scale": 1.5}),
)


def end(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield the card of a session with three sets, and the picture to share."""
    kept = folder / "end"
    path = kept / "2026-11-29_18-05-00.mcap"
    if not kept.exists():
        kept.mkdir()
        _record(TRAINED, "B", path)
        _record(RAISED, "raise-3-0-3", kept / "raises.mcap")
    for name, size, settings in LOOKS:
        page = _open(stage, path, size, storage_folder=str(kept), **settings)
        yield f"end{name}", stage.picture()
        if not name:
            card = page._card()
            assert card is not None
            yield "share", share_picture(card, scene_of(card.exercise, "lying"), "kg")
    _open(stage, kept / "raises.mcap", storage_folder=str(kept))
    yield "end_raises", stage.picture()
    stage.open(PageName.END, storage_folder=str(folder / "none"))
    yield "end_empty", stage.picture()


def ending(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield the card of a session that has just ended: the last question, with live numbers."""
    for name, size, settings in LOOKS[:4]:
        stage.open(PageName.TRAIN, size, athlete="M.", **settings)
        stage.play(ENDS, 1.0)
        state = stage.window.state
        # Nothing is recorded here, but the session is shown as one of the person's own.
        state.end.begin(own=True)
        state.train.inputs = TakenInputs(asks=True)
        over_s = simulated(ENDS).truth.reps[DONE_REPS - 1].t_bottom + AFTER_S
        stage.go_on(over_s)
        if state.train.in_set:
            state.add_input(EventKind.SET_END)
        stage.go_on(over_s + 0.5)
        state.add_input(EventKind.KEY, {"key": "q"})
        stage.go_on(over_s + 1.0)
        yield f"ending{name}", stage.picture()
        if not name:
            page = stage.window.page
            assert isinstance(page, EndPage)
            page.answer(2)
            stage.go_on(over_s + 1.5)
            yield "ending_effort", stage.picture()


def _open(
    stage: Stage, path: Path, size: tuple[int, int] = USUAL_SIZE, **settings: object
) -> EndPage:
    stage.open(PageName.HOME, size, athlete="M.", **settings)
    state = stage.window.state
    state.end.show(path)
    stage.show(PageName.END)
    page = stage.window.page
    assert isinstance(page, EndPage)
    stage.wait(lambda: state.end.session is not None and state.library.idle)
    return page


def _record(text: str, protocol: str, path: Path) -> None:
    """Record a simulated session that was coached, so that the coach knows the next load."""
    session = simulated(text)
    athlete = Athlete(weeks_trained=9.0, soreness=2.0)
    beginning = as_metadata(built_in(protocol), athlete, CueConfig())
    save_session(replace(session, header=with_beginning(session.header, beginning)), path)


SCENES = {"end": end, "ending": ending}
