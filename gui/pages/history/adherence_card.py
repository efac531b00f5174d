"""The last weeks against the plan: sessions and sets, done and planned."""

from PySide6.QtCore import Signal

from gui.pages.history.plan_bars import PlanBars
from gui.widgets.card import Card, label
from gui.widgets.picker import Picker
from gui.widgets.theme import Theme
from processing.library.adherence import Adherence

_MOST_A_WEEK = 7


class AdherenceCard(Card):
    """A card with the sessions of each week beside those planned, and both shares in words."""

    planned = Signal(object)
    """The sessions a week that the person plans; None: as the protocol advises."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Plan and done"))
        self.a_week = Picker(theme)
        self.a_week.setMinimumContentsLength(14)
        self.a_week.setAccessibleName(self.tr("Planned sessions a week"))
        self.a_week.addItem(self.tr("as the protocol says"), None)
        for count in range(1, _MOST_A_WEEK + 1):
            self.a_week.addItem(self.tr("{count} a week").format(count=count), count)
        self.a_week.activated.connect(lambda: self.planned.emit(self.a_week.currentData()))
        self.head.addWidget(self.a_week)
        self.bars = PlanBars(theme)
        self.words = label("")
        self.words.setWordWrap(True)
        self.body.addWidget(self.bars, 1)
        self.body.addWidget(self.words)

    def show_adherence(self, found: Adherence, sessions_a_week: int | None) -> None:
        """Show the weeks; ``sessions_a_week`` is what the person planned."""
        at = self.a_week.findData(sessions_a_week)
        if at < 0:
            # More than the list offers, from the file.
            self.a_week.addItem(
                self.tr("{count} a week").format(count=sessions_a_week), sessions_a_week
            )
            at = self.a_week.count() - 1
        self.a_week.setCurrentIndex(at)
        self.bars.setVisible(bool(found.weeks))
        self.bars.show_weeks(found.weeks)
        self.words.setText("\n".join(self._lines(found)))

    def _lines(self, found: Adherence) -> list[str]:
        if not found.weeks:
            return [self.tr("No session yet")]
        lines = []
        if found.sessions_percent is not None:
            text = self.tr("Sessions: {percent} % of those planned, in {weeks} weeks that are over")
            lines.append(text.format(percent=round(found.sessions_percent), weeks=found.weeks_over))
        elif all(week.planned_sessions is None for week in found.weeks):
            lines.append(self.tr("The protocol names no sessions a week; choose your own above"))
        else:
            lines.append(self.tr("Sessions: the first week is not over yet"))
        if found.sets_percent is not None:
            text = self.tr("Sets: {percent} % of those in the plans of the sessions")
            lines.append(text.format(percent=round(found.sets_percent)))
        else:
            lines.append(self.tr("Sets: no session had a plan with a number of sets"))
        return lines
