"""ST SensorTile, SensorTile.box and BlueCoin with stock firmware, over the BlueST protocol.

The first 32 bits of a characteristic's UUID say which features are in it; after a u16 time their
values follow in descending order of the bits. Two combinations are read, little-endian::

    00e00000-…   time u16  acc x y z  gyr x y z  mag x y z  (i16)     20 bytes
    00c00000-…   time u16  acc x y z  gyr x y z  (i16)                14 bytes

in mg and 0.1 °/s; the magnetic field is not used. The time counts 8 ms.

Sources: ST UM2496; STMicroelectronics/BlueSTSDK_Python and BlueSTSDK_Android. See
``firmware_notes/bluest.md``.
"""

import itertools
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError
from sensor.families._layout import (
    FULL_SCALE_FRACTION,
    check_offered,
    counted,
    row_flag,
    scaled_row,
)
from sensor.families._quiet import QuietPeripheral
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Configured,
    Expect,
    Script,
    Service,
    Step,
    Subscribe,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

NAME = "bluest"

SERVICE = "00000000-0001-11e1-9ab4-0002a5d5c51b"
ACC_GYR_MAG = "00e00000-0001-11e1-ac36-0002a5d5c51b"
ACC_GYR = "00c00000-0001-11e1-ac36-0002a5d5c51b"
MESSAGE_BYTES = {ACC_GYR_MAG: 20, ACC_GYR: 14}

SAMPLE = struct.Struct("<H6h")
TICK_S = 0.008
WRAP = 1 << 16
ACC_LSB_MPS2 = STANDARD_GRAVITY_MPS2 / 1000.0
GYR_LSB_RAD_S = float(np.deg2rad(0.1))

PROTOCOL_VERSION = 1
FEATURES_ACC_GYR = 0x00C00000
WATCHED = 25
"""Messages from which the rate of the firmware is found out."""


@dataclass(frozen=True, slots=True)
class BlueStDecoder:
    """Notifications to packets of one sample; nothing is remembered."""

    acc_limit: float
    gyr_limit: float

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet of one sample; see ``base.Decoder``."""
        length = MESSAGE_BYTES.get(characteristic)
        if length is None:
            raise DecodeError(NAME, characteristic, payload, "not acceleration and angular rate")
        if len(payload) != length:
            raise DecodeError(NAME, characteristic, payload, f"not the {length} bytes of a sample")
        time, *counts = SAMPLE.unpack_from(payload)
        acc, gyr = counts[:3], counts[3:]
        full_scale = max(map(abs, acc)) >= self.acc_limit or max(map(abs, gyr)) >= self.gyr_limit
        acc_row, gyr_row = scaled_row(acc, ACC_LSB_MPS2), scaled_row(gyr, GYR_LSB_RAD_S)
        return [Packet(acc_row, gyr_row, row_flag(clipped=full_scale), tick=time)]


@dataclass(frozen=True, slots=True)
class BlueStEncoder:
    """The stream of stock firmware: all three sensors in one characteristic."""

    settings: StreamSettings

    @property
    def samples_per_notification(self) -> int:
        """One: the protocol has no more."""
        return 1

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the device sends a time, but no counter
        time_s: float,
    ) -> list[tuple[str, bytes]]:
        """Return a notification for each sample; see ``base.Encoder``."""
        acc_range_mps2 = self.settings.acc_range_g * STANDARD_GRAVITY_MPS2
        gyr_range_rad_s = float(np.deg2rad(self.settings.gyr_range_dps))
        acc_counts = counted(np.clip(acc, -acc_range_mps2, acc_range_mps2), ACC_LSB_MPS2)
        gyr_counts = counted(np.clip(gyr, -gyr_range_rad_s, gyr_range_rad_s), GYR_LSB_RAD_S)
        # The firmware drops the last three bits of its milliseconds.
        ticks = [int((time_s + i / self.settings.rate_hz) * 1000.0) >> 3 for i in range(len(acc))]
        return [
            (ACC_GYR_MAG, struct.pack("<H9h", tick % WRAP, *acc_row, *gyr_row, 0, 0, 0))
            for tick, acc_row, gyr_row in zip(ticks, acc_counts, gyr_counts, strict=True)
        ]


CAPABILITIES = Capabilities(
    models=("SensorTile", "SensorTile.box", "BlueCoin"),
    rates_hz=(50.0,),
    acc_ranges_g=(2.0,),
    gyr_ranges_dps=(2000.0,),
    clock=ClockModel(ClockKind.TICKS, tick_s=TICK_S, wrap=WRAP, rate_tolerance=0.05),
    default=StreamSettings(50.0, 2.0, 2000.0),
    experimental=True,
    limits=(
        "the firmware decides on rate (20 to 50 Hz, found out at connection) and ranges",
        "acceleration is clipped at ±2 g: impacts at the foot exceed it",
        "the device's time counts 8 ms: it shows losses, but places samples coarsely",
        "only boards that send acceleration and angular rate in one characteristic",
    ),
    unconfirmed=(
        "the rate and the ranges of each board's firmware, and the unit of its time",
        "every byte of a sample: no capture is public",
        "boards that advertise the second version of the protocol are not recognised",
    ),
)

SERVICES = (Service(SERVICE, (Characteristic(ACC_GYR_MAG, ("notify",)),)),)

ADVERTISEMENT = Advertisement(
    "AM1V340", (), {0x0201: bytes.fromhex("00e00000") + bytes.fromhex("c0853a1f2b4d")}
)


@dataclass(frozen=True, slots=True)
class BlueSt:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "ST SensorTile (BlueST)"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by the manufacturer data, in whose company field stand version and board."""
        for company, data in advertisement.manufacturer_data.items():
            features = int.from_bytes(data[:4], "big")
            if (
                company & 0xFF == PROTOCOL_VERSION
                and len(data) in (4, 10)
                and features & FEATURES_ACC_GYR == FEATURES_ACC_GYR
            ):
                return 0.7
        return 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Listen, and find out the rate from the device's time; see ``base.Family``."""
        check_offered(settings, CAPABILITIES)
        decoder = self.decoder(settings)
        yield Subscribe(ACC_GYR_MAG)
        ticks: list[int] = []
        while len(ticks) < WATCHED:
            message = yield Expect(ACC_GYR_MAG, b"", timeout_s=1.0, optional=True)
            if not message:
                break
            ticks += [packet.tick or 0 for packet in decoder.feed(ACC_GYR_MAG, message)]
        rate_hz = _rate_hz(ticks) or settings.rate_hz
        return Configured(StreamSettings(rate_hz, settings.acc_range_g, settings.gyr_range_dps))

    def stop(self) -> Sequence[Step]:
        """Return nothing: it sends only while somebody listens."""
        return []

    def decoder(self, settings: StreamSettings) -> BlueStDecoder:
        """Return a decoder; the ranges decide only what is marked as clipped."""
        return BlueStDecoder(
            FULL_SCALE_FRACTION * settings.acc_range_g * 1000.0,
            FULL_SCALE_FRACTION * settings.gyr_range_dps * 10.0,
        )

    def encoder(self, settings: StreamSettings) -> BlueStEncoder:
        """Return an encoder."""
        return BlueStEncoder(settings)

    def peripheral(self) -> QuietPeripheral:
        """Return a virtual device."""
        return QuietPeripheral(CAPABILITIES.default)


def _rate_hz(ticks: Sequence[int]) -> float | None:
    """Return the rate of messages with these times, None if they are too few to tell."""
    if len(ticks) < WATCHED // 2:
        return None
    passed = sum((after - before) % WRAP for before, after in itertools.pairwise(ticks))
    return round((len(ticks) - 1) / (passed * TICK_S), 1) if passed else None


FAMILY = BlueSt()
