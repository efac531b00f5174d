"""The button of the settings: a gear."""

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from gui.shell.round_button import RoundButton
from gui.widgets.theme import Theme

TEETH = 8


class GearButton(RoundButton):
    """A round checkable button with a gear; screen readers say ``name``."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, lit=True)

    def picture(self, middle: QPointF, unit: float) -> QPainterPath:
        """Return the gear."""
        hole = QPainterPath()
        hole.addEllipse(middle, 3.4 * unit, 3.4 * unit)
        return _gear(middle, 10.0 * unit, 7.5 * unit).subtracted(hole)


def _gear(middle: QPointF, outer: float, inner: float) -> QPainterPath:
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
