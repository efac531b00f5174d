"""A live session for a test: the items that arrived, and functions that wait for others."""

import asyncio
import time
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from sensor.ble.link import ChosenSensor, LinkConfig
from sensor.ble.source import BleSource
from sensor.types import Event, EventKind, Item, Notification, SessionHeader
from tests.patience import PATIENCE_S
from tests.rig.sensor import Sent


class LiveSession:
    """An open source and its items so far."""

    def __init__(self, source: BleSource, header: SessionHeader) -> None:
        self.source = source
        self.header = header
        self.items: list[Item] = []
        self.source_ended = False
        self._arrived = asyncio.Event()

    async def collect(self) -> None:
        """Take items until the source ends."""
        async for item in self.source.stream():
            self.items.append(item)
            self._arrived.set()
        self.source_ended = True
        self._arrived.set()

    async def until(self, condition: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
        """Wait until ``condition`` holds; it is checked after every item."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                self._arrived.clear()
                await self._arrived.wait()

    async def until_state(self, source: str, state: str, count: int = 1) -> Event:
        """Wait for the ``count``-th event with ``state`` of ``source``; return it."""
        await self.until(lambda: self.states(source).count(state) >= count)
        return [e for e in self.events(source) if e.data["state"] == state][count - 1]

    async def until_streamed(self, source: str, seconds: float) -> None:
        """Wait until ``source`` has sent for ``seconds``."""
        start_ns = time.monotonic_ns()
        await self.until(
            lambda: any(n.t_ns - start_ns > seconds * 1e9 for n in self.notifications(source)[-1:])
        )

    def events(self, source: str) -> list[Event]:
        """Return the link events of ``source``."""
        return [
            item
            for item in self.items
            if isinstance(item, Event)
            and item.kind == EventKind.LINK
            and item.data["source"] == source
        ]

    def states(self, source: str) -> list[object]:
        """Return the states of the link of ``source``, in order."""
        return [event.data["state"] for event in self.events(source)]

    def course(self, source: str) -> list[object]:
        """Return the states of the link of ``source`` without those of hold-ups that passed.

        A busy machine holds the virtual sensors up for some tenths of a second at any time.
        """
        course: list[object] = []
        for event in self.events(source):
            state = event.data["state"]
            passed = state == "stopped" or event.data.get("resumed")
            while passed and course[-1:] in (["stalled"], ["lost"]):
                course.pop()
            if not event.data.get("resumed"):
                course.append(state)
        return course

    def streams(self, source: str) -> list[list[Notification]]:
        """Return the notifications of ``source``, a list for each connection."""
        streams: list[list[Notification]] = []
        for item in self.items:
            if isinstance(item, Notification):
                if item.source == source:
                    streams[-1].append(item)
            elif (
                item.data.get("source") == source
                and item.data.get("state") == "streaming"
                and not item.data.get("resumed")
            ):
                streams.append([])
        return streams

    def notifications(self, source: str) -> list[Notification]:
        """Return the notifications of ``source``."""
        return [
            item for item in self.items if isinstance(item, Notification) and item.source == source
        ]


@asynccontextmanager
async def live(
    wanted: Sequence[ChosenSensor], config: LinkConfig | None = None
) -> AsyncIterator[LiveSession]:
    """Open the sensors, collect their items, and close them."""
    source = BleSource(wanted, config=config)
    session = LiveSession(source, await source.open())
    collecting = asyncio.create_task(session.collect())
    try:
        yield session
    finally:
        await source.close()
        await collecting


def missing_messages(sent: Sequence[Sent], run: LiveSession, source: str) -> int:
    """Return how many messages of ``source`` did not arrive, of those sent while it streamed.

    Messages between two streams, while the sensor is set up again, do not count.
    """
    left = [message.crc for message in sent]
    at = 0
    missing = 0
    for stream in run.streams(source):
        arrived = [zlib.crc32(n.payload) for n in stream]
        begin = left.index(arrived[0], at)
        at = begin + len(arrived)
        while at < len(left) and arrived[-1] not in left[begin:at]:
            at += 1
        missing += sum(crc not in set(arrived) for crc in left[begin:at])
    return missing


def eventually(
    question: Callable[[], object], answer: object, timeout_s: float = PATIENCE_S
) -> None:
    """Repeat ``question`` until it gives ``answer``: events reach Bleak only while its loop runs."""
    end = time.monotonic() + timeout_s
    while (given := question()) != answer:
        assert time.monotonic() < end, f"{given!r} is not {answer!r}"
