"""Windows return to where they were, or to where they can be seen if that monitor is gone."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from gui.models.window_place import WindowPlace


def place_of(window: QWidget) -> WindowPlace:
    """Return the place of ``window``; of a maximised one, its place before."""
    screen = window.screen()
    # A maximised window has the size of its monitor, which is useless on another one.
    normal = window.normalGeometry()
    box = normal if normal.isValid() else window.geometry()
    corner = box.topLeft() - screen.availableGeometry().topLeft()
    x, y = max(corner.x(), 0), max(corner.y(), 0)
    return WindowPlace(screen.name(), x, y, box.width(), box.height(), window.isMaximized())


def restore(window: QWidget, place: WindowPlace | None, usual: QSize) -> None:
    """Move ``window`` to ``place``; without one, to the first monitor in its ``usual`` size.

    A window is never larger than its monitor and never reaches out of it. Where the monitor of
    ``place`` is gone, the window opens in the middle of the first one.
    """
    screen = _screen(place.screen) if place is not None else None
    there = (screen or QGuiApplication.primaryScreen()).availableGeometry()
    wanted = usual if place is None else QSize(place.width, place.height)
    box = QRect(QPoint(0, 0), wanted.boundedTo(there.size()))
    box.moveCenter(there.center())
    if place is not None and screen is not None:
        left = min(place.x, there.width() - box.width())
        top = min(place.y, there.height() - box.height())
        box.moveTopLeft(there.topLeft() + QPoint(left, top))
    # Before the window is shown: moving it afterwards would be seen.
    window.setGeometry(box)
    if place is not None and place.maximized:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _screen(name: str) -> QScreen | None:
    return next((screen for screen in QGuiApplication.screens() if screen.name() == name), None)
