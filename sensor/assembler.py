"""The assembler turns notifications into blocks of samples on the session's time base.

It uses no radio, file or thread.
"""

import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sensor.accelerometer.trim import trim_of
from sensor.arrival_order import in_order
from sensor.clock.clock import SampleClock
from sensor.errors import DecodeError, SettingError
from sensor.families import family_named
from sensor.families.base import ClockKind
from sensor.packet_log import PacketLog
from sensor.repeats import Repeats
from sensor.streams import Clock, DatedPacket, JointStream, SampleStream, SplitStream
from sensor.types import (
    Event,
    EventKind,
    ImuBlock,
    IntArray,
    Item,
    Notification,
    NotificationRun,
    Packet,
    SensorInfo,
)

KEPT_BAD_MESSAGES = 20
"""So many of the newest bad messages are kept: enough to see a pattern, and a bound for any file."""
MOST_TOGETHER = 512
"""So many messages are given to a decoder at most: beyond that they cost no less each."""
MAX_RATE_HZ = 10_000.0
"""Highest nominal rate; far above any IMU, so that a damaged head asks for no endless work."""
STREAMING = "streaming"
"""The state of a ``link`` event whose sensor sends samples."""


@dataclass(frozen=True, slots=True)
class BadMessage:
    """A notification that could not be decoded."""

    t_s: float
    """Arrival on the session's time base, in s."""
    error: DecodeError
    """The reason, with the bytes."""


@dataclass(frozen=True, slots=True)
class StreamStatistics:
    """Counts and measures of one sensor's stream so far."""

    notifications: int = 0
    """Messages that arrived."""
    received: int = 0
    """Samples that arrived."""
    lost: int = 0
    """Samples that are missing."""
    malformed: int = 0
    """Messages that could not be decoded."""
    skipped_bytes: int = 0
    """Bytes that belonged to no message."""
    repeated: int = 0
    """Messages that came twice, or after a later one, and were left out."""
    rate_hz: float | None = None
    """Estimated true rate; None before the first sample."""
    longest_gap_s: float = 0.0
    """Longest time between two neighbouring samples."""
    battery_percent: float | None = None
    """The newest value that the sensor sent; None if it sent none."""
    bad_messages: tuple[BadMessage, ...] = ()
    """The newest messages that could not be decoded, oldest first."""


class Assembler:
    """The decoders and clocks of all sensors of a session.

    Deterministic: the same items give the same samples, bit for bit, live and in a replay, one by one
    and many together.

    Parameters
    ----------
    sensors
        The sensors of the session; notifications of other sensors are ignored.
    start_ns
        Zero of the session's time base, on the clock of ``Notification.t_ns``.
    keep
        Whether to keep the packets of streams that can be dated better once they have ended.

    Raises
    ------
    SettingError
        If a sensor has an unknown family, or settings that cannot be used.
    DocumentError
        If the trim of a sensor is damaged.
    """

    def __init__(self, sensors: Sequence[SensorInfo], start_ns: int, *, keep: bool = False) -> None:
        self._streams = {info.source: _SensorStream(info, start_ns, keep) for info in sensors}

    def feed(self, item: Item | Sequence[NotificationRun]) -> list[ImuBlock]:
        """Return the blocks that ``item`` completes, oldest first. It never raises.

        Parameters
        ----------
        item
            A notification, an event, or all notifications between two events: then a block may hold
            many messages.
        """
        if isinstance(item, Notification):
            stream = self._streams.get(item.source)
            if stream is None:
                return []
            return stream.feed(item.characteristic, (item.payload,), (item.t_ns,), None)
        if isinstance(item, Event):
            self._follow_link(item)
            return []
        runs = [run for run in item if run.source in self._streams]
        return in_order(
            block
            for source, stream in self._streams.items()
            for block in stream.feed_runs([run for run in runs if run.source == source])
        )

    def _follow_link(self, event: Event) -> None:
        # A link that recovers from a stall says "resumed": its bytes go on where they stopped.
        reconnected = event.data.get("state") == STREAMING and not event.data.get("resumed")
        if event.kind == EventKind.LINK and reconnected:
            stream = self._streams.get(str(event.data.get("source")))
            if stream is not None:
                stream.reset()

    @property
    def logs(self) -> list[PacketLog]:
        """The packets that were kept, of each stream that can be dated again."""
        return [stream.log for stream in self._streams.values() if stream.log is not None]

    @property
    def statistics(self) -> Mapping[str, StreamStatistics]:
        """The statistics of each sensor's stream so far, by source."""
        return {source: stream.statistics() for source, stream in self._streams.items()}


class _SensorStream:
    """The decoder, clocks and counters of one sensor."""

    def __init__(self, info: SensorInfo, start_ns: int, keep: bool) -> None:
        self._family = family_named(info.family)
        if not 0.0 < info.settings.rate_hz <= MAX_RATE_HZ:
            allowed = f"above 0 and at most {MAX_RATE_HZ:g}"
            raise SettingError("rate_hz", info.settings.rate_hz, allowed)
        model = self._family.capabilities.clock_of(info.settings)
        self._start_ns = start_ns
        self._marked_by_sequence = model.kind is ClockKind.SEQUENCE
        # The ticks of an imported table are times of the host; a device's have a zero of its own.
        self._tick_zero = start_ns if model.kind is ClockKind.SESSION else 0
        self._settings = info.settings
        self._decode = self._family.decoder(info.settings)
        self._trim = trim_of(info)
        rate_hz = info.settings.rate_hz
        self._samples = stream_of(info, lambda _: SampleClock(model, rate_hz))
        again = keep and model.kind is not ClockKind.SESSION
        self.log = PacketLog(info) if again else None
        self._bad_messages: deque[BadMessage] = deque(maxlen=KEPT_BAD_MESSAGES)
        told = model.kind in (ClockKind.SEQUENCE, ClockKind.TICKS)
        self._repeats = [Repeats(model.wrap), Repeats(model.wrap)] if told else []
        self._notifications = self._malformed = self._skipped_bytes = self._repeated = 0
        self._received = self._lost = 0
        self._battery_percent: float | None = None
        self._newest_t = math.inf  # so that there is no gap before the first block
        self._longest_gap_s = 0.0

    def feed_runs(self, runs: Sequence[NotificationRun]) -> list[ImuBlock]:
        if not runs:
            return []
        payloads = [payload for run in runs for payload in _payloads(run)]
        t_ns = [t for run in runs for t in run.t_ns.tolist()]
        places = np.concatenate([run.sequence for run in runs])
        kinds = sorted({run.characteristic for run in runs})
        kind = np.repeat([kinds.index(run.characteristic) for run in runs], [*map(_count_of, runs)])
        if len(kinds) > 1:
            order = places.argsort()
            payloads = [payloads[i] for i in order.tolist()]
            t_ns = [t_ns[i] for i in order.tolist()]
            places, kind = places[order], kind[order]
        blocks: list[ImuBlock] = []
        # Only consecutive notifications of one characteristic are decoded together.
        edges = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(kind)]
        for start, stop in pairwise(edges):
            own = slice(start, stop)
            characteristic = kinds[kind[start]]
            blocks += self.feed(characteristic, payloads[own], t_ns[own], places[own])
        return blocks

    def feed(
        self,
        characteristic: str,
        payloads: Sequence[bytes],
        t_ns: Sequence[int],
        places: IntArray | None,
    ) -> list[ImuBlock]:
        """Return the blocks of consecutive notifications; ``places`` is None for a single one."""
        blocks: list[ImuBlock] = []
        self._notifications += len(payloads)
        first = 0
        while first < len(payloads):
            arrival_s = (t_ns[first] - self._start_ns) / 1e9
            try:
                packets = self._decode(characteristic, payloads[first : first + MOST_TOGETHER])
            except DecodeError as error:
                # One bad message must not end a session; the person sees how many there were.
                self._malformed += 1
                self._bad_messages.append(BadMessage(arrival_s, error))
                packets = ()
            last = first + 1
            for packet in packets:
                last = first + packet.messages
                arrivals_s = [(t - self._start_ns) / 1e9 for t in t_ns[first:last]]
                own = None if places is None else places[first:last]
                blocks += self._dated(packet, arrivals_s, own)
            first = last
        for block in blocks:
            self._count(block)
        return blocks

    def _dated(
        self, packet: Packet, arrivals_s: Sequence[float], places: IntArray | None
    ) -> list[ImuBlock]:
        if packet.skipped_bytes:
            self._skipped_bytes += packet.skipped_bytes
        if packet.battery_percent is not None:
            self._battery_percent = packet.battery_percent
        if self._trim is not None:
            packet = packet._replace(acc=self._trim.true(packet.acc))
        marks = self._marks(packet)
        if marks is not None and self._repeats:
            # Acceleration and angular rate have marks of their own where they come apart.
            new = self._repeats[len(packet.acc) > 0].new_messages(packet, marks)
            if len(new) < packet.messages:
                self._repeated += packet.messages - len(new)
                if not new:
                    return []
                packet, marks = _messages_of(packet, new), [marks[k] for k in new]
                arrivals_s = [arrivals_s[k] for k in new]
                places = None if places is None else places[new]
        dated = DatedPacket(packet, arrivals_s, marks, places)
        if self.log is not None:
            self.log.add(dated)
        return self._samples.add(dated)

    def reset(self) -> None:
        if self.log is not None:
            self.log.end_connection(self._samples.rate_hz)
        self._decode = self._family.decoder(self._settings)
        for repeats in self._repeats:
            repeats.forget()
        self._samples.reset()

    def _marks(self, packet: Packet) -> Sequence[int] | None:
        if self._marked_by_sequence:
            return packet.sequences
        if packet.ticks is None or not self._tick_zero:
            return packet.ticks
        return [tick - self._tick_zero for tick in packet.ticks]

    def _count(self, block: ImuBlock) -> None:
        # This runs for every message, and item() is faster than indexing.
        t = block.t
        self._received += len(t)
        self._lost += block.lost - block.found
        gap_s = t.item(0) - self._newest_t
        if block.ends is not None:
            gap_s = max(gap_s, longest_gap_s(block))
        self._longest_gap_s = max(self._longest_gap_s, gap_s)
        self._newest_t = t.item(-1)

    def statistics(self) -> StreamStatistics:
        return StreamStatistics(
            notifications=self._notifications,
            received=self._received,
            lost=self._lost,
            malformed=self._malformed,
            skipped_bytes=self._skipped_bytes,
            repeated=self._repeated,
            rate_hz=self._samples.rate_hz if self._received else None,
            longest_gap_s=self._longest_gap_s,
            battery_percent=self._battery_percent,
            bad_messages=tuple(self._bad_messages),
        )


def _messages_of(packet: Packet, numbers: Sequence[int]) -> Packet:
    """Return some of the messages of a packet."""
    samples = [
        len(values) // packet.messages for values in (packet.acc, packet.gyr, packet.clipped)
    ]
    of_acc, of_gyr, of_any = (
        (n * np.array(numbers)[:, None] + np.arange(n)).reshape(-1) for n in samples
    )
    return packet._replace(
        acc=packet.acc[of_acc],
        gyr=packet.gyr[of_gyr],
        clipped=packet.clipped[of_any],
        messages=len(numbers),
    )


def longest_gap_s(block: ImuBlock) -> float:
    """Return the longest time between two messages of a block, in s; 0 if it is one message."""
    ends, t = block.ends, block.t
    if ends is None or len(ends) < 2:
        return 0.0
    return float((t[ends[:-1]] - t[ends[:-1] - 1]).max())


def _count_of(run: NotificationRun) -> int:
    return len(run.t_ns)


def _payloads(run: NotificationRun) -> list[bytes]:
    ends = run.offsets.tolist()
    return [run.payloads[start:stop] for start, stop in pairwise(ends)]


def stream_of(info: SensorInfo, clock_of: Callable[[str], Clock]) -> SampleStream:
    """Return the stream of a sensor.

    Parameters
    ----------
    info
        The sensor.
    clock_of
        Returns a clock; called with ``"acc"`` and ``"gyr"`` if these come in packets of their own, with
        ``""`` if they come together.
    """
    capabilities = family_named(info.family).capabilities
    delay_s = capabilities.delay_s(info.settings)
    if capabilities.separate_streams:
        return SplitStream(info.segment, clock_of("acc"), clock_of("gyr"), delay_s)
    return JointStream(info.segment, clock_of(""), delay_s)
