"""A choice of one among a few: buttons side by side, one of them down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.widgets.buttons import Toggle
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.theme import Theme


class _Option(Toggle):
    """A button of a choice; space on the one that is down is left to the page, where it starts something."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with space, unless it is chosen already."""
        if event.key() == Qt.Key.Key_Space and self.isChecked():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Choice(QWidget):
    """A choice among ``options``, pairs of a value and its word; the arrow keys change it."""

    chosen = Signal(object)
    """The value that the person chose."""

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._buttons: dict[object, QPushButton] = {}
        row = FlowLayout(theme.px(8))
        for value, word in options:
            button = _Option(word, "place")
            button.setAutoExclusive(True)
            # A screen reader reads the button alone, without the name of the choice.
            button.setAccessibleName(f"{name}: {word}")
            button.clicked.connect(lambda _, to=value: self.chosen.emit(to))
            button.toggled.connect(self._set_stop)
            self._buttons[value] = button
            row.addWidget(button)
        self.setLayout(row)
        self._set_stop()
        # Squeezed to less than the height of their lines, the buttons would overlap.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(name)

    @property
    def value(self) -> object:
        """The chosen value; None for none."""
        return next((v for v, button in self._buttons.items() if button.isChecked()), None)

    def show_value(self, value: object) -> None:
        """Show another choice."""
        self._buttons[value].setChecked(True)

    def button(self, value: object) -> QPushButton:
        """Return the button of a value."""
        return self._buttons[value]

    def _set_stop(self) -> None:
        """Let the tab key stop at the chosen button only, at the first one where none is chosen."""
        stop = self.value if self.value is not None else next(iter(self._buttons))
        for value, button in self._buttons.items():
            there = value == stop
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if there else Qt.FocusPolicy.ClickFocus
            )
