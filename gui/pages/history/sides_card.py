"""Left against right in words, one line a measure."""

from collections.abc import Sequence

from gui.translations.set_words import angle_words, kind_words
from gui.widgets.card import Card, label
from gui.widgets.theme import Theme
from processing.exercises.exercise import LEG_CURL
from processing.library.sides import LegDifference, LegMeasure, Sides
from processing.review.session_numbers import CHANGE_SESSIONS


class SidesCard(Card):
    """A card that compares the two legs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Left against right"))
        self.words = label("")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def show_sides(self, found: Sequence[Sides], exercise: str = LEG_CURL) -> None:
        """Show the comparisons of ``exercise``, one line each."""
        self.words.setText("\n".join(self._line(one, exercise) for one in found))

    def _name(self, measure: LegMeasure, exercise: str) -> str:
        angle = angle_words(exercise)
        names = {
            LegMeasure.WORK: self.tr("height × reps"),
            LegMeasure.ROM: self.tr("range of the curl"),
            LegMeasure.ECCENTRIC: self.tr("time of the lowering"),
            LegMeasure.QUALITY: self.tr("good reps"),
            LegMeasure.LOAD: self.tr("load"),
            LegMeasure.BREAK_POINT: self.tr("curl angle at which control is lost"),
        }
        if angle and measure is LegMeasure.ROM:
            return angle
        if angle and measure is LegMeasure.BREAK_POINT:
            return self.tr("{angle} at which control is lost").format(angle=angle)
        return names[measure]

    def _line(self, one: Sides, exercise: str) -> str:
        head = f"{kind_words(one.protocol)} · {self._name(one.measure, exercise)}"
        # Few comparisons would call chance a difference.
        if one.verdict is LegDifference.TOO_EARLY or one.least is None:
            text = self.tr("{name}: too early to tell, {count} of {needed} comparisons")
            return text.format(name=head, count=len(one.values), needed=CHANGE_SESSIONS)
        texts = {
            LegDifference.NONE: self.tr(
                "{name}: no real difference; chance alone makes ± {least} %"
            ),
            LegDifference.LEFT: self.tr(
                "{name}: {middle} % more on the left; chance alone makes ± {least} %"
            ),
            LegDifference.RIGHT: self.tr(
                "{name}: {middle} % more on the right; chance alone makes ± {least} %"
            ),
        }
        return texts[one.verdict].format(
            name=head, middle=f"{abs(one.middle):.0f}", least=f"{one.least:.0f}"
        )
