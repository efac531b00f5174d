"""The scene of the rest: the set just done takes the page of Train."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage

from gui.models.train_view import Face
from gui.pages.page_name import PageName
from gui.pages.train.train_page import TrainPage
from processing.pipeline.marks import PlanEventKind
from tests.screenshots.stage import USUAL_SIZE, Stage

SETS = "sim:protocol=B,sets=2,reps=8,rest_s=60,faults=fast+late,fault_every_reps=4,seed=7"
RAISES = (
    "sim:exercise=heel_raise,sets=2,reps=8,rest_s=60,tempo=3-0-3-0,faults=fast,fault_every_reps=4,"
    "load_kg=0,seed=7"
)
LOST = "sim:protocol=B,sets=2,reps=6,rest_s=30,foot_dropouts_s=52+3,seed=7"
RAISES_CHOSEN: dict[str, object] = {
    "exercise": "heel_raise",
    "protocol": "raise-3-0-3",
    "load": 0.0,
}
IN_REST_S, GOOD_S = 100.0, 34.2
LOOKS: tuple[tuple[str, tuple[int, int], dict[str, object]], ...] = (
    ("", USUAL_SIZE, {}),
    ("_light", USUAL_SIZE, {"theme": "light"}),
    ("_1280x720", (1280, 720), {}),
    ("_1280x720_german", (1280, 720), {"language": "de"}),
    ("_large", USUAL_SIZE, {"text_scale": 2.0}),
    ("_large_german", (1280, 720), {"text_scale": 2.0, "language": "de"}),
    ("_3840x2160", (3840, 2160), {"text_scale": 2.0}),
)
"""For each look the end of its name, the size of the window, and its settings."""


def rest(stage: Stage, folder: Path) -> Iterator[tuple[str, QImage]]:
    """Yield the rest after a set with faults in all looks, from afar, and after other sets."""
    stage.open(PageName.TRAIN)
    stage.play(SETS, IN_REST_S)
    stage.window.state.add_input(PlanEventKind.RESERVE, {"reserve": 2})
    stage.go_on(IN_REST_S + 2.5)
    for name, size, values in LOOKS:
        stage.change(**{"theme": "dark", "language": "en", "text_scale": 1.0, **values})
        stage.window.resize(*size)
        yield f"rest{name}", stage.picture()
    stage.change(theme="dark", language="en", text_scale=1.0)
    stage.window.resize(*USUAL_SIZE)
    page = stage.window.page
    assert isinstance(page, TrainPage)
    page.show_far_window()
    far = page.far_window
    assert far is not None
    far.showNormal()
    far.resize(1280, 720)
    # No window manager places it, and a window below another one is not on the screen.
    far.move(0, 0)
    far.raise_()
    yield "rest_far", stage.picture(far)
    far.close()
    stage.window.resize(1280, 720)
    now_s = IN_REST_S + 60.0
    while stage.window.state.train.face() is not Face.DONE:
        now_s += 1.0
        stage.go_on(now_s)
    yield "rest_done", stage.picture()
    stage.open(PageName.TRAIN, USUAL_SIZE, **RAISES_CHOSEN)
    stage.play(RAISES, 95.0)
    yield "rest_raises", stage.picture()
    stage.open(PageName.TRAIN, (1280, 720))
    stage.play(LOST, 82.0)
    yield "rest_not_judged", stage.picture()
