"""The places of the sensors on the leg, in a sentence and a drawing."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.body_scenes import Scene
from gui.widgets.card import label
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.theme import Theme

_LEAST_PX, _MOST_PX = 180, 300
"""Height of the drawing at 100 % text size: more would reach below what a low window shows."""
_SITTING = LegPose(0.0, 90.0, sensors=2)


class WherePanel(QWidget):
    """A drawing of a person who sits, with shin and foot sensor, and how they are worn."""

    def __init__(self, theme: Theme, *, mirrored: bool) -> None:
        super().__init__()
        words = label(
            self.tr(
                "Shin: on the flat front of the mid-shin. Foot: on the laces. Both tight, off the muscle; "
                "which way round does not matter."
            ),
            "muted",
        )
        words.setWordWrap(True)
        self.figure = FigureWidget(theme)
        self.figure.setMinimumHeight(theme.px(_LEAST_PX))
        self.figure.setMaximumHeight(theme.px(_MOST_PX))
        self.figure.show_scene(Scene.SEATED, mirrored=mirrored)
        self.figure.show_pose(_SITTING)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(words)
        column.addWidget(self.figure, 1)
