"""Planned sets in words and numbers."""

from PySide6.QtCore import QObject

from gui.models.plan import SheetRow
from gui.models.plan_steps import TempoPart
from gui.models.train_plan import Stage
from gui.translations.decimals import plain
from gui.translations.load_words import load_words
from gui.translations.set_words import exercise_words
from processing.coach.protocol import LoadRule, Prescription, SetType
from processing.exercises.exercise import LEG_CURL, Exercise
from processing.judge.tempo import Tempo


class PlanWords(QObject):
    """Says what a set of the plan asks."""

    def kind(self, kind: SetType, exercise: Exercise) -> str:
        """Return what is asked of the toes, in a few words."""
        if kind is SetType.FREE and exercise.key != LEG_CURL:
            return exercise_words(exercise.key)
        return self.short_kind(kind)

    def short_kind(self, kind: SetType) -> str:
        """Return what is asked of the toes, whatever the exercise."""
        return {
            SetType.B: self.tr("up, then pointed"),
            SetType.DF: self.tr("toes up"),
            SetType.PF: self.tr("pointed"),
            SetType.B2: self.tr("two up, one down"),
            SetType.FREE: self.tr("free"),
        }[kind]

    def reps(self, asked: Prescription) -> str:
        """Return the reps: a number, a range, or that the person stops."""
        if asked.to_failure:
            return self.tr("until you stop")
        least, most = asked.reps
        return str(least) if least == most else f"{least}\N{EN DASH}{most}"

    def tempo(self, asked: Prescription) -> str:
        """Return the tempo in its notation."""
        return self.tr("free") if asked.tempo is None else asked.tempo.notation

    def part(self, tempo: Tempo | None, part: TempoPart) -> str:
        """Return one number of a tempo."""
        if tempo is None:
            return "\N{EN DASH}"
        value = part.of(tempo)
        return "X" if value is None else self.tr("{seconds} s").format(seconds=plain(value))

    def rest(self, rest_s: float) -> str:
        """Return a rest as a clock shows it."""
        minutes, seconds = divmod(round(rest_s), 60)
        return f"{minutes}:{seconds:02d}"

    def load(self, row: SheetRow, unit: str, exercise: Exercise) -> str:
        """Return the load; a dash where nobody knows it yet."""
        words = self.tr("plates") if unit == "plates" else unit
        return load_words(row.load, words, exercise) or "\N{EN DASH}"

    def by_ratio(self, asked: Prescription) -> bool:
        """Return whether the load follows that of another set."""
        return asked.load is LoadRule.RATIO

    def row(self, row: SheetRow, unit: str, exercise: Exercise) -> str:
        """Return a set as one sentence for a screen reader."""
        stages = {
            Stage.DONE: self.tr("done"),
            Stage.NOW: self.tr("next"),
            Stage.NEXT: "",
        }
        asked = row.asked
        parts = [
            self.tr("set {number}").format(number=row.number),
            stages[row.stage],
            self.kind(asked.type, exercise),
            self.tr("{reps} reps").format(reps=self.reps(asked)),
            self.tr("tempo {tempo}").format(tempo=self.tempo(asked)),
            self.load(row, unit, exercise),
            self.tr("rest {time}").format(time=self.rest(asked.rest_s)),
        ]
        return ", ".join(part for part in parts if part)
