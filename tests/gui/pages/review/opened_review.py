"""The review of a recorded session as a person sees it: numbers, cells of the table, keys."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.pages.review.review_page import ReviewPage

NAME = "2026-02-02_10-00-00.mcap"
Show = Callable[[Path], ReviewPage]


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


def shown_path(page: ReviewPage) -> Path | None:
    return page.model.session.recording.path if page.model.session is not None else None
