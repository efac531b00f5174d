"""A longer job in a thread, with progress, that can be given up. No Qt."""

from collections.abc import Callable
from concurrent.futures import wait
from functools import partial
from typing import Generic, TypeVar

from gui.models.worker import Worker
from processing.review.read_recording import Progress

T = TypeVar("T")


class _GivenUpError(Exception):
    """Raised inside a job that was given up, to end it."""


class Job(Generic[T]):
    """A job that runs ``work`` in a thread; ``work`` gets a function to report its progress.

    Attributes
    ----------
    share
        The share that is done, from 0 to 1.
    """

    def __init__(self, worker: Worker, work: Callable[[Progress], T]) -> None:
        self.share = 0.0
        self._given_up = False
        self._future = worker.in_background(partial(work, self._report))

    @property
    def done(self) -> bool:
        """Whether it has ended, with a result or an error."""
        return self._future.done()

    def give_up(self) -> None:
        """End it at its next report of progress."""
        self._given_up = True

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, ``seconds`` at most."""
        wait([self._future], seconds)

    def result(self) -> T | None:
        """Return the result of a job that is done; None if it was given up.

        Raises
        ------
        Exception
            The error with which the work ended.
        """
        error = self._future.exception()
        if isinstance(error, _GivenUpError):
            return None
        return self._future.result()

    def _report(self, share: float) -> None:
        # Threads cannot be stopped from outside; a job ends itself where it reports.
        if self._given_up:
            raise _GivenUpError
        self.share = share
