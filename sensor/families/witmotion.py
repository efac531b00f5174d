"""WitMotion BLE 5 sensors: WT901BLECL, BWT901BLE5.0, WT9011DCL, WT901BLE67, WT901BLE68.

A UART bridge over GATT. One to eight whole 20-byte frames come in a notification; with a small
MTU a frame may be cut across two. The frames are in :mod:`sensor.families.witmotion_frames`.
Commands are five bytes: ``ff aa register low high``.

Sources: the vendor's WitBluetooth_BWT901BLE5_0 SDK and WT901BLECL manual, and the hardware study
RGu0/WT901. See ``firmware_notes/witmotion.md``.
"""

import struct
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from sensor.errors import DecodeError, SettingError
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    DeviceSamples,
    Encoder,
    Family,
    Message,
    Service,
    low_pass_delay_s,
)
from sensor.families.gatt import alike
from sensor.families.steps import Configured, Expect, Pause, Script, Step, Subscribe, Write
from sensor.families.witmotion_frames import (
    ANSWER_HEADER,
    FRAME_BYTES,
    STREAM_HEADER,
    count_stream_frames,
    decode_answer,
    decode_frames,
    encode_answer,
    encode_frames,
    split_frames,
)
from sensor.types import Packet, StreamSettings

NAME = "witmotion"

# The vendor's base UUID ends in 9a34fb, not in the Bluetooth base's 9b34fb; a source has seen units
# with the latter. Received UUIDs are therefore matched by their first eight digits.
SERVICE = "0000ffe5-0000-1000-8000-00805f9a34fb"
NOTIFY = "0000ffe4-0000-1000-8000-00805f9a34fb"
WRITE = "0000ffe9-0000-1000-8000-00805f9a34fb"

RATE_CODES = {10.0: 0x06, 20.0: 0x07, 50.0: 0x08, 100.0: 0x09, 200.0: 0x0B}
"""Register values by rate in Hz. 0x0A is documented as 125 Hz and measured as 99.3: never written."""
FRAMES_PER_NOTIFICATION = {10.0: 1, 20.0: 1, 50.0: 2, 100.0: 4, 200.0: 8}
FACTORY_RATE_HZ = 10.0

REGISTER_RATE = 0x03
REGISTER_BANDWIDTH = 0x1F
REGISTER_SIX_AXIS = 0x24
REGISTER_READ = 0x27
REGISTER_BATTERY = 0x64
REGISTER_MAC = 0x66
REGISTER_UNLOCK = 0x69
UNLOCK_VALUE = 0xB588

BANDWIDTH_256_HZ = 0
"""The documented default of 20 Hz smears quick movements and delays them by about 10 ms, 256 Hz by 0.9 ms.

The vendor's protocol (WT9011DCL-BT50) states the cut-off and no delay; the MPU-6050, whose table of
cut-offs is the same, has 0.98 ms there (RM-MPU-6000A, register 26).
"""
SIX_AXIS = 1
"""1 is six axes and 0 is nine: the magnetometer stays switched off."""
SETTLE_S = 0.1
"""Pause after a write, in seconds: a device that is still busy answers reads with zeros."""

BATTERY_STEPS = (
    (396, 100.0), (393, 90.0), (387, 75.0), (382, 60.0), (379, 50.0), (377, 40.0),
    (373, 30.0), (370, 20.0), (368, 15.0), (350, 10.0), (340, 5.0),
)  # fmt: skip
"""Hundredths of a volt and per cent, from the vendor's SDK (one-cell packs)."""

CAPABILITIES = Capabilities(
    models=("WT901BLECL", "BWT901BLE5.0", "WT9011DCL", "WT901BLE67", "WT901BLE68"),
    rates_hz=tuple(RATE_CODES),
    acc_ranges_g=(16.0,),
    gyr_ranges_dps=(2000.0,),
    # Measured true rates are 0.7 to 1.1 % below the nominal ones (RGu0/WT901).
    clock=ClockModel(ClockKind.NONE, rate_tolerance=0.015),
    delay_s=lambda _settings: low_pass_delay_s(256.0),
    limits=(
        "no clock and no counter: losses show only as a persistent lag of the sample count",
        "older dual-mode units (BWT901CL, UART service 49535343-…) are not read",
    ),
    unconfirmed=(
        "the real cut-off of every bandwidth code, and the delay that follows from it",
        "two frames in a notification at 50 Hz",
        "whether the settings need the unlock command over Bluetooth (it is always sent)",
        "units whose UUIDs end in 9b34fb (one source reports them)",
    ),
)


def command(register: int, value: int) -> bytes:
    """Return the command that writes ``value`` (u16) into ``register``."""
    return struct.pack("<BBBH", 0xFF, 0xAA, register, value)


def battery_percent(centivolts: int) -> float:
    """Return the charge in per cent that the vendor's table gives for a voltage."""
    return next((percent for step, percent in BATTERY_STEPS if centivolts >= step), 0.0)


class FrameStream:
    """A byte stream of frames, cut anywhere.

    There is no checksum, so a frame counts only if what follows it can be a frame as well, or if
    it ends where the bytes end. At most one unfinished frame is kept between notifications.
    """

    def __init__(self) -> None:
        self._rest = b""

    def decode(self, characteristic: str, payloads: Sequence[bytes]) -> list[Packet]:
        """Return one packet with the samples that ``payloads`` complete, or none.

        See :data:`sensor.families.base.Decode`.

        Raises
        ------
        DecodeError
            If the characteristic is not the stream's, or no byte of the first payload can belong to
            a frame.
        """
        payload = payloads[0]
        if not characteristic.startswith(NOTIFY[:8]):
            reason = "not a characteristic of this stream"
            raise DecodeError(NAME, characteristic, payload, reason)
        count, odd = divmod(len(payload), FRAME_BYTES)
        # Whole frames and nothing else are the rule: they need no search.
        if not self._rest and not odd and count:
            stream = b"".join(alike(payloads))
            messages = count_stream_frames(stream) // count
            if messages:
                whole = stream[: messages * len(payload)]
                return [Packet(*decode_frames(whole), messages=messages)]
        return self._decode_unaligned(characteristic, payload)

    def _decode_unaligned(self, characteristic: str, payload: bytes) -> list[Packet]:
        data = self._rest + payload
        frames, self._rest, skipped = split_frames(data)
        if not payload or not (frames or self._rest):
            raise DecodeError(NAME, characteristic, payload, "no frame (55 61 or 55 71) in it")
        if not frames and not skipped:
            return []  # The beginning of a frame alone: its end comes with the next notification.
        stream = b"".join(frame for frame in frames if frame.startswith(STREAM_HEADER))
        battery = None
        for frame in frames:
            if frame.startswith(ANSWER_HEADER):
                register, words = decode_answer(frame)
                # A busy device answers with zeros: that is no reading.
                if register == REGISTER_BATTERY and words[0]:
                    battery = battery_percent(words[0])
        return [Packet(*decode_frames(stream), battery_percent=battery, skipped_bytes=skipped)]


def _encoder(settings: StreamSettings) -> Encoder:
    """Return the encoder of the stream: one notification with a frame for each sample."""
    _check(settings)
    return Encoder(_encode, FRAMES_PER_NOTIFICATION[settings.rate_hz])


def _encode(samples: DeviceSamples) -> list[Message]:
    return [(NOTIFY, encode_frames(samples.acc, samples.gyr))]


def _factory_registers() -> dict[int, int]:
    mac = bytes.fromhex("c7364a1be20d")
    return {
        REGISTER_RATE: RATE_CODES[FACTORY_RATE_HZ],
        REGISTER_BANDWIDTH: 4,
        REGISTER_SIX_AXIS: 0,
        REGISTER_BATTERY: 391,
        **{REGISTER_MAC + i: word for i, word in enumerate(struct.unpack("<3H", mac))},
    }


@dataclass(slots=True)
class WitMotionPeripheral:
    """A virtual device fresh from the factory: it streams at 10 Hz until a rate is written."""

    registers: dict[int, int] = field(default_factory=_factory_registers)
    """The value (u16) of each register."""
    unlocked: bool = False
    """Whether registers can be written."""

    def write(self, characteristic: str, data: bytes) -> list[Message]:
        """Accept a command; return the answer frame of a register read."""
        if characteristic != WRITE or len(data) != 5 or not data.startswith(b"\xff\xaa"):
            return []
        register, value = struct.unpack_from("<BH", data, 2)
        if register == REGISTER_READ:
            words = [self.registers.get(value + i, 0) for i in range(8)]
            return [(NOTIFY, encode_answer(value, words))]
        if register == REGISTER_UNLOCK:
            self.unlocked = value == UNLOCK_VALUE
        elif self.unlocked:
            self.registers[register] = value
        return []

    def read(self, characteristic: str) -> bytes:
        """Return nothing: no characteristic of the device can be read."""
        del characteristic
        return b""

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force; None at a rate code without output."""
        code = self.registers[REGISTER_RATE]
        rate = next((hz for hz, known in RATE_CODES.items() if known == code), None)
        return None if rate is None else StreamSettings(rate_hz=rate)


def _recognise(advertisement: Advertisement) -> float:
    """Judge by service and name; neither alone is certain, since both are used by others.

    The maker's vibration meters (WTVB…) have the same service and other frames.
    """
    if advertisement.name.startswith("WTVB"):
        return 0.0
    if any(uuid.startswith(SERVICE[:8]) for uuid in advertisement.service_uuids):
        return 1.0 if "WT" in advertisement.name else 0.6
    return 0.5 if advertisement.name.startswith(("WT9", "BWT9")) else 0.0


def _configure(settings: StreamSettings) -> Script:
    """Write every setting, since a unit may hold anything in its flash."""
    _check(settings)
    yield Subscribe(NOTIFY)
    # Valid for ten seconds. Nothing is saved to flash: a reset brings the old settings back.
    yield Write(WRITE, command(REGISTER_UNLOCK, UNLOCK_VALUE))
    yield Pause(SETTLE_S)
    # At the slowest rate an answer comes in a notification of its own.
    yield from _set(REGISTER_RATE, RATE_CODES[FACTORY_RATE_HZ])
    centivolts = (yield from _read(REGISTER_BATTERY))[0]
    mac = yield from _read(REGISTER_MAC)
    yield from _set(REGISTER_BANDWIDTH, BANDWIDTH_256_HZ)
    yield from _set(REGISTER_SIX_AXIS, SIX_AXIS)
    yield from _set(REGISTER_RATE, RATE_CODES[settings.rate_hz])
    return Configured(
        settings=StreamSettings(rate_hz=settings.rate_hz),
        identity=_mac_text(mac[:3]),
        battery_percent=battery_percent(centivolts) if centivolts else None,
    )


def _check(settings: StreamSettings) -> None:
    if settings.rate_hz not in RATE_CODES:
        raise SettingError("rate_hz", settings.rate_hz, "one of 10, 20, 50, 100, 200")
    if settings.acc_range_g != 16.0:
        raise SettingError("acc_range_g", settings.acc_range_g, "16: it is fixed")
    if settings.gyr_range_dps != 2000.0:
        raise SettingError("gyr_range_dps", settings.gyr_range_dps, "2000: it is fixed")


def _set(register: int, value: int) -> Generator[Step, bytes, None]:
    yield Write(WRITE, command(register, value))
    yield Pause(SETTLE_S)


def _read(register: int) -> Generator[Step, bytes, tuple[int, ...]]:
    yield Write(WRITE, command(REGISTER_READ, register))
    prefix = ANSWER_HEADER + struct.pack("<H", register)
    # A unit that does not answer is streamed without battery and identity.
    answer = yield Expect(NOTIFY, prefix, timeout_s=1.0, optional=True)
    return decode_answer(answer)[1] if len(answer) >= FRAME_BYTES else (0,) * 8


def _mac_text(words: Sequence[int]) -> str | None:
    # The bytes come last first; all zero means that the register could not be read.
    mac = struct.pack(f"<{len(words)}H", *words)[::-1]
    return mac.hex(":").upper() if any(mac) else None


FAMILY = Family(
    name=NAME,
    title="WitMotion BLE 5",
    capabilities=CAPABILITIES,
    services=(
        Service(
            SERVICE,
            (
                Characteristic(NOTIFY, ("notify",)),
                Characteristic(WRITE, ("write", "write-without-response")),
            ),
        ),
    ),
    advertisement=Advertisement(name="WT901BLE67", service_uuids=(SERVICE,)),
    recognise=_recognise,
    configure=_configure,
    # Back to 10 Hz: saves the battery, and the next program still finds a live sensor.
    stop=(
        Write(WRITE, command(REGISTER_UNLOCK, UNLOCK_VALUE)),
        Pause(SETTLE_S),
        Write(WRITE, command(REGISTER_RATE, RATE_CODES[FACTORY_RATE_HZ])),
    ),
    # The scale is the same with all settings.
    decoder=lambda _settings: FrameStream().decode,
    encoder=_encoder,
    peripheral=WitMotionPeripheral,
)
