"""Sensors that belong together, remembered on this computer.

An address is valid on one computer only (macOS makes up its own), so the identity that a sensor
reports is remembered as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sensor.errors import ToepointError
from sensor.store.known_devices import KnownDevices
from sensor.types import Segment, SensorInfo


class UnknownPairError(ToepointError):
    """A name under which no pair is remembered.

    Attributes
    ----------
    name
        The name as given.
    known
        The remembered names.
    """

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"no pair {name!r} is remembered; known: {', '.join(known) or 'none'}")


@dataclass(frozen=True, slots=True)
class RememberedSensor:
    """One sensor of a pair."""

    segment: Segment
    """The part of the leg that it is strapped to."""
    address: str
    """Its Bluetooth address; on macOS a UUID that is valid on this computer only."""
    family: str
    """Name of its family."""
    name: str = ""
    """The name that it advertises."""
    identity: str | None = None
    """The identity that it reports; None if it reports none."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Sensors that are worn together."""

    name: str
    """The name that the person gave the pair."""
    sensors: tuple[RememberedSensor, ...]
    """The sensors, in the order in which they are connected."""

    @property
    def source(self) -> str:
        """The pair as a source, in which a sensor with another identity is refused."""
        parts = []
        for sensor in self.sensors:
            parts += [
                f"{sensor.segment}={sensor.address}",
                f"{sensor.segment}.family={sensor.family}",
            ]
            # It is checked when the sensor answers, since another device may have the address by
            # then.
            if sensor.identity is not None:
                parts.append(f"{sensor.segment}.identity={sensor.identity}")
        return "ble:" + ",".join(parts)


PAIRS = KnownDevices("a list of pairs", "pairs", "pairs", Pair)


class Identity(StrEnum):
    """The result of comparing a sensor with the remembered one."""

    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    """It was not remembered, or reports no identity."""


def pair_of(name: str, sensors: Sequence[SensorInfo]) -> Pair:
    """Return the pair of the ``sensors`` of a session."""
    return Pair(
        name,
        tuple(RememberedSensor(s.segment, s.source, s.family, s.name, s.identity) for s in sensors),
    )


def compare(pair: Pair, sensors: Sequence[SensorInfo]) -> dict[Segment, Identity]:
    """Return for each sensor whether it is the remembered one, by the segment that wears it.

    The person should be asked about a sensor that changed.
    """
    remembered = {sensor.segment: sensor for sensor in pair.sensors}
    verdicts: dict[Segment, Identity] = {}
    for sensor in sensors:
        before = remembered.get(sensor.segment)
        # Without an identity on both sides nothing is known: addresses may change.
        if before is None or before.identity is None or sensor.identity is None:
            verdicts[sensor.segment] = Identity.UNKNOWN
        else:
            same = (before.family, before.identity) == (sensor.family, sensor.identity)
            verdicts[sensor.segment] = Identity.SAME if same else Identity.CHANGED
    return verdicts


def load_pairs(path: Path | None = None) -> list[Pair]:
    """Return the remembered pairs, the last used first; none if nothing was remembered.

    Raises
    ------
    DocumentError
        If the file cannot be read, or is not a list of pairs.
    """
    return PAIRS.load(path)


def pair_named(name: str, path: Path | None = None) -> Pair:
    """Return the remembered pair called ``name``.

    Raises
    ------
    UnknownPairError
        If no pair has that name.
    DocumentError
        If the file cannot be read.
    """
    pairs = load_pairs(path)
    for pair in pairs:
        if pair.name == name:
            return pair
    raise UnknownPairError(name, [pair.name for pair in pairs])


def remember(pair: Pair, path: Path | None = None) -> None:
    """Put ``pair`` first among the remembered pairs, in place of one with the same name.

    Raises
    ------
    DocumentError
        If the file cannot be read or written.
    """
    # First, since the pair of the last session is most likely the next one.
    others = [other for other in load_pairs(path) if other.name != pair.name]
    PAIRS.save([pair, *others], path)


def forget(name: str, path: Path | None = None) -> bool:
    """Forget the pair called ``name``; return whether there was one.

    Raises
    ------
    DocumentError
        If the file cannot be read or written.
    """
    pairs = load_pairs(path)
    kept = [pair for pair in pairs if pair.name != name]
    # A list that did not change, or is not there, is not written.
    if len(kept) < len(pairs):
        PAIRS.save(kept, path)
    return len(kept) < len(pairs)
