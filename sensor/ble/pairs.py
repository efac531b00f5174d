"""Sensors that belong together, remembered on this computer.

A JSON file in the platform's data folder, readable by its owner only. Addresses hold for one
computer (macOS makes its own); so each sensor is remembered with what it says of itself as well.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

from sensor.errors import ToepointError
from sensor.private_file import write_private
from sensor.types import JsonValue, Segment, SensorInfo

FORMAT = "toepoint-pairs"
VERSION = 1


class PairsFault(StrEnum):
    """What is wrong with the remembered pairs."""

    NOT_PAIRS = "not a file of pairs"
    NEWER_VERSION = "newer version"
    DAMAGED = "damaged"
    NOT_READABLE = "not readable"
    NOT_WRITABLE = "not writable"
    NOT_REMEMBERED = "not remembered"


class PairsError(ToepointError):
    """The file of remembered pairs cannot be used.

    Attributes
    ----------
    path
        The file.
    fault
        The kind of trouble.
    """

    def __init__(self, path: Path, fault: PairsFault, detail: str) -> None:
        self.path = path
        self.fault = fault
        super().__init__(f"{path}: {fault}: {detail}")


@dataclass(frozen=True, slots=True)
class RememberedSensor:
    """One sensor of a pair; the fields are those of :class:`sensor.types.SensorInfo`."""

    segment: Segment
    address: str
    family: str
    name: str = ""
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Sensors that are worn together, under a name that the person gave."""

    name: str
    sensors: tuple[RememberedSensor, ...]

    @property
    def source(self) -> str:
        """The pair as a source; a sensor that says it is another one is refused."""
        parts = []
        for sensor in self.sensors:
            parts += [
                f"{sensor.segment}={sensor.address}",
                f"{sensor.segment}.family={sensor.family}",
            ]
            if sensor.identity is not None:
                parts.append(f"{sensor.segment}.identity={sensor.identity}")
        return "ble:" + ",".join(parts)


class Identity(StrEnum):
    """Whether a sensor is the one that was remembered."""

    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    """It was not remembered, or does not say who it is."""


def pair_of(name: str, sensors: Sequence[SensorInfo]) -> Pair:
    """Return the pair of the ``sensors`` of a session."""
    return Pair(
        name,
        tuple(RememberedSensor(s.segment, s.source, s.family, s.name, s.identity) for s in sensors),
    )


def compare(pair: Pair, sensors: Sequence[SensorInfo]) -> dict[Segment, Identity]:
    """Return for each of ``sensors`` whether it is the remembered one; ask where it changed."""
    remembered = {sensor.segment: sensor for sensor in pair.sensors}
    verdicts: dict[Segment, Identity] = {}
    for sensor in sensors:
        before = remembered.get(sensor.segment)
        if before is None or before.identity is None or sensor.identity is None:
            verdicts[sensor.segment] = Identity.UNKNOWN
        else:
            same = (before.family, before.identity) == (sensor.family, sensor.identity)
            verdicts[sensor.segment] = Identity.SAME if same else Identity.CHANGED
    return verdicts


def pairs_path() -> Path:
    """Return where the pairs of this user are kept."""
    return platformdirs.user_data_path("toepoint", appauthor=False) / "pairs.json"


def load_pairs(path: Path | None = None) -> list[Pair]:
    """Return the remembered pairs, the one used last first; none if nothing was remembered.

    Raises
    ------
    PairsError
        If the file cannot be read or is no file of pairs.
    """
    path = path or pairs_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise PairsError(path, PairsFault.NOT_READABLE, str(error)) from error
    try:
        stored = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise PairsError(
            path, PairsFault.DAMAGED, f"it is no JSON ({error}); move it away to begin anew"
        ) from error
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise PairsError(path, PairsFault.NOT_PAIRS, f'its "format" is not "{FORMAT}"')
    version = stored.get("version")
    if not isinstance(version, int) or version > VERSION:
        detail = f"version {version}; this program knows {VERSION}"
        raise PairsError(path, PairsFault.NEWER_VERSION, detail)
    try:
        return [_read_pair(entry) for entry in _list(stored["pairs"])]
    except (KeyError, TypeError, ValueError) as error:
        detail = f"{type(error).__name__}: {error}; move it away to begin anew"
        raise PairsError(path, PairsFault.DAMAGED, detail) from error


def pair_named(name: str, path: Path | None = None) -> Pair:
    """Return the remembered pair called ``name``.

    Raises
    ------
    PairsError
        If there is none, or the file cannot be read.
    """
    pairs = load_pairs(path)
    for pair in pairs:
        if pair.name == name:
            return pair
    known = ", ".join(pair.name for pair in pairs) or "none"
    raise PairsError(path or pairs_path(), PairsFault.NOT_REMEMBERED, f"{name!r}; known: {known}")


def remember(pair: Pair, path: Path | None = None) -> None:
    """Put ``pair`` at the head of the remembered ones; one of the same name is replaced.

    Raises
    ------
    PairsError
        If the file cannot be read or written.
    """
    others = [other for other in load_pairs(path) if other.name != pair.name]
    _save([pair, *others], path or pairs_path())


def forget(name: str, path: Path | None = None) -> bool:
    """Forget the pair called ``name``; return whether there was one.

    Raises
    ------
    PairsError
        If the file cannot be read or written.
    """
    pairs = load_pairs(path)
    kept = [pair for pair in pairs if pair.name != name]
    if len(kept) < len(pairs):
        _save(kept, path or pairs_path())
    return len(kept) < len(pairs)


def _save(pairs: Sequence[Pair], path: Path) -> None:
    stored: JsonValue = {
        "format": FORMAT,
        "version": VERSION,
        "pairs": [
            {"name": pair.name, "sensors": [_write_sensor(s) for s in pair.sensors]}
            for pair in pairs
        ],
    }
    try:
        write_private(path, json.dumps(stored, indent=1))
    except OSError as error:
        raise PairsError(path, PairsFault.NOT_WRITABLE, str(error)) from error


def _write_sensor(sensor: RememberedSensor) -> JsonValue:
    return {
        "segment": sensor.segment.value,
        "address": sensor.address,
        "family": sensor.family,
        "name": sensor.name,
        "identity": sensor.identity,
    }


def _read_pair(entry: object) -> Pair:
    fields = _dict(entry)
    return Pair(_text(fields["name"]), tuple(_read_sensor(s) for s in _list(fields["sensors"])))


def _read_sensor(entry: object) -> RememberedSensor:
    fields = _dict(entry)
    identity = fields["identity"]
    return RememberedSensor(
        segment=Segment(_text(fields["segment"])),
        address=_text(fields["address"]),
        family=_text(fields["family"]),
        name=_text(fields["name"]),
        identity=None if identity is None else _text(identity),
    )


def _dict(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not an object")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
