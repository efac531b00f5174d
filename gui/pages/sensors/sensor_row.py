"""One sensor in the list: its signal, name, battery and place on the leg."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.models.home import days_ago
from gui.models.sensors import (
    FAR_DBM,
    LOW_BATTERY_PERCENT,
    NEAR_DBM,
    NEEDED,
    PLACES,
    SensorRow,
)
from gui.pages.sensors.signal_bars import SignalBars
from gui.translations import texts
from gui.widgets.buttons import Toggle
from gui.widgets.card import label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.theme import Theme
from sensor.types import Segment

PLACE_KEYS = {Qt.Key(ord(place.value[0].upper())): place for place in PLACES}
"""The key of a place is the first letter of its English name, in every language."""


class SensorRowWidget(QWidget):
    """A row that shows a sensor. The first letter of a place assigns it there, Delete to none."""

    assigned = Signal(str, object)
    """The source of the sensor, and the :class:`Segment` that it goes to or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: SensorRow | None = None
        self._fixed = False
        px = theme.px
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(16), px(10), px(12), px(10))
        layout.setSpacing(px(14))
        self.bars = SignalBars(theme)
        self.name = ElidedLabel()
        self.name.setProperty("role", "title")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.detail = label("", "muted")
        self.detail.setWordWrap(True)
        self.moving = label(self.tr("this one moves"), "title")
        self._moving_mark = MarkWidget(theme, Mark.GOOD)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.name)
        head.addSpacing(px(8))
        head.addWidget(self._moving_mark)
        head.addWidget(self.moving)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addLayout(head)
        words.addWidget(self.detail)
        layout.addWidget(self.bars)
        layout.addLayout(words, 1)
        self.buttons: dict[Segment, QPushButton] = {}
        catalogue = texts().sensors
        for segment in PLACES:
            name = catalogue.place(segment)
            button = Toggle(name[:1].upper() + name[1:], "place")
            # The row itself takes the keys: one tab stop a sensor is enough.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda on, to=segment: self._assign(to if on else None))
            self.buttons[segment] = button
            layout.addWidget(button)
        keys = ", ".join(f"{key.name[4:]}: {catalogue.place(to)}" for key, to in PLACE_KEYS.items())
        self.setToolTip(self.tr("{keys}, Delete: none").format(keys=keys))

    def show_row(self, row: SensorRow, *, fixed: bool, places: Sequence[Segment] = NEEDED) -> None:
        """Show ``row``.

        Parameters
        ----------
        row
            The sensor.
        fixed
            Whether it cannot be assigned: its recording says where it was worn.
        places
            The places that are offered by a button; the keys offer all.
        """
        self._fixed = fixed
        for segment, button in self.buttons.items():
            button.setChecked(row.segment is segment)
            button.setEnabled(not fixed)
            # A device that cannot be used gets no buttons, so that nobody tries.
            offered = row.segment is segment or (segment in places and not fixed)
            button.setVisible(row.usable and offered)
        if row == self._row:
            return
        self._row = row
        self.name.setText(row.name)
        self.detail.setText(" · ".join(part for part in self._details(row) if part))
        self.bars.show_signal(row.rssi)
        self.bars.setVisible(row.rssi is not None)
        self.moving.setVisible(row.shaken)
        self._moving_mark.setVisible(row.shaken)
        place = texts().sensors.worn_on(row.segment) if row.segment else ""
        parts = [row.name, place, self.detail.text()]
        parts.append(self.moving.text() if row.shaken else "")
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Assign the sensor, or move to another row."""
        key = Qt.Key(event.key())
        if key in PLACE_KEYS:
            self._assign(PLACE_KEYS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._assign(None)
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the focus."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the row without focus."""
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the row; a shaken sensor is lit."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._row is not None and self._row.shaken
        painter.setBrush(theme.color("selected" if lit else "raised"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("text"), px(2)))
        elif lit:
            painter.setPen(QPen(theme.color("good"), px(2)))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        inset = px(1)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, px(8), px(8))

    def _assign(self, segment: Segment | None) -> None:
        if self._row is not None and self._row.usable and not self._fixed:
            self.assigned.emit(self._row.source, segment)

    def _details(self, row: SensorRow) -> list[str]:
        if row.refused:
            return [row.family, self.tr("cannot be used: {reason}").format(reason=row.refused)]
        if not row.family:
            return [self.tr("not a sensor that Toepoint knows"), self._signal(row)]
        return [row.family, self._signal(row), self._battery(row)]

    def _signal(self, row: SensorRow) -> str:
        if row.held:
            return self.tr("connected to this computer already")
        if row.rssi is None:
            return ""
        if row.rssi >= NEAR_DBM:
            word = self.tr("near")
        else:
            word = self.tr("far") if row.rssi < FAR_DBM else self.tr("fairly near")
        return f"{word} ({row.rssi:.0f}\N{NO-BREAK SPACE}dBm)".replace("-", "\N{MINUS SIGN}")

    def _battery(self, row: SensorRow) -> str:
        percent, days = row.battery_percent, days_ago(row.charge_utc)
        seen = texts().sensors.seen(days) if days is not None else ""
        if percent is None:
            return seen
        text = self.tr("battery {percent} %").format(percent=round(percent))
        if percent < LOW_BATTERY_PERCENT:
            text += ": " + self.tr("charge it soon")
        return f"{text}, {seen}" if seen else text
