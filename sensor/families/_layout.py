"""What several families share: standard characteristics, scaling with clip flags, checks."""

import math
import struct
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from sensor.errors import DecodeError, SettingError
from sensor.families.base import Capabilities
from sensor.types import BoolArray, FloatArray, Packet, StreamSettings, frozen, frozen_bool

FULL_SCALE_I16 = 32768
FULL_SCALE_FRACTION = 0.999
"""Of the range: from here on a value that comes in units counts as full scale."""
ENDS_OF_I16 = (b"\xff\x7f", b"\x00\x80", b"\x01\x80")
THREE_FLOATS = struct.Struct("<3f")
IMPLAUSIBLE = 1e3
"""In m/s² or rad/s: twice as much as any wearable part can say."""


def uuid16(short: int) -> str:
    """Return the 128-bit form of a 16-bit UUID of the Bluetooth SIG."""
    return f"0000{short:04x}-0000-1000-8000-00805f9b34fb"


BATTERY_SERVICE = uuid16(0x180F)
BATTERY_LEVEL = uuid16(0x2A19)
DEVICE_INFORMATION = uuid16(0x180A)
MODEL_NUMBER = uuid16(0x2A24)
SERIAL_NUMBER = uuid16(0x2A25)
FIRMWARE_REVISION = uuid16(0x2A26)

NO_SAMPLES: FloatArray = frozen(np.zeros((0, 3)))
NO_FLAGS: BoolArray = frozen_bool(np.zeros(0))
CLIPPED: BoolArray = frozen_bool(np.ones(1))


def scaled(counts: npt.ArrayLike, unit: float) -> FloatArray:
    """Return ``counts`` times ``unit`` as a read-only float64 array of the same shape."""
    values: FloatArray = np.multiply(counts, unit, dtype=np.float64, order="C")
    values.setflags(write=False)
    return values


def scaled_row(counts: Sequence[float], unit: float) -> FloatArray:
    """Return the ``counts`` of one sample times ``unit`` as a read-only row (1, 3)."""
    x, y, z = counts
    # For three numbers plain arithmetic is quicker than an array's.
    values: FloatArray = np.array([(x * unit, y * unit, z * unit)])
    values.setflags(write=False)
    return values


def row_flag(*, clipped: bool) -> BoolArray:
    """Return the flag of one sample, as a read-only array (1,)."""
    return CLIPPED if clipped else unclipped(1)


def at_full_scale(values: npt.NDArray[np.int16] | FloatArray, limit: float) -> BoolArray:
    """Return (n,) flags: any channel of ``values`` (n, k) is ``limit`` or more, either way."""
    # Hardly ever one is, which the extremes show at half the price.
    if -limit < values.min(initial=0) and values.max(initial=0) < limit:
        return unclipped(len(values))
    # Two comparisons, since the magnitude of -32768 does not fit in 16 bits.
    flags: BoolArray = np.any((values >= limit) | (values <= -limit), axis=1)
    flags.setflags(write=False)
    return flags


@cache
def unclipped(n: int) -> BoolArray:
    """Return ``n`` flags that are all False."""
    return frozen_bool(np.zeros(n))


def at_ends_of_i16(payload: bytes, counts: npt.NDArray[np.int16]) -> BoolArray:
    """Return (n,) flags: any of the ``counts`` (n, k) in ``payload`` is at an end of 16 bits."""
    # Looking for the ends in the bytes is much cheaper than looking at every number.
    if any(end in payload for end in ENDS_OF_I16):
        return at_full_scale(counts, FULL_SCALE_I16 - 1)
    return unclipped(len(counts))


def counted(values: FloatArray, unit: float) -> npt.NDArray[np.int16]:
    """Return ``values`` in steps of ``unit``, rounded, and held at the ends of 16 bits."""
    steps = np.rint(values / unit)
    return np.clip(steps, -FULL_SCALE_I16, FULL_SCALE_I16 - 1).astype("<i2")


def float_vector(
    family: str, characteristic: str, payload: bytes, unit: float, full_scale: float
) -> tuple[FloatArray, BoolArray]:
    """Return the three little-endian floats of ``payload`` times ``unit``, as one row (1, 3).

    With it comes its flag (1,): whether any of them is ``full_scale`` (in SI units) or more.

    Raises
    ------
    DecodeError
        If it is not 12 bytes, or a float is not a number that a sensor can have measured.
    """
    if len(payload) != THREE_FLOATS.size:
        raise DecodeError(family, characteristic, payload, "not three floats of 4 bytes")
    x, y, z = THREE_FLOATS.unpack(payload)
    largest = max(abs(x), abs(y), abs(z))
    # The sum is not a number if any of them is none; ``max`` would pass over it.
    if not largest < IMPLAUSIBLE / unit or math.isnan(x + y + z):
        raise DecodeError(family, characteristic, payload, "a value that no sensor measures")
    return scaled_row((x, y, z), unit), row_flag(clipped=largest * unit >= full_scale)


def text(payload: bytes) -> str | None:
    """Return what a text characteristic says, or None if it says nothing readable."""
    said = payload.split(b"\0", 1)[0].decode("utf-8", errors="replace").strip()
    return said if said and said.isprintable() and "\ufffd" not in said else None


def battery_percent(payload: bytes) -> float | None:
    """Return the charge that the standard battery characteristic names, None if it is unread."""
    return float(payload[0]) if len(payload) == 1 and payload[0] <= 100 else None


def battery_packet(family: str, payload: bytes) -> Packet:
    """Return a packet without samples for a notification of the standard battery level.

    Raises
    ------
    DecodeError
        If the payload is no percentage.
    """
    percent = battery_percent(payload)
    if percent is None:
        raise DecodeError(family, BATTERY_LEVEL, payload, "the battery level is no percentage")
    return Packet(NO_SAMPLES, NO_SAMPLES, NO_FLAGS, battery_percent=percent)


def check_offered(settings: StreamSettings, capabilities: Capabilities) -> None:
    """Check that a family offers the rate and the ranges of ``settings``.

    Raises
    ------
    SettingError
        For the first of them that it does not offer.
    """
    for key, value, offered in (
        ("rate_hz", settings.rate_hz, capabilities.rates_hz),
        ("acc_range_g", settings.acc_range_g, capabilities.acc_ranges_g),
        ("gyr_range_dps", settings.gyr_range_dps, capabilities.gyr_ranges_dps),
    ):
        if value not in offered:
            choice = ", ".join(f"{each:g}" for each in offered)
            raise SettingError(key, value, f"one of {choice}")
