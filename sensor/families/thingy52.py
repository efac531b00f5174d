"""Nordic Thingy:52, over its motion service.

One raw sample a notification, nine little-endian int16 in fixed-point: acceleration (1/1024 g),
angular rate (1/32 °/s), magnetic field (not read). No clock and no counter. The firmware leaves the
accelerometer at ±2 g, which a foot exceeds; the format ends at ±1024 °/s.

Source: NordicSemiconductor/Nordic-Thingy52-FW. See ``firmware_notes/thingy52.md``.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError
from sensor.families._layout import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    FULL_SCALE_FRACTION,
    battery_packet,
    battery_percent,
    check_offered,
    counted,
    row_flag,
    scaled_row,
)
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Configured,
    Read,
    Script,
    Service,
    Step,
    Subscribe,
    Write,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

NAME = "thingy52"

CONFIGURATION_SERVICE = "ef680100-9b35-4933-9b10-52ffa9740042"
CONNECTION_PARAMETERS = "ef680104-9b35-4933-9b10-52ffa9740042"
MOTION_SERVICE = "ef680400-9b35-4933-9b10-52ffa9740042"
MOTION_CONFIGURATION = "ef680401-9b35-4933-9b10-52ffa9740042"
RAW = "ef680406-9b35-4933-9b10-52ffa9740042"

RAW_BYTES = 18
RAW_SAMPLE = struct.Struct("<6h")
ACC_RANGE_G = 2.0
GYR_RANGE_DPS = 1024.0
ACC_LSB_MPS2 = STANDARD_GRAVITY_MPS2 / 1024.0
GYR_LSB_RAD_S = float(np.deg2rad(1.0)) / 32.0
ACC_LIMIT = FULL_SCALE_FRACTION * ACC_RANGE_G * 1024.0
GYR_LIMIT = FULL_SCALE_FRACTION * GYR_RANGE_DPS * 32.0

STEP_COUNTER_MS = 1000
TEMPERATURE_MS = 500
COMPASS_MS = 500
FACTORY_CONFIGURATION = struct.pack("<HHHHB", 1000, 500, 500, 10, 1)
FAST_CONNECTION = struct.pack("<HHHH", 6, 12, 0, 400)
"""Interval of 7.5 to 15 ms in steps of 1.25 ms, latency 0, time-out 4 s."""


def encode_configuration(rate_hz: float) -> bytes:
    """Return the motion configuration for a rate, with wake on motion off."""
    return struct.pack("<HHHHB", STEP_COUNTER_MS, TEMPERATURE_MS, COMPASS_MS, int(rate_hz), 0)


@dataclass(frozen=True, slots=True)
class ThingyDecoder:
    """Notifications to packets of one sample; nothing is remembered."""

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet of one sample; see ``base.Decoder``."""
        if characteristic == BATTERY_LEVEL:
            return [battery_packet(NAME, payload)]
        if characteristic != RAW:
            raise DecodeError(NAME, characteristic, payload, "not the raw motion data")
        if len(payload) != RAW_BYTES:
            raise DecodeError(NAME, RAW, payload, f"not the {RAW_BYTES} bytes of a raw sample")
        counts = RAW_SAMPLE.unpack_from(payload)
        acc, gyr = counts[:3], counts[3:]
        full_scale = max(map(abs, acc)) >= ACC_LIMIT or max(map(abs, gyr)) >= GYR_LIMIT
        acc_row, gyr_row = scaled_row(acc, ACC_LSB_MPS2), scaled_row(gyr, GYR_LSB_RAD_S)
        return [Packet(acc_row, gyr_row, row_flag(clipped=full_scale))]


@dataclass(frozen=True, slots=True)
class ThingyEncoder:
    """The device's raw stream."""

    samples_per_notification: int = 1

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the device sends neither counter nor time
        time_s: float,  # noqa: ARG002
    ) -> list[tuple[str, bytes]]:
        """Return a notification for each sample; see ``base.Encoder``."""
        acc_range_mps2 = ACC_RANGE_G * STANDARD_GRAVITY_MPS2
        counts = np.zeros((len(acc), 9), dtype="<i2")
        counts[:, :3] = counted(np.clip(acc, -acc_range_mps2, acc_range_mps2), ACC_LSB_MPS2)
        counts[:, 3:6] = counted(gyr, GYR_LSB_RAD_S)
        return [(RAW, row.tobytes()) for row in counts]


@dataclass(slots=True)
class ThingyPeripheral:
    """A virtual device as it comes: 10 Hz."""

    configuration: bytes = FACTORY_CONFIGURATION

    def write(self, characteristic: str, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Take a motion configuration with a rate from 5 to 200 Hz."""
        if characteristic == MOTION_CONFIGURATION and len(data) == len(FACTORY_CONFIGURATION):
            rate_hz = struct.unpack("<HHHHB", data)[3]
            if 5 <= rate_hz <= 200:
                self.configuration = data
        return []

    def read(self, characteristic: str) -> bytes:
        """Return the configuration or the battery."""
        return {
            MOTION_CONFIGURATION: self.configuration,
            BATTERY_LEVEL: bytes((64,)),
        }.get(characteristic, b"")

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force: it streams to whoever listens."""
        rate_hz = struct.unpack("<HHHHB", self.configuration)[3]
        return StreamSettings(float(rate_hz), ACC_RANGE_G, GYR_RANGE_DPS)


CAPABILITIES = Capabilities(
    models=("Thingy:52",),
    rates_hz=(25.0, 50.0, 100.0, 200.0),
    acc_ranges_g=(ACC_RANGE_G,),
    gyr_ranges_dps=(GYR_RANGE_DPS,),
    clock=ClockModel(ClockKind.NONE, rate_tolerance=0.03),
    default=StreamSettings(100.0, ACC_RANGE_G, GYR_RANGE_DPS),
    experimental=True,
    limits=(
        "acceleration is clipped at ±2 g: impacts at the foot exceed it",
        "angular rate ends at ±1024 °/s",
        "no clock and no counter: losses show only as a persistent lag of the sample count",
        "one sample a notification: many hosts do not reach 200 Hz",
    ),
    unconfirmed=(
        "whether angular rates beyond ±1024 °/s saturate or wrap round",
        "every byte of a sample: no capture is public",
    ),
)

SERVICES = (
    Service(CONFIGURATION_SERVICE, (Characteristic(CONNECTION_PARAMETERS, ("read", "write")),)),
    Service(
        MOTION_SERVICE,
        (
            Characteristic(MOTION_CONFIGURATION, ("read", "write")),
            Characteristic(RAW, ("notify",)),
        ),
    ),
    Service(BATTERY_SERVICE, (Characteristic(BATTERY_LEVEL, ("read", "notify")),)),
)

ADVERTISEMENT = Advertisement("Thingy", (CONFIGURATION_SERVICE,))


@dataclass(frozen=True, slots=True)
class Thingy52:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "Nordic Thingy:52"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by the service; the name can be changed by its owner."""
        if CONFIGURATION_SERVICE in advertisement.service_uuids:
            return 1.0
        return 0.5 if advertisement.name == ADVERTISEMENT.name else 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Write the rate, ask for a quick connection, and listen; see ``base.Family``."""
        check_offered(settings, CAPABILITIES)
        battery = battery_percent((yield Read(BATTERY_LEVEL, optional=True)))
        yield Write(MOTION_CONFIGURATION, encode_configuration(settings.rate_hz), response=True)
        yield Write(CONNECTION_PARAMETERS, FAST_CONNECTION, response=True)
        yield Subscribe(RAW)
        in_force = StreamSettings(settings.rate_hz, ACC_RANGE_G, GYR_RANGE_DPS)
        return Configured(in_force, battery_percent=battery)

    def stop(self) -> Sequence[Step]:
        """Return nothing: it sleeps when nobody listens."""
        return []

    def decoder(self, settings: StreamSettings) -> ThingyDecoder:
        """Return a decoder; the scale is the same with all settings."""
        del settings
        return ThingyDecoder()

    def encoder(self, settings: StreamSettings) -> ThingyEncoder:
        """Return an encoder; the scale is the same with all settings."""
        del settings
        return ThingyEncoder()

    def peripheral(self) -> ThingyPeripheral:
        """Return a virtual device with factory settings."""
        return ThingyPeripheral()


FAMILY = Thingy52()
