"""One of a few: buttons side by side of which one is down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.widgets.flow import Flow
from gui.widgets.theme import Theme
from gui.widgets.toggle import Toggle


class Choice(QWidget):
    """Shows ``options``, pairs of a value and its word. The arrow keys change the choice."""

    chosen = Signal(object)
    """The value that a person chose."""

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._buttons: dict[object, QPushButton] = {}
        row = Flow(theme.px(8))
        for value, word in options:
            button = Toggle(word, "place")
            button.setAutoExclusive(True)
            button.setAccessibleName(f"{name}: {word}")
            button.clicked.connect(lambda _, to=value: self.chosen.emit(to))
            button.toggled.connect(self._set_stop)
            self._buttons[value] = button
            row.addWidget(button)
        self.setLayout(row)
        self._set_stop()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(name)

    @property
    def value(self) -> object:
        """The value that is chosen; None for none."""
        return next((v for v, button in self._buttons.items() if button.isChecked()), None)

    def show_value(self, value: object) -> None:
        """Show another choice."""
        self._buttons[value].setChecked(True)

    def button(self, value: object) -> QPushButton:
        """Return the button of a value."""
        return self._buttons[value]

    def _set_stop(self) -> None:
        """Let the tab key lead to what is chosen, and to the first one where nothing is."""
        stop = self.value if self.value is not None else next(iter(self._buttons))
        for value, button in self._buttons.items():
            there = value == stop
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if there else Qt.FocusPolicy.ClickFocus
            )
