"""The card of the current set: its title, a tile a rep or a question, and buttons for other actions."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from gui.models.questions import Question
from gui.pages.train.ask_panel import AskPanel
from gui.pages.train.key_button import KeyButton
from gui.pages.train.rep_tiles import RepTiles
from gui.pages.train.warning_text import WarningText
from gui.widgets.card import Card, label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.theme import Theme

Action = tuple[str, str, Callable[[], None]]
"""The text of a button, its key, and the function that it calls."""


class SetCard(Card):
    """A card with the tiles of a set; its buttons move into a menu where there is no room."""

    def __init__(self, theme: Theme, actions: Sequence[Action]) -> None:
        super().__init__(theme)
        px = theme.px
        self.tiles = RepTiles(theme)
        self._title, self._note = label("", "title"), ElidedLabel()
        self._note.setProperty("role", "muted")
        self._note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(px(6))
        self.more = KeyButton(theme, "…", "")
        self.more.setAccessibleName(self.tr("More"))
        # The dots already say 'menu', so the small triangle of Qt is left out.
        self.more.setStyleSheet(
            f"{self.more.styleSheet()} QPushButton {{ font-size: {px(16)}px; }}"
            " QPushButton::menu-indicator { width: 0px; image: none; }"
        )
        self.more.setMinimumWidth(px(40))
        menu = QMenu(self.more)
        for text, key, act in actions:
            button = KeyButton(theme, text, key)
            button.clicked.connect(act)
            keys.addWidget(button)
            # The key is only shown here; the page handles it.
            menu.addAction(f"{text}\t{key}").triggered.connect(act)
        keys.addStretch(1)
        self.more.setMenu(menu)
        what = QHBoxLayout()
        what.setSpacing(px(14))
        what.addWidget(self._title)
        what.addWidget(self._note)
        what.addStretch(1)
        what.addWidget(self.more)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(px(6))
        self._line.addLayout(what, 1)
        self._line.addWidget(self._keys)
        self.body.addLayout(self._line)
        self.ask = AskPanel(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tiles)
        self._stack.addWidget(self.ask)
        self.warning = WarningText(theme)
        self._stack.addWidget(self.warning)
        self.body.addWidget(self._stack, 1)
        self.arrange(below=False, menu=False)

    def arrange(self, *, below: bool, menu: bool) -> None:
        """Put the buttons ``below`` the title, or into a ``menu``."""
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._keys.setVisible(not menu)
        self.more.setVisible(menu)

    def show_question(self, question: Question | None, warning: str = "") -> None:
        """Ask ``question`` in place of the tiles, or else show ``warning``; neither shows the tiles."""
        if question is not None:
            self.ask.ask(question)
        self.warning.say(warning)
        self._stack.setCurrentIndex(1 if question is not None else 2 if warning else 0)

    def show_words(self, title: str, note: str) -> None:
        """Show the title of the set and its progress."""
        if self._title.text() != title:
            self._title.setText(title)
        if self._note.text() != note:
            self._note.setText(note)
