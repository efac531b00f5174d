"""Break points in Review: a cross on the loop picture, and a column of the table."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.models.rep_loops import rep_loops
from gui.widgets.loop_plot import LoopPlot
from gui.widgets.rep_table import RepTable
from gui.widgets.theme import Theme
from processing.judge.break_point import BreakPoint, Control
from processing.judge.checks import Grade
from processing.judge.reasons import Pointed
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
    loops = rep_loops(judged(), analysed().offline_angles)
    # A legend in both pictures, in one line: the plot stays as high.
    word = "rep 1"
    unbroken = [replace(loop, broke=None) for loop in loops]
    plot.show_loops(unbroken, chosen=0, worst=0, worst_word=word)
    plot.show()
    before = painted(plot)
    assert plot.lost == {}
    plot.show_loops(loops, chosen=0, worst=0, worst_word=word)
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
    assert near.all()
    assert "control lost in 1 rep" in plot._plot.accessibleDescription()


@pytest.mark.parametrize("wide", [700, 260])
def test_the_words_of_a_plot_are_whole_and_cover_no_curve(qtbot: QtBot, wide: int) -> None:
    plot = LoopPlot(Theme())
    qtbot.addWidget(plot)
    plot.setStyleSheet(f"background: {Theme().palette.panel}")
    plot.resize(wide, 420)
    plot.show()
    loops = rep_loops(judged(), analysed().offline_angles)
    word = "rep 2: lowered in 0.8 s, target 3 s"
    plot.show_loops(loops, chosen=0, worst=1, worst_word=word)
    qtbot.waitUntil(lambda: plot.legend.geometry().bottom() < plot._plot.geometry().top())
    assert [one.text for one in plot.legend.words] == [word, "× control lost in 1 rep"]
    # On the curves there are no words; above them every line has its room.
    assert not [item for item in plot._drawn if isinstance(item, pg.TextItem)]
    assert plot.width() == wide
    assert plot.legend.height() >= plot.legend.heightForWidth(plot.legend.width())
    image = plot.legend.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    inked = (np.abs(bits[:, :, :3].astype(int) - bits[0, -1, :3].astype(int)) > 40).any(axis=2)
    lines = int((np.diff(inked.any(axis=1).astype(int)) == 1).sum())
    assert lines >= (1 if wide == 700 else 2)
    assert not inked[:, -1].any()


def test_a_reason_that_is_wider_than_its_column_takes_a_second_line(qtbot: QtBot) -> None:
    known = judged()
    first = replace(known.verdicts[0], reason=Pointed(3.5, 0.48), grade=Grade.MISS)
    table = RepTable(Theme())
    qtbot.addWidget(table)
    table.resize(430, 260)
    table.show()
    table.show_set(replace(known, verdicts=(first, *known.verdicts[1:])))
    last = table.model().columnCount() - 1
    assert table.rowHeight(0) > table.rowHeight(1)
    cell = table.visualRect(table.model().index(0, last))
    image = table.viewport().grab(cell).toImage().convertToFormat(QImage.Format.Format_RGB888)
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    ink = np.abs(bits[:, : 3 * image.width()].astype(np.int64) - int(bits[0, 0])).max(axis=1) > 60
    # Two lines of letters with a gap between them.
    lines = np.flatnonzero(np.diff(ink.astype(np.int64)) == 1)
    assert len(lines) >= 2
