"""The word that shows for two seconds that a key, a load or an answer was taken. No Qt."""

from dataclasses import dataclass
from enum import Enum, auto

from gui.models.questions import Question

SHOWN_S = 2.0
"""Long enough to be read at a glance, short enough not to hide the next one."""


class Taken(Enum):
    """The kinds of input of which the person is told."""

    MARK = auto()
    LOAD = auto()
    ANSWER = auto()
    REZERO_WAITS = auto()
    """A new zero was asked for in a set: it waits for the rest."""
    REZERO_CANCELLED = auto()
    REZEROED = auto()
    """The new zero is in force."""
    ZERO_KEPT = auto()
    """The pose was no neutral pose: the zero before stays."""


@dataclass(frozen=True, slots=True)
class Notice:
    """An input that was taken."""

    taken: Taken
    """Its kind."""
    value: float | None = None
    """The load in the person's unit, the answer (None: declined), or the time of a mark in s."""
    question: Question | None = None
    """The question that was answered."""


class Notices:
    """The newest notice, for :data:`SHOWN_S` from when it was made. Times are of the monotonic clock in s."""

    def __init__(self) -> None:
        self._newest: Notice | None = None
        self._until_s = 0.0

    def show(self, notice: Notice, wall_s: float) -> None:
        """Show ``notice`` from ``wall_s`` on, in place of an older one."""
        self._newest, self._until_s = notice, wall_s + SHOWN_S

    def at(self, wall_s: float) -> Notice | None:
        """Return the notice to show at ``wall_s``; None for none."""
        return self._newest if wall_s < self._until_s else None
