"""What a family of sensors is: how it is recognised, configured, decoded and encoded.

Nothing here touches a radio. A decoder is fed bytes and returns values; a configuration is a
generator that yields steps and is sent their answers, so that the Bluetooth link, a test and a
virtual sensor can all run it.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from sensor.types import FloatArray, Packet, StreamSettings


@dataclass(frozen=True, slots=True)
class Advertisement:
    """What a sensor says before anyone connects. UUIDs are lower-case and 128 bits long."""

    name: str = ""
    service_uuids: tuple[str, ...] = ()
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)


class ClockKind(StrEnum):
    """What a family's messages say about time."""

    NONE = "none"
    """Nothing: time is the sample's index times the estimated period."""
    SEQUENCE = "sequence"
    """A counter of samples."""
    TICKS = "ticks"
    """A device clock."""
    SESSION = "session"
    """Ticks are nanoseconds of the host clock itself (an imported table): nothing to fit."""


class TickOf(StrEnum):
    """The sample of a packet that its tick or counter belongs to."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class ClockModel:
    """How a family tells time.

    ``tick_s`` is the length of a tick in seconds, ``wrap`` the value at which the tick or the
    counter starts again from 0 (0: never). ``rate_tolerance`` is how far the true rate of a
    device without a clock, or the speed of its clock, may be off, as a fraction.
    """

    kind: ClockKind
    tick_s: float = 0.0
    wrap: int = 0
    tick_of: TickOf = TickOf.FIRST
    rate_tolerance: float = 0.015


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a family can do, for the person who chooses and for the checks of the settings.

    ``unconfirmed`` lists what no one has yet seen on hardware; ``experimental`` families stream
    with the limits that ``limits`` names; ``refused`` says why a family is recognised only.
    ``clock`` is that of the default stream; ``stream_clocks`` names others by the kind of stream
    that ``settings.extra["stream"]`` asks for. ``held_back_samples`` is how many samples a device
    may collect before it sends them: so long it is silent without being lost.
    """

    models: tuple[str, ...]
    rates_hz: tuple[float, ...]
    acc_ranges_g: tuple[float, ...]
    gyr_ranges_dps: tuple[float, ...]
    clock: ClockModel
    default: StreamSettings = field(default_factory=StreamSettings)
    separate_streams: bool = False
    held_back_samples: int = 0
    hardware_sync: bool = False
    experimental: bool = False
    limits: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    refused: str | None = None
    stream_clocks: Mapping[str, ClockModel] = field(default_factory=dict)

    def clock_of(self, settings: StreamSettings) -> ClockModel:
        """Return how a stream with ``settings`` tells time."""
        return self.stream_clocks.get(str(settings.extra.get("stream")), self.clock)


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Switch notifications (or indications) of a characteristic on."""

    characteristic: str


@dataclass(frozen=True, slots=True)
class Write:
    """Write ``data``; with ``response`` the device acknowledges it.

    ``service`` is named where several services of a device have a characteristic of that UUID.
    """

    characteristic: str
    data: bytes
    response: bool = False
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """Read a characteristic; its value is the answer."""

    characteristic: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """Wait for a notification that starts with ``prefix``; its payload is the answer.

    With ``optional`` a time-out answers ``b""`` instead of ending the configuration.
    """

    characteristic: str
    prefix: bytes
    timeout_s: float = 2.0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """Leave the device in peace for a while."""

    seconds: float


Step: TypeAlias = Subscribe | Write | Read | Expect | Pause


@dataclass(frozen=True, slots=True)
class Configured:
    """How a configuration ended: the settings in force, and what the device said of itself."""

    settings: StreamSettings
    identity: str | None = None
    battery_percent: float | None = None
    firmware: str | None = None


Script: TypeAlias = Generator[Step, bytes, Configured]
"""Yields steps, is sent the answer of each (``b""`` where a step has none), returns the end."""


class Decoder(Protocol):
    """Bytes in, values out. Stateful, since messages may be cut across notifications."""

    def feed(self, characteristic: str, payload: bytes) -> Sequence[Packet]:
        """Return the packets that ``payload`` completes, oldest first.

        Raises
        ------
        DecodeError
            If the bytes cannot belong to the family. The decoder stays usable: the next good
            message is decoded as if nothing had happened.
        """
        ...

    def reset(self) -> None:
        """Forget everything: the sensor was connected anew."""
        ...


class Encoder(Protocol):
    """Values in, bytes out: the device's side, for the simulator and the virtual sensors."""

    def encode(
        self, acc: FloatArray, gyr: FloatArray, sample_index: int, time_s: float
    ) -> Sequence[tuple[str, bytes]]:
        """Return the notifications ``(characteristic, payload)`` that carry these samples.

        Parameters
        ----------
        acc, gyr
            (n, 3) in m/s² and rad/s, ``n`` at most :attr:`samples_per_notification`.
        sample_index
            Number of the first of them since the device was switched on.
        time_s
            The device's own clock at the first of them, in seconds.
        """
        ...

    @property
    def samples_per_notification(self) -> int:
        """How many samples the device sends at a time."""
        ...


class Peripheral(Protocol):
    """The device's answers to what a configuration asks, for virtual sensors in tests."""

    def write(self, characteristic: str, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Take a write; return the notifications ``(characteristic, payload)`` that answer it."""
        ...

    def read(self, characteristic: str) -> bytes:
        """Return the value of a readable characteristic."""
        ...

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force while the device streams, else None."""
        ...


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic of a family's GATT table. ``properties`` as BlueZ names them."""

    uuid: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a family's GATT table."""

    uuid: str
    characteristics: tuple[Characteristic, ...]


class Family(Protocol):
    """A make of sensors. Implementations are frozen values without state."""

    @property
    def name(self) -> str:
        """The short name used in recordings and on the command line, for example ``witmotion``."""
        ...

    @property
    def title(self) -> str:
        """The name that people know."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What the family can do."""
        ...

    @property
    def services(self) -> tuple[Service, ...]:
        """The GATT table, as far as it is used here."""
        ...

    @property
    def advertisement(self) -> Advertisement:
        """A typical advertisement, for virtual sensors and tests."""
        ...

    def recognise(self, advertisement: Advertisement) -> float:
        """Return how surely this is one of the family's, from 0 (not) to 1 (certain)."""
        ...

    def configure(self, settings: StreamSettings) -> Script:
        """Yield the steps from a fresh connection to a running stream.

        Raises
        ------
        SettingError
            If the family cannot stream with ``settings``.
        """
        ...

    def stop(self) -> Sequence[Step]:
        """Return the steps that end the stream politely."""
        ...

    def decoder(self, settings: StreamSettings) -> Decoder:
        """Return a new decoder for a stream with ``settings``."""
        ...

    def encoder(self, settings: StreamSettings) -> Encoder:
        """Return a new encoder for a stream with ``settings``."""
        ...

    def peripheral(self) -> Peripheral:
        """Return a new virtual device that answers this family's configuration."""
        ...
