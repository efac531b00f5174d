"""The status of the sensors of a session: link, rate, losses, battery, which one is shaken or tapped."""

from collections import deque
from collections.abc import Sequence

from processing.types import SensorStatus
from sensor.accelerometer.double_tap import DoubleTap
from sensor.assembler import Assembler
from sensor.ble.identify import ShakeIdentifier
from sensor.ble.remedies import LinkFault
from sensor.types import Event, EventKind, ImuBlock, Item, Notification, SessionHeader

EVERY_NS = 500_000_000
"""A status is due twice a second: often enough for a person who shakes a sensor."""
ARRIVING_OVER_NS = 4_000_000_000
"""Arriving samples are counted over this time: longer than an ordinary stall of a link."""


class SensorWatch:
    """The status of each sensor of a session, as its items arrive.

    Parameters
    ----------
    header
        The header of the session.
    assembler
        The assembler that the items of the session are fed to.
    """

    def __init__(self, header: SessionHeader, assembler: Assembler) -> None:
        self._header = header
        self._assembler = assembler
        self._links = dict.fromkeys((sensor.source for sensor in header.sensors), "")
        self._shakes = ShakeIdentifier()
        self._taps = {sensor.segment: DoubleTap() for sensor in header.sensors}
        self._due_ns = header.start_ns
        self._slow: set[str] = set()
        self._faults: list[tuple[str, LinkFault]] = []
        self._counts = {s.source: deque[tuple[int, int]]() for s in header.sensors}

    def feed(self, item: Item, blocks: Sequence[ImuBlock]) -> list[SensorStatus]:
        """Take ``item`` and the ``blocks`` that it completed; return the status, when one is due."""
        for block in blocks:
            self._shakes.add(block)
            self._taps[block.segment].add(block)
            if block.jumped and isinstance(item, Notification):
                self._faults.append((item.source, LinkFault.CLOCK_JUMPED))
        if isinstance(item, Event) and item.kind == EventKind.LINK:
            source = str(item.data.get("source"))
            self._links[source] = str(item.data.get("state"))
            if source in self._counts:
                # A link that was broken begins to count again: it would look slow.
                self._counts[source].clear()
        if item.t_ns < self._due_ns:
            return []
        # Due from this item on: after a pause no statuses are made up for.
        self._due_ns = item.t_ns + EVERY_NS
        self._count(item.t_ns)
        found = self.status(item.t_ns)
        slow = {
            sensor.source
            for sensor, status in zip(self._header.sensors, found, strict=True)
            if status.too_slow
        }
        self._faults += [(source, LinkFault.RATE_FELL) for source in sorted(slow - self._slow)]
        self._slow = slow
        return found

    def faults(self) -> list[tuple[str, LinkFault]]:
        """Return the sensors that must be configured again, and why; each is returned once."""
        found, self._faults = self._faults, []
        return found

    def status(self, t_ns: int) -> list[SensorStatus]:
        """Return the status of each sensor at ``t_ns``."""
        found: list[SensorStatus] = []
        statistics, shaken = self._assembler.statistics, self._shakes.shaken
        for sensor in self._header.sensors:
            seen = statistics[sensor.source]
            total = seen.received + seen.lost
            found.append(
                SensorStatus(
                    t=(t_ns - self._header.start_ns) / 1e9,
                    segment=sensor.segment,
                    state=self._links[sensor.source],
                    rate_hz=seen.rate_hz,
                    lost_percent=100.0 * seen.lost / total if total else 0.0,
                    battery_percent=seen.battery_percent,
                    shaken=sensor.segment is shaken,
                    asked_hz=sensor.settings.rate_hz,
                    arriving_hz=self._arriving_hz(sensor.source),
                    double_taps=self._taps[sensor.segment].count,
                )
            )
        return found

    def _count(self, t_ns: int) -> None:
        statistics = self._assembler.statistics
        for source, counts in self._counts.items():
            received = statistics[source].received
            # A sensor that has not begun is not slow: its time counts from its first sample on.
            if len(counts) == 1 and counts[0][1] == received:
                counts.clear()
            counts.append((t_ns, received))
            while len(counts) > 1 and t_ns - counts[1][0] >= ARRIVING_OVER_NS:
                counts.popleft()

    def _arriving_hz(self, source: str) -> float | None:
        """Return how many samples per second arrived recently, None while that is unknown."""
        counts = self._counts[source]
        if not counts or counts[-1][0] - counts[0][0] < ARRIVING_OVER_NS:
            return None
        (since_ns, before), (until_ns, received) = counts[0], counts[-1]
        return (received - before) / ((until_ns - since_ns) / 1e9)
