"""Every page works without colour: shape, place and word carry its information.

Every picture is compared as luminance, through the matrices of :mod:`tests.gui.colour_vision`.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gui.models.calibration import StepState
from gui.models.review import ReviewedSession, judged_session
from gui.models.settings import Settings
from gui.models.train_view import PhaseSpan
from gui.pages.calibrate.calibrate_page import CalibratePage
from gui.pages.compare.compare_page import ComparePage
from gui.pages.end.end_page import EndPage
from gui.pages.end.rep_marks import RepMarks
from gui.pages.history.history_page import HistoryPage
from gui.pages.history.trend_plot import TrendPlot, TrendPoint, TrendSeries
from gui.pages.home.home_page import HomePage
from gui.pages.home.sensors_card import WornSensor
from gui.pages.page_name import PageName
from gui.pages.plan.plan_page import PlanPage
from gui.pages.ranges.ranges_page import RangesPage
from gui.pages.ranges.trial_tiles import TrialTile
from gui.pages.review.review_page import ReviewPage
from gui.pages.sensors.sensors_page import SensorsPage
from gui.pages.settings.settings_page import SettingsPage
from gui.pages.train.coach_view import CoachView
from gui.pages.train.far_view import FarFrame, FarView
from gui.pages.train.rep_tile import RepTile
from gui.pages.train.time_plot import TimePlot
from gui.shell.window import MainWindow
from gui.widgets.choice import Choice
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.switch import Switch
from gui.widgets.theme import PALETTES, Theme, ThemeName
from processing.calibration.calibration_steps import CalibrationStep
from processing.calibration.grade import CalibrationGrade as Calibrated
from processing.calibration.grade import Finding, Remark
from processing.judge.checks import Grade
from processing.ranges.trials import Trial
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.types import Phase
from sensor.ble.discovery import FoundDevice
from sensor.ble.host_findings import HostCheck, HostCheckKey
from sensor.ble.remedies import LinkFault
from sensor.recording import open_recording
from sensor.types import BoolArray, Event, EventKind, FloatArray, Segment
from tests.gui.colour_vision import MATRICES, contrast, luminance, pixels, seen
from tests.gui.mark_shapes import shape_of, shapes_of
from tests.gui.page_scenes import (
    RECORDINGS,
    compare_two_sets,
    keep_recordings,
    wait_for_the_card,
)
from tests.gui.recorded_session import analysed
from tests.gui.train_window import TrainWindow

pytestmark = pytest.mark.usefixtures("no_bluetooth")

GRADES = (Grade.GOOD, Grade.NEAR, Grade.MISS, Grade.NOT_JUDGED)
SHAPES = ["disc", "triangle", "square", "ring"]
"""The shape of each verdict, in the order of the grades."""
SHAPES_OF = dict(zip((Mark.GOOD, Mark.NEAR, Mark.MISS, Mark.NOT_JUDGED), SHAPES, strict=True))
LEAST_GROUND = 1.2
"""Least contrast between the ground of a chosen row and that of the others."""
LEAST_BAND = 1.05
"""Least contrast of a band, which lies behind a curve: visible, but not hiding what is on it."""

Opener = Callable[[Settings], MainWindow]


@pytest.fixture(params=["dark", "light"])
def themed(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(first_run_done=True, theme=request.param, storage_folder=str(tmp_path))


def visions(widget: QWidget) -> Iterator[FloatArray]:
    """Return the picture of ``widget`` for each kind of vision: luminances (height, width)."""
    linear = pixels(widget.grab())
    for matrix in MATRICES.values():
        yield luminance(seen(linear, matrix))


def part(picture: FloatArray, widget: QWidget, page: QWidget, box: QRect) -> FloatArray:
    """Return the part of the picture of ``page`` that shows ``box`` of ``widget``."""
    at = box.translated(widget.mapTo(page, QPoint(0, 0)))
    return picture[at.top() : at.bottom() + 1, at.left() : at.right() + 1]


def mixed_set() -> JudgedSet:
    """Return a set with one rep of every grade."""
    sets = judge_sets(analysed())
    verdicts = [verdict for one in sets for verdict in one.verdicts][: len(GRADES)]
    graded = [replace(v, grade=g) for v, g in zip(verdicts, GRADES, strict=True)]
    return replace(sets[0], verdicts=tuple(graded))


def visible_marks(widget: QWidget) -> list[MarkWidget]:
    """Return the shapes that ``widget`` shows."""
    return [mark for mark in widget.findChildren(MarkWidget) if mark.isVisible()]


def mark_shape(picture: FloatArray, mark: MarkWidget, page: QWidget) -> str:
    """Return the shape that fills ``mark``."""
    return shape_of(part(picture, mark, page, mark.rect().adjusted(-2, -2, 2, 2)))


def table_shapes(picture: FloatArray, table: QTableView, page: QWidget, px: int) -> list[str]:
    """Return the shapes in the column of the verdicts."""
    view, model = table.viewport(), table.model()
    boxes = [table.visualRect(model.index(row, 1)) for row in range(model.rowCount())]
    wide = round(1.7 * px)
    return [
        shape_of(part(picture, view, page, QRect(b.left() + 4, b.top() + 3, wide, b.height() - 6)))
        for b in boxes
    ]


def check_sensors(qtbot: QtBot, window: MainWindow) -> None:
    """Check the results of checks, the stages of connecting, and the sensors in the head."""
    page = window.page
    assert isinstance(page, SensorsPage)
    model = window.state.sensors
    window.state._timer.stop()
    model.see(FoundDevice("AA:1", "WT901BLE68", "witmotion", -50), 0.0)
    model.assign("AA:1", Segment.SHIN)
    checks = [
        HostCheck(HostCheckKey.SWITCH, False, LinkFault.ADAPTER_OFF),
        HostCheck(HostCheckKey.ADAPTER, True),
    ]
    stages = page.places[Segment.SHIN].stages
    for state, expected in (
        ("configuring", ["disc", "disc", "disc", "disc", "ring"]),
        ("refused", ["disc", "disc", "disc", "square", "ring"]),
    ):
        model.take_link(Event(0, EventKind.LINK, {"source": "AA:1", "state": state}))
        page.refresh()
        page.checks.show_checks(checks)
        qtbot.waitUntil(lambda: len(visible_marks(page.checks)) == len(checks))
        marks = visible_marks(page.checks)
        step = (stages.width() - 12) / 4.0
        stations = [QRect(round(at * step) - 1, 0, 14, 16) for at in range(5)]
        for picture in visions(page):
            found = [mark_shape(picture, mark, page) for mark in marks]
            assert found == ["square", "disc"]
            assert [shape_of(part(picture, stages, page, box)) for box in stations] == expected


def check_calibrate(qtbot: QtBot, window: MainWindow) -> None:
    """Check the steps and the grade."""
    window.state._timer.stop()
    page = window.page
    assert isinstance(page, CalibratePage)
    model = window.state.live.calibration
    model.states = {
        CalibrationStep.STILL: StepState.DONE,
        CalibrationStep.PUMPS: StepState.FAILED,
        CalibrationStep.CURLS: StepState.TO_DO,
    }
    model.calibration = analysed().calibration
    assert model.calibration is not None
    rows = [
        page.rows[step].mark
        for step in (CalibrationStep.STILL, CalibrationStep.PUMPS, CalibrationStep.CURLS)
    ]
    grades = (Calibrated.GOOD, Calibrated.USABLE, Calibrated.NOT_USABLE)
    for grade, shape in zip(grades, SHAPES, strict=False):
        model.remarks = [Remark(Finding.AXIS_FIT, 3.0, grade)]
        page.refresh()
        QApplication.processEvents()
        for picture in visions(page):
            found = [mark_shape(picture, mark, page) for mark in rows]
            assert found == ["disc", "square", "ring"]
            mark = page.grade_mark
            assert mark_shape(picture, mark, page) == shape


def check_train(qtbot: QtBot, window: MainWindow) -> None:
    """Check the tiles of the reps."""
    train = TrainWindow(window)
    tiles, page = train.page.tiles, train.page
    marks = (Mark.GOOD, Mark.NEAR, Mark.MISS, Mark.NOT_JUDGED)
    tiles.show_tiles([RepTile(n, mark, 4.0, 4.0) for n, mark in enumerate(marks, start=1)])
    for picture in visions(page):
        found = []
        for at in range(len(marks)):
            box: QRectF = tiles._box(at)
            left, top = int(box.center().x()) + 10, int(box.top()) + 4
            corner = QRect(left, top, int(box.right()) - 4 - left, int(0.27 * box.height()) - 4)
            found.append(shape_of(part(picture, tiles, page, corner)))
        assert found == SHAPES


def check_review(qtbot: QtBot, window: MainWindow) -> None:
    """Check the table, the list of the sets and the slider of the replay."""
    path = window.state.settings.recordings_folder / RECORDINGS[0]
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.model.session is not None and not page.library.waiting)
    session: ReviewedSession = judged_session(open_recording(path), analysed(), ())
    page.library.opened = replace(session, sets=(mixed_set(),))
    qtbot.waitUntil(lambda: page.desk.table.model().rowCount() == len(GRADES))
    page.desk.table.clearSelection()
    px = page.theme.px(16)
    # The layout follows in the next events; until then the last rows are below the edge.
    table = page.desk.table
    last = table.visualRect(table.model().index(len(GRADES) - 1, 1)).bottomLeft()
    qtbot.waitUntil(lambda: table.viewport().mapTo(page, last).y() < page.height())
    slider, sets = page.desk.replay.slider, page.sets
    row = sets.visualRect(sets.model().index(0, 0))
    strip = QRect(row.left() + 6, row.bottom() - 26, row.width() - 12, 20)
    above = QRect(0, 0, slider.width(), page.theme.px(17))
    for picture in visions(page):
        assert table_shapes(picture, page.desk.table, page, px) == SHAPES
        assert shapes_of(part(picture, sets.viewport(), page, strip)) == SHAPES
        assert shapes_of(part(picture, slider, page, above)) == SHAPES


def check_end(qtbot: QtBot, window: MainWindow) -> None:
    """Check the mark of every rep."""
    wait_for_the_card(qtbot, window)
    page = window.page
    assert isinstance(page, EndPage)
    marks = page.findChild(RepMarks)
    assert marks is not None
    qtbot.waitUntil(lambda: bool(marks.places()) and marks.isVisible())
    expected = [SHAPES_OF[mark] for mark, _ in marks.places()]
    assert len(set(expected)) > 1
    for picture in visions(page):
        assert shapes_of(part(picture, marks, page, marks.rect())) == expected


def check_compare(qtbot: QtBot, window: MainWindow) -> None:
    """Check that words tell the two sets apart, and each set how many of its reps were good."""
    compare_two_sets(qtbot, window)
    page = window.page
    assert isinstance(page, ComparePage)
    roles = {"first", "second"}
    qtbot.waitUntil(lambda: roles <= {one.accessibleDescription() for one in page.buttons})
    assert page.legend.text().startswith("solid: ")
    assert "dotted: " in page.legend.text()
    counts = [one.metrics for one in judge_sets(analysed())]
    for button in page.buttons:
        metrics = counts[page.buttons.index(button) % len(counts)]
        assert f"{metrics.good} of {metrics.judged} good" in button.accessibleName()


def check_history(qtbot: QtBot, window: MainWindow) -> None:
    """Check that each kind of set has a shape and a name."""
    page = window.page
    assert isinstance(page, HistoryPage)
    page.stack.setCurrentIndex(1)
    plot = page.quality.findChild(TrendPlot)
    assert plot is not None
    names = ("B", "DF", "FREE", "PF")
    day = 86_400.0
    plot.show_series(
        [
            TrendSeries(name, (TrendPoint((1 + 2 * at) * day, 50.0, 50.0, name),), at)
            for at, name in enumerate(names)
        ],
        0.0,
        8 * day,
    )
    view = plot._item.getViewBox()
    first, last = (view.mapViewToScene(QPointF(n * day, 50.0)) for n in (0, 8))
    strip = QRect(int(first.x()), int(first.y()) - 11, int(last.x() - first.x()), 23)
    for picture in visions(page):
        found = shapes_of(part(picture, plot, page, strip))
        assert found == ["disc", "triangle", "square", "diamond"]


def check_settings(qtbot: QtBot, window: MainWindow) -> None:
    """Check a switch that is on, and which of several buttons is pressed."""
    page = window.page
    assert isinstance(page, SettingsPage)
    switch = page.fields["mirrored"].control
    assert isinstance(switch, Switch)
    looks = []
    for on in (False, True):
        switch.setChecked(on)
        QApplication.processEvents()
        box = QRect(0, 0, page.theme.px(46), switch.height())
        looks.append([_drawn(part(p, switch, page, box)) for p in visions(page)])
    for off, lit in zip(*looks, strict=True):
        assert off.any()
        assert (off & lit).sum() < 0.8 * (off | lit).sum()
    sides = page.fields["side"].control
    assert isinstance(sides, Choice)
    for picture in visions(page):
        grounds = [
            float(np.median(part(picture, sides.button(side), page, sides.button(side).rect())))
            for side in ("left", "right")
        ]
        assert contrast(*grounds) > LEAST_GROUND


def check_home(qtbot: QtBot, window: MainWindow) -> None:
    """Check that the states of the sensors of last time differ in their shapes."""
    page = window.page
    assert isinstance(page, HomePage)
    window.state._timer.stop()
    worn = [
        WornSensor(Segment.SHIN, "one", in_sight=True),
        WornSensor(Segment.FOOT, "two", 14.0, low=True),
        WornSensor(Segment.THIGH, "three", fault=LinkFault.NOT_FOUND),
        WornSensor(Segment.SHIN, "four"),
    ]
    page.sensors.show_sensors(worn, live=False)
    qtbot.waitUntil(lambda: len(visible_marks(page.sensors)) == len(worn))
    marks = [row.mark for row in page.sensors.rows]
    for picture in visions(page):
        found = [mark_shape(picture, mark, page) for mark in marks]
        assert found == ["disc", "triangle", "square", "ring"]


def check_ranges(qtbot: QtBot, window: MainWindow) -> None:
    """Check that a trial that is done looks other than one to come."""
    page = window.page
    assert isinstance(page, RangesPage)
    done, coming = TrialTile(page.theme), TrialTile(page.theme)
    for tile in (done, coming):
        qtbot.addWidget(tile)
        tile.resize(120, 96)
    done.show_trial(1, Trial(1, 0.0, 2.0, math.radians(38.0)))
    coming.show_trial(1, None)
    for one, other in zip(visions(done), visions(coming), strict=True):
        first, second = _drawn(one), _drawn(other)
        assert (first & second).sum() < 0.8 * (first | second).sum()


def check_plan(qtbot: QtBot, window: MainWindow) -> None:
    """Check that the chosen set stands out by more than its colour, and which leg is pressed."""
    page = window.page
    assert isinstance(page, PlanPage)
    chosen, other = page.list.line(2), page.list.line(1)
    page.choose(2)
    # A ring of the focus would make them differ.
    page.save_card.name.setFocus()
    QApplication.processEvents()
    # The words of the chosen one are bold: it has more ink.
    box = QRect(page.theme.px(50), page.theme.px(6), page.theme.px(160), page.theme.px(30))
    for picture in visions(page):
        inks = [_drawn(part(picture, one, page, box)).sum() for one in (chosen, other)]
        assert inks[0] > 1.1 * inks[1]
    side = page.plan_card.side
    for picture in visions(page):
        buttons = (side.button("left"), side.button("right"))
        grounds = [float(np.median(part(picture, one, page, one.rect()))) for one in buttons]
        assert contrast(*grounds) > LEAST_GROUND


CHECKS: dict[PageName, Callable[[QtBot, MainWindow], None]] = {
    PageName.HOME: check_home,
    PageName.SENSORS: check_sensors,
    PageName.CALIBRATE: check_calibrate,
    PageName.TRAIN: check_train,
    PageName.REVIEW: check_review,
    PageName.HISTORY: check_history,
    PageName.SETTINGS: check_settings,
    PageName.RANGES: check_ranges,
    PageName.PLAN: check_plan,
    PageName.END: check_end,
    PageName.COMPARE: check_compare,
}


@pytest.mark.parametrize("page", PageName)
def test_a_page_works_without_colour(
    qtbot: QtBot,
    open_window: Opener,
    themed: Settings,
    monkeypatch: pytest.MonkeyPatch,
    page: PageName,
) -> None:
    check = CHECKS[page]
    keep_recordings(themed.recordings_folder, monkeypatch)
    window = open_window(themed)
    window.show_page(page)
    check(qtbot, window)


def test_the_window_of_the_coach_works_without_colour(
    open_window: Opener, themed: Settings
) -> None:
    train = TrainWindow(open_window(themed))
    train.page.show_coach_window()
    window = train.page.coach_window
    assert window is not None
    view = window.content
    assert isinstance(view, CoachView)
    view.table.show_set(mixed_set())
    for picture in visions(window):
        assert table_shapes(picture, view.table, window, train.page.theme.px(16)) == SHAPES


def test_the_view_from_afar_works_without_colour(qtbot: QtBot, themed: Settings) -> None:
    view = FarView(_theme(themed))
    qtbot.addWidget(view)
    view.resize(1280, 720)
    marks = (Mark.GOOD, Mark.NEAR, Mark.MISS, Mark.NOT_JUDGED)
    view.show_far(FarFrame(rep="4", planned="/8", marks=marks))
    for picture in visions(view):
        assert shapes_of(picture[int(0.82 * 720) :, :]) == SHAPES
    # The band of the target and the mark of the toes differ from their ground in luminance.
    view.show_far(FarFrame(ankle_deg=-30.0, band=(-52.0, -20.0), band_color="toes_pointed"))
    for picture in visions(view):
        line = picture[int(0.525 * 720), :]
        empty, band, toes = line[int(0.8 * 1280)], line[int(0.1 * 1280)], line[300:460]
        assert contrast(float(band), float(empty)) > 1.5
        furthest = toes[np.abs(toes - band).argmax()]
        assert contrast(float(furthest), float(band)) > 2.0


def test_toes_up_and_toes_pointed_have_different_pictures(qtbot: QtBot, themed: Settings) -> None:
    """The foot and its target wedge are in other places, which luminance alone shows."""
    leg = FigureWidget(_theme(themed))
    qtbot.addWidget(leg)
    leg.resize(480, 300)
    looks = []
    for ankle, band in ((15.0, (6.0, 26.0)), (-35.0, (-52.0, -22.0))):
        leg.show_pose(LegPose(ankle, 40.0, band=band))
        # The body beside the leg looks the same whatever the toes do.
        looks.append([_drawn(picture)[:, 340:] for picture in visions(leg)])
    for up, pointed in zip(*looks, strict=True):
        assert up.any()
        assert (up & pointed).sum() < 0.8 * (up | pointed).sum()


def _drawn(picture: FloatArray) -> BoolArray:
    ground = float(np.median(picture))
    drawn: BoolArray = np.abs(np.log((picture + 0.05) / (ground + 0.05))) > np.log(1.3)
    return drawn


def test_the_bands_of_the_plots_are_on_their_side_of_zero(qtbot: QtBot, themed: Settings) -> None:
    """The band of toes up is above the zero line, that of toes pointed below it."""
    plot = TimePlot(_theme(themed), name="ankle", low=-52.0, high=28.0)
    qtbot.addWidget(plot)
    plot.resize(700, 300)
    plot.show()
    up = PhaseSpan(Phase.CONCENTRIC, -20.0, -10.5, (6.0, 28.0))
    pointed = PhaseSpan(Phase.ECCENTRIC, -9.5, 0.0, (-52.0, -22.0))
    plot.show_phases([up, pointed], 0.0)
    QApplication.processEvents()
    view = plot._item.getViewBox()

    def light(picture: FloatArray, t: float, deg: float) -> float:
        at = view.mapViewToScene(QPointF(t, deg))
        return float(picture[round(at.y()), round(at.x())])

    for picture in visions(plot):
        ground = light(picture, -10.0, -30.0)
        assert contrast(light(picture, -15.0, 14.0), ground) > LEAST_BAND
        assert contrast(light(picture, -15.0, -30.0), ground) < LEAST_BAND
        assert contrast(light(picture, -5.0, -30.0), ground) > LEAST_BAND
        assert contrast(light(picture, -5.0, 14.0), ground) < LEAST_BAND


def _theme(settings: Settings) -> Theme:
    return Theme(PALETTES[ThemeName(settings.theme)], 1.0)
