"""The end of a command: Ctrl-C, the system's request or a closed terminal close everything first."""

import asyncio
import contextlib
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from types import FrameType
from typing import Any, TextIO, TypeVar

T = TypeVar("T")

REQUESTS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""The signals that ask a program to end; SIGHUP comes when its terminal is closed."""
ENDING_S = 5.0
"""An ending takes less than two seconds; after this time another request ends the program at once."""


def run_until_ended(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work``; the first request to end cancels it, and it can close what it has open.

    Further requests change nothing, since an ending that is broken off would leave sensors on. A
    terminal or pipe that is closed takes no more output, but ends nothing by itself.

    Raises
    ------
    SystemExit
        With 128 plus the number of the signal, as shells report it, if ``work`` was cancelled.
    """
    asked: list[int] = []

    async def guarded() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None  # noqa: S101 - this runs in a task

        def end() -> None:
            loop.call_soon_threadsafe(task.cancel)

        with _requests(asked, end):
            return await work

    with (
        contextlib.redirect_stdout(_LastingOutput(sys.stdout)),
        contextlib.redirect_stderr(_LastingOutput(sys.stderr)),
    ):
        try:
            return asyncio.run(guarded())
        except asyncio.CancelledError:
            raise SystemExit(128 + asked[0] if asked else 1) from None


@contextlib.contextmanager
def _requests(asked: list[int], end: Callable[[], None]) -> Iterator[None]:
    """Call ``end`` at the first request, whose number is put into ``asked``."""
    # Only this thread may change what signals do; elsewhere nobody sends any.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    since_s = 0.0

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal since_s
        if not asked:
            asked.append(number)
            since_s = time.monotonic()
            end()
        elif time.monotonic() > since_s + ENDING_S:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    # A signal that is ignored, as by nohup, stays ignored.
    before = {one: signal.getsignal(one) for one in REQUESTS}
    for one, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(one, handle)
    try:
        yield
    finally:
        # Once the program ends, nothing may disturb what it still prints and saves.
        if not asked:
            for one, handler in before.items():
                signal.signal(one, handler)


class _LastingOutput(io.TextIOBase):
    """An output that drops what its terminal or pipe no longer takes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write ``text``."""
        try:
            return self._stream.write(text)
        except OSError:
            self._give_up()
            return len(text)

    def flush(self) -> None:
        """Write what waits."""
        # Python flushes it once more when it is collected, perhaps after the end of the stream.
        if self._stream.closed:
            return
        try:
            self._stream.flush()
        except OSError:
            self._give_up()

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return self._stream.isatty()

    def _give_up(self) -> None:
        """Send all further output nowhere, also that of the stream itself."""
        with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), self._stream.fileno())
