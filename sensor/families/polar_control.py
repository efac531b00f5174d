"""The control point of Polar's measurement service: requests, answers, and a device that answers.

Requests are written to the control point and answered there by indications::

    op  type  [settings]                       the request
    f0  op  type  status  more  [settings]     its answer; more answers follow while ``more`` is set

A settings list is ``id  count  values`` for each setting.

Source: "Polar Measurement Data" (online_measurement.pdf, version 1.0, August 2024).
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sensor.errors import DecodeError
from sensor.families.base import Message
from sensor.families.gatt import BATTERY_LEVEL, FIRMWARE_REVISION, SERIAL_NUMBER
from sensor.families.polar_frames import ACC, GYRO
from sensor.types import StreamSettings

NAME = "polar"
CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"

GET_SETTINGS = 0x01
START = 0x02
STOP = 0x03
ANSWER = 0xF0
STOPPED_BY_DEVICE = 0x01
SDK_MODE = 9

RATE, RESOLUTION, RANGE, CHANNELS, FACTOR = 0, 1, 2, 4, 5
SETTING_FORMATS = {0: "H", 1: "H", 2: "H", 3: "i", 4: "B", 5: "f", 6: "16s"}
BITS = 16
AXES = 3

OK, NOT_SUPPORTED, BAD_LENGTH, BAD_PARAMETER, ALREADY = 0, 3, 4, 5, 6
BAD_RESOLUTION, BAD_RATE, BAD_RANGE, BAD_CHANNELS, INVALID_STATE = 7, 8, 9, 11, 12
STATUS_TEXTS = {
    3: "it does not support this; update its firmware (SDK mode needs 1.1.5)",
    6: "it is already streaming; switch it off and on",
    8: "it does not offer this rate",
    9: "it does not offer this range",
    10: "the connection's packets are too small; connect again",
    12: "it is in another mode; switch it to heart-rate mode (blue light, heart)",
    13: "it is in the charger; take it out",
    14: "its memory is full",
}

RATES_HZ = (26.0, 52.0, 104.0, 208.0, 416.0)
ACC_RANGES_G = (2.0, 4.0, 8.0, 16.0)
GYR_RANGES_DPS = (250.0, 500.0, 1000.0, 2000.0)
NORMAL_MODE = (52.0, 8.0, 2000.0)
"""Rate, acceleration and angular-rate range outside SDK mode: the only ones there."""

FACTOR_KEYS = {ACC: "acc_factor", GYRO: "gyr_factor"}
"""Keys of the conversion factors that the device named, in :attr:`StreamSettings.extra`."""
GYRO_STEP = 3.5e-5
"""A count of the gyroscope as a fraction of its range: 0.07 °/s at 2000 °/s, as published."""


def start_request(measurement: int, rate_hz: float, full_scale: float) -> bytes:
    """Return the request that starts a stream of three 16-bit channels.

    Parameters
    ----------
    measurement
        ``ACC`` or ``GYRO``.
    rate_hz
        Rate, a whole number.
    full_scale
        Range: ±g or ±°/s, a whole number.
    """
    return struct.pack(
        "<BB BBH BBH BBH BBB",
        *(START, measurement),
        *(RATE, 1, int(rate_hz)),
        *(RESOLUTION, 1, BITS),
        *(RANGE, 1, int(full_scale)),
        *(CHANNELS, 1, AXES),
    )


def encode_settings(settings: Mapping[int, Sequence[float]]) -> bytes:
    """Return a list of settings as the device writes it in an answer: values by setting."""
    parts = []
    for number, values in settings.items():
        kind = SETTING_FORMATS[number]
        numbers = values if kind == "f" else [int(value) for value in values]
        parts.append(struct.pack(f"<BB{len(numbers)}{kind}", number, len(numbers), *numbers))
    return b"".join(parts)


def decode_settings(payload: bytes) -> dict[int, tuple[float, ...]]:
    """Return the values of a list of settings, by setting.

    Raises
    ------
    DecodeError
        If the list is cut short or holds a setting whose size is not known.
    """
    settings: dict[int, tuple[float, ...]] = {}
    at = 0
    while at < len(payload):
        kind = SETTING_FORMATS.get(payload[at])
        if kind is None or at + 2 > len(payload):
            raise DecodeError(NAME, CONTROL, payload, "a setting of unknown size")
        layout = struct.Struct("<" + kind * payload[at + 1])
        if at + 2 + layout.size > len(payload):
            raise DecodeError(NAME, CONTROL, payload, "the list of settings is cut short")
        settings[payload[at]] = layout.unpack_from(payload, at + 2)
        at += 2 + layout.size
    return settings


def _options(measurement: int, *, sdk_mode: bool) -> dict[int, Sequence[float]]:
    """Return the values that the device offers in each mode, by setting."""
    rates: Sequence[float] = RATES_HZ if sdk_mode else NORMAL_MODE[:1]
    if measurement == ACC:
        ranges = ACC_RANGES_G if sdk_mode else NORMAL_MODE[1:2]
    else:
        ranges = GYR_RANGES_DPS if sdk_mode else NORMAL_MODE[2:]
    return {RATE: rates, RESOLUTION: [BITS], RANGE: ranges, CHANNELS: [AXES]}


@dataclass(slots=True)
class PolarPeripheral:
    """A virtual Verity Sense in heart-rate mode: its control point."""

    sdk_mode: bool = False
    """Whether SDK mode is on."""
    running: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Rate and range of each stream that runs."""

    def write(self, characteristic: str, data: bytes) -> list[Message]:
        """Accept a request; return the indication that answers it."""
        if characteristic != CONTROL:
            return []
        op, kind = data[:2] if len(data) >= 2 else (0, 0)
        status, settings = self._answer(op, kind, data[2:]) if op else (BAD_LENGTH, b"")
        return [(CONTROL, bytes((ANSWER, op, kind, status, 0)) + settings)]

    def _answer(self, op: int, kind: int, body: bytes) -> tuple[int, bytes]:
        if op not in (GET_SETTINGS, START, STOP) or kind not in (ACC, GYRO, SDK_MODE):
            return NOT_SUPPORTED, b""
        if kind == SDK_MODE:
            return self._switch_sdk_mode(on=op == START), b""
        if op == GET_SETTINGS:
            return OK, encode_settings(_options(kind, sdk_mode=self.sdk_mode))
        # Starting a running stream and stopping an idle one get the same answer.
        if (op == START) == (kind in self.running):
            return ALREADY, b""
        if op == STOP:
            del self.running[kind]
            return OK, b""
        return self._start(kind, body)

    def _switch_sdk_mode(self, *, on: bool) -> int:
        if self.running:
            return INVALID_STATE
        status = ALREADY if on == self.sdk_mode else OK
        self.sdk_mode = on
        return status

    def _start(self, kind: int, body: bytes) -> tuple[int, bytes]:
        try:
            wanted = decode_settings(body)
        except DecodeError:
            return BAD_PARAMETER, b""
        options = _options(kind, sdk_mode=self.sdk_mode)
        for number, fault in (
            (RATE, BAD_RATE),
            (RESOLUTION, BAD_RESOLUTION),
            (RANGE, BAD_RANGE),
            (CHANNELS, BAD_CHANNELS),
        ):
            if len(wanted.get(number, ())) != 1 or wanted[number][0] not in options[number]:
                return fault, b""
        full_scale = wanted[RANGE][0]
        self.running[kind] = (wanted[RATE][0], full_scale)
        # Its accelerometer sends mg, which need no factor.
        if kind == ACC:
            return OK, b""
        return OK, encode_settings({FACTOR: [full_scale * GYRO_STEP]})

    def read(self, characteristic: str) -> bytes:
        """Return the features, or the value of a standard characteristic."""
        return {
            CONTROL: bytes((0x0F, 0b0110_1110, 0b0000_0010)) + bytes(14),
            BATTERY_LEVEL: bytes((87,)),
            SERIAL_NUMBER: b"A1B2C3D4",
            FIRMWARE_REVISION: b"2.1.0",
        }.get(characteristic, b"")

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force once both streams run."""
        if len(self.running) < 2:
            return None
        (rate_hz, acc_range_g), (_, gyr_range_dps) = self.running[ACC], self.running[GYRO]
        # The factor passes through a 32-bit float on its way to the client.
        factor = float(np.float32(gyr_range_dps * GYRO_STEP))
        return StreamSettings(rate_hz, acc_range_g, gyr_range_dps, {FACTOR_KEYS[GYRO]: factor})
