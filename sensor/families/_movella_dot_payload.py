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
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError
from sensor.families import _movella_dot_messages as messages
from sensor.families._layout import NO_FLAGS, NO_SAMPLES
from sensor.families._movella_dot_messages import NAME, uuid
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, frozen, frozen_bool

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
# The sensor sends calibrated values, so its ends do not lie at full scale exactly.
CLIPPED_FROM = 0.99
# What is far beyond full scale is no sample.
IMPOSSIBLE_FROM = 2.0


@dataclass(frozen=True, slots=True)
class PayloadMode:
    """Where a payload mode is sent, where its acc begins, and how long it is at least."""

    characteristic: str
    acc_offset: int
    size: int


MODES = {
    RATE_QUANTITIES_WITH_MAG: PayloadMode(MEDIUM_PAYLOAD, 4, 34),
    RATE_QUANTITIES: PayloadMode(MEDIUM_PAYLOAD, 4, 28),
    CUSTOM_5: PayloadMode(LONG_PAYLOAD, 20, 44),
}
# Modes 20 and 21 begin alike, so the characteristic alone tells where the samples are.
LAYOUTS = {mode.characteristic: mode for mode in (MODES[RATE_QUANTITIES], MODES[CUSTOM_5])}

_SAMPLE = struct.Struct("<6f")
_TICK = struct.Struct("<I")
_IN_RANGE = frozen_bool([False])
_CLIPPED = frozen_bool([True])


class DotDecoder:
    """One sample from each notification of a payload, the charge from one of the battery."""

    def reset(self) -> None:
        """Do nothing: every message stands alone."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet in ``payload``, or none for a message of the message service.

        Raises
        ------
        DecodeError
            If the characteristic is not one of those in use, the payload is shorter than its
            mode, or its numbers are not possible for this sensor.
        """
        layout = LAYOUTS.get(characteristic)
        if layout is not None:
            return [_sample(layout, payload)]
        if characteristic == BATTERY:
            if len(payload) != 2 or payload[0] > 100:
                raise DecodeError(NAME, characteristic, payload, "not a battery state")
            return [Packet(NO_SAMPLES, NO_SAMPLES, NO_FLAGS, battery_percent=float(payload[0]))]
        if characteristic == messages.MESSAGE_NOTIFICATION:
            messages.decode_message(characteristic, payload)
            return []
        raise DecodeError(NAME, characteristic, payload, "not a characteristic that is in use")


def _sample(layout: PayloadMode, payload: bytes) -> Packet:
    if len(payload) < layout.size:
        reason = f"a payload needs {layout.size} bytes"
        raise DecodeError(NAME, layout.characteristic, payload, reason)
    values = _SAMPLE.unpack_from(payload, layout.acc_offset)
    acc = max(map(abs, values[:3]))
    gyr = max(map(abs, values[3:]))
    # A sum is not finite if any of its terms is not; `max` would pass over a NaN.
    if (
        not math.isfinite(sum(values))
        or acc >= IMPOSSIBLE_FROM * ACC_LIMIT_MPS2
        or gyr >= IMPOSSIBLE_FROM * GYR_RANGE_DPS
    ):
        reason = "numbers that this sensor cannot measure"
        raise DecodeError(NAME, layout.characteristic, payload, reason)
    clipped = acc >= CLIPPED_FROM * ACC_LIMIT_MPS2 or gyr >= CLIPPED_FROM * GYR_RANGE_DPS
    return Packet(
        frozen([values[:3]]),
        frozen([[math.radians(value) for value in values[3:]]]),
        _CLIPPED if clipped else _IN_RANGE,
        tick=_TICK.unpack_from(payload)[0],
    )


@dataclass(frozen=True, slots=True)
class DotEncoder:
    """The device's stream: one notification a sample, not padded."""

    mode: int
    rate_hz: float

    @property
    def samples_per_notification(self) -> int:
        """Always one."""
        return 1

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the device sends its time, and no counter
        time_s: float,
    ) -> list[tuple[str, bytes]]:
        """Return a notification for each sample; see ``base.Encoder``.

        Values beyond full scale saturate; magnetometer and quaternion are sent as zero.
        """
        layout = MODES[self.mode]
        acc = np.clip(acc, -ACC_LIMIT_MPS2, ACC_LIMIT_MPS2)
        gyr = np.clip(np.rad2deg(gyr), -GYR_RANGE_DPS, GYR_RANGE_DPS)
        out = []
        for i in range(len(acc)):
            payload = bytearray(layout.size)
            tick = round((time_s + i / self.rate_hz) * TICKS_PER_S) % WRAP
            _TICK.pack_into(payload, 0, tick)
            _SAMPLE.pack_into(payload, layout.acc_offset, *acc[i], *gyr[i])
            out.append((layout.characteristic, bytes(payload)))
        return out
