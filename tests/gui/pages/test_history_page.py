"""The history in a real window, from an index of invented sessions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGridLayout, QLabel
from pytestqt.qtbot import QtBot

from gui.models.history import HistoryChoice, chosen_sessions, shows_simulated
from gui.models.settings import Settings
from gui.pages.app_state import AppState
from gui.pages.history.history_page import PLAN_VIEW, HistoryPage
from gui.pages.history.history_words import change_words
from gui.pages.page_name import PageName
from gui.shell.app import make_application
from processing.coach.protocol import SetType
from processing.judge.set_metrics import set_metrics
from processing.library import LibrarySession, LibrarySet
from processing.library.history import Change
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import RangeResult
from processing.ranges.trials import Trial
from processing.review.self_reports import SelfReports
from tests.gui.clock import NOW

EMPTY = set_metrics([])


def session(
    days_ago: float, pointed_s: float, *kinds: SetType, simulated: bool = False, good: int = 6
) -> LibrarySession:
    metrics = replace(EMPTY, reps=8, judged=8, good=good, pointed_eccentric_s=pointed_s)
    sets = tuple(
        LibrarySet(n, kind, "R", 40.0, 4.0, metrics) for n, kind in enumerate(kinds, start=1)
    )
    when = (NOW - timedelta(days=days_ago)).isoformat()
    return LibrarySession(Path(f"{days_ago}.mcap"), when, 1800.0, simulated, True, "", sets)


STEADY = [20.0, 21.0, 19.0, 20.5, 19.5]
B, DF, PF = SetType.B, SetType.DF, SetType.PF
RISEN = tuple(session(3 * (5 - n), v, B) for n, v in enumerate([*STEADY, 30.0]))
WITH_A = (*RISEN, session(2, 10.0, DF, PF))


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., HistoryPage]]:
    shown: list[HistoryPage] = []

    def show_one(*sessions: LibrarySession) -> HistoryPage:
        make_application()
        folder = tmp_path / "empty"
        state = AppState(Settings(storage_folder=str(folder)), tmp_path / "settings.json")
        page = HistoryPage(state)
        state.frame.connect(page.refresh)
        shown.append(page)
        page.resize(1392, 800)
        page.show()
        # The folder is empty; the content of the library is put in its place.
        qtbot.waitUntil(lambda: state.library.listed and state.library.idle)
        state.library.sessions = sessions
        qtbot.waitUntil(lambda: page._shown[:1] == (sessions,))
        return page

    yield show_one
    for page in shown:
        page.close()
        page.state.close()
        page.deleteLater()


Show = Callable[..., HistoryPage]


def test_without_sessions_the_page_explains_what_it_will_show_and_leads_on(
    qtbot: QtBot, show: Show
) -> None:
    page = show()
    assert page.stack.currentIndex() == 0
    assert page.empty.figure.isVisible()
    with qtbot.waitSignal(page.state.page_wanted) as wanted:
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert wanted.args == [PageName.HOME]
    assert not page.simulated.isVisible()


def test_the_numbers_are_the_sums_of_the_last_four_weeks(show: Show) -> None:
    page = show(*WITH_A, session(40, 1000.0, B))
    cards = page.numbers._cards
    assert cards[0].accessibleName() == "sets: 8"
    assert cards[0].accessibleDescription() == "B 6 · toes up 1 · pointed 1"
    assert cards[1].accessibleName() == "pointed time under tension: 150 s"
    assert cards[2].accessibleName() == "good reps: 75 %"
    assert cards[3].accessibleName() == "pointed to toes-up load: 1.00"


def test_a_change_is_reported_only_beyond_chance(show: Show) -> None:
    page = show(*WITH_A)
    a, b = page.pointed._words.text().split("\n")
    assert a == "A: too early to tell, 1 of 6 sessions"
    assert b == "B: 10 s more than before; chance alone makes ± 2 s"
    assert "B: no real change" in page.quality._words.text()


def test_without_training_no_change_by_chance_is_shown(show: Show) -> None:
    page = show(*(session(7 * n, 0.0, B) for n in range(1, 8)))
    assert page.pointed._words.text() == "B: none so far"


def test_the_plots_fill_the_page(show: Show, qtbot: QtBot) -> None:
    page = show(*WITH_A)
    assert not page.effort.isVisible()

    def low_edge() -> int:
        return page.load.mapTo(page, page.load.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: page.height() - low_edge() < 20)


def test_each_session_is_a_point_with_its_day(show: Show) -> None:
    page = show(*WITH_A)
    a, b = page.pointed._plot._series
    assert [p.value for p in b.points] == [*STEADY, 30.0]
    assert [p.value for p in a.points] == [20.0]
    assert b.points[-1].words.endswith(" · 30 s")
    assert a.look != b.look


def test_loads_are_in_the_unit_of_the_settings(qtbot: QtBot, show: Show) -> None:
    page = show(*WITH_A)
    assert page.load.note.text() == "kg"
    assert page.load._plot._series[0].points[-1].words.endswith(" · 40 kg")
    page.state.change(unit="lb")
    qtbot.waitUntil(lambda: page.load.note.text() == "lb")
    # 40 kg are 88.18 lb.
    assert page.load._plot._series[0].points[-1].words.endswith(" · 88 lb")
    page.show_view(PLAN_VIEW)
    qtbot.waitUntil(page.plan.dose.legend.isVisible)
    assert page.plan.dose.legend.text().startswith("Bars: lb·s a week")


def test_one_protocol_can_be_shown_alone(qtbot: QtBot, show: Show) -> None:
    page = show(*WITH_A)
    assert [page.protocol.itemData(i) for i in range(page.protocol.count())] == [None, "A", "B"]
    qtbot.keyClick(page.protocol, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(page.pointed._plot._series) == 1)
    assert page.choice.protocol == "A"
    assert page.numbers._cards[0].accessibleName() == "sets: 2"


def test_the_time_span_can_be_chosen(qtbot: QtBot, show: Show) -> None:
    page = show(*RISEN, session(100, 5.0, B), session(300, 6.0, B))
    assert len(page.pointed._plot._series[0].points) == 6
    qtbot.keyClick(page.range, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(page.pointed._plot._series[0].points) == 7)
    qtbot.keyClick(page.range, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(page.pointed._plot._series[0].points) == 8)


def test_simulated_sessions_are_shown_alone_or_when_asked_for(qtbot: QtBot, show: Show) -> None:
    played = tuple(session(n, 50.0, B, simulated=True) for n in (1, 2))
    alone = show(*played)
    assert alone.stack.currentIndex() == 1
    assert alone.simulated.isVisible()
    assert alone.simulated.isChecked()
    page = show(*RISEN, *played)
    assert not page.simulated.isChecked()
    assert len(page.pointed._plot._series[0].points) == 6
    qtbot.mouseClick(page.simulated, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.pointed._plot._series[0].points) == 8)
    assert page.simulated.isChecked()


def test_a_click_on_a_point_leads_to_its_session(qtbot: QtBot, show: Show) -> None:
    page = show(*RISEN)
    plot = page.pointed._plot
    point = plot._series[0].points[-1]
    scene = plot._item.getViewBox().mapViewToScene(QPointF(point.t, point.value))
    with (
        qtbot.waitSignal(page.pointed.session_chosen) as chosen_session,
        qtbot.waitSignal(page.state.page_wanted) as wanted,
    ):
        qtbot.mouseClick(
            plot._plot.viewport(), Qt.MouseButton.LeftButton, pos=plot._plot.mapFromScene(scene)
        )
    assert chosen_session.args == [RISEN[-1].path]
    assert wanted.args == [PageName.REVIEW]
    assert page.library.opening == RISEN[-1].path


def test_screen_readers_get_the_numbers_of_the_weeks(show: Show) -> None:
    page = show(*RISEN)
    weeks = page.bars._plot.accessibleDescription().split("; ")
    assert sum(int(each.split(": ")[1]) for each in weeks) == 6


def test_sessions_without_sets_are_left_out() -> None:
    sessions = (*RISEN, session(1, 0.0))
    assert chosen_sessions(sessions, HistoryChoice(), NOW) == RISEN


@pytest.mark.parametrize(
    ("asked", "simulated", "shown"),
    [(None, True, True), (None, False, False), (False, True, False), (True, False, True)],
)
def test_the_setting_decides_on_simulated_sessions(
    asked: bool | None, simulated: bool, shown: bool
) -> None:
    sessions = (session(1, 1.0, B, simulated=True), session(2, 1.0, B, simulated=simulated))
    assert shows_simulated(sessions, HistoryChoice(simulated=asked)) is shown


def test_sides_and_exertion_are_shown_if_known(
    qtbot: QtBot, show: Callable[..., HistoryPage]
) -> None:
    page = show(*RISEN)
    assert not page.effort.isVisible()
    assert not page.sides.isVisible()
    left = [
        replace(one, sets=tuple(replace(s, side="L", load_kg=30.0) for s in one.sets))
        for one in (session(3 * n - 1, 20.0, B) for n in range(1, 6))
    ]
    right = [
        replace(session(3 * n, 20.0, B), self_reports=SelfReports(exertion=6.0))
        for n in range(1, 6)
    ]
    both = show(*left, *right)
    assert both.effort.isVisible()
    rows = leg_rows(qtbot, both)
    # 30 kg beside 40 kg.
    assert rows["B · load"] == (
        "30 kg",
        "40 kg",
        "25 % more on the right; chance alone makes ± 0 %",
    )
    few = show(*left[:2], *right[:2])
    assert leg_rows(qtbot, few)["B · load"][2] == "too early to tell, 2 of 5 comparisons"


def leg_rows(qtbot: QtBot, page: HistoryPage) -> dict[str, tuple[str, str, str]]:
    """Return left, right and the sentence of each measure, as they stand on the card."""
    grid = page.sides._shown
    assert grid is not None
    place = grid.layout()
    assert isinstance(place, QGridLayout)
    qtbot.waitUntil(grid.isVisible)

    def words(row: int, column: int) -> str:
        item = place.itemAtPosition(row, column)
        one = None if item is None else item.widget()
        assert isinstance(one, QLabel)
        return one.text()

    rows = range(1, place.rowCount(), 2)
    return {words(r, 0): (words(r, 1), words(r, 2), words(r + 1, 0)) for r in rows}


def test_the_smallest_real_change_of_a_range_is_told_to_a_tenth() -> None:
    def words(verdict: Change, change: float) -> str:
        return change_words("knee bent", verdict, change, 4.7, "°", 6)

    assert words(Change.NONE, 2.0) == "knee bent: no real change; chance alone makes ± 4.7°"
    more = words(Change.INCREASE, 6.2)
    assert more == "knee bent: 6° more than before; chance alone makes ± 4.7°"


def test_the_measured_ranges_of_all_sessions_are_written_as_one_table(
    show: Show, tmp_path: Path
) -> None:
    kind = RangeKind(Measure.DORSIFLEXION, Knee.BENT, "L")
    measured = RangeResult(kind, 0.0, 8.0, (Trial(1, 1.0, 3.0, 0.2),))
    later, earlier = (replace(session(at, 0.0), ranges=(measured,)) for at in (2, 9))
    view = show(later, earlier).ranges
    view.show_sessions([later, earlier], later.when)
    view.export_ranges(tmp_path / "ranges.csv")
    rows = (tmp_path / "ranges.csv").read_text().splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == sorted([earlier.created_utc, later.created_utc])
    assert view.said.text() == "ranges.csv is written"
    assert view.folder.path == tmp_path / "ranges.csv"
    (tmp_path / "file").write_text("no folder")
    view.export_ranges(tmp_path / "file" / "ranges.csv")
    assert "cannot be written" in view.said.text()
