"""Programmable boards: Arduino Nano 33 BLE Sense, Nicla Sense ME, Seeed XIAO nRF52840 Sense.

They run the project's own sketch, ``firmware_notes/board_sketch``. Its layout, specified in
``firmware_notes/board.md``, little-endian::

    version u8  count u8  sequence u16  time u32  count × (acc x y z  gyr x y z) i16    a message
    version u8  count u8  rate u16  acc range u16  gyr range u16                        the settings

``sequence`` numbers the first sample, ``time`` is the board's clock at it in microseconds; a count
of 32768 is the range. One sample fits in the 20 bytes that any connection carries.
"""

import itertools
import struct
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from sensor.errors import DecodeError, DeviceError, SettingError
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
from sensor.families.counts import FULL_SCALE_I16, at_ends_of_i16, counted, scaled
from sensor.families.gatt import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    SERIAL_NUMBER,
    alike,
    battery_percent,
    by_characteristic,
    decode_battery,
    device_information,
    text,
)
from sensor.families.steps import Configured, Expect, Read, Script, Subscribe, Write
from sensor.families.virtual import MemoryPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings

NAME = "board"

SERVICE = "10fc0001-e930-4a64-8a98-603696b6f5e5"
DATA = "10fc0002-e930-4a64-8a98-603696b6f5e5"
SETTINGS = "10fc0003-e930-4a64-8a98-603696b6f5e5"

VERSION = 1
"""Version of the layout."""
HEAD = struct.Struct("<BBHI")
SAMPLE_BYTES = 12
MAX_COUNT = 19
"""Samples that fit in the 244 bytes of a long Bluetooth packet."""
SETTINGS_FORMAT = struct.Struct("<BBHHH")
RATE_UNIT_HZ = 0.01
COUNT_KEY = "samples_per_message"
MAX_DELAY_S = 0.04
"""Longest time that a message collects samples, unless more are asked for: a cue comes no later."""
IDLE = StreamSettings(rate_hz=0.0, extra={COUNT_KEY: 1})

CAPABILITIES = Capabilities(
    models=("Arduino Nano 33 BLE Sense", "Nicla Sense ME", "Seeed XIAO nRF52840 Sense"),
    rates_hz=(25.0, 50.0, 100.0, 200.0),
    acc_ranges_g=(2.0, 4.0, 8.0, 16.0),
    gyr_ranges_dps=(250.0, 500.0, 1000.0, 2000.0),
    clock=ClockModel(ClockKind.TICKS, tick_s=1e-6, wrap=1 << 32, rate_tolerance=0.05),
    limits=(
        "needs the project's sketch on the board (firmware_notes/board_sketch)",
        "a board that cannot take a setting names its own: the Nano's libraries are fixed at ±4 g",
    ),
    unconfirmed=("everything: the sketch was compiled against stand-ins, and ran on no board",),
)


def encode_settings(settings: StreamSettings, count: int) -> bytes:
    """Return the settings as they are written to the board and read from it.

    Parameters
    ----------
    settings
        Rate and ranges; a rate of 0 ends the stream.
    count
        Samples in a message, 1 to :data:`MAX_COUNT`.
    """
    return SETTINGS_FORMAT.pack(
        VERSION,
        count,
        round(settings.rate_hz / RATE_UNIT_HZ),
        round(settings.acc_range_g),
        round(settings.gyr_range_dps),
    )


def decode_settings(payload: bytes) -> StreamSettings:
    """Return the settings that a board names; the rate is 0 while it does not stream.

    Raises
    ------
    DecodeError
        If they are of another version or impossible.
    """
    if len(payload) < SETTINGS_FORMAT.size or payload[0] != VERSION:
        raise DecodeError(NAME, SETTINGS, payload, f"not settings of version {VERSION}")
    _, count, rate, acc_range_g, gyr_range_dps = SETTINGS_FORMAT.unpack_from(payload)
    if not (1 <= count <= MAX_COUNT and acc_range_g and gyr_range_dps):
        raise DecodeError(NAME, SETTINGS, payload, "impossible settings")
    # Hundredths have no exact binary form: rounding gives the number that was asked for.
    rate_hz = round(rate * RATE_UNIT_HZ, 2)
    return StreamSettings(rate_hz, acc_range_g, gyr_range_dps, {COUNT_KEY: count})


def _units(settings: StreamSettings) -> tuple[float, float]:
    """Return a count of acceleration in m/s² and one of angular rate in rad/s."""
    acc_unit_mps2 = settings.acc_range_g * STANDARD_GRAVITY_MPS2 / FULL_SCALE_I16
    return acc_unit_mps2, float(np.deg2rad(settings.gyr_range_dps)) / FULL_SCALE_I16


def _decoder(settings: StreamSettings) -> Decode:
    decode = partial(_decode_messages, *_units(settings))
    return by_characteristic(NAME, {DATA: decode, BATTERY_LEVEL: partial(decode_battery, NAME)})


def _decode_messages(
    acc_unit_mps2: float, gyr_unit_rad_s: float, payloads: Sequence[bytes]
) -> list[Packet]:
    payload = payloads[0]
    if len(payload) < HEAD.size or payload[0] != VERSION:
        raise DecodeError(NAME, DATA, payload, f"not a message of version {VERSION}")
    count = payload[1]
    # The radio stack cuts a message that is too long without an error, so the length must fit.
    if not count or len(payload) != HEAD.size + count * SAMPLE_BYTES:
        raise DecodeError(NAME, DATA, payload, f"not the length of {count} samples")
    good = list(itertools.takewhile(lambda p: p[:2] == payload[:2], alike(payloads)))
    data = b"".join([each[HEAD.size :] for each in good])
    counts = np.frombuffer(data, "<i2").reshape(-1, 6)
    heads = [HEAD.unpack_from(each) for each in good]
    return [
        Packet(
            scaled(counts[:, :3], acc_unit_mps2),
            scaled(counts[:, 3:], gyr_unit_rad_s),
            at_ends_of_i16(data, counts),
            ticks=[head[3] for head in heads],
            sequences=[head[2] for head in heads],
            messages=len(good),
        )
    ]


def _encoder(settings: StreamSettings) -> Encoder:
    """Return the encoder of a board that runs the sketch: one message for the samples."""
    return Encoder(partial(_encode, *_units(settings)), _samples_per_message(settings))


def _encode(acc_unit_mps2: float, gyr_unit_rad_s: float, samples: DeviceSamples) -> list[Message]:
    count = len(samples.acc)
    if not count:
        return []
    sequence, time_us = samples.index % (1 << 16), round(samples.time_s * 1e6) % (1 << 32)
    head = HEAD.pack(VERSION, count, sequence, time_us)
    acc, gyr = counted(samples.acc, acc_unit_mps2), counted(samples.gyr, gyr_unit_rad_s)
    return [(DATA, head + np.hstack([acc, gyr]).astype("<i2").tobytes())]


def _samples_per_message(settings: StreamSettings) -> int:
    """Return the samples of a message: as asked for, or as many as 40 ms hold."""
    asked = settings.extra.get(COUNT_KEY, max(1, int(settings.rate_hz * MAX_DELAY_S)))
    if not isinstance(asked, int) or not 1 <= asked <= MAX_COUNT:
        raise SettingError(COUNT_KEY, asked, f"a whole number from 1 to {MAX_COUNT}")
    return asked


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the service, which is ours alone; the name may have been changed."""
    if SERVICE in advertisement.service_uuids:
        return 1.0
    return 0.6 if advertisement.name.startswith("Toepoint board") else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Write the settings, and accept those that the board then names.

    Raises
    ------
    DeviceError
        If the board does not start.
    """
    CAPABILITIES.check(settings)
    count = _samples_per_message(settings)
    identity = text((yield Read(SERIAL_NUMBER, optional=True)))
    battery = battery_percent((yield Read(BATTERY_LEVEL, optional=True)))
    yield Subscribe(DATA)
    yield Write(SETTINGS, encode_settings(settings, count), response=True)
    # A slow board may not have filled a message yet; then nothing is known, and nothing changed.
    first = yield Expect(DATA, bytes((VERSION,)), timeout_s=1.0, optional=True)
    whole = (len(first) - HEAD.size) // SAMPLE_BYTES
    if first and 0 < whole < first[1]:
        # The connection's packets are short and have cut the message: ask for what fits.
        yield Write(SETTINGS, encode_settings(settings, whole), response=True)
    # A board that cannot take a setting names its own, and the samples mean what it names.
    in_force = decode_settings((yield Read(SETTINGS)))
    if not in_force.rate_hz:
        raise DeviceError(NAME, "the board does not stream; press its reset button")
    return Configured(in_force, identity, battery)


def board_peripheral() -> MemoryPeripheral:
    """Return a virtual board, which is idle until settings with a rate are written."""
    values = {
        SETTINGS: encode_settings(IDLE, 1),
        BATTERY_LEVEL: bytes((76,)),
        SERIAL_NUMBER: b"3F5A9C0D17E2B846",
    }
    return MemoryPeripheral(values, accepts=_accepts, settings_of=_settings_of)


def _accepts(characteristic: str, data: bytes) -> bool:
    if characteristic != SETTINGS:
        return False
    try:
        settings = decode_settings(data)
        # A rate of 0 ends the stream: its ranges are not looked at.
        if settings.rate_hz:
            CAPABILITIES.check(settings)
    except (DecodeError, SettingError):
        return False
    return True


def _settings_of(values: Mapping[str, bytes]) -> StreamSettings | None:
    settings = decode_settings(values[SETTINGS])
    return settings if settings.rate_hz else None


FAMILY = Family(
    name=NAME,
    title="Programmable board",
    capabilities=CAPABILITIES,
    services=(
        Service(
            SERVICE,
            (Characteristic(DATA, ("notify",)), Characteristic(SETTINGS, ("read", "write"))),
        ),
        BATTERY_SERVICE,
        device_information(SERIAL_NUMBER),
    ),
    advertisement=Advertisement("Toepoint board", (SERVICE,)),
    recognise=_recognise,
    configure=_configure,
    stop=(Write(SETTINGS, encode_settings(IDLE, 1), response=True),),
    decoder=_decoder,
    encoder=_encoder,
    peripheral=board_peripheral,
)
