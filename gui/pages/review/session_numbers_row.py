"""The four numbers of a session: quality, pointed time under tension, lowering, moved load."""

import math

from gui.models.goals import loads_in
from gui.translations.decimals import decimal
from gui.widgets.number_row import Number, NumberRow
from gui.widgets.theme import Theme
from processing.review.judged_sets import SessionNumbers

_NO_VALUE = "–"


class SessionNumbersRow(NumberRow):
    """A row of cards with the numbers of a session."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 4)

    def show_session(self, numbers: SessionNumbers, unit: str) -> None:
        """Show the numbers of a session, loads in the unit of the settings."""
        self.show_numbers(
            [
                self._quality(numbers),
                self._pointed(numbers),
                self._lowering(numbers),
                self._moved(numbers, unit),
            ]
        )

    def _quality(self, n: SessionNumbers) -> Number:
        value = _NO_VALUE if n.quality_percent is None else f"{n.quality_percent:.0f} %"
        note = self.tr("{good} of {judged} judged").format(good=n.good, judged=n.judged)
        if n.reps > n.judged:
            rest = self.tr("{count} not judged").format(count=n.reps - n.judged)
            note = f"{note}, {rest}" if n.judged else rest
        return Number(value, self.tr("good reps"), note)

    def _pointed(self, n: SessionNumbers) -> Number:
        if n.work_index is not None and n.height_mean is not None and n.height_best is not None:
            mean, best = math.degrees(n.height_mean), math.degrees(n.height_best)
            return Number(
                f"{math.degrees(n.work_index):.0f}°",
                self.tr("height × reps"),
                self.tr("mean {mean}°, best {best}°").format(
                    mean=f"{mean:.0f}", best=f"{best:.0f}"
                ),
                self.tr("Sum of the heights of all counted reps"),
            )
        if n.sets and not n.asks_toes:
            return Number(f"{n.eccentric_s:.0f} s", self.tr("lowering in all"))
        return Number(
            f"{n.pointed_eccentric_s:.0f} s",
            self.tr("pointed time under tension"),
            self.tr("of {seconds} s lowering").format(seconds=f"{n.eccentric_s:.0f}"),
            self.tr("Time of the eccentric phases with the ankle plantarflexed"),
        )

    def _lowering(self, n: SessionNumbers) -> Number:
        if n.eccentric_mean_s is None:
            return Number(_NO_VALUE, self.tr("lowering"))
        name = self.tr("lowering")
        if n.target_s is not None:
            name = self.tr("lowering, target {seconds}").format(seconds=decimal(n.target_s))
        spread = n.eccentric_variation_percent
        note = "" if spread is None else self.tr("varies {percent} % between reps")
        return Number(
            f"{decimal(n.eccentric_mean_s)} s",
            name,
            note.format(percent=f"{spread:.0f}") if spread is not None else "",
            self.tr("Mean and coefficient of variation of the eccentric phase"),
        )

    def _moved(self, n: SessionNumbers, unit: str) -> Number:
        value = _NO_VALUE
        if not n.volume_kg and (n.work_index is not None or n.volume_kg is not None):
            # Without an added load the reps themselves are what was done.
            sets = self.tr("1 set") if n.sets == 1 else self.tr("{count} sets").format(count=n.sets)
            name = self.tr("reps") if n.work_index is None else self.tr("heel raises")
            return Number(str(n.reps), name, sets)
        if n.volume_kg is not None:
            per_kg, word = loads_in(unit)
            moved = f"{n.volume_kg * per_kg:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
            value = f"{moved} {word}"
        sets = self.tr("1 set") if n.sets == 1 else self.tr("{count} sets").format(count=n.sets)
        reps = self.tr("{count} reps").format(count=n.reps)
        return Number(
            value, self.tr("moved"), f"{sets} · {reps}", self.tr("Sum of load × reps of every set")
        )
