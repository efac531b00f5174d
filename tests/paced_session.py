"""Sessions that play as fast as possible up to a given time and wait there, so that no test is a race."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from gui.models.worker import RunningSession
from processing.session import Session
from sensor.ble.remedies import LinkFault
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, SessionHeader
from tests.patience import PATIENCE_S

OnEvent = Callable[[Event], None]
CLOCKED = (
    "gui.pages.app_state",
    "gui.pages.train.train_page",
    "gui.pages.train.train_windows",
    "gui.shell.window",
)
"""The modules that read the clock while a session runs."""
PAUSE_S = 0.01
PAUSE = "pause"
"""The kind of event that a waiting session sends."""
SET_EVENTS = frozenset({EventKind.SET_START, EventKind.SET_END})


@cache
def simulated(text: str) -> SimulatedSession:
    """Return the session of ``text``; each text is simulated only once."""
    return simulate(parse_simulation(text))


class PacedSource:
    """A simulated session that waits at ``until_s``, which any thread may increase.

    Events of the kinds in ``leave_out`` are left out: a test may add its own.
    """

    def __init__(
        self,
        text: str,
        on_event: OnEvent | None = None,
        leave_out: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.until_s = 0.0
        self.waiting_at_s = -1.0
        self._on_event = on_event
        self._leave_out = leave_out
        self._closed = False

    async def open(self) -> SessionHeader:
        """Return the header of the session."""
        return (await asyncio.to_thread(simulated, self.text)).header

    async def stream(self) -> AsyncIterator[Item]:
        """Yield the items up to ``until_s``, then pauses until that is increased, and so on."""
        session = simulated(self.text)
        paused_at_s = -1.0
        for item in session.items:
            t = (item.t_ns - session.header.start_ns) / 1e9
            while t > self.until_s and not self._closed:
                # Repeated, because a key that is pressed meanwhile gets the time of the last item
                # plus the time since it came.
                yield Event(item.t_ns, PAUSE, {})
                # The first pause may end a batch of samples, which is handed on before the second one is taken.
                self.waiting_at_s, paused_at_s = paused_at_s, self.until_s
                await asyncio.sleep(PAUSE_S)
            if self._closed:
                return
            if isinstance(item, Event):
                if item.kind in self._leave_out:
                    continue
                if self._on_event is not None and item.kind == EventKind.LINK:
                    self._on_event(item)
            yield item
        self.waiting_at_s = self.until_s

    def configure_again(self, source: str, fault: LinkFault) -> None:
        """Do nothing; see ``sensor.sources.Source``."""

    async def close(self) -> None:
        """End the stream."""
        self._closed = True


async def play_in_steps(
    session: Session,
    source: PacedSource,
    step_s: float = 0.25,
    run: Coroutine[Any, Any, object] | None = None,
) -> None:
    """Run ``session`` to its end in steps of ``step_s``; each is handled before the next is played.

    ``run`` is what runs the session, its own ``run`` unless given.
    """
    running = asyncio.create_task(session.run() if run is None else run)
    while not running.done():
        if _has_arrived(session, source):
            source.until_s += step_s
        await asyncio.sleep(PAUSE_S / 5)
    await running


def _has_arrived(session: Session, source: PacedSource) -> bool:
    """Return whether ``session`` waits at its time and has handed on everything before it."""
    # An item leaves the queue only after the output of the item before it was handed on; the last one is a pause
    # that follows another one, for which nothing is left to do.
    return source.waiting_at_s == source.until_s and session._queue.empty()


class Pacer:
    """A replacement of ``open_source`` and of the window's clock; it holds the session it opened last."""

    def __init__(self, text: str | None = None, leave_out: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.leave_out = leave_out
        self.source: PacedSource | None = None
        self._before_s = 0.0

    def drive(self, patch: pytest.MonkeyPatch) -> None:
        """Replace the source and the clock of all windows."""
        patch.setattr("gui.pages.app_state.open_source", self.open_source)
        for module in CLOCKED:
            patch.setattr(f"{module}.time", SimpleNamespace(monotonic=self.clock))

    def clock(self) -> float:
        """Return the time up to which the sessions play, s.

        It stands still while a session waits, which then does not look like a silent sensor.
        """
        return self._before_s + (self.source.until_s if self.source is not None else 0.0)

    def open_source(
        self,
        text: str,
        *,
        speed: float | None,
        on_event: OnEvent | None = None,
        skip_to: EventKind | None = None,
        skip_s: float = 0.0,
    ) -> PacedSource:
        """Return the session of ``text``, or of the pacer's own text, waiting at its start."""
        self._before_s = self.clock()
        self.source = PacedSource(self.text or text, on_event, self.leave_out)
        return self.source

    def play_until(self, t: float, session: RunningSession | None) -> None:
        """Let ``session`` play until ``t`` s while the window does nothing: both together would be slow.

        The output waits for the window, which then takes all of it at once.
        """
        assert self.source is not None
        self.source.until_s = t
        end = time.monotonic() + PATIENCE_S
        while not self.has_arrived(session):
            assert time.monotonic() < end, "the session does not reach its time"
            time.sleep(0.002)

    def has_arrived(self, session: RunningSession | None) -> bool:
        """Return whether ``session`` waits at its time and has handed on everything before it."""
        if session is None or session.future.done():
            return True
        return self.source is not None and _has_arrived(session._session, self.source)
