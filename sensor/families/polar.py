"""Polar Verity Sense, over Polar's measurement service (PMD).

Accelerometer and gyroscope are separate streams, started over the control point
(:mod:`sensor.families.polar_control`); both arrive on the data characteristic, in the frames of
:mod:`sensor.families.polar_frames`. A device offers one rate and range until it is put into its
"SDK mode", which offers the others.

Sources: "Polar Measurement Data" (online_measurement.pdf, version 1.0, August 2024), the documents
and issues of polarofficial/polar-ble-sdk. See ``firmware_notes/polar.md``.
"""

from collections.abc import Generator, Mapping, Sequence
from functools import partial

import numpy as np

from sensor.errors import DecodeError, DeviceError, SettingError, UnfitDeviceError
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
    TickOf,
)
from sensor.families.counts import FULL_SCALE_FRACTION, NO_SAMPLES, at_full_scale, scaled
from sensor.families.gatt import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    FIRMWARE_REVISION,
    SERIAL_NUMBER,
    battery_percent,
    by_characteristic,
    decode_battery,
    device_information,
    text,
    uuid16,
)
from sensor.families.polar_control import (
    ACC_RANGES_G,
    ALREADY,
    ANSWER,
    CONTROL,
    FACTOR,
    FACTOR_KEYS,
    GET_SETTINGS,
    GYR_RANGES_DPS,
    NAME,
    NORMAL_MODE,
    OK,
    RANGE,
    RATE,
    RATES_HZ,
    SDK_MODE,
    START,
    STATUS_TEXTS,
    STOP,
    STOPPED_BY_DEVICE,
    PolarPeripheral,
    decode_settings,
    start_request,
)
from sensor.families.polar_frames import (
    ACC,
    COMPRESSED,
    GYRO,
    FrameError,
    decode_frame,
    encode_frame,
)
from sensor.families.steps import Configured, Expect, Read, Script, Step, Subscribe, Write
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
HEART_RATE_SERVICE = uuid16(0x180D)

CONTROL_MESSAGES = (bytes((ANSWER,)), bytes((STOPPED_BY_DEVICE,)))
SI_PER_UNIT = {ACC: STANDARD_GRAVITY_MPS2, GYRO: float(np.deg2rad(1.0))}
MAX_ANSWERS = 16
"""Answers to one request, before a device that never ends its list is given up."""
MAX_FACTOR = 1000.0
"""Largest conversion factor: counts of a millionth of the range would need no more."""
ANSWER_TIMEOUT_S = 5.0
SAMPLES_OF_COUNTS, SAMPLES_OF_FLOATS = 33, 18
"""Samples that a 232-byte frame holds when no delta is short, by the type of the gyroscope."""

CAPABILITIES = Capabilities(
    models=("Verity Sense",),
    rates_hz=RATES_HZ,
    acc_ranges_g=ACC_RANGES_G,
    gyr_ranges_dps=GYR_RANGES_DPS,
    clock=ClockModel(ClockKind.TICKS, tick_s=1e-9, tick_of=TickOf.LAST, rate_tolerance=0.05),
    # At lower rates a frame takes so long to fill that the screen runs visibly late.
    default=StreamSettings(rate_hz=208.0),
    separate_streams=True,
    # Users saw frames of 130 samples (issue 439): the stiller, the shorter the deltas.
    held_back_samples=140,
    limits=(
        "a frame is sent when it is full: data are 1 to 2 s late at 52 Hz, less at higher rates",
        "other Polar sensors (H10, OH1, 360) have no gyroscope and are refused",
        "SDK mode switches the device's own heart rate off until it is left",
    ),
    unconfirmed=(
        "the delay of the low-pass: the maker states none, and none is assumed",
        "two streams at 208 Hz each over one connection (losses were reported at 416 Hz)",
        "which frame type the newest firmware sends for the gyroscope (both are read)",
        "the scale of uncompressed gyroscope frames",
        "that the serial number is the number in the device's name",
        "the answer to stopping a stream that does not run (any is accepted)",
    ),
)


def _decoder(settings: StreamSettings) -> Decode:
    """Return a decoder. ``extra`` may name ``acc_factor`` and ``gyr_factor`` (1 if not)."""
    ranges = {ACC: settings.acc_range_g, GYRO: settings.gyr_range_dps}
    return by_characteristic(
        NAME,
        {
            DATA: partial(_decode_frame, ranges, _factors(settings)),
            CONTROL: _decode_control,
            BATTERY_LEVEL: partial(decode_battery, NAME),
        },
    )


def _decode_frame(
    ranges: Mapping[int, float], factors: Mapping[int, float], payloads: Sequence[bytes]
) -> list[Packet]:
    """Return the packet of the first frame: one of its two arrays is empty.

    Parameters
    ----------
    ranges
        Range of each measurement: ±g, ±°/s.
    factors
        Conversion factor of each measurement.
    payloads
        The bytes of each frame.
    """
    payload = payloads[0]
    try:
        frame = decode_frame(payload)
    except FrameError as error:
        raise DecodeError(NAME, DATA, payload, str(error)) from None
    si_per_unit = SI_PER_UNIT[frame.measurement]
    factor = factors[frame.measurement] if frame.layout.has_factor else 1.0
    values = scaled(frame.numbers, frame.layout.unit * factor * si_per_unit)
    full_scale = ranges[frame.measurement] * si_per_unit
    clipped = at_full_scale(values, FULL_SCALE_FRACTION * full_scale)
    if frame.measurement == ACC:
        return [Packet(values, NO_SAMPLES, clipped, (frame.tick_ns,))]
    return [Packet(NO_SAMPLES, values, clipped, (frame.tick_ns,))]


def _decode_control(payloads: Sequence[bytes]) -> list[Packet]:
    # A stream that the device stopped shows as silence, which the link notices.
    if not payloads[0].startswith(CONTROL_MESSAGES):
        raise DecodeError(NAME, CONTROL, payloads[0], "not a message of the control point")
    return []


def _encoder(settings: StreamSettings) -> Encoder:
    """Return the encoder of the two streams: a frame of each.

    The gyroscope comes as 16-bit counts (type 0) if the device named their conversion factor, else
    as floats (type 1): these are the two firmwares that the sources describe.
    """
    CAPABILITIES.check(settings)
    factors = _factors(settings)
    if FACTOR_KEYS[GYRO] in settings.extra:
        return Encoder(partial(_encode, settings, factors, COMPRESSED | 0), SAMPLES_OF_COUNTS)
    return Encoder(partial(_encode, settings, factors, COMPRESSED | 1), SAMPLES_OF_FLOATS)


def _encode(
    settings: StreamSettings,
    factors: Mapping[int, float],
    gyro_type: int,
    samples: DeviceSamples,
) -> list[Message]:
    if not len(samples.acc):
        return []
    # The device names the time of the last sample.
    last_s = samples.time_s + (len(samples.acc) - 1) / settings.rate_hz
    tick_ns = round(last_s * 1e9)
    acc_g = _saturated(samples.acc / SI_PER_UNIT[ACC], settings.acc_range_g)
    gyr_dps = _saturated(samples.gyr / SI_PER_UNIT[GYRO], settings.gyr_range_dps)
    return [
        (DATA, encode_frame(ACC, COMPRESSED | 1, tick_ns, acc_g / (1e-3 * factors[ACC]))),
        (DATA, encode_frame(GYRO, gyro_type, tick_ns, gyr_dps / factors[GYRO])),
    ]


def _saturated(values: FloatArray, full_scale: float) -> FloatArray:
    return np.clip(values, -full_scale, full_scale)


def _factors(settings: StreamSettings) -> dict[int, float]:
    """Return the conversion factor of each measurement, 1 where ``settings.extra`` names none."""
    factors = {}
    for measurement, key in FACTOR_KEYS.items():
        factor = settings.extra.get(key, 1.0)
        if not isinstance(factor, int | float) or not _possible_factor(factor):
            raise SettingError(key, factor, f"a number above 0 and at most {MAX_FACTOR:g}")
        factors[measurement] = float(factor)
    return factors


def _possible_factor(factor: float) -> bool:
    return 0.0 < factor <= MAX_FACTOR


def _recognise(advertisement: Advertisement) -> float:
    """Judge by name: the service is not always advertised, and other models lack a gyroscope."""
    if advertisement.name.startswith("Polar Sense"):
        return 1.0
    # Recognised in order to be refused with the reason, instead of staying unknown.
    is_polar = advertisement.name.startswith("Polar ")
    return 0.5 if is_polar or SERVICE in advertisement.service_uuids else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Stop running streams, choose the mode, and start both streams.

    Raises
    ------
    UnfitDeviceError
        If the device has no gyroscope, or does not offer the settings.
    DeviceError
        If it refuses a step.
    """
    CAPABILITIES.check(settings)
    wanted = (settings.rate_hz, settings.acc_range_g, settings.gyr_range_dps)
    identity = text((yield Read(SERIAL_NUMBER, optional=True)))
    firmware = text((yield Read(FIRMWARE_REVISION, optional=True)))
    battery = battery_percent((yield Read(BATTERY_LEVEL, optional=True)))
    _check_gyroscope((yield Read(CONTROL)))
    yield Subscribe(CONTROL)
    yield Subscribe(DATA)
    # A stream left over from another program would keep its old settings.
    yield from _ask(bytes((STOP, ACC)), any_status=True)
    yield from _ask(bytes((STOP, GYRO)), any_status=True)
    # SDK mode switches the heart rate off: it is entered only for what normal mode lacks.
    if wanted == NORMAL_MODE:
        yield from _ask(bytes((STOP, SDK_MODE)), any_status=True)
    else:
        yield from _ask(bytes((START, SDK_MODE)), allowed=(OK, ALREADY))
    factors = {}
    for measurement, full_scale in ((ACC, settings.acc_range_g), (GYRO, settings.gyr_range_dps)):
        offered = yield from _ask(bytes((GET_SETTINGS, measurement)))
        _check_offer(offered, settings.rate_hz, full_scale)
        answer = yield from _ask(start_request(measurement, settings.rate_hz, full_scale))
        for factor in answer.get(FACTOR, ()):
            if not _possible_factor(factor):
                reason = f"its conversion factor is {factor}; switch it off and on"
                raise DeviceError(NAME, reason)
            factors[FACTOR_KEYS[measurement]] = factor
    return Configured(StreamSettings(*wanted, extra=factors), identity, battery, firmware)


def _ask(
    request: bytes, *, allowed: tuple[int, ...] = (OK,), any_status: bool = False
) -> Generator[Step, bytes, dict[int, tuple[float, ...]]]:
    """Send a request; return the settings of its answer, or nothing with ``any_status``.

    Raises
    ------
    DeviceError
        If the status is not allowed, unless ``any_status`` accepts all.
    """
    op, kind = request[:2]
    yield Write(CONTROL, request, response=True)
    settings = b""
    # An answer that does not fit into one indication goes on in the next.
    for _ in range(MAX_ANSWERS):
        answer = yield Expect(CONTROL, bytes((ANSWER, op, kind)), ANSWER_TIMEOUT_S)
        if len(answer) < 4:
            raise DecodeError(NAME, CONTROL, answer, "an answer without a status")
        status = answer[3]
        if status not in allowed and not any_status:
            meaning = STATUS_TEXTS.get(status, f"it answered with error {status}")
            raise DeviceError(NAME, f"{meaning} (it refused the request {request.hex(' ')})")
        settings += answer[5:]
        if not any(answer[4:5]):
            break
    return {} if any_status else decode_settings(settings)


def _check_gyroscope(features: bytes) -> None:
    if len(features) < 2 or features[0] != 0x0F:
        raise DecodeError(NAME, CONTROL, features, "not a list of features")
    if not (features[1] >> ACC & 1 and features[1] >> GYRO & 1):
        raise UnfitDeviceError(NAME, "this model has no gyroscope; use a Polar Verity Sense")


def _check_offer(offered: Mapping[int, tuple[float, ...]], rate_hz: float, limit: float) -> None:
    for number, value, unit in ((RATE, rate_hz, "Hz"), (RANGE, limit, "g or °/s")):
        if value not in offered.get(number, ()):
            choice = ", ".join(f"{each:g}" for each in offered.get(number, ())) or "nothing"
            reason = f"it offers {choice} {unit}, not {value:g}; choose one of these"
            raise UnfitDeviceError(NAME, reason)


FAMILY = Family(
    name=NAME,
    title="Polar Verity Sense",
    capabilities=CAPABILITIES,
    services=(
        Service(
            SERVICE,
            (
                Characteristic(CONTROL, ("read", "write", "indicate")),
                Characteristic(DATA, ("notify",)),
            ),
        ),
        BATTERY_SERVICE,
        device_information(SERIAL_NUMBER, FIRMWARE_REVISION),
    ),
    advertisement=Advertisement("Polar Sense A1B2C3D4", (HEART_RATE_SERVICE,)),
    recognise=_recognise,
    configure=_configure,
    # Both streams, then SDK mode, so that the device's own heart rate works again.
    stop=tuple(
        Write(CONTROL, bytes((STOP, kind)), response=True) for kind in (ACC, GYRO, SDK_MODE)
    ),
    decoder=_decoder,
    encoder=_encoder,
    peripheral=PolarPeripheral,
)
