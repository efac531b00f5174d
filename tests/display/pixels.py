"""The pixels of a running window, and those of a re-rendering of it.

A re-rendering (``QWidget.grab``) paints everything again, so it hides what the running window never
painted or left standing. The screen is read from the X server instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

VISIBLE = 24
"""Levels of 255 from which on a colour counts as another one: the smooth edges of large letters are
rounded differently, by less than this, where painting begins at another pixel.
"""
LEAST_AREA = 1200
"""Smaller widgets (labels of one word, lines) are compared only as parts of the larger ones, px²."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The share of pixels in which a part of the running window differs from its re-rendering."""

    part: str
    """Class and accessible name of the widget."""
    share: float
    """Of its visible pixels, 0 to 1."""
    box: QRect
    """Its visible place in the window, in logical pixels."""


def captured(window: QWidget) -> QImage:
    """Return what the X server shows at the place of ``window``, in physical pixels.

    Raises
    ------
    RuntimeError
        If the program does not paint on an X server.
    """
    if QGuiApplication.platformName() != "xcb":
        raise RuntimeError(f"painted on {QGuiApplication.platformName()}, not on an X server")
    place = window.geometry()
    # The root window: it has what the server shows, whichever client painted it.
    screen = QGuiApplication.primaryScreen().grabWindow(
        0, place.x(), place.y(), place.width(), place.height()
    )
    return screen.toImage().convertToFormat(QImage.Format.Format_RGB32)


def rendered_again(window: QWidget) -> QImage:
    """Return ``window`` painted as a whole, in physical pixels."""
    ratio = window.devicePixelRatio()
    image = QImage(window.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    window.render(image)
    return image


def differences(window: QWidget) -> list[Difference]:
    """Compare the running ``window`` with its re-rendering: the whole, and each visible part."""
    differ = differing(captured(window), rendered_again(window))
    ratio = window.devicePixelRatio()
    found = []
    for part, box in _parts(window):
        place = QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
        cut = place.toAlignedRect()
        inside = differ[cut.top() : cut.bottom() + 1, cut.left() : cut.right() + 1]
        name = " ".join(filter(None, (type(part).__name__, part.accessibleName())))
        found.append(Difference(name, float(inside.mean()) if inside.size else 0.0, box))
    return found


def _parts(window: QWidget) -> Iterator[tuple[QWidget, QRect]]:
    """Yield ``window`` and its visible widgets, with their visible places."""
    yield window, window.rect()
    for part in window.findChildren(QWidget):
        if part.isWindow() or not part.isVisible():
            continue
        seen = part.visibleRegion().boundingRect()
        if seen.width() * seen.height() >= LEAST_AREA and part.window() is window:
            yield part, seen.translated(part.mapTo(window, QPoint()))


def differing(one: QImage, other: QImage) -> npt.NDArray[np.bool_]:
    """Return where (height, width) two images of the same size differ visibly."""
    apart = np.abs(colours(one).astype(np.int16) - colours(other)).max(axis=2)
    visible: npt.NDArray[np.bool_] = apart >= VISIBLE
    return visible


def colours(image: QImage) -> npt.NDArray[np.uint8]:
    """Return the colours (height, width, 3) of a 32-bit ``image``, 0 to 255."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), :3]
