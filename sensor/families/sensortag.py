"""TI SensorTag CC2650STK: recognised, decoded, but refused.

Ten samples a second and ±250 °/s cannot follow a leg curl. Its movement data are nine little-endian
int16: angular rate, acceleration, magnetic field (not used).

Sources: TI's CC2650 SensorTag User's Guide; sandeepmistry/node-sensortag. See
``firmware_notes/sensortag.md``.
"""

import struct
from collections.abc import Sequence
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
from sensor.families.counts import FULL_SCALE_I16, SampleScale, counted
from sensor.families.gatt import alike, by_characteristic
from sensor.families.steps import refuse
from sensor.families.virtual import SilentPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings

NAME = "sensortag"

SERVICE = "f000aa80-0451-4000-b000-000000000000"
DATA = "f000aa81-0451-4000-b000-000000000000"
CONFIGURATION = "f000aa82-0451-4000-b000-000000000000"
PERIOD = "f000aa83-0451-4000-b000-000000000000"

MOVEMENT = struct.Struct("<9h")
GYR_UNIT_RAD_S = float(np.deg2rad(500.0)) / 65536.0
"""The maker's formula; another public reader uses 1/128 °/s, which is 2.4 % more."""
GYR_RANGE_DPS = 250.0

REFUSED = "10 samples a second and ±250 °/s are too little for a leg curl"

CAPABILITIES = Capabilities(
    models=("CC2650STK",),
    rates_hz=(),
    acc_ranges_g=(2.0, 4.0, 8.0, 16.0),
    gyr_ranges_dps=(GYR_RANGE_DPS,),
    clock=ClockModel(ClockKind.NONE),
    default=StreamSettings(10.0, 8.0, GYR_RANGE_DPS),
    unconfirmed=("every byte of a sample: no capture is public",),
    refused=REFUSED,
)


def _scale(settings: StreamSettings) -> SampleScale:
    acc_unit_mps2 = settings.acc_range_g * STANDARD_GRAVITY_MPS2 / FULL_SCALE_I16
    return SampleScale(acc_unit_mps2, GYR_UNIT_RAD_S)


def _decoder(settings: StreamSettings) -> Decode:
    return by_characteristic(NAME, {DATA: partial(_decode_samples, _scale(settings))})


def _decode_samples(scale: SampleScale, payloads: Sequence[bytes]) -> list[Packet]:
    if len(payloads[0]) != MOVEMENT.size:
        raise DecodeError(NAME, DATA, payloads[0], f"not the {MOVEMENT.size} bytes of a sample")
    rows = [MOVEMENT.unpack(payload) for payload in alike(payloads)]
    # Angular rate first, unlike all other families.
    return [scale.packet(acc=[row[3:6] for row in rows], gyr=[row[:3] for row in rows])]


def _encoder(settings: StreamSettings) -> Encoder:
    return Encoder(partial(_encode, _scale(settings)))


def _encode(scale: SampleScale, samples: DeviceSamples) -> list[Message]:
    counts = np.zeros((len(samples.acc), 9), dtype="<i2")
    counts[:, :3] = counted(samples.gyr, scale.gyr_unit_rad_s)
    counts[:, 3:6] = counted(samples.acc, scale.acc_unit_mps2)
    return [(DATA, row.tobytes()) for row in counts]


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the name; the movement service is not always advertised."""
    by_name = "SensorTag" in advertisement.name
    return 1.0 if by_name or SERVICE in advertisement.service_uuids else 0.0


FAMILY = Family(
    name=NAME,
    title="TI SensorTag",
    capabilities=CAPABILITIES,
    services=(
        Service(
            SERVICE,
            (
                Characteristic(DATA, ("read", "notify")),
                Characteristic(CONFIGURATION, ("read", "write")),
                Characteristic(PERIOD, ("read", "write")),
            ),
        ),
    ),
    advertisement=Advertisement("CC2650 SensorTag"),
    recognise=_recognise,
    configure=refuse(NAME, f"another one: {REFUSED}"),
    decoder=_decoder,
    encoder=_encoder,
    peripheral=SilentPeripheral,
)
