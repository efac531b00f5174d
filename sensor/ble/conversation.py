"""Run a family's configuration script over a connection: its steps out, the answers back in."""

import asyncio
from collections.abc import Callable, Sequence

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakCharacteristicNotFoundError, BleakGATTProtocolError

from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.errors import DecodeError
from sensor.families.base import Configured, Expect, Pause, Read, Script, Step, Subscribe, Write
from sensor.types import Notification

UUID_HEAD = 8
"""Digits that tell characteristics apart: units of one make differ in the tails of their UUIDs."""

Callback = Callable[[BleakGATTCharacteristic, bytearray], None]


class Inbox:
    """The notifications that arrive while a sensor is configured.

    A script's :class:`Expect` takes the answers out. What is left since the last write, which as a
    rule is the one that starts the stream, already belongs to the stream.
    """

    def __init__(self) -> None:
        self._unread: list[Notification] = []
        self._fresh: list[Notification] = []
        self._answered = False
        self._arrived = asyncio.Event()

    def put(self, notification: Notification) -> None:
        """Take a notification."""
        self._unread.append(notification)
        self._fresh.append(notification)
        self._arrived.set()

    def begin_write(self) -> None:
        """Note that something is written now; a write after an answer begins a new exchange."""
        self._fresh.clear()
        if self._answered:
            self._unread.clear()
            self._answered = False

    async def expect(self, wanted: Expect) -> bytes:
        """Return the answer that ``wanted`` describes, ``b""`` if it is optional and missing.

        Raises
        ------
        TimeoutError
            If it does not come in time.
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
        """Return what belongs to the stream."""
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
    """Return whether two 128-bit UUIDs name the same characteristic of a family."""
    return one[:UUID_HEAD].lower() == other[:UUID_HEAD].lower()


class Conversation:
    """A connected sensor and the steps that can be done with it.

    Parameters
    ----------
    client
        A connected client.
    subject
        What the sensor is called in errors.
    callback
        Bleak's callback for all notifications; it has to feed ``inbox``.
    step_timeout_s
        How long a single write, read or subscription may take.
    """

    def __init__(
        self, client: BleakClient, subject: str, callback: Callback, step_timeout_s: float
    ) -> None:
        self.client = client
        self.subject = subject
        self.callback = callback
        self.step_timeout_s = step_timeout_s
        self.inbox = Inbox()
        self.subscribed: list[BleakGATTCharacteristic] = []

    async def run(self, script: Script) -> Configured:
        """Run ``script`` to its end.

        Raises
        ------
        LinkError
            If the sensor does not answer a step that it must answer, or its answer is cut short.
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
            # An answer that fills the connection's messages to the last byte had more to say.
            if isinstance(step, Expect) and len(answer) == self.message_bytes:
                detail = f"only {len(answer)} bytes of an answer arrive"
                raise LinkError(LinkFault.MESSAGES_CUT, self.subject, detail) from error
            raise
        finally:
            script.close()

    @property
    def message_bytes(self) -> int | None:
        """The most bytes that a notification can have here; None before one is subscribed to."""
        return min((c.max_write_without_response_size for c in self.subscribed), default=None)

    async def do(self, step: Step) -> bytes:
        """Do one step and return its answer."""
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
                async with asyncio.timeout(self.step_timeout_s):
                    return await self._exchange(step)

    async def _exchange(self, step: Subscribe | Write | Read) -> bytes:
        if isinstance(step, Read) and step.optional and not self._has(step.characteristic):
            return b""
        service = step.service if isinstance(step, Write) else None
        characteristic = self._characteristic(step.characteristic, service)
        match step:
            case Subscribe():
                if characteristic not in self.subscribed:
                    await self.client.start_notify(characteristic, self.callback)
                    self.subscribed.append(characteristic)
            case Write(_, data, response):
                self.inbox.begin_write()
                await self.client.write_gatt_char(characteristic, data, response=response)
            case Read():
                try:
                    return bytes(await self.client.read_gatt_char(characteristic))
                except BleakGATTProtocolError:
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
