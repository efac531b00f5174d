"""Programmable boards: Arduino Nano 33 BLE Sense, Nicla Sense ME, Seeed XIAO nRF52840 Sense.

They run the project's own sketch, ``firmware_notes/board_sketch``. Its layout, specified in
``firmware_notes/board.md``, little-endian::

    version u8  count u8  sequence u16  time u32  count × (acc x y z  gyr x y z) i16    a message
    version u8  count u8  rate u16  acc range u16  gyr range u16                        the settings

``sequence`` numbers the first sample, ``time`` is the board's clock at it in microseconds; a count
of 32768 is the range. One sample fits in the 20 bytes that any connection carries.
"""

import struct
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families._layout import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    DEVICE_INFORMATION,
    FULL_SCALE_I16,
    SERIAL_NUMBER,
    at_ends_of_i16,
    battery_packet,
    battery_percent,
    check_offered,
    counted,
    scaled,
    text,
)
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Configured,
    Expect,
    Read,
    Script,
    Service,
    Step,
    Subscribe,
    Write,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

NAME = "board"

SERVICE = "10fc0001-e930-4a64-8a98-603696b6f5e5"
DATA = "10fc0002-e930-4a64-8a98-603696b6f5e5"
SETTINGS = "10fc0003-e930-4a64-8a98-603696b6f5e5"

VERSION = 1
HEAD = struct.Struct("<BBHI")
SAMPLE_BYTES = 12
MAX_COUNT = 19
"""What fits in the 244 bytes of a long Bluetooth packet."""
SETTINGS_FORMAT = struct.Struct("<BBHHH")
RATE_UNIT_HZ = 0.01
COUNT_KEY = "samples_per_message"
MAX_DELAY_S = 0.04
IDLE = StreamSettings(rate_hz=0.0, extra={COUNT_KEY: 1})


def encode_settings(settings: StreamSettings, count: int) -> bytes:
    """Return the settings as they are written to the board and read from it."""
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
        If they are of another version or cannot be.
    """
    if len(payload) < SETTINGS_FORMAT.size or payload[0] != VERSION:
        raise DecodeError(NAME, SETTINGS, payload, f"not settings of version {VERSION}")
    _, count, rate, acc_range_g, gyr_range_dps = SETTINGS_FORMAT.unpack_from(payload)
    if not (1 <= count <= MAX_COUNT and acc_range_g and gyr_range_dps):
        raise DecodeError(NAME, SETTINGS, payload, "settings that cannot be")
    rate_hz = round(rate * RATE_UNIT_HZ, 2)
    return StreamSettings(rate_hz, acc_range_g, gyr_range_dps, {COUNT_KEY: count})


@dataclass(frozen=True, slots=True)
class BoardDecoder:
    """Messages to packets; a message is complete in itself, so nothing is remembered."""

    acc_unit_mps2: float
    gyr_unit_rad_s: float

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet of a message; see ``base.Decoder``."""
        if characteristic == BATTERY_LEVEL:
            return [battery_packet(NAME, payload)]
        if characteristic != DATA:
            raise DecodeError(NAME, characteristic, payload, "not the data characteristic")
        if len(payload) < HEAD.size or payload[0] != VERSION:
            raise DecodeError(NAME, DATA, payload, f"not a message of version {VERSION}")
        _, count, sequence, time_us = HEAD.unpack_from(payload)
        if not count or len(payload) != HEAD.size + count * SAMPLE_BYTES:
            raise DecodeError(NAME, DATA, payload, f"not the length of {count} samples")
        counts = np.frombuffer(payload, "<i2", offset=HEAD.size).reshape(count, 6)
        return [
            Packet(
                scaled(counts[:, :3], self.acc_unit_mps2),
                scaled(counts[:, 3:], self.gyr_unit_rad_s),
                at_ends_of_i16(payload, counts),
                tick=time_us,
                sequence=sequence,
            )
        ]


@dataclass(frozen=True, slots=True)
class BoardEncoder:
    """The stream of a board that runs the sketch."""

    acc_unit_mps2: float
    gyr_unit_rad_s: float
    samples_per_notification: int

    def encode(
        self, acc: FloatArray, gyr: FloatArray, sample_index: int, time_s: float
    ) -> list[tuple[str, bytes]]:
        """Return one message; see ``base.Encoder``."""
        if not len(acc):
            return []
        head = HEAD.pack(
            VERSION, len(acc), sample_index % (1 << 16), round(time_s * 1e6) % (1 << 32)
        )
        counts = np.hstack([counted(acc, self.acc_unit_mps2), counted(gyr, self.gyr_unit_rad_s)])
        return [(DATA, head + counts.astype("<i2").tobytes())]


@dataclass(slots=True)
class BoardPeripheral:
    """A virtual board: idle until settings with a rate are written."""

    settings: StreamSettings = IDLE

    def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
        """Take new settings, as far as the board can; others leave the old in force."""
        if characteristic == SETTINGS:
            try:
                wanted = decode_settings(data)
                if wanted.rate_hz:
                    check_offered(wanted, CAPABILITIES)
            except (DecodeError, SettingError):
                return []
            self.settings = wanted
        return []

    def read(self, characteristic: str) -> bytes:
        """Return the settings in force, or what the standard services say."""
        return {
            SETTINGS: encode_settings(self.settings, _count(self.settings)),
            BATTERY_LEVEL: bytes((76,)),
            SERIAL_NUMBER: b"3F5A9C0D17E2B846",
        }.get(characteristic, b"")

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force, once a rate is."""
        return self.settings if self.settings.rate_hz else None


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

SERVICES = (
    Service(
        SERVICE,
        (Characteristic(DATA, ("notify",)), Characteristic(SETTINGS, ("read", "write"))),
    ),
    Service(BATTERY_SERVICE, (Characteristic(BATTERY_LEVEL, ("read", "notify")),)),
    Service(DEVICE_INFORMATION, (Characteristic(SERIAL_NUMBER, ("read",)),)),
)

ADVERTISEMENT = Advertisement("Toepoint board", (SERVICE,))


@dataclass(frozen=True, slots=True)
class Board:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "Programmable board"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by the service, which is ours alone; the name may have been changed."""
        if SERVICE in advertisement.service_uuids:
            return 1.0
        return 0.6 if advertisement.name.startswith(ADVERTISEMENT.name) else 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Write the settings, and take what the board then names; see ``base.Family``.

        Raises
        ------
        DeviceError
            If the board does not start.
        """
        check_offered(settings, CAPABILITIES)
        count = _count(settings)
        identity = text((yield Read(SERIAL_NUMBER, optional=True)))
        battery = battery_percent((yield Read(BATTERY_LEVEL, optional=True)))
        yield Subscribe(DATA)
        yield Write(SETTINGS, encode_settings(settings, count), response=True)
        first = yield Expect(DATA, bytes((VERSION,)), timeout_s=1.0, optional=True)
        whole = (len(first) - HEAD.size) // SAMPLE_BYTES
        if first and 0 < whole < first[1]:
            # The connection's packets are short and have cut the message: ask for what fits.
            yield Write(SETTINGS, encode_settings(settings, whole), response=True)
        in_force = decode_settings((yield Read(SETTINGS)))
        if not in_force.rate_hz:
            raise DeviceError(NAME, "the board does not stream; press its reset button")
        return Configured(in_force, identity, battery)

    def stop(self) -> list[Step]:
        """Ask for a rate of 0."""
        return [Write(SETTINGS, encode_settings(IDLE, 1), response=True)]

    def decoder(self, settings: StreamSettings) -> BoardDecoder:
        """Return a decoder for the ranges of ``settings``."""
        return BoardDecoder(*_units(settings))

    def encoder(self, settings: StreamSettings) -> BoardEncoder:
        """Return an encoder; ``extra`` may name ``samples_per_message``."""
        return BoardEncoder(*_units(settings), _count(settings))

    def peripheral(self) -> BoardPeripheral:
        """Return a virtual board that is idle."""
        return BoardPeripheral()


def _units(settings: StreamSettings) -> tuple[float, float]:
    acc_unit_mps2 = settings.acc_range_g * STANDARD_GRAVITY_MPS2 / FULL_SCALE_I16
    return acc_unit_mps2, float(np.deg2rad(settings.gyr_range_dps)) / FULL_SCALE_I16


def _count(settings: StreamSettings) -> int:
    """Return the samples of a message: as asked for, or as many as 40 ms hold."""
    asked = settings.extra.get(COUNT_KEY, max(1, int(settings.rate_hz * MAX_DELAY_S)))
    if not isinstance(asked, int) or not 1 <= asked <= MAX_COUNT:
        raise SettingError(COUNT_KEY, asked, f"a whole number from 1 to {MAX_COUNT}")
    return asked


FAMILY = Board()
