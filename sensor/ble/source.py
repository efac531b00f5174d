"""The live source of a session: ``ble:shin=ADDRESS,foot=ADDRESS``."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from sensor.ble.link import DISCONNECT_S, STOP_S, ChosenSensor, Link, LinkConfig
from sensor.ble.link_errors import LinkError
from sensor.ble.radio import Radio
from sensor.ble.remedies import LinkFault
from sensor.claims import Claim, ClaimedError, claim
from sensor.errors import SettingError, SourceError
from sensor.families import family_named
from sensor.types import Event, Item, JsonValue, Segment, SessionHeader

PREFIX = "ble:"
CLOSE_S = STOP_S + DISCONNECT_S + 0.2
"""Longest time that the links need to end: to stop and to disconnect their sensors."""
BREAK_OFF_S = 0.5
"""Longest time that a link has after that, for example while the system answers nothing."""


class BleSource:
    """A source of live sensors over Bluetooth; see ``sensor.sources.Source``.

    Parameters
    ----------
    wanted
        The sensors, in the order in which they are connected.
    on_event
        Called with every ``link`` event when it happens, also while :meth:`open` waits.
    config
        The limits of each link.

    Attributes
    ----------
    opened
        Set once all sensors stream.
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
        self._claims: list[Claim] = []

    async def open(self) -> SessionHeader:
        """Connect the sensors one after the other, and return the header when all of them stream.

        Raises
        ------
        LinkError
            If one of them cannot be used, also because another Toepoint uses it; the others are
            disconnected again.
        """
        start_ns = time.monotonic_ns()
        created_utc = datetime.now(UTC).isoformat(timespec="milliseconds")
        radio = Radio()
        try:
            # All of them first: no sensor is connected for a session that cannot be.
            for wanted in self.wanted:
                self._claims.append(_claim(wanted))
            for wanted in self.wanted:
                link = Link(wanted, radio, self._put, self._config)
                self._links.append(link)
                self._tasks.append(asyncio.create_task(self._keep(link)))
                await link.wait_until_streaming()
        except BaseException:
            # Also when the task is cancelled: no sensor may stay connected.
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
        """Yield notifications and link events until the source is closed.

        The stream also ends when no link is left that could stream again.
        """
        while (item := await self._items.get()) is not None:
            yield item

    def configure_again(self, source: str, fault: LinkFault) -> None:
        """Configure a sensor again while it streams; see ``sensor.sources.Source``."""
        for link in self._links:
            if link.wanted.address == source:
                link.configure_again(fault)

    async def close(self) -> None:
        """Stop the sensors, disconnect them and end :meth:`stream`."""
        for task in self._tasks:
            # A link that is ending already must not be interrupted while it stops its sensor.
            if not task.cancelling():
                task.cancel()
        if self._tasks:
            _, hanging = await asyncio.wait(self._tasks, timeout=CLOSE_S)
            for task in hanging:
                task.cancel()
            if hanging:
                await asyncio.wait(hanging, timeout=BREAK_OFF_S)
        for claimed in self._claims:
            claimed.release()
        self._items.put_nowait(None)

    async def _keep(self, link: Link) -> None:
        await link.run()
        # The last link to end also ends the stream, which would otherwise wait for ever.
        others = (task for task in self._tasks if task is not asyncio.current_task())
        if all(task.done() for task in others):
            self._items.put_nowait(None)

    def _put(self, item: Item) -> None:
        self._items.put_nowait(item)
        if self._on_event is not None and isinstance(item, Event):
            self._on_event(item)


def _claim(wanted: ChosenSensor) -> Claim:
    """Claim a sensor: two programs would change each other's settings, and one would stop it."""
    try:
        return claim(f"sensor {wanted.address.upper()}")
    except ClaimedError as error:
        subject = f"{wanted.segment} sensor {wanted.address}"
        detail = f"process {error.process}" if error.process else ""
        raise LinkError(LinkFault.IN_USE, subject, detail) from error


def _device(link: Link) -> JsonValue:
    configured = link.configured
    if configured is None:
        return None
    return {"battery_percent": configured.battery_percent, "firmware": configured.firmware}


def open_ble(
    text: str,
    *,
    on_event: Callable[[Event], None] | None = None,
    config: LinkConfig | None = None,
) -> BleSource:
    """Return the source that ``text`` names, without connecting anything.

    Parameters
    ----------
    text
        ``ble:shin=ADDRESS,foot=ADDRESS`` with ``family=NAME`` and ``rate=HZ`` for all sensors, or
        ``shin.family=NAME``, ``shin.rate=HZ`` and ``shin.identity=IDENTITY`` for one of them.
    on_event, config
        As in :class:`BleSource`.

    Raises
    ------
    SourceError
        If ``text`` has an unknown key or a value that is not allowed.
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
    # Both links would fight for the connection.
    if len({address.lower() for address in addresses.values()}) < len(addresses):
        raise SourceError(text, "one sensor cannot be in two places")
    return BleSource(
        [_chosen(text, segment, address, options) for segment, address in addresses.items()],
        on_event=on_event,
        config=config,
    )


_OPTIONS = ("family", "rate", "identity")


def _chosen(text: str, segment: Segment, address: str, options: dict[str, str]) -> ChosenSensor:
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
