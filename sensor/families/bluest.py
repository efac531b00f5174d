"""ST SensorTile, SensorTile.box and BlueCoin with stock firmware, over the BlueST protocol.

The first 32 bits of a characteristic's UUID name the features in it; after a u16 time their values
follow in descending order of the bits. Two combinations are read, little-endian::

    00e00000-…   time u16  acc x y z  gyr x y z  mag x y z  (i16)     20 bytes
    00c00000-…   time u16  acc x y z  gyr x y z  (i16)                14 bytes

in mg and 0.1 °/s; the magnetic field is not used. The time counts 8 ms.

Sources: ST UM2496; STMicroelectronics/BlueSTSDK_Python and BlueSTSDK_Android. See
``firmware_notes/bluest.md``.
"""

import itertools
import struct
from collections.abc import Sequence
from dataclasses import replace
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
from sensor.families.gatt import alike, by_characteristic
from sensor.families.steps import Configured, Expect, Script, Subscribe
from sensor.families.virtual import SilentPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings

NAME = "bluest"

SERVICE = "00000000-0001-11e1-9ab4-0002a5d5c51b"
ACC_GYR_MAG = "00e00000-0001-11e1-ac36-0002a5d5c51b"
ACC_GYR = "00c00000-0001-11e1-ac36-0002a5d5c51b"
MESSAGE_BYTES = {ACC_GYR_MAG: 20, ACC_GYR: 14}

SAMPLE = struct.Struct("<H6h")
TICK_S = 0.008
WRAP = 1 << 16
ACC_UNIT_MPS2 = STANDARD_GRAVITY_MPS2 / 1000.0
GYR_UNIT_RAD_S = float(np.deg2rad(0.1))

PROTOCOL_VERSION = 1
FEATURES_ACC_GYR = 0x00C00000
"""Bits 23 and 22 of the advertised features."""
WATCHED = 25
"""Messages from which the rate of the firmware is estimated: half a second at 50 Hz."""

CAPABILITIES = Capabilities(
    models=("SensorTile", "SensorTile.box", "BlueCoin"),
    rates_hz=(50.0,),
    acc_ranges_g=(2.0,),
    gyr_ranges_dps=(2000.0,),
    clock=ClockModel(ClockKind.TICKS, tick_s=TICK_S, wrap=WRAP, rate_tolerance=0.05),
    default=StreamSettings(50.0, 2.0, 2000.0),
    experimental=True,
    limits=(
        "the firmware decides on rate (20 to 50 Hz, measured at connection) and ranges",
        "acceleration is clipped at ±2 g: impacts at the foot exceed it",
        "the device's time counts 8 ms: it shows losses, but places samples coarsely",
        "only boards that send acceleration and angular rate in one characteristic",
    ),
    unconfirmed=(
        "the delay of the low-pass: the maker states none, and none is assumed",
        "the rate and the ranges of each board's firmware, and the unit of its time",
        "every byte of a sample: no capture is public",
        "boards that advertise the second version of the protocol are not recognised",
    ),
)


def _decoder(settings: StreamSettings) -> Decode:
    """Return a decoder; the ranges decide only what is marked as clipped."""
    scale = SampleScale(
        ACC_UNIT_MPS2,
        GYR_UNIT_RAD_S,
        acc_limit=FULL_SCALE_FRACTION * settings.acc_range_g * 1000.0,
        gyr_limit=FULL_SCALE_FRACTION * settings.gyr_range_dps * 10.0,
    )
    readers = {uuid: partial(_decode_samples, scale, uuid) for uuid in MESSAGE_BYTES}
    return by_characteristic(NAME, readers)


def _decode_samples(
    scale: SampleScale, characteristic: str, payloads: Sequence[bytes]
) -> list[Packet]:
    length = MESSAGE_BYTES[characteristic]
    if len(payloads[0]) != length:
        raise DecodeError(NAME, characteristic, payloads[0], f"not the {length} bytes of a sample")
    rows = [SAMPLE.unpack_from(payload) for payload in alike(payloads)]
    acc, gyr = [row[1:4] for row in rows], [row[4:] for row in rows]
    return [scale.packet(acc, gyr, [row[0] for row in rows])]


def _encoder(settings: StreamSettings) -> Encoder:
    """Return the encoder of stock firmware: all three sensors in one characteristic."""
    return Encoder(partial(_encode, settings))


def _encode(settings: StreamSettings, samples: DeviceSamples) -> list[Message]:
    acc_range_mps2 = settings.acc_range_g * STANDARD_GRAVITY_MPS2
    gyr_range_rad_s = float(np.deg2rad(settings.gyr_range_dps))
    acc = counted(np.clip(samples.acc, -acc_range_mps2, acc_range_mps2), ACC_UNIT_MPS2)
    gyr = counted(np.clip(samples.gyr, -gyr_range_rad_s, gyr_range_rad_s), GYR_UNIT_RAD_S)
    times_s = [samples.time_s + i / settings.rate_hz for i in range(len(acc))]
    # The firmware drops the last three bits of its milliseconds.
    ticks = [(int(time_s * 1000.0) >> 3) % WRAP for time_s in times_s]
    return [
        (ACC_GYR_MAG, struct.pack("<H9h", tick, *acc_row, *gyr_row, 0, 0, 0))
        for tick, acc_row, gyr_row in zip(ticks, acc, gyr, strict=True)
    ]


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the manufacturer data, whose company field holds version and board."""
    for company, data in advertisement.manufacturer_data.items():
        # Big-endian, unlike the samples.
        features = int.from_bytes(data[:4], "big")
        if (
            company & 0xFF == PROTOCOL_VERSION
            and len(data) in (4, 10)  # without or with the device's address
            and features & FEATURES_ACC_GYR == FEATURES_ACC_GYR
        ):
            # Any company whose number ends in 01 could send such data, so it is never certain.
            return 0.7
    return 0.0


def _configure(settings: StreamSettings) -> Script:
    """Listen, and estimate the rate from the device's time."""
    CAPABILITIES.check(settings)
    decode = _decoder(settings)
    yield Subscribe(ACC_GYR_MAG)
    ticks: list[int] = []
    while len(ticks) < WATCHED:
        payload = yield Expect(ACC_GYR_MAG, b"", timeout_s=1.0, optional=True)
        if not payload:
            break  # A silent device is the link's business; the nominal rate is assumed.
        for packet in decode(ACC_GYR_MAG, [payload]):
            ticks += packet.ticks or ()
    return Configured(replace(settings, rate_hz=_rate_hz(ticks) or settings.rate_hz, extra={}))


def _rate_hz(ticks: Sequence[int]) -> float | None:
    """Return the rate of messages with these ticks, None if they are too few to tell."""
    # With few messages the 8 ms of a tick would be a large part of the whole.
    if len(ticks) < WATCHED // 2:
        return None
    passed = sum((after - before) % WRAP for before, after in itertools.pairwise(ticks))
    return round((len(ticks) - 1) / (passed * TICK_S), 1) if passed else None


FAMILY = Family(
    name=NAME,
    title="ST SensorTile (BlueST)",
    capabilities=CAPABILITIES,
    services=(Service(SERVICE, (Characteristic(ACC_GYR_MAG, ("notify",)),)),),
    advertisement=Advertisement(
        "AM1V340", manufacturer_data={0x0201: bytes.fromhex("00e00000c0853a1f2b4d")}
    ),
    recognise=_recognise,
    configure=_configure,
    # It sends only while somebody listens, so nothing has to be stopped.
    decoder=_decoder,
    encoder=_encoder,
    peripheral=lambda: SilentPeripheral(CAPABILITIES.default),
)
