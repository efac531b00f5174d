"""Live sensors as a source of items: ``ble:shin=ADDRESS,foot=ADDRESS``."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from sensor.ble.link import ChosenSensor, Link, LinkConfig
from sensor.ble.radio import Radio
from sensor.errors import SettingError, SourceError
from sensor.families import family_named
from sensor.types import Event, Item, JsonValue, Segment, SessionHeader

PREFIX = "ble:"


class BleSource:
    """Two or more sensors over Bluetooth; see ``sensor.sources.Source``.

    Parameters
    ----------
    wanted
        The sensors, in the order in which they are connected.
    on_event
        Called with every ``link`` event as it happens, also while :meth:`open` waits.

    Attributes
    ----------
    opened
        Is set once all sensors stream.
    """

    def __init__(
        self,
        wanted: Sequence[ChosenSensor],
        *,
        on_event: Callable[[Event], None] | None = None,
        config: LinkConfig | None = None,
    ) -> None:
        self.wanted = tuple(wanted)
        self.opened = asyncio.Event()
        self._on_event = on_event
        self._config = config
        self._items: asyncio.Queue[Item | None] = asyncio.Queue()
        self._links: list[Link] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> SessionHeader:
        """Connect the sensors one after the other; return when all of them stream.

        Raises
        ------
        LinkError
            If one of them cannot be had; the others are disconnected again.
        """
        start_ns = time.monotonic_ns()
        created_utc = datetime.now(UTC).isoformat(timespec="milliseconds")
        radio = Radio()
        try:
            for wanted in self.wanted:
                link = Link(wanted, radio, self._take, self._config)
                self._links.append(link)
                self._tasks.append(asyncio.create_task(self._keep(link)))
                await link.opened()
        except BaseException:
            await self.close()
            raise
        self.opened.set()
        return SessionHeader(
            start_ns=start_ns,
            created_utc=created_utc,
            sensors=tuple(link.sensor for link in self._links if link.sensor is not None),
            software=f"toepoint {version('toepoint')}",
            metadata={"devices": {link.wanted.address: _device(link) for link in self._links}},
        )

    async def stream(self) -> AsyncIterator[Item]:
        """Yield what arrives and what happens to the links, until the source is closed.

        It also ends when no link is left that could come back.
        """
        while (item := await self._items.get()) is not None:
            yield item

    async def close(self) -> None:
        """Stop the sensors and disconnect them; :meth:`stream` ends."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._items.put_nowait(None)

    async def _keep(self, link: Link) -> None:
        await link.run()
        others = (task for task in self._tasks if task is not asyncio.current_task())
        if all(task.done() for task in others):
            self._items.put_nowait(None)

    def _take(self, item: Item) -> None:
        self._items.put_nowait(item)
        if self._on_event is not None and isinstance(item, Event):
            self._on_event(item)


def _device(link: Link) -> JsonValue:
    said = link.configured
    if said is None:
        return None
    return {"battery_percent": said.battery_percent, "firmware": said.firmware}


def open_ble(
    text: str,
    *,
    on_event: Callable[[Event], None] | None = None,
    config: LinkConfig | None = None,
) -> BleSource:
    """Return the source that ``text`` names; nothing is connected yet.

    ``ble:shin=ADDRESS,foot=ADDRESS`` with ``family=NAME`` and ``rate=HZ`` for all of them, or for
    one of them ``shin.family=NAME``, ``shin.rate=HZ`` and ``shin.identity=WHAT IT MUST SAY``.

    Raises
    ------
    SourceError
        If ``text`` cannot be understood.
    """
    addresses: dict[Segment, str] = {}
    options: dict[str, str] = {}
    position = len(PREFIX)
    for part in text[position:].split(","):
        key, _, value = (word.strip() for word in part.partition("="))
        if not value:
            raise SourceError(text, f"{part!r} is not KEY=VALUE", position=position)
        if key in set(Segment):
            addresses[Segment(key)] = value
        elif key in _OPTIONS or key.partition(".")[2] in _OPTIONS:
            options[key] = value
        else:
            known = ", ".join([*Segment, *_OPTIONS])
            raise SourceError(text, f"unknown key {key!r}; known are {known}", position=position)
        position += len(part) + 1
    if not addresses:
        raise SourceError(text, "no sensor: name at least one, as in shin=ADDRESS")
    if len({address.lower() for address in addresses.values()}) < len(addresses):
        raise SourceError(text, "one sensor cannot be at two places")
    return BleSource(
        [_wanted(text, segment, address, options) for segment, address in addresses.items()],
        on_event=on_event,
        config=config,
    )


_OPTIONS = ("family", "rate", "identity")


def _wanted(text: str, segment: Segment, address: str, options: dict[str, str]) -> ChosenSensor:
    def option(name: str) -> str | None:
        return options.get(f"{segment}.{name}", options.get(name))

    family, rate = option("family"), option("rate")
    try:
        rate_hz = None if rate is None else float(rate)
        if family is not None:
            family_named(family)
    except ValueError:
        raise SourceError(text, f"rate {rate!r} is not a number of samples a second") from None
    except SettingError as error:
        raise SourceError(text, str(error)) from error
    return ChosenSensor(address, segment, family, rate_hz, option("identity"))
