"""Corrections, notes and other limits in Review, each with its undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QMenu,
)
from pytestqt.qtbot import QtBot

from gui.pages.review.limits_dialog import LimitsDialog
from gui.pages.review.review_page import ReviewPage
from sensor.recording import open_recording
from tests.gui.pages.review.opened_review import NAME, Show, cells, numbers, opened, press
from tests.gui.recorded_session import LATE_REP, REPS, analysed


def test_a_rep_is_deleted_by_key_and_restored_by_undo(
    qtbot: QtBot, review: ReviewPage, folder: Path
) -> None:
    page = opened(qtbot, review)
    items = list(open_recording(folder / NAME).items())
    before = numbers(page)
    page.desk.choose_rep(LATE_REP - 1)
    page.desk.table.setFocus()
    press(qtbot, page.desk.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.desk.table.model().rowCount() == REPS - 1)
    assert numbers(page) != before
    assert (
        f"{REPS} counted live, {REPS - 1} after the set: what was counted"
        in page.desk.table_card.note.text()
    )
    qtbot.waitUntil(lambda: "80 % good" in str(page.side.list.model().index(0, 0).data()))
    qtbot.keyClick(page.desk.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.desk.table.model().rowCount() == REPS)
    assert numbers(page) == before
    # Its file may have become compact meanwhile.
    assert list(open_recording(folder / NAME).items()) == items


def test_the_menu_of_corrections_offers_what_is_possible(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    actions = {a.text().split("\t")[0]: a for a in page.edit.menu().actions()}
    assert actions["Delete rep 1"].isEnabled()
    assert not actions["Undo"].isEnabled()
    assert not actions["Count this partial rep"].isVisible()
    actions["Join with the next set"].trigger()
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == 1)
    assert not actions["Join with the next set"].isEnabled()
    assert actions["Undo"].isEnabled()
    page.desk.choose_rep(0)
    actions["Begin a new set after this rep"].trigger()
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == 2)
    assert page.desk.table.model().rowCount() == 1


def test_a_corrected_load_changes_the_volume(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    page.edit.load_wanted.emit(50.0)
    moved = f"moved: {REPS * 50 + REPS * 40} kg"
    qtbot.waitUntil(lambda: numbers(page)[3].replace("\N{NARROW NO-BREAK SPACE}", "") == moved)
    assert "50 kg" in str(page.sets.model().index(0, 0).data())


def test_a_note_is_kept_and_leads_to_its_time(
    qtbot: QtBot,
    review: ReviewPage,
    folder: Path,
    show: Show,
) -> None:
    page = opened(qtbot, review)
    page.choose_set(1)
    page.desk.choose_rep(1)
    qtbot.keyClicks(page.notes.line, "heel comes up")
    press(qtbot, page.notes.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.notes.list.count() == 1)
    again = opened(qtbot, show(folder))
    item = again.notes.list.item(0)
    assert item.text().endswith("heel comes up")
    again.notes.list.itemActivated.emit(item)
    assert again.model.set_index == 1
    qtbot.waitUntil(lambda: again.model.rep_index == 1)


def test_a_note_is_a_flag_on_the_time_line_that_can_be_clicked_changed_and_taken_away(
    qtbot: QtBot, review: ReviewPage
) -> None:
    page = opened(qtbot, review)
    selected = page.model.selected
    assert selected is not None
    t = selected.rep.t_top
    page.desk.seek(t)
    page.corrections.note(t, "heel comes up")
    qtbot.waitUntil(lambda: page.notes.list.count() == 1)
    slider, notes = page.desk.replay.slider, page.notes.list
    qtbot.waitUntil(lambda: slider.note_at(QPointF(slider._x(t * 1000), 20.0)) == 0)
    flag = QPointF(slider._x(t * 1000) + 3, slider.height() - slider._theme.px(27)).toPoint()
    text = page.theme.color("text").name()
    assert slider.grab().toImage().pixelColor(flag).name() == text
    page.desk.seek(selected.rep.t_start)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=flag)
    assert page.desk.player.t == t
    assert notes.currentRow() == 0
    # Changed in the list: its editor holds the words without the time.
    notes.setFocus()
    notes.editItem(notes.item(0))
    editor = notes.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "heel comes up"
    editor.setText("heel up at the top")
    press(qtbot, editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.item(0).text().endswith("heel up at the top"))
    notes.setCurrentRow(0)
    press(qtbot, notes, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: notes.count() == 0)
    assert page.model.current is not None
    assert len(page.model.current.verdicts) == REPS
    page.edit.undo_wanted.emit()
    qtbot.waitUntil(lambda: notes.count() == 1)
    assert notes.item(0).text().endswith("heel up at the top")


def test_a_session_is_deleted_with_everything_that_belongs_to_it(
    qtbot: QtBot, review: ReviewPage, folder: Path
) -> None:
    page = opened(qtbot, review)
    page.corrections.note(1.0, "sore")
    qtbot.waitUntil(lambda: page.notes.list.count() == 1)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix != ".sqlite"}
    page.delete_session()
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 0)
    assert sorted(p.name for p in folder.iterdir()) == [".deleted", "index.sqlite"]
    qtbot.waitUntil(lambda: page.side.list.model().rowCount() == 0)
    # It can be brought back, with its note.
    qtbot.mouseClick(page.side.undelete, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notes.list.count() == 1)
    qtbot.waitUntil(lambda: page.side.list.model().rowCount() == 1)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.name in before} == before
    assert not page.side.undelete.isVisible()
    # The window closes: it is gone.
    page.delete_session()
    page.library.close()
    assert [p.name for p in folder.iterdir()] == ["index.sqlite"]


def test_stricter_bands_show_new_and_old_verdicts(qtbot: QtBot, review: ReviewPage) -> None:
    """J4: other limits judge again, the first verdict of each rep is still shown, undo works."""
    page = opened(qtbot, review)
    before = page.model.current
    assert before is not None
    hidden = page.desk.table.isColumnHidden
    assert hidden(9)
    actions = {a.text(): a for a in page.edit.menu().actions()}
    actions["Judge by other limits…"].trigger()
    dialog = page.edit.findChild(LimitsDialog)
    assert dialog is not None
    field = dialog.fields["pf_percent"]
    assert field.value() == 50.0
    field.selectAll()
    qtbot.keyClicks(field, "88")
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.model.session is not None and page.model.session.versions.number == 2
    )
    qtbot.waitUntil(lambda: not hidden(9))
    after = page.model.current
    assert after is not None
    calibration = analysed().calibration
    assert calibration is not None
    assert calibration.plantarflexion_max is not None
    asked = -0.88 * calibration.plantarflexion_max
    assert after.target.bands.plantarflexed == pytest.approx(asked)
    assert page.desk.table.model().headerData(9, Qt.Orientation.Horizontal) == "v1 → v2"
    # Toes at 35° of 44° do not reach 88 % of the range: a good rep is a miss now.
    assert cells(page, 0)[1] == "miss"
    assert cells(page, 0)[9] == "good → miss"
    assert page.desk.table.model().index(0, 9).data(Qt.ItemDataRole.DecorationRole) == "good"
    assert "v1 → v2" in page.desk.table_card.note.text()
    actions["Undo\tCtrl+Z"].trigger()
    qtbot.waitUntil(lambda: page.model.current == before)
    qtbot.waitUntil(lambda: hidden(9))
    assert cells(page, 0)[1] == "good"


def test_a_wider_tempo_limit_is_one_edit_and_nonsense_is_none(
    qtbot: QtBot, review: ReviewPage
) -> None:
    page = opened(qtbot, review)
    dialog = page.edit.ask_limits()
    dialog.fields["eccentric_under_s"].setValue(1.2)
    qtbot.mouseClick(
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton
    )
    qtbot.waitUntil(
        lambda: (
            page.model.current is not None
            and page.model.current.target.thresholds.eccentric_under_s == 1.2
        )
    )
    assert page.model.session is not None
    assert len(page.model.session.edits) == 1
    # A limit of good below that of near is refused with a message, and nothing is written.
    dialog = page.edit.ask_limits()
    assert dialog.fields["eccentric_under_s"].value() == 1.2
    dialog.fields["hold_good_percent"].setValue(40.0)
    qtbot.mouseClick(
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton
    )
    qtbot.waitUntil(lambda: "hold_near_percent" in page.library.trouble)
    assert len(page.model.session.edits) == 1


def test_other_bands_are_a_correction_that_can_be_undone(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    bands = {a.text(): a.menu() for a in page.edit.menu().actions()}["Judge by other bands"]
    assert isinstance(bands, QMenu)
    before = page.model.current
    assert before is not None
    {a.text(): a for a in bands.actions()}["strict"].trigger()
    qtbot.waitUntil(lambda: page.model.current is not None and page.model.current != before)
    after = page.model.current
    assert after is not None
    assert after.target.bands.dorsiflexed > before.target.bands.dorsiflexed
    page.edit.undo_wanted.emit()
    qtbot.waitUntil(lambda: page.model.current == before)
