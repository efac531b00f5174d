"""Movesense Flash, MD, HR+ and HR2, over the GATT SensorData Protocol.

A command is ``command, reference, data…``; its reference comes back with everything it causes::

    01 ref  status (u16)  data…     the answer to a command (to HELLO without a status)
    02 ref  data…                   data of a subscription
    03 ref  data…                   the rest of data that did not fit into one notification

The data of the stream are a u32 time in ms, then all acc, then all gyr (and with IMU9 all
magnetometer) samples as f32 x y z, without a count: how many they are follows from the rate.

Sources: Movesense's GATT SensorData Protocol; sokolmarek/movesense-commander (captures);
sensein/movesense-py. See ``firmware_notes/movesense.md``.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from sensor.families.counts import NO_FLAGS, NO_SAMPLES, at_full_scale
from sensor.families.gatt import by_characteristic, charge_packet, uuid16
from sensor.families.steps import Configured, Expect, Script, Subscribe, Write
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings, frozen

NAME = "movesense"
SERVICE = "34802252-7185-4d5d-b431-630e7050e8f0"
COMMAND = "34800001-7185-4d5d-b431-630e7050e8f0"
NOTIFY = "34800002-7185-4d5d-b431-630e7050e8f0"
COMPANY_SERVICE = uuid16(0xFDF3)

HELLO, SUBSCRIBE, UNSUBSCRIBE, GET = 0, 1, 2, 4
ANSWER, DATA, DATA_REST = 1, 2, 3
HELLO_REF, BATTERY_REF, STREAM_REF = 1, 10, 99

OK = 200
REFUSALS = {
    404: "its firmware has no such stream: install firmware with the GATT SensorData Protocol",
    409: "the stream is in use: take its battery out and in again",
    429: "it has no room for another request: take its battery out and in again",
    503: "it is busy: wait and connect again",
}

BATTERY_PATH = "/System/Energy/Level"
SENSORS_OF = {"IMU6": 2, "IMU9": 3}
"""Number of sensors in each resource."""
SAMPLES_AT = {52.0: 4, 104.0: 8}
"""Samples that the device sends at a time, by rate in Hz."""

ACC_RANGE_G = 8.0
GYR_RANGE_DPS = 2000.0
IMPOSSIBLE = np.array([2 * 16.0 * STANDARD_GRAVITY_MPS2, 2 * 2000.0]).reshape(2, 1, 1)
"""Twice the widest ranges of the chip, in m/s² and °/s: beyond them there is no sample."""
CLIPPED_FROM = 0.99
"""Fraction of the range: the ends of calibrated values are not exactly at full scale."""

MILLISECONDS_PER_S = 1000
WRAP = 2**32
NOTIFICATION_BYTES = 155
"""The room in one notification at the sensor's own largest MTU (158)."""

CAPABILITIES = Capabilities(
    models=("Movesense Flash", "Movesense MD", "Movesense HR+", "Movesense HR2"),
    # 208 Hz would need more than two notifications for its data: what happens then is unknown.
    rates_hz=tuple(SAMPLES_AT),
    acc_ranges_g=(ACC_RANGE_G,),
    gyr_ranges_dps=(GYR_RANGE_DPS,),
    # The samples come from the sensor chip's own oscillator, the ticks from the processor's.
    clock=ClockModel(
        ClockKind.TICKS, tick_s=1.0 / MILLISECONDS_PER_S, wrap=WRAP, rate_tolerance=0.05
    ),
    default=StreamSettings(104.0, ACC_RANGE_G, GYR_RANGE_DPS),
    limits=(
        "needs firmware with the GATT SensorData Protocol; older HR+ units must be reflashed",
        "the ranges cannot be set over this protocol",
    ),
    unconfirmed=(
        "the delay of the low-pass: the maker states none, and none is assumed",
        "the layout of IMU6 (captures exist of IMU9 only)",
        "the ranges in force: 8 g and 2000 °/s are assumed, they decide what is marked as clipped",
        "that eight samples at 104 Hz come in two notifications",
        "the answer to a subscription",
    ),
)


def command(code: int, reference: int, path: str = "") -> bytes:
    """Return a command.

    Parameters
    ----------
    code
        What to do: HELLO, SUBSCRIBE, UNSUBSCRIBE or GET.
    reference
        A number of our own, which comes back with the answer.
    path
        A resource such as ``/Meas/IMU6/104``.
    """
    return bytes((code, reference)) + (path.encode("ascii") + b"\0" if path else b"")


def resource(settings: StreamSettings) -> str:
    """Return the resource that ``settings.extra`` names, by default ``IMU6``.

    Raises
    ------
    SettingError
        If it does not have both acceleration and angular rate.
    """
    name = settings.extra.get("resource", "IMU6")
    if not isinstance(name, str) or name not in SENSORS_OF:
        raise SettingError("resource", name, "one of " + ", ".join(SENSORS_OF))
    return name


def samples_at(settings: StreamSettings) -> int:
    """Return how many samples the sensor sends at a time.

    Raises
    ------
    SettingError
        If nobody has published what it sends at this rate.
    """
    if settings.rate_hz not in SAMPLES_AT:
        raise SettingError("rate_hz", settings.rate_hz, "one of 52, 104")
    return SAMPLES_AT[settings.rate_hz]


class DataStream:
    """The stream's data, put together again from one or more notifications."""

    def __init__(self, settings: StreamSettings) -> None:
        self._shape = (SENSORS_OF[resource(settings)], samples_at(settings), 3)
        self._bytes = 4 + 4 * int(np.prod(self._shape))
        self._acc_limit = CLIPPED_FROM * settings.acc_range_g * STANDARD_GRAVITY_MPS2
        self._gyr_limit = CLIPPED_FROM * float(np.deg2rad(settings.gyr_range_dps))
        self._part = b""

    def decode(self, payloads: Sequence[bytes]) -> list[Packet]:
        """Return the packet that the first of ``payloads`` completes, or none.

        Data whose rest never came are dropped, and counted in ``skipped_bytes``.

        Raises
        ------
        DecodeError
            If it is no answer and no data of the stream, if it is a rest without a beginning, or
            if the data are too long or hold numbers that no sensor measures.
        """
        payload = payloads[0]
        kind = bytes(payload[:2])
        if kind == bytes((DATA, STREAM_REF)):
            dropped = _dropped(self._part)
            self._part = payload[2:]
            return [*dropped, *self._completed(payload)]
        if kind == bytes((DATA_REST, STREAM_REF)):
            if not self._part:
                raise DecodeError(NAME, NOTIFY, payload, "the rest of data that never began")
            self._part += payload[2:]
            return self._completed(payload)
        return _decode_answer(payload)

    def _completed(self, payload: bytes) -> list[Packet]:
        if len(self._part) < self._bytes:
            return []
        data, self._part = self._part, b""
        # The data have no count, so their length is the only check of their parts.
        if len(data) > self._bytes:
            raise DecodeError(NAME, NOTIFY, payload, f"data of more than {self._bytes} bytes")
        values = np.frombuffer(data, "<f4", offset=4).reshape(self._shape)[:2]
        # Not a number is below no limit. A signalling one would warn instead of being compared.
        with np.errstate(invalid="ignore"):
            possible = (np.abs(values) < IMPOSSIBLE).all()
        if not possible:
            raise DecodeError(NAME, NOTIFY, payload, "numbers that this sensor cannot measure")
        acc, gyr = frozen(values[0]), frozen(np.deg2rad(values[1], dtype=np.float64))
        flags = at_full_scale(acc, self._acc_limit) | at_full_scale(gyr, self._gyr_limit)
        flags.setflags(write=False)
        return [Packet(acc, gyr, flags, struct.unpack_from("<I", data))]


def _dropped(part: bytes) -> list[Packet]:
    return [Packet(NO_SAMPLES, NO_SAMPLES, NO_FLAGS, skipped_bytes=len(part))] if part else []


def _decode_answer(payload: bytes) -> list[Packet]:
    if len(payload) < 4 or payload[0] != ANSWER:
        raise DecodeError(NAME, NOTIFY, payload, "no answer, and no data that were asked for")
    # Answers to other requests may come between the parts of the data: no samples, no error.
    if payload[1] != BATTERY_REF or status_of(payload) != OK:
        return []
    charge = battery_of(payload)
    if charge is None:
        raise DecodeError(NAME, NOTIFY, payload, "not a battery level")
    return [charge_packet(charge)]


def status_of(answer: bytes) -> int:
    """Return the status of an answer, which is one of HTTP's; 0 where it is cut short."""
    return int.from_bytes(answer[2:4], "little")


def battery_of(answer: bytes) -> float | None:
    """Return the charge in per cent that an answer names, None if it names none."""
    return float(answer[4]) if len(answer) == 5 and answer[4] <= 100 else None


def _decoder(settings: StreamSettings) -> Decode:
    """Return a decoder for the rate and the resource of ``settings``."""
    return by_characteristic(NAME, {NOTIFY: DataStream(settings).decode})


def _encoder(settings: StreamSettings) -> Encoder:
    """Return the encoder of the stream, in as many notifications as it needs.

    The device sends full data only: fewer samples than it sends at a time give none.
    """
    CAPABILITIES.check(settings)
    sensors, n = SENSORS_OF[resource(settings)], samples_at(settings)
    return Encoder(partial(_encode, sensors, n, settings.rate_hz), n)


def _encode(sensors: int, n: int, rate_hz: float, samples: DeviceSamples) -> list[Message]:
    acc_range_mps2 = ACC_RANGE_G * STANDARD_GRAVITY_MPS2
    values = np.zeros((sensors, len(samples.acc), 3))
    values[0] = np.clip(samples.acc, -acc_range_mps2, acc_range_mps2)
    values[1] = np.clip(np.rad2deg(samples.gyr), -GYR_RANGE_DPS, GYR_RANGE_DPS)
    messages: list[Message] = []
    for i in range(0, len(samples.acc) - n + 1, n):
        tick = int((samples.time_s + i / rate_hz) * MILLISECONDS_PER_S) % WRAP
        data = struct.pack("<I", tick) + values[:, i : i + n].astype("<f4").tobytes()
        messages += _notifications(data)
    return messages


def _notifications(data: bytes) -> list[Message]:
    """Return the parts of ``data`` that one notification holds each, with their heads."""
    size = NOTIFICATION_BYTES - 2
    return [
        (NOTIFY, bytes((DATA_REST if at else DATA, STREAM_REF)) + data[at : at + size])
        for at in range(0, len(data), size)
    ]


@dataclass(slots=True)
class MovesensePeripheral:
    """A virtual sensor, idle until a stream is subscribed."""

    serial: str = "254630000123"
    """Its serial number."""
    path: str = ""
    """The resource that it streams, empty while it is idle."""

    def write(self, characteristic: str, data: bytes) -> list[Message]:
        """Accept a command; return its answer."""
        if characteristic != COMMAND or len(data) < 2:
            return []
        code, reference, path = data[0], data[1], data[2:].rstrip(b"\0").decode("ascii", "replace")
        if code == HELLO:
            fields = (self.serial, "Movesense", "0C8CDC112233", "gatt_sensordata", "1.2.0")
            text = b"".join(each.encode("ascii") + b"\0" for each in fields)
            return [(NOTIFY, bytes((ANSWER, reference, 1)) + text)]
        if code == UNSUBSCRIBE:
            self.path = ""
            return [(NOTIFY, _answer(reference, OK))]
        if code == SUBSCRIBE and _settings_of(path) is not None:
            self.path = path
            return [(NOTIFY, _answer(reference, OK))]
        if code == GET and path == BATTERY_PATH:
            return [(NOTIFY, _answer(reference, OK) + bytes((87,)))]
        return [(NOTIFY, _answer(reference, 404))]

    def read(self, characteristic: str) -> bytes:
        """Return nothing: no characteristic in use can be read."""
        del characteristic
        return b""

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force while a stream is subscribed."""
        return _settings_of(self.path)


def _answer(reference: int, status: int) -> bytes:
    return bytes((ANSWER, reference)) + status.to_bytes(2, "little")


def _settings_of(path: str) -> StreamSettings | None:
    for name in SENSORS_OF:
        for rate_hz in SAMPLES_AT:
            if path == _path(name, rate_hz):
                return StreamSettings(rate_hz, ACC_RANGE_G, GYR_RANGE_DPS, {"resource": name})
    return None


def _path(name: str, rate_hz: float) -> str:
    return f"/Meas/{name}/{rate_hz:g}"


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the name: the service does not always fit into the advertisement."""
    if advertisement.name.startswith("Movesense") or SERVICE in advertisement.service_uuids:
        return 1.0
    return 0.6 if COMPANY_SERVICE in advertisement.service_uuids else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Greet, ask for the battery, subscribe to the stream.

    One request at a time: the sensor has few slots, and loses one to each unanswered request.
    """
    CAPABILITIES.check(settings)
    name = resource(settings)
    yield Subscribe(NOTIFY)
    yield Write(COMMAND, command(HELLO, HELLO_REF), response=True)
    hello = yield Expect(NOTIFY, bytes((ANSWER, HELLO_REF)))
    serial, firmware = _introduction(hello)
    yield Write(COMMAND, command(GET, BATTERY_REF, BATTERY_PATH), response=True)
    battery = yield Expect(NOTIFY, bytes((ANSWER, BATTERY_REF)), optional=True)
    path = _path(name, settings.rate_hz)
    yield Write(COMMAND, command(SUBSCRIBE, STREAM_REF, path), response=True)
    answer = yield Expect(NOTIFY, bytes((ANSWER, STREAM_REF)), optional=True)
    # Without an answer the stream itself decides: either it comes, or the link notices.
    status = status_of(answer)
    if status >= 300:
        reason = REFUSALS.get(status, "it refuses the stream: switch it off and on")
        raise DeviceError(NAME, f"{reason} (status {status} for {path})")
    return Configured(
        settings=replace(settings, extra={"resource": name}),
        identity=serial,
        battery_percent=battery_of(battery) if status_of(battery) == OK else None,
        firmware=firmware,
    )


def _introduction(hello: bytes) -> tuple[str | None, str | None]:
    """Return serial number and firmware from ``version, serial, product, MAC, app, app version``."""
    fields = hello[3:].decode("utf-8", "replace").split("\0")
    serial = fields[0] if fields[0].isprintable() and fields[0] else None
    return serial, " ".join(filter(None, fields[3:5])) or None


FAMILY = Family(
    name=NAME,
    title="Movesense",
    capabilities=CAPABILITIES,
    services=(
        Service(
            SERVICE, (Characteristic(COMMAND, ("write",)), Characteristic(NOTIFY, ("notify",)))
        ),
    ),
    advertisement=Advertisement(name="Movesense 254630000123", service_uuids=(COMPANY_SERVICE,)),
    recognise=_recognise,
    configure=_configure,
    stop=(Write(COMMAND, command(UNSUBSCRIBE, STREAM_REF), response=True),),
    decoder=_decoder,
    encoder=_encoder,
    peripheral=MovesensePeripheral,
)
