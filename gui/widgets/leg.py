"""The leg from the side, moving with the leg, and the wedge where the foot should be."""

import math
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.models.leg_frame import (
    ALL_CURLS,
    ANKLE,
    FOOT,
    HIP,
    KNEE,
    THIGH,
    TOE,
    across_of_knee,
    frame,
)
from gui.widgets.theme import Theme


class Exercise(StrEnum):
    """The position of the person, which turns the drawing."""

    LYING = "lying"
    SEATED = "seated"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class LegPose:
    """The pose of the leg and the bands that are drawn with it."""

    ankle_deg: float | None = None
    """Positive with the toes up; None while it is not known."""
    curl_deg: float | None = None
    """0 for a straight leg; None while it is not known."""
    band: tuple[float, float] | None = None
    """Low and high end, in degrees, of the band in which the foot should be now."""
    other_band: tuple[float, float] | None = None
    """The band of the other phases, drawn fainter."""
    sensors: bool = False
    """Whether the sensors are drawn where they are worn."""


@dataclass(frozen=True, slots=True)
class _View:
    """The view of the leg in one exercise."""

    straight_deg: float
    """Direction of the straight leg: 0 right, 90 up."""
    curls_up: bool
    """Whether the shin turns counter-clockwise as it curls."""


_VIEWS = {
    Exercise.LYING: _View(0.0, curls_up=True),
    Exercise.SEATED: _View(0.0, curls_up=False),
    Exercise.STANDING: _View(-90.0, curls_up=True),
}
_WEDGE = 0.53
"""Radius of the wedge, in shins: a little beyond the toes, so that its edge is seen."""
_EDGE_PX = 2.0
"""Room for the smooth edge of what is drawn."""
_NEUTRAL_DEG = 3.0
"""Closer to level the toes are neither up nor pointed."""
_REST_CURL_DEG = 30.0
"""The curl that is drawn while none is known: the knee is then seen as a knee."""


class LegWidget(QWidget):
    """The drawing of a :class:`LegPose`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pose = LegPose()
        self._exercise = Exercise.LYING
        self._mirrored = False
        self._curls = ALL_CURLS
        self._described: tuple[int, int] | None = None
        self.setMinimumSize(theme.px(180), theme.px(130))
        self.setAccessibleName(self.tr("Leg"))
        # It fills itself, so that the card behind it is not painted with every frame.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_pose(self, pose: LegPose) -> None:
        """Show ``pose``."""
        if pose == self._pose:
            return
        before, self._pose = self._pose, pose
        if pose.ankle_deg is not None and pose.curl_deg is not None:
            shown = round(pose.ankle_deg), round(pose.curl_deg)
            # A screen reader gets whole degrees only, not every frame.
            if shown != self._described:
                self._described = shown
                way = self.tr("toes up") if pose.ankle_deg > 0 else self.tr("toes pointed")
                curl = self.tr("curl")
                self.setAccessibleDescription(f"{abs(shown[0])}° {way}, {curl} {shown[1]}°")
        # Most of the widget is empty, and on a large screen even that takes time to paint.
        self.update(self._filled(before).united(self._filled(pose)))

    def _filled(self, pose: LegPose) -> QRect:
        """Return the part of the widget that ``pose`` is drawn in."""
        curl = pose.curl_deg if pose.curl_deg is not None else _REST_CURL_DEG
        view = _VIEWS[self._exercise]
        knee, length = self._place(view, curl)
        shin_deg = view.straight_deg + (curl if view.curls_up else -curl)
        hip = _along(knee, view.straight_deg + 180.0, THIGH * length)
        ankle = _along(knee, shin_deg, length)
        box = QRectF()
        for at, radius in ((hip, HIP), (knee, 1.1 * KNEE), (ankle, max(_WEDGE, FOOT + TOE))):
            reach = radius * length + _EDGE_PX
            box = box.united(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach))
        if self._mirrored:
            box.moveLeft(self.width() - box.right())
        return box.toAlignedRect()

    def show_exercise(
        self,
        exercise: Exercise,
        *,
        mirrored: bool = False,
        curls: tuple[int, int] = ALL_CURLS,
    ) -> None:
        """Draw the leg in the position of an exercise.

        Parameters
        ----------
        exercise
            Turns the drawing.
        mirrored
            Flips the drawing for people who look into a mirror.
        curls
            Least and most curl in degrees; the leg is drawn as large as they allow.
        """
        wanted = exercise, mirrored, curls
        if wanted != (self._exercise, self._mirrored, self._curls):
            self._exercise, self._mirrored, self._curls = wanted
            self.update()

    @property
    def shin_px(self) -> float:
        """Length of the drawn shin, in pixels."""
        return self._place(_VIEWS[self._exercise], _REST_CURL_DEG)[1]

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(self._theme.px(480), self._theme.px(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the leg."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mirrored:
            # Only the picture is mirrored: there is no text in it.
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        view = _VIEWS[self._exercise]
        sense = 1.0 if view.curls_up else -1.0
        pose = self._pose
        known = pose.curl_deg is not None and pose.ankle_deg is not None
        # Without an angle a pale leg stays, so that nothing jumps when the angle comes back.
        curl = pose.curl_deg if pose.curl_deg is not None else _REST_CURL_DEG
        ankle_deg = pose.ankle_deg or 0.0
        knee, length = self._place(view, curl)
        shin_deg = view.straight_deg + sense * curl
        foot_deg = shin_deg - sense * (90.0 + ankle_deg)
        hip = _along(knee, view.straight_deg + 180.0, THIGH * length)
        ankle = _along(knee, shin_deg, length)
        # The band of now is painted last, over that of the other phase.
        for band, alpha in ((pose.other_band, 0.14), (pose.band, 0.36)):
            if band is not None:
                self._draw_wedge(painter, ankle, shin_deg, sense, band, length, alpha)
        painter.setOpacity(1.0 if known else 0.35)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("thigh"))
        painter.drawPath(_tapered(hip, HIP * length, knee, 1.1 * KNEE * length))
        painter.setBrush(self._theme.color("leg"))
        painter.drawPath(_tapered(knee, KNEE * length, ankle, ANKLE * length))
        self._draw_foot(painter, ankle, foot_deg, sense, length, pose)
        if pose.sensors:
            # On the flat front of the shin, and on the laces.
            shin = _along(knee, shin_deg, 0.5 * length)
            front = _along(shin, shin_deg - sense * 90.0, 0.085 * length)
            self._draw_sensor(painter, front, shin_deg, length)
            laces = _along(ankle, foot_deg, 0.26 * length)
            laces = _along(laces, foot_deg - sense * 90.0, 0.065 * length)
            self._draw_sensor(painter, laces, foot_deg, length)

    def _place(self, view: _View, curl_deg: float) -> tuple[QPointF, float]:
        """Return the place of the knee and the length of the shin, in pixels, so that every pose fits."""
        margin = self._theme.px(8)
        width, height = self.width() - 2 * margin, self.height() - 2 * margin
        room = frame(*self._curls)
        lies = view.straight_deg == 0.0
        along, across = (width, height) if lies else (height, width)
        length = room.scale(along, across)
        back = margin + (along - (room.front - room.back) * length) / 2 - room.back * length
        middle = 0.5 * (room.low + room.high)
        side = margin + across / 2 + (across_of_knee(curl_deg) - middle) * length
        if not lies:
            return QPointF(side, back), length
        return QPointF(back, self.height() - side if view.curls_up else side), length

    def _draw_foot(
        self,
        painter: QPainter,
        ankle: QPointF,
        foot_deg: float,
        sense: float,
        length: float,
        pose: LegPose,
    ) -> None:
        """Draw the foot from heel to toes; its colour tells toes up, toes pointed or neither."""
        ankle_deg = pose.ankle_deg or 0.0
        way = "toes_up" if ankle_deg > 0 else "toes_pointed"
        color = self._theme.color(way if abs(ankle_deg) > _NEUTRAL_DEG else "leg")
        toes = _along(ankle, foot_deg, FOOT * length)
        heel = _along(
            _along(ankle, foot_deg, -0.10 * length), foot_deg + sense * 90.0, 0.075 * length
        )
        foot = _tapered(ankle, ANKLE * length, toes, TOE * length)
        # Two tapered shapes more make a heel: a single one looks like a paddle.
        foot.addPath(_tapered(heel, 0.042 * length, toes, TOE * length))
        foot.addPath(_tapered(heel, 0.042 * length, ankle, ANKLE * length))
        painter.setBrush(color)
        painter.drawPath(foot)

    def _draw_sensor(
        self, painter: QPainter, at: QPointF, direction_deg: float, length: float
    ) -> None:
        painter.save()
        painter.translate(at)
        painter.rotate(-direction_deg)
        painter.setBrush(self._theme.color("text"))
        painter.setPen(QPen(self._theme.color("panel"), 0.012 * length))
        box = QRectF(-0.075 * length, -0.035 * length, 0.15 * length, 0.07 * length)
        painter.drawRoundedRect(box, 0.02 * length, 0.02 * length)
        painter.restore()

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
        radius = _WEDGE * length
        start = shin_deg - sense * (90.0 + band[0])
        span = -sense * (band[1] - band[0])
        color = "toes_up" if band[0] + band[1] > 0 else "toes_pointed"
        painter.setPen(Qt.PenStyle.NoPen)
        # Mixed with the ground in advance: large translucent areas are slow to paint.
        painter.setBrush(self._theme.mixed(color, "panel", alpha))
        box = QRectF(ankle.x() - radius, ankle.y() - radius, 2 * radius, 2 * radius)
        painter.drawPie(box, round(16 * start), round(16 * span))


def _along(point: QPointF, direction_deg: float, length: float) -> QPointF:
    angle = math.radians(direction_deg)
    return QPointF(point.x() + length * math.cos(angle), point.y() - length * math.sin(angle))


def _tapered(start: QPointF, start_radius: float, end: QPointF, end_radius: float) -> QPainterPath:
    """Return the outline of two circles and of what lies between them."""
    path = QPainterPath()
    # The circles and the quadrilateral overlap; the usual rule would leave holes.
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(start, start_radius, start_radius)
    path.addEllipse(end, end_radius, end_radius)
    dx, dy = end.x() - start.x(), end.y() - start.y()
    distance = math.hypot(dx, dy)
    if distance > abs(start_radius - end_radius):
        # The common tangents touch both circles at this angle from the line between the centres.
        along = math.atan2(dy, dx)
        lean = math.acos((start_radius - end_radius) / distance)
        corners = [
            QPointF(c.x() + r * math.cos(along + a), c.y() + r * math.sin(along + a))
            for c, r, a in (
                (start, start_radius, lean),
                (start, start_radius, -lean),
                (end, end_radius, -lean),
                (end, end_radius, lean),
            )
        ]
        path.addPolygon(QPolygonF([*corners, corners[0]]))
    return path
