"""Adafruit's public sensor services: CLUE, Feather nRF52840 Sense and boards that offer the same.

Acceleration and angular rate are separate characteristics of three little-endian floats, without
clock or counter, one sample a notification. Each service has a measurement period of its own, in
milliseconds as i32, under one and the same UUID.

Sources: adafruit/Adafruit_CircuitPython_BLE_Adafruit, adafruit/Adafruit_nRF52_Arduino
(BLEAdafruitService). See ``firmware_notes/adafruit.md``.
"""

import struct
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError
from sensor.families._layout import (
    FULL_SCALE_FRACTION,
    NO_SAMPLES,
    check_offered,
    float_vector,
)
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Configured,
    Script,
    Service,
    Step,
    Subscribe,
    Write,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

NAME = "adafruit"
COMPANY = 0x0822

ACC_SERVICE = "adaf0200-c332-42a8-93bd-25e905756cb8"
ACC = "adaf0201-c332-42a8-93bd-25e905756cb8"
GYR_SERVICE = "adaf0400-c332-42a8-93bd-25e905756cb8"
GYR = "adaf0401-c332-42a8-93bd-25e905756cb8"
PERIOD = "adaf0001-c332-42a8-93bd-25e905756cb8"

OFF_MS = -1
FACTORY_PERIOD_MS = 1000


def encode_period(period_ms: int) -> bytes:
    """Return a measurement period as it is written; -1 ends the measurement."""
    return struct.pack("<i", period_ms)


@dataclass(frozen=True, slots=True)
class AdafruitDecoder:
    """Notifications to packets of one sample; nothing is remembered."""

    acc_range_mps2: float
    gyr_range_rad_s: float

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return a packet whose one array is empty; see ``base.Decoder``."""
        if characteristic == ACC:
            full_scale = FULL_SCALE_FRACTION * self.acc_range_mps2
            acc, clipped = float_vector(NAME, ACC, payload, 1.0, full_scale)
            return [Packet(acc, NO_SAMPLES, clipped)]
        if characteristic == GYR:
            full_scale = FULL_SCALE_FRACTION * self.gyr_range_rad_s
            gyr, clipped = float_vector(NAME, GYR, payload, 1.0, full_scale)
            return [Packet(NO_SAMPLES, gyr, clipped)]
        raise DecodeError(NAME, characteristic, payload, "neither acceleration nor angular rate")


@dataclass(frozen=True, slots=True)
class AdafruitEncoder:
    """The two streams of a board."""

    acc_range_mps2: float
    gyr_range_rad_s: float

    @property
    def samples_per_notification(self) -> int:
        """One: the characteristics hold one sample."""
        return 1

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the board sends neither counter nor time
        time_s: float,  # noqa: ARG002
    ) -> list[tuple[str, bytes]]:
        """Return a notification of each stream for each sample; see ``base.Encoder``."""
        acc_sent = np.clip(acc, -self.acc_range_mps2, self.acc_range_mps2).astype("<f4")
        gyr_sent = np.clip(gyr, -self.gyr_range_rad_s, self.gyr_range_rad_s).astype("<f4")
        pairs = zip(acc_sent, gyr_sent, strict=True)
        return [
            notification
            for acc_row, gyr_row in pairs
            for notification in ((ACC, acc_row.tobytes()), (GYR, gyr_row.tobytes()))
        ]


@dataclass(slots=True)
class AdafruitPeripheral:
    """A virtual board as it comes: one measurement a second."""

    period_ms: int = FACTORY_PERIOD_MS

    def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
        """Take a measurement period; both services share it here."""
        if characteristic == PERIOD and len(data) == 4:
            (self.period_ms,) = struct.unpack("<i", data)
        return []

    def read(self, characteristic: str) -> bytes:
        """Return the measurement period."""
        return encode_period(self.period_ms) if characteristic == PERIOD else b""

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force; a period of 0 or below sends nothing while at rest."""
        if self.period_ms <= 0:
            return None
        default = CAPABILITIES.default
        return StreamSettings(1000.0 / self.period_ms, default.acc_range_g, default.gyr_range_dps)


CAPABILITIES = Capabilities(
    models=("CLUE nRF52840", "Feather nRF52840 Sense"),
    rates_hz=(10.0, 20.0, 25.0, 50.0, 100.0),
    acc_ranges_g=(4.0,),
    gyr_ranges_dps=(2000.0,),
    # The period is kept by the board's program, which does other things as well.
    clock=ClockModel(ClockKind.NONE, rate_tolerance=0.05),
    default=StreamSettings(50.0, 4.0, 2000.0),
    separate_streams=True,
    experimental=True,
    limits=(
        "no clock and no counter: losses show only as a persistent lag of the sample count",
        "acceleration and angular rate are read at different moments",
        "the ranges are those of the board's program and cannot be asked for",
        "boards without a gyroscope (Circuit Playground Bluefruit) cannot be used",
    ),
    unconfirmed=(
        "that the program of the board uses ±4 g and ±2000 °/s (CircuitPython's gyroscope: ±250)",
        "rates above 50 Hz",
        "that the angular rate is in rad/s on every board",
    ),
)

SERVICES = tuple(
    Service(
        service,
        (
            Characteristic(PERIOD, ("read", "write")),
            Characteristic(values, ("read", "notify")),
        ),
    )
    for service, values in ((ACC_SERVICE, ACC), (GYR_SERVICE, GYR))
)

ADVERTISEMENT = Advertisement("CLUE", (ACC_SERVICE,), {COMPANY: bytes.fromhex("0401007180")})


@dataclass(frozen=True, slots=True)
class Adafruit:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "Adafruit Bluefruit boards"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by a service of the two, or by the maker's number."""
        if {ACC_SERVICE, GYR_SERVICE} & set(advertisement.service_uuids):
            return 1.0
        return 0.5 if COMPANY in advertisement.manufacturer_data else 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Subscribe to both streams and set both periods; see ``base.Family``."""
        check_offered(settings, CAPABILITIES)
        yield Subscribe(ACC)
        yield Subscribe(GYR)
        period = encode_period(round(1000.0 / settings.rate_hz))
        yield Write(PERIOD, period, response=True, service=ACC_SERVICE)
        yield Write(PERIOD, period, response=True, service=GYR_SERVICE)
        return Configured(
            StreamSettings(settings.rate_hz, settings.acc_range_g, settings.gyr_range_dps)
        )

    def stop(self) -> list[Step]:
        """End both measurements."""
        return [
            Write(PERIOD, encode_period(OFF_MS), response=True, service=service)
            for service in (ACC_SERVICE, GYR_SERVICE)
        ]

    def decoder(self, settings: StreamSettings) -> AdafruitDecoder:
        """Return a decoder; the ranges decide only what is marked as clipped."""
        return AdafruitDecoder(*_full_scale(settings))

    def encoder(self, settings: StreamSettings) -> AdafruitEncoder:
        """Return an encoder."""
        return AdafruitEncoder(*_full_scale(settings))

    def peripheral(self) -> AdafruitPeripheral:
        """Return a virtual board."""
        return AdafruitPeripheral()


def _full_scale(settings: StreamSettings) -> tuple[float, float]:
    """Return the ranges in m/s² and rad/s."""
    acc_mps2 = settings.acc_range_g * STANDARD_GRAVITY_MPS2
    return acc_mps2, float(np.deg2rad(settings.gyr_range_dps))


FAMILY = Adafruit()
