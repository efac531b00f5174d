"""The legend of a plot: short words in the colours of what they name, in as many lines as they need."""

import html
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent

from gui.widgets.plain_text import PlainLabel
from gui.widgets.theme import Theme

_BETWEEN = "&nbsp;&nbsp;&nbsp; "
"""Between two words: a line breaks after it."""


@dataclass(frozen=True, slots=True)
class LegendWord:
    """A word of a legend."""

    text: str
    """The word."""
    color: QColor
    """That of the curve or mark that it names."""
    bold: bool = False
    """Whether it is the one to read first."""


class LegendLabel(PlainLabel):
    """A label of :class:`LegendWord` values; hidden without any."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words: tuple[LegendWord, ...] = ()
        # Of its own words only, each escaped.
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFont(theme.font(13))
        self.hide()

    def show_words(self, words: tuple[LegendWord, ...]) -> None:
        """Show ``words`` in place of those before."""
        if words == self.words:
            return
        self.words = words
        self.setText(_BETWEEN.join(map(_as_html, words)))
        self.setAccessibleName(", ".join(word.text for word in words))
        self.setVisible(bool(words))
        self._fit()

    def hasHeightForWidth(self) -> bool:
        """Return False: the page would give all that is around it the height that it prefers, and scroll."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return no width: it takes that of the plot."""
        return QSize(0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the lines that the new width needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(self.heightForWidth(self.width()), 0))


def _as_html(word: LegendWord) -> str:
    weight = "bold" if word.bold else "normal"
    style = f"color: {word.color.name()}; font-weight: {weight};"
    return f'<span style="{style}">{html.escape(word.text)}</span>'
