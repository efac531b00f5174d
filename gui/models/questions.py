"""The questions of a session, each asked once, and their answers. No Qt."""

from collections.abc import Mapping
from enum import Enum

from processing.coach.plan_events import SessionState
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from sensor.types import JsonValue


class Question(Enum):
    """A question, by the event that answers it; the person may decline."""

    SORENESS = PlanEventKind.SORENESS
    """Before the first set of a protocol that is not for sore legs."""
    RESERVE = PlanEventKind.RESERVE
    """After the last set: how many more reps there would have been."""
    EXERTION = PlanEventKind.EXERTION
    """At the end: how hard the whole session was."""

    @property
    def key(self) -> str:
        """The key of the answer in the data of the event."""
        return self.value.removeprefix("plan.")

    @property
    def most(self) -> int:
        """The largest answer."""
        return 5 if self is Question.RESERVE else 10

    def answer(self, value: int | None) -> Mapping[str, int | None]:
        """Return the data of the event; None: declined."""
        return {self.key: value}


class Questions:
    """The questions of a session.

    Parameters
    ----------
    asks
        False for a session that is not the person's own: nothing is asked.

    Attributes
    ----------
    answers
        The answers so far; None for a declined question.
    """

    def __init__(self, *, asks: bool) -> None:
        self._asks = asks
        self.answers: dict[Question, JsonValue] = {}

    def take(self, event: SessionEvent) -> Question | None:
        """Record the answer, if ``event`` is one; return its question."""
        for each in Question:
            if each.value == event.kind:
                self.answers[each] = event.data.get(each.key)
                return each
        return None

    def ask_reserve_again(self) -> None:
        """Ask for the reserve again: each set may have its own answer."""
        self.answers.pop(Question.RESERVE, None)

    def now(self, state: SessionState, *, begun: bool, guards: bool) -> Question | None:
        """Return the question to ask now; None for none.

        Parameters
        ----------
        state
            The state of the session.
        begun
            Whether there was a set.
        guards
            Whether the protocol has a ramp-in, which depends on soreness.
        """
        asked: list[Question] = []
        if not begun and guards and state in (SessionState.BEFORE, SessionState.READY):
            asked = [Question.SORENESS]
        elif state is SessionState.DONE:
            asked = [Question.RESERVE, Question.EXERTION] if begun else []
        # A declined question is answered by None and is not asked again.
        left = [each for each in asked if each not in self.answers]
        return left[0] if left and self._asks else None
