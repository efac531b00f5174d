"""The questions on Train, their answers, and the effects of the answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.models.questions import Question
from gui.models.settings import Settings
from gui.models.train_view import Face
from gui.pages.calibrate.calibrate_page import CalibratePage
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.pages.train.rest_view import RestView
from gui.pages.train.train_page import TrainPage
from gui.shell.window import MainWindow
from gui.texts.exports import WORDING
from processing.coach.plan_events import SessionState
from processing.coach.protocol import SetType
from processing.library import Library, Past
from processing.library.goal_file import Goals, save_goals
from processing.library.own_weeks import Aim, SetKind
from processing.output.summary import summarise
from processing.pipeline.marks import PlanEventKind
from processing.review.analysis import analyse
from sensor.recording import RecordingWriter, open_recording
from sensor.types import Event, EventKind, SessionHeader
from tests.gui.clock import NOW
from tests.gui.train_window import TrainWindow
from tests.paced_session import SET_EVENTS, Pacer
from tests.processing.library.hand_made import made_set, on_day

SOURCE = "sim:protocol=B,sets=1,reps=4,rest_s=8,seed=7"
AFTER_CALIBRATION_S, IN_SET_S, AFTER_SET_S = 25.6, 34.0, 47.0

Opener = Callable[..., MainWindow]


@pytest.fixture
def pacer(monkeypatch: pytest.MonkeyPatch) -> Pacer:
    pacer = Pacer(leave_out=SET_EVENTS)
    pacer.drive(monkeypatch)
    return pacer


def go_to(qtbot: QtBot, window: MainWindow, pacer: Pacer, t: float) -> None:
    session = window.state.session
    pacer.play_until(t, session)
    qtbot.waitUntil(lambda: session is None or not session._updates)
    window.page.refresh()


def begin(
    qtbot: QtBot, open_window: Opener, pacer: Pacer, folder: Path, protocol: str = "B"
) -> tuple[MainWindow, TrainPage]:
    window = open_window(
        Settings(first_run_done=True, storage_folder=str(folder), protocol=protocol)
    )
    window.show_page(PageName.TRAIN)
    window.state.start(SOURCE)
    go_to(qtbot, window, pacer, 1.0)
    assert isinstance(window.page, TrainPage)
    return window, window.page


def yesterday(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a session of protocol B of yesterday into ``folder``."""
    past = Past(weeks_trained=9.0, hours_since_last=20.0)
    monkeypatch.setattr("gui.pages.app_state.past_of", lambda *_: past)


def events(path: Path, kind: str) -> list[Event]:
    items = open_recording(path).items()
    return [one for one in items if isinstance(one, Event) and one.kind == kind]


def click(qtbot: QtBot, page: TrainPage, value: int | None) -> None:
    button = page.ask.skip if value is None else page.ask.buttons[value]
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.usefixtures("no_bluetooth")
def test_soreness_refuses_the_session_with_the_reason_until_the_key(
    qtbot: QtBot,
    open_window: Opener,
    pacer: Pacer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yesterday(tmp_path, monkeypatch)
    window, page = begin(qtbot, open_window, pacer, tmp_path / "sessions")
    assert page.ask.isVisible()
    assert "sore" in page.ask.words.text()
    click(qtbot, page, 6)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    assert not page.ask.isVisible()
    words = page.glance.words.accessibleDescription()
    assert "NOT TODAY" in words
    assert "soreness 6 of 10, 20 h after the last session: wait until 72 h have passed" in words
    assert page.neutral_button.isVisible()
    qtbot.mouseClick(page.resume_button, Qt.MouseButton.LeftButton)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S + 0.2)
    assert window.state.train.state is SessionState.READY
    assert window.state.train.announcement()["set_type"] == "B"
    recording = window.state.recording
    assert recording is not None
    window.close()
    (answer,) = events(recording, PlanEventKind.SORENESS)
    assert answer.data == {"soreness": 6}
    assert [one.data["key"] for one in events(recording, EventKind.KEY)] == ["r"]


@pytest.mark.usefixtures("no_bluetooth")
def test_while_sore_the_space_key_starts_a_neutral_set(
    qtbot: QtBot,
    open_window: Opener,
    pacer: Pacer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yesterday(tmp_path, monkeypatch)
    window, page = begin(qtbot, open_window, pacer, tmp_path / "sessions")
    qtbot.keyClick(page, Qt.Key.Key_9)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, IN_SET_S)
    assert window.state.train.in_set
    recording = window.state.recording
    assert recording is not None
    window.close()
    (start,) = events(recording, EventKind.SET_START)
    assert start.data["set_type"] == "FREE"
    (a_set,) = analyse(recording).sets
    assert a_set.prescription["set_type"] == "FREE"


@pytest.mark.usefixtures("no_bluetooth")
@pytest.mark.parametrize(("answer", "recorded"), [(3, 3), (None, None)])
def test_little_soreness_or_no_answer_refuses_nothing(
    qtbot: QtBot,
    open_window: Opener,
    pacer: Pacer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: int | None,
    recorded: int | None,
) -> None:
    yesterday(tmp_path, monkeypatch)
    window, page = begin(qtbot, open_window, pacer, tmp_path / "sessions")
    click(qtbot, page, answer)
    go_to(qtbot, window, pacer, 2.0)
    assert window.state.train.state is SessionState.READY
    assert not page.ask.isVisible()
    recording = window.state.recording
    assert recording is not None
    window.close()
    (answered,) = events(recording, PlanEventKind.SORENESS)
    assert answered.data["soreness"] == recorded
    assert analyse(recording).self_reports.soreness == recorded


@pytest.mark.usefixtures("no_bluetooth")
def test_soreness_is_asked_only_where_it_matters(
    qtbot: QtBot, open_window: Opener, pacer: Pacer, tmp_path: Path
) -> None:
    window, page = begin(qtbot, open_window, pacer, tmp_path / "sessions", protocol="A")
    assert window.state.train.question is None
    assert not page.ask.isVisible()
    window.close()


@pytest.mark.usefixtures("no_bluetooth")
def test_reserve_and_exertion_are_asked_at_the_end_and_recorded(
    qtbot: QtBot, open_window: Opener, pacer: Pacer, tmp_path: Path
) -> None:
    folder = tmp_path / "sessions"
    window, page = begin(qtbot, open_window, pacer, folder, protocol="free")
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, AFTER_SET_S)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, AFTER_SET_S + 1.5)
    assert window.state.train.face() is Face.RESTING
    assert window.state.train.question is None
    qtbot.keyClick(page, Qt.Key.Key_Q)
    go_to(qtbot, window, pacer, AFTER_SET_S + 2.0)
    # The card of the session has opened; Train asks as well.
    assert window.page is not page
    window.show_page(PageName.TRAIN)
    assert window.page is page
    asked: list[Question | None] = []
    view: RestView | None = None
    for t, answer in ((2.5, Qt.Key.Key_2), (3.0, Qt.Key.Key_7)):
        asked.append(window.state.train.question)
        # The reserve has the large buttons of the rest.
        view = page.rest_view
        assert view is not None
        buttons = view.rest.buttons[0] if len(asked) == 1 else page.ask
        assert buttons.isVisible()
        qtbot.keyClick(page, answer)
        go_to(qtbot, window, pacer, AFTER_SET_S + t)
    assert asked == [Question.RESERVE, Question.EXERTION]
    assert not page.ask.isVisible()
    assert view is not None
    recording = window.state.recording
    assert recording is not None
    qtbot.mouseClick(view.next.finish_button, Qt.MouseButton.LeftButton)
    assert window.state.session is None
    qtbot.waitUntil(lambda: open_recording(recording).health.complete)

    analysis = analyse(recording)
    assert analysis.self_reports.exertion == 7.0
    load = 7.0 * analysis.duration_s / 60.0
    assert summarise(analysis, WORDING).session.session_load == pytest.approx(load, abs=0.06)
    kept = Library(folder).read(recording)
    assert kept.session_load == pytest.approx(load)
    assert Library(folder).sessions() == [kept]
    # The card comes once more when the recording is closed.
    qtbot.waitUntil(lambda: window.state.end.session is not None)
    window.show_page(PageName.REVIEW)
    review = window.page
    assert isinstance(review, ReviewPage)
    qtbot.waitUntil(lambda: f"effort 7 of 10, load {load:.0f}" in review._about.text())


def test_a_replayed_session_asks_nothing(window: MainWindow) -> None:
    train = TrainWindow(window)
    train.begin()
    assert train.state.train.question is None


def test_sessions_without_reported_exertion_have_no_session_load(tmp_path: Path) -> None:
    when = NOW - timedelta(days=1)
    header = SessionHeader(0, when.isoformat(), ())
    path = tmp_path / "one.mcap"
    with RecordingWriter(path, header) as writer:
        for exertion in (11, -1, "hard", None, True):
            writer.write(Event(10, PlanEventKind.EXERTION, {"exertion": exertion}))
    assert Library(tmp_path).read(path).session_load is None


@pytest.mark.usefixtures("no_bluetooth")
def test_strapping_on_again_alarms_until_a_new_calibration(
    qtbot: QtBot, open_window: Opener, pacer: Pacer, tmp_path: Path
) -> None:
    window, train = begin(qtbot, open_window, pacer, tmp_path / "sessions", protocol="free")
    window.show_page(PageName.CALIBRATE)
    page = window.page
    assert isinstance(page, CalibratePage)
    page.refresh()
    assert not page.strapped_button.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_S)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    assert page.grade.text() == "Good"
    qtbot.mouseClick(page.strapped_button, Qt.MouseButton.LeftButton)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S + 1.0)
    assert page.grade.text() == "Not calibrated"
    assert not page.strapped_button.isVisible()
    window.show_page(PageName.TRAIN)
    train.refresh()
    assert "Strapped on again" in train.glance.alarm.accessibleName()
    recording = window.state.recording
    assert recording is not None
    window.close()
    assert len(events(recording, EventKind.STRAPPED_ON)) == 1


@pytest.mark.usefixtures("no_bluetooth")
def test_a_planned_jump_after_soreness_is_told_and_an_aim_shown_and_neither_blocks(
    qtbot: QtBot,
    open_window: Opener,
    pacer: Pacer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = SetKind("leg_curl", SetType.B, "R")
    save_goals(Goals(aims=(Aim(kind, 3.5, 98.0, 75.0),)))
    # Four weeks of 8 x 1 s with 40 kg a week: 320 kg·s. The plan has four sets of six lowerings.
    usual = made_set(40.0, lowering_s=1.0)
    sessions = [
        replace(on_day(0, usual), created_utc=(NOW - timedelta(days=9 + 7 * n)).isoformat())
        for n in range(5)
    ]
    monkeypatch.setattr("gui.pages.app_state.AppState._sessions", lambda _: sessions)
    window, page = begin(qtbot, open_window, pacer, tmp_path / "sessions")
    assert not page.set_card.warning.isVisible()
    click(qtbot, page, 6)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S)
    page.refresh()
    dose = window.state.train.plan.planned_dose()[0]
    percent = 100.0 * (dose / 320.0 - 1.0)
    assert page.set_card.warning.isVisible()
    words = page.set_card.warning.text
    assert f"{percent:.0f} % more than the mean of the 4 weeks before, after soreness 6" in words
    assert page.set_card._note.text() == "aim 75 % good, 98°"
    assert "3.5-0-1-1" in page.plan.accessibleDescription()
    recording = window.state.recording
    assert recording is not None
    qtbot.keyClick(page, Qt.Key.Key_Space)
    go_to(qtbot, window, pacer, AFTER_CALIBRATION_S + 0.5)
    assert window.state.train.in_set
    assert not page.set_card.warning.isVisible()
    window.close()
    (begun,) = events(recording, EventKind.SET_BEGUN)
    assert begun.data["tempo"] == "3.5-0-1-1"
