"""Ankle and curl over the last seconds, one card each."""

import numpy as np
from PySide6.QtCore import QObject

from gui.models.live import LiveModel
from gui.pages.train.time_plot import BandName, TimePlot
from gui.pages.train.train_frame import TrainFrame
from gui.widgets.card import Card
from gui.widgets.theme import Theme

SHOWN_S = 20.0
"""About two reps."""
CURL_LOW_DEG, CURL_HIGH_DEG = -10.0, 125.0


class AnglePlots(QObject):
    """Two cards with plots of the same seconds; the page places them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown_t = 0.0
        low, high = -52.0, 28.0
        self.ankle = TimePlot(theme, name=self.tr("Ankle"), low=low, high=high, times=False)
        self.curl = TimePlot(
            theme, name=self.tr("Curl"), low=CURL_LOW_DEG, high=CURL_HIGH_DEG, ribbon=False
        )
        note = self.tr("degrees · last {seconds} s").format(seconds=round(SHOWN_S))
        self.ankle_card = Card(theme, self.tr("Ankle"), note)
        self.ankle_card.body.addWidget(self.ankle)
        self.curl_card = Card(theme, self.tr("Curl"), self.tr("degrees from start"))
        self.curl_card.body.addWidget(self.curl)
        for card in (self.ankle_card, self.curl_card):
            # The plots need the height more than the cards need air.
            frame = card.layout()
            if frame is not None:
                frame.setSpacing(theme.px(4))
        self.ankle.show_names(
            [
                BandName(10.0, self.tr("toes up"), "toes_up"),
                BandName(-30.0, self.tr("pointed"), "toes_pointed"),
            ]
        )
        # The same second must be at the same place in both plots.
        self.curl.show_axis_width(self.ankle.axis_width)

    def _name_curl(self, *, knee: bool) -> None:
        name = self.tr("Knee") if knee else self.tr("Curl")
        # Called with every frame: a screen reader must not read the same name again.
        if name != self.curl_card.title.text():
            self.curl.show_name(name)
            self.curl_card.set_title(name)

    def show_live(self, live: LiveModel, frame: TrainFrame) -> None:
        """Show the newest angles and phases."""
        t, ankle, curl = live.buffer.last(SHOWN_S)
        self._name_curl(knee=live.knows_knee)
        self.ankle.show_range(*frame.model.drawn.range)
        empty = "" if len(t) else self.tr("The angle appears here when the sensors stream")
        for plot in (self.ankle, self.curl):
            plot.show_empty(empty)
        # A curve that has moved by less than a pixel would be painted for nothing.
        if 0.0 < live.shown_t - self._shown_t < self.curl.pixel_s:
            return
        self._shown_t = live.shown_t
        self.ankle.show_phases(frame.model.spans(SHOWN_S), live.shown_t)
        self.ankle.show_angle(t, ankle, live.shown_t)
        if live.curl_deg is not None and live.shown_t > live.now:
            t, curl = np.append(t, live.shown_t), np.append(curl, live.curl_deg)
        self.curl.show_angle(t, curl, live.shown_t)
