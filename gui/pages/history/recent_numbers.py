"""The last weeks in four numbers."""

from gui.translations.decimals import decimal
from gui.translations.set_words import kind_words
from gui.widgets.number_row import Number, NumberRow
from gui.widgets.theme import Theme
from processing.library.history import RecentWeeks

_NO_VALUE = "–"


class RecentNumbersRow(NumberRow):
    """A row of cards with the numbers of :class:`RecentWeeks`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 4)

    def show_recent(self, recent: RecentWeeks, weeks: int) -> None:
        """Show the numbers of the last ``weeks`` weeks."""
        span = self.tr("in the last {weeks} weeks").format(weeks=weeks)
        kinds = " · ".join(
            f"{kind_words(kind.value)} {count}" for kind, count in recent.sets.items()
        )
        quality = recent.quality_percent
        ratio = recent.ratio
        self.show_numbers(
            [
                Number(
                    str(sum(recent.sets.values())),
                    self.tr("sets"),
                    kinds or span,
                    span,
                ),
                self._headline(recent),
                Number(
                    _NO_VALUE if quality is None else f"{quality:.0f} %",
                    self.tr("good reps"),
                    self.tr("median of the sessions"),
                ),
                Number(
                    f"{recent.best_height_deg:.0f}°",
                    self.tr("best height"),
                    self.tr("of a single raise"),
                )
                if recent.best_height_deg is not None
                else Number(
                    _NO_VALUE if ratio is None else decimal(ratio, 2),
                    self.tr("pointed to toes-up load"),
                    self.tr("median of the waves of protocol A"),
                    self.tr("Median of the waves whose reps match"),
                ),
            ]
        )

    def _headline(self, recent: RecentWeeks) -> Number:
        """Return height times reps of heel raises, else the pointed time under tension."""
        sessions = self.tr("in {count} sessions").format(count=recent.sessions)
        if recent.best_work_deg is not None:
            return Number(
                f"{recent.best_work_deg:.0f}°",
                self.tr("height × reps, best set"),
                sessions,
                self.tr("Sum of the heights of the counted reps of a set"),
            )
        return Number(
            f"{recent.pointed_eccentric_s:.0f} s",
            self.tr("pointed time under tension"),
            sessions,
            self.tr("Time of the eccentric phases with the ankle plantarflexed"),
        )
