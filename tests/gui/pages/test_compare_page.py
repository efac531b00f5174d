"""Compare, opened from Review: two sets in one picture and one table."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from gui.models.compare import Partner, SetPlace
from gui.pages.compare.compare_page import ComparePage
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.shell.window import MainWindow
from tests.gui.page_scenes import RECORDINGS, keep_recordings, wait_for_review
from tests.gui.recorded_session import REPS, SETS

EARLIER = "2026-01-01T10:00:00+00:00"

pytestmark = pytest.mark.usefixtures("no_bluetooth")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> ComparePage:
    keep_recordings(window.state.settings.recordings_folder, monkeypatch)
    window.show_page(PageName.REVIEW)
    wait_for_review(qtbot, window)
    review = window.page
    assert isinstance(review, ReviewPage)
    review.choose_set(1)
    qtbot.mouseClick(review.compare_button, Qt.MouseButton.LeftButton)
    page = window.page
    assert isinstance(page, ComparePage)
    qtbot.waitUntil(lambda: page.model.judged(0) is not None)
    # The recordings are copies; the one that is not open shall be of an earlier day.
    library, first = page.library, page.model.places[0]
    qtbot.waitUntil(lambda: library.idle)
    library.sessions = tuple(
        one if first is not None and one.path == first.path else replace(one, created_utc=EARLIER)
        for one in library.sessions
    )
    return page


def words_of(page: ComparePage) -> list[str]:
    """Return the texts of the table, line by line."""
    grid = page.table._grid
    cells = [item.widget() for n in range(grid.count()) if (item := grid.itemAt(n)) is not None]
    return [cell.text() for cell in cells if isinstance(cell, QLabel)]


def test_the_set_of_review_is_the_first_and_the_page_says_what_to_choose(
    qtbot: QtBot, page: ComparePage
) -> None:
    qtbot.waitUntil(lambda: "Choose a second set" in page.hint.text())
    qtbot.waitUntil(page.partners[Partner.BEST].isVisible)
    assert page.model.places[0] is not None
    assert page.model.places[0].index == 1
    assert not page.table_card.isVisible()
    assert page.sets[0].currentText().startswith("Set 2")
    shown = {kind for kind, button in page.partners.items() if button.isVisible()}
    assert shown == {Partner.BEFORE, Partner.LAST_TIME, Partner.BEST}


def test_one_click_puts_the_set_before_into_picture_and_table(
    qtbot: QtBot, page: ComparePage
) -> None:
    qtbot.mouseClick(page.partners[Partner.BEFORE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.table_card.isVisible)
    assert len(page.loops._curves) == REPS
    # Two lines for each loop of both sets.
    assert len(page.loops._drawn) >= 4 * REPS
    assert "solid: 2 Feb · Set 2" in page.legend.text()
    assert "dotted: 2 Feb · Set 1" in page.legend.text()
    assert "simulated" in page.legend.text()
    words = words_of(page)
    assert words[:4] == ["", "first", "second", "difference"]
    assert "lowering, mean" in words
    lowering = words.index("lowering, mean")
    assert words[lowering + 3] == "the same" or "chance" in words[lowering + 3]


def test_another_session_is_read_and_every_set_of_both_is_shown_small(
    qtbot: QtBot, page: ComparePage
) -> None:
    qtbot.waitUntil(page.partners[Partner.LAST_TIME].isVisible)
    qtbot.mouseClick(page.partners[Partner.LAST_TIME], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.judged(1) is not None)
    second = page.model.places[1]
    assert second is not None
    assert page.model.places[0] is not None
    assert {second.path.name, page.model.places[0].path.name} == {*RECORDINGS}
    qtbot.waitUntil(lambda: len(page.buttons) == 2 * SETS)
    # The same bytes give the same numbers: nothing differs, and the table does not claim it.
    words = words_of(page)
    assert words[3] == "difference"
    assert {*words[7::4]} == {"the same"}
    first = page.model.places[0]
    assert first is not None
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    assert page.model.places == [first, SetPlace(first.path, 0)]


def test_lists_and_keys_reach_every_set(qtbot: QtBot, page: ComparePage) -> None:
    page.sessions[1].activated.emit(page.sessions[1].count() - 1)
    qtbot.waitUntil(lambda: page.model.judged(1) is not None)
    page.sets[1].activated.emit(SETS - 1)
    assert page.model.places[1] is not None
    assert page.model.places[1].index == SETS - 1
    first, second = page.model.places
    page.swap.setFocus()
    qtbot.keyClick(page.swap, Qt.Key.Key_Space)
    assert page.model.places == [second, first]
    page.back.setFocus()
    qtbot.keyClick(page.back, Qt.Key.Key_Space)


def test_loads_are_in_the_unit_of_the_settings(qtbot: QtBot, page: ComparePage) -> None:
    page.state.settings = replace(page.state.settings, unit="lb")
    qtbot.mouseClick(page.partners[Partner.BEFORE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.table_card.isVisible)
    first = page.model.judged(0)
    assert first is not None
    assert first.load_kg is not None
    pounds = f"{round(first.load_kg / 0.45359237, 1):g} lb"
    words = words_of(page)
    assert words[words.index("load") + 1] == pounds
    assert pounds in page.legend.text()
    assert "kg" not in "".join((*words, page.legend.text(), page.sets[0].currentText()))


def test_the_lists_show_a_simulated_session_and_a_set_whole(
    qtbot: QtBot, page: ComparePage, window: MainWindow
) -> None:
    window.resize(1280, 720)
    for picker in (*page.sessions, page.sets[0]):
        option = QStyleOptionComboBox()
        picker.initStyleOption(option)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        field = picker.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, edit, picker
        )
        for n in range(picker.count()):
            words = picker.itemText(n)
            assert picker.fontMetrics().horizontalAdvance(words) <= field.width(), words
    assert "simulated" in page.sessions[0].currentText()
