"""The card of the set that is over: the curves of all its reps, as Review shows them."""

from PySide6.QtGui import QFontMetricsF, QResizeEvent

from gui.models.train_set import LiveSet
from gui.pages.train.rest_words import RestWords
from gui.pages.train.train_words import TrainWords
from gui.widgets.card import Card
from gui.widgets.height_plot import HeightPlot
from gui.widgets.loop_plot import LoopPlot
from gui.widgets.theme import Theme
from processing.exercises.exercise import Driving

_HEAD_PX = 60
"""Margins of the head of the card and the least distance of its words, at 100 % text size."""
_AXIS_PX = 90
"""Width of a plot that is not free for words, at 100 % text size."""


class PictureCard(Card):
    """A card with the loops of a set, or its heights where nothing is asked of the toes."""

    def __init__(self, theme: Theme, words: TrainWords, rest: RestWords) -> None:
        super().__init__(theme, self.tr("The set just done"))
        self._theme, self._words, self._rest = theme, words, rest
        self.loops, self.heights = LoopPlot(theme), HeightPlot(theme)
        for plot in (self.loops, self.heights):
            plot.setMinimumHeight(theme.px(120))
            self.body.addWidget(plot, 1)
        self._shown: tuple[object, ...] | None = None
        self._name = self._axes = ""
        self._set: LiveSet | None = None

    def show_set(self, current: LiveSet | None, *, knee: bool) -> None:
        """Show the set that is over; the same one is not drawn again."""
        seen = (current, current and current.picture, knee)
        if seen != self._shown:
            self._shown, self._set = seen, current
            self._draw(knee=knee)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again where the name of the curve has another room."""
        super().resizeEvent(event)
        self._show_axes(self._axes)
        if self._set is not None and self._fitting(self._set)[1] != self._name:
            self._shown = None

    def _draw(self, *, knee: bool) -> None:
        current = self._set
        picture = current.picture if current is not None else None
        if current is None or picture is None:
            self.loops.setVisible(False)
            self.heights.setVisible(False)
            self._show_axes(self.tr("no angles of it"))
            return
        self.loops.setVisible(not picture.over_time)
        self.heights.setVisible(picture.over_time)
        worst, self._name = self._fitting(current)
        if picture.over_time:
            self._show_axes(self._over_time(current))
            self.heights.show_curves(
                picture.heights, worst=worst, worst_word=self._name, asked=picture.asked
            )
            return
        angle = self.tr("knee") if knee else self._words.angle_name()
        self._show_axes(self.tr("ankle against {angle}, all reps").format(angle=angle))
        self.loops.show_bands(picture.bands)
        self.loops.show_loops(picture.loops, worst=worst, worst_word=self._name)

    def _over_time(self, current: LiveSet) -> str:
        if current.exercise.driving is Driving.PLANTARFLEXION:
            return self.tr("height over time, all reps")
        angle = self._words.angle_name()
        return self.tr("{angle} over time, all reps").format(angle=angle)

    def _show_axes(self, words: str) -> None:
        """Say what the axes are, where that has room beside the title: the plot is named so as well."""
        self._axes = words
        needed = self.note.fontMetrics().horizontalAdvance(words)
        title = self.title.sizeHint().width()
        room = self.width() - title - self._theme.px(_HEAD_PX)
        self.set_note(words if needed <= room else "")

    def _fitting(self, current: LiveSet) -> tuple[int | None, str]:
        """Return the worst rep and its name, which is short where the sentence has no room."""
        worst, name = self._rest.curve_name(current)
        room = self.width() - self._theme.px(_AXIS_PX)
        if (
            worst is None
            or QFontMetricsF(self._theme.font(14, bold=True)).horizontalAdvance(name) <= room
        ):
            return worst, name
        return worst, self._rest.short_name(current)
