"""One place on the leg: the sensor on it, how far its connection is, and what to do if it failed."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.sensor_model import PlaceView
from gui.sensor_words import in_words, with_commands
from gui.theme import Theme
from gui.widgets.card import label
from gui.widgets.shapes import Mark, MarkWidget
from gui.widgets.stage_line import StageLine


class PlacePanel(QWidget):
    """Shows a :class:`PlaceView` under the ``title`` of its place."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._view: PlaceView | None = None
        px = theme.px
        self._title = title
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self.name = label("", "muted")
        self.numbers = label("")
        head.addWidget(label(title, "title"))
        head.addWidget(self.name, 1)
        head.addWidget(self.numbers)
        outer.addLayout(head)
        self.stages = StageLine(theme)
        outer.addWidget(self.stages)
        self._trouble = QWidget()
        trouble = QHBoxLayout(self._trouble)
        trouble.setContentsMargins(0, 0, 0, 0)
        trouble.setSpacing(px(10))
        self._mark = MarkWidget(theme, Mark.MISS)
        trouble.addWidget(self._mark)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.reason, self.remedy = label("", "title"), label("", "muted")
        for line in (self.reason, self.remedy):
            line.setWordWrap(True)
            words.addWidget(line)
        trouble.addLayout(words, 1)
        outer.addWidget(self._trouble)

    def show_place(self, view: PlaceView) -> None:
        """Show ``view``."""
        if view == self._view:
            return
        self._view = view
        self.name.setText(view.name or self.tr("no sensor chosen"))
        self.numbers.setText(self._numbers(view))
        self.stages.show_link(view.link)
        troubled = bool(view.link.reason)
        self._trouble.setVisible(troubled)
        self._mark.show_mark(Mark.MISS if view.link.failed else Mark.NEAR)
        reason = in_words(view.link.reason)
        self.reason.setText(reason[:1].upper() + reason[1:])
        self.remedy.setText(with_commands(in_words(view.link.remedy)))
        self.remedy.setVisible(bool(view.link.remedy))
        said = [self._title, self.name.text(), self.stages.accessibleDescription()]
        said += [self.numbers.text(), self.reason.text(), self.remedy.text()]
        self.setAccessibleName(", ".join(part for part in said if part))

    def _numbers(self, view: PlaceView) -> str:
        words = {
            "searching": self.tr("looking for it"),
            "stalled": self.tr("no data just now"),
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
