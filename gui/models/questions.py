"""What a person is asked once in a session, and what of it is answered. No Qt."""

from collections.abc import Mapping
from enum import Enum

from processing.coach.plan_events import SessionState
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from sensor.types import JsonValue


class Question(Enum):
    """A question, by the event that answers it; no answer is an answer, too."""

    SORENESS = PlanEventKind.SORENESS
    """Before the first set of a protocol that is not for sore legs."""
    RESERVE = PlanEventKind.RESERVE
    """After the last set: how many more reps there would have been."""
    EXERTION = PlanEventKind.EXERTION
    """At the end: how hard the whole session was."""

    @property
    def key(self) -> str:
        """What the answer is called in the event."""
        return self.value.removeprefix("plan.")

    @property
    def most(self) -> int:
        """The largest answer."""
        return 5 if self is Question.RESERVE else 10

    def answer(self, value: int | None) -> Mapping[str, int | None]:
        """Return the data of the event; None: not answered."""
        return {self.key: value}


class Questions:
    """Asks each question once; of a session that is nobody's own (``asks`` False) none.

    ``answers`` holds what was said so far, None where somebody would rather not.
    """

    def __init__(self, *, asks: bool) -> None:
        self._asks = asks
        self.answers: dict[Question, JsonValue] = {}

    def take(self, happened: SessionEvent) -> None:
        """Take an event that may be an answer."""
        for each in Question:
            if each.value == happened.kind:
                self.answers[each] = happened.data.get(each.key)

    def ask_reserve_again(self) -> None:
        """Let the next set have its own answer."""
        self.answers.pop(Question.RESERVE, None)

    def now(self, state: SessionState, *, begun: bool, guards: bool) -> Question | None:
        """Return what to ask in ``state``; ``begun``: there was a set; ``guards``: a ramp-in is in force."""
        asked: list[Question] = []
        if not begun and guards and state in (SessionState.BEFORE, SessionState.READY):
            asked = [Question.SORENESS]
        elif state is SessionState.DONE:
            asked = [Question.RESERVE, Question.EXERTION] if begun else []
        left = [each for each in asked if each not in self.answers]
        return left[0] if left and self._asks else None
