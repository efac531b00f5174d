"""The body from the side, moving with the leg, and the wedge where the foot should be."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.models.body_parts import (
    WEDGE,
    Angles,
    Body,
    Box,
    Limb,
    Mount,
    Part,
    Point,
    around,
    joined,
)
from gui.models.body_scenes import Scene
from gui.models.figure import body, box
from gui.widgets.limbs import tapered
from gui.widgets.theme import Theme


@dataclass(frozen=True, slots=True)
class LegPose:
    """The pose of the body and what is drawn with it; angles in degrees, None while not known."""

    ankle_deg: float | None = None
    """Positive with the toes up."""
    curl_deg: float | None = None
    """0 for a straight leg."""
    hip_deg: float | None = None
    """0 for a straight hip."""
    band: tuple[float, float] | None = None
    """Low and high end of the band in which the foot should be now."""
    other_band: tuple[float, float] | None = None
    """The band of the other phases, drawn fainter."""
    sensors: int = 0
    """Number of sensors that are drawn where they are worn: foot, shin, thigh, pelvis."""
    knee: bool = False
    """Whether the curl is the angle of the knee, because a sensor is worn on the thigh."""
    path: tuple[tuple[float, float, float], ...] = ()
    """Recent ankle, curl and hip angles, oldest first, whose path is drawn."""
    ring: float | None = None
    """Share of the time that the ring of a good rep has been growing; None without a ring."""


_PART_COLORS = {
    Part.FURNITURE: "edge",
    Part.FAR_LEG: "raised",
    Part.BODY: "thigh",
    Part.SHIN: "leg",
}
_SENSOR = 0.09
"""Reach of a sensor from its middle, in shins."""
_RING_FROM, _RING_TO, _RING_LINE = 0.09, 0.30, 0.035
"""Radius of the ring of a good rep around the foot's sensor at its begin and end, and its line, in shins."""
_LINE = 0.03
"""Thickness of the recent path, in shins."""
_EDGE_PX = 2.0
"""Room for the smooth edge of what is drawn."""
_NEUTRAL_DEG = 3.0
"""Closer to level the toes are neither up nor pointed."""
_REST_CURL_DEG = 30.0
"""The curl that is drawn while none is known: the knee is then seen as a knee."""
_CURLING = (Scene.LYING, Scene.SEATED, Scene.STANDING, Scene.KNEELING)
"""The scenes whose drawing needs a curl."""
_PALE = 0.4
"""Share of the colour that is left where an angle is not known."""


class FigureWidget(QWidget):
    """The drawing of a :class:`LegPose` in a scene."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pose = LegPose()
        self._scene = Scene.LYING
        self._mirrored = False
        self._placed: tuple[float, QPointF] | None = None
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
        self._describe(pose)
        # Most of the widget stands still, and on a large screen even that takes time to paint.
        self.update(self._changed(before, pose))

    def show_scene(self, scene: Scene, *, mirrored: bool = False) -> None:
        """Draw the body in another position; ``mirrored`` is for people who look into a mirror."""
        if (scene, mirrored) != (self._scene, self._mirrored):
            self._scene, self._mirrored = scene, mirrored
            self._placed = None
            self.update()

    @property
    def shin_px(self) -> float:
        """Length of the drawn shin, in pixels."""
        return self._scale()[0]

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(self._theme.px(480), self._theme.px(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the body, the wedges and the recent path."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mirrored:
            # Only the picture is mirrored: there is no text in it.
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        pose = self._pose
        drawn = body(self._scene, self._angles(pose))
        # What stands still is not drawn again: outlines cost time even where nothing is painted.
        limbs = [limb for limb in drawn.limbs if self._pixels(limb.room).intersects(event.rect())]
        for limb in limbs:
            if limb.part is Part.FURNITURE:
                self._draw_limb(painter, limb)
        # The band of now is painted last, over that of the other phase.
        for band, alpha in ((pose.other_band, 0.14), (pose.band, 0.36)):
            if band is not None:
                self._draw_wedge(painter, drawn, band, alpha)
        self._draw_path(painter)
        self._draw_height(painter, drawn)
        for limb in limbs:
            if limb.part is not Part.FURNITURE:
                self._draw_limb(painter, limb)
        for mount in drawn.mounts[: pose.sensors]:
            self._draw_sensor(painter, mount)
        self._draw_ring(painter, drawn)

    def _describe(self, pose: LegPose) -> None:
        if pose.ankle_deg is None or pose.curl_deg is None:
            return
        shown = round(pose.ankle_deg), round(pose.curl_deg)
        # A screen reader gets whole degrees only, not every frame.
        if shown != self._described:
            self._described = shown
            way = self.tr("toes up") if pose.ankle_deg > 0 else self.tr("toes pointed")
            curl = self.tr("knee") if pose.knee else self.tr("curl")
            self.setAccessibleDescription(f"{abs(shown[0])}° {way}, {curl} {shown[1]}°")

    def _angles(self, pose: LegPose) -> Angles:
        """Return the angles that are drawn for ``pose``."""
        # Without an angle a pale leg stays, so that nothing jumps when the angle comes back.
        curl = pose.curl_deg if pose.curl_deg is not None else _REST_CURL_DEG
        return Angles(pose.ankle_deg or 0.0, curl, pose.hip_deg or 0.0)

    def _is_known(self, pose: LegPose) -> tuple[bool, bool]:
        """Return whether the foot is known, and the leg; without a thigh's sensor both or neither."""
        ankle = pose.ankle_deg is not None
        curl = pose.curl_deg is not None or self._scene not in _CURLING
        return ankle and (curl or pose.knee), curl and (ankle or pose.knee)

    def _scale(self) -> tuple[float, QPointF]:
        """Return the length of the shin in pixels, and where the origin of the scene lies."""
        if self._placed is None:
            self._placed = self._place()
        return self._placed

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Draw the body as large as the new size allows."""
        self._placed = None

    def _place(self) -> tuple[float, QPointF]:
        margin = self._theme.px(8)
        width, height = self.width() - 2 * margin, self.height() - 2 * margin
        room = box(self._scene)
        length = room.scale(width, height)
        x = 0.5 * self.width() - 0.5 * (room.left + room.right) * length
        y = 0.5 * self.height() + 0.5 * (room.low + room.high) * length
        return length, QPointF(x, y)

    def _px(self, point: Point) -> QPointF:
        length, origin = self._scale()
        return QPointF(origin.x() + length * point[0], origin.y() - length * point[1])

    def _changed(self, before: LegPose, after: LegPose) -> QRect:
        """Return the part of the widget in which ``before`` and ``after`` differ."""
        if self._is_known(before) != self._is_known(after):
            # The colour of everything changes.
            return self.rect()
        poses = [body(self._scene, self._angles(pose)) for pose in (before, after)]
        still = set(poses[0].limbs) & set(poses[1].limbs)
        rooms: list[Box] = []
        for drawn, pose in zip(poses, (before, after), strict=True):
            rooms += [limb.room for limb in drawn.limbs if limb not in still]
            rooms.append(around(drawn.ankle, WEDGE))
            rooms += [around(mount.at, _SENSOR) for mount in drawn.mounts[: pose.sensors]]
            rooms += [around(end, _LINE) for end in drawn.height or ()]
            rooms += [around(at, _LINE) for at in self._traced(pose)]
            if pose.ring is not None:
                rooms.append(around(drawn.mounts[0].at, _RING_TO + _RING_LINE))
        return self._pixels(joined(rooms))

    def _traced(self, pose: LegPose) -> list[Point]:
        """Return the points of the recent path."""
        return [body(self._scene, Angles(*angles)).traced for angles in pose.path]

    def _pixels(self, room: Box) -> QRect:
        """Return the rectangle of the widget that ``room`` is painted in, smooth edges included."""
        low_left, high_right = self._px((room.left, room.low)), self._px((room.right, room.high))
        area = QRectF(
            low_left.x(),
            high_right.y(),
            high_right.x() - low_left.x(),
            low_left.y() - high_right.y(),
        )
        if self._mirrored:
            area.moveLeft(self.width() - area.right())
        return area.adjusted(-_EDGE_PX, -_EDGE_PX, _EDGE_PX, _EDGE_PX).toAlignedRect()

    def _color(self, name: str, *, known: bool) -> QColor:
        return self._theme.color(name) if known else self._theme.mixed(name, "panel", _PALE)

    def _foot_color(self) -> str:
        """Return the colour that tells toes up, toes pointed or neither."""
        ankle_deg = self._pose.ankle_deg or 0.0
        if abs(ankle_deg) <= _NEUTRAL_DEG:
            return "leg"
        return "toes_up" if ankle_deg > 0 else "toes_pointed"

    def _draw_limb(self, painter: QPainter, limb: Limb) -> None:
        length, _ = self._scale()
        name = self._foot_color() if limb.part is Part.FOOT else _PART_COLORS[limb.part]
        painter.setPen(Qt.PenStyle.NoPen)
        # Furniture does not depend on whether an angle is known.
        foot, leg = self._is_known(self._pose)
        known = limb.part is Part.FURNITURE or (foot if limb.part is Part.FOOT else leg)
        painter.setBrush(self._color(name, known=known))
        painter.drawPath(
            tapered(
                self._px(limb.start),
                limb.start_radius * length,
                self._px(limb.end),
                limb.end_radius * length,
            )
        )

    def _draw_path(self, painter: QPainter) -> None:
        """Draw the recent path of what moves most, fainter the longer ago."""
        path = self._pose.path
        if len(path) < 2:
            return
        length, _ = self._scale()
        points = [self._px(point) for point in self._traced(self._pose)]
        name = self._foot_color()
        for at, (start, end) in enumerate(pairwise(points), start=1):
            share = 0.6 * at / len(points)
            pen = QPen(self._theme.mixed(name, "panel", share), _LINE * length)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(start, end)

    def _draw_height(self, painter: QPainter, drawn: Body) -> None:
        """Draw how far the heel is above the ground."""
        if drawn.height is None or not all(self._is_known(self._pose)):
            return
        length, _ = self._scale()
        pen = QPen(self._theme.color(self._foot_color()), 0.02 * length, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(self._px(drawn.height[0]), self._px(drawn.height[1]))

    def _draw_sensor(self, painter: QPainter, mount: Mount) -> None:
        length, _ = self._scale()
        painter.save()
        painter.translate(self._px(mount.at))
        painter.rotate(-mount.direction)
        painter.setBrush(self._theme.color("text"))
        painter.setPen(QPen(self._theme.color("panel"), 0.012 * length))
        case = QRectF(-0.075 * length, -0.04 * length, 0.15 * length, 0.08 * length)
        painter.drawRoundedRect(case, 0.02 * length, 0.02 * length)
        painter.restore()

    def _draw_ring(self, painter: QPainter, drawn: Body) -> None:
        """Draw the ring of a good rep around the foot's sensor, thinner and paler as it grows."""
        ring = self._pose.ring
        if ring is None:
            return
        length, _ = self._scale()
        left = 1.0 - ring
        radius = (_RING_FROM + ring * (_RING_TO - _RING_FROM)) * length
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("good", left), (0.2 + left) * _RING_LINE * length))
        painter.drawEllipse(self._px(drawn.mounts[0].at), radius, radius)

    def _draw_wedge(
        self, painter: QPainter, drawn: Body, band: tuple[float, float], alpha: float
    ) -> None:
        length, _ = self._scale()
        start, span = drawn.wedge(*band)
        color = "toes_up" if band[0] + band[1] > 0 else "toes_pointed"
        painter.setPen(Qt.PenStyle.NoPen)
        # Mixed with the ground in advance: large translucent areas are slow to paint.
        painter.setBrush(self._theme.mixed(color, "panel", alpha))
        at, radius = self._px(drawn.ankle), WEDGE * length
        room = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        painter.drawPie(room, round(16 * start), round(16 * span))
