"""Goals and plan on History: set, changed and kept; aims taken over with one click; no false claims."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.app_state import AppState
from gui.pages.history.history_page import PLAN_VIEW, HistoryPage
from gui.pages.page_name import PageName
from gui.shell.app import make_application
from gui.shell.window import MainWindow
from gui.translations import apply_language
from processing.coach.protocol import SetType
from processing.judge.reasons import Fault
from processing.library import LibrarySession, LibrarySet
from processing.library.goal_file import Goals, goals_path, load_goals, save_goals
from processing.library.goals import Goal
from processing.library.own_weeks import Aim, SetKind
from processing.review.self_reports import SelfReports
from tests.gui.clock import NOW
from tests.gui.layout import no_layout_fault, unreachable
from tests.processing.library.hand_made import made_set

CURL = SetKind("leg_curl", SetType.B, "R")
GOAL = Goal(CURL, 80.0, 45.0, 4.0)
LATE = {Fault.LATE_SWITCH: 3, Fault.TOO_FAST: 1}


def days_ago(days: float, *sets: LibrarySet, soreness: float | None = None) -> LibrarySession:
    return LibrarySession(
        Path(f"{days}.mcap"),
        (NOW - timedelta(days=days)).isoformat(),
        1800.0,
        False,
        True,
        "",
        sets,
        self_reports=SelfReports(soreness),
        planned_sets=2,
    )


NEAR = made_set(42.5, good=4, lowering_s=3.0, faults=LATE)
SESSIONS = tuple(days_ago(3.0 * n + 1, NEAR, NEAR) for n in range(8))

Show = Callable[..., HistoryPage]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    shown: list[HistoryPage] = []

    def show_one(*sessions: LibrarySession, **settings: object) -> HistoryPage:
        make_application()
        values = {"storage_folder": str(tmp_path / "empty"), **settings}
        state = AppState(Settings(**values), tmp_path / "settings.json")  # type: ignore[arg-type]
        page = HistoryPage(state)
        state.frame.connect(page.refresh)
        shown.append(page)
        page.resize(1392, 800)
        page.show()
        qtbot.waitUntil(lambda: state.library.listed and state.library.idle)
        state.library.sessions = sessions
        qtbot.mouseClick(page.view.button(PLAN_VIEW), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page._shown[:1] == (sessions,) and page.plan.isVisible())
        # A row that was just made is in sight at the next turn of the event loop.
        rows = (*page.plan.goals.shown, *page.plan.own.shown)
        qtbot.waitUntil(lambda: all(row.isVisible() for row in rows))
        return page

    yield show_one
    for page in shown:
        page.close()
        page.state.close()
        page.deleteLater()


def words_in(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def click(qtbot: QtBot, part: QWidget, text: str) -> None:
    button = next(b for b in part.findChildren(QPushButton) if b.text() == text and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_goal_shows_its_progress_and_what_limits_it(show: Show) -> None:
    save_goals(Goals((GOAL,)))
    page = show(*SESSIONS)
    words = words_in(page.plan.goals)
    assert "80 % good at 45 kg, 4 s down" in words
    assert "Leg curl · B · right" in words
    assert "load 42.5 of 45 kg" in words
    assert "good 50 of 80 %" in words
    assert "lowered 3 of 4 s" in words
    # 3 of 4 in each of six sets, of the last three sessions.
    assert "toes pointed late: 75 % of the reps that were not good (18 of 24)" in words
    assert "no real change" in words


def test_loads_are_in_the_unit_of_the_person(show: Show) -> None:
    save_goals(Goals((replace(GOAL, load_kg=100 * 0.45359237),)))
    page = show(days_ago(1, replace(NEAR, load_kg=95 * 0.45359237)), unit="lb")
    assert "80 % good at 100 lb, 4 s down" in words_in(page.plan.goals)
    assert "load 95 of 100 lb" in words_in(page.plan.goals)


def test_a_goal_is_set_changed_and_given_up(show: Show, qtbot: QtBot) -> None:
    page = show(*SESSIONS)
    dialog = page.plan.ask_goal()
    # It begins with the sets that were done last.
    assert dialog.wanted() == Goal(CURL, 80.0, 42.5, 4.0)
    dialog.load.setValue(45.0)
    dialog.accept()
    qtbot.waitUntil(lambda: len(page.plan.goals.shown) == 1)
    assert load_goals().goals == (GOAL,)
    dialog = page.plan.ask_goal(0)
    dialog.quality.setValue(90.0)
    dialog.load.setValue(0.0)
    dialog.lowering.setValue(0.0)
    dialog.side.setCurrentIndex(0)
    dialog.accept()
    wanted = Goal(replace(CURL, side=""), 90.0)
    qtbot.waitUntil(lambda: load_goals().goals == (wanted,))
    qtbot.waitUntil(lambda: "90 % good" in words_in(page.plan.goals))
    click(qtbot, page.plan.goals, "Give up")
    qtbot.waitUntil(lambda: page.plan.goals.shown == [])
    assert load_goals().goals == ()


def test_a_damaged_file_is_told_and_stays_as_it_is(show: Show, qtbot: QtBot) -> None:
    path = goals_path()
    path.parent.mkdir(parents=True)
    path.write_text("not goals")
    page = show(*SESSIONS)
    qtbot.waitUntil(page.trouble.isVisible)
    assert str(path) in page.trouble.text()
    page.plan.ask_goal().accept()
    qtbot.waitUntil(lambda: len(page.plan.goals.shown) == 1)
    assert path.read_text() == "not goals"


def test_own_weeks_are_taken_over_with_one_click(show: Show, qtbot: QtBot) -> None:
    page = show(*SESSIONS)
    click(qtbot, page.plan.own, "Aim at the last weeks")
    aim = Aim(CURL, 3.0, 100.0, 50.0)
    qtbot.waitUntil(lambda: load_goals().aims == (aim,))
    qtbot.waitUntil(lambda: words_in(page.plan.own).count("3 s") == 3)
    click(qtbot, page.plan.own, "No aim")
    qtbot.waitUntil(lambda: load_goals().aims == ())


def test_early_numbers_are_called_too_early(show: Show) -> None:
    save_goals(Goals((GOAL,)))
    page = show(*SESSIONS[:2])
    assert "Good reps near this load: too early to tell, 2 of 6 sessions" in words_in(
        page.plan.goals
    )
    assert words_in(page.plan.own).count("too early to tell, 2 of 6 sessions") == 3
    assert "too early to tell" in words_in(page.plan.dose)


def test_the_weeks_are_compared_with_the_plan_of_the_person(show: Show, qtbot: QtBot) -> None:
    page = show(*SESSIONS)
    assert "choose your own above" in words_in(page.plan.adherence)
    assert "Sets: 100 % of those in the plans" in words_in(page.plan.adherence)
    page.plan.adherence.a_week.setFocus()
    qtbot.keyClick(page.plan.adherence.a_week, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: load_goals().sessions_a_week == 1)
    qtbot.waitUntil(lambda: "Sessions: 100 % of those planned" in words_in(page.plan.adherence))


def test_dose_and_soreness_are_side_by_side_without_a_cause(show: Show) -> None:
    page = show(days_ago(1, NEAR, soreness=3.0), *SESSIONS[1:])
    assert "Side by side only" in words_in(page.plan.dose)
    described = page.plan.dose.plot._plot.accessibleDescription()
    # Load times lowering time of two sets: 2 x 42.5 x 24 = 2040 kg·s a session.
    weekly = [part.split(": ")[1].split(" kg")[0] for part in described.split("; ")]
    assert sum(map(float, weekly)) == 7 * 2040.0 + 1020.0
    assert described.count("soreness 3") == 1


def test_a_jump_after_soreness_is_shown_in_both_views(show: Show, qtbot: QtBot) -> None:
    page = show(days_ago(0.1, *[NEAR] * 9, soreness=6.0), *SESSIONS)
    assert page.jump.isVisible()
    assert "after soreness 6 of 10" in page.jump.text.text()
    qtbot.mouseClick(page.view.button(1), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.numbers.isVisible)
    assert page.jump.isVisible()
    calm = show(days_ago(0.1, *[NEAR] * 9, soreness=4.0), *SESSIONS)
    assert not calm.jump.isVisible()


def test_exercises_are_shown_apart(show: Show, qtbot: QtBot) -> None:
    heels = made_set(None, exercise="heel_raise", kind=SetType.FREE, range_deg=40.0)
    page = show(days_ago(0.5, heels), *SESSIONS)
    assert "Heel raise · free · right" in words_in(page.plan.own)
    assert "height" in words_in(page.plan.own)
    assert "42.5" not in words_in(page.plan.own)
    qtbot.keyClick(page.exercise, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Leg curl · B · right" in words_in(page.plan.own))


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    """Give the application its usual language back."""
    yield
    apply_language(make_application(), "en")


@pytest.mark.usefixtures("english_afterwards")
@pytest.mark.parametrize(
    ("size", "scale", "language"),
    [((1440, 900), 1.0, "en"), ((1280, 720), 1.0, "de"), ((1440, 900), 2.0, "de")],
)
def test_no_word_of_the_plan_is_cut_and_the_keys_reach_everything(
    qtbot: QtBot,
    open_window: Callable[[Settings], MainWindow],
    tmp_path: Path,
    size: tuple[int, int],
    scale: float,
    language: str,
) -> None:
    save_goals(
        Goals((GOAL, Goal(SetKind("heel_raise", SetType.FREE, ""), 75.0)), sessions_a_week=2)
    )
    settings = Settings(
        first_run_done=True, text_scale=scale, storage_folder=str(tmp_path / "empty")
    )
    window = open_window(replace(settings, language=language))  # type: ignore[arg-type]
    window.resize(*size)
    window.show_page(PageName.HISTORY)
    page = window.page
    assert isinstance(page, HistoryPage)
    # Home has listed the folder, and History lists it again.
    qtbot.waitUntil(lambda: page.library.listed and page.library.idle)
    page.library.sessions = (days_ago(0.1, *[NEAR] * 9, soreness=6.0), *SESSIONS)
    page.show_view(PLAN_VIEW)
    qtbot.waitUntil(lambda: len(page.plan.own.shown) == 1)
    no_layout_fault(qtbot, window, size)
    assert unreachable(qtbot, window, page) == []
