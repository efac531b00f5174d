"""A moving picture of Train: one rep of protocol B and the start of the next."""

from pathlib import Path

from gui.pages.page_name import PageName
from tests.screenshots.saving import save_film
from tests.screenshots.scenes import SETS
from tests.screenshots.stage import Stage

START_S, SECONDS, FRAMES_A_SECOND = 54.6, 6.5, 8
WIDTH = 960


def film(stage: Stage, path: Path) -> None:
    """Write the moving picture."""
    stage.open(PageName.TRAIN)
    stage.play(SETS, START_S)
    frames = []
    for number in range(round(SECONDS * FRAMES_A_SECOND)):
        stage.go_on(START_S + number / FRAMES_A_SECOND)
        frames.append(stage.picture())
    save_film(path, frames, WIDTH, round(1000 / FRAMES_A_SECOND))
