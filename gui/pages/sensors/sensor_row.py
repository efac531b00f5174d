"""One sensor in the list: its signal, name, battery and place on the leg."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.models.sensors import FAR_DBM, LOW_BATTERY_PERCENT, NEAR_DBM, SensorRow
from gui.pages.sensors.signal_bars import SignalBars
from gui.widgets.buttons import Toggle
from gui.widgets.card import label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.theme import Theme
from sensor.types import Segment


class SensorRowWidget(QWidget):
    """A row that shows a sensor. S assigns it to the shin, F to the foot, Delete to neither."""

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
        for segment, text in ((Segment.SHIN, self.tr("Shin")), (Segment.FOOT, self.tr("Foot"))):
            button = Toggle(text, "place")
            # The row itself takes the keys: one tab stop a sensor is enough.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda on, to=segment: self._assign(to if on else None))
            self.buttons[segment] = button
            layout.addWidget(button)
        self.setToolTip(self.tr("S: shin, F: foot, Delete: neither"))

    def show_row(self, row: SensorRow, *, fixed: bool) -> None:
        """Show ``row``; a ``fixed`` one cannot be assigned: its recording says where it was worn."""
        self._fixed = fixed
        for segment, button in self.buttons.items():
            button.setChecked(row.segment is segment)
            button.setEnabled(not fixed)
            # A device that cannot be used gets no buttons, so that nobody tries.
            button.setVisible(row.usable and (not fixed or row.segment is segment))
        if row == self._row:
            return
        self._row = row
        self.name.setText(row.name)
        self.detail.setText(" · ".join(part for part in self._details(row) if part))
        self.bars.show_signal(row.rssi)
        self.bars.setVisible(row.rssi is not None)
        self.moving.setVisible(row.shaken)
        self._moving_mark.setVisible(row.shaken)
        place = {Segment.SHIN: self.tr("on the shin"), Segment.FOOT: self.tr("on the foot")}
        parts = [row.name, place.get(row.segment, "") if row.segment else "", self.detail.text()]
        parts.append(self.moving.text() if row.shaken else "")
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Assign the sensor, or move to another row."""
        keys = {Qt.Key.Key_S: Segment.SHIN, Qt.Key.Key_F: Segment.FOOT}
        key = Qt.Key(event.key())
        if key in keys:
            self._assign(keys[key])
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
        return [row.family, self._signal(row), self._battery(row.battery_percent)]

    def _signal(self, row: SensorRow) -> str:
        if row.held:
            return self.tr("connected to this computer already")
        if row.rssi is None:
            return ""
        if row.rssi >= NEAR_DBM:
            word = self.tr("near")
        else:
            word = self.tr("far") if row.rssi < FAR_DBM else self.tr("fairly near")
        return f"{word} ({row.rssi:.0f} dBm)".replace("-", "\N{MINUS SIGN}")

    def _battery(self, percent: float | None) -> str:
        if percent is None:
            return ""
        text = self.tr("battery {percent} %").format(percent=round(percent))
        if percent < LOW_BATTERY_PERCENT:
            return text + ": " + self.tr("charge it soon")
        return text
