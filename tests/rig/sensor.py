"""One virtual sensor: a family's own peripheral and encoder, a radio link, and its faults."""

import time
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sensor.families import family_named
from sensor.families.base import Advertisement, Characteristic, DeviceSamples, Service
from sensor.types import Segment, StreamSettings
from tests.rig.motion import Curling, Motion

ATT_HEADER_BYTES = 3

FOREIGN_SERVICES = (
    Service(
        "0000180f-0000-1000-8000-00805f9b34fb",
        (Characteristic("00002a19-0000-1000-8000-00805f9b34fb", ("read",)),),
    ),
)
"""A GATT table of no family: only the battery service."""


@dataclass(frozen=True, slots=True)
class SensorSpec:
    """The description of a virtual sensor.

    ``interval_s`` is the connection interval: messages leave in bursts, one burst per interval.
    ``rate_error`` is the deviation of the true rate from the nominal one, as a fraction.
    ``supervision_s`` is how long a vanished sensor counts as connected. A ``foreign`` sensor has the
    advertisement of its family and other services; an ``anonymous`` one advertises only its name.
    """

    address: str
    family: str
    segment: Segment = Segment.SHIN
    name: str | None = None
    rssi: int = -55
    interval_s: float = 0.03
    mtu: int = 247
    rate_error: float = 0.0
    swing: float = 1.0
    supervision_s: float = 0.42
    foreign: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a virtual sensor sent: time, characteristic, CRC-32, and the samples until then."""

    t_ns: int
    characteristic: str
    crc: int
    samples: int


class WriteRefusedError(Exception):
    """An error for a write that the sensor refuses, or that it drops the link at."""


class VirtualSensor:
    """A sensor that can be configured and streams; ``send`` and ``drop`` are its radio."""

    def __init__(
        self,
        spec: SensorSpec,
        send: Callable[[str, bytes], None],
        drop: Callable[[], None],
        motion: Motion | None = None,
    ) -> None:
        self.spec = spec
        self.family = family_named(spec.family)
        self.motion = motion or Curling(spec.segment, swing=spec.swing)
        self.sent: list[Sent] = []
        self.subscribed: set[str] = set()
        self.present = True
        self.connected = False
        self.silent = False
        self.refusing = False
        self.busy = 0
        self.stalled_until = 0.0
        self.writes_until_drop = 0
        self.ignored: set[str] = set()
        self.read_values: dict[str, bytes] = {}
        self._send = send
        self._drop = drop
        self._waiting: deque[tuple[str, bytes, int]] = deque()
        self._settings: StreamSettings | None = None
        self.power_cycle()

    @property
    def advertisement(self) -> Advertisement:
        """The advertisement."""
        advertisement = self.family.advertisement
        if self.spec.anonymous:
            return Advertisement(name=self.spec.name or "")
        return replace(advertisement, name=self.spec.name or advertisement.name)

    @property
    def services(self) -> tuple[Service, ...]:
        """The GATT table."""
        return FOREIGN_SERVICES if self.spec.foreign else self.family.services

    def power_cycle(self) -> None:
        """Reset all settings and counters, as after an empty battery."""
        self.peripheral = self.family.peripheral()
        self._settings = None

    def link_down(self) -> None:
        """Reset the state that belongs to a connection."""
        self.connected = False
        self.subscribed.clear()
        self._waiting.clear()

    def write(self, characteristic: str, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Handle a write of the program; return the notifications that answer it.

        Raises
        ------
        WriteRefusedError
            If the sensor is set to refuse writes, or to drop the link at this one.
        """
        if self.writes_until_drop:
            self.writes_until_drop -= 1
            if not self.writes_until_drop:
                self._drop()
                raise WriteRefusedError
        if self.refusing:
            raise WriteRefusedError
        return [] if characteristic in self.ignored else self.peripheral.write(characteristic, data)

    def read(self, characteristic: str) -> bytes:
        """Return the value of a characteristic."""
        own = self.read_values.get(characteristic)
        return self.peripheral.read(characteristic) if own is None else own

    def emit(self, characteristic: str, payload: bytes, samples: int = 0) -> None:
        """Send one notification, cut to the MTU as a radio would cut it."""
        if not self.connected or characteristic not in self.subscribed:
            return
        cut = payload[: self.spec.mtu - ATT_HEADER_BYTES]
        self.sent.append(Sent(time.monotonic_ns(), characteristic, zlib.crc32(cut), samples))
        self._send(characteristic, cut)

    def connection_event(self, now: float) -> None:
        """Take the samples that are due at ``now`` (s, monotonic) and send the waiting messages."""
        settings = self.peripheral.streaming
        if settings != self._settings:
            self._settings = settings
            self._started = now
            self._index = 0
            if settings is not None:
                self._encoder = self.family.encoder(settings)
        if settings is None:
            return
        self._take_samples(now, settings)
        if now < self.stalled_until or not self.present:
            return
        while self._waiting:
            self.emit(*self._waiting.popleft())

    def _take_samples(self, now: float, settings: StreamSettings) -> None:
        rate = settings.rate_hz * (1.0 + self.spec.rate_error)
        n = self._encoder.samples_per_notification
        due = int((now - self._started) * rate)
        if not self.connected or self.silent:
            self._index = max(self._index, due // n * n)
            return
        while self._index + n <= due:
            t = self._started + np.arange(self._index, self._index + n) / rate
            acc, gyr = self.motion.at(t)
            # The device takes its samples by its clock, so both have the same rate error.
            messages = self._encoder.encode(
                DeviceSamples(acc, gyr, self._index, self._index / settings.rate_hz)
            )
            self._index += n
            self._waiting.extend((char, payload, self._index) for char, payload in messages)
