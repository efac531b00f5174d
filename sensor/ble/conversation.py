"""A conversation runs a family's configuration script over a connection, step by step."""

import asyncio
import time
from collections.abc import Callable, Sequence

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakCharacteristicNotFoundError, BleakGATTProtocolError

from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.errors import DecodeError
from sensor.families.steps import Configured, Expect, Pause, Read, Script, Step, Subscribe, Write
from sensor.types import Notification

UUID_HEAD = 8
"""Digits that distinguish characteristics: sensors of one make differ in the tails of their UUIDs."""


STEP_S = 5.0
"""Longest time for one write, read or subscription: a sensor that has gone answers nothing."""


class Inbox:
    """The notifications that arrive while a sensor is configured.

    :class:`Expect` steps of a script take their answers out. Notifications that are left since the
    last write already belong to the stream, since that write usually starts the stream.
    """

    def __init__(self) -> None:
        self._unread: list[Notification] = []
        self._fresh: list[Notification] = []
        self._answered = False
        self._arrived = asyncio.Event()

    def put(self, notification: Notification) -> None:
        """Put a notification into the inbox."""
        self._unread.append(notification)
        self._fresh.append(notification)
        self._arrived.set()

    def begin_write(self) -> None:
        """Note that a write follows; a write after an answer begins a new exchange."""
        self._fresh.clear()
        if self._answered:
            # An answer that comes this late would be taken for that of the new exchange.
            self._unread.clear()
            self._answered = False

    async def expect(self, wanted: Expect) -> bytes:
        """Return the answer that ``wanted`` describes; ``b""`` if it is optional and missing.

        Raises
        ------
        TimeoutError
            If an answer that is not optional does not arrive in time.
        """
        self._answered = True
        try:
            async with asyncio.timeout(wanted.timeout_s):
                while True:
                    self._arrived.clear()
                    for notification in self._unread:
                        if _answers(notification, wanted):
                            self._take(notification)
                            return notification.payload
                    await self._arrived.wait()
        except TimeoutError:
            if wanted.optional:
                return b""
            raise

    def stream(self) -> Sequence[Notification]:
        """Return the notifications that belong to the stream."""
        return self._fresh

    def _take(self, notification: Notification) -> None:
        self._unread.remove(notification)
        if notification in self._fresh:
            self._fresh.remove(notification)


def _answers(notification: Notification, wanted: Expect) -> bool:
    return same_uuid(
        notification.characteristic, wanted.characteristic
    ) and notification.payload.startswith(wanted.prefix)


def same_uuid(one: str, other: str) -> bool:
    """Return whether two 128-bit UUIDs are those of the same characteristic of a family."""
    return one[:UUID_HEAD].lower() == other[:UUID_HEAD].lower()


class Connection:
    """One connection to a sensor.

    Parameters
    ----------
    source
        The sensor, as in :attr:`sensor.types.SensorInfo.source`.

    Attributes
    ----------
    gone
        Set when the connection has broken.
    reader
        Receives the notifications; None drops them.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.gone = asyncio.Event()
        self.reader: Callable[[Notification], None] | None = None

    def receive(self, characteristic: BleakGATTCharacteristic, payload: bytearray) -> None:
        """Pass on a notification of Bleak; its arrival time is taken before anything else."""
        t_ns = time.monotonic_ns()
        # A sensor may still send while it is being disconnected.
        if self.reader is not None:
            uuid = characteristic.uuid.lower()
            self.reader(Notification(t_ns, self.source, uuid, bytes(payload)))


class Conversation:
    """A connected sensor, and the steps that can be done with it.

    Parameters
    ----------
    client
        A connected client.
    subject
        The sensor's name in errors.
    connection
        Its connection, whose notifications go to ``inbox`` until it gets another reader.
    """

    def __init__(self, client: BleakClient, subject: str, connection: Connection) -> None:
        self.client = client
        self.subject = subject
        self.connection = connection
        self.inbox = Inbox()
        connection.reader = self.inbox.put
        self.subscribed: list[BleakGATTCharacteristic] = []

    async def run(self, script: Script) -> Configured:
        """Run ``script`` to its end and return what it configured.

        Raises
        ------
        LinkError
            If the sensor does not answer a step that needs an answer, or its answer is cut short.
        """
        answer = b""
        try:
            step = next(script)
            while True:
                answer = await self.do(step)
                step = script.send(answer)
        except StopIteration as end:
            configured: Configured = end.value
            return configured
        except DecodeError as error:
            # An answer that fills a message of the connection to its last byte was longer.
            if isinstance(step, Expect) and len(answer) == self.message_bytes:
                detail = f"only {len(answer)} bytes of an answer arrive"
                raise LinkError(LinkFault.MESSAGES_CUT, self.subject, detail) from error
            raise
        finally:
            # The script is a generator, which waits in the middle after an error.
            script.close()

    @property
    def message_bytes(self) -> int | None:
        """The longest notification of the connection, in bytes; None before a subscription."""
        return min((c.max_write_without_response_size for c in self.subscribed), default=None)

    async def do(self, step: Step) -> bytes:
        """Do one step and return its answer; ``b""`` if it has none."""
        match step:
            case Pause(seconds):
                await asyncio.sleep(seconds)
                return b""
            case Expect():
                try:
                    return await self.inbox.expect(step)
                except TimeoutError as error:
                    detail = (
                        f"no answer {step.prefix.hex(' ')} on {step.characteristic} within "
                        f"{step.timeout_s:g} s"
                    )
                    raise LinkError(LinkFault.CONFIGURATION, self.subject, detail) from error
            case _:
                async with asyncio.timeout(STEP_S):
                    return await self._exchange(step)

    async def _exchange(self, step: Subscribe | Write | Read) -> bytes:
        if isinstance(step, Read) and step.optional and not self._has(step.characteristic):
            return b""
        service = step.service if isinstance(step, Write) else None
        characteristic = self._characteristic(step.characteristic, service)
        match step:
            case Subscribe():
                if characteristic not in self.subscribed:
                    await self.client.start_notify(characteristic, self.connection.receive)
                    self.subscribed.append(characteristic)
            case Write(_, data, response):
                self.inbox.begin_write()
                await self.client.write_gatt_char(characteristic, data, response=response)
            case Read():
                try:
                    return bytes(await self.client.read_gatt_char(characteristic))
                except BleakGATTProtocolError:
                    # Some sensors have a characteristic but refuse to let it be read.
                    if not step.optional:
                        raise
        return b""

    def _has(self, uuid: str) -> bool:
        return any(same_uuid(c.uuid, uuid) for c in self.client.services.characteristics.values())

    def _characteristic(self, uuid: str, service: str | None) -> BleakGATTCharacteristic:
        for characteristic in self.client.services.characteristics.values():
            in_service = service is None or same_uuid(characteristic.service_uuid, service)
            if in_service and same_uuid(characteristic.uuid, uuid):
                return characteristic
        raise BleakCharacteristicNotFoundError(uuid)
