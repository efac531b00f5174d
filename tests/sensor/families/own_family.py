"""A made-up sensor, as somebody outside the project would write it.

A message is ``number of its first sample u16, four times (acc x y z, gyr x y z) i16``; the stream
starts when a rate in Hz (u8) is written.
"""

from collections.abc import Sequence

import numpy as np

from sensor.errors import DecodeError
from sensor.families import base, counts, gatt, steps, virtual
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings

NAME = "otter"
SERVICE, DATA, RATE = (f"0775e{n}00-36a1-4d7c-9f5e-2f6f0b1e9c11" for n in (1, 2, 3))
MESSAGE_BYTES, SAMPLES_PER_MESSAGE = 50, 4
ACC_UNIT_MPS2 = 16.0 * STANDARD_GRAVITY_MPS2 / counts.FULL_SCALE_I16
GYR_UNIT_RAD_S = float(np.deg2rad(2000.0)) / counts.FULL_SCALE_I16

CAPABILITIES = base.Capabilities(
    models=("Otter 1",),
    rates_hz=(50.0, 100.0),
    acc_ranges_g=(16.0,),
    gyr_ranges_dps=(2000.0,),
    clock=base.ClockModel(base.ClockKind.SEQUENCE, wrap=1 << 16),
)


def decode(payloads: Sequence[bytes]) -> list[Packet]:
    payload = payloads[0]
    if len(payload) != MESSAGE_BYTES:
        raise DecodeError(NAME, DATA, payload, f"not the {MESSAGE_BYTES} bytes of a message")
    sequence = int.from_bytes(payload[:2], "little")
    numbers = np.frombuffer(payload, "<i2", offset=2).reshape(-1, 6)
    acc = counts.scaled(numbers[:, :3], ACC_UNIT_MPS2)
    gyr = counts.scaled(numbers[:, 3:], GYR_UNIT_RAD_S)
    return [Packet(acc, gyr, counts.at_ends_of_i16(payload[2:], numbers), sequences=[sequence])]


def encode(samples: base.DeviceSamples) -> list[base.Message]:
    sequence = samples.index % (1 << 16)
    acc = counts.counted(samples.acc, ACC_UNIT_MPS2)
    gyr = counts.counted(samples.gyr, GYR_UNIT_RAD_S)
    return [(DATA, sequence.to_bytes(2, "little") + np.hstack([acc, gyr]).tobytes())]


def configure(settings: StreamSettings) -> steps.Script:
    CAPABILITIES.check(settings)
    yield steps.Subscribe(DATA)
    yield steps.Write(RATE, bytes((int(settings.rate_hz),)), response=True)
    return steps.Configured(StreamSettings(settings.rate_hz))


def peripheral() -> virtual.MemoryPeripheral:
    return virtual.MemoryPeripheral(
        {RATE: b"\0"},
        accepts=lambda characteristic, data: characteristic == RATE and len(data) == 1,
        settings_of=lambda values: StreamSettings(values[RATE][0]) if any(values[RATE]) else None,
    )


NOTIFY, WRITE = base.Characteristic(DATA, ("notify",)), base.Characteristic(RATE, ("write",))
FAMILY = base.Family(
    name=NAME,
    title="Otter",
    capabilities=CAPABILITIES,
    services=(base.Service(SERVICE, (NOTIFY, WRITE)),),
    advertisement=base.Advertisement("Otter", (SERVICE,)),
    recognise=lambda advertisement: float(SERVICE in advertisement.service_uuids),
    configure=configure,
    stop=(steps.Write(RATE, b"\0", response=True),),
    decoder=lambda _settings: gatt.by_characteristic(NAME, {DATA: decode}),
    encoder=lambda _settings: base.Encoder(encode, SAMPLES_PER_MESSAGE),
    peripheral=peripheral,
)
