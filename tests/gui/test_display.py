"""The window on a real X server, in its own process: what the screen shows."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.models.settings import Settings, save_settings
from tests.display.server import NoDisplayError, running_display
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
SURE_LOWERING_S = 3.6
"""A lowering of this length is not too short by any way to find its ends: 3.5 s are asked."""
DIFFERING = 0.001
"""Largest share of the pixels of a panel in which its re-rendering may differ."""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Run an X server; return its name."""
    try:
        with running_display() as name:
            yield name
    except NoDisplayError as error:
        pytest.skip(str(error))


def run(display: str, module: str, *arguments: str) -> str:
    """Run ``module`` on the display; return the last line that it prints."""
    child = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert "Traceback" not in child.stderr
    return child.stdout.splitlines()[-1]


@pytest.mark.slow
def test_the_window_paints_and_closes_under_x11(display: str) -> None:
    save_settings(Settings(first_run_done=True))
    assert run(display, "tests.gui.window_on_display") == "xcb: painted"


def test_the_screen_shows_what_train_would_paint_again(display: str) -> None:
    """A low window scrolls, so that parts of the plots come into sight later."""
    looks = json.loads(run(display, "tests.display.look_at_train", "1280", "620"))
    assert len(looks) == 6
    for look in looks:
        assert look["worst"] < DIFFERING, look
    seen = [look for look in looks if look["painted"] is not None]
    assert len(seen) >= 3
    for look in seen:
        # A gap of two pixels between the boxes of the ribbon, and the words in them.
        assert look["painted"] == pytest.approx(look["lowering"], abs=0.08), look
    # The first two are of the same size, half a second apart.
    assert seen[0]["edges"] != seen[1]["edges"]


def test_the_screen_shows_a_mark_for_every_rep_by_shape_and_colour(display: str) -> None:
    """The faults that the simulation made are the marks on the card, in order."""
    recording = ROOT / "recordings" / "b_faults.mcap"
    made = json.loads(recording.with_suffix(".expected.json").read_text("utf-8"))["reps"]
    marks = json.loads(run(display, "tests.display.look_at_end", str(recording)))
    whole = [rep for rep in made if not rep["partial"]]
    assert len(marks) == len(whole)
    for mark, rep in zip(marks, whole, strict=True):
        lowering_s = rep["t_bottom_s"] - rep["t_ecc_s"]
        if rep["fault"]:
            assert mark["name"] in ("near", "miss"), (mark, rep)
        elif lowering_s > SURE_LOWERING_S:
            assert mark["name"] == "good", (mark, rep)
        # A square fills its box, a disc pi/4 of it, a triangle half; edges are smooth.
        low, high = {"miss": (0.8, 1.0), "good": (0.6, 0.8), "near": (0.35, 0.55)}[mark["name"]]
        assert low < mark["share"] < high, mark
