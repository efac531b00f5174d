"""Train: one glance from three metres."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from gui.pages.page import Page
from gui.state import AppState
from gui.widgets.card import Card, label
from gui.widgets.leg import LegPose, LegWidget
from gui.widgets.rep_tiles import RepTiles
from gui.widgets.tempo_bar import TempoBar
from gui.widgets.time_plot import TimePlot

SHOWN_S = 20.0


class TrainPage(Page):
    """The leg, the phase, the angle, the tempo, the plots and the reps."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme, px = self.theme, self.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(16))
        self.leg = LegWidget(theme)
        self.phase = QLabel()
        self.phase.setFont(theme.font(64, bold=True))
        self.instruction = QLabel()
        self.instruction.setFont(theme.font(24, bold=True))
        self.angle = QLabel()
        self.angle.setFont(theme.font(76, bold=True))
        self.angle.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.way = label("", "muted")
        self.way.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.tempo = TempoBar(theme)
        glance = Card(theme)
        glance.body.addWidget(self.leg, 1)
        words = QHBoxLayout()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addStretch(1)
        left.addWidget(self.phase)
        left.addWidget(self.instruction)
        right.addStretch(1)
        right.addWidget(self.angle)
        right.addWidget(self.way)
        words.addLayout(left)
        words.addStretch(1)
        words.addLayout(right)
        glance.body.addLayout(words)
        glance.body.addWidget(self.tempo)
        self.ankle_plot = TimePlot(theme, name=self.tr("Ankle"), low=-52, high=28)
        self.curl_plot = TimePlot(theme, name=self.tr("Curl"), low=-10, high=130)
        ankle = Card(theme, self.tr("Ankle"), self.tr("degrees · last 20 s"))
        ankle.body.addWidget(self.ankle_plot)
        curl = Card(theme, self.tr("Curl"), self.tr("degrees from start"))
        curl.body.addWidget(self.curl_plot)
        self.tiles = RepTiles(theme)
        self.set_card = Card(theme, self.tr("Set"))
        self.set_card.body.addWidget(self.tiles)
        grid.addWidget(glance, 0, 0, 2, 1)
        grid.addWidget(ankle, 0, 1)
        grid.addWidget(curl, 1, 1)
        grid.addWidget(self.set_card, 2, 0, 1, 2)
        grid.setColumnStretch(0, 40)
        grid.setColumnStretch(1, 60)
        grid.setRowStretch(0, 6)
        grid.setRowStretch(1, 4)

    def refresh(self) -> None:
        """Show the newest of the session."""
        live = self.state.live
        t, ankle, curl = live.buffer.last(SHOWN_S)
        self.ankle_plot.show_angle(t, ankle, live.now)
        self.curl_plot.show_angle(t, curl, live.now)
        self.leg.show_pose(LegPose(live.ankle_deg, live.curl_deg))
        known = live.ankle_deg is not None
        self.angle.setText(f"{abs(live.ankle_deg or 0.0):.0f}°" if known else "–")
        self.way.setText(self.tr("up") if (live.ankle_deg or 0) > 0 else self.tr("pointed"))
        self.phase.setText(live.phase.value.upper())
