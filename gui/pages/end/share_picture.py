"""The picture to share: a session on 1080 × 1350 pixels, with an alias and without any file name."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from gui.models.body_scenes import Scene
from gui.models.session_card import SessionCard
from gui.pages.end import card_words as words
from gui.pages.end.rep_marks import mark_places
from gui.widgets.figure import FigureWidget
from gui.widgets.shapes import draw_mark
from gui.widgets.still_pose import still_pose
from gui.widgets.theme import DARK, Theme
from sensor.errors import DocumentError, DocumentFault

WIDTH, HEIGHT = 1080, 1350
"""A portrait of 4 to 5: the tallest that the usual places to share show whole."""
_EDGE = 72
_TEXT = WIDTH - 2 * _EDGE
_GROUND = "#12181F"
"""The ground of the picture; the plates on it are those of raised parts."""
_TITLE_PX = (62, 56, 50, 44, 38)
"""The sizes of the title, the largest that fits two lines is used."""


def share_picture(card: SessionCard, scene: Scene, unit: str) -> QImage:
    """Return the picture of a session.

    Parameters
    ----------
    card
        The session.
    scene
        The scene of its figure.
    unit
        The unit of loads.
    """
    # It is always dark, whatever the window is: it is shown among other people's pictures.
    theme = Theme(replace(DARK, panel=_GROUND))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(theme.color("panel"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = _paint_head(painter, theme, card, unit)
    draw_figure(painter, theme, card, scene, QRect(_EDGE, top, _TEXT, 846 - top))
    _paint_numbers(painter, theme, card)
    _paint_marks(painter, theme, card)
    _paint_foot(painter, theme, card, unit)
    painter.end()
    return image


def save_picture(image: QImage, path: Path) -> None:
    """Write the picture as PNG.

    Raises
    ------
    DocumentError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = f"the picture is not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error
    if not image.save(str(path)):
        detail = "the picture is not saved: there is no room or no permission"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail)


def draw_figure(
    painter: QPainter, theme: Theme, card: SessionCard, scene: Scene, room: QRect
) -> None:
    """Draw the figure of the exercise into ``room``, on the ground of a panel of ``theme``."""
    figure = FigureWidget(theme)
    figure.setMinimumSize(QSize(1, 1))
    figure.resize(room.size())
    figure.show_scene(scene)
    figure.show_pose(replace(still_pose(card.exercise, scene), sensors=2))
    painter.save()
    # On paper nothing else cuts off what a scene leaves out of its room.
    painter.setClipRect(room)
    painter.translate(room.topLeft())
    figure.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.restore()
    figure.deleteLater()


def _paint_head(painter: QPainter, theme: Theme, card: SessionCard, unit: str) -> int:
    """Paint name, day, title and the facts below it; return where the figure begins."""
    line = QRectF(_EDGE, 70, _TEXT, 48)
    middle = Qt.AlignmentFlag.AlignVCenter
    _say(painter, line, "Toepoint", theme.font(36, bold=True), theme, "text")
    day = words.day(card)
    if card.simulated:
        day = QCoreApplication.translate("card", "simulated leg · {day}").format(day=day)
    right = Qt.AlignmentFlag.AlignRight | middle
    _say(painter, line, day, theme.font(28), theme, "muted", right)
    title = words.title(card)
    wrap = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
    for pixels in _TITLE_PX:
        font = theme.font(pixels, bold=True)
        metrics = QFontMetricsF(font)
        box = metrics.boundingRect(QRectF(_EDGE, 150, _TEXT, 1000), wrap, title)
        if box.height() <= 2.2 * metrics.lineSpacing() and box.width() <= _TEXT:
            break
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.drawText(QRectF(_EDGE, 150, _TEXT, box.height() + 4), wrap, title)
    about, font = " · ".join(words.about(card, unit)), theme.font(30)
    below = QRectF(_EDGE, 150 + box.height() + 14, _TEXT, 1000)
    needed = QFontMetricsF(font).boundingRect(below, wrap, about)
    painter.setFont(font)
    painter.setPen(theme.color("muted"))
    painter.drawText(needed.adjusted(0, 0, 4, 4), wrap, about)
    return round(needed.bottom()) + 24


def _paint_numbers(painter: QPainter, theme: Theme, card: SessionCard) -> None:
    gap, top, height = 20, 868, 170
    width = (_TEXT - 2 * gap) / 3
    for at, number in enumerate(words.numbers(card)):
        plate = QRectF(_EDGE + at * (width + gap), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(plate, 18, 18)
        inner = plate.adjusted(26, 20, -14, -18)
        font = theme.font(70, bold=True)
        _say(
            painter, QRectF(inner.left(), inner.top(), inner.width(), 84), number.value, font, theme
        )
        across = QFontMetricsF(font).horizontalAdvance(number.value)
        unit = QRectF(inner.left() + across + 8, inner.top() + 26, inner.width() - across, 50)
        if number.unit.startswith("°"):
            unit.translate(-8, -26)
        _say(painter, unit, number.unit, theme.font(32, bold=True), theme)
        name = QRectF(inner.left(), inner.bottom() - 40, inner.width(), 40)
        _say(
            painter,
            name,
            number.name,
            _fitting(theme, number.name, 26, name.width()),
            theme,
            "muted",
        )


def _paint_marks(painter: QPainter, theme: Theme, card: SessionCard) -> None:
    room = QRectF(_EDGE, 1076, _TEXT, 140)
    places = mark_places(card.grades, room, 37.0)
    # The last row stands above the words at the foot, however many there are.
    down = room.bottom() - max((box.bottom() for _, box in places), default=room.bottom())
    for mark, box in places:
        draw_mark(painter, theme, mark, box.translated(0.0, down))


def _paint_foot(painter: QPainter, theme: Theme, card: SessionCard, unit: str) -> None:
    alias_font = theme.font(30)
    alias = QFontMetricsF(alias_font).elidedText(card.alias, Qt.TextElideMode.ElideRight, 200)
    taken = QFontMetricsF(alias_font).horizontalAdvance(alias)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    line = QRectF(_EDGE, 1238, _TEXT, 48)
    _say(painter, line, alias, alias_font, theme, "muted", right)
    what = words.following(card, unit)
    room = line.adjusted(0, 0, -taken - 24, 0)
    _say(painter, room, what, _fitting(theme, what, 30, room.width()), theme)


def _fitting(theme: Theme, text: str, pixels: int, width: float) -> QFont:
    """Return the largest font up to ``pixels`` in which ``text`` fits ``width``."""
    font = theme.font(pixels)
    while pixels > 16 and QFontMetricsF(font).horizontalAdvance(text) > width:
        pixels -= 1
        font = theme.font(pixels)
    return font


def _say(
    painter: QPainter,
    room: QRectF,
    text: str,
    font: QFont,
    theme: Theme,
    color: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(color))
    painter.drawText(room, align, text)
