"""Every state of every scene in many looks: ``python -m tests.screenshots.looks FOLDER [--only SCENE …] [--all]``.

The pictures of a state lie in a folder of its own, beside a contact sheet of them; ``looks.md`` lists all.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import get_args

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from gui.models.settings import ColourTheme, Language
from tests.display.server import running_display
from tests.screenshots.all_scenes import SCENES
from tests.screenshots.saving import as_image
from tests.screenshots.stage import USUAL_SIZE, Stage

SIZES = ((1280, 720), (1440, 900), (3840, 2160))
SCALES = (1.0, 2.0)
COLUMNS, CELL_PX = 2, 960
"""Of a contact sheet: pictures beside each other, and the width of one."""


@dataclass(frozen=True, slots=True)
class Look:
    """A size of the window with the settings that change every widget."""

    size: tuple[int, int]
    scale: float
    theme: ColourTheme
    language: Language

    @property
    def name(self) -> str:
        """Its name in files and tables."""
        wide, high = self.size
        return f"{wide}x{high}_{self.scale:.0%}_{self.theme}_{self.language}".replace("%", "")


BASE = Look(USUAL_SIZE, 1.0, "dark", "en")
"""The look in which the scenes are played, some in another size."""
USUAL = (
    BASE,
    Look((1280, 720), 1.0, "dark", "de"),
    Look((1280, 720), 1.0, "light", "en"),
    Look((1440, 900), 1.0, "light", "de"),
    Look((1280, 720), 2.0, "dark", "de"),
    Look((1440, 900), 2.0, "light", "en"),
    Look((3840, 2160), 1.0, "light", "de"),
    Look((3840, 2160), 2.0, "dark", "en"),
)
"""Each size, theme, language and text size with each other one at least once, as pairs."""
EVERY = tuple(
    Look(size, scale, theme, language)
    for size, scale, theme, language in product(
        SIZES, SCALES, get_args(ColourTheme), get_args(Language)
    )
)

Keep = Callable[[Look, QImage], None]


class LooksStage(Stage):
    """A stage that hands each picture on in every look; pictures that a scene takes in a look of its own
    are taken once.
    """

    def __init__(self, folder: Path, looks: Sequence[Look], keep: Keep) -> None:
        super().__init__(folder)
        self._looks, self._keep = looks, keep

    def picture(self, window: QWidget | None = None) -> QImage:
        """Return the picture; before, hand it on in every look."""
        played = self._look()
        # Whatever its size: the documents show some in a small window.
        if window is None and replace(played, size=BASE.size) == BASE:
            for look in self._looks:
                self._show(look)
                self._keep(look, super().picture())
            self._show(played)
        return super().picture(window)

    def _look(self) -> Look:
        size, settings = self.window.size(), self.window.state.settings
        return Look(
            (size.width(), size.height()), settings.text_scale, settings.theme, settings.language
        )

    def _show(self, look: Look) -> None:
        self.change(text_scale=look.scale, theme=look.theme, language=look.language)
        self.window.resize(QSize(*look.size))
        self.settle()


def contact_sheet(pictures: Sequence[Path], path: Path) -> None:
    """Put pictures beside each other, each as wide as the others."""
    cells = []
    for one in pictures:
        with Image.open(one) as opened:
            high = round(CELL_PX * opened.height / opened.width)
            cells.append(opened.convert("RGB").resize((CELL_PX, high), Image.Resampling.LANCZOS))
    rows = [cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS)]
    highs = [max(cell.height for cell in row) for row in rows]
    sheet = Image.new("RGB", (COLUMNS * CELL_PX, sum(highs)), "grey")
    top = 0
    for row, high in zip(rows, highs, strict=True):
        for at, cell in enumerate(row):
            sheet.paste(cell, (at * CELL_PX, top))
        top += high
    sheet.save(path)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots.looks", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=[*SCENES], default=[*SCENES])
    parser.add_argument("--all", action="store_true", help="every size with every setting")
    args = parser.parse_args()
    looks, taken = EVERY if args.all else USUAL, list[tuple[Look, QImage]]()
    lines = ["| state | " + " | ".join(look.name for look in looks) + " |"]
    lines.append("|---" * (1 + len(looks)) + "|")
    began = time.monotonic()
    with running_display() as display, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        stage = LooksStage(Path(folder), looks, lambda look, picture: taken.append((look, picture)))
        for name in args.only:
            for title, _ in SCENES[name](stage, Path(folder)):
                if not taken:
                    continue
                kept = args.folder / title
                kept.mkdir(parents=True, exist_ok=True)
                paths = [kept / f"{look.name}.png" for look, _ in taken]
                for path, (_, picture) in zip(paths, taken, strict=True):
                    as_image(picture).save(path)
                contact_sheet(paths, args.folder / f"{title}.png")
                cells = (f"[picture]({title}/{path.name})" for path in paths)
                lines.append(f"| {title} | " + " | ".join(cells) + " |")
                taken.clear()
                print(f"{time.monotonic() - began:5.1f} s  {title}", flush=True)
        stage.end()
    (args.folder / "looks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
