"""Review in a real window, used with mouse and keys."""

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
)
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.app_state import AppState
from gui.pages.page_name import PageName
from gui.pages.review.limits_dialog import LimitsDialog
from gui.pages.review.review_page import ReviewPage
from gui.shell.app import make_application
from gui.shell.window import MainWindow
from processing.library import KeptAnalyses
from processing.review.angle_remarks import AngleFlag, AngleRemark
from tests.gui.recorded_session import LATE_REP, REPS, SETS, analyse_once, analysed, recorded

NAME = "2026-02-02_10-00-00.mcap"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with one recorded session."""
    analyse_once(monkeypatch)
    folder = tmp_path / "sessions"
    folder.mkdir()
    (folder / NAME).write_bytes(recorded())
    return folder


Show = Callable[[Path], ReviewPage]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    """Show the page of a folder, alone in its window."""
    shown: list[ReviewPage] = []

    def show_one(folder: Path) -> ReviewPage:
        make_application()
        settings = Settings(first_run_done=True, storage_folder=str(folder))
        state = AppState(settings, tmp_path / "settings.json")
        page = ReviewPage(state)
        state.frame.connect(page.refresh)
        shown.append(page)
        page.resize(1392, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    yield show_one
    for page in shown:
        page.close()
        page.state.close()
        page.deleteLater()


@pytest.fixture
def review(folder: Path, show: Show) -> ReviewPage:
    return show(folder)


def opened(qtbot: QtBot, page: ReviewPage) -> ReviewPage:
    qtbot.waitUntil(lambda: page.model.session is not None)
    qtbot.waitUntil(lambda: len(page.library.sessions) > 0)
    return page


def numbers(page: ReviewPage) -> list[str]:
    return [card.accessibleName() for card in page.numbers._cards]


def cells(page: ReviewPage, row: int) -> list[str]:
    model = page.desk.table.model()
    return [str(model.index(row, c).data()) for c in range(model.columnCount())]


def press(qtbot: QtBot, widget: object, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(widget, key)


def test_the_newest_session_is_shown_with_its_numbers(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    assert page._title.text().endswith("2026, 10:00") or "Feb 2026" in page._title.text()
    assert page._simulated.isVisible()
    assert page._simulated.text() == "simulated"
    good = SETS * (REPS - 1)
    assert numbers(page)[0] == f"good reps: {100 * good / (SETS * REPS):.0f} %"
    assert page.numbers._cards[0].accessibleDescription() == f"{good} of {SETS * REPS} judged"
    assert "target 4.0" in numbers(page)[2]
    assert numbers(page)[3].replace("\N{NARROW NO-BREAK SPACE}", "") == "moved: 240 kg"
    assert page.sets.model().rowCount() == SETS
    assert page.desk.table_card.note.text() == f"{REPS} reps, as counted live"


def test_the_list_names_the_session_and_what_was_done(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    rows = page.side.list.model()
    assert rows.rowCount() == 1
    text = rows.index(0, 0).data()
    assert "2 Feb" in text
    assert "67 % good" in text
    assert "B · 2 sets · simulated" in text


def test_sessions_of_one_day_have_different_names(qtbot: QtBot, folder: Path, show: Show) -> None:
    (folder / "2026-02-02_10-00-01.mcap").write_bytes(recorded())
    page = show(folder)
    qtbot.waitUntil(lambda: page.side.list.model().rowCount() == 2)
    rows = page.side.list.model()
    texts = [rows.index(row, 0).data() for row in range(2)]
    # Both began in the same minute, so they are numbered; the newest is first.
    assert "10:00, 67 % good, #2 · B" in texts[0]
    assert "10:00, 67 % good, #1 · B" in texts[1]


def test_a_remark_on_the_angle_is_shown_in_german(
    qtbot: QtBot, open_window: Callable[[Settings], MainWindow], folder: Path
) -> None:
    settings = Settings(first_run_done=True, language="de", storage_folder=str(folder))
    window = open_window(settings)
    window.show_page(PageName.REVIEW)
    page = window.page
    assert isinstance(page, ReviewPage)
    opened(qtbot, page)
    session = page.model.session
    assert session is not None
    remark = AngleRemark(AngleFlag.STEEP_AXIS, 12.0, 20.4, math.radians(47.0))
    analysis = replace(session.analysis, angle_remarks=(remark,))
    page.library.opened = replace(session, analysis=analysis)
    qtbot.waitUntil(page.banner.isVisible)
    page_says, why = page.banner.text.text(), page.banner.why.text()
    why_shown = page.banner.why.isVisible()
    more = page._about.toolTip()
    window.state.change(language="en")
    # What to do comes first; the flag and its number are behind a button.
    assert (
        page_says
        == "Von 12 bis 20 s stimmt der Winkel vielleicht nicht: in dieser Lage läuft er weg; "
        "auf dem Bauch liegen, sitzen oder stehen"
    )
    assert why == "12 bis 20 s: Gelenkachse steil, 47°"
    assert not why_shown
    assert page_says in more


def test_the_table_shows_verdict_shape_word_and_reason(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    assert page.desk.table.model().rowCount() == REPS
    first, late = cells(page, 0), cells(page, LATE_REP - 1)
    assert first[:2] == ["1", "good"]
    assert first[-1] == ""
    assert first[5].endswith("° up")
    assert first[6].endswith("° pointed")
    assert late[:2] == [str(LATE_REP), "miss"]
    assert "after the top" in late[-1]
    role = Qt.ItemDataRole.DecorationRole
    shapes = [page.desk.table.model().index(row, 1).data(role) for row in range(REPS)]
    assert shapes == ["good", "good", "miss"]


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
    curve = loops._loops[LATE_REP - 1].lower
    at = len(curve.curl_percent) // 3  # where only the late rep is
    scene = loops._item.getViewBox().mapViewToScene(
        QPointF(curve.curl_percent[at], curve.ankle_deg[at])
    )
    qtbot.mouseClick(
        loops._plot.viewport(), Qt.MouseButton.LeftButton, pos=loops._plot.mapFromScene(scene)
    )
    qtbot.waitUntil(lambda: page.model.rep_index == LATE_REP - 1)


def test_a_kept_set_stays_in_the_plot_of_the_next(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    alone = len(page.desk.loops._drawn)
    qtbot.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)
    press(qtbot, page.sets, Qt.Key.Key_Down)
    assert page.model.set_index == 1
    assert len(page.desk.loops._drawn) == alone + 2 * REPS
    words = page.desk.comparison.text()
    assert page.desk.comparison.isVisible()
    assert words.startswith("Dotted: set 1 of 2 Feb · good 67 against 67 %")
    qtbot.mouseClick(page.keep_button, Qt.MouseButton.LeftButton)
    assert len(page.desk.loops._drawn) == alone
    assert not page.desk.comparison.isVisible()


def test_a_rep_is_deleted_by_key_and_restored_by_undo(
    qtbot: QtBot, review: ReviewPage, folder: Path
) -> None:
    page = opened(qtbot, review)
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
    assert (folder / NAME).read_bytes() == recorded()


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


def drop(window: MainWindow, path: Path) -> bool:
    """Drop a file on the window; return whether it was taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    return enter.isAccepted()


def test_a_recording_is_opened_by_dropping_it_anywhere_on_the_window(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_window: Callable[..., MainWindow],
) -> None:
    analyse_once(monkeypatch)
    elsewhere = tmp_path / "elsewhere.mcap"
    elsewhere.write_bytes(recorded())
    folder = tmp_path / "empty"
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    assert drop(window, elsewhere)
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.model.session is not None)
    assert page._stack.currentIndex() == 1
    assert page.library.sessions == ()
    assert not folder.exists()
    assert not drop(window, tmp_path / "holiday.jpg")


def test_a_dropped_folder_is_shown_and_can_be_left_again(
    qtbot: QtBot, folder: Path, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> None:
    athlete = tmp_path / "Sam"
    athlete.mkdir()
    (athlete / "2026-03-03_10-00-00.mcap").write_bytes(recorded())
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    assert drop(window, athlete)
    page = window.page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: shown_path(page) == athlete / "2026-03-03_10-00-00.mcap")
    assert page.side.title.text() == "Sam"
    assert window.state.settings.recordings_folder == folder
    assert not page.library.holds(athlete / "2026-03-03_10-00-00.mcap")
    qtbot.mouseClick(page.side.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_path(page) == folder / NAME)
    assert not page.side.back.isVisible()
    assert page.library.holds(folder / NAME)


def test_a_long_session_shows_its_first_set_while_the_rest_is_read(
    qtbot: QtBot, folder: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.models.review.LONG_S", 1.0)
    go_on = threading.Event()
    analyse = KeptAnalyses.analyse

    def waiting(*args: object, **kwargs: object) -> object:
        assert go_on.wait(60.0)
        return analyse(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it is

    monkeypatch.setattr(KeptAnalyses, "analyse", waiting)
    page = show(folder)
    page.open(folder / NAME)
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == 1)
    assert "first set" in page._about.text()
    assert not page.edit.isEnabled()
    assert not page.side.progress.isHidden()
    go_on.set()
    qtbot.waitUntil(lambda: page.sets.model().rowCount() == SETS)
    assert "first set" not in page._about.text()
    qtbot.waitUntil(page.edit.isEnabled)


def shown_path(page: ReviewPage) -> Path | None:
    return page.model.session.recording.path if page.model.session is not None else None


def test_going_back_to_a_session_needs_no_new_analysis(
    qtbot: QtBot, folder: Path, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder / "2026-01-01_10-00-00.mcap"
    other.write_bytes(recorded())
    page = opened(qtbot, show(folder))
    qtbot.waitUntil(lambda: len(page.library.sessions) == 2)
    page.open(other)
    qtbot.waitUntil(lambda: shown_path(page) == other)

    def analysed_again(*_: object, **__: object) -> None:
        pytest.fail("it was analysed already")

    monkeypatch.setattr("gui.models.review.analyse", analysed_again)
    page.open(folder / NAME)
    qtbot.waitUntil(lambda: shown_path(page) == folder / NAME)
    page.open(other)
    qtbot.waitUntil(lambda: shown_path(page) == other)


def test_a_damaged_recording_shows_how_much_was_recovered(
    qtbot: QtBot, folder: Path, show: Show
) -> None:
    whole = recorded()
    (folder / NAME).write_bytes(whole[: len(whole) * 3 // 4])
    page = opened(qtbot, show(folder))
    assert "damaged: everything until" in page.banner.text.text()
    assert "recovered" in page.banner.why.text()
    assert "damaged" in str(page.side.list.model().index(0, 0).data())


def test_a_file_that_is_no_recording_is_named_and_nothing_else_happens(
    qtbot: QtBot, folder: Path, show: Show
) -> None:
    (folder / "2026-03-01_10-00-00.mcap").write_bytes(b"holiday pictures")
    page = opened(qtbot, show(folder))
    qtbot.waitUntil(lambda: page.side.list.model().rowCount() == 2)
    assert "cannot be opened" in str(page.side.list.model().index(0, 0).data())
    page.side.list.setCurrentIndex(page.side.list.model().index(0, 0))
    qtbot.waitUntil(page.banner.isVisible)
    assert "2026-03-01_10-00-00.mcap" in page.banner.text.text()
    assert page.model.session is not None


def test_angles_and_report_are_written(qtbot: QtBot, review: ReviewPage, tmp_path: Path) -> None:
    page = opened(qtbot, review)
    table, report = tmp_path / "angles.csv", tmp_path / "report"
    page.export.angles_wanted.emit(table)
    qtbot.waitUntil(lambda: page._about.text() == "angles.csv is written")
    assert table.read_text(encoding="utf-8").startswith("t_s,ankle_deg,curl_deg,phase,valid\n")
    page.export.report_wanted.emit(report)
    qtbot.waitUntil(lambda: page._about.text() == "report.html is written")
    assert "Simulated data" in (report / "report.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_reported(
    qtbot: QtBot, review: ReviewPage, tmp_path: Path
) -> None:
    page = opened(qtbot, review)
    # A folder cannot be made where there is a file.
    (tmp_path / "no").touch()
    page.export.angles_wanted.emit(tmp_path / "no" / "such" / "folder.csv")
    qtbot.waitUntil(page.banner.isVisible)
    assert "folder.csv" in page.banner.text.text()


def test_a_session_is_deleted_with_everything_that_belongs_to_it(
    qtbot: QtBot, review: ReviewPage, folder: Path
) -> None:
    page = opened(qtbot, review)
    page.corrections.note(1.0, "sore")
    qtbot.waitUntil(lambda: page.notes.list.count() == 1)
    page.delete_session()
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 0)
    assert [p.name for p in folder.iterdir()] == ["index.sqlite"]
    qtbot.waitUntil(lambda: page.side.list.model().rowCount() == 0)


def test_everything_that_takes_keys_has_a_name(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    kinds = (QAbstractButton, QAbstractItemView, QAbstractSlider, QLineEdit)
    for kind in kinds:
        for widget in page.findChildren(kind):
            if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisible():
                continue
            name = widget.accessibleName() or (
                widget.text() if isinstance(widget, QAbstractButton) else ""
            )
            assert any(c.isalpha() for c in name), widget


def test_the_choice_survives_another_text_size(
    qtbot: QtBot, folder: Path, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder)))
    window.show_page(PageName.REVIEW)
    assert isinstance(window.page, ReviewPage)
    page = opened(qtbot, window.page)
    page.choose_set(1)
    page.state.change(text_scale=1.5)
    rebuilt = window.page
    assert isinstance(rebuilt, ReviewPage)
    assert rebuilt is not page
    assert rebuilt.model.set_index == 1
    assert rebuilt.desk.table.model().rowCount() == REPS


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
