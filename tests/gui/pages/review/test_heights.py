"""Heel raises in Review: the height over time, the columns of the table, and the words of a set."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.models.height_curves import HeightCurve, asked_fall, at_moment, height_curves
from gui.pages.review.set_words import height_words, pace_words, set_title
from gui.widgets.height_plot import HeightPlot
from gui.widgets.rep_table import RepTable
from gui.widgets.theme import Theme
from processing.coach.protocol import SetType
from processing.exercises.exercise import HEEL_RAISE
from processing.exercises.exercise_file import built_in
from processing.judge.pace import Pace
from processing.judge.set_metrics import set_metrics
from processing.judge.verdict import judge
from processing.review.judged_sets import JudgedSet
from processing.review.training_sets import TrainingSet
from processing.types import AngleBlock
from tests.processing.coach.constructed_reps import draw, held, target
from tests.processing.reps.curves import Curve

HEIGHTS_DEG = (40.0, 36.0, 30.0, 20.0)
DROPPED = 1
"""The index of the rep that falls in half a second."""


@cache
def raised() -> tuple[JudgedSet, AngleBlock]:
    """Return a set of heel raises with known heights, lowered in 3 s but for the one that drops."""
    curve = Curve().hold(1.5)
    for index, deg in enumerate(HEIGHTS_DEG):
        curve.rep(rom=deg, up=1.0, down=0.5 if index == DROPPED else 3.0)
    reps, angles = draw(curve.hold(1.0), held(0.0))
    asked = replace(target(lift=None, lower=None, tempo="3-0-1-0"), reference_rom=None)
    verdicts = tuple(judge(rep, angles, asked) for rep in reps)
    source = TrainingSet(
        1,
        0.0,
        60.0,
        tuple(reps),
        (),
        marked=True,
        prescription={},
        type=SetType.FREE,
        load_kg=0.0,
        exercise=built_in(HEEL_RAISE),
    )
    return JudgedSet(source, asked, verdicts, set_metrics(verdicts, 0.0)), angles


def half_way_s(curve: HeightCurve) -> float:
    """Return when the lowering of a curve has come down to half of its height."""
    falling = curve.t_s > 0.0
    below = curve.height_deg[falling] <= 0.5 * float(np.nanmax(curve.height_deg))
    return float(curve.t_s[falling][below][0])


def test_the_curves_begin_to_fall_together_and_a_drop_falls_first() -> None:
    judged, angles = raised()
    curves = height_curves(judged, angles)
    for curve, deg in zip(curves, HEIGHTS_DEG, strict=True):
        at_top = float(np.interp(0.0, curve.t_s, curve.height_deg))
        assert at_top == pytest.approx(deg, abs=2.1)
        assert float(curve.height_deg[-1]) == pytest.approx(0.0, abs=2.5)
    times = [half_way_s(curve) for curve in curves]
    # Half of 0.5 s and of 3 s, less the slow first part that still belongs to the hold.
    assert times[DROPPED] < 0.25
    assert min(time for index, time in enumerate(times) if index != DROPPED) > 0.7
    assert asked_fall(judged) == pytest.approx((3.0, 31.5))


def test_the_moment_of_the_replay_lies_on_its_curve() -> None:
    judged, angles = raised()
    rep = judged.verdicts[0].rep
    at = at_moment(judged, angles, 0, rep.t_ecc)
    assert at == pytest.approx((0.0, 40.0), abs=2.1)
    assert at_moment(judged, angles, None, rep.t_ecc) is None
    assert at_moment(judged, angles, 1, rep.t_ecc) is None


def test_the_plot_draws_every_rep_within_its_axes(qtbot: QtBot) -> None:
    judged, angles = raised()
    plot = HeightPlot(Theme())
    qtbot.addWidget(plot)
    plot.show_curves(
        height_curves(judged, angles),
        chosen=DROPPED,
        worst=3,
        worst_word="rep 4: higher",
        asked=asked_fall(judged),
    )
    (left, right), (low, high) = plot._item.getViewBox().viewRange()
    assert (left < -1.0, right > 3.0, low < 0.0, high > max(HEIGHTS_DEG)) == (True,) * 4
    assert plot._plot.accessibleDescription() == (
        # An even rise and fall is faster in its middle than control allows.
        "4 reps. rep 4: higher. control lost in 4 reps."
    )
    plot.show_curves([])
    plot.show_position(None)


def test_the_table_shows_height_and_share_of_the_best_in_place_of_the_toes(qtbot: QtBot) -> None:
    table = RepTable(Theme())
    qtbot.addWidget(table)
    table.resize(1600, 200)
    table.show()
    judged, _ = raised()
    table.show_set(judged, best=math.radians(50.0))
    model = table.model()
    shown = {
        str(model.headerData(column, table.horizontalHeader().orientation())): column
        for column in range(model.columnCount())
        if not table.isColumnHidden(column)
    }
    assert not {"toes lifting", "toes lowering", "in band", "switch s"} & set(shown)
    heights = [model.index(row, shown["height °"]).data() for row in range(4)]
    assert heights == ["40", "36", "30", "20"]
    shares = [model.index(row, shown["% of best"]).data() for row in range(4)]
    assert shares == ["80 %", "72 %", "60 %", "40 %"]


def test_the_words_of_a_set_name_height_times_reps_and_the_pace() -> None:
    judged, _ = raised()
    assert set_title(judged, "kg") == "Set 1 · bodyweight · 3-0-1-0"
    # 38 degrees at first and 25 at the end: a third is lost.
    assert height_words(judged) == "height × reps 126° · 34 % lower at the end"
    assert pace_words(judged) == ""
    pace = Pace(30.0, 28.6, off=2, missed=1, kept=4)
    paced = replace(judged, metrics=replace(judged.metrics, pace=pace))
    expected = "29 a minute, asked 30: 2 off the pace, 1 missed, 4 in the pace"
    assert pace_words(paced) == expected
    loaded = replace(judged, source=replace(judged.source, load_kg=12.5))
    assert set_title(loaded, "kg") == "Set 1 · +12.5 kg · 3-0-1-0"
