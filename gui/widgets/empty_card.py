"""The card of a page that has nothing to show, with the reason and the way on."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.theme import Theme

_MOST_PX, _ROOMY_PX = 360, 420
"""Greatest height of the drawing, and height of the card from which it is shown, at 100 % text size."""
_POSE = LegPose(ankle_deg=-30.0, curl_deg=55.0)


class EmptyCard(Card):
    """A card with a title, what to do and a button; while the page is reading, with what it reads.

    Parameters
    ----------
    theme
        Of the window.
    title, text
        What is missing, and where it comes from.
    next_session
        Leads to the next session.
    """

    def __init__(
        self, theme: Theme, title: str, text: str, next_session: Callable[[], object]
    ) -> None:
        super().__init__(theme, title)
        self._theme = theme
        self._usual = title, text
        self.words = label(text, "muted")
        self.words.setWordWrap(True)
        self.button = push_button(self.tr("To the next session"), next_session, "primary")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.figure = FigureWidget(theme)
        self.figure.setMaximumHeight(theme.px(_MOST_PX))
        self.figure.show_pose(_POSE)
        self.body.addWidget(self.words)
        self.body.addLayout(row)
        self.body.addWidget(self.figure, 6)
        self.body.addStretch(1)

    def show_reading(self, words: str) -> None:
        """Show ``words`` about what is being read; empty: the usual title and text."""
        title, text = (words, "") if words else self._usual
        self.set_title(title)
        self.words.setText(text)
        self.button.setVisible(not words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the drawing out where there is little room."""
        super().resizeEvent(event)
        self.figure.setVisible(event.size().height() >= self._theme.px(_ROOMY_PX))
