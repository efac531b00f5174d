"""The connection to one sensor, from the first search to the clean end.

:class:`Link` keeps a sensor streaming: it searches, connects, runs the family's configuration and
watches the data; when the data end it starts again with a fresh scan and a fresh client. Every
notification goes out through ``emit`` at once, and so does every change of state, as a ``link``
event.
"""

import asyncio
import math
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bleak import BleakClient

from sensor.ble.conversation import Connection, Conversation, same_uuid
from sensor.ble.discovery import printable
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.live_stream import LiveStream
from sensor.ble.radio import Radio
from sensor.ble.remedies import PERMANENT, LinkFault
from sensor.ble.states import LinkInput, LinkState
from sensor.ble.status import LinkStatus
from sensor.errors import DecodeError, DeviceError, SettingError, UnfitDeviceError
from sensor.families import family_named, recognise
from sensor.families.base import Advertisement, Family
from sensor.families.steps import Configured
from sensor.types import Item, Segment, SensorInfo, StreamSettings

T = TypeVar("T")

CONNECT_S = 10.0
"""Longest time for one connection attempt, a third of Bleak's default: a sensor in sight connects
within a second or two, and another attempt helps more than waiting."""
STOP_S = 1.0
"""Longest time to stop a sensor: an ending takes less than two seconds in all."""
DISCONNECT_S = 0.6
"""Longest time to disconnect it after that."""
MOST_AGAIN = 3
"""A sensor is configured again so often over one connection: what does not help then never does."""
BACKOFF_S = (0.1, 0.2, 0.4, 0.8)
"""Waits between attempts; the last one repeats. Short, since a lost link costs samples."""


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """The limits of a link."""

    search_s: float = 10.0
    """Longest search for the sensor in one attempt."""
    attempts: int = 3
    """Attempts before the first stream; later ones do not end."""


@dataclass(frozen=True, slots=True)
class ChosenSensor:
    """A sensor that a person chose for a session."""

    address: str
    """Bluetooth address; on macOS the UUID that the host made up."""
    segment: Segment
    """The part of the leg that it is strapped to."""
    family: str | None = None
    """Name of its family; None if its advertisement decides."""
    rate_hz: float | None = None
    """Rate to ask for; None for the default of its family."""
    identity: str | None = None
    """Identity that it must report, if it reports any; None accepts every identity."""


class Link:
    """The link to one sensor. Run :meth:`run` as a task; cancelling it is the clean end.

    Parameters
    ----------
    wanted
        The sensor.
    radio
        The adapter, shared by all links of a session.
    emit
        Receives notifications and ``link`` events.

    Attributes
    ----------
    sensor
        The sensor as it was configured; None before that.
    configured
        The result of its configuration; None before that.
    """

    def __init__(
        self,
        wanted: ChosenSensor,
        radio: Radio,
        emit: Callable[[Item], None],
        config: LinkConfig | None = None,
    ) -> None:
        self.wanted = wanted
        self.config = config or LinkConfig()
        self.sensor: SensorInfo | None = None
        self.configured: Configured | None = None
        self._status = LinkStatus(wanted.address, wanted.segment, emit)
        self._radio = radio
        self._emit = emit
        self._failure: LinkError | None = None
        self._failed_attempts = 0
        self._live: LiveStream | None = None
        self._left_again = 0

    @property
    def state(self) -> LinkState:
        """The present state of the link."""
        return self._status.state

    @property
    def subject(self) -> str:
        """The sensor's name in messages."""
        return f"{self.wanted.segment} sensor {self.wanted.address}"

    async def wait_until_streaming(self) -> None:
        """Wait until the sensor streams for the first time.

        Raises
        ------
        LinkError
            If it does not stream within the allowed attempts.
        """
        await self._status.settled.wait()
        if self._failure is not None:
            raise self._failure
        if self.state is LinkState.STOPPED:
            raise LinkError(LinkFault.DISCONNECTED, self.subject, "the session was ended")

    async def run(self) -> None:
        """Keep the sensor streaming until the task is cancelled or another attempt cannot help."""
        self._status.report()
        try:
            while True:
                try:
                    await self._attempt()
                except LinkError as error:
                    self._fail(error)
                if self._failure is not None:
                    return
                await asyncio.sleep(BACKOFF_S[min(self._failed_attempts, len(BACKOFF_S)) - 1])
        except asyncio.CancelledError:
            self._status.enter(LinkInput.CLOSED)
            raise

    async def _attempt(self) -> None:
        """Connect and stream until that fails.

        Raises
        ------
        LinkError
            Always, with the reason why the attempt or its stream ended.
        """
        try:
            device, advertised = await self._radio.find(
                self.wanted.address,
                self.config.search_s,
                self.subject,
                lambda advertised: self._family(advertised) is not None,
            )
            self._status.enter(LinkInput.SEEN)
            family, settings = self._plan(advertised)
            connection = Connection(self.wanted.address)
            client = BleakClient(
                device,
                lambda _: connection.gone.set(),
                timeout=CONNECT_S,
                # Windows keeps services that a sensor no longer has, and misses new ones.
                winrt={"use_cached_services": False},
            )
            async with self._radio.turn_to_connect():
                self._status.enter(LinkInput.CONNECT)
                # If this fails, Bleak itself disconnects.
                await client.connect()
            conversation = Conversation(client, self.subject, connection)
            try:
                self._status.enter(LinkInput.CONNECTED)
                _check_services(client, family, self.subject)
                self._status.enter(LinkInput.RECOGNISED)
                name = advertised.name or printable(device.name)
                await self._stream(conversation, connection, family, settings, name)
            finally:
                self._live = None
                await self._disconnect(conversation, family)
        except RADIO_ERRORS as error:
            raise link_error(error, self.subject) from error
        except UnfitDeviceError as error:
            raise LinkError(LinkFault.UNSUPPORTED, self.subject, str(error)) from error
        except (DecodeError, DeviceError) as error:
            raise LinkError(LinkFault.CONFIGURATION, self.subject, str(error)) from error
        except SettingError as error:
            raise LinkError(LinkFault.SETTINGS, self.subject, str(error)) from error

    async def _stream(
        self,
        conversation: Conversation,
        connection: Connection,
        family: Family,
        settings: StreamSettings,
        name: str,
    ) -> None:
        """Configure a connected sensor and stream, again and again where the stream asks for it."""
        self._left_again = MOST_AGAIN
        while True:
            script = family.configure(settings)
            configured = await self._while_connected(connection, conversation.run(script))
            self._accept(family, configured, name)
            self._status.note = _rate_note(settings.rate_hz, configured.settings, family)
            self._live = self._begin_stream(conversation, family, configured.settings)
            connection.reader = self._live.deliver
            await self._while_connected(connection, self._live.watch())
            connection.reader = conversation.inbox.put
            fault = self._live.fault or LinkFault.OTHER
            self._status.enter(LinkInput.AGAIN, LinkError(fault, self.subject))

    def configure_again(self, fault: LinkFault) -> None:
        """Configure the sensor again over its connection, because of ``fault``.

        Without a stream this does nothing, and after some times on the same connection neither.
        """
        if self._live is not None and self._live.fault is None and self._left_again:
            self._left_again -= 1
            self._live.end(fault)

    def _family(self, advertised: Advertisement) -> Family | None:
        return family_named(self.wanted.family) if self.wanted.family else recognise(advertised)

    def _plan(self, advertised: Advertisement) -> tuple[Family, StreamSettings]:
        """Return the family of the sensor, and the settings to ask for."""
        family = self._family(advertised)
        if family is None:
            raise LinkError(LinkFault.UNKNOWN_FAMILY, self.subject, advertised.name)
        if family.capabilities.refused is not None:
            detail = f"{family.title}: {family.capabilities.refused}"
            raise LinkError(LinkFault.UNSUPPORTED, self.subject, detail)
        settings = family.capabilities.default
        if self.wanted.rate_hz is not None:
            settings = replace(settings, rate_hz=self.wanted.rate_hz)
        return family, settings

    def _accept(self, family: Family, configured: Configured, name: str) -> None:
        """Keep the configured sensor; after a break it must be the same one, with its settings."""
        sensor = SensorInfo(
            source=self.wanted.address,
            segment=self.wanted.segment,
            family=family.name,
            name=name,
            settings=configured.settings,
            identity=configured.identity,
        )
        before = self.sensor
        known = before.identity if before is not None else self.wanted.identity
        if known is not None and sensor.identity is not None and known != sensor.identity:
            detail = f"{known} before, {sensor.identity} now"
            raise LinkError(LinkFault.CHANGED, self.subject, detail)
        if before is None:
            self.sensor = sensor
        elif not _alike(before.settings, sensor.settings, family):
            detail = f"it came back with {sensor.settings}"
            raise LinkError(LinkFault.CONFIGURATION, self.subject, detail)
        self.configured = configured

    def _begin_stream(
        self, conversation: Conversation, family: Family, settings: StreamSettings
    ) -> LiveStream:
        stream = LiveStream(conversation, family, settings, self._status, self._emit)
        # The first samples may arrive before the write that starts the stream is acknowledged.
        for notification in conversation.inbox.stream():
            if stream.shape.carries(notification.characteristic):
                stream.deliver(notification)
        return stream

    async def _while_connected(self, connection: Connection, work: Coroutine[Any, Any, T]) -> T:
        """Return the result of ``work``.

        Raises
        ------
        LinkError
            If the connection breaks before ``work`` is done.
        """
        task = asyncio.create_task(work)
        gone = asyncio.create_task(connection.gone.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise LinkError(LinkFault.DISCONNECTED, self.subject)
            return task.result()
        finally:
            # Neither may still use the client when it is closed.
            for one in (task, gone):
                one.cancel()
            await asyncio.wait({task, gone})

    async def _disconnect(self, conversation: Conversation, family: Family) -> None:
        """Stop the sensor, switch its notifications off and disconnect.

        A sensor that no longer answers is only disconnected. Errors are reported but change
        nothing, since the attempt is over.
        """
        client = conversation.client
        answers = client.is_connected and self.state is not LinkState.LOST
        try:
            async with asyncio.timeout(STOP_S):
                if answers and conversation.subscribed:
                    # A sensor that is not stopped streams on until its battery is empty.
                    for step in family.stop:
                        await conversation.do(step)
                    for characteristic in conversation.subscribed:
                        await client.stop_notify(characteristic)
        except (*RADIO_ERRORS, LinkError) as error:
            self._status.report(f"the sensor could not be stopped: {error}")
        try:
            async with asyncio.timeout(DISCONNECT_S):
                await client.disconnect()
        except RADIO_ERRORS as error:
            self._status.report(f"the sensor could not be disconnected: {error}")

    def _fail(self, error: LinkError) -> None:
        """End an attempt, and decide whether there will be another."""
        if self.state in (LinkState.STREAMING, LinkState.STALLED, LinkState.LOST):
            # The attempt had worked, so the waits start again with the shortest.
            self._failed_attempts = 0
        self._failed_attempts += 1
        hopeless = not self._status.settled.is_set() and (
            self._failed_attempts >= self.config.attempts
        )
        if self.state in (LinkState.STREAMING, LinkState.STALLED):
            self._status.enter(LinkInput.BROKEN, error)
        if hopeless or error.fault in PERMANENT:
            self._failure = error
            self._status.enter(LinkInput.REFUSED, error)
        else:
            self._status.enter(LinkInput.BROKEN, error)


def _check_services(client: BleakClient, family: Family, subject: str) -> None:
    """Raise :class:`LinkError` if the device has none of the family's services."""
    present = [service.uuid for service in client.services]
    if not any(same_uuid(own.uuid, uuid) for own in family.services for uuid in present):
        detail = f"no service of {family.title} among its {len(present)}"
        raise LinkError(LinkFault.WRONG_SERVICES, subject, detail)


def _alike(before: StreamSettings, now: StreamSettings, family: Family) -> bool:
    """Return whether a stream can go on with the settings ``now``."""
    # Some sensors report a measured rate, which differs a little every time.
    tolerance = family.capabilities.clock.rate_tolerance
    same_rate = math.isclose(before.rate_hz, now.rate_hz, rel_tol=tolerance)
    return same_rate and replace(now, rate_hz=before.rate_hz) == before


def _rate_note(asked_hz: float, kept: StreamSettings, family: Family) -> str:
    """Return a note for a sensor that streams at another rate than it was asked for; else ""."""
    tolerance = family.capabilities.clock.rate_tolerance
    # Within 5 % nobody would call it another rate: 52 Hz for 50 Hz.
    if math.isclose(asked_hz, kept.rate_hz, rel_tol=max(tolerance, 0.05)):
        return ""
    return f"it keeps to {kept.rate_hz:g} Hz, though {asked_hz:g} Hz were asked for"
