"""The sensors in the head of a window: place, rate and losses of each."""

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.sensors import NEEDED, OPTIONAL, PLACES
from gui.models.set_losses import SetLoss
from gui.translations import texts
from gui.translations.decimals import decimal
from gui.widgets.plain_text import plain_tip
from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme
from processing.types import STREAMS, SensorStatus
from sensor.types import Segment


class Detail(IntEnum):
    """The amount of words on a pill; its tool tip has all of them."""

    FULL = 0
    COMPACT = 1
    """Without words that the numbers do not need."""
    BARE = 2
    """The name and the shape of its state alone: its width stays when a sensor is lost in a set."""
    INITIAL = 3
    """The first letter of the name and the shape."""


class SensorPill(QWidget):
    """A pill with the status of a sensor."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self._mark, self._text, self._short = Mark.NOT_JUDGED, "", ""
        self._more = ""
        self._detail = Detail.FULL
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(None)

    def show_status(self, status: SensorStatus | None, loss: SetLoss | None = None) -> None:
        """Show ``status``, and what was lost in the current set; None: there is no sensor, or no loss."""
        short = more = ""
        if status is None:
            mark, text, short = Mark.NOT_JUDGED, self.tr("no sensor"), "–"
        elif status.too_slow:
            mark = Mark.NEAR
            text = short = f"{status.arriving_hz:.0f} / {status.asked_hz:.0f} Hz"
        elif status.state in STREAMS:
            rate = "–" if status.rate_hz is None else f"{status.rate_hz:.0f}"
            lost = self.tr("lost")
            mark, short = Mark.GOOD, f"{rate} Hz · {status.lost_percent:.0f} %"
            text = f"{short} {lost}"
            if loss is not None:
                gap = f"{decimal(loss.longest_s)} s"
                text += " · " + self.tr("gap {seconds}").format(seconds=gap)
                words = self.tr("in this set {count} samples lost, longest gap {seconds}")
                more = ", " + words.format(count=loss.lost, seconds=gap)
        elif status.state in ("lost", "refused", "retrying", "stopped"):
            mark, text = Mark.MISS, texts().sensors.link_state(status.state)
        else:
            mark, text = Mark.NEAR, texts().sensors.link_state(status.state)
        # Called with every frame: a screen reader must not read the same text again.
        if (mark, text, more) != (self._mark, self._text, self._more):
            self._mark, self._text, self._short = mark, text, short or text
            self._more = more
            self.setAccessibleName(f"{self._name}: {text}{more}")
            self.setToolTip(plain_tip(f"{self._name}: {text}{more}"))
            self.updateGeometry()
            self.update()

    @property
    def detail(self) -> Detail:
        """The amount of words on it."""
        return self._detail

    def words(self) -> tuple[str, str]:
        """Return the name as it is written, and the words beside it."""
        return self._named(self._detail), self._words(self._detail)

    def set_detail(self, detail: Detail) -> None:
        """Say more or less."""
        if detail != self._detail:
            self._detail = detail
            self.updateGeometry()
            self.update()

    def width_of(self, detail: Detail) -> int:
        """Return the width of the pill with that much detail, in pixels."""
        name = QFontMetrics(self._theme.font(14, bold=True)).horizontalAdvance(self._named(detail))
        words = self._words(detail)
        beside = QFontMetrics(self._theme.font(14)).horizontalAdvance(words) + self._theme.px(10)
        return name + (beside if words else 0) + self._theme.px(48)

    def _named(self, detail: Detail) -> str:
        """Return the name, or its first letter."""
        return self._name[:1] if detail is Detail.INITIAL else self._name

    def _words(self, detail: Detail) -> str:
        """Return the words beside the name."""
        if detail in (Detail.BARE, Detail.INITIAL):
            return ""
        return self._text if detail is Detail.FULL else self._short

    def sizeHint(self) -> QSize:
        """Return the size that the text needs."""
        # The pill gets exactly the room of its text; the head decides which of the two texts.
        return QSize(self.width_of(self._detail), self._theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        size = px(11)
        draw_mark(
            painter, theme, self._mark, QRectF(px(14), (self.height() - size) / 2, size, size)
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(theme.color("text"))
        text = QRectF(px(32), 0, self.width() - px(32), self.height())
        name, words = self.words()
        painter.drawText(text, middle, name)
        text.setLeft(text.left() + QFontMetrics(painter.font()).horizontalAdvance(name) + px(10))
        painter.setFont(theme.font(14))
        painter.setPen(theme.ink("muted"))
        painter.drawText(text, middle, words)


def pills_of(theme: Theme) -> dict[Segment, SensorPill]:
    """Return a pill for each place on the leg; those that no session needs are hidden."""
    pills = {place: SensorPill(theme, texts().sensors.place(place).upper()) for place in PLACES}
    for place in OPTIONAL:
        pills[place].hide()
    return pills


def show_pills(
    pills: Mapping[Segment, SensorPill],
    statuses: Mapping[Segment, SensorStatus],
    losses: Mapping[Segment, SetLoss],
) -> None:
    """Show each sensor with its losses; a place that no session needs is hidden where it has none."""
    for place, pill in pills.items():
        status = statuses.get(place)
        pill.setVisible(status is not None or place in NEEDED)
        pill.show_status(status, losses.get(place))
