"""The payloads of the Movella DOT: one calibrated sample a notification, and the battery.

Three payload modes carry acceleration and angular rate, all little-endian::

    21 rate quantities             u32 µs, f32 acc x y z (m/s²), f32 gyr x y z (°/s)
    20 rate quantities with mag    the same, then i16 mag x y z
    26 custom 5                    u32 µs, f32 quaternion w x y z, then acc and gyr as above

A notification may be padded with zeros to the length of its characteristic.

Source: "Movella DOT BLE Service Specification" XD0506P rev C, July 2023, tables 12 to 21.
"""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sensor.errors import DecodeError
from sensor.families.base import Decode, DeviceSamples, Encoder, Message
from sensor.families.counts import flags_of
from sensor.families.gatt import alike, by_characteristic, charge_packet
from sensor.families.movella_dot_messages import (
    MESSAGE_NOTIFICATION,
    NAME,
    decode_message,
    uuid,
)
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, frozen

LONG_PAYLOAD = uuid(0x2002)
MEDIUM_PAYLOAD = uuid(0x2003)
BATTERY = uuid(0x3001)

RATE_QUANTITIES_WITH_MAG = 20
RATE_QUANTITIES = 21
CUSTOM_5 = 26

TICKS_PER_S = 1_000_000
WRAP = 2**32

ACC_RANGE_G = 16.0
GYR_RANGE_DPS = 2000.0
ACC_LIMIT_MPS2 = ACC_RANGE_G * STANDARD_GRAVITY_MPS2
CLIPPED_FROM = 0.99
"""Fraction of the range: the sensor sends calibrated values, whose ends are not exactly there."""
IMPOSSIBLE_FROM = 2.0
"""Multiple of the range from which a number is no sample."""


@dataclass(frozen=True, slots=True)
class PayloadMode:
    """The layout of a payload mode."""

    characteristic: str
    """UUID of the characteristic that carries it."""
    acc_offset: int
    """Byte at which the acceleration begins; the angular rate follows."""
    size: int
    """Least length in bytes."""


MODES = {
    RATE_QUANTITIES_WITH_MAG: PayloadMode(MEDIUM_PAYLOAD, 4, 34),
    RATE_QUANTITIES: PayloadMode(MEDIUM_PAYLOAD, 4, 28),
    CUSTOM_5: PayloadMode(LONG_PAYLOAD, 20, 44),
}
LAYOUTS = (MODES[RATE_QUANTITIES], MODES[CUSTOM_5])
"""Modes 20 and 21 begin alike, so the characteristic alone tells where the samples are."""

_SAMPLE = struct.Struct("<6f")
_TICK = struct.Struct("<I")


def payload_decoder() -> Decode:
    """Return a decoder that reads every mode: one sample from each notification of a payload.

    A notification of the battery gives its charge, one of the message service nothing.
    """
    samples = {layout.characteristic: partial(_decode_samples, layout) for layout in LAYOUTS}
    return by_characteristic(
        NAME,
        {**samples, BATTERY: _decode_battery, MESSAGE_NOTIFICATION: _decode_service_message},
    )


def _decode_battery(payloads: Sequence[bytes]) -> list[Packet]:
    payload = payloads[0]
    if len(payload) != 2 or payload[0] > 100:
        raise DecodeError(NAME, BATTERY, payload, "not a battery state")
    return [charge_packet(float(payload[0]))]


def _decode_service_message(payloads: Sequence[bytes]) -> list[Packet]:
    decode_message(MESSAGE_NOTIFICATION, payloads[0])
    return []


def _decode_samples(layout: PayloadMode, payloads: Sequence[bytes]) -> list[Packet]:
    if len(payloads[0]) < layout.size:
        reason = f"a payload needs {layout.size} bytes"
        raise DecodeError(NAME, layout.characteristic, payloads[0], reason)
    acc_mps2: list[Sequence[float]] = []
    gyr_rad_s: list[list[float]] = []
    clipped: list[bool] = []
    ticks: list[int] = []
    for payload in alike(payloads):
        values = _SAMPLE.unpack_from(payload, layout.acc_offset)
        acc = max(map(abs, values[:3]))
        gyr = max(map(abs, values[3:]))
        # A sum is not finite if any of its terms is not; `max` would pass over a NaN.
        if (
            not math.isfinite(sum(values))
            or acc >= IMPOSSIBLE_FROM * ACC_LIMIT_MPS2
            or gyr >= IMPOSSIBLE_FROM * GYR_RANGE_DPS
        ):
            break
        acc_mps2.append(values[:3])
        gyr_rad_s.append([math.radians(value) for value in values[3:]])
        clipped.append(acc >= CLIPPED_FROM * ACC_LIMIT_MPS2 or gyr >= CLIPPED_FROM * GYR_RANGE_DPS)
        ticks += _TICK.unpack_from(payload)
    if not ticks:
        reason = "numbers that this sensor cannot measure"
        raise DecodeError(NAME, layout.characteristic, payloads[0], reason)
    return [
        Packet(frozen(acc_mps2), frozen(gyr_rad_s), flags_of(clipped), ticks, messages=len(ticks))
    ]


def payload_encoder(mode: int, rate_hz: float) -> Encoder:
    """Return the encoder of a payload mode: one notification a sample, not padded.

    Magnetometer and quaternion are sent as zero.

    Parameters
    ----------
    mode
        One of :data:`MODES`.
    rate_hz
        Output rate.
    """
    return Encoder(partial(_encode, MODES[mode], rate_hz))


def _encode(layout: PayloadMode, rate_hz: float, samples: DeviceSamples) -> list[Message]:
    acc = np.clip(samples.acc, -ACC_LIMIT_MPS2, ACC_LIMIT_MPS2)
    gyr = np.clip(np.rad2deg(samples.gyr), -GYR_RANGE_DPS, GYR_RANGE_DPS)
    messages = []
    for i in range(len(acc)):
        payload = bytearray(layout.size)
        tick = round((samples.time_s + i / rate_hz) * TICKS_PER_S) % WRAP
        _TICK.pack_into(payload, 0, tick)
        _SAMPLE.pack_into(payload, layout.acc_offset, *acc[i], *gyr[i])
        messages.append((layout.characteristic, bytes(payload)))
    return messages
