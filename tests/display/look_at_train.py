"""Train on the X server of this process: print what it shows, as JSON.

A test runs this module: Qt chooses a platform once a process.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRect

from gui.pages.page_name import PageName
from gui.pages.train.phase_ribbon import PhaseRibbon
from processing.types import Phase
from tests.display.moments import training
from tests.display.pixels import captured, colours, differences
from tests.screenshots.stage import Stage

ONE_SET = "sim:protocol=B,sets=1,reps=9,seed=7"
SHOWN_S = 20.0


def main() -> None:
    """Print the worst difference of each moment, and how much of the ribbon says "lower"."""
    looks = []
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), tuple(map(int, sys.argv[1:3])))  # type: ignore[arg-type]  # two
        stage.open(PageName.TRAIN)
        stage.play(ONE_SET, 0.0)
        for moment, window in training(stage):
            worst = max(differences(window), key=lambda one: one.share)
            looks.append(
                {
                    "moment": moment,
                    "worst": worst.share,
                    "part": worst.part,
                    "lowering": lowering_share(stage),
                    **painted(stage),
                }
            )
        stage.end()
    print(json.dumps(looks))


def lowering_share(stage: Stage) -> float:
    """Return the share of the shown time in which the leg lowers, by the model."""
    spans = stage.window.state.train.spans(SHOWN_S)
    lowering = [
        s.t_end - max(s.t_start, spans[-1].t_end - SHOWN_S)
        for s in spans
        if s.phase is Phase.ECCENTRIC
    ]
    return sum(lowering) / SHOWN_S


def painted(stage: Stage) -> dict[str, object]:
    """Return the share of the ribbon that the screen shows in the colour of "lower", and its edges.

    The share is None if the ribbon is scrolled out of sight.
    """
    ribbon = stage.window.findChild(PhaseRibbon)
    assert isinstance(ribbon, PhaseRibbon)
    line = QRect(ribbon.mapTo(stage.window, QPoint(0, 3)), ribbon.size()).top()
    if ribbon.visibleRegion().boundingRect().height() < ribbon.height():
        return {"painted": None}
    ink = stage.window.state.theme.mixed("toes_pointed", "panel", 0.28)
    row = colours(captured(stage.window))[line]
    blue, green, red = row[:, 0], row[:, 1], row[:, 2]
    lower = (red == ink.red()) & (green == ink.green()) & (blue == ink.blue())
    share = float(lower.sum()) / (ribbon._right - ribbon._left)
    return {"painted": share, "edges": np.flatnonzero(np.diff(lower)).tolist()}


if __name__ == "__main__":
    main()
