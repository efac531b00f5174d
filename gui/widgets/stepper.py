"""A value between two large buttons, one for less and one for more."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.widgets.buttons import push_button
from gui.widgets.card import label
from gui.widgets.theme import Theme

_BUTTON_PX = 44
"""As large as a finger."""
_VALUE_PX, _LEAST_PX, _EDGE_PX = 20.0, 12.0, 8.0
"""Height of a value where there is room, its least height, and what a text is narrower than its field."""


class StepField(QAbstractSpinBox):
    """The value of a :class:`Stepper`, for keys and screen readers: up and +, down and −."""

    stepped = Signal(int)
    """Steps that the person asked for."""

    def __init__(self, theme: Theme, width_px: int) -> None:
        super().__init__()
        px = theme.px
        self._width = px(width_px)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(theme.font(_VALUE_PX, bold=True))
        self.setMinimumHeight(px(_BUTTON_PX))
        self._theme = theme
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        # The line hands its focus on to the field, and this policy as well.
        self._line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line.selectionChanged.connect(self._line.deselect)
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line.setReadOnly(True)
        # A style of the field itself would leave the line the room of buttons that are not there.
        self._line.setStyleSheet(
            "QLineEdit { background: transparent; border: none; padding: 0; }"
            f"QLineEdit:disabled {{ color: {theme.palette.muted}; }}"
        )
        self.setFrame(False)

    def show_value(self, text: str) -> None:
        """Show ``text``."""
        if self._line.text() != text:
            self._line.setText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Write the text as large as it fits: a few values are words."""
        wide = QFontMetricsF(self._theme.font(_VALUE_PX, bold=True)).horizontalAdvance(self.value())
        room = self.width() - self._theme.px(_EDGE_PX)
        pixels = _VALUE_PX * min(1.0, room / wide) if wide else _VALUE_PX
        self._line.setFont(self._theme.font(max(pixels, _LEAST_PX), bold=True))

    def value(self) -> str:
        """Return the text that is shown."""
        return self._line.text()

    def sizeHint(self) -> QSize:
        """Return a width that does not follow the value."""
        return QSize(self._width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a value is not cut."""
        return self.sizeHint()

    def stepBy(self, steps: int, /) -> None:
        """Ask for ``steps``; the page shows what becomes of it."""
        self.stepped.emit(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Return both directions."""
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Step by the arrows and by + and −; all other keys go to the page."""
        steps = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Plus: 1,
            # On many keyboards + is Shift and this key.
            Qt.Key.Key_Equal: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Minus: -1,
        }.get(Qt.Key(event.key()))
        if steps is None:
            event.ignore()
        else:
            self.stepBy(steps)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """Leave the wheel to the page, which scrolls with it."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the ring of the focus; the line paints the value."""
        if self.hasFocus():
            ring, px = self._theme.px(2), self._theme.px
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("text"), ring))
            inset = ring / 2
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, px(6), px(6))


class Stepper(QFrame):
    """A ``name`` above a value between the buttons − and +."""

    stepped = Signal(int)
    """Steps that the person asked for."""

    def __init__(
        self, theme: Theme, name: str, less: str, more: str, *, width_px: int = 84
    ) -> None:
        super().__init__()
        px, p = theme.px, theme.palette
        self.setObjectName("stepper")
        self.setStyleSheet(
            f"QFrame#stepper {{ background: {p.raised}; border-radius: {px(8)}px; }}"
        )
        self.field = StepField(theme, width_px)
        self.field.setAccessibleName(name)
        self.field.stepped.connect(self.stepped)
        self.less, self.more = (
            push_button(sign, lambda: None, "step") for sign in ("\N{MINUS SIGN}", "+")
        )
        for button, words, steps in ((self.less, less, -1), (self.more, more, +1)):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setFixedSize(px(_BUTTON_PX), px(_BUTTON_PX))
            button.setFont(theme.font(20, bold=True))
            # The keys step the field itself, so that the tab key has one stop for each value.
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(450)
            button.setAutoRepeatInterval(140)
            button.clicked.connect(lambda _=False, by=steps: self.stepped.emit(by))
        self._name = label(name, "muted")
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(self.less)
        row.addWidget(self.field, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.setSpacing(px(2))
        column.addWidget(self._name)
        column.addLayout(row)
        QWidget.setTabOrder(self.field, self.less)

    def show_value(self, text: str) -> None:
        """Show ``text`` as the value."""
        self.field.show_value(text)

    def value(self) -> str:
        """Return the text of the value."""
        return self.field.value()
