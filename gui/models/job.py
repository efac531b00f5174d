"""A longer work beside the window, that says how far it is and can be given up. No Qt."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from gui.models.worker import Worker
from processing.review.read_recording import Progress

T = TypeVar("T")


class _GivenUpError(Exception):
    """Ends a work that nobody waits for any more."""


class Job(Generic[T]):
    """Runs ``work`` in a thread; ``work`` is handed what it tells its progress to.

    Attributes
    ----------
    share
        How much is done, from 0 to 1.
    """

    def __init__(self, worker: Worker, work: Callable[[Progress], T]) -> None:
        self.share = 0.0
        self._given_up = False
        self._future = worker.submit(asyncio.to_thread(work, self._report))

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._future.done()

    def give_up(self) -> None:
        """Have it end at its next word of progress."""
        self._given_up = True

    def result(self) -> T | None:
        """Return the result of a job that is done, None if it was given up; raise its error."""
        if self._future.cancelled():
            return None
        error = self._future.exception()
        if isinstance(error, _GivenUpError):
            return None
        return self._future.result()

    def _report(self, share: float) -> None:
        if self._given_up:
            raise _GivenUpError
        self.share = share
