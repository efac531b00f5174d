"""The keys of a choice among a few options."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.choice import Choice
from gui.widgets.theme import DARK, Theme


class Listening(QWidget):
    """A page that takes the keys that its parts leave to it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take note of a key."""
        self.keys.append(event.key())


def test_space_chooses_an_option_and_is_then_left_to_the_page(qtbot: QtBot) -> None:
    page = Listening()
    qtbot.addWidget(page)
    choice = Choice(Theme(DARK), "Measure", [(1, "one"), (2, "two")])
    QVBoxLayout(page).addWidget(choice)
    chosen: list[object] = []
    choice.chosen.connect(chosen.append)
    for _ in range(2):
        qtbot.keyClick(choice.button(2), Qt.Key.Key_Space)
    assert chosen == [2]
    assert page.keys == [Qt.Key.Key_Space]
