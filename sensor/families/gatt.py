"""The standard parts of a GATT table: UUIDs of the Bluetooth SIG, battery, texts, and dispatch."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from sensor.errors import DecodeError
from sensor.families.base import Characteristic, Decode, Service
from sensor.families.counts import NO_FLAGS, NO_SAMPLES
from sensor.types import Packet

Reader: TypeAlias = Callable[[Sequence[bytes]], Sequence[Packet]]
"""A decoder of one characteristic; see :data:`sensor.families.base.Decode`."""


def uuid16(short: int) -> str:
    """Return the 128-bit form of a 16-bit UUID of the Bluetooth SIG."""
    return f"0000{short:04x}-0000-1000-8000-00805f9b34fb"


BATTERY_LEVEL = uuid16(0x2A19)
SERIAL_NUMBER = uuid16(0x2A25)
FIRMWARE_REVISION = uuid16(0x2A26)

BATTERY_SERVICE = Service(uuid16(0x180F), (Characteristic(BATTERY_LEVEL, ("read", "notify")),))


def device_information(*uuids: str) -> Service:
    """Return the device information service with those of its texts that are used."""
    return Service(uuid16(0x180A), tuple(Characteristic(uuid, ("read",)) for uuid in uuids))


def by_characteristic(family: str, readers: Mapping[str, Reader]) -> Decode:
    """Return a decoder that gives payloads to the reader of their characteristic.

    Parameters
    ----------
    family
        Name of the family, for the error.
    readers
        The reader of each characteristic; any other characteristic is a ``DecodeError``.
    """
    return partial(_dispatch, family, readers)


def _dispatch(
    family: str, readers: Mapping[str, Reader], characteristic: str, payloads: Sequence[bytes]
) -> Sequence[Packet]:
    reader = readers.get(characteristic)
    if reader is None:
        raise DecodeError(
            family, characteristic, payloads[0], "not a characteristic of this stream"
        )
    return reader(payloads)


def alike(payloads: Sequence[bytes]) -> Sequence[bytes]:
    """Return the payloads from the first on that are as long as it."""
    if len(payloads) == 1:
        return payloads
    size = len(payloads[0])
    if set(map(len, payloads)) == {size}:
        return payloads
    for count, payload in enumerate(payloads):
        if len(payload) != size:
            return payloads[:count]
    return payloads


def text(payload: bytes) -> str | None:
    """Return the text of a text characteristic, None if it is empty or not readable."""
    # A text may end with a zero, or be filled up with zeros.
    value = payload.split(b"\0", 1)[0].decode("utf-8", errors="replace").strip()
    return value if value and value.isprintable() and "\ufffd" not in value else None


def battery_percent(payload: bytes) -> float | None:
    """Return the charge in the standard battery level; None if it is empty or no percentage."""
    return float(payload[0]) if len(payload) == 1 and payload[0] <= 100 else None


def decode_battery(family: str, payloads: Sequence[bytes]) -> list[Packet]:
    """Return a packet with the charge that the standard battery level names, without samples.

    Raises
    ------
    DecodeError
        If the payload is no percentage.
    """
    percent = battery_percent(payloads[0])
    if percent is None:
        raise DecodeError(family, BATTERY_LEVEL, payloads[0], "the battery level is no percentage")
    return [charge_packet(percent)]


def charge_packet(percent: float) -> Packet:
    """Return a packet with the charge of the battery (0 to 100) and without samples."""
    return Packet(NO_SAMPLES, NO_SAMPLES, NO_FLAGS, battery_percent=percent)
