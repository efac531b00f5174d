"""The last session: its numbers, and the way to its Review."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale

from gui.translations import texts
from gui.translations.load_words import weight_words
from gui.translations.set_words import asks_toes, exercise_words, ranges_words
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.stat_tiles import Stat, StatTiles
from gui.widgets.theme import Theme
from processing.library import LibrarySession
from processing.ranges.results import RangeResult


class LastCard(Card):
    """A card with the numbers of a session, or with what will stand here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Last session"), " ")
        self.tiles = StatTiles(theme)
        self.words = label("", "muted")
        self.words.setWordWrap(True)
        self.button = push_button(self.tr("Review"), lambda: None, "place")
        self.body.addWidget(self.words)
        self.body.addWidget(self.tiles)
        self.card_button = push_button(self.tr("Card"), lambda: None, "place")
        self.card_button.setAccessibleName(self.tr("Session card"))
        self.body.addLayout(FlowLayout(theme.px(8), self.button, self.card_button))

    def show_session(self, last: LibrarySession | None, reading: str, unit: str) -> None:
        """Show ``last``; without one, what is being read, or what will stand here."""
        self.tiles.setVisible(last is not None)
        self.button.setVisible(last is not None)
        self.card_button.setVisible(last is not None)
        if last is None:
            self.set_note("")
            usual = self.tr("After your first session its numbers stand here.")
            self.words.setText(reading or usual)
            return
        when = last.when
        self.set_note(QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM"))
        kinds = dict.fromkeys(exercise_words(one.exercise) for one in last.sets)
        sets = len(last.sets)
        count = self.tr("1 set") if sets == 1 else self.tr("{count} sets").format(count=sets)
        done = [*kinds, count] if last.sets else []
        parts = (*done, ranges_words(last.ranges), reading)
        self.words.setText(" · ".join(filter(None, parts)))
        # The card is that of sets.
        self.card_button.setVisible(bool(last.sets))
        if not last.sets:
            self.tiles.show_stats(_range_stats(last.ranges))
            return
        judged = sum(one.metrics.judged for one in last.sets)
        good = sum(one.metrics.good for one in last.sets)
        # A session without a prescription has reps, and none that is good or not.
        counted = str(sum(one.metrics.reps for one in last.sets))
        stats = [
            Stat(self.tr("good reps"), f"{good} / {judged}")
            if judged
            else Stat(self.tr("reps"), counted)
        ]
        if last.pointed_eccentric_s > 0.0 and any(asks_toes(one.exercise) for one in last.sets):
            stats.append(Stat(self.tr("pointed lowering"), f"{last.pointed_eccentric_s:.0f} s"))
        if last.load_kg:
            stats.append(Stat(self.tr("heaviest load"), weight_words(last.load_kg, unit)))
        self.tiles.show_stats(stats)


def _range_stats(ranges: Sequence[RangeResult]) -> list[Stat]:
    """Return the means of the ranges of a session."""
    stats = []
    for one in ranges:
        name = texts().ranges.measure(one.kind)
        mean = "–" if one.mean_deg is None else f"{one.mean_deg:.0f}°"
        stats.append(Stat(name, mean))
    return stats
