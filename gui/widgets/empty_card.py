"""The card of a page that has nothing to show, with the reason."""

from gui.widgets.card import Card, label
from gui.widgets.theme import Theme


class EmptyCard(Card):
    """A card with a title and what to do; while the page is reading, with what it reads."""

    def __init__(self, theme: Theme, title: str, text: str) -> None:
        super().__init__(theme, title)
        self._usual = title, text
        self.words = label(text, "muted")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def show_reading(self, words: str) -> None:
        """Show ``words`` about what is being read; empty: the usual title and text."""
        title, text = (words, "") if words else self._usual
        self.set_title(title)
        self.words.setText(text)
