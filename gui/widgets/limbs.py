"""The outline of a limb: two circles and what lies between them."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF


def tapered(start: QPointF, start_radius: float, end: QPointF, end_radius: float) -> QPainterPath:
    """Return the outline of two circles and of what lies between them, all in pixels."""
    path = QPainterPath()
    # The circles and the quadrilateral overlap; the usual rule would leave holes.
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(start, start_radius, start_radius)
    path.addEllipse(end, end_radius, end_radius)
    dx, dy = end.x() - start.x(), end.y() - start.y()
    distance = math.hypot(dx, dy)
    if distance > abs(start_radius - end_radius):
        # The common tangents touch both circles at this angle from the line between the centres.
        direction = math.atan2(dy, dx)
        lean = math.acos((start_radius - end_radius) / distance)
        corners = [
            QPointF(c.x() + r * math.cos(direction + a), c.y() + r * math.sin(direction + a))
            for c, r, a in (
                (start, start_radius, lean),
                (start, start_radius, -lean),
                (end, end_radius, -lean),
                (end, end_radius, lean),
            )
        ]
        path.addPolygon(QPolygonF([*corners, corners[0]]))
    return path
