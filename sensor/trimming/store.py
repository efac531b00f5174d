"""The trims of this user's devices: a JSON file in the platform's data folder."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import platformdirs

from sensor.errors import SettingError, ToepointError
from sensor.private_file import write_private
from sensor.trimming.trim import AccTrim, same_device, trim_from_json
from sensor.types import JsonValue, Segment, SensorInfo

FORMAT = "toepoint-trims"
VERSION = 1
MAX_BYTES = 1_000_000


class TrimsFault(StrEnum):
    """What is wrong with the file."""

    NOT_READABLE = "not readable"
    NOT_WRITABLE = "not writable"
    NOT_TRIMS = "not a file of trims"
    DAMAGED = "damaged"
    NEWER_VERSION = "newer version"


class TrimsError(ToepointError):
    """The file of trims cannot be used.

    Attributes
    ----------
    path
        The file.
    fault
        The kind of trouble.
    """

    def __init__(self, path: Path, fault: TrimsFault, detail: str) -> None:
        self.path = path
        self.fault = fault
        super().__init__(f"{path}: {fault}: {detail}")


def trims_path() -> Path:
    """Return where the trims of this user are kept."""
    return platformdirs.user_data_path("toepoint", appauthor=False) / "trims.json"


def load_trims(path: Path | None = None) -> list[tuple[SensorInfo, AccTrim]]:
    """Return the devices whose trim is known; none if nothing was remembered.

    Raises
    ------
    TrimsError
        If the file cannot be read, is none of trims, is damaged or of a newer version.
    """
    path = path or trims_path()
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise TrimsError(path, TrimsFault.NOT_READABLE, str(error)) from error
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TrimsError(path, TrimsFault.DAMAGED, f"no JSON ({error}); {_MOVE_AWAY}") from error
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise TrimsError(path, TrimsFault.NOT_TRIMS, f'its "format" is not "{FORMAT}"')
    version = stored.get("version")
    if not isinstance(version, int) or version > VERSION:
        detail = f"version {version}; this program knows {VERSION}: update it"
        raise TrimsError(path, TrimsFault.NEWER_VERSION, detail)
    try:
        return [_read(entry) for entry in stored["devices"]]
    except (KeyError, TypeError, SettingError) as error:
        raise TrimsError(path, TrimsFault.DAMAGED, f"{error}; {_MOVE_AWAY}") from error


def remember_trim(sensor: SensorInfo, trim: AccTrim, path: Path | None = None) -> None:
    """Keep ``trim`` of the device ``sensor`` in place of an older one.

    Raises
    ------
    TrimsError
        If the file cannot be read or written.
    """
    others = [(known, own) for known, own in load_trims(path) if not same_device(known, sensor)]
    _save([*others, (sensor, trim)], path or trims_path())


_MOVE_AWAY = "move it away to begin anew"


def _save(trims: Sequence[tuple[SensorInfo, AccTrim]], path: Path) -> None:
    stored: JsonValue = {
        "format": FORMAT,
        "version": VERSION,
        "devices": [
            {
                "family": sensor.family,
                "identity": sensor.identity,
                "address": sensor.source,
                "name": sensor.name,
                "trim": trim.to_json(),
            }
            for sensor, trim in trims
        ],
    }
    try:
        write_private(path, json.dumps(stored, indent=1))
    except OSError as error:
        raise TrimsError(path, TrimsFault.NOT_WRITABLE, str(error)) from error


def _read(entry: object) -> tuple[SensorInfo, AccTrim]:
    if not isinstance(entry, dict):
        raise TypeError(f"{entry!r} is no device")
    texts = {key: entry[key] for key in ("family", "identity", "address", "name")}
    for key, text in texts.items():
        if not isinstance(text, str) and not (key == "identity" and text is None):
            raise TypeError(f"{key} {text!r} is no text")
    sensor = SensorInfo(
        texts["address"],
        Segment.SHIN,
        texts["family"],
        name=texts["name"],
        identity=texts["identity"],
    )
    return sensor, trim_from_json(entry["trim"])
