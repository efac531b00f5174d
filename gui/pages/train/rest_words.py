"""The words of a rest: the clock, the result of the set that is over, and the set that comes next."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject

from gui.models.questions import Question
from gui.models.train import TrainModel
from gui.models.train_set import LiveSet
from gui.models.train_view import Face
from gui.pages.train.train_words import TrainWords
from gui.translations import texts
from gui.translations.decimals import plain
from gui.widgets.shapes import MARKS
from processing.coach.set_fields import read_number
from processing.judge.checks import Grade


@dataclass(frozen=True, slots=True)
class RestText:
    """The values of the card of the rest."""

    what: str = ""
    """The state of the session."""
    where: str = ""
    """The number of the next set, in words."""
    clock: str = ""
    """The time that is left; with a plus the time over it; empty without a clock."""
    of: str = ""
    """The planned rest, or that it is over."""
    share: float = 0.0
    """Share of the rest that is left."""
    result: str = ""
    """The set that is over, in one sentence."""
    advice: str = ""
    """The advice for the next set."""
    color: str = "text"
    """The colour of the advice, a name of the palette."""
    reserve: int | None = None
    """The answer to how many more reps there would have been; None without one."""


@dataclass(frozen=True, slots=True)
class NextText:
    """The values of the card of the next set."""

    title: str = ""
    """The number of the set, in words."""
    load: str = ""
    """With its unit; empty if not known."""
    reps: str = ""
    """Planned reps; empty in a set until the person stops."""
    lowering: str = ""
    """Asked time of a lowering; empty without a tempo."""
    note: str = ""
    """The reason of the load; empty if it is the usual one."""


class RestWords(QObject):
    """Says what the model of Train means in a rest."""

    def __init__(self, model: TrainModel, words: TrainWords) -> None:
        super().__init__()
        self._model, self._words = model, words

    @property
    def current(self) -> LiveSet | None:
        """The set that is over."""
        current = self._model.current
        return current if current is not None and current.t_end is not None else None

    def rest(self, face: Face) -> RestText:
        """Return the values of the card of the rest."""
        model, words, current = self._model, self._words, self.current
        rest = model.rest()
        done = face is Face.DONE
        clock, of, share = "", "", 0.0
        if rest is not None and not done:
            over = rest.left_s <= 0.0
            # The clock shows 0:00 only when the rest is over.
            clock = f"+{words.clock(rest.left_s)}" if over else words.clock(math.ceil(rest.left_s))
            total = words.clock(rest.total_s)
            of = (
                words.until(model.number, over=True)
                if over
                else self.tr("of {time}").format(time=total)
            )
            share = 0.0 if over or not rest.total_s else rest.left_s / rest.total_s
        answer = read_number(model.inputs.questions.answers.get(Question.RESERVE))
        advice, color = self._advice(current)
        return RestText(
            self.tr("All planned sets are done") if done else self.tr("Rest"),
            "" if done else self._where(),
            clock,
            of,
            share,
            self.result(current),
            advice,
            color,
            None if answer is None else round(answer),
        )

    def result(self, current: LiveSet | None) -> str:
        """Return the set that is over in one sentence."""
        if current is None:
            return ""
        whole = [v for v in current.verdicts if not v.rep.partial]
        raises = current.exercise.measures_height
        best = max((math.degrees(v.measures.rom) for v in whole), default=None) if raises else None
        return texts().rest.set_result(
            current.count, current.judged, current.good, current.lowering_s, best
        )

    def _advice(self, current: LiveSet | None) -> tuple[str, str]:
        """Return what to do in the next set, and the colour of it."""
        if current is None or not current.count:
            return "", "text"
        if current.fault is None:
            all_good = current.good == current.judged == current.count
            return (texts().rest.same_again(), "good") if all_good else ("", "text")
        color = MARKS[current.fault.grade].value
        return texts().rest.next_time(current.fault.numbers, current.fault.reason), color

    def advice(self) -> str:
        """Return what to do in the next set."""
        return self._advice(self.current)[0]

    def advice_color(self) -> str:
        """Return the colour of it, a name of the palette."""
        return self._advice(self.current)[1]

    def curve_name(self, current: LiveSet) -> tuple[int | None, str]:
        """Return the index of the worst rep and the name of its curve; None without a fault."""
        fault = current.fault
        if fault is None or fault.grade is Grade.NOT_JUDGED:
            return None, ""
        number = current.verdicts[fault.index].rep.number
        return fault.index, texts().rest.on_curve(number, fault.reason)

    def short_name(self, current: LiveSet) -> str:
        """Return the name of the curve of the worst rep in two or three words."""
        if current.fault is None:
            return ""
        number = current.verdicts[current.fault.index].rep.number
        why = texts().verdicts.correction(current.fault.reason.correction)
        return self.tr("rep {number}: {why}").format(number=number, why=why)

    def set_note(self, unit: str) -> str:
        """Return what was asked in the set that is over."""
        planned = (
            self._model.plan.planned(self._model.current.number) if self._model.current else None
        )
        if planned is None:
            return ""
        parts = (self._words.load(planned.load, unit), planned.tempo)
        return " · ".join(part for part in parts if part)

    def next_set(self, unit: str) -> NextText:
        """Return the values of the card of the next set."""
        planned, words = self._model.planned, self._words
        tempo = planned.prescription.tempo
        return NextText(
            self.tr("Next: set {number}").format(number=planned.number),
            words.load(planned.load, unit),
            str(planned.reps) if planned.reps else "",
            f"{plain(tempo.eccentric_s)} s" if tempo is not None else "",
            words.ratio(planned),
        )

    def _where(self) -> str:
        number, sets = self._model.number, self._model.plan.protocol.planned_sets
        if sets is None or number > sets:
            return self.tr("set {number} next").format(number=number)
        return self.tr("set {number} of {sets} next").format(number=number, sets=sets)
