"""Compare what the running window shows on an X server with a re-rendering of it.

Every page at work, at three sizes and at 200 % (of the text, and of the screen). To reach: less than
0.1 % of the pixels of every panel and plot differ. Nothing here is random.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.display.server import running_display

ROOT = Path(__file__).parents[3]
REACH = 0.001
"""Largest share of the pixels of a part that may differ."""


@dataclass(frozen=True, slots=True)
class Look:
    """A size of the window, of its text and of the pixels of the screen."""

    name: str
    width: int
    height: int
    text_scale: float = 1.0
    screen_scale: float = 1.0


LOOKS = (
    Look("1280 x 720", 1280, 720),
    Look("1440 x 900", 1440, 900),
    Look("1440 x 900, text 200 %", 1440, 900, text_scale=2.0),
    Look("1440 x 900, screen 200 %", 1440, 900, screen_scale=2.0),
)


def main(arguments: Sequence[str] = ()) -> None:
    """Print a row a size: the moments, the parts, their mean and worst difference."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "--look", type=int, help="compare one look in this process, for the row of it"
    )
    look = parser.parse_args(arguments).look
    if look is not None:
        _compare(LOOKS[look])
        return
    print(f"seeds: 7 (only the window is judged); to reach: below {REACH:.1%} in each part")
    with running_display() as display:
        for number, look in enumerate(LOOKS):
            _print_row(look, _compared(number, look, display))


def _compared(number: int, look: Look, display: str) -> list[Mapping[str, str | float]]:
    """Return the differences of a look, from a process of its own: Qt scales a whole process."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_SCALE_FACTOR": str(look.screen_scale),
    }
    command = [sys.executable, "-m", __spec__.name, "--look", str(number)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found: list[Mapping[str, str | float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _compare(look: Look) -> None:
    """Print the differences of all moments as JSON. It runs on the X server."""
    from tests.display.moments import every_moment  # Qt reads the scale at import
    from tests.display.pixels import differences
    from tests.screenshots.stage import Stage

    found: list[dict[str, str | float]] = []
    with tempfile.TemporaryDirectory() as folder:
        size = look.width, look.height
        stage = Stage(Path(folder), size, {"text_scale": look.text_scale})
        for moment, window in every_moment(stage, Path(folder)):
            stage.settle()
            found += [
                {"moment": moment, "part": one.part, "share": one.share}
                for one in differences(window)
            ]
        stage.end()
    print(json.dumps(found))


def _print_row(look: Look, found: list[Mapping[str, str | float]]) -> None:
    shares = [float(one["share"]) for one in found]
    worst = max(found, key=lambda one: one["share"])
    over = [one for one in found if float(one["share"]) >= REACH]
    moments = {one["moment"] for one in found}
    mean = sum(shares) / len(shares)
    print(
        f"{look.name:26s} {len(moments):3d} moments, {len(found):5d} parts: mean {mean:.4%}, "
        f"worst {float(worst['share']):.3%} ({worst['part']}; {worst['moment']}), "
        f"{len(over)} parts at {REACH:.1%} or more"
    )
    for one in over[:20]:
        print(f"    {float(one['share']):7.3%}  {one['moment']}: {one['part']}")


if __name__ == "__main__":
    main(sys.argv[1:])
