"""The button of the sound: a loudspeaker with waves, or with a cross."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from gui.shell.round_button import RoundButton
from gui.widgets.theme import Theme

_BODY = ((-9.0, -3.2), (-5.0, -3.2), (0.0, -8.0), (0.0, 8.0), (-5.0, 3.2), (-9.0, 3.2))


class MuteButton(RoundButton):
    """A round button that is checked while sound is on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sound"), _loudspeaker, lit=False)
        self.show_sound(on=True)

    def show_sound(self, *, on: bool) -> None:
        """Show whether sound is on."""
        # The state is set from the settings, which may change without a click.
        self.setChecked(on)
        state = self.tr("Sound is on (Ctrl+M)") if on else self.tr("Sound is off (Ctrl+M)")
        self.setToolTip(state)
        self.setAccessibleDescription(state)


def _loudspeaker(middle: QPointF, unit: float, sounding: bool) -> QPainterPath:
    """Return the loudspeaker with its waves, or with a cross."""

    def at(x: float, y: float) -> QPointF:
        return middle + QPointF(unit * x, unit * y)

    body, lines = QPainterPath(), QPainterPath()
    body.addPolygon(QPolygonF([at(x, y) for x, y in _BODY]))
    body.closeSubpath()
    if sounding:
        for radius in (5.0, 9.0):
            box = QRectF(at(-radius, -radius), at(radius, radius))
            lines.arcMoveTo(box, 50.0)
            lines.arcTo(box, 50.0, -100.0)
    else:
        for start, end in (((3.5, -3.5), (10.5, 3.5)), ((3.5, 3.5), (10.5, -3.5))):
            lines.moveTo(at(*start))
            lines.lineTo(at(*end))
    stroke = QPainterPathStroker()
    stroke.setWidth(2.0 * unit)
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap)
    return body.united(stroke.createStroke(lines))
