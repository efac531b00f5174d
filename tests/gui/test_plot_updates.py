"""Some versions of PySide6 lose references with every update of a plot, until the process dies."""

import subprocess
import sys
from pathlib import Path

UPDATES = 20_000
_CHILD = f"""
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import numpy as np
from PySide6.QtWidgets import QApplication
from gui.widgets.theme import Theme
from gui.models.train_view import PhaseSpan
from gui.pages.train.time_plot import TimePlot
from processing.types import Phase

app = QApplication([])
plot = TimePlot(Theme(), name="Ankle", low=-50.0, high=30.0)
plot.resize(200, 100)
plot.show()
t = np.arange(0.0, 20.0, 0.1)
angle = 20.0 * np.sin(t)
spans = [PhaseSpan(Phase.ECCENTRIC, 10.0, 18.0, (-50.0, -22.0))]
for update in range({UPDATES}):
    plot.show_angle(t, angle, 20.0)
    plot.show_phases(spans, 20.0)
    if update % 20 == 0:
        app.processEvents()
print("updates", update + 1)
"""


def test_twenty_thousand_updates_do_not_crash() -> None:
    root = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", _CHILD], cwd=root, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    assert f"updates {UPDATES}" in child.stdout
