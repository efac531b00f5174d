"""One set of the plan, or every set: its kind, reps, tempo, load and rest between − and +."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from gui.models.plan import SheetRow
from gui.models.plan_steps import TempoPart
from gui.pages.plan.plan_words import PlanWords
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.choice import Choice
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.stepper import Stepper
from gui.widgets.theme import Theme
from processing.coach.protocol import SetType
from processing.exercises.exercise import Exercise


class PlanSetCard(Card):
    """A card with the steppers of a set."""

    kind_chosen = Signal(object)
    """A :class:`SetType`."""

    def __init__(self, theme: Theme, words: PlanWords) -> None:
        super().__init__(theme, " ")
        self._theme, self._words = theme, words
        kinds = [(kind, words.short_kind(kind)) for kind in SetType]
        self.kind = Choice(theme, self.tr("Toes"), kinds)
        self.kind.chosen.connect(self.kind_chosen)
        self.reps = Stepper(
            theme, self.tr("Reps"), self.tr("Fewer reps"), self.tr("More reps"), width_px=96
        )
        self.load = Stepper(
            theme, self.tr("Load"), self.tr("Less load"), self.tr("More load"), width_px=96
        )
        self.rest = Stepper(
            theme, self.tr("Rest after it"), self.tr("Shorter rest"), self.tr("Longer rest")
        )
        names = {
            TempoPart.LOWERING: self.tr("Down"),
            TempoPart.BOTTOM: self.tr("Pause below"),
            TempoPart.LIFT: self.tr("Up"),
            TempoPart.TOP: self.tr("Pause at the top"),
        }
        self.tempo = {
            part: Stepper(
                theme,
                name,
                self.tr("{what}: shorter").format(what=name),
                self.tr("{what}: longer").format(what=name),
            )
            for part, name in names.items()
        }
        self.no_tempo = push_button(self.tr("Without a tempo"), lambda: None, "place")
        self.copy_button = push_button(self.tr("Copy this set"), lambda: None, "place")
        self.remove_button = push_button(self.tr("Remove this set"), lambda: None, "place")
        self.locked = label("", "muted")
        self.locked.setWordWrap(True)
        self.body.addWidget(self.kind)
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        order = (self.reps, self.load, *self.tempo.values(), self.rest)
        for at, stepper in enumerate(order):
            grid.addWidget(stepper, at // 2, at % 2)
        beside = QVBoxLayout()
        beside.addWidget(self.no_tempo)
        beside.addStretch(1)
        grid.addLayout(beside, len(order) // 2, 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.locked)
        self.body.addLayout(FlowLayout(theme.px(8), self.copy_button, self.remove_button))
        self.body.addStretch(1)

    def offer_kinds(self, kinds: Sequence[SetType]) -> None:
        """Offer these kinds of sets; a single one is no choice."""
        for kind in SetType:
            self.kind.button(kind).setVisible(kind in kinds)
        self.kind.setVisible(len(kinds) > 1)

    def show_row(
        self, row: SheetRow, unit: str, exercise: Exercise, *, every: bool, rest_only: bool
    ) -> None:
        """Show a set.

        Parameters
        ----------
        row
            The set; of every set the first one that can be changed.
        unit
            Unit of the load.
        exercise
            The exercise, for the words of the load.
        every
            Whether changes are for every set.
        rest_only
            Whether only the rest after it can be changed.
        """
        words, asked = self._words, row.asked
        locked = row.locked
        title = self.tr("Every set") if every else self.tr("Set {n}").format(n=row.number)
        if self.title.text() != title:
            self.set_title(title)
        self.reps.show_value(words.reps(asked))
        self.load.show_value(words.load(row, unit, exercise))
        self.rest.show_value(words.rest(asked.rest_s))
        for part, stepper in self.tempo.items():
            stepper.show_value(words.part(asked.tempo, part))
            stepper.setEnabled(not locked)
        self.kind.show_value(asked.type)
        self.kind.setEnabled(not locked)
        self.reps.setEnabled(not locked and not asked.to_failure)
        by_ratio = words.by_ratio(asked)
        self.load.setEnabled(not locked and (every or not by_ratio) and row.load is not None)
        self.rest.setEnabled(not locked or rest_only)
        self.no_tempo.setVisible(asked.tempo is not None and not locked)
        self.copy_button.setVisible(not every and not locked)
        self.remove_button.setVisible(not every and not locked)
        self._say(self._note(row, every=every, rest_only=rest_only, by_ratio=by_ratio))

    def _note(self, row: SheetRow, *, every: bool, rest_only: bool, by_ratio: bool) -> str:
        if rest_only:
            return self.tr("This set is done. Its rest still runs and can be changed.")
        if row.locked:
            return self.tr("What is done stays as it is.")
        if by_ratio and not every:
            return self.tr("The load follows that of the set with the toes up.")
        if row.asked.tempo is None:
            return self.tr("No tempo is asked; + asks for one.")
        return self.tr("The load is yours: it is remembered, and no part of a saved plan.")

    def _say(self, text: str) -> None:
        if self.locked.text() != text:
            self.locked.setText(text)
