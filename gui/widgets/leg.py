"""The leg from the side, moving with the leg, and the wedge where the foot should be."""

import math
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import Theme


class Exercise(StrEnum):
    """How the person lies, sits or stands: it turns the drawing."""

    LYING = "lying"
    SEATED = "seated"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class LegPose:
    """What the drawing shows; angles in degrees, the ankle positive with the toes up.

    ``band`` is the range in which the foot should be now and ``other_band`` that of the other
    phases; each from low to high, or None.
    """

    ankle_deg: float | None = None
    curl_deg: float | None = None
    band: tuple[float, float] | None = None
    other_band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _View:
    """Direction of the straight leg in degrees (0 right, 90 up), and which way it curls."""

    straight_deg: float
    curls_up: bool


_VIEWS = {
    Exercise.LYING: _View(0.0, curls_up=True),
    Exercise.SEATED: _View(0.0, curls_up=False),
    Exercise.STANDING: _View(-90.0, curls_up=True),
}
_THIGH, _SHIN, _FOOT = 0.42, 1.0, 0.56
_WIDTH = 0.135
_REST_CURL_DEG = 30.0


class LegWidget(QWidget):
    """Draws a :class:`LegPose`. ``mirrored`` flips it for people who look into a mirror."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pose = LegPose()
        self._exercise = Exercise.LYING
        self._mirrored = False
        self.setMinimumSize(theme.px(220), theme.px(150))
        self.setAccessibleName(self.tr("Leg"))

    def show_pose(self, pose: LegPose) -> None:
        """Show ``pose``."""
        self._pose = pose
        if pose.ankle_deg is not None and pose.curl_deg is not None:
            way = self.tr("toes up") if pose.ankle_deg > 0 else self.tr("toes pointed")
            self.setAccessibleDescription(
                f"{abs(pose.ankle_deg):.0f}° {way}, {self.tr('curl')} {pose.curl_deg:.0f}°"
            )
        self.update()

    def show_exercise(self, exercise: Exercise, *, mirrored: bool = False) -> None:
        """Draw the leg as it is in ``exercise``."""
        self._exercise, self._mirrored = exercise, mirrored
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(self._theme.px(480), self._theme.px(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the leg."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        view = _VIEWS[self._exercise]
        knee, length = self._place(view)
        sense = 1.0 if view.curls_up else -1.0
        known = self._pose.curl_deg is not None and self._pose.ankle_deg is not None
        curl = self._pose.curl_deg if self._pose.curl_deg is not None else _REST_CURL_DEG
        ankle_deg = self._pose.ankle_deg or 0.0
        shin_deg = view.straight_deg + sense * curl
        hip = _along(knee, view.straight_deg + 180.0, _THIGH * length)
        ankle = _along(knee, shin_deg, _SHIN * length)
        toes = _along(ankle, shin_deg - sense * (90.0 + ankle_deg), _FOOT * length)
        for band, alpha in ((self._pose.other_band, 0.13), (self._pose.band, 0.32)):
            if band is not None:
                self._draw_wedge(painter, ankle, shin_deg, sense, band, length, alpha)
        width = _WIDTH * length
        self._line(painter, hip, knee, "thigh", 1.25 * width, 1.0)
        self._line(painter, knee, ankle, "leg", width, 1.0 if known else 0.35)
        foot_color = "toes_up" if ankle_deg > 0 else "toes_pointed"
        self._line(painter, ankle, toes, foot_color, 0.9 * width, 1.0 if known else 0.35)

    def _place(self, view: _View) -> tuple[QPointF, float]:
        """Return where the knee is and the length of the shin, so that every pose fits."""
        margin = self._theme.px(12)
        width, height = self.width() - 2 * margin, self.height() - 2 * margin
        reach = _SHIN + _WIDTH / 2
        if view.straight_deg == 0.0:
            length = min(width / (_THIGH + _SHIN + _FOOT + _WIDTH), height / (reach + _FOOT))
            x = margin + (width - (_THIGH + _SHIN + _FOOT) * length) / 2 + _THIGH * length
            spare = (height - (reach + _FOOT) * length) / 2
            down = reach * length if view.curls_up else _FOOT * length
            return QPointF(x, margin + spare + down), length
        length = min(height / (_THIGH + _SHIN + _FOOT + _WIDTH), width / (reach + 2 * _FOOT))
        return QPointF(self.width() / 2 - 0.2 * length, margin + (_THIGH + _WIDTH) * length), length

    def _line(
        self,
        painter: QPainter,
        start: QPointF,
        end: QPointF,
        color: str,
        width: float,
        alpha: float,
    ) -> None:
        pen = QPen(self._theme.color(color, alpha), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(start, end)

    def _draw_wedge(
        self,
        painter: QPainter,
        ankle: QPointF,
        shin_deg: float,
        sense: float,
        band: tuple[float, float],
        length: float,
        alpha: float,
    ) -> None:
        radius = (_FOOT + _WIDTH) * length
        start = shin_deg - sense * (90.0 + band[0])
        span = -sense * (band[1] - band[0])
        color = "toes_up" if band[0] + band[1] > 0 else "toes_pointed"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(color, alpha))
        box = QRectF(ankle.x() - radius, ankle.y() - radius, 2 * radius, 2 * radius)
        painter.drawPie(box, round(16 * start), round(16 * span))


def _along(point: QPointF, direction_deg: float, length: float) -> QPointF:
    angle = math.radians(direction_deg)
    return QPointF(point.x() + length * math.cos(angle), point.y() - length * math.sin(angle))
