"""The words of an exercise on Train and in Review, and ranges shown as what they are."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.models.review import Moment
from gui.models.settings import Settings
from gui.pages.history.history_page import RANGES_VIEW, HistoryPage
from gui.pages.home.home_page import HomePage
from gui.pages.page_name import PageName
from gui.pages.review.moment_words import moment_words
from gui.pages.review.replay_panel import ReplayPanel
from gui.pages.review.session_list import SessionList
from gui.shell.window import MainWindow
from gui.widgets.rep_table import RepTable
from gui.widgets.theme import Theme
from processing.coach.protocol import SetType
from processing.exercises.exercise_file import built_in
from processing.library import LibrarySession
from processing.library.goal_file import Goals
from processing.library.own_weeks import Aim, SetKind
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import RangeResult
from processing.ranges.trials import Trial
from processing.types import Phase
from tests.gui.clock import NOW
from tests.gui.pages.review.test_heights import raised
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow
from tests.processing.library.hand_made import on_day

TOES, BEST = (5, 6, 7, 8), 11
"""Columns of the table of reps."""
Opener = Callable[[Settings], MainWindow]


def settings_for(key: str, protocol: str) -> Settings:
    return Settings(first_run_done=True, exercise=key, protocol=protocol, load=0.0)


def measured_session() -> LibrarySession:
    """Return a session of yesterday in which the ankle was measured, and nothing else."""
    ranges = tuple(
        RangeResult(
            RangeKind(measure, Knee.BENT, "R"), at, at + 9.0, (Trial(1, at, at + 3, value),)
        )
        for at, measure, value in (
            (0.0, Measure.DORSIFLEXION, math.radians(12.0)),
            (20.0, Measure.PLANTARFLEXION, math.radians(48.0)),
        )
    )
    when = NOW - timedelta(days=1)
    return replace(on_day(0.0), created_utc=when.isoformat(), ranges=ranges)


@pytest.mark.parametrize(
    ("key", "phase", "words"),
    [
        ("leg_curl", Phase.CONCENTRIC, "12° toes up lift"),
        ("leg_curl", Phase.BOTTOM, "12° toes up rest"),
        ("heel_raise", Phase.ECCENTRIC, "40° heel height down"),
        ("stiff_legged_deadlift", Phase.ECCENTRIC, "40° hip lower"),
        ("stiff_legged_deadlift", Phase.CONCENTRIC, "40° hip up"),
        ("nordic_curl", Phase.TOP, "40° knee upright"),
    ],
)
def test_the_replay_uses_the_words_of_the_exercise(
    qtbot: QtBot, key: str, phase: Phase, words: str
) -> None:
    moment = Moment(7.0, 12.0, 30.0, 40.0, phase, 1)
    panel = ReplayPanel(Theme())
    qtbot.addWidget(panel)
    panel.show_exercise(built_in(key))
    panel.show_moment(moment, None)
    found = moment_words(built_in(key), moment)
    assert f"{found.angle} {found.way} {found.phase}" == words
    shown = {label.text() for label in panel.findChildren(QLabel)}
    assert {found.angle, f"{found.way} · {found.phase}"} <= shown


@pytest.mark.parametrize(
    ("key", "heads", "hidden", "shown"),
    [
        ("heel_raise", ["up s", "down s"], TOES, (BEST,)),
        ("stiff_legged_deadlift", ["up s", "lower s"], (*TOES, BEST), ()),
        ("glute_ham_raise", ["lift s", "lower s"], (BEST,), (6, 7)),
    ],
)
def test_the_table_has_the_columns_and_words_of_the_exercise(
    qtbot: QtBot, key: str, heads: list[str], hidden: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    judged, _ = raised()
    table = RepTable(Theme())
    qtbot.addWidget(table)
    table.resize(1400, 300)
    table.show()
    table.show_set(replace(judged, source=replace(judged.source, exercise=built_in(key))))
    model, across = table.model(), Qt.Orientation.Horizontal
    assert [model.headerData(column, across) for column in (2, 3)] == heads
    assert all(table.isColumnHidden(column) for column in hidden)
    assert not any(table.isColumnHidden(column) for column in shown)


@pytest.mark.usefixtures("no_bluetooth")
def test_the_own_height_is_the_aim_below_the_height_on_train(open_window: Opener) -> None:
    settings = settings_for("heel_raise", "raise-3-0-3")
    window = open_window(settings)
    kind = SetKind("heel_raise", SetType.FREE, "R")
    window.state.change_goals(Goals(aims=(Aim(kind, range_deg=32.0),)))
    train = TrainWindow(window)
    train.begin()
    batches = session_batches("sim:exercise=heel_raise,sets=1,reps=2,load_kg=0,seed=3", settings)
    seen = set()
    for batch in batches:
        train.play([batch])
        words = train.face_text()
        seen |= {word for word in ("heel height", "aim 32°") if word in words}
    assert seen == {"heel height", "aim 32°"}


@pytest.mark.usefixtures("no_bluetooth")
def test_train_lists_what_is_measured_where_there_are_no_sets(open_window: Opener) -> None:
    train = TrainWindow(open_window(settings_for("ankle_range", "free")))
    train.begin()
    page = train.page
    lines = page.plan.accessibleDescription()
    assert [line.strip() for line in lines.split(";")] == [
        "1: toes up, knee bent",
        "2: toes up, knee straight",
        "3: toes pointed, knee bent",
        "4: toes pointed, knee straight",
    ]
    assert not page.plan_button.isVisible()
    assert not page.tiles.accessibleDescription()
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Ankle range" in said
    assert not [text for text in said if "reps" in text or "Set 1" in text]


@pytest.mark.usefixtures("no_bluetooth")
def test_a_session_of_ranges_is_shown_as_one_on_home_and_in_history(
    qtbot: QtBot, window: MainWindow
) -> None:
    library, session = window.state.library, measured_session()
    qtbot.waitUntil(lambda: library.listed and library.idle)
    library.sessions = (session,)
    home = window.page
    assert isinstance(home, HomePage)
    home.refresh()
    said = [label.text() for label in home.last.findChildren(QLabel) if label.isVisible()]
    assert "Ankle range · 2 ranges" in said
    assert {"12°", "48°"} <= set(said)
    assert home.last.button.isVisible()
    assert not home.last.card_button.isVisible()
    window.show_page(PageName.HISTORY)
    library.sessions = (session,)
    history = window.page
    assert isinstance(history, HistoryPage)
    history.refresh()
    assert history.stack.currentIndex() == RANGES_VIEW
    # The choice of a person stays.
    history.view.chosen.emit(1)
    history.refresh()
    assert history.stack.currentIndex() != RANGES_VIEW


def test_the_list_of_sessions_names_what_was_measured(qtbot: QtBot) -> None:
    listed = SessionList(Theme())
    qtbot.addWidget(listed)
    listed.show_sessions([measured_session()])
    assert listed.model().index(0, 0).data().endswith("Ankle range · 2 ranges")
