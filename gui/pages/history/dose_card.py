"""The dose of the lowerings of each week, and the soreness that was reported after it."""

from gui.pages.history.dose_plot import DosePlot
from gui.pages.history.history_words import change_words
from gui.widgets.card import Card, label
from gui.widgets.theme import Theme
from processing.library.dose import DoseWeeks

SHOWN_WEEKS = 8
"""Older weeks say little about today's soreness."""


class DoseCard(Card):
    """A card with one plot of dose and soreness, and what can be said of the dose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Lowering dose and soreness"))
        self.legend = label("", "muted")
        self.legend.setWordWrap(True)
        self.plot = DosePlot(theme)
        self.words = label("")
        self.words.setWordWrap(True)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self.words)

    def show_dose(self, found: DoseWeeks, load_unit: str) -> None:
        """Show the last weeks, whose loads are in ``load_unit``."""
        unit = "s" if found.in_seconds else f"{load_unit}·s"
        self.legend.setText(
            self.tr("Bars: {unit} a week. Diamonds: soreness at the next session.").format(
                unit=unit
            )
        )
        self.legend.setVisible(bool(found.weeks))
        shown = found.weeks[-SHOWN_WEEKS:]
        self.plot.setVisible(bool(shown))
        self.plot.show_weeks(shown, unit)
        self.words.setText("\n".join(self._lines(found, unit)))

    def _lines(self, found: DoseWeeks, unit: str) -> list[str]:
        if not found.weeks:
            return [self.tr("No session yet")]
        name = self.tr("Dose of the last whole week")
        lines = [
            change_words(
                name, found.verdict, found.change, found.least, unit, found.weeks_over, weekly=True
            )
        ]
        if all(week.soreness is None for week in found.weeks[-SHOWN_WEEKS:]):
            lines.append(self.tr("No soreness was reported"))
        else:
            lines.append(self.tr("Side by side only: many things make sore"))
        if found.without_load:
            text = self.tr("{count} sets without a load are not in the dose")
            lines.append(text.format(count=found.without_load))
        return lines
