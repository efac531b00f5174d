"""Break points in Review: a cross on the loop picture, and a column of the table."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.models.rep_loops import rep_loops
from gui.widgets.loop_plot import LoopPlot
from gui.widgets.rep_table import RepTable
from gui.widgets.theme import Theme
from processing.judge.break_point import BreakPoint, Control
from processing.judge.set_metrics import break_points
from processing.review.judged_sets import JudgedSet, judge_sets
from tests.gui.recorded_session import analysed

IntArray = npt.NDArray[np.int64]


def judged() -> JudgedSet:
    """Return a set whose second rep is lost half-way down, and whose third is unknown."""
    known = judge_sets(analysed())[0]
    verdicts = list(known.verdicts)
    rep = verdicts[1].rep
    middle = 0.5 * (rep.t_ecc + rep.t_bottom)
    points = [
        BreakPoint(Control.HELD),
        BreakPoint(Control.LOST, math.radians(42.0), middle),
        BreakPoint(),
    ]
    changed = tuple(
        replace(v, measures=replace(v.measures, break_point=p))
        for v, p in zip(verdicts, points, strict=True)
    )
    return replace(
        known, verdicts=changed, metrics=replace(known.metrics, break_points=break_points(points))
    )


def test_the_table_has_a_column_of_break_points(qtbot: QtBot) -> None:
    table = RepTable(Theme())
    qtbot.addWidget(table)
    table.resize(1600, 200)
    # Only a table that is shown has the width that its columns need.
    table.show()
    table.show_set(judged())
    model = table.model()
    assert [model.index(row, 10).data() for row in range(3)] == ["held", "42", "–"]
    assert not table.isColumnHidden(10)
    free = replace(judged(), metrics=replace(judged().metrics, break_points=break_points([])))
    table.show_set(free)
    assert table.isColumnHidden(10)


def painted(plot: LoopPlot) -> IntArray:
    """Return the plot as it is painted, (height, width, 3)."""
    image = plot._plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint8)
    return bits.reshape(image.height(), image.width(), 4)[:, :, :3].astype(np.int64)


def test_a_cross_on_the_loop_shows_where_control_is_lost(qtbot: QtBot) -> None:
    plot = LoopPlot(Theme())
    qtbot.addWidget(plot)
    plot.resize(700, 420)
    plot.show()
    loops = rep_loops(judged(), analysed().offline_angles)
    plot.show_loops([replace(loop, broke=None) for loop in loops], chosen=0)
    before = painted(plot)
    assert plot.lost == {}
    plot.show_loops(loops, chosen=0)
    assert list(plot.lost) == [1]
    curl, ankle = plot.lost[1]
    # Half-way down the toes of this rep are pointed.
    assert 0.0 < curl < 100.0
    assert ankle < -15.0
    box = plot._item.getViewBox()
    at = plot._plot.mapFromScene(box.mapViewToScene(QPointF(curl, ankle)))
    rows, columns = np.nonzero(np.abs(painted(plot) - before).max(axis=2) > 60)
    near = np.hypot(columns - at.x(), rows - at.y()) <= 8.0
    assert near.sum() > 15
    # Beside it there is only the legend, between the bands on the right.
    assert (columns[~near] > at.x()).all() or (rows[~near] < at.y()).all()
    assert "control lost in 1 rep" in plot._plot.accessibleDescription()
