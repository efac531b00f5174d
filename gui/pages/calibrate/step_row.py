"""One step of the calibration in the list: its name, state, numbers and a button to redo it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.models.calibration import StepNumber, StepState
from gui.translations.decimals import decimal
from gui.widgets.card import label
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.theme import Theme
from processing.calibration.calibration_steps import CalibrationStep

_MARKS = {
    StepState.TO_DO: Mark.NOT_JUDGED,
    StepState.RUNNING: Mark.NOT_JUDGED,
    StepState.DONE: Mark.GOOD,
    StepState.FAILED: Mark.MISS,
}


class StepRow(QWidget):
    """A row that shows a step under its ``title``."""

    redo = Signal(object)
    """The :class:`Step` to do again."""

    def __init__(self, theme: Theme, step: CalibrationStep, title: str) -> None:
        super().__init__()
        self._theme, self._title = theme, title
        self._state = StepState.TO_DO
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(12), px(12), px(12))
        row.setSpacing(px(14))
        self.mark = MarkWidget(theme, Mark.NOT_JUDGED, 16.0)
        row.addWidget(self.mark)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.title = label("", "title")
        words.addWidget(self.title)
        self.detail = label("", "muted")
        self.detail.setWordWrap(True)
        words.addWidget(self.detail)
        row.addLayout(words, 1)
        self.redo_button = QPushButton(self.tr("Redo"))
        self.redo_button.setProperty("role", "place")
        self.redo_button.clicked.connect(lambda: self.redo.emit(step))
        row.addWidget(self.redo_button)
        self.show_title(title)
        self.show_step(StepState.TO_DO, (), redo=False)

    def show_title(self, title: str) -> None:
        """Show the name of the step."""
        if title != self.title.text():
            self._title = title
            self.title.setText(title)
            self.redo_button.setAccessibleName(self.tr("Redo: {step}").format(step=title))

    def show_step(self, state: StepState, numbers: tuple[StepNumber, ...], *, redo: bool) -> None:
        """Show the state of the step; with ``redo`` it can be done again."""
        words = {
            StepState.TO_DO: self.tr("to do"),
            StepState.RUNNING: self.tr("capturing"),
            StepState.DONE: self.tr("done"),
            StepState.FAILED: self.tr("do it again"),
        }
        detail = " · ".join([words[state], *(self._words(number) for number in numbers)])
        # Even when the words are the same, so before the early return.
        self.redo_button.setVisible(redo)
        if detail == self.detail.text() and state is self._state:
            return
        self._state = state
        self.mark.show_mark(_MARKS[state])
        self.detail.setText(detail)
        self.setAccessibleName(f"{self._title}: {detail}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground; the running step has an edge."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        running = self._state is StepState.RUNNING
        painter.setPen(QPen(theme.color("text"), px(2)) if running else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        inset = px(1)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, px(8), px(8))

    def _words(self, number: StepNumber) -> str:
        names = {
            "movement": self.tr("movement left {number}"),
            "axis": self.tr("axis fits to {number}"),
            "up": self.tr("{number} up"),
            "pointed": self.tr("{number} pointed"),
            "range": self.tr("curl {number}"),
            "turn": self.tr("turned {number}"),
        }
        digits = 1 if number.what in ("movement", "axis") else 0
        space = "" if number.unit == "°" else " "
        return names[number.what].format(
            number=f"{decimal(number.value, digits)}{space}{number.unit}"
        )
