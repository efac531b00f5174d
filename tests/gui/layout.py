"""Finds faults of a layout: cut words, overlapping widgets, controls without a name."""

from itertools import combinations
from typing import TypeAlias

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.train.fit_button import FitButton
from gui.shell.window import MainWindow
from gui.widgets.elided_label import ElidedLabel

SLACK_PX = 1
MOST_STOPS = 200
LEAST_SHARE = 0.85
"""The text of a button may shrink to this share of its usual size."""

Words: TypeAlias = QLabel | QAbstractButton


def words_of(page: QWidget) -> list[Words]:
    """Return the widgets that show a text on a page."""
    parts: list[Words] = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    return [part for part in parts if part.isVisible() and part.text()]


def cut(part: Words) -> bool:
    """Return whether the text of ``part`` is cut, or smaller than it should be."""
    if isinstance(part, ElidedLabel):
        return part.fontMetrics().horizontalAdvance(part.text()) > part.width() + SLACK_PX
    if isinstance(part, FitButton) and part.font().pixelSize() < LEAST_SHARE * part.usual_px:
        return True
    if isinstance(part, QLabel) and part.wordWrap():
        return part.height() + SLACK_PX < part.heightForWidth(part.width())
    need = part.minimumSizeHint()
    return part.width() + SLACK_PX < need.width() or part.height() + SLACK_PX < need.height()


def too_wide(page: QWidget) -> list[str]:
    """Return the widgets that are wider than the area in which they scroll: their right side is cut."""
    wide: list[str] = []
    for area in page.findChildren(QScrollArea):
        content, room = area.widget(), area.viewport().width()
        if area.isVisible() and content is not None and content.width() > room:
            wide.append(f"{content.width()} in {room} px")
    return wide


def overlapping(parts: list[Words], page: QWidget) -> list[tuple[str, str]]:
    """Return the words of widgets that overlap or reach out of the page."""
    places = [QRect(part.mapTo(page, QPoint(0, 0)), part.size()) for part in parts]
    over = [
        (part.text(), "the edge")
        for part, at in zip(parts, places, strict=True)
        if at.left() < 0 or at.right() > page.width()
    ]
    for (one, at), (other, there) in combinations(zip(parts, places, strict=True), 2):
        related = one.isAncestorOf(other) or other.isAncestorOf(one)
        if at.intersects(there) and not related:
            over.append((one.text(), other.text()))
    return over


def no_layout_fault(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    """Wait until ``window`` has its size and its layout has no fault; fail with the faults if it has."""
    qtbot.waitUntil(lambda: window.size().toTuple() == size)
    try:
        qtbot.waitUntil(lambda: layout_faults(window) == [])
    except qtbot.TimeoutError:
        faults = layout_faults(window)
        # Pytest does not explain the assertions of this module.
        assert not faults, faults


def layout_faults(window: MainWindow) -> list[object]:
    """Return the words that are cut, those that overlap, and the widgets that are too wide."""
    whole = window.centralWidget()
    assert whole is not None
    parts = words_of(whole)
    assert parts
    found: list[object] = [part.text() for part in parts if cut(part)]
    return [*found, *overlapping(parts, whole), *too_wide(whole)]


def unreachable(qtbot: QtBot, window: MainWindow, page: QWidget) -> list[str]:
    """Return the controls of a page that the tab key does not reach, or that have no name."""
    controls = [c for c in page.findChildren(QWidget) if takes_keys(c)]
    assert controls
    reached: set[QWidget] = set()
    for _ in range(MOST_STOPS):
        now: QWidget | None = window.focusWidget()
        focused = window if now is None else now
        if focused in reached:
            break
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wrong = [f"{_called(control)} is not reached" for control in controls if control not in reached]
    for control in controls:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        if not (control.accessibleName() or text):
            wrong.append(f"{_called(control)} has no name")
    return wrong


def takes_keys(control: QWidget) -> bool:
    """Return whether the tab key must reach ``control``."""
    there = control.isVisible() and control.isEnabled() and control.focusProxy() is None
    return there and Qt.FocusPolicy.TabFocus in control.focusPolicy()


def _called(control: QWidget) -> str:
    parent = control.parent()
    return f"{type(control).__name__} {control.objectName()!r} in {type(parent).__name__}"
