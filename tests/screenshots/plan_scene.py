"""The scene of the plan: before a session, in its rests, and as a plan of one's own."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage

from gui.pages.page_name import PageName
from gui.pages.plan.plan_page import PlanPage
from tests.screenshots.stage import USUAL_SIZE, Stage

SMALL_SIZE = (1280, 720)
LOOKS: tuple[tuple[str, tuple[int, int], dict[str, object]], ...] = (
    ("", USUAL_SIZE, {}),
    ("_light", USUAL_SIZE, {"theme": "light"}),
    ("_1280x720", SMALL_SIZE, {}),
    ("_1280x720_german", SMALL_SIZE, {"language": "de"}),
    ("_large", USUAL_SIZE, {"text_scale": 2.0}),
    ("_large_german", SMALL_SIZE, {"text_scale": 2.0, "language": "de"}),
)
"""For each look, the end of its name, the size of the window, and its settings."""
SETS = "sim:protocol=A,sets=4,reps=8,rest_s=90,seed=7"


def plan(stage: Stage, folder: Path) -> Iterator[tuple[str, QImage]]:
    """Yield the plan with a changed set in every look, then in a rest, and of heel raises."""
    kept = folder / "planned"
    for name, size, settings in LOOKS:
        page = _opened(stage, size, kept, **settings)
        page.add()
        page.choose(3)
        page.set_card.reps.more.click()
        yield f"plan{name}", stage.picture()
    page = _opened(stage, USUAL_SIZE, kept, protocol="A")
    yield "plan_every_set", stage.picture()
    stage.play(SETS, 100.0)
    # Other looks may have rebuilt it.
    again = stage.window.page
    assert isinstance(again, PlanPage)
    again.choose(1)
    yield "plan_in_a_rest", stage.picture()
    page = _opened(stage, USUAL_SIZE, kept, exercise="heel_raise", protocol="raise-to-failure")
    page.save_card.button.click()
    page.save_card.button.click()
    yield "plan_of_ones_own", stage.picture()


def _opened(stage: Stage, size: tuple[int, int], kept: Path, **settings: object) -> PlanPage:
    page = stage.open(PageName.PLAN, size, storage_folder=str(kept), **settings)
    library = stage.window.state.library
    stage.wait(lambda: library.listed and library.idle)
    assert isinstance(page, PlanPage)
    return page
