"""One place on the leg: its sensor, the state of the link, and the remedy if it failed."""

import sys

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.models.sensors import PlaceView
from gui.pages.sensors.stage_line import StageLine
from gui.translations import texts
from gui.widgets.announce import announce
from gui.widgets.card import label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from sensor.types import Segment


class PlacePanel(QWidget):
    """A panel that shows the :class:`PlaceView` of a ``place``."""

    def __init__(self, theme: Theme, place: Segment) -> None:
        super().__init__()
        words = texts().sensors
        title = words.place(place).upper()
        self._place = place
        self._view: PlaceView | None = None
        self._state = ""
        px = theme.px
        self._title = title
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(6))
        outer.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self.name = ElidedLabel()
        self.name.setProperty("role", "muted")
        self.numbers = label("")
        head.addWidget(label(title, "title"))
        head.addWidget(self.name, 1)
        head.addWidget(self.numbers)
        outer.addLayout(head)
        self.stages = StageLine(theme)
        outer.addWidget(self.stages)
        self._trouble = MarkedText(theme, Mark.MISS)
        self.reason, self.remedy = self._trouble.text, self._trouble.more
        outer.addWidget(self._trouble)

    def show_place(self, view: PlaceView, *, needed: bool = False) -> None:
        """Show ``view``, and whether the exercise needs a sensor there while there is none."""
        use = texts().sensors.place_use(self._place, needed=needed)
        self.name.setText(view.name or use or self.tr("no sensor chosen"))
        if view == self._view:
            return
        self._view = view
        self.numbers.setText(self._numbers(view))
        self.stages.show_link(view.link)
        link = view.link
        reason, remedy = link.note, ""
        if link.fault is not None:
            words = texts().sensors.remedy(link.fault)
            reason = f"{words.what}: {link.detail}" if link.detail else words.what
            remedy = words.to_do(sys.platform)
        # A failed link explains missing samples; then the rate is no news.
        if not reason and view.slow is not None:
            arriving, asked = view.slow
            reason = self.tr("{arriving} of {asked} samples a second arrive").format(
                arriving=arriving, asked=asked
            )
            remedy = self.tr("Switch the sensor off and on, or come nearer, then connect it again.")
        self._trouble.mark.show_mark(Mark.MISS if link.failed else Mark.NEAR)
        self._trouble.say(reason[:1].upper() + reason[1:], remedy)
        self._trouble.setVisible(bool(reason))
        parts = [self._title, self.name.text(), self.stages.accessibleDescription()]
        parts += [self.numbers.text(), self.reason.text(), self.remedy.accessibleName()]
        self.setAccessibleName(", ".join(part for part in parts if part))
        # Of the stages only the outcome is news.
        if link.state != self._state:
            self._state = link.state
            if link.failed or link.state == "streaming":
                announce(self, self.accessibleName(), urgent=link.failed)

    def _numbers(self, view: PlaceView) -> str:
        words = {
            "searching": self.tr("looking for it"),
            "stalled": self.tr("no data right now"),
            "lost": self.tr("lost"),
            "retrying": self.tr("trying again"),
            "refused": self.tr("not connected"),
            "stopped": self.tr("stopped"),
        }
        if view.link.state != "streaming":
            return words.get(view.link.state, "")
        rate = "" if view.rate_hz is None else f"{view.rate_hz:.0f} Hz"
        lost = self.tr("{percent} % lost").format(percent=f"{view.lost_percent:.0f}")
        return " · ".join(part for part in (rate, lost) if part)
