"""Text that is shown as it is: names of devices and files, notes and errors come from elsewhere.

Qt reads any text that looks like HTML as HTML: a device named ``<img src=x width=9999>`` would
make a row ten thousand pixels wide.
"""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

_LONGEST_WORD = 30
"""Letters; the longest words of all languages of the window are shorter."""


class PlainLabel(QLabel):
    """A label that never reads its text as HTML. Use it, or ``card.label``, in place of QLabel."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the longest word, but of a wrapped text never that of a monstrous one."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            hint.setWidth(min(hint.width(), _LONGEST_WORD * self.fontMetrics().averageCharWidth()))
        return hint


class NamedLabel(PlainLabel):
    """A label of a value: screen readers read its ``name`` before the text."""

    def __init__(self, name: str) -> None:
        self._name = name
        super().__init__()

    def setText(self, text: str, /) -> None:
        """Show ``text``."""
        super().setText(text)
        self.setAccessibleName(f"{self._name}: {text}" if text else self._name)


class CommandLabel(QLabel):
    """A label whose text has parts in backquotes: they are something to type."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)

    def show_text(self, text: str) -> None:
        """Show ``text``; everything in it is shown as it is, but for the backquotes."""
        parts = html.escape(text).split("`")
        typed = '<span style="font-family: monospace">{}</span>'
        self.setText("".join(typed.format(p) if at % 2 else p for at, p in enumerate(parts)))
        self.setAccessibleName(text.replace("`", ""))


def plain_tip(text: str) -> str:
    """Return ``text`` for a tool tip, which Qt reads as HTML where it looks like it."""
    if "<" not in text:
        return text
    return f"<p>{html.escape(text)}</p>".replace("\n", "<br>")
