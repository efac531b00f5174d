"""A button whose text shrinks where it would be cut off."""

from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPushButton

from gui.widgets.theme import Theme

_PIXELS, _LEAST_PIXELS, _PADDING = 15.0, 10.0, 8.0


class FitButton(QPushButton):
    """A button of the style ``role`` that the return key presses."""

    def __init__(self, theme: Theme, text: str, role: str) -> None:
        super().__init__(text)
        self._theme = theme
        px = theme.px
        self.setProperty("role", role)
        self.setAutoDefault(True)
        self.setStyleSheet(f"padding: {px(5)}px {px(2)}px; min-height: {px(20)}px;")

    @property
    def usual_px(self) -> int:
        """Height of the text where there is room, in pixels."""
        return self._theme.px(_PIXELS)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        needed = QFontMetricsF(theme.font(_PIXELS, bold=True)).horizontalAdvance(self.text())
        room = self.width() - theme.px(_PADDING)
        # Two buttons share the width of the plan, and German texts are long.
        pixels = _PIXELS * min(1.0, room / needed) if needed else _PIXELS
        self.setFont(theme.font(max(pixels, _LEAST_PIXELS), bold=True))
