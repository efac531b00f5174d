"""The card of the plan: its name, exercise, leg and sets, and remarks on it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from gui.models.chosen_exercise import usable_exercises
from gui.models.plan import PlanSheet
from gui.models.plan_steps import minutes_of
from gui.models.settings import Settings
from gui.models.train_plan import Stage
from gui.pages.plan.plan_words import PlanWords
from gui.pages.plan.planned_sets import PlannedSets, SetLine
from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.choice import Choice
from gui.widgets.ends import Ends
from gui.widgets.field import Field
from gui.widgets.marked_text import MarkedText
from gui.widgets.picker import Picker
from gui.widgets.plan_choices import plan_choices
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from processing.coach.loads import planned_reps
from processing.coach.own_protocols import OwnProtocol
from processing.coach.plan_sets import MOST_SETS
from processing.coach.protocol import Protocol
from processing.exercises.exercise import Exercise


class PlanCard(Card):
    """A card with the sets of a session; its buttons are connected by the page."""

    def __init__(self, theme: Theme, words: PlanWords, language: str) -> None:
        super().__init__(theme, self.tr("Today's plan"), " ")
        px = theme.px
        self._words = words
        self.protocol, self.exercise = Picker(theme), Picker(theme)
        for key, one in usable_exercises().items():
            self.exercise.addItem(one.words_in(language).name, key)
        sides = [("left", self.tr("left")), ("right", self.tr("right"))]
        self.side = Choice(theme, self.tr("Leg"), sides)
        self.list = PlannedSets(theme)
        self.list.setAccessibleName(self.tr("Sets"))
        self.changed = MarkedText(theme, Mark.NEAR)
        self.trouble = MarkedText(theme, Mark.MISS)
        self.limits = label("", "muted")
        self.limits.setWordWrap(True)
        self.add_button = push_button(self.tr("+ Add a set"), lambda: None, "place")
        fewer = self.tr("− One set less")
        self.fewer_button = push_button(fewer, lambda: None, "place")
        self.undo_button = push_button(self.tr("Undo the changes"), lambda: None, "place")
        self.back_button = push_button("", lambda: None, "go")
        # The two words stay beside each other.
        self.side.setMinimumWidth(self.side.sizeHint().width())
        fields = QGridLayout()
        fields.setSpacing(px(12))
        named = (
            (self.tr("Plan"), self.protocol, 2),
            (self.tr("Exercise"), self.exercise, 1),
            (self.tr("Leg"), self.side, 0),
        )
        for at, (name, control, stretch) in enumerate(named):
            fields.addWidget(Field(theme, name, control), 0, at, Qt.AlignmentFlag.AlignTop)
            fields.setColumnStretch(at, stretch)
        ends = Ends(px(8))
        for button in (self.add_button, self.fewer_button, self.undo_button):
            ends.left.addWidget(button)
        ends.right.addWidget(self.back_button)
        self.body.addLayout(fields)
        for part in (self.list, ends, self.changed, self.trouble, self.limits):
            self.body.addWidget(part)

    def list_protocols(
        self, settings: Settings, exercise: Exercise, own: Sequence[OwnProtocol]
    ) -> None:
        """List the plans that fit ``exercise``: built-in ones, then the person's ``own``."""
        self.protocol.clear()
        # Those above the maximum are chosen in the settings, where their warning is.
        for text, name in plan_choices(settings.protocol, exercise, own, above_maximum=False):
            self.protocol.addItem(text, name)
        self.protocol.setCurrentIndex(self.protocol.findData(settings.protocol))
        self.say_trouble("\n".join(one.trouble for one in own if one.trouble))

    def show_choices(
        self, settings: Settings, exercise: Exercise, *, before: bool, free: bool
    ) -> None:
        """Show exercise and leg.

        Parameters
        ----------
        settings
            Name the leg.
        exercise
            The exercise in hand.
        before
            Whether no session runs: its coach has the plan from the beginning.
        free
            Whether exercise and leg can be changed now.
        """
        if self.exercise.currentData() != exercise.key:
            self.exercise.setCurrentIndex(self.exercise.findData(exercise.key))
        if self.side.value != settings.side:
            self.side.show_value(settings.side)
        self.protocol.setEnabled(before)
        self.exercise.setEnabled(free)
        self.side.setEnabled(free)

    def show_sheet(
        self, sheet: PlanSheet, number: int | None, unit: str, exercise: Exercise, *, free: bool
    ) -> None:
        """Show the list with set ``number`` chosen; ``free`` tells whether it can be changed."""
        words = self._words
        lines = [
            SetLine(
                row.number,
                (
                    f"{row.number} ✓" if row.stage is Stage.DONE else str(row.number),
                    words.kind(row.asked.type, exercise),
                    words.reps(row.asked),
                    words.tempo(row.asked),
                    words.load(row, unit, exercise),
                    words.rest(row.asked.rest_s),
                ),
                words.row(row, unit, exercise),
                muted=row.locked,
            )
            for row in sheet.rows
        ]
        columns = [one.texts for one in lines if not one.muted] or [one.texts for one in lines]
        # What is the same in all sets is shown; else they differ.
        same = [c[0] if len(set(c)) == 1 else "…" for c in zip(*columns, strict=True)][2:]
        every = self.tr("Every set")
        self.list.show_heads(
            (
                "",
                self.tr("Toes") if exercise.asks_toes else self.tr("Exercise"),
                self.tr("Reps"),
                self.tr("Tempo"),
                self.tr("Load"),
                self.tr("Rest"),
            )
        )
        self.list.show_lines([SetLine(None, (every, "", *same), every), *lines], number)
        self.set_note(self._total(sheet))
        self.add_button.setEnabled(free and len(sheet.rows) < MOST_SETS)
        self.fewer_button.setEnabled(free and bool(sheet.free) and len(sheet.rows) > 1)

    def show_limits(self, draft: Protocol, allowed: Protocol) -> None:
        """Say what the coach allows of the plan to a person who is new to it."""
        fewer = (allowed.planned_sets or 0) < (draft.planned_sets or 0)
        reps = max(planned_reps(asked) for asked in allowed.sets)
        limited = draft.ramp_in is not None and (
            fewer or reps < max(planned_reps(asked) for asked in draft.sets)
        )
        text = texts().sheet.limited(allowed.planned_sets, reps) if limited else ""
        self.limits.setText(text)
        self.limits.setVisible(bool(text))

    def show_back(self, text: str) -> None:
        """Show where the large button leads."""
        self.back_button.setText(text)
        self.back_button.setAccessibleName(text)

    def say_changed(self, text: str) -> None:
        """Say that the plan is changed, and for how long; empty: nothing."""
        self.changed.say(text)
        self.changed.setVisible(bool(text))

    def say_trouble(self, text: str) -> None:
        """Say what cannot be used; empty: nothing."""
        self.trouble.say(text)
        self.trouble.setVisible(bool(text))

    def _total(self, sheet: PlanSheet) -> str:
        if sheet.is_open:
            return self.tr("repeated until you stop")
        sets = [row.asked for row in sheet.rows]
        reps = sum(planned_reps(asked) for asked in sets)
        one, many = self.tr("1 set"), self.tr("{sets} sets")
        parts = (
            (one if len(sets) == 1 else many).format(sets=len(sets)),
            self.tr("{reps} reps").format(reps=reps) if reps else "",
            self.tr("about {minutes} min").format(minutes=round(minutes_of(sets))),
        )
        return " · ".join(part for part in parts if part)
