"""The contents of Review: numbers, list, table and remarks of a session."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.shell.window import MainWindow
from processing.motion.foot_turns import FootTurns
from processing.review.angle_remarks import AngleFlag, AngleRemark
from tests.gui.pages.review.opened_review import Show, cells, numbers, opened
from tests.gui.recorded_session import LATE_REP, REPS, SETS, recorded


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


def test_the_replay_tells_the_uncertainty_of_its_angle(qtbot: QtBot, review: ReviewPage) -> None:
    page = opened(qtbot, review)
    moment = page.model.moment(page.model.span()[0] + 5.0)
    assert moment.uncertainty_deg is not None
    page.desk.replay.show_moment(moment, None, knee=False)
    assert page.desk.replay._target.text() == f"± {moment.uncertainty_deg:.0f}°"


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


@pytest.mark.parametrize(("unexplained_deg", "shown"), [(5.0, True), (1.5, False)])
def test_the_turns_of_the_foot_are_shown_where_a_second_axis_takes_part(
    qtbot: QtBot, review: ReviewPage, unexplained_deg: float, shown: bool
) -> None:
    page = opened(qtbot, review)
    session = page.model.session
    assert session is not None
    turns = FootTurns(math.radians(9.0), math.radians(4.0), math.radians(unexplained_deg))
    page.library.opened = replace(session, analysis=replace(session.analysis, foot_turns=turns))
    qtbot.waitUntil(lambda: page.library.opened is None)
    assert ("foot in and out 9°, toes 4°" in page._about.text()) is shown
    assert ("inversion, eversion" in page._about.toolTip()) is shown


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
    # The simulated person loses control in no rep.
    assert {first[10], late[10]} == {"held"}
    assert page.desk.loops.lost == {}
    role = Qt.ItemDataRole.DecorationRole
    shapes = [page.desk.table.model().index(row, 1).data(role) for row in range(REPS)]
    assert shapes == ["good", "good", "miss"]


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
