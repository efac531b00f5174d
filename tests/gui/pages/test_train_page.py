"""The Train page: its faces, its keys, its windows."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from gui.models.sensors import TRY_SOURCE
from gui.models.settings import Settings, load_settings
from gui.models.train_view import Face
from gui.pages.page_name import PageName
from gui.pages.train.coach_view import CoachView
from gui.pages.train.key_button import KeyButton
from gui.shell.window import MainWindow
from processing.calibration.calibration_steps import CalibrationStep
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.judge.recount import FinishedSet
from processing.pipeline.marks import PlanEventKind
from processing.session import SessionOutput
from processing.types import Rep
from sensor.types import EventKind, FloatArray, SessionHeader
from tests.gui.colour_vision import luminance, pixels
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

FAULTY = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
LOST = "sim:protocol=B,sets=1,reps=3,seed=3,foot_dropouts_s=34+4"
AFTER_FIRST_RUN = Settings(first_run_done=True)


@pytest.fixture
def train(window: MainWindow) -> TrainWindow:
    return TrainWindow(window)


def until(batches: tuple[tuple[SessionOutput, ...], ...], reps: int) -> int:
    """Return how many batches it takes until ``reps`` reps are in them."""
    seen_reps = 0
    for at, batch in enumerate(batches):
        seen_reps += sum(isinstance(one, Rep) for one in batch)
        if seen_reps >= reps:
            return at + 1
    raise AssertionError(reps)


def test_without_a_session_the_page_leads_to_others(train: TrainWindow, qtbot: QtBot) -> None:
    train.look()
    assert "NO SESSION" in train.face_text()
    assert train.page.try_button.isVisible()
    assert train.page.sensors_button.isVisible()
    assert not train.page.set_button.isEnabled()
    started: list[str] = []
    train.state.watch = started.append  # type: ignore[method-assign,assignment]  # nothing is to run
    qtbot.mouseClick(train.page.try_button, Qt.MouseButton.LeftButton)
    assert started == [TRY_SOURCE]
    with qtbot.waitSignal(train.state.page_wanted) as wanted:
        qtbot.mouseClick(train.page.sensors_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.SENSORS]


def test_the_page_follows_the_session(train: TrainWindow) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    texts: list[str] = []
    for batch in batches:
        train.play([batch])
        texts.append(train.face_text().split(",")[0])
    words = [text for at, text in enumerate(texts) if at == 0 or text != texts[at - 1]]
    assert words[:1] == ["STARTING"]
    assert "CALIBRATE" in words
    one_rep = ["LIFT", "HOLD", "LOWER"]
    ready = words.index("READY")
    assert words[ready + 1 : ready + 4] == one_rep
    assert words.count("LOWER") == 8
    assert words[-1] == "ALL DONE"


def test_tiles_show_the_verdict_in_words(train: TrainWindow) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    train.play(batches[: until(batches, 4)])
    assert train.page.tiles.accessibleDescription() == (
        "1: good; 2: miss, lowered in 1.5 s, target 4 s; 3: good; "
        "4: miss, toes pointed 3.5 s after the top, at 48 % height"
    )


def test_an_angle_has_no_sign_and_names_its_side(train: TrainWindow) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    train.play(batches[: until(batches, 1)])
    words = train.face_text()
    assert "°" in words
    assert "-" not in words.replace("4-0-1-1", "")
    assert "pointed" in words or "toes up" in words


def test_a_lost_sensor_is_an_alarm_without_a_value(train: TrainWindow) -> None:
    batches = session_batches(LOST, AFTER_FIRST_RUN)
    train.begin()
    alarms = set()
    for batch in batches:
        train.play([batch])
        if train.page.glance.alarm.accessibleName():
            alarms.add(train.page.glance.alarm.accessibleName())
            assert "°" not in train.face_text()
            assert "KEEP GOING" in train.face_text()
            assert train.page.set_button.isVisible()
    assert any("Foot sensor lost" in alarm for alarm in alarms)
    assert not train.page.glance.alarm.accessibleName()


def test_simulated_data_are_marked(train: TrainWindow) -> None:
    train.session.header = SessionHeader(0, "", (), simulated=True)
    train.begin()
    train.look()
    assert train.window.simulated_tag.isVisible()
    train.session.header = SessionHeader(0, "", ())
    train.look()
    assert not train.window.simulated_tag.isVisible()


def test_space_starts_and_ends_a_set(train: TrainWindow, qtbot: QtBot) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    at = next(
        i
        for i, batch in enumerate(batches)
        if any(isinstance(one, PlanChange) and one.state is SessionState.SET for one in batch)
    )
    train.begin()
    train.play(batches[:at])
    qtbot.keyClick(train.page, Qt.Key.Key_Space)
    kind, data = train.session.inputs[-1]
    assert kind == EventKind.SET_START
    assert data["set_type"] == "B"
    assert data["load_kg"] == 40.0
    assert data["tempo"] == "4-0-1-1"
    assert data["planned_reps"] == 6
    assert "Start" in train.page.set_button.text()
    train.play(batches[at : at + 1])
    assert "End" in train.page.set_button.text()
    qtbot.keyClick(train.page, Qt.Key.Key_Space)
    assert train.session.inputs[-1] == (EventKind.SET_END, {})


def test_c_stops_the_set_for_a_cramp(train: TrainWindow, qtbot: QtBot) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    train.play(batches[: until(batches, 2)])
    qtbot.keyClick(train.page, Qt.Key.Key_C)
    assert train.session.inputs[-2:] == [
        (EventKind.KEY, {"key": "c"}),
        (EventKind.SET_END, {"reason": "cramp"}),
    ]
    train.play([[PlanChange(99.0, SessionState.STOPPED)]])
    assert "STOPPED" in train.face_text()


def test_m_marks_and_z_sets_the_zero(train: TrainWindow, qtbot: QtBot) -> None:
    train.begin()
    qtbot.keyClick(train.page, Qt.Key.Key_M)
    qtbot.keyClick(train.page, Qt.Key.Key_Z)
    assert train.session.inputs == [(EventKind.MARK, {})]
    assert train.session.guided == [(CalibrationStep.REZERO,)]


def test_plus_and_minus_change_the_load_which_is_remembered(
    train: TrainWindow, qtbot: QtBot
) -> None:
    train.begin()
    qtbot.keyClick(train.page, Qt.Key.Key_Plus)
    qtbot.keyClick(train.page, Qt.Key.Key_Plus)
    train.look()
    assert train.page._load.text() == "45 kg"
    assert train.state.settings.load == 45.0
    qtbot.keyClick(train.page, Qt.Key.Key_Minus)
    assert train.state.settings.load == 42.5
    qtbot.keyClick(train.page, Qt.Key.Key_Space)
    assert train.session.inputs[-1][1]["load_kg"] == 42.5


def test_a_number_key_in_the_rest_is_the_reserve(train: TrainWindow, qtbot: QtBot) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    for batch in batches:
        train.play([batch])
        if train.state.train.face() is Face.RESTING:
            break
    qtbot.keyClick(train.page, Qt.Key.Key_2)
    assert train.session.inputs[-1] == (PlanEventKind.RESERVE, {"reserve": 2})


def test_fewer_cues_are_offered_after_three_good_sets(train: TrainWindow, qtbot: QtBot) -> None:
    good = session_batches("sim:protocol=B,sets=3,reps=3,rest_s=8,motion=even,seed=4")
    ends = [
        at for at, batch in enumerate(good) if any(isinstance(one, FinishedSet) for one in batch)
    ]
    train.begin()
    train.play(good[: ends[1] + 1])
    assert " L " not in train.page.frame.set_note()
    qtbot.keyClick(train.page, Qt.Key.Key_L)
    assert load_settings().feedback == "learn"
    train.play(good[ends[1] + 1 : ends[2] + 1])
    assert "good sets: L to hear only misses" in train.page.frame.set_note()
    qtbot.keyClick(train.page, Qt.Key.Key_L)
    assert load_settings().feedback == "train"
    train.page.refresh()
    assert " L " not in train.page.frame.set_note()
    qtbot.keyClick(train.page, Qt.Key.Key_L)  # there is no second offer for the same three sets
    assert load_settings().feedback == "train"


def test_without_a_session_keys_make_no_input(train: TrainWindow, qtbot: QtBot) -> None:
    train.look()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_C, Qt.Key.Key_M, Qt.Key.Key_Plus):
        qtbot.keyClick(train.page, key)
    assert train.session.inputs == []
    assert train.state.settings.load == 40.0


def test_the_end_of_a_session_keeps_the_set_and_offers_more(train: TrainWindow) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    train.play(batches)
    train.session.future.cancel()
    train.look()
    assert "FINISHED" in train.face_text()
    assert "4 reps" in train.face_text()
    assert train.page.review_button.isVisible()


def test_from_afar_the_digits_are_large_enough(train: TrainWindow, qtbot: QtBot) -> None:
    """Digits have at least 17 % of the height of the screen, on a small screen 26 %."""
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    train.play(batches[: until(batches, 2)])
    qtbot.keyClick(train.page, Qt.Key.Key_F)
    window = train.page.far_window
    assert window is not None
    assert window.isVisible()
    window.showNormal()
    window.resize(1280, 720)
    train.look()
    picture = luminance(pixels(window.grab()))
    dark = luminance(_solid(train.state.theme.color("ground")))
    # The upper left corner holds only the number of the rep.
    rows = np.flatnonzero((np.abs(picture[: int(0.36 * 720), :200] - dark) > 0.3).any(axis=1))
    assert (rows[-1] - rows[0] + 1) / 720 >= 0.26
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_window_of_the_coach_shows_the_same_set(train: TrainWindow, qtbot: QtBot) -> None:
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    qtbot.keyClick(train.page, Qt.Key.Key_W)
    window = train.page.coach_window
    assert window is not None
    train.play(batches[: until(batches, 3)])
    content = window.content
    assert isinstance(content, CoachView)
    assert content.table.model().rowCount() == 3
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert train.session.inputs[-1] == (EventKind.MARK, {})


@pytest.mark.parametrize(
    ("size", "scale", "least"),
    [((1440, 900), 1.0, 1.3), ((1280, 720), 1.0, 1.3), ((3840, 2160), 2.0, 1.3)],
)
def test_the_leg_is_large_for_seated_curls(
    open_window: Callable[[Settings], MainWindow],
    size: tuple[int, int],
    scale: float,
    least: float,
) -> None:
    """``least`` is the least ratio of the length of the shin to that beside the plots."""
    window = open_window(Settings(first_run_done=True, text_scale=scale))
    train = TrainWindow(window)
    window.resize(*size)
    train.begin()
    train.play(session_batches(FAULTY, AFTER_FIRST_RUN)[:200])
    leg = train.page.glance.leg
    window.state.change(posture="seated", train_view="plots")
    train.look()
    assert train.page.plots.ankle.isVisible()
    beside = leg.shin_px
    window.state.change(train_view="auto")
    train.look()
    assert not train.page.plots.ankle.isVisible()
    assert leg.shin_px > least * beside
    for widget in (leg, train.page.glance.words, train.page.glance.tempo, train.page.tiles):
        assert widget.isVisible()


def test_the_plots_and_the_large_leg_are_switched_and_remembered(
    train: TrainWindow, qtbot: QtBot
) -> None:
    shown = train.page.plots.ankle.isVisible
    qtbot.keyClick(train.page, Qt.Key.Key_P)
    train.look()
    assert not shown()
    assert load_settings().train_view == "picture"
    train.state.change(posture="lying")
    qtbot.keyClick(train.page, Qt.Key.Key_P)
    train.look()
    assert shown()
    # The plots can be chosen for seated curls as well.
    train.state.change(posture="seated")
    train.look()
    assert shown()
    (button,) = [
        b for b in train.page.set_card.findChildren(KeyButton) if b.accessibleName() == "View"
    ]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    train.look()
    assert not shown()


def test_with_large_text_buttons_move_into_a_menu(
    open_window: Callable[[Settings], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(Settings(first_run_done=True, text_scale=2.0))
    train = TrainWindow(window)
    train.begin()
    train.look()
    menu = train.page.set_card.more.menu()
    assert train.page.set_card.more.isVisible()
    actions = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert list(actions) == ["Re-zero", "Mark", "View", "Far view", "For the coach"]
    actions["Mark"].trigger()
    assert train.session.inputs[-1] == (EventKind.MARK, {})
    # With the large leg the whole page is visible at 200 %.
    actions["View"].trigger()
    train.look()
    (area,) = train.page.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1280, 720), 1.0), ((1000, 640), 1.0), ((1440, 900), 2.0), ((3840, 2160), 2.0)],
)
def test_the_ways_to_stop_are_never_cut_off(
    open_window: Callable[[Settings], MainWindow], size: tuple[int, int], scale: float
) -> None:
    window = open_window(Settings(first_run_done=True, text_scale=scale))
    train = TrainWindow(window)
    window.resize(*size)
    batches = session_batches(FAULTY, AFTER_FIRST_RUN)
    train.begin()
    train.play(batches[: until(batches, 1)])
    for button in (train.page.set_button, train.page.stop_button):
        needed = button.fontMetrics().horizontalAdvance(button.text())
        assert needed <= button.width()
        assert button.height() >= button.fontMetrics().height()


def _solid(color: QColor) -> FloatArray:
    coded = np.array([color.redF(), color.greenF(), color.blueF()])
    linear: FloatArray = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return linear.reshape(1, 1, 3)


def test_an_error_in_the_session_is_raised_once_and_ends_it(train: TrainWindow) -> None:
    train.begin()
    train.session.future.set_exception(ZeroDivisionError("a fault of ours"))
    with pytest.raises(ZeroDivisionError):
        train.state.poll()
    assert train.state.session is None
    train.look()
    assert "NO SESSION" in train.face_text()


def test_an_exercise_whose_sensor_is_not_worn_says_that_nothing_is_counted(
    open_window: Callable[..., MainWindow],
) -> None:
    settings = Settings(first_run_done=True, exercise="glute_ham_raise", protocol="free")
    train = TrainWindow(open_window(settings))
    train.begin()
    # A person with two sensors, who curls.
    train.play(session_batches(FAULTY, AFTER_FIRST_RUN)[:400])
    train.look()
    alarm, _ = train.page.frame.alarm()
    assert alarm == "No sensor on the thigh: nothing is counted, only the angles are shown"
