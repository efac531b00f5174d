"""The message service of the Movella DOT: framing, and the messages of its synchronisation.

A message is ``id, length of the data, data…, checksum``; the sum of all its bytes is 0 modulo
256. The first data byte is the kind of the message.

Source: "Movella DOT BLE Service Specification" XD0506P rev C, July 2023.
"""

from dataclasses import dataclass
from enum import IntEnum

from sensor.errors import DecodeError

NAME = "movella_dot"
SYNC = 2

START_SYNC = 0x01
STOP_SYNC = 0x02
START_SYNC_RESULT = 0x03
GET_SYNC_STATUS = 0x08
STOP_SYNC_RESULT = 0x50
SYNC_STATUS = 0x51

STATUS_SYNCED = 0x04
STATUS_NOT_SYNCED = 0x09


def uuid(short: int) -> str:
    """Return the full UUID of one of the DOT's own services or characteristics."""
    return f"1517{short:04x}-4947-11e9-8646-d663bd873d93"


MESSAGE_SERVICE = uuid(0x7000)
MESSAGE_CONTROL = uuid(0x7001)
MESSAGE_ACKNOWLEDGE = uuid(0x7002)
MESSAGE_NOTIFICATION = uuid(0x7003)


class SyncResult(IntEnum):
    """The outcome of a synchronisation for one sensor."""

    SUCCESS = 0
    TOO_FEW_SAMPLES = 5
    SKEW_TOO_LARGE = 7
    START_TIME_ERROR = 8
    NOT_STARTED = 9


@dataclass(frozen=True, slots=True)
class ServiceMessage:
    """One message of the message service."""

    id: int
    """The service that it belongs to, for example :data:`SYNC`."""
    data: bytes
    """Its data; the first byte is the kind of the message."""


def encode_message(message: ServiceMessage) -> bytes:
    """Return the bytes of a message."""
    head = bytes((message.id, len(message.data))) + message.data
    return head + bytes((-sum(head) % 256,))


def decode_message(characteristic: str, payload: bytes) -> ServiceMessage:
    """Return the message in ``payload``, which may be padded with zeros to the full 160 bytes.

    Parameters
    ----------
    characteristic
        UUID of the characteristic it came from, for the error.
    payload
        The bytes.

    Raises
    ------
    DecodeError
        If it is cut short, has no data or the checksum is wrong.
    """
    # A message has an id, a length and a checksum around its data.
    end = payload[1] + 3 if len(payload) > 1 else 0
    if end < 4 or len(payload) < end:
        raise DecodeError(NAME, characteristic, payload, "a message that is cut short")
    if sum(payload[:end]) % 256:
        raise DecodeError(NAME, characteristic, payload, "a message with a wrong checksum")
    if any(payload[end:]):
        raise DecodeError(NAME, characteristic, payload, "bytes after the end of a message")
    return ServiceMessage(payload[0], payload[2 : end - 1])


def start_sync(root_mac: str) -> bytes:
    """Return the message that starts a synchronisation to the clock of ``root_mac``.

    ``root_mac`` is written as ``D4:22:CD:AA:BB:CC``; it travels last byte first.
    """
    return _sync(START_SYNC, bytes.fromhex(root_mac.replace(":", ""))[::-1])


def stop_sync() -> bytes:
    """Return the message that ends the synchronised state."""
    return _sync(STOP_SYNC)


def get_sync_status() -> bytes:
    """Return the message that asks whether the sensor is synchronised."""
    return _sync(GET_SYNC_STATUS)


def sync_status(*, synced: bool) -> bytes:
    """Return the sensor's answer to ``get_sync_status``."""
    return _sync(SYNC_STATUS, bytes((STATUS_SYNCED if synced else STATUS_NOT_SYNCED,)))


def start_sync_result(result: SyncResult) -> bytes:
    """Return a sensor's answer about a synchronisation, after it was connected again."""
    return _sync(START_SYNC_RESULT, bytes((result,)))


def stop_sync_result(*, success: bool) -> bytes:
    """Return the sensor's answer to ``stop_sync``."""
    return _sync(STOP_SYNC_RESULT, bytes((0 if success else 1,)))


def _sync(kind: int, data: bytes = b"") -> bytes:
    return encode_message(ServiceMessage(SYNC, bytes((kind,)) + data))
