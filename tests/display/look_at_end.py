"""Look at the marks of the session card on a real display.

Run as ``python -m tests.display.look_at_end RECORDING``; a test runs it. The last line that it prints
has, for each mark from left to right, its colour by name and the share of its box that is painted.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRectF

from gui.pages.end.end_page import EndPage
from gui.pages.page_name import PageName
from gui.widgets.theme import Theme
from tests.display.pixels import captured, colours
from tests.screenshots.stage import Stage

NAMES = ("good", "near", "miss", "not_judged")


def main() -> None:
    """Print the painted marks."""
    path = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), (1280, 720))
        stage.open(PageName.HOME, storage_folder=str(Path(folder) / "none"))
        state = stage.window.state
        state.end.show(path)
        stage.show(PageName.END)
        stage.wait(lambda: state.end.session is not None)
        page = stage.window.page
        assert isinstance(page, EndPage)
        stage.settle()
        # The array looks into the picture, which must live as long.
        picture = captured(stage.window)
        image = colours(picture)
        at = page.view.marks.mapTo(stage.window, QPoint(0, 0))
        boxes = [box.translated(at) for _, box in page.view.marks.places()]
        print(json.dumps([painted(image, state.theme, box) for box in boxes]))
        stage.end()


def painted(image: np.ndarray, theme: Theme, box: QRectF) -> dict[str, object]:
    """Return the name of the commonest colour of a mark in ``box``, and its share of the pixels."""
    part = image[round(box.top()) : round(box.bottom()), round(box.left()) : round(box.right())]
    shares = {}
    for name in NAMES:
        ink = theme.color(name)
        same = np.all(part[:, :, :3] == (ink.blue(), ink.green(), ink.red()), axis=2)
        shares[name] = float(same.mean())
    name = max(shares, key=lambda one: shares[one])
    return {"name": name, "share": shares[name]}


if __name__ == "__main__":
    main()
