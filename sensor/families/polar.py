"""Polar Verity Sense, over Polar's measurement service (PMD).

Accelerometer and gyroscope are separate streams, started over the control point
(:mod:`sensor.families._polar_control`); both arrive on the data characteristic, in the frames of
:mod:`sensor.families._polar_frames`. A device offers one rate and range until it is put into its
"SDK mode", which offers the others.

Sources: "Polar Measurement Data" (online_measurement.pdf, version 1.0, August 2024), the documents
and issues of polarofficial/polar-ble-sdk. See ``firmware_notes/polar.md``.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError, DeviceError, SettingError, UnfitDeviceError
from sensor.families._layout import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    DEVICE_INFORMATION,
    FIRMWARE_REVISION,
    FULL_SCALE_FRACTION,
    NO_SAMPLES,
    SERIAL_NUMBER,
    at_full_scale,
    battery_packet,
    battery_percent,
    check_offered,
    scaled,
    text,
)
from sensor.families._polar_control import (
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
from sensor.families._polar_frames import (
    ACC,
    COMPRESSED,
    GYRO,
    FrameError,
    decode_frame,
    encode_frame,
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
    TickOf,
    Write,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
HEART_RATE_SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"

CONTROL_MESSAGES = (bytes((ANSWER,)), bytes((STOPPED_BY_DEVICE,)))
SI_PER_UNIT = {ACC: STANDARD_GRAVITY_MPS2, GYRO: float(np.deg2rad(1.0))}
MAX_ANSWERS = 16
MAX_FACTOR = 1000.0
ANSWER_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class PolarDecoder:
    """Frames to packets; a frame is complete in itself, so nothing is remembered."""

    ranges: Mapping[int, float]
    factors: Mapping[int, float]

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet of a frame: one of its two arrays is empty; see ``base.Decoder``."""
        if characteristic == BATTERY_LEVEL:
            return [battery_packet(NAME, payload)]
        if characteristic == CONTROL and payload.startswith(CONTROL_MESSAGES):
            return []
        if characteristic != DATA:
            raise DecodeError(NAME, characteristic, payload, "not the data characteristic")
        try:
            frame = decode_frame(payload)
        except FrameError as error:
            raise DecodeError(NAME, characteristic, payload, str(error)) from None
        si_per_unit = SI_PER_UNIT[frame.measurement]
        factor = self.factors[frame.measurement] if frame.layout.has_factor else 1.0
        values = scaled(frame.numbers, frame.layout.unit * factor * si_per_unit)
        full_scale = self.ranges[frame.measurement] * si_per_unit
        clipped = at_full_scale(values, FULL_SCALE_FRACTION * full_scale)
        if frame.measurement == ACC:
            return [Packet(values, NO_SAMPLES, clipped, tick=frame.tick_ns)]
        return [Packet(NO_SAMPLES, values, clipped, tick=frame.tick_ns)]


@dataclass(frozen=True, slots=True)
class PolarEncoder:
    """The device's two streams.

    The gyroscope comes as 16-bit counts (type 0) if the device named their conversion factor, else
    as floats (type 1): these are the two firmwares that the sources describe.
    """

    settings: StreamSettings
    factors: Mapping[int, float]

    @property
    def samples_per_notification(self) -> int:
        """As many as a 232-byte frame holds when no delta can be short."""
        return 33 if FACTOR_KEYS[GYRO] in self.settings.extra else 18

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the device sends no counter
        time_s: float,
    ) -> list[tuple[str, bytes]]:
        """Return a frame of each stream; see ``base.Encoder``."""
        if not len(acc):
            return []
        last_s = time_s + (len(acc) - 1) / self.settings.rate_hz
        tick_ns = round(last_s * 1e9)
        acc_g = acc / SI_PER_UNIT[ACC]
        gyr_dps = gyr / SI_PER_UNIT[GYRO]
        acc_numbers = _saturated(acc_g, self.settings.acc_range_g) / (1e-3 * self.factors[ACC])
        gyr_numbers = _saturated(gyr_dps, self.settings.gyr_range_dps) / self.factors[GYRO]
        gyro_type = COMPRESSED | (0 if FACTOR_KEYS[GYRO] in self.settings.extra else 1)
        return [
            (DATA, encode_frame(ACC, COMPRESSED | 1, tick_ns, acc_numbers)),
            (DATA, encode_frame(GYRO, gyro_type, tick_ns, gyr_numbers)),
        ]


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
        "two streams at 208 Hz each over one connection (losses were reported at 416 Hz)",
        "which frame type the newest firmware sends for the gyroscope (both are read)",
        "the scale of uncompressed gyroscope frames",
        "that the serial number is the number in the device's name",
        "the answer to stopping a stream that does not run (any is taken)",
    ),
)

SERVICES = (
    Service(
        SERVICE,
        (
            Characteristic(CONTROL, ("read", "write", "indicate")),
            Characteristic(DATA, ("notify",)),
        ),
    ),
    Service(BATTERY_SERVICE, (Characteristic(BATTERY_LEVEL, ("read", "notify")),)),
    Service(
        DEVICE_INFORMATION,
        (Characteristic(SERIAL_NUMBER, ("read",)), Characteristic(FIRMWARE_REVISION, ("read",))),
    ),
)

ADVERTISEMENT = Advertisement("Polar Sense A1B2C3D4", (HEART_RATE_SERVICE,))


@dataclass(frozen=True, slots=True)
class Polar:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "Polar Verity Sense"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by name: the service is not always advertised, and other models lack a gyro."""
        if advertisement.name.startswith("Polar Sense"):
            return 1.0
        is_polar = advertisement.name.startswith("Polar ")
        return 0.5 if is_polar or SERVICE in advertisement.service_uuids else 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Stop what runs, choose the mode, and start both streams; see ``base.Family``.

        Raises
        ------
        UnfitDeviceError
            If the device has no gyroscope, or does not offer the settings.
        DeviceError
            If it refuses a step.
        """
        check_offered(settings, CAPABILITIES)
        wanted = (settings.rate_hz, settings.acc_range_g, settings.gyr_range_dps)
        identity = text((yield Read(SERIAL_NUMBER, optional=True)))
        firmware = text((yield Read(FIRMWARE_REVISION, optional=True)))
        battery = battery_percent((yield Read(BATTERY_LEVEL, optional=True)))
        _check_gyroscope((yield Read(CONTROL)))
        yield Subscribe(CONTROL)
        yield Subscribe(DATA)
        # A stream left over from another program would keep its old settings.
        yield from _ask(bytes((STOP, ACC)), anyway=True)
        yield from _ask(bytes((STOP, GYRO)), anyway=True)
        if wanted == NORMAL_MODE:
            yield from _ask(bytes((STOP, SDK_MODE)), anyway=True)
        else:
            yield from _ask(bytes((START, SDK_MODE)), allowed=(OK, ALREADY))
        factors = {}
        for measurement, full_scale in (
            (ACC, settings.acc_range_g),
            (GYRO, settings.gyr_range_dps),
        ):
            offered = yield from _ask(bytes((GET_SETTINGS, measurement)))
            _check_offer(offered, settings.rate_hz, full_scale)
            answer = yield from _ask(start_request(measurement, settings.rate_hz, full_scale))
            for factor in answer.get(FACTOR, ()):
                if not _possible_factor(factor):
                    raise DeviceError(NAME, f"it converts by {factor}; switch it off and on")
                factors[FACTOR_KEYS[measurement]] = factor
        return Configured(StreamSettings(*wanted, extra=factors), identity, battery, firmware)

    def stop(self) -> list[Step]:
        """Stop both streams, then leave SDK mode, so that the heart rate works again."""
        requests = (bytes((STOP, ACC)), bytes((STOP, GYRO)), bytes((STOP, SDK_MODE)))
        return [Write(CONTROL, request, response=True) for request in requests]

    def decoder(self, settings: StreamSettings) -> PolarDecoder:
        """Return a decoder. ``extra`` may name ``acc_factor`` and ``gyr_factor`` (1 if not)."""
        ranges = {ACC: settings.acc_range_g, GYRO: settings.gyr_range_dps}
        return PolarDecoder(ranges, _factors(settings))

    def encoder(self, settings: StreamSettings) -> PolarEncoder:
        """Return an encoder. ``extra`` may name ``acc_factor`` and ``gyr_factor`` (1 if not)."""
        check_offered(settings, CAPABILITIES)
        return PolarEncoder(settings, _factors(settings))

    def peripheral(self) -> PolarPeripheral:
        """Return a virtual device in heart-rate mode."""
        return PolarPeripheral()


def _ask(
    request: bytes, *, allowed: tuple[int, ...] = (OK,), anyway: bool = False
) -> Generator[Step, bytes, dict[int, tuple[float, ...]]]:
    """Send a request; return the settings of its answer. With ``anyway`` any status will do."""
    op, kind = request[:2]
    yield Write(CONTROL, request, response=True)
    settings = b""
    for _ in range(MAX_ANSWERS):
        answer = yield Expect(CONTROL, bytes((ANSWER, op, kind)), ANSWER_TIMEOUT_S)
        if len(answer) < 4:
            raise DecodeError(NAME, CONTROL, answer, "an answer without a status")
        status = answer[3]
        if status not in allowed and not anyway:
            meaning = STATUS_TEXTS.get(status, f"it answered with error {status}")
            raise DeviceError(NAME, f"the sensor refused the request {request.hex(' ')}: {meaning}")
        settings += answer[5:]
        if not any(answer[4:5]):
            break
    return {} if anyway else decode_settings(settings)


def _check_gyroscope(features: bytes) -> None:
    if len(features) < 2 or features[0] != 0x0F:
        raise DecodeError(NAME, CONTROL, features, "not a list of features")
    if not (features[1] >> ACC & 1 and features[1] >> GYRO & 1):
        raise UnfitDeviceError(NAME, "this model has no gyroscope; use a Polar Verity Sense")


def _check_offer(offered: Mapping[int, tuple[float, ...]], rate_hz: float, limit: float) -> None:
    for number, value, unit in ((RATE, rate_hz, "Hz"), (RANGE, limit, "g or °/s")):
        if value not in offered.get(number, ()):
            choice = ", ".join(f"{each:g}" for each in offered.get(number, ())) or "nothing"
            reason = f"the sensor offers {choice} {unit}, not {value:g}; choose one of these"
            raise UnfitDeviceError(NAME, reason)


def _factors(settings: StreamSettings) -> dict[int, float]:
    factors = {}
    for measurement, key in FACTOR_KEYS.items():
        factor = settings.extra.get(key, 1.0)
        if not isinstance(factor, int | float) or not _possible_factor(factor):
            raise SettingError(key, factor, f"a number above 0 and at most {MAX_FACTOR:g}")
        factors[measurement] = float(factor)
    return factors


def _possible_factor(factor: float) -> bool:
    return 0.0 < factor <= MAX_FACTOR


def _saturated(values: FloatArray, full_scale: float) -> FloatArray:
    return np.clip(values, -full_scale, full_scale)


FAMILY = Polar()
