"""Adafruit's public sensor services: CLUE, Feather nRF52840 Sense and boards that offer the same.

Acceleration and angular rate are separate characteristics, in the layout of
:mod:`sensor.families.float_streams`, in m/s² and rad/s. Each of the two services has its own
measurement period, in milliseconds as i32, under one and the same UUID.

Sources: adafruit/Adafruit_CircuitPython_BLE_Adafruit, adafruit/Adafruit_nRF52_Arduino
(BLEAdafruitService). See ``firmware_notes/adafruit.md``.
"""

import struct
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Decode,
    Encoder,
    Family,
    Service,
)
from sensor.families.counts import FULL_SCALE_FRACTION
from sensor.families.float_streams import FloatStream, float_decoder, float_encoder
from sensor.families.steps import Configured, Script, Subscribe, Write
from sensor.families.virtual import MemoryPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, StreamSettings

NAME = "adafruit"
COMPANY = 0x0822

ACC_SERVICE = "adaf0200-c332-42a8-93bd-25e905756cb8"
ACC = "adaf0201-c332-42a8-93bd-25e905756cb8"
GYR_SERVICE = "adaf0400-c332-42a8-93bd-25e905756cb8"
GYR = "adaf0401-c332-42a8-93bd-25e905756cb8"
PERIOD = "adaf0001-c332-42a8-93bd-25e905756cb8"

OFF_MS = -1
"""The period that ends a measurement."""
FACTORY_PERIOD_MS = 1000

CAPABILITIES = Capabilities(
    models=("CLUE nRF52840", "Feather nRF52840 Sense"),
    rates_hz=(10.0, 20.0, 25.0, 50.0, 100.0),
    acc_ranges_g=(4.0,),
    gyr_ranges_dps=(2000.0,),
    # The board's program keeps the period, between its other work.
    clock=ClockModel(ClockKind.NONE, rate_tolerance=0.05),
    default=StreamSettings(50.0, 4.0, 2000.0),
    separate_streams=True,
    experimental=True,
    limits=(
        "no clock and no counter: losses show only as a persistent lag of the sample count",
        "acceleration and angular rate are read at different moments",
        "the board's program fixes the ranges: they cannot be asked for",
        "boards without a gyroscope (Circuit Playground Bluefruit) cannot be used",
    ),
    unconfirmed=(
        "the delay of the low-pass: the maker states none, and none is assumed",
        "that the program of the board uses ±4 g and ±2000 °/s (CircuitPython's gyroscope: ±250)",
        "rates above 50 Hz",
        "that the angular rate is in rad/s on every board",
    ),
)


def encode_period(period_ms: int) -> bytes:
    """Return the bytes of a measurement period; −1 ends the measurement."""
    return struct.pack("<i", period_ms)


def _streams(settings: StreamSettings) -> tuple[FloatStream, FloatStream]:
    """Return the two streams; the ranges decide only what is marked as clipped."""
    acc_mps2 = settings.acc_range_g * STANDARD_GRAVITY_MPS2
    gyr_rad_s = float(np.deg2rad(settings.gyr_range_dps))
    return (
        FloatStream(ACC, 1.0, acc_mps2, FULL_SCALE_FRACTION * acc_mps2),
        FloatStream(GYR, 1.0, gyr_rad_s, FULL_SCALE_FRACTION * gyr_rad_s),
    )


def _decoder(settings: StreamSettings) -> Decode:
    return float_decoder(NAME, *_streams(settings))


def _encoder(settings: StreamSettings) -> Encoder:
    return float_encoder(*_streams(settings))


def _recognise(advertisement: Advertisement) -> float:
    """Judge by either service, or less surely by the maker's number."""
    if {ACC_SERVICE, GYR_SERVICE} & set(advertisement.service_uuids):
        return 1.0
    # Other products of the maker have the number as well.
    return 0.5 if COMPANY in advertisement.manufacturer_data else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Subscribe to both streams and set both periods."""
    CAPABILITIES.check(settings)
    yield Subscribe(ACC)
    yield Subscribe(GYR)
    period = encode_period(round(1000.0 / settings.rate_hz))
    # Both services have a period with the same UUID, so each write names its service.
    yield Write(PERIOD, period, response=True, service=ACC_SERVICE)
    yield Write(PERIOD, period, response=True, service=GYR_SERVICE)
    return Configured(replace(settings, extra={}))


def _peripheral() -> MemoryPeripheral:
    """Return a virtual board as it comes, with one period that both services share."""
    return MemoryPeripheral(
        {PERIOD: encode_period(FACTORY_PERIOD_MS)},
        accepts=lambda characteristic, data: characteristic == PERIOD and len(data) == 4,
        settings_of=_settings_of,
    )


def _settings_of(values: Mapping[str, bytes]) -> StreamSettings | None:
    (period_ms,) = struct.unpack("<i", values[PERIOD])
    # With a period of 0 a board at rest sends nothing.
    return replace(CAPABILITIES.default, rate_hz=1000.0 / period_ms) if period_ms > 0 else None


FAMILY = Family(
    name=NAME,
    title="Adafruit Bluefruit boards",
    capabilities=CAPABILITIES,
    services=tuple(
        Service(
            service,
            (Characteristic(PERIOD, ("read", "write")), Characteristic(values, ("read", "notify"))),
        )
        for service, values in ((ACC_SERVICE, ACC), (GYR_SERVICE, GYR))
    ),
    advertisement=Advertisement("CLUE", (ACC_SERVICE,), {COMPANY: bytes.fromhex("0401007180")}),
    recognise=_recognise,
    configure=_configure,
    stop=tuple(
        Write(PERIOD, encode_period(OFF_MS), response=True, service=service)
        for service in (ACC_SERVICE, GYR_SERVICE)
    ),
    decoder=_decoder,
    encoder=_encoder,
    peripheral=_peripheral,
)
