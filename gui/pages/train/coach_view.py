"""The view of a coach while another person trains: plots, table of the reps, sensors."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.models.live import LiveModel
from gui.pages.train.angle_plots import AnglePlots
from gui.pages.train.key_button import KeyButton
from gui.pages.train.train_frame import TrainFrame
from gui.widgets.card import Card, label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.rep_table import RepTable
from gui.widgets.sensor_pill import pills_of, show_pills
from gui.widgets.theme import Theme


class CoachView(QWidget):
    """A view of a :class:`TrainFrame`, which its window updates."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self.setObjectName("page")
        self.plots = AnglePlots(theme)
        self.table = RepTable(theme)
        self.mark_button = KeyButton(theme, self.tr("Mark"), "M")
        # It ends in dots where the window is narrow.
        self._where = ElidedLabel()
        self._where.setProperty("role", "title")
        self._note = label("", "muted")
        self._pills = pills_of(theme)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._where)
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self.mark_button)
        for pill in self._pills.values():
            head.addWidget(pill)
        self._reps = Card(theme, " ", " ")
        self._reps.body.addWidget(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(14), px(24), px(20))
        outer.setSpacing(px(14))
        outer.addLayout(head)
        outer.addWidget(self.plots.ankle_card, 36)
        outer.addWidget(self.plots.driving_card, 26)
        outer.addWidget(self._reps, 38)
        self._seen: object = None

    def show_live(self, live: LiveModel, frame: TrainFrame, *, simulated: bool) -> None:
        """Show the newest angles, sensors and reps."""
        self.plots.show_live(live, frame)
        show_pills(self._pills, live.sensors, live.losses.of)
        what, where = frame.head(frame.model.plan.settings)
        self._where.setText(f"{what} · {where}")
        self._note.setText(self.tr("simulated") if simulated else "")
        current = frame.model.current
        # Filling the table takes longer than a frame, so only when a rep was added.
        seen = current and (current.number, len(current.verdicts), current.t_end)
        if seen != self._seen:
            self._seen = seen
            self.table.show_set(frame.model.judged_set(), knee=live.knows_knee)
            if current is not None and current.verdicts:
                # The coach looks for the newest rep.
                self.table.scrollToBottom()
        self._reps.set_title(frame.set_title())
        self._reps.set_note(frame.set_note())
