"""A new zero that was asked for in a set waits for the rest: the person is busy, and moves. No Qt."""

from enum import Enum, auto


class RezeroStep(Enum):
    """The step to do now."""

    BEGIN = auto()
    """Ask for the still pose."""
    STOP = auto()
    """Stop asking: the pauses of a set are no neutral poses."""
    WAIT = auto()
    CANCEL = auto()


class Rezero:
    """The wish for a new zero.

    Attributes
    ----------
    waiting
        Whether it waits for the rest.
    running
        Whether the person is asked for the still pose.
    """

    def __init__(self) -> None:
        self.waiting = False
        self.running = False

    def press(self, *, in_set: bool) -> RezeroStep:
        """Take the key of the new zero; a second press takes the first one back."""
        if self.running:
            self.running = False
            return RezeroStep.CANCEL
        if self.waiting:
            self.waiting = False
            return RezeroStep.CANCEL
        self.waiting, self.running = in_set, not in_set
        return RezeroStep.WAIT if in_set else RezeroStep.BEGIN

    def follow(self, *, in_set: bool) -> RezeroStep | None:
        """Return what the beginning or the end of a set changes; None for nothing."""
        if self.waiting and not in_set:
            self.waiting, self.running = False, True
            return RezeroStep.BEGIN
        if self.running and in_set:
            self.waiting, self.running = True, False
            return RezeroStep.STOP
        return None

    def end(self) -> None:
        """Take that nobody asks for the still pose any more."""
        self.running = False
