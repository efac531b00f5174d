"""The reps of a set that wait until it is certain that they are reps."""

from dataclasses import replace

from processing.reps.set_life import UNMARKED_REPS
from processing.types import Rep, counted


class PendingReps:
    """The count of the set in hand, and its reps that are not handed over yet.

    All wait in a set that may be none. Those that ended above the start pose wait for the next one:
    they may be the movements of a person who gets off.

    Parameters
    ----------
    sure_lowering_s
        From a pose that is new, only lowerings of this length show that there is a set, s.

    Attributes
    ----------
    count
        Whole reps of the set so far.
    is_sure
        Whether what was seen is a set.
    """

    def __init__(self, sure_lowering_s: float) -> None:
        self._sure_lowering_s = sure_lowering_s
        self.new_set()

    def new_set(self) -> None:
        """Begin another set."""
        self.count = 0
        self.is_sure = True
        self._waiting: list[Rep] = []
        self._first_high: int | None = None

    @property
    def has_high(self) -> bool:
        """Whether a rep that ended above the start pose waits."""
        return self._first_high is not None

    def add(self, rep: Rep, *, high: bool, unfinished: bool) -> list[Rep]:
        """Add a ``rep``; return the reps that are certain now, as of when this one was noticed.

        Parameters
        ----------
        rep
            The rep, with its number.
        high
            Whether it ended above the start pose.
        unfinished
            Whether it was cut short.
        """
        self._waiting.append(rep)
        if high and (self.has_high or not rep.partial):
            if self._first_high is None:
                self._first_high = len(self._waiting) - 1
            return []
        if unfinished and self._first_high is not None:
            self._take_back(self._first_high)
        self._first_high = None
        self.is_sure = self.is_sure or self._shows_a_set()
        if not self.is_sure:
            return []
        certain = [replace(each, noticed_t=rep.noticed_t) for each in self._waiting]
        self._waiting.clear()
        return certain

    def _take_back(self, first: int) -> None:
        """Make the waiting reps from ``first`` on partial: the person was getting off."""
        self.count = self._waiting[first].number - 1
        self._waiting[first:] = [
            replace(rep, number=self.count, partial=True) for rep in self._waiting[first:]
        ]

    def _shows_a_set(self) -> bool:
        """Return whether the waiting reps are a set although nothing else says so."""
        # One may be any movement.
        lowered_s = (rep.t_bottom - rep.t_ecc for rep in counted(self._waiting))
        return sum(each >= self._sure_lowering_s for each in lowered_s) >= UNMARKED_REPS
