"""The sources of a session, each named by a string: ``file:``, ``sim:`` or ``ble:``.

- ``file:PATH`` replays a recording.
- ``sim:`` plays a simulated session; :mod:`sensor.simulation.simulation_text` lists its keys.
- ``ble:`` streams from live sensors; see :mod:`sensor.ble.source`.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Protocol

from sensor.ble.remedies import LinkFault
from sensor.errors import SourceError
from sensor.in_thread import in_thread
from sensor.types import OUTPUTS, Event, EventKind, Item, SessionHeader

BATCH_S = 0.003
"""Items that are due within this time are yielded together: an event loop sleeps no shorter."""
_ITEMS_A_TURN = 256
"""Items that are yielded before other tasks get a turn: at full speed nothing else would wait."""


class Source(Protocol):
    """A session that is live, or is played again."""

    async def open(self) -> SessionHeader:
        """Prepare the session and return its header."""
        ...

    def stream(self) -> AsyncIterator[Item]:
        """Yield notifications and events in order of time until the session ends."""
        ...

    def configure_again(self, source: str, fault: LinkFault) -> None:
        """Ask for a sensor to be configured again, if it is live.

        Parameters
        ----------
        source
            The sensor, as in :attr:`sensor.types.SensorInfo.source`.
        fault
            The reason; the ``link`` event that follows states it.
        """
        ...

    async def close(self) -> None:
        """Release files and radios. It may be called at any time, and more than once."""
        ...


def open_source(
    text: str,
    *,
    speed: float | None = 1.0,
    on_event: Callable[[Event], None] | None = None,
    skip_to: EventKind | None = None,
    skip_s: float = 0.0,
) -> Source:
    """Return the source that ``text`` names, without opening it.

    Parameters
    ----------
    text
        ``file:PATH``, ``sim:key=value,…`` or ``ble:…``.
    speed
        Speed at which a recording or a simulation plays, as a multiple of real time; None plays it
        as fast as possible. Live sensors ignore it.
    on_event
        Called with every ``link`` event when it happens; by live sensors also during ``open``.
    skip_to
        Kind of an event. What a recording or a simulation has before the first one of it plays as fast
        as possible; None skips nothing. Live sensors ignore it.
    skip_s
        As much after that event is skipped as well, s.

    Raises
    ------
    SourceError
        If ``text`` names no source, a key is unknown, or a value or the speed is not allowed.
    """
    scheme, colon, rest = text.partition(":")
    if speed is not None and not 0.0 < speed < math.inf:
        raise SourceError(text, f"its speed is {speed:g}; it must be more than 0, or none")
    if not colon or scheme not in {"file", "sim", "ble"}:
        raise SourceError(text, "it must start with file:, sim: or ble:", position=0)
    if scheme == "file":
        if not rest:
            raise SourceError(text, "the path of a recording must follow", position=len(text))
        return PacedSource(lambda: _recorded(Path(rest)), speed, on_event, skip_to, skip_s)
    if scheme == "sim":
        from sensor.simulation.simulation_text import parse_simulation  # noqa: PLC0415 - only a simulation needs it

        parameters = parse_simulation(text)

        def simulated() -> tuple[SessionHeader, Iterable[Item]]:
            from sensor.simulation.simulated_session import simulate  # noqa: PLC0415 - as above

            session = simulate(parameters)
            return session.header, session.items

        return PacedSource(simulated, speed, on_event, skip_to, skip_s)
    from sensor.ble.source import open_ble  # noqa: PLC0415 - only live sensors need Bleak

    return open_ble(text, on_event=on_event)


def _recorded(path: Path) -> tuple[SessionHeader, Iterable[Item]]:
    from sensor.recording import open_recording  # noqa: PLC0415 - only replay needs MCAP

    recording = open_recording(path)
    return recording.header, recording.items()


class PacedSource:
    """A source that plays a recorded or simulated session at a given speed.

    Each item is due at its time since the start of the session, on a schedule that is fixed when
    the stream begins: a late item does not delay those after it. Outputs of the program
    (:data:`sensor.types.OUTPUTS`) are left out.

    Parameters
    ----------
    load
        Loads the session: its header and its items in order of time.
    speed, on_event, skip_to, skip_s
        As in :func:`open_source`.
    """

    def __init__(
        self,
        load: Callable[[], tuple[SessionHeader, Iterable[Item]]],
        speed: float | None,
        on_event: Callable[[Event], None] | None = None,
        skip_to: EventKind | None = None,
        skip_s: float = 0.0,
    ) -> None:
        self._load = load
        self._skip_to = skip_to
        self._skip_ns = round(skip_s * 1e9)
        self._speed = speed
        self._on_event = on_event
        self._header: SessionHeader | None = None
        self._items: Iterable[Item] = ()
        self._skipped_ns: int | None = None
        self._closed = False

    async def open(self) -> SessionHeader:
        """Load the session in a thread, which may take seconds, and return its header."""
        # A session of an hour takes seconds to check, in which the window must stay alive.
        header, self._items = await in_thread(self._load)
        if self._skip_to is not None:
            # Looked up here, because the schedule must be known before the first item.
            self._items = list(self._items)
            self._skipped_ns = next(
                (
                    i.t_ns + self._skip_ns
                    for i in self._items
                    if isinstance(i, Event) and i.kind == self._skip_to
                ),
                None,
            )
        self._header = header
        return header

    async def stream(self) -> AsyncIterator[Item]:
        """Yield the items when they are due; opens the session if it is not open yet."""
        header = self._header or await self.open()
        start_ns = header.start_ns if self._skipped_ns is None else self._skipped_ns
        pace = _Pace(start_ns, self._speed)
        for count, item in enumerate(self._items):
            # The program produces these again; replayed as well, they would be there twice.
            if isinstance(item, Event) and item.kind in OUTPUTS:
                continue
            if self._skipped_ns is not None and item.t_ns <= start_ns:
                # What is skipped takes time; the rest keeps its own pace.
                pace = _Pace(start_ns, self._speed)
            wait_s = pace.wait_s(item.t_ns)
            if wait_s > 0.0 or count % _ITEMS_A_TURN == 0:
                await asyncio.sleep(wait_s)
            if self._closed:
                return
            if self._on_event and isinstance(item, Event) and item.kind == EventKind.LINK:
                self._on_event(item)
            yield item

    def configure_again(self, source: str, fault: LinkFault) -> None:
        """Do nothing: what was recorded or simulated cannot be configured."""

    async def close(self) -> None:
        """End the stream before its next item."""
        self._closed = True


class _Pace:
    """The schedule of a replay, fixed at its start: from session time to the event loop's clock."""

    def __init__(self, start_ns: int, speed: float | None) -> None:
        self._start_ns = start_ns
        self._speed = speed
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()

    def wait_s(self, t_ns: int) -> float:
        """Return how long to sleep until an item of ``t_ns`` is due; 0 within a batch."""
        if self._speed is None:
            return 0.0
        due = self._began + (t_ns - self._start_ns) * 1e-9 / self._speed
        ahead = due - self._loop.time()
        return ahead if ahead > BATCH_S else 0.0
