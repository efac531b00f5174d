"""Ankle and driving angle over the last seconds, one card each."""

import numpy as np
from PySide6.QtCore import QObject

from gui.models.live import LiveModel
from gui.pages.train.time_plot import BandName, TimePlot
from gui.pages.train.train_frame import TrainFrame
from gui.widgets.card import Card
from gui.widgets.theme import Theme
from processing.exercises.exercise import Driving

SHOWN_S = 20.0
"""About two reps."""
_BELOW, _ABOVE = 0.11, 1.39
"""The axis of the driving angle, in shares of the usual range: a leg curl's goes from -10 to 125°."""
_SUNK = 0.6
"""Or down to this share of what a start pose may sink by, as a heel on a step."""


class AnglePlots(QObject):
    """Two cards with plots of the same seconds; the page places them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown_t = 0.0
        low, high = -52.0, 28.0
        self.ankle = TimePlot(theme, name=self.tr("Ankle"), low=low, high=high, times=False)
        name = self.tr("Driving angle")
        self.driving = TimePlot(theme, name=name, low=0.0, high=100.0, ribbon=False)
        note = self.tr("degrees · last {seconds} s").format(seconds=round(SHOWN_S))
        self.ankle_card = Card(theme, self.tr("Ankle"), note)
        self.ankle_card.body.addWidget(self.ankle)
        self.driving_card = Card(theme, " ", self.tr("degrees from start"))
        self.driving_card.body.addWidget(self.driving)
        for card in (self.ankle_card, self.driving_card):
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
        self.driving.show_axis_width(self.ankle.axis_width)

    def show_live(self, live: LiveModel, frame: TrainFrame) -> None:
        """Show the newest angles and phases."""
        t, ankle, _, driving = live.buffer.last(SHOWN_S)
        self.ankle.show_range(*frame.model.drawn.range)
        self._show_exercise(frame, knee=live.knows_knee)
        empty = "" if len(t) else self.tr("The angle appears here when the sensors stream")
        for plot in (self.ankle, self.driving):
            plot.show_empty(empty)
        # A curve that has moved by less than a pixel would be painted for nothing.
        if 0.0 < live.shown_t - self._shown_t < self.driving.pixel_s:
            return
        self._shown_t = live.shown_t
        self.ankle.show_phases(frame.model.spans(SHOWN_S), live.shown_t)
        self.ankle.show_angle(t, ankle, live.shown_t)
        carried = frame.exercise.driving is Driving.CURL and live.shown_t > live.now
        if carried and live.driving_deg is not None:
            t, driving = np.append(t, live.shown_t), np.append(driving, live.driving_deg)
        self.driving.show_angle(t, driving, live.shown_t)

    def _show_exercise(self, frame: TrainFrame, *, knee: bool) -> None:
        """Use the words of the exercise, and the range of its driving angle."""
        limits = frame.exercise.reps
        low = -max(_BELOW * limits.usual_deg, _SUNK * limits.below_deg)
        high = _ABOVE * limits.usual_deg
        # From the start pose of a rep that begins with the lowering, the angle falls.
        if frame.exercise.in_trials:
            # The foot goes both ways.
            low = -high
        self.driving.show_range(*((-high, -low) if limits.lowers_first else (low, high)))
        self.ankle.show_words(frame.text.phase_names())
        name = frame.text.angle_name()
        if frame.exercise.driving is Driving.CURL and knee:
            name = self.tr("knee")
        title = name[:1].upper() + name[1:]
        # Called with every frame: a screen reader must not read the same name again.
        if title != self.driving_card.title.text():
            self.driving.show_name(title)
            self.driving_card.set_title(title)
