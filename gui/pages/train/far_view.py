"""Five values in letters that are read from three metres, and nothing else.

At 3 m a digit of 50 mm spans 57 minutes of arc and a label of 18 mm 20. On a 24-inch panel (299 mm
high) that is 17 % and 6 % of the height; the digits here are larger, so that a 15.6-inch panel
(194 mm) is enough.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.widgets.shapes import Mark, draw_mark
from gui.widgets.theme import Theme

DIGIT_SHARE = 0.27
"""Height of the main digits, as a share of the height of the screen."""
LABEL_SHARE = 0.062
"""Height of the labels, as a share of the height of the screen."""
MOST_MARKS = 5
"""The newest reps; more shapes would be too small."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class FarFrame:
    """The five values: rep, ankle with its band, phase with its bar, shapes of the reps, load.

    Colours are names of the palette.
    """

    rep: str = ""
    """The number of the rep."""
    planned: str = ""
    """The planned reps, in smaller digits behind the rep."""
    ankle: str = ""
    """The angle without a sign."""
    way: str = ""
    """Toes up or pointed."""
    ankle_color: str = "text"
    """That of the band while the toes are in it."""
    ankle_deg: float | None = None
    """Positive with the toes up; None hides the mark of the toes."""
    band: tuple[float, float] | None = None
    """Low and high end of the target, in degrees."""
    band_color: str = "muted"
    """That of toes up or pointed."""
    range_deg: tuple[float, float] = (-52.0, 28.0)
    """Ends of the bar of the band."""
    phase: str = ""
    """Its word."""
    elapsed_s: float | None = None
    """Time in the phase; None empties its bar."""
    target_s: float = 0.0
    """Asked length of the phase; 0 for none."""
    phase_color: str = "muted"
    """The colour of its bar."""
    time: str = ""
    """Time in the phase, with its unit."""
    marks: tuple[Mark, ...] = ()
    """Shapes of the reps, the newest last."""
    ring: float | None = None
    """Share of the time that the ring around the newest shape has been growing; None without a ring."""
    load: str = ""
    """With its unit."""
    advice: str = ""
    """The advice for the next set, in place of the band; empty in a set."""
    advice_color: str = "text"
    """That of its verdict."""
    note: str = ""
    """A remark at the edge, such as "simulated"."""


class FarView(QWidget):
    """A view that paints :class:`FarFrame` over a whole window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = FarFrame()
        self._fonts: dict[int, QFont] = {}
        # Not scaled by the text size: the letters follow the window.
        self.setMinimumSize(320, 180)
        self.setAccessibleName(self.tr("Far view"))

    def show_far(self, shown: FarFrame) -> None:
        """Show ``shown``."""
        # Equal frames are not painted: a full screen is expensive.
        if shown == self._shown:
            return
        self._shown = shown
        parts = (
            shown.rep + shown.planned,
            shown.ankle,
            shown.way,
            shown.phase,
            shown.load,
            shown.advice,
        )
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of half a screen."""
        return QSize(960, 540)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the five values."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("ground"))
        # Sizes follow the height; a narrow window is filled from the top.
        unit = min(self.height(), self.width() * 9.0 / 16.0) / 100.0
        page = QRectF(5 * unit, 5 * unit, self.width() - 10 * unit, self.height() - 10 * unit)
        stretch = self.height() / (100.0 * unit)

        def row(top: float, height: float) -> QRectF:
            return QRectF(page.left(), top * unit * stretch, page.width(), height * unit)

        digits = row(4.0, 32.0)
        self._paint_rep(painter, digits)
        self._write(painter, digits, self._shown.ankle, DIGIT_SHARE, _RIGHT, self._ankle_color())
        labels = row(36.5, 9.0)
        self._write(painter, labels, self._shown.load, LABEL_SHARE, _LEFT, "muted")
        self._write(painter, labels, self._shown.way, LABEL_SHARE, _RIGHT, "text")
        if self._shown.advice:
            self._write_advice(painter, row(48.0, 9.0))
        else:
            self._paint_band(painter, row(48.0, 9.0))
        words = row(61.0, 9.0)
        self._write(painter, words, self._shown.phase, 1.1 * LABEL_SHARE, _LEFT, "text")
        self._write(painter, words, self._shown.time, LABEL_SHARE, _RIGHT, "text")
        self._paint_phase(painter, row(71.5, 8.0))
        self._paint_marks(painter, row(84.0, 10.0))
        self._write(painter, row(84.5, 9.0), self._shown.note, LABEL_SHARE, _RIGHT, "muted")

    def _write_advice(self, painter: QPainter, box: QRectF) -> None:
        """Write the advice in one line, smaller where it would not fit."""
        advice = self._shown.advice
        wide = QFontMetricsF(self._font(LABEL_SHARE)).horizontalAdvance(advice)
        share = LABEL_SHARE * min(1.0, 0.98 * box.width() / wide)
        self._write(painter, box, advice, share, _LEFT, self._shown.advice_color)

    def _ankle_color(self) -> str:
        return self._shown.ankle_color

    def _paint_rep(self, painter: QPainter, box: QRectF) -> None:
        """Write the number of the rep, and smaller the number of planned ones."""
        self._write(painter, box, self._shown.rep, DIGIT_SHARE, _LEFT, "text")
        wide = QFontMetricsF(self._font(DIGIT_SHARE)).horizontalAdvance(self._shown.rep)
        rest = box.adjusted(wide, 0, 0, 0)
        # On the same base line as the large digits.
        rest.translate(0, 0.5 * (DIGIT_SHARE - 0.5 * DIGIT_SHARE) * self._high)
        self._write(painter, rest, self._shown.planned, 0.5 * DIGIT_SHARE, _LEFT, "muted")

    def _paint_band(self, painter: QPainter, box: QRectF) -> None:
        """Draw the range from toes pointed (left) to toes up, the target, and the mark of the toes."""
        shown, theme = self._shown, self._theme
        low, high = shown.range_deg

        def x_of(deg: float) -> float:
            share = (min(max(deg, low), high) - low) / (high - low)
            return box.left() + share * box.width()

        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        radius = 0.2 * box.height()
        painter.drawRoundedRect(box, radius, radius)
        if shown.band is not None:
            left, right = x_of(shown.band[0]), x_of(shown.band[1])
            painter.setBrush(theme.color(shown.band_color, 0.55))
            painter.drawRoundedRect(
                QRectF(left, box.top(), right - left, box.height()), radius, radius
            )
        if shown.ankle_deg is not None:
            x, half = x_of(shown.ankle_deg), 0.22 * box.height()
            painter.setBrush(theme.color("text"))
            painter.drawRect(QRectF(x - 0.3 * half, box.top(), 0.6 * half, box.height()))
            top = box.top()
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(x - 1.6 * half, top - 1.4 * half),
                        QPointF(x + 1.6 * half, top - 1.4 * half),
                        QPointF(x, top + 0.8 * half),
                    ]
                )
            )

    def _paint_phase(self, painter: QPainter, box: QRectF) -> None:
        shown, theme = self._shown, self._theme
        radius = 0.5 * box.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(box, radius, radius)
        if shown.target_s > 0.0 and shown.elapsed_s is not None:
            share = min(shown.elapsed_s / shown.target_s, 1.0)
            painter.save()
            painter.setClipRect(QRectF(box.left(), box.top(), share * box.width(), box.height()))
            painter.setBrush(theme.color(shown.phase_color))
            painter.drawRoundedRect(box, radius, radius)
            painter.restore()

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        size = box.height()
        shown, ring = self._shown.marks[-MOST_MARKS:], self._shown.ring
        for at, mark in enumerate(shown):
            place = QRectF(box.left() + at * 1.5 * size, box.top(), size, size)
            if ring is not None and at == len(shown) - 1:
                left, radius = 1.0 - ring, (0.5 + 0.45 * ring) * size
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(
                    QPen(self._theme.color(mark.value, left), (0.02 + 0.1 * left) * size)
                )
                painter.drawEllipse(place.center(), radius, radius)
                # It rises into its place.
                place.translate(0.0, 0.35 * left * left * size)
            draw_mark(painter, self._theme, mark, place)

    @property
    def _high(self) -> float:
        return min(float(self.height()), self.width() * 9.0 / 16.0)

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        share: float,
        align: Qt.AlignmentFlag,
        color: str,
    ) -> None:
        if not text:
            return
        painter.setFont(self._font(share))
        painter.setPen(self._theme.ink(color))
        painter.drawText(box, align | Qt.TextFlag.TextDontClip, text)

    def _font(self, share: float) -> QFont:
        """Return a font with digits of ``share`` of the height of the screen."""
        digits = share * self._high
        key = round(digits)
        if key not in self._fonts:
            font = self._theme.font(10, bold=True)
            # Measured in a large size: hinting would round a small one.
            font.setPixelSize(1000)
            high = QFontMetricsF(font).tightBoundingRect("0").height()
            font.setPixelSize(max(round(1000 * digits / high), 1))
            self._fonts[key] = font
        return self._fonts[key]
