"""Where a session comes from, named by a string: ``file:``, ``sim:`` or ``ble:``.

- ``file:PATH`` replays a recording,
- ``sim:`` plays a simulated session; its keys are in :mod:`sensor.simulation.simulation_text`,
- ``ble:`` streams live, see :mod:`sensor.ble.source`.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Protocol

from sensor.errors import SourceError
from sensor.types import OUTPUTS, Event, EventKind, Item, SessionHeader

BATCH_S = 0.003
"""Items that are due within this time are yielded together."""
_ITEMS_A_TURN = 256
"""How many items are yielded before other tasks get their turn."""


class Source(Protocol):
    """A session as it happens, or happens again."""

    async def open(self) -> SessionHeader:
        """Get ready, and return the session's header."""
        ...

    def stream(self) -> AsyncIterator[Item]:
        """Yield notifications and events in order of time, until the session ends."""
        ...

    async def close(self) -> None:
        """Let go of files and radios; may be called at any time, and twice."""
        ...


def open_source(
    text: str, *, speed: float | None = 1.0, on_event: Callable[[Event], None] | None = None
) -> Source:
    """Return the source that ``text`` names; nothing is opened yet.

    Parameters
    ----------
    text
        ``file:PATH``, ``sim:key=value,…`` or ``ble:…``.
    speed
        How many times real time a recording or a simulation plays; None: as fast as possible.
        Live sensors take no notice of it.
    on_event
        Called with every ``link`` event as it happens, by live sensors also while they are opened.

    Raises
    ------
    SourceError
        If ``text`` names no source, a key is unknown, a value or the speed is not allowed.
    """
    scheme, colon, rest = text.partition(":")
    if speed is not None and not 0.0 < speed < math.inf:
        raise SourceError(text, f"its speed is {speed:g}; it must be more than 0, or none")
    if not colon or scheme not in {"file", "sim", "ble"}:
        raise SourceError(text, "it must start with file:, sim: or ble:", position=0)
    if scheme == "file":
        if not rest:
            raise SourceError(text, "the path of a recording must follow", position=len(text))
        return PacedSource(lambda: _recorded(Path(rest)), speed, on_event)
    if scheme == "sim":
        from sensor.simulation.simulation_text import parse_simulation  # noqa: PLC0415 - scipy is slow to load

        parameters = parse_simulation(text)

        def simulated() -> tuple[SessionHeader, Iterable[Item]]:
            from sensor.simulation.simulated_session import simulate  # noqa: PLC0415 - as above

            session = simulate(parameters)
            return session.header, session.items

        return PacedSource(simulated, speed, on_event)
    from sensor.ble.source import open_ble  # noqa: PLC0415 - only live sensors need Bleak

    return open_ble(text, on_event=on_event)


def _recorded(path: Path) -> tuple[SessionHeader, Iterable[Item]]:
    from sensor.recording import open_recording  # noqa: PLC0415 - only replay needs MCAP

    recording = open_recording(path)
    return recording.header, recording.items()


class PacedSource:
    """A source that plays a session that is known beforehand, at its own pace.

    Each item is due at its time since the session's start, on a schedule that is fixed when the
    stream begins: a late item does not delay the ones after it. What the program itself said is
    left out.
    """

    def __init__(
        self,
        load: Callable[[], tuple[SessionHeader, Iterable[Item]]],
        speed: float | None,
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        self._load = load
        self._speed = speed
        self._on_event = on_event
        self._header: SessionHeader | None = None
        self._items: Iterable[Item] = ()
        self._closed = False

    async def open(self) -> SessionHeader:
        """Load the session in a thread, since that may take seconds; return its header."""
        header, self._items = await asyncio.to_thread(self._load)
        self._header = header
        return header

    async def stream(self) -> AsyncIterator[Item]:
        """Yield the items when they are due; calls :meth:`open` if no one has."""
        header = self._header or await self.open()
        pace = _Pace(header.start_ns, self._speed)
        for count, item in enumerate(self._items):
            if isinstance(item, Event) and item.kind in OUTPUTS:
                continue
            wait_s = pace.wait_s(item.t_ns)
            if wait_s > 0.0 or count % _ITEMS_A_TURN == 0:
                await asyncio.sleep(wait_s)
            if self._closed:
                return
            if self._on_event and isinstance(item, Event) and item.kind == EventKind.LINK:
                self._on_event(item)
            yield item

    async def close(self) -> None:
        """End the stream before its next item."""
        self._closed = True


class _Pace:
    """The schedule of a replay: session time to the event loop's clock, fixed at the start."""

    def __init__(self, start_ns: int, speed: float | None) -> None:
        self._start_ns = start_ns
        self._speed = speed
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()

    def wait_s(self, t_ns: int) -> float:
        """Return how long to sleep until an item of ``t_ns`` is due: 0 if it as good as is."""
        if self._speed is None:
            return 0.0
        due = self._began + (t_ns - self._start_ns) * 1e-9 / self._speed
        ahead = due - self._loop.time()
        return ahead if ahead > BATCH_S else 0.0
