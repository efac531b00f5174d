"""Home: what it offers a person who comes back, and one who has not trained yet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.models.chosen_coach import protocol_of
from gui.models.home import home_view
from gui.models.settings import Settings, load_settings
from gui.pages.home.home_page import HomePage
from gui.pages.page_name import PageName
from gui.shell.window import MainWindow
from processing.judge.reasons import Fault
from processing.library import LibrarySession, LibrarySet
from processing.library.goal_file import Goals
from processing.library.goals import Goal
from processing.library.own_weeks import SetKind
from processing.review.self_reports import SelfReports
from sensor.store.charges import load_charges, remember_charges
from sensor.store.pairs import Pair, RememberedSensor, remember
from sensor.types import Segment
from tests.gui.clock import NOW
from tests.gui.rig_window import ADDRESSES
from tests.processing.library.hand_made import made_set, on_day
from tests.rig.client import Rig

DONE = made_set(42.5, good=6, judged=8, faults={Fault.LATE_SWITCH: 2})
GOALS = Goals((Goal(SetKind(side="R"), 80.0, 45.0, 4.0),))


def days_ago(days: float, *sets: LibrarySet) -> LibrarySession:
    when = (NOW - timedelta(days=days)).isoformat()
    return replace(on_day(0.0, *sets), path=Path(f"{days}.mcap"), created_utc=when)


def home(window: MainWindow) -> HomePage:
    page = window.page
    assert isinstance(page, HomePage)
    return page


def words_in(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def show(qtbot: QtBot, window: MainWindow, *sessions: LibrarySession) -> HomePage:
    library = window.state.library
    # The folder is listed once more after a change; then these sessions would be replaced.
    qtbot.waitUntil(lambda: library.listed and library.idle)
    library.sessions = sessions
    window.page.refresh()
    return home(window)


@pytest.fixture
def worn() -> None:
    """Two sensors that were worn three days ago."""
    remember(
        Pair(
            "mine",
            (
                RememberedSensor(Segment.SHIN, ADDRESSES[0], "board", "one"),
                RememberedSensor(Segment.FOOT, ADDRESSES[1], "board", "two"),
            ),
        )
    )
    remember_charges(dict(zip(ADDRESSES, (61.0, 14.0), strict=True)), NOW - timedelta(days=3))


@pytest.mark.usefixtures("no_bluetooth", "worn")
def test_a_person_who_comes_back_finds_plan_sensors_goal_and_last_session(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.state.change_goals(GOALS)
    page = show(qtbot, window, *(days_ago(n, DONE, DONE) for n in (17, 10, 3)))
    assert page.next.heading.text() == "Continue: Toes up to lift, pointed to lower"
    # The first of three sessions was 17 days ago: the third week, and the fourth session.
    assert page.next.sub.text() == "Week 3 · session 4 · Leg curl · right leg"
    assert page.next.when.text() == "last time 3 days ago"
    plan = words_in(page.next.tiles)
    assert "40 kg" in plan
    assert "4-0-1-1" in plan
    sensors = words_in(page.sensors)
    assert "Shin · one\nbattery 61 % · seen 3 days ago" in sensors
    assert "Foot · two\nbattery 14 %, charge it · seen 3 days ago" in sensors
    qtbot.waitUntil(lambda: "good 75 of 80 %" in words_in(page.goal))
    goal = words_in(page.goal)
    assert "80 % good at 45 kg, 4 s down" in goal
    last = words_in(page.last)
    assert "12 / 16" in last
    assert "42.5 kg" in last


@pytest.mark.usefixtures("no_bluetooth")
def test_a_person_who_has_not_trained_is_offered_the_next_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = show(qtbot, window)
    assert page.next.heading.text().startswith("Your first session")
    assert page.next.start.text() == "Connect my sensors · Enter"
    assert "None are known yet" in words_in(page.sensors)
    assert "None is set" in words_in(page.goal)
    assert "After your first session" in words_in(page.last)
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert type(window.page).__name__ == "SensorsPage"


@pytest.mark.usefixtures("no_bluetooth")
def test_the_last_session_opens_on_review_and_simulated_ones_do_not_count(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulated = replace(days_ago(1, DONE), simulated=True)
    page = show(qtbot, window, simulated, days_ago(3, DONE))
    assert "last time 3 days ago" in page.next.when.text()
    opened: list[Path] = []
    monkeypatch.setattr(page.library, "open", opened.append)
    with qtbot.waitSignal(window.state.page_wanted) as wanted:
        qtbot.mouseClick(page.last.button, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.REVIEW]
    assert opened == [Path("3.mcap")]


@pytest.mark.usefixtures("no_bluetooth")
def test_another_exercise_comes_with_its_own_sessions_and_is_kept(
    qtbot: QtBot, window: MainWindow
) -> None:
    raised = made_set(20.0, exercise="heel_raise")
    page = show(qtbot, window, days_ago(3, DONE), days_ago(9, raised))
    at = page.next.exercise.findData("heel_raise")
    page.next.exercise.activated.emit(at)
    page.refresh()
    assert load_settings().exercise == "heel_raise"
    assert "Week 2 · session 2 · Heel raise" in page.next.sub.text()


@pytest.mark.usefixtures("no_bluetooth")
def test_trying_without_sensors_moves_a_leg_at_once(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(home(window).next.attempt, Qt.MouseButton.LeftButton)
    assert type(window.page).__name__ == "TrainPage"
    qtbot.waitUntil(lambda: window.state.live.now > 0.0)
    window.show_page(PageName.HOME)
    qtbot.waitUntil(lambda: home(window).next.start.text() == "Go on training · Enter")
    # A session that is only watched is not one of the person's own.
    assert not home(window).sensors.connect_button.isVisible()


@pytest.mark.usefixtures("no_bluetooth")
def test_an_idle_home_paints_nothing_and_reads_no_recording(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(qtbot, window, days_ago(3, DONE))
    qtbot.wait(50)
    painted: list[object] = []
    monkeypatch.setattr(page.next, "show_next", lambda *_, **__: painted.append(1))
    monkeypatch.setattr(page.sensors, "_words", lambda *_: painted.append(1))
    monkeypatch.setattr(page.goal, "show_goal", lambda *_: painted.append(1))
    for _ in range(3):
        page.refresh()
    assert painted == []


def test_the_sensors_of_last_time_connect_with_one_click_and_their_charge_is_kept(
    qtbot: QtBot, rig: Rig, worn: None, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(Settings(first_run_done=True))
    page = home(window)
    qtbot.waitUntil(lambda: "in sight" in words_in(page.sensors))
    qtbot.mouseClick(page.sensors.connect_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words_in(page.sensors).count("connected") == 2)
    assert page.next.start.text() == "Go on training · Enter"
    session = window.state.session
    qtbot.waitUntil(lambda: session is not None and session.header is not None)
    window.state.stop()
    today = NOW.date().isoformat()
    assert [charge.seen_utc[:10] for charge in load_charges().values()] == [today, today]
    page.refresh()
    assert "seen today" in words_in(page.sensors) or "in sight" in words_in(page.sensors)


def test_the_time_of_a_session_is_that_of_its_sets_and_rests() -> None:
    view = home_view(Settings(), (), Goals(), NOW)
    # Two sets of six for a beginner: 6 × (4 + 0 + 1 + 1) s each, 20 s before each, one rest.
    assert view.following.sets == 2
    assert view.following.minutes == pytest.approx((2 * (36.0 + 20.0) + 150.0) / 60.0)


HARD = made_set(40.0, good=6, judged=8, lowering_s=9.0)


@pytest.mark.usefixtures("no_bluetooth")
def test_reminders_are_one_quiet_line_and_an_offer_that_is_answered_once(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.state.change_goals(Goals(sessions_a_week=1))
    before = [days_ago(n, DONE) for n in (35, 28, 21, 14)]
    sore = replace(days_ago(1, HARD, HARD, HARD), self_reports=SelfReports(soreness=6.0))
    page = show(qtbot, window, *before, sore)
    line = page.next.reminders
    # Yesterday, a Tuesday, was the one session of this week.
    assert "This week is done · next: Tuesday" in line.line.text()
    assert "soreness 6" in words_in(line).lower()
    planned = protocol_of(window.state.settings).planned_sets
    line.accept.click()
    plan = window.state.settings.plan
    assert plan is not None
    assert plan.until == (NOW.date() + timedelta(days=6)).isoformat()
    assert (planned, protocol_of(window.state.settings).planned_sets) == (3, 2)
    page.refresh()
    assert not line.offer.isVisible()
    # Each one is off when it is not wanted.
    window.state.change(show_streak=False, show_next_day=False)
    page.refresh()
    assert not line.isVisible()


@pytest.mark.usefixtures("no_bluetooth")
def test_an_offer_that_is_declined_does_not_come_again(qtbot: QtBot, window: MainWindow) -> None:
    before = [days_ago(n, DONE) for n in (35, 28, 21, 14)]
    sore = replace(days_ago(1, HARD, HARD, HARD), self_reports=SelfReports(soreness=6.0))
    page = show(qtbot, window, *before, sore)
    page.next.reminders.decline.click()
    page.refresh()
    assert not page.next.reminders.offer.isVisible()
    assert window.state.settings.plan is None
