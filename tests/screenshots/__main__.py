"""Make the pictures: ``python -m tests.screenshots [FOLDER] [--only SCENE …]``.

They are captures of the running window on an X server without a monitor.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from tests.display.server import running_display
from tests.screenshots.all_scenes import SCENES
from tests.screenshots.exercise_scenes import RANGES, SOURCES
from tests.screenshots.film import film
from tests.screenshots.saving import save_picture
from tests.screenshots.stage import Stage

DOCS = Path(__file__).parents[2] / "docs"
USED = frozenset(
    {
        "home",
        "plan",
        "train",
        "calibrate_pumps",
        "train_far",
        "rest",
        "review",
        "history",
        "history_plan",
        "sensors_in_sight",
        "video",
        "end",
        "share",
        *(f"exercise_{key}" for key in (*SOURCES, *RANGES)),
    }
)
"""The pictures in the documents; all others go to the folder ``more``."""
FILM = "film"


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DOCS)
    parser.add_argument("--only", nargs="+", choices=[*SCENES, FILM], default=[*SCENES, FILM])
    args = parser.parse_args()
    others = args.folder / "more"
    others.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with running_display() as display, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        stage = Stage(Path(folder))
        for name, scene in SCENES.items():
            if name not in args.only:
                continue
            for title, picture in scene(stage, Path(folder)):
                path = (args.folder if title in USED else others) / f"{title}.png"
                save_picture(path, picture)
                print(f"{time.monotonic() - began:5.1f} s  {path}")
        if FILM in args.only:
            film(stage, args.folder / "train.webp")
        stage.end()


if __name__ == "__main__":
    main()
