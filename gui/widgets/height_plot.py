"""Height over time, all reps of a set over each other: a drop is a steep fall, seen at once."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt

from gui.models.height_curves import HeightCurve
from gui.translations.decimals import decimal
from gui.widgets.legend_label import LegendWord
from gui.widgets.plot import unsigned_degrees
from gui.widgets.rep_curves_plot import RepCurvesPlot
from gui.widgets.theme import Theme

_LEAST_DEG = 20.0
"""Least top of the height axis."""
_ROOM = 1.05
"""The height axis reaches above the highest rep by this factor."""


class HeightPlot(RepCurvesPlot):
    """A plot of the :class:`HeightCurve` values of a set, with the asked lowering as a dashed line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Height over the time of each rep"))
        self._left, self._right, self._top = -1.0, 1.0, _LEAST_DEG
        left = self._style_axis("left", 44, grid=True)
        left.setTickSpacing(major=10.0, minor=10.0)
        left.tickStrings = unsigned_degrees
        bottom = self._style_axis("bottom", 44)
        bottom.tickStrings = _seconds
        # pyqtgraph writes labels as rich text with a style of its own.
        bottom.setLabel(
            self.tr("0 s: the lowering begins"),
            color=theme.ink("muted").name(),
            **{"font-size": f"{theme.px(13)}px"},
        )

    def show_curves(
        self,
        curves: Sequence[HeightCurve],
        *,
        chosen: int | None = None,
        worst: int | None = None,
        worst_word: str = "",
        kept: Sequence[HeightCurve] = (),
        asked: tuple[float, float] | None = None,
    ) -> None:
        """Show the curves of a set, with the parameters of :meth:`.RepCurvesPlot._show_reps`.

        ``asked`` has the seconds of the asked lowering and the height from which it is drawn, °; None
        without one.
        """
        self._fit([*curves, *kept], asked)
        words = [] if asked is None else [self._asked_word(asked[0])]
        self._show_reps(
            curves, chosen=chosen, worst=worst, worst_word=worst_word, kept=kept, others=words
        )
        if asked is not None:
            self._draw_asked(*asked)

    def show_position(self, at: tuple[float, float] | None) -> None:
        """Show the moment of the replay, in s and degrees, as a dot; None hides it."""
        self._show_dot(at)

    def _words_at(self, x: float, y: float) -> str:
        text = (
            self.tr("{seconds} s of the lowering · height {angle}°")
            if x >= 0
            else self.tr("{seconds} s before the lowering · height {angle}°")
        )
        return text.format(seconds=decimal(abs(x)), angle=f"{max(y, 0.0):.0f}")

    def _fit(self, curves: Sequence[HeightCurve], asked: tuple[float, float] | None) -> None:
        """Fit the axes to the reps, not to their partial ones alone."""
        times = [float(t) for c in curves if c.t_s.size for t in (c.t_s[0], c.t_s[-1])]
        tops = [float(np.nanmax(c.height_deg)) for c in curves if np.isfinite(c.height_deg).any()]
        seconds = asked[0] if asked is not None else 0.0
        self._left = min([*times, -1.0])
        self._right = max([*times, seconds, 1.0])
        self._top = _ROOM * max([*tops, _LEAST_DEG])
        margin = 0.02 * (self._right - self._left)
        self._item.setRange(
            xRange=(self._left - margin, self._right + margin),
            yRange=(-0.06 * self._top, self._top),
            padding=0,
        )

    def _draw_asked(self, seconds: float, height_deg: float) -> None:
        """Draw the asked lowering: what falls steeper is too fast."""
        color = self._theme.color("toes_pointed")
        fall = np.array([0.0, seconds]), np.array([height_deg, 0.0])
        self._draw_line(*fall, color, self._theme.px(2), 3, Qt.PenStyle.DashLine)

    def _asked_word(self, seconds: float) -> LegendWord:
        text = self.tr("asked: {seconds} s down").format(seconds=decimal(seconds))
        # The dashes of the line that it names.
        return LegendWord(f"- - {text}", self._theme.ink("toes_pointed"))


def _seconds(values: Sequence[float], *_: float) -> list[str]:
    return [f"{abs(v):g} s" for v in values]
