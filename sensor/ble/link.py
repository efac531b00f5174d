"""The connection to one sensor, from the first search to the clean end.

:class:`Link` keeps a sensor streaming: it searches, connects, runs the family's configuration,
watches the data, and begins anew with a fresh scan and a fresh client when the data end. What
arrives goes out through ``emit`` at once, and so does every change of state, as a ``link`` event.
"""

import asyncio
import math
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from sensor.ble.conversation import Conversation, same_uuid
from sensor.ble.discovery import printable
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.live_stream import LiveStream, Patience
from sensor.ble.radio import Radio
from sensor.ble.remedies import PERMANENT, LinkFault
from sensor.ble.states import LinkInput, LinkState
from sensor.ble.status import LinkStatus
from sensor.errors import DecodeError, DeviceError, SettingError, UnfitDeviceError
from sensor.families import family_named, recognise
from sensor.families.base import Advertisement, Configured, Family
from sensor.types import Item, Notification, Segment, SensorInfo, StreamSettings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """How patient a link is.

    ``attempts`` counts those before the first stream; later ones do not end. ``backoff_s`` are the
    waits between attempts, the last of them from then on.
    """

    search_s: float = 10.0
    connect_s: float = 10.0
    step_s: float = 5.0
    goodbye_s: float = 2.0
    attempts: int = 3
    backoff_s: tuple[float, ...] = (0.1, 0.2, 0.4, 0.8)
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class ChosenSensor:
    """A sensor as a person chose it.

    Without ``family`` its advertisement must tell; without ``rate_hz`` its family's default holds.
    With ``identity`` it must say that of itself, if it says anything.
    """

    address: str
    segment: Segment
    family: str | None = None
    rate_hz: float | None = None
    identity: str | None = None


class Link:
    """One sensor. Run :meth:`run` as a task; its cancellation is the clean end.

    Attributes
    ----------
    sensor, configured
        Who it is and what it said of itself, once it was configured.
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

    @property
    def state(self) -> LinkState:
        """Where the link stands."""
        return self._status.state

    @property
    def subject(self) -> str:
        """What the sensor is called in messages."""
        return f"{self.wanted.segment} sensor {self.wanted.address}"

    async def opened(self) -> None:
        """Wait until the sensor streams for the first time.

        Raises
        ------
        LinkError
            If it does not, in the attempts that it is given.
        """
        await self._status.settled.wait()
        if self._failure is not None:
            raise self._failure
        if self.state is LinkState.STOPPED:
            raise LinkError(LinkFault.DISCONNECTED, self.subject, "the session was ended")

    async def run(self) -> None:
        """Keep the sensor streaming until this is cancelled or trying again is of no use."""
        self._status.say()
        try:
            while True:
                try:
                    await self._attempt()
                except LinkError as error:
                    self._fail(error)
                if self._failure is not None:
                    return
                backoff = self.config.backoff_s
                await asyncio.sleep(backoff[min(self._failed_attempts, len(backoff)) - 1])
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
            device, said = await self._radio.find(
                self.wanted.address,
                self.config.search_s,
                self.subject,
                lambda said: self._family(said) is not None,
            )
            self._status.enter(LinkInput.SEEN)
            family, settings = self._plan(said)
            connection = _Connection(self.wanted.address)
            client = BleakClient(
                device,
                lambda _: connection.gone.set(),
                timeout=self.config.connect_s,
                # Windows remembers services that a sensor no longer has, and misses new ones.
                winrt={"use_cached_services": False},
            )
            async with self._radio.turn_to_connect():
                self._status.enter(LinkInput.CONNECT)
                # If this fails, Bleak itself clears up.
                await client.connect()
            talk = Conversation(client, self.subject, connection.receive, self.config.step_s)
            connection.reader = talk.inbox.put
            try:
                self._status.enter(LinkInput.CONNECTED)
                _check_services(client, family, self.subject)
                self._status.enter(LinkInput.RECOGNISED)
                script = family.configure(settings)
                configured = await self._while_connected(connection, talk.run(script))
                self._accept(family, configured, said.name or printable(device.name))
                self._status.note = _difference(settings.rate_hz, configured.settings, family)
                stream = self._begin_stream(talk, family, configured.settings)
                connection.reader = stream.deliver
                await self._while_connected(connection, stream.watch())
            finally:
                await self._hang_up(talk, family)
        except RADIO_ERRORS as error:
            raise link_error(error, self.subject) from error
        except UnfitDeviceError as error:
            raise LinkError(LinkFault.UNSUPPORTED, self.subject, str(error)) from error
        except (DecodeError, DeviceError) as error:
            raise LinkError(LinkFault.CONFIGURATION, self.subject, str(error)) from error
        except SettingError as error:
            raise LinkError(LinkFault.SETTINGS, self.subject, str(error)) from error

    def _family(self, said: Advertisement) -> Family | None:
        return family_named(self.wanted.family) if self.wanted.family else recognise(said)

    def _plan(self, said: Advertisement) -> tuple[Family, StreamSettings]:
        """Return the family that will be spoken to, and the settings to ask for."""
        family = self._family(said)
        if family is None:
            raise LinkError(LinkFault.UNKNOWN_FAMILY, self.subject, said.name)
        if family.capabilities.refused is not None:
            detail = f"{family.title}: {family.capabilities.refused}"
            raise LinkError(LinkFault.UNSUPPORTED, self.subject, detail)
        settings = family.capabilities.default
        if self.wanted.rate_hz is not None:
            settings = replace(settings, rate_hz=self.wanted.rate_hz)
        return family, settings

    def _accept(self, family: Family, configured: Configured, name: str) -> None:
        """Keep what the sensor said of itself; after a break it must be the same again."""
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
        self, talk: Conversation, family: Family, settings: StreamSettings
    ) -> LiveStream:
        stream = LiveStream(talk, family, settings, self._status, self._emit, self.config.patience)
        for notification in talk.inbox.stream():
            if stream.shape.carries(notification.characteristic):
                stream.deliver(notification)
        return stream

    async def _while_connected(self, connection: "_Connection", work: Coroutine[Any, Any, T]) -> T:
        """Return the result of ``work``, unless the connection breaks before.

        Raises
        ------
        LinkError
            If it breaks.
        """
        task = asyncio.create_task(work)
        gone = asyncio.create_task(connection.gone.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise LinkError(LinkFault.DISCONNECTED, self.subject)
            return task.result()
        finally:
            for one in (task, gone):
                one.cancel()
            await asyncio.wait({task, gone})

    async def _hang_up(self, talk: Conversation, family: Family) -> None:
        """Tell the sensor to stop, switch its notifications off and disconnect.

        A sensor that does not listen any more is only disconnected. Trouble here is said, but
        changes nothing: the attempt is over.
        """
        listens = talk.client.is_connected and self.state is not LinkState.LOST
        try:
            async with asyncio.timeout(self.config.goodbye_s):
                if listens and talk.subscribed:
                    for step in family.stop():
                        await talk.do(step)
                    for characteristic in talk.subscribed:
                        await talk.client.stop_notify(characteristic)
        except (*RADIO_ERRORS, LinkError) as error:
            self._status.say(f"the sensor could not be told to stop: {error}")
        try:
            async with asyncio.timeout(self.config.goodbye_s):
                await talk.client.disconnect()
        except RADIO_ERRORS as error:
            self._status.say(f"the sensor could not be disconnected: {error}")

    def _fail(self, error: LinkError) -> None:
        """Take the end of an attempt, and decide whether there will be another."""
        if self.state in (LinkState.STREAMING, LinkState.STALLED, LinkState.LOST):
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


class _Connection:
    """What belongs to one connection: whether it is gone, and who reads what it brings."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.gone = asyncio.Event()
        self.reader: Callable[[Notification], None] | None = None

    def receive(self, characteristic: BleakGATTCharacteristic, payload: bytearray) -> None:
        """Take a notification from Bleak: the time is taken here, before anything else."""
        t_ns = time.monotonic_ns()
        if self.reader is not None:
            uuid = characteristic.uuid.lower()
            self.reader(Notification(t_ns, self.source, uuid, bytes(payload)))


def _check_services(client: BleakClient, family: Family, subject: str) -> None:
    """Raise :class:`LinkError` if the device has none of the family's services."""
    present = [service.uuid for service in client.services]
    if not any(same_uuid(own.uuid, uuid) for own in family.services for uuid in present):
        detail = f"no service of {family.title} among its {len(present)}"
        raise LinkError(LinkFault.WRONG_SERVICES, subject, detail)


def _alike(before: StreamSettings, now: StreamSettings, family: Family) -> bool:
    """Return whether a stream can go on; a rate that was measured differs a little every time."""
    tolerance = family.capabilities.clock.rate_tolerance
    same_rate = math.isclose(before.rate_hz, now.rate_hz, rel_tol=tolerance)
    return same_rate and replace(now, rate_hz=before.rate_hz) == before


def _difference(asked_hz: float, kept: StreamSettings, family: Family) -> str:
    """Return what is to be said of a sensor that keeps another rate than it was asked for."""
    tolerance = family.capabilities.clock.rate_tolerance
    if math.isclose(asked_hz, kept.rate_hz, rel_tol=max(tolerance, 0.05)):
        return ""
    return f"it keeps to {kept.rate_hz:g} Hz, though {asked_hz:g} Hz were asked for"
