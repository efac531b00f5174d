"""The thread beside the window: one asyncio loop for the life of the process.

Bleak needs a loop that keeps running, and a slow window must never hold up a sample: the loop
records and computes, and leaves its updates in a queue that the window polls.
"""

import asyncio
import contextlib
import importlib
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from processing.calibration.calibration_steps import FULL, CalibrationStep
from processing.session import Session, SessionOutput, SessionReport
from sensor.errors import ToepointError
from sensor.types import JsonValue, SessionHeader

T = TypeVar("T")
MAX_WAITING = 20_000
"""Batches kept for a window that does not poll, some minutes; the recording has everything."""


class Worker:
    """A thread that runs coroutines. Create one; call :meth:`stop` at the end."""

    def __init__(self) -> None:
        # Made here, run in the thread: a coroutine can be submitted at once.
        self._loop = asyncio.new_event_loop()
        self._owner = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        # A daemon: a Bluetooth service that hangs must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name="toepoint-worker", daemon=True)
        self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        """Start ``coroutine`` in the loop; the future gets its result or error."""
        return asyncio.run_coroutine_threadsafe(self._tracked(coroutine), self._loop)

    def submit_alone(self, make: Callable[[], Coroutine[Any, Any, T]]) -> "Future[T]":
        """Start the coroutine that ``make`` returns once the one before it has ended.

        A cancelled future is done at once, but its coroutine may still be disconnecting a sensor; a
        search or session in that moment would find the sensor in use.
        """

        async def run() -> T:
            async with self._owner:
                return await make()

        return self.submit(run())

    def load(self, *modules: str) -> None:
        """Load slow modules in another thread, so that nothing waits for them later."""
        for name in modules:
            self.in_background(partial(importlib.import_module, name))

    def in_background(self, work: Callable[[], T]) -> "Future[T]":
        """Run ``work`` in a thread of its own; the future gets its result or error.

        The process does not wait for it when the window closes.
        """
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            # Errors of any kind: the caller who waits for the result gets them.
            except BaseException as error:  # noqa: BLE001
                future.set_exception(error)

        threading.Thread(target=run, name="toepoint-background", daemon=True).start()
        return future

    def call(self, function: Callable[..., object], *args: object) -> None:
        """Call ``function`` in the thread of the loop, soon."""
        self._loop.call_soon_threadsafe(function, *args)

    def stop(self, timeout_s: float = 5.0) -> None:
        """End all coroutines, which close recordings and disconnect sensors, then the thread."""
        self.end_all(timeout_s)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout_s)

    def end_all(self, timeout_s: float = 5.0) -> None:
        """End all coroutines and wait for them, but not for ever: the window must close."""
        ending = asyncio.run_coroutine_threadsafe(self._cancel_all(), self._loop)
        # The thread is a daemon: what hangs ends with the process.
        with contextlib.suppress(TimeoutError):
            ending.result(timeout_s)

    async def _tracked(self, coroutine: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this runs in a task
        self._running.add(task)
        try:
            return await coroutine
        finally:
            self._running.discard(task)

    async def _cancel_all(self) -> None:
        running = [*self._running]
        for task in running:
            # Only what was submitted: each ends the tasks that it started, in its own order. One
            # that is ending must be able to close its recording and sensors.
            if not task.cancelling():
                task.cancel()
        # Errors were given to the futures already.
        await asyncio.gather(*running, return_exceptions=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()


class RunningSession:
    """A session in the worker, as the window sees it."""

    def __init__(self, worker: Worker, make: Callable[[Callable[..., None]], Session]) -> None:
        self._worker = worker
        self._updates: deque[Sequence[SessionOutput]] = deque(maxlen=MAX_WAITING)
        self._session = make(self._updates.append)
        self.future: Future[SessionReport] = worker.submit_alone(self._session.run)

    @property
    def header(self) -> SessionHeader | None:
        """The header of the session; None until its source is open."""
        return self._session.header

    @property
    def now_s(self) -> float | None:
        """The present time in s since the start of the session; None before its first item."""
        return self._session.now_s

    def take(self) -> list[SessionOutput]:
        """Return the outputs since the last call, oldest first, without waiting."""
        taken: list[SessionOutput] = []
        while self._updates:
            taken += self._updates.popleft()
        return taken

    def add_input(self, kind: str, data: Mapping[str, JsonValue] | None = None) -> None:
        """Add an input of the person to the session, now."""
        self._worker.call(self._session.add_input, kind, data)

    def guide(
        self, steps: Sequence[CalibrationStep] = FULL, data: Mapping[str, JsonValue] | None = None
    ) -> None:
        """Guide through the calibration from now on; ``data`` is recorded with it."""
        self._worker.call(self._session.guide, steps, data)

    def redo(self, step: CalibrationStep) -> None:
        """Ask for a calibration step again."""
        self._worker.call(self._session.redo, step)

    def end_guide(self) -> None:
        """End the guide of the calibration."""
        self._worker.call(self._session.end_guide)

    def error(self) -> str:
        """Return the error that ended the session; empty for none.

        Raises
        ------
        Exception
            A bug: it must be seen, not swallowed.
        """
        if self.future.cancelled():
            return ""
        error = self.future.exception()
        if error is None:
            return ""
        if isinstance(error, ToepointError):
            return str(error)
        raise error

    def end(self) -> None:
        """End the session; the recording is closed before the future is done."""
        self._worker.call(self.future.cancel)
