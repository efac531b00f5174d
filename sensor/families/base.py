"""The description of a sensor family: what it is called, what it can do, and its functions.

A family is one frozen :class:`Family`; nothing is inherited. Nothing here touches a radio: bytes go
in and values come out, so the Bluetooth link, a test and a virtual sensor all use the same family.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from sensor.errors import SettingError
from sensor.families.steps import Script, Step
from sensor.types import FloatArray, Packet, StreamSettings

Message: TypeAlias = tuple[str, bytes]
"""One notification on the air: the UUID of its characteristic, and its payload."""

Decode: TypeAlias = Callable[[str, Sequence[bytes]], Sequence[Packet]]
"""A decoder: given the payloads of consecutive notifications of one characteristic (at least one), the
packets that the first of them completes, oldest first.

A decoder may look at the first payload alone. It is then called again with the payloads after it.
Quicker is a single packet with the samples of as many payloads from the first on as are alike: its
``messages`` says how many they are. Live there is only ever one payload.

A first payload that cannot belong to the family raises ``DecodeError``, and the next good one is
decoded as if nothing had happened. A new connection gets a new ``Decode``, so nothing of the old one
has to be reset.
"""


@dataclass(frozen=True, slots=True)
class Advertisement:
    """The contents of a sensor's advertisement: all that is known before a connection."""

    name: str = ""
    """The device's name, empty if it advertises none."""
    service_uuids: tuple[str, ...] = ()
    """Advertised services: lower-case UUIDs of 128 bits."""
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)
    """Data by company identifier (Bluetooth SIG, Assigned Numbers)."""


class ClockKind(StrEnum):
    """The kinds of time information that messages hold."""

    NONE = "none"
    """None: a sample's time is its index times the estimated period."""
    SEQUENCE = "sequence"
    """A counter of samples."""
    TICKS = "ticks"
    """A device clock."""
    SESSION = "session"
    """Nanoseconds of the session's own clock (an imported table): nothing to fit."""


class TickOf(StrEnum):
    """The sample of a packet that its tick or counter belongs to."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class ClockModel:
    """The time information in a family's messages."""

    kind: ClockKind
    """The information about time in a message."""
    tick_s: float = 0.0
    """Length of a tick in seconds; 0 without a device clock."""
    wrap: int = 0
    """Value at which the tick or the counter starts again from 0; 0 if it never does."""
    tick_of: TickOf = TickOf.FIRST
    """The sample that the tick or the counter belongs to."""
    rate_tolerance: float = 0.015
    """Largest error of the true rate (of the clock's speed, if there is a clock), as a fraction.

    The default leaves room above the 1.1 % that was measured on sensors without a clock.
    """


def no_delay(settings: StreamSettings) -> float:
    """Return 0: the delay of a stream whose maker states none, and of an imported table."""
    del settings
    return 0.0


def low_pass_delay_s(cutoff_hz: float) -> float:
    """Return the delay of slow movement by a low-pass of second order (Butterworth), in s.

    It stands for the low-pass of a maker who states the cut-off alone.

    Parameters
    ----------
    cutoff_hz
        The frequency at which 3 dB are lost.
    """
    return math.sqrt(2.0) / (2.0 * math.pi * cutoff_hz)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The abilities and limits of a family, for the person who chooses and for the settings."""

    models: tuple[str, ...]
    """Product names of the family."""
    rates_hz: tuple[float, ...]
    """Nominal rates in Hz that can be asked for; empty for a family that is refused."""
    acc_ranges_g: tuple[float, ...]
    """Ranges of acceleration that can be asked for: ±g."""
    gyr_ranges_dps: tuple[float, ...]
    """Ranges of angular rate that can be asked for: ±°/s."""
    clock: ClockModel = ClockModel(ClockKind.NONE)
    """The clock of the default stream."""
    default: StreamSettings = field(default_factory=StreamSettings)
    """The settings asked for when nobody chooses."""
    separate_streams: bool = False
    """Whether acceleration and angular rate come in packets of their own."""
    held_back_samples: int = 0
    """Number of samples that a device may collect before it sends them.

    While it collects, it is silent without being lost.
    """
    hardware_sync: bool = False
    """Whether several sensors can synchronise their clocks among themselves."""
    experimental: bool = False
    """Whether the family streams only with the limits that ``limits`` names."""
    limits: tuple[str, ...] = ()
    """Known limits, one sentence each, as ``toepoint sensors`` prints them."""
    unconfirmed: tuple[str, ...] = ()
    """Facts that nobody has yet seen on hardware, one phrase each."""
    refused: str | None = None
    """Why a family is recognised but not streamed; None if it is streamed."""
    stream_clocks: Mapping[str, ClockModel] = field(default_factory=dict)
    """Clocks of other kinds of stream, by the name in ``settings.extra["stream"]``."""

    delay_s: Callable[[StreamSettings], float] = no_delay
    """Returns how long before the time of a sample its movement was, in s.

    It is the group delay of the sensor's low-pass, and half of the interval of samples that are means.
    The assembler takes it out of the times. Each family names its source; a family without one has 0.
    """

    def clock_of(self, settings: StreamSettings) -> ClockModel:
        """Return how a stream with ``settings`` tells time."""
        return self.stream_clocks.get(str(settings.extra.get("stream")), self.clock)

    def check(self, settings: StreamSettings) -> None:
        """Check that the rate and the ranges of ``settings`` can be asked for.

        Raises
        ------
        SettingError
            For the first of them that the family does not offer.
        """
        for key, value, offered in (
            ("rate_hz", settings.rate_hz, self.rates_hz),
            ("acc_range_g", settings.acc_range_g, self.acc_ranges_g),
            ("gyr_range_dps", settings.gyr_range_dps, self.gyr_ranges_dps),
        ):
            if value not in offered:
                choice = ", ".join(f"{each:g}" for each in offered)
                raise SettingError(key, value, f"one of {choice}")


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic of a family's GATT table."""

    uuid: str
    """Lower-case UUID of 128 bits."""
    properties: tuple[str, ...]
    """The operations that it allows, in the words of BlueZ: ``read``, ``notify``, ``write-without-response``."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a family's GATT table."""

    uuid: str
    """Lower-case UUID of 128 bits."""
    characteristics: tuple[Characteristic, ...]
    """Those of its characteristics that are used here."""


@dataclass(frozen=True, slots=True)
class DeviceSamples:
    """Consecutive samples that a device is about to send, in its own frame."""

    acc: FloatArray
    """Specific force (n, 3) in m/s²."""
    gyr: FloatArray
    """Angular rate (n, 3) in rad/s."""
    index: int = 0
    """Number of the first sample since the device was switched on."""
    time_s: float = 0.0
    """The device's own clock at the first sample, in seconds."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """The device's side of a stream, for the simulator and the virtual sensors."""

    encode: Callable[[DeviceSamples], Sequence[Message]]
    """Returns the messages that carry the samples; values beyond full scale saturate."""
    samples_per_notification: int = 1
    """Number of samples that the device sends at a time: the most that ``encode`` is given."""


class Peripheral(Protocol):
    """A virtual device that answers a family's configuration, for tests and demonstrations."""

    def write(self, characteristic: str, data: bytes) -> Sequence[Message]:
        """Accept a write; return the notifications that answer it."""
        ...

    def read(self, characteristic: str) -> bytes:
        """Return the value of a readable characteristic, ``b""`` if there is none."""
        ...

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force while the device streams, else None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A make of sensors: a value whose fields are facts and plain functions."""

    name: str
    """Short name in recordings and on the command line: lower-case letters, digits, ``_``."""
    title: str
    """The name that people know."""
    capabilities: Capabilities
    """The abilities of the family."""
    services: tuple[Service, ...]
    """The GATT table as far as it is used here; empty for a family without a radio."""
    advertisement: Advertisement
    """A typical advertisement, for virtual sensors and tests."""
    recognise: Callable[[Advertisement], float]
    """Returns how surely an advertisement is the family's, from 0 (not) to 1 (certain)."""
    configure: Callable[[StreamSettings], Script]
    """Returns the conversation from a fresh connection to a running stream.

    Settings that the family cannot stream with raise ``SettingError`` before the first step.
    """
    stop: tuple[Step, ...] = ()
    """The steps that end the stream; empty if it ends with the connection."""
    decoder: Callable[[StreamSettings], Decode]
    """Returns a new decoder for a stream with these settings."""
    encoder: Callable[[StreamSettings], Encoder]
    """Returns the encoder of a stream with these settings, the inverse of ``decoder``."""
    peripheral: Callable[[], Peripheral]
    """Returns a new virtual device as it comes from the factory."""
