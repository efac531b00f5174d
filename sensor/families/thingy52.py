"""Nordic Thingy:52, over its motion service.

One raw sample a notification, nine little-endian int16 in fixed-point: acceleration (1/1024 g),
angular rate (1/32 °/s), magnetic field (not read). No clock and no counter. The firmware leaves the
accelerometer at ±2 g, which a foot exceeds; the format ends at ±1024 °/s.

Source: NordicSemiconductor/Nordic-Thingy52-FW. See ``firmware_notes/thingy52.md``.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from sensor.errors import DecodeError
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Decode,
    DeviceSamples,
    Encoder,
    Family,
    Message,
    Service,
)
from sensor.families.counts import FULL_SCALE_FRACTION, SampleScale, counted
from sensor.families.gatt import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    alike,
    battery_percent,
    by_characteristic,
    decode_battery,
)
from sensor.families.steps import Configured, Read, Script, Subscribe, Write
from sensor.families.virtual import MemoryPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings

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
SCALE = SampleScale(
    acc_unit_mps2=STANDARD_GRAVITY_MPS2 / 1024.0,
    gyr_unit_rad_s=float(np.deg2rad(1.0)) / 32.0,
    acc_limit=FULL_SCALE_FRACTION * ACC_RANGE_G * 1024.0,
    gyr_limit=FULL_SCALE_FRACTION * GYR_RANGE_DPS * 32.0,
)

DELAY_MS = {25.0: 17.3, 50.0: 9.4, 100.0: 5.4, 200.0: 3.4}
"""Delay of the low-pass by rate in Hz: the mean of gyroscope and accelerometer.

The firmware's driver sets a cut-off of 10, 20, 42 and 98 Hz, the largest below half of the rate; the
register map of the MPU-9250 (RM-MPU-9250A, registers 26 and 29) gives their delays.
"""

CONFIGURATION = struct.Struct("<HHHHB")
"""Periods of step counter, temperature and compass in ms; rate in Hz; wake on motion."""
FACTORY_CONFIGURATION = CONFIGURATION.pack(1000, 500, 500, 10, 1)
FIRMWARE_RATES_HZ = range(5, 201)
"""Rates that the firmware accepts."""
FAST_CONNECTION = struct.pack("<HHHH", 6, 12, 0, 400)
"""Interval of 7.5 to 15 ms in steps of 1.25 ms, latency 0, time-out 4 s."""

CAPABILITIES = Capabilities(
    models=("Thingy:52",),
    rates_hz=(25.0, 50.0, 100.0, 200.0),
    acc_ranges_g=(ACC_RANGE_G,),
    gyr_ranges_dps=(GYR_RANGE_DPS,),
    clock=ClockModel(ClockKind.NONE, rate_tolerance=0.03),
    default=StreamSettings(100.0, ACC_RANGE_G, GYR_RANGE_DPS),
    delay_s=lambda settings: DELAY_MS.get(settings.rate_hz, 0.0) / 1000.0,
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


def encode_configuration(rate_hz: float) -> bytes:
    """Return the motion configuration for a rate; the rest as it comes, but no wake on motion."""
    return CONFIGURATION.pack(1000, 500, 500, int(rate_hz), 0)


def _decoder(_settings: StreamSettings) -> Decode:
    """Return a decoder; the scale is the same with all settings."""
    return by_characteristic(
        NAME, {RAW: _decode_samples, BATTERY_LEVEL: partial(decode_battery, NAME)}
    )


def _decode_samples(payloads: Sequence[bytes]) -> list[Packet]:
    if len(payloads[0]) != RAW_BYTES:
        raise DecodeError(NAME, RAW, payloads[0], f"not the {RAW_BYTES} bytes of a raw sample")
    rows = [RAW_SAMPLE.unpack_from(payload) for payload in alike(payloads)]
    return [SCALE.packet([row[:3] for row in rows], [row[3:] for row in rows])]


def _encode(samples: DeviceSamples) -> list[Message]:
    acc_range_mps2 = ACC_RANGE_G * STANDARD_GRAVITY_MPS2
    acc = np.clip(samples.acc, -acc_range_mps2, acc_range_mps2)
    counts = np.zeros((len(acc), 9), dtype="<i2")
    # The last three are the magnetic field, which stays 0.
    counts[:, :3] = counted(acc, SCALE.acc_unit_mps2)
    counts[:, 3:6] = counted(samples.gyr, SCALE.gyr_unit_rad_s)
    return [(RAW, row.tobytes()) for row in counts]


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the service; the owner can change the name."""
    if CONFIGURATION_SERVICE in advertisement.service_uuids:
        return 1.0
    return 0.5 if advertisement.name == "Thingy" else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Write the rate, ask for a quick connection, and listen, which starts the stream."""
    CAPABILITIES.check(settings)
    battery = battery_percent((yield Read(BATTERY_LEVEL, optional=True)))
    yield Write(MOTION_CONFIGURATION, encode_configuration(settings.rate_hz), response=True)
    # One sample a notification: at a slow interval they would not all get through.
    yield Write(CONNECTION_PARAMETERS, FAST_CONNECTION, response=True)
    yield Subscribe(RAW)
    # Both ranges are the firmware's own, so nothing is read back.
    in_force = StreamSettings(settings.rate_hz, ACC_RANGE_G, GYR_RANGE_DPS)
    return Configured(in_force, battery_percent=battery)


def _peripheral() -> MemoryPeripheral:
    values = {MOTION_CONFIGURATION: FACTORY_CONFIGURATION, BATTERY_LEVEL: bytes((64,))}
    return MemoryPeripheral(values, accepts=_accepts, settings_of=_settings_of)


def _accepts(characteristic: str, data: bytes) -> bool:
    return (
        characteristic == MOTION_CONFIGURATION
        and len(data) == CONFIGURATION.size
        and CONFIGURATION.unpack(data)[3] in FIRMWARE_RATES_HZ
    )


def _settings_of(values: Mapping[str, bytes]) -> StreamSettings:
    rate_hz = CONFIGURATION.unpack(values[MOTION_CONFIGURATION])[3]
    return StreamSettings(float(rate_hz), ACC_RANGE_G, GYR_RANGE_DPS)


FAMILY = Family(
    name=NAME,
    title="Nordic Thingy:52",
    capabilities=CAPABILITIES,
    services=(
        Service(CONFIGURATION_SERVICE, (Characteristic(CONNECTION_PARAMETERS, ("read", "write")),)),
        Service(
            MOTION_SERVICE,
            (
                Characteristic(MOTION_CONFIGURATION, ("read", "write")),
                Characteristic(RAW, ("notify",)),
            ),
        ),
        BATTERY_SERVICE,
    ),
    advertisement=Advertisement("Thingy", (CONFIGURATION_SERVICE,)),
    recognise=_recognise,
    configure=_configure,
    # The device sleeps when nobody listens, so nothing has to be stopped.
    decoder=_decoder,
    encoder=lambda _settings: Encoder(_encode),
    peripheral=_peripheral,
)
