"""Nothing is cut or lies over something else, and the keyboard and the screen reader find all."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeAlias

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.settings import Settings
from gui.window import MainWindow
from sensor.ble.doctor import Check
from sensor.ble.remedies import REMEDIES, LinkFault
from sensor.ble.scan import Found
from sensor.types import Event, EventKind

pytestmark = pytest.mark.usefixtures("no_bluetooth", "few_pages")

PAGES = ("Sensors", "Calibrate", "Settings")
LOOKS = (
    ((1440, 900), 1.0, "en", "dark"),
    ((1280, 720), 1.0, "de", "light"),
    ((1280, 720), 2.0, "de", "dark"),
    ((1920, 1080), 2.0, "en", "light"),
)
SLACK_PX = 1
MOST_STOPS = 200

Words: TypeAlias = QLabel | QAbstractButton


def fill(window: MainWindow) -> None:
    """Let the pages show as much as they may."""
    model = window.state.sensors
    for at, (name, family) in enumerate((("WT901BLE68", "witmotion"), ("DOT", "movella_dot"))):
        model.see(Found(f"AA:{at}", name, family, -50 - 20 * at), 0.0)
    model.see(Found("AA:9", "TAG", "sensortag", -80, refused="it is much too slow for this"), 0.0)
    model.assign_nearest()
    remedy = REMEDIES[LinkFault.NOT_FOUND]
    said = {"reason": remedy.what, "remedy": remedy.to_do("linux")}
    model.take_link(Event(0, EventKind.LINK, {"source": "AA:0", "state": "refused", **said}))
    problem = REMEDIES[LinkFault.NO_PERMISSION]
    model.checks = [Check("Bluetooth permission", False, problem.what, problem.to_do("linux"))]


def each_page(qtbot: QtBot, window: MainWindow) -> Iterator[QWidget]:
    """Show one page after the other, the first run at last."""
    fill(window)
    for name in PAGES:
        window.show_page(name)
        window.page.refresh()
        yield window.page
    window.state.change(first_run_done=False)
    qtbot.waitUntil(window.page.isVisible)
    yield window.page


def words_of(page: QWidget) -> list[Words]:
    parts: list[Words] = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    return [part for part in parts if part.isVisible() and part.text()]


def cut(part: Words) -> bool:
    if isinstance(part, QLabel) and part.wordWrap():
        return part.height() + SLACK_PX < part.heightForWidth(part.width())
    need = part.minimumSizeHint()
    return part.width() + SLACK_PX < need.width() or part.height() + SLACK_PX < need.height()


@pytest.mark.parametrize(("size", "scale", "language", "theme"), LOOKS)
def test_no_word_is_cut_and_nothing_overlaps(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    size: tuple[int, int],
    scale: float,
    language: str,
    theme: str,
) -> None:
    window = open_window(
        Settings(first_run_done=True, text_scale=scale, language=language, theme=theme)
    )
    window.resize(*size)
    for page in each_page(qtbot, window):
        qtbot.waitUntil(lambda: window.size().toTuple() == size)
        qtbot.waitUntil(lambda: not [p.text() for p in words_of(page) if cut(p)])  # noqa: B023 - waited for here
        parts = words_of(page)
        assert parts
        assert overlapping(parts, page) == []


def overlapping(parts: list[Words], page: QWidget) -> list[tuple[str, str]]:
    """Return the words of those that lie over each other or reach out of the page."""
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


def test_the_keyboard_reaches_every_control_and_each_has_a_name(
    qtbot: QtBot, window: MainWindow
) -> None:
    for page in each_page(qtbot, window):
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
        for control in controls:
            assert control in reached, control
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text, control


def takes_keys(control: QWidget) -> bool:
    """Return whether the tab key must lead to ``control``."""
    there = control.isVisible() and control.isEnabled()
    return there and Qt.FocusPolicy.TabFocus in control.focusPolicy()
