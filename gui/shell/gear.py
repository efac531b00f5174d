"""The picture of a gear, for the button of the settings."""

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

TEETH = 8


def gear(middle: QPointF, unit: float, _checked: bool) -> QPainterPath:
    """Return a gear around ``middle``, 20 ``unit`` wide."""
    hole = QPainterPath()
    hole.addEllipse(middle, 3.4 * unit, 3.4 * unit)
    return _teeth(middle, 10.0 * unit, 7.5 * unit).subtracted(hole)


def _teeth(middle: QPointF, outer: float, inner: float) -> QPainterPath:
    path = QPainterPath()
    step = 2.0 * math.pi / TEETH
    for tooth in range(TEETH):
        for share, radius in ((0.10, inner), (0.22, outer), (0.52, outer), (0.64, inner)):
            angle = (tooth + share) * step
            point = middle + QPointF(radius * math.cos(angle), radius * math.sin(angle))
            if path.elementCount() == 0:
                path.moveTo(point)
            else:
                path.lineTo(point)
    path.closeSubpath()
    return path
