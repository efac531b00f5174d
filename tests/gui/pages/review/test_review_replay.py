"""Reps are chosen and replayed with mouse and keys, and sets are compared in the plot."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.pages.review.review_page import ReviewPage
from tests.gui.pages.review.opened_review import opened, press
from tests.gui.recorded_session import LATE_REP, REPS, SETS


def test_a_row_of_the_table_moves_the_replay_to_its_rep(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    table, model = page.desk.table, page.model
    row = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert model.rep_index == 1
    assert model.selected is not None
    start_ms = round(1000 * model.selected.rep.t_start)
    qtbot.waitUntil(lambda: abs(page.desk.replay.slider.value() - start_ms) <= 1)
    qtbot.waitUntil(lambda: "rep 2" in page.desk.replay.note.text())


@pytest.mark.parametrize("where", ["table", "slider", "play"])
def test_arrow_keys_go_from_rep_to_rep_and_set_to_set(
    qtbot: QtBot, review: ReviewPage, where: str
) -> None:
    page = opened(qtbot, review)
    widget = {
        "table": page.desk.table,
        "slider": page.desk.replay.slider,
        "play": page.desk.replay._play,
    }[where]
    widget.setFocus()
    press(qtbot, widget, *[Qt.Key.Key_Right] * REPS)
    assert (page.model.set_index, page.model.rep_index) == (1, 0)
    assert page.sets.currentIndex().row() == 1
    press(qtbot, widget, Qt.Key.Key_Left)
    assert (page.model.set_index, page.model.rep_index) == (0, REPS - 1)
    assert page.desk.table.currentIndex().row() == REPS - 1


def test_the_slider_selects_in_the_table(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    slider, model = page.desk.replay.slider, page.model
    assert model.current is not None
    rep = model.current.verdicts[2].rep
    x = slider._x(1000 * 0.5 * (rep.t_start + rep.t_bottom))
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(x), slider.height() - 10))
    qtbot.waitUntil(lambda: page.desk.table.currentIndex().row() == 2)


def test_space_plays_and_pauses(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    slider = page.desk.replay.slider
    before = slider.value()
    press(qtbot, slider, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: slider.value() > before + 100)
    assert page.desk.replay._play.text() == "Pause"
    press(qtbot, page.desk.table, Qt.Key.Key_Space)
    assert not page.desk.player.playing
    qtbot.waitUntil(lambda: page.desk.replay._play.text() == "Play")


def test_a_loop_repeats_the_chosen_rep(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    page.desk.choose_rep(1)
    qtbot.mouseClick(page.desk.replay._loop, Qt.MouseButton.LeftButton)
    rep = page.model.selected
    assert rep is not None
    assert page.desk.player.loop == (rep.rep.t_start, rep.rep.t_end)
    assert page.desk.player.playing
    page.desk.step_rep(1)
    late = page.model.selected
    assert late is not None
    assert page.desk.player.loop == (late.rep.t_start, late.rep.t_end)
    qtbot.mouseClick(page.desk.replay._loop, Qt.MouseButton.LeftButton)
    assert page.desk.player.loop is None


def test_the_speed_is_chosen_from_a_list(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    speeds = page.desk.replay._speed
    assert [speeds.itemText(i) for i in range(speeds.count())] == [
        "0.25×",
        "0.5×",
        "1×",
        "2×",
        "4×",
    ]
    press(qtbot, speeds, Qt.Key.Key_Up)
    assert page.desk.player.speed == 0.5


def test_the_plot_names_the_late_rep_and_a_click_chooses_it(
    qtbot: QtBot, review: ReviewPage
) -> None:
    page = opened(qtbot, review)
    loops = page.desk.loops
    assert f"rep {LATE_REP}: point earlier" in loops._plot.accessibleDescription()
    _, (curl_percent, ankle_deg) = loops._curves[LATE_REP - 1].lines
    at = len(curl_percent) // 3  # where only the late rep is
    scene = loops._item.getViewBox().mapViewToScene(QPointF(curl_percent[at], ankle_deg[at]))
    qtbot.mouseClick(
        loops._plot.viewport(), Qt.MouseButton.LeftButton, pos=loops._plot.mapFromScene(scene)
    )
    qtbot.waitUntil(lambda: page.model.rep_index == LATE_REP - 1)


def test_the_rest_of_a_long_session_does_not_stop_the_replay(
    qtbot: QtBot, review: ReviewPage
) -> None:
    """The first set of a long session is shown first; the rest comes while it plays."""
    page = opened(qtbot, review)
    session = page.model.session
    assert session is not None
    page.library.opened = replace(session, whole=False, sets=session.sets[:1])
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == 1)
    page.desk.choose_rep(1)
    page.desk.play()
    player = page.desk.player
    begun = player.t
    qtbot.waitUntil(lambda: player.t > begun + 0.2)
    before = player.t
    page.library.opened = session
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == SETS)
    assert player.playing
    assert player.t >= before
    # Another set plays from its own start, and only when asked to.
    page.choose_set(1)
    assert not player.playing
