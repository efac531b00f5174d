"""Movella DOT (Xsens DOT) v1 and v2: calibrated samples with the sensor's own clock.

The sensor measures only on command, in the payload mode that the command names, and keeps
measuring when the link is lost. Its rate is part of a 32-byte record that is read, changed and
written back. None of what is used here depends on the heading.

Source: "Movella DOT BLE Service Specification" XD0506P rev C, July 2023, and the client
adamkewley/xdc. See ``firmware_notes/movella_dot.md``.
"""

import struct
from collections.abc import Generator
from dataclasses import dataclass, replace

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families import movella_dot_messages as messages
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Encoder,
    Family,
    Message,
    Service,
    low_pass_delay_s,
)
from sensor.families.movella_dot_messages import NAME, uuid
from sensor.families.movella_dot_payload import (
    ACC_RANGE_G,
    BATTERY,
    GYR_RANGE_DPS,
    LONG_PAYLOAD,
    MEDIUM_PAYLOAD,
    MODES,
    RATE_QUANTITIES,
    TICKS_PER_S,
    WRAP,
    payload_decoder,
    payload_encoder,
)
from sensor.families.steps import Configured, Read, Script, Step, Subscribe, Write
from sensor.types import StreamSettings

COMPANY_ID = 2182

CONFIGURATION_SERVICE = uuid(0x1000)
DEVICE_INFO = uuid(0x1001)
DEVICE_CONTROL = uuid(0x1002)
MEASUREMENT_SERVICE = uuid(0x2000)
MEASUREMENT_CONTROL = uuid(0x2001)
BATTERY_SERVICE = uuid(0x3000)

RATES_HZ = (1.0, 4.0, 10.0, 12.0, 15.0, 20.0, 30.0, 60.0)
CONTROL_BYTES = 32
VISIT_IDENTIFY, VISIT_RATE = 0x01, 0x10
"""Bits of the record's first byte: the write lets the light blink, changes the rate."""
RATE_OFFSET = 24
"""Byte of the record at which the rate stands (u16, Hz)."""

INFO = struct.Struct("<6s3BH5BIQ6s")
"""Address, firmware version, date (6 numbers), radio stack, serial number, product code."""

GYR_BANDWIDTH_HZ = 255.0
"""Bandwidth of the gyroscope before the means (user manual XD0502P, sensor components)."""


def interval_delay_s(settings: StreamSettings) -> float:
    """Return half of the interval of a sample, and the delay of the low-pass before it.

    A sample is the mean over its interval, because it comes from a strap-down integration and its
    inverse (user manual XD0502P, calibrated data).
    """
    return 0.5 / settings.rate_hz + low_pass_delay_s(GYR_BANDWIDTH_HZ)


CAPABILITIES = Capabilities(
    models=("Xsens DOT", "Movella DOT v1", "Movella DOT v2"),
    rates_hz=RATES_HZ,
    acc_ranges_g=(ACC_RANGE_G,),
    gyr_ranges_dps=(GYR_RANGE_DPS,),
    clock=ClockModel(ClockKind.TICKS, tick_s=1.0 / TICKS_PER_S, wrap=WRAP),
    default=StreamSettings(rate_hz=60.0),
    delay_s=interval_delay_s,
    hardware_sync=True,
    limits=(
        "60 Hz at most over Bluetooth",
        "each sample is a mean over its interval: an impact is smoothed, and its clipping hidden",
    ),
    unconfirmed=(
        "that the time of a sample is the end of its interval",
        "every byte of a payload: no capture is public, the layout is the vendor's text",
        "whether notifications are padded with zeros (both are read)",
        "which payload mode the stop command must name (21 is sent, at connection the mode in use)",
        "the synchronisation with this program",
    ),
)


def start_command(mode: int) -> bytes:
    """Return the command that starts a measurement in payload mode ``mode``."""
    return bytes((1, 1, mode))


def stop_command(mode: int) -> bytes:
    """Return the command that ends a measurement in payload mode ``mode``."""
    return bytes((1, 0, mode))


def set_rate(rate_hz: float) -> Generator[Step, bytes, float]:
    """Stop a measurement that is still running, set the output rate, return the rate in force.

    The sensor keeps measuring after a lost link, and accepts a rate only while it does not measure.
    A rate that is already set is not written again: it may be part of a synchronisation.

    Raises
    ------
    DecodeError
        If the sensor's answer is no record of settings.
    DeviceError
        If the sensor cannot stream at the rate in force.
    """
    running = yield Read(MEASUREMENT_CONTROL)
    if len(running) >= 3 and running[1]:
        yield Write(MEASUREMENT_CONTROL, stop_command(running[2]), response=True)
    control = yield Read(DEVICE_CONTROL)
    if _rate_of(control) != rate_hz:
        # The record goes back as it was read, with one bit set: the owner's tag in it stays.
        wanted = bytearray(control)
        wanted[0] = VISIT_RATE
        struct.pack_into("<H", wanted, RATE_OFFSET, int(rate_hz))
        yield Write(DEVICE_CONTROL, bytes(wanted), response=True)
        control = yield Read(DEVICE_CONTROL)
    # 120 Hz exists for recording on the sensor only.
    kept = float(_rate_of(control))
    if kept not in RATES_HZ:
        reason = f"it is set to {kept:g} Hz and refuses {rate_hz:g} Hz: switch it off and on"
        raise DeviceError(NAME, reason)
    return kept


def blink() -> Generator[Step, bytes, None]:
    """Let the light of the sensor blink, so that a person sees which one is being connected."""
    wanted = bytearray((yield Read(DEVICE_CONTROL)))
    wanted[:2] = VISIT_IDENTIFY, 1
    yield Write(DEVICE_CONTROL, bytes(wanted), response=True)


def _rate_of(control: bytes) -> int:
    if len(control) < CONTROL_BYTES:
        reason = f"fewer than {CONTROL_BYTES} bytes of settings"
        raise DecodeError(NAME, DEVICE_CONTROL, control, reason)
    rate: int = struct.unpack_from("<H", control, RATE_OFFSET)[0]
    return rate


def identity_of(info: bytes) -> tuple[str | None, str | None]:
    """Return address and firmware version from the device information; None if unreadable."""
    if len(info) < INFO.size:
        return None, None
    # macOS hides the address, so the sensor's own word is the only identity there.
    mac, major, minor, revision, *_ = INFO.unpack_from(info)
    address = mac[::-1].hex(":").upper() if any(mac) else None
    return address, f"{major}.{minor}.{revision}"


@dataclass(slots=True)
class DotPeripheral:
    """A virtual device: idle at 60 Hz when new, measuring until it is stopped."""

    mac: bytes = bytes.fromhex("d422cdaabbcc")
    """Its Bluetooth address, most significant byte first."""
    rate_hz: int = 60
    """The output rate in force."""
    mode: int = 0
    """The payload mode of the last start or stop."""
    measuring: bool = False
    """Whether it measures, and streams."""
    synced: bool = False
    """Whether its clock is synchronised with others."""
    blinks: int = 0
    """Number of times that its light was asked to blink."""

    def write(self, characteristic: str, data: bytes) -> list[Message]:
        """Accept a command; return the notifications that answer a message."""
        if characteristic == MEASUREMENT_CONTROL and len(data) == 3 and data[0] == 1:
            self.measuring, self.mode = bool(data[1]), data[2]
        elif characteristic == DEVICE_CONTROL and len(data) == CONTROL_BYTES:
            self.blinks += bool(data[0] & VISIT_IDENTIFY and data[1])
            if data[0] & VISIT_RATE and not self.measuring:
                self.rate_hz = _rate_of(data)
        elif characteristic == messages.MESSAGE_CONTROL:
            try:
                return self._answer(messages.decode_message(characteristic, data))
            except DecodeError:
                return []  # a device does not answer what it does not understand
        return []

    def _answer(self, message: messages.ServiceMessage) -> list[Message]:
        kind = message.data[0] if message.id == messages.SYNC else None
        if kind == messages.GET_SYNC_STATUS:
            answer = messages.sync_status(synced=self.synced)
        elif kind == messages.STOP_SYNC:
            answer = messages.stop_sync_result(success=self.synced)
            self.synced = False
        else:
            # A real sensor needs 12 s without a connection before it is synchronised.
            self.synced = self.synced or kind == messages.START_SYNC
            return []
        return [(messages.MESSAGE_NOTIFICATION, answer)]

    def read(self, characteristic: str) -> bytes:
        """Return the value of a readable characteristic."""
        if characteristic == DEVICE_INFO:
            made = (2022, 5, 17, 9, 30, 0)
            return INFO.pack(self.mac[::-1], 2, 4, 0, *made, 7, 0xD4220001, b"XS-T02")
        if characteristic == DEVICE_CONTROL:
            control = bytearray(CONTROL_BYTES)
            struct.pack_into("<H", control, RATE_OFFSET, self.rate_hz)
            return bytes(control)
        if characteristic == MEASUREMENT_CONTROL:
            return bytes((1, self.measuring, self.mode))
        if characteristic == BATTERY:
            return bytes((87, 0))
        if characteristic == messages.MESSAGE_ACKNOWLEDGE:
            success, failure = messages.SyncResult.SUCCESS, messages.SyncResult.NOT_STARTED
            return messages.start_sync_result(success if self.synced else failure)
        return b""

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force while it measures."""
        if not self.measuring or self.mode not in MODES:
            return None
        return StreamSettings(rate_hz=float(self.rate_hz), extra={"payload_mode": self.mode})


def payload_mode(settings: StreamSettings) -> int:
    """Return the payload mode that ``settings.extra`` names, by default rate quantities.

    Raises
    ------
    SettingError
        If the mode carries no calibrated acceleration and rate.
    """
    mode = settings.extra.get("payload_mode", RATE_QUANTITIES)
    if not isinstance(mode, int) or mode not in MODES:
        raise SettingError("payload_mode", mode, "one of " + ", ".join(map(str, MODES)))
    return mode


def _encoder(settings: StreamSettings) -> Encoder:
    CAPABILITIES.check(settings)
    return payload_encoder(payload_mode(settings), settings.rate_hz)


def _recognise(advertisement: Advertisement) -> float:
    """Judge by the name, else by the vendor's services or company identifier."""
    if advertisement.name.startswith(("Movella DOT", "Xsens DOT")):
        return 1.0
    # The vendor's UUIDs differ in digits 5 to 8 only.
    base = uuid(0)
    if any(u[:4] == base[:4] and u[8:] == base[8:] for u in advertisement.service_uuids):
        return 0.9
    return 0.7 if COMPANY_ID in advertisement.manufacturer_data else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Stop a measurement that still runs, set the rate, let the light blink, subscribe, start."""
    CAPABILITIES.check(settings)
    mode = payload_mode(settings)
    address, firmware = identity_of((yield Read(DEVICE_INFO, optional=True)))
    charge = yield Read(BATTERY, optional=True)
    rate_hz = yield from set_rate(settings.rate_hz)
    yield from blink()
    yield Subscribe(BATTERY)
    # Notifications that are switched on after the start never come.
    yield Subscribe(MODES[mode].characteristic)
    yield Write(MEASUREMENT_CONTROL, start_command(mode), response=True)
    return Configured(
        settings=replace(settings, rate_hz=rate_hz, extra={"payload_mode": mode}),
        identity=address,
        battery_percent=float(charge[0]) if charge and charge[0] <= 100 else None,
        firmware=firmware,
    )


FAMILY = Family(
    name=NAME,
    title="Movella / Xsens DOT",
    capabilities=CAPABILITIES,
    services=(
        Service(
            CONFIGURATION_SERVICE,
            (
                Characteristic(DEVICE_INFO, ("read",)),
                Characteristic(DEVICE_CONTROL, ("read", "write")),
            ),
        ),
        Service(
            MEASUREMENT_SERVICE,
            (
                Characteristic(MEASUREMENT_CONTROL, ("read", "write")),
                Characteristic(LONG_PAYLOAD, ("notify",)),
                Characteristic(MEDIUM_PAYLOAD, ("notify",)),
            ),
        ),
        Service(BATTERY_SERVICE, (Characteristic(BATTERY, ("read", "notify")),)),
        Service(
            messages.MESSAGE_SERVICE,
            (
                Characteristic(messages.MESSAGE_CONTROL, ("write",)),
                Characteristic(messages.MESSAGE_ACKNOWLEDGE, ("read",)),
                Characteristic(messages.MESSAGE_NOTIFICATION, ("notify",)),
            ),
        ),
    ),
    advertisement=Advertisement(name="Movella DOT", manufacturer_data={COMPANY_ID: b""}),
    recognise=_recognise,
    configure=_configure,
    stop=(Write(MEASUREMENT_CONTROL, stop_command(RATE_QUANTITIES), response=True),),
    decoder=lambda _settings: payload_decoder(),
    encoder=_encoder,
    peripheral=DotPeripheral,
)
