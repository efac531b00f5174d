"""The sensors in sight, the chosen ones, and the state of their links. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from processing.pipeline.pairing import PAIRED_SEGMENTS
from processing.types import SensorStatus
from sensor.ble.host_findings import HostCheck
from sensor.ble.remedies import LinkFault
from sensor.families import families
from sensor.store.charges import Charge, load_charges, remember_charges
from sensor.store.pairs import Pair, load_pairs, pair_of, remember
from sensor.types import Event, Segment, SensorInfo

if TYPE_CHECKING:  # It loads Bleak, for which the first paint does not wait.
    from sensor.ble.discovery import FoundDevice

TRY_SOURCE = (
    "sim:protocol=B,sets=2,reps=8,rest_s=20,motion=even,faults=fast+late,fault_every_reps=4"
)
"""The simulated session of leg curls for people without sensors."""
NEEDED = PAIRED_SEGMENTS
"""The places that every session needs."""
OPTIONAL = (Segment.THIGH, Segment.PELVIS)
"""The places that a session may have besides."""
PLACES = (*NEEDED, *OPTIONAL)
STAGES = ("found", "connecting", "discovering", "configuring", "streaming")
"""The stages of connecting, in the words of ``sensor.ble.states``."""
FAILED = frozenset({"lost", "retrying", "refused"})

REORDER_DB = 6
"""A row passes another one only if its signal is stronger by this much: signals vary."""
SMOOTHING = 0.3
"""Share of a new signal strength in the smoothed one."""
FORGET_S = 20.0
"""A device that has been silent for longer is not shown."""

NEAR_DBM = -60
"""From this strength on a sensor is called near."""
FAR_DBM = -80
"""Below this strength a sensor is called far."""
LOW_BATTERY_PERCENT = 20.0
"""Below this charge people are asked to charge the sensor."""


@dataclass(frozen=True, slots=True)
class SensorRow:
    """A device in the list."""

    source: str
    """Its address."""
    name: str
    """The name that it advertises; its address if it has none."""
    family: str
    """The title of its sensor family; empty for a device of no known family."""
    rssi: float | None = None
    """Signal strength in dBm; None if not known."""
    held: bool = False
    """Whether it is already connected to this computer."""
    refused: str = ""
    """Why it cannot be used; empty if it can."""
    segment: Segment | None = None
    """Its place on the leg; None for none."""
    battery_percent: float | None = None
    """None if not known."""
    shaken: bool = False
    """Whether it is being shaken, which lights its row."""
    charge_utc: str = ""
    """The time of its last known charge, ISO 8601; empty while it tells it."""

    @property
    def usable(self) -> bool:
        """Whether it can be assigned to the leg."""
        return bool(self.family) and not self.refused


@dataclass(frozen=True, slots=True)
class LinkView:
    """The state of a link to a sensor."""

    state: str = ""
    """A state of ``sensor.ble.states``; empty before the first event."""
    reached: int = -1
    """Index in :data:`STAGES` of the last stage that succeeded; -1 for none."""
    fault: LinkFault | None = None
    """Why the link failed; None if it did not."""
    detail: str = ""
    """Facts that the kind of fault alone does not tell."""
    note: str = ""
    """A remark of the link without a fault."""

    @property
    def failed(self) -> bool:
        """Whether the link broke or was never established."""
        return self.state in FAILED


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place on the leg with its sensor and link."""

    segment: Segment
    """The place."""
    name: str = ""
    """The name of the sensor; empty for none."""
    link: LinkView = LinkView()
    """The state of its link."""
    rate_hz: float | None = None
    """Rate of the samples; None if not known."""
    lost_percent: float = 0.0
    """Share of lost samples since the start of the session."""
    slow: tuple[int, int] | None = None
    """Arriving and asked samples a second, where far too few arrive; else None."""


@dataclass(slots=True)
class _Device:
    source: str
    """Its address."""
    name: str
    """Empty if it advertises none."""
    family: str | None
    """The key of its family; None for none."""
    rssi: float | None = None
    """Smoothed signal strength in dBm."""
    held: bool = False
    """Connected to this computer already."""
    refused: str = ""
    """Why it cannot be used; empty if it can."""
    identity: str | None = None
    """The saved identity to check; None for a device that the person chose."""
    seen_s: float | None = None
    """Time of the last sighting; None for a saved device that was not seen yet."""


@dataclass(slots=True)
class SensorModel:
    """The devices, their places on the leg, and their links."""

    devices: list[_Device] = field(default_factory=list)
    """In the order of the list."""
    places: dict[Segment, str] = field(default_factory=dict)
    """The address of the sensor on each place."""
    links: dict[str, LinkView] = field(default_factory=dict)
    """States by address."""
    checks: "list[HostCheck]" = field(default_factory=list)
    """Checks of this computer."""
    remembered: Pair | None = None
    """The pair that was worn last; None for none."""
    charges: dict[str, Charge] = field(default_factory=dict)
    """The last known charges, by address."""

    def recall(self) -> None:
        """Load the sensors that were worn last.

        Raises
        ------
        DocumentError
            If they cannot be read.
        """
        # Earlier versions could save a pair without sensors.
        self.remembered = next((pair for pair in load_pairs() if pair.sensors), None)
        self.charges = load_charges()

    def remember(self, infos: Sequence[SensorInfo]) -> None:
        """Save the sensors of a session for the next time, if they differ from the saved ones.

        Without ``infos`` nothing is saved: sensors may stream before the session knows its header.

        Raises
        ------
        DocumentError
            If they cannot be written.
        """
        if not infos:
            return
        pair = pair_of(" + ".join(info.name or info.source for info in infos), infos)
        # The page calls this at every frame while both sensors stream.
        if pair != self.remembered:
            self.remembered = pair
            remember(pair)

    def note_end(self, charges: Mapping[str, float | None], now: datetime) -> None:
        """Save when sensors were last worn, and their charge in percent, by address.

        Raises
        ------
        DocumentError
            If it cannot be written.
        """
        self.charges = remember_charges(charges, now)

    def in_sight(self, address: str, now_s: float) -> bool:
        """Return whether the sensor of this address was seen by the search in the last seconds."""
        device = self._device(address)
        seen_s = None if device is None else device.seen_s
        return seen_s is not None and now_s - seen_s <= FORGET_S

    def take_found(self, found: "Iterable[FoundDevice | list[HostCheck]]", now_s: float) -> None:
        """Add the checks and sightings of a search, taken at ``now_s``."""
        for one in found:
            if isinstance(one, list):
                self.checks = one
            else:
                self.see(one, now_s)

    def see(self, found: "FoundDevice", now_s: float) -> None:
        """Add a sighting at ``now_s``."""
        device = self._device(found.address)
        if device is None:
            device = _Device(found.address, found.name, found.family)
            self.devices.append(device)
        device.name = found.name or device.name
        device.family = found.family or device.family
        device.refused, device.held = found.refused or "", found.connected
        device.seen_s = now_s
        if found.rssi is not None:
            # The first signal counts whole; later ones are smoothed.
            before = device.rssi if device.rssi is not None else found.rssi
            device.rssi = before + SMOOTHING * (found.rssi - before)
        self._reorder()

    def expect(self, pair: Pair) -> None:
        """Assign the sensors of a saved pair to their places, in sight or not."""
        self.places.clear()
        for sensor in pair.sensors:
            device = self._device(sensor.address)
            if device is None:
                device = _Device(sensor.address, sensor.name, sensor.family)
                self.devices.append(device)
            self.assign(sensor.address, sensor.segment)
            device.family, device.identity = sensor.family, sensor.identity

    def assign(self, source: str, segment: Segment | None) -> None:
        """Assign a device to ``segment``, or to no place with None.

        A place has one device, a device one place: if both places are taken, the two devices swap.
        A device that the person chooses need not be the saved one, so its identity is not checked.
        """
        device = self._device(source)
        if device is not None:
            device.identity = None
        before = next((s for s, held in self.places.items() if held == source), None)
        self.places = {s: held for s, held in self.places.items() if held != source}
        if segment is None:
            return
        displaced = self.places.get(segment)
        self.places[segment] = source
        if displaced is not None and before is not None:
            self.places[before] = displaced

    def swap(self, one: Segment, other: Segment) -> None:
        """Exchange the sensors of two places; a place may be empty."""
        if one in self.places:
            self.assign(self.places[one], other)

    def spare(self, now_s: float) -> SensorRow | None:
        """Return a near sensor in sight that has no place, once all needed places have one; None for none."""
        free = next((place for place in OPTIONAL if place not in self.places), None)
        if not self.ready or free is None:
            return None
        near = [
            device
            for device in self.devices
            if self.in_sight(device.source, now_s)
            and device.source in self.usable
            and device.source not in self.places.values()
            and device.rssi is not None
            and device.rssi >= NEAR_DBM
        ]
        return _row(near[0], free) if near else None

    def next_place(self, segment: Segment) -> Segment:
        """Return the place after ``segment`` among those that have a sensor, the first after the last."""
        taken = [place for place in PLACES if place in self.places]
        return taken[(taken.index(segment) + 1) % len(taken)] if segment in taken else segment

    @property
    def usable(self) -> list[str]:
        """The sensors in sight that can be assigned, the nearest first."""
        return [d.source for d in self.devices if d.family is not None and not d.refused]

    def assign_nearest(self) -> None:
        """Assign the nearest usable devices to the free places that a session needs."""
        free = [source for source in self.usable if source not in self.places.values()]
        empty = [place for place in NEEDED if place not in self.places]
        self.places |= dict(zip(empty, free, strict=False))

    @property
    def ready(self) -> bool:
        """Whether every place that a session needs has a sensor."""
        return all(place in self.places for place in NEEDED)

    def worn(self, session: Iterable[SensorInfo] = ()) -> tuple[Segment, ...]:
        """Return the places of a ``session``, or of the next one: the needed and the taken ones."""
        taken = {info.segment for info in session} or set(self.places)
        return tuple(place for place in PLACES if place in taken or place in NEEDED)

    def offered(
        self, session: Iterable[SensorInfo] = (), wanted: Iterable[Segment] = ()
    ) -> tuple[Segment, ...]:
        """Return the places to show: worn ones, as many more as there are sensors for, ``wanted`` ones."""
        worn = set(self.worn(session)) | set(self.places) | set(wanted)
        spare = len(self.usable) - len(worn)
        free = [place for place in PLACES if place not in worn][: max(spare, 0)]
        return tuple(place for place in PLACES if place in worn or place in free)

    def without_optional(self, failed: Iterable[Segment]) -> None:
        """Take the sensors off those ``failed`` places that a session does not need."""
        for place in set(failed) & set(OPTIONAL):
            self.places.pop(place, None)

    @property
    def source_text(self) -> str:
        """The chosen sensors as the text of a source."""
        parts: list[str] = []
        for place in PLACES:
            if place not in self.places:
                continue
            device = self._device(self.places[place])
            parts.append(f"{place}={self.places[place]}")
            if device is not None and device.family is not None:
                parts.append(f"{place}.family={device.family}")
            if device is not None and device.identity is not None:
                parts.append(f"{place}.identity={device.identity}")
        return "ble:" + ",".join(parts)

    def begin(self) -> None:
        """Forget the state of the links: a session begins."""
        self.links = {}

    def take_link(self, event: Event) -> None:
        """Update a link by a ``link`` event; the event of a recording may hold anything."""
        data = event.data
        source, state = str(data.get("source", "")), str(data.get("state", ""))
        before = self.links.get(source, LinkView())
        if state == "stopped" and before.failed:
            # It is disconnected because it failed, and the person must see the failure.
            return
        if state in STAGES:
            reached = STAGES.index(state)
        else:
            # A failed link keeps its stage; only a new search begins from the first one.
            reached = -1 if state == "searching" else before.reached
        fault = next((one for one in LinkFault if one.value == data.get("fault")), None)
        note = str(data.get("reason", "")) if fault is None else ""
        self.links[source] = LinkView(state, reached, fault, str(data.get("detail", "")), note)

    def rows(
        self,
        now_s: float,
        statuses: Mapping[Segment, SensorStatus],
        session: Sequence[SensorInfo] = (),
        *,
        unknown: bool = False,
    ) -> list[SensorRow]:
        """Return the rows: the sensors of the session first, then those in sight, nearest first.

        Parameters
        ----------
        now_s
            Time of the same clock as that of the sightings.
        statuses
            The states of the sensors of the session.
        session
            The sensors of the session.
        unknown
            Whether devices of no known family are shown too.
        """
        shown = [self._session_row(info, statuses.get(info.segment)) for info in session]
        running = {info.source for info in session}
        placed = {source: segment for segment, source in self.places.items()}
        for device in self.devices:
            if device.source in running or not self._shown(device, now_s, unknown):
                continue
            row = _row(device, None if session else placed.get(device.source))
            charge = self.charges.get(device.source)
            if charge is not None:
                row = replace(row, battery_percent=charge.percent, charge_utc=charge.seen_utc)
            shown.append(row)
        return shown

    def place(
        self, segment: Segment, status: SensorStatus | None, session: Iterable[SensorInfo] = ()
    ) -> PlaceView:
        """Return the state of a place; a session without link events counts as streaming."""
        info = next((i for i in session if i.segment is segment), None)
        source = info.source if info is not None else self.places.get(segment, "")
        device = self._device(source)
        name = info.name if info is not None else device.name if device is not None else ""
        news = self.links.get(source, LinkView())
        if status is None:
            return PlaceView(segment, name or source, news)
        if not news.state:
            news = LinkView("streaming", len(STAGES) - 1)
        slow = None
        if status.too_slow and status.arriving_hz is not None and status.asked_hz is not None:
            slow = round(status.arriving_hz), round(status.asked_hz)
        return PlaceView(segment, name or source, news, status.rate_hz, status.lost_percent, slow)

    def _device(self, source: str) -> _Device | None:
        return next((d for d in self.devices if d.source == source), None)

    def _shown(self, device: _Device, now_s: float, unknown: bool) -> bool:
        if device.source in self.places.values():
            return True
        if device.seen_s is None or now_s - device.seen_s > FORGET_S:
            return False
        return unknown or device.family is not None

    def _session_row(self, info: SensorInfo, status: SensorStatus | None) -> SensorRow:
        device = self._device(info.source)
        return SensorRow(
            source=info.source,
            name=info.name or info.source,
            family=families()[info.family].title if info.family in families() else info.family,
            rssi=device.rssi if device is not None else None,
            segment=info.segment,
            battery_percent=status.battery_percent if status is not None else None,
            shaken=status is not None and status.shaken,
        )

    def _reorder(self) -> None:
        """Move each device up by one row if it is clearly nearer than the one above."""
        devices = self.devices
        # One step at a time and from below: rows glide instead of jumping.
        for at in range(len(devices) - 1, 0, -1):
            upper, lower = devices[at - 1], devices[at]
            if _strength(lower) > _strength(upper) + REORDER_DB:
                devices[at - 1], devices[at] = lower, upper


def _strength(device: _Device) -> float:
    # A connected device is within reach, though it advertises no signal.
    if device.held:
        return 0.0
    return device.rssi if device.rssi is not None else -200.0


def _row(device: _Device, segment: Segment | None) -> SensorRow:
    return SensorRow(
        source=device.source,
        name=device.name or device.source,
        family=families()[device.family].title if device.family else "",
        rssi=device.rssi,
        held=device.held,
        refused=device.refused,
        segment=segment,
    )
