"""Calibrations in files: writing, reading, and whether one still fits a recording."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from processing.motion.calibrated import Calibration, Vector
from sensor.documents.allowed import shown
from sensor.documents.convert import convert
from sensor.documents.flaws import Keys
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_file
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import write_private
from sensor.types import SensorInfo, SessionHeader

FORMAT = Format("a calibration", "toepoint.calibration", 4)
"""Version 1 had no knee, and called ``joint_axis`` ``ankle_axis``; version 2 had no hip, version 3 no ``axis_deg`` and
``shin_axis_deg``."""
MAX_BYTES = 100_000
"""A calibration has about two thousand bytes."""
UNIT_TOLERANCE = 1e-6
"""Largest difference of the length of an axis from one: the rounding of the decimals in a file."""
LARGEST = 1000.0
"""No number of a calibration comes near: they are m/s², rad/s, m, rad, s and °, of sensors on a leg."""
STRAPPING_DEG = 20.0
"""A sensor whose axis in the recording differs by more than this must have been moved.

Not chosen by a documented measurement.
"""


def of_session(calibration: Calibration, header: SessionHeader, t: float) -> Calibration:
    """Return ``calibration`` with its time, ``t`` s into a session, and the names of the sensors."""
    try:
        made = datetime.fromisoformat(header.created_utc) + timedelta(seconds=t)
        created_utc = made.isoformat(timespec="seconds")
    except ValueError:
        created_utc = ""
    return replace(
        calibration,
        created_utc=created_utc,
        sensors=tuple(_name_of(sensor) for sensor in header.sensors),
    )


def save_calibration(calibration: Calibration, path: Path, *, overwrite: bool = False) -> None:
    """Write ``calibration`` to ``path``.

    Raises
    ------
    DocumentError
        If it cannot be written, or is there already and ``overwrite`` is False.
    """
    try:
        write_private(path, calibration_text(calibration), replace=overwrite)
    except OSError as error:
        detail = f"it cannot be written: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error


def load_calibration(path: Path) -> Calibration:
    """Read the calibration in ``path``.

    Raises
    ------
    DocumentError
        If the file cannot be read, holds no calibration, is damaged or of a newer version.
    """
    return parse_calibration(read_file(path, MAX_BYTES), path)


def calibration_text(calibration: Calibration) -> str:
    """Return ``calibration`` as the JSON text of a file."""
    return json.dumps(FORMAT.head() | asdict(calibration), indent=2, allow_nan=False) + "\n"


def parse_calibration(data: bytes, source: Path | str) -> Calibration:
    """Read a calibration from the JSON of any version.

    Parameters
    ----------
    data
        The content of a file.
    source
        The file, or in words where the content stands, for the error.

    Raises
    ------
    DocumentError
        If it is no calibration, of a newer version, or a field is missing, unknown or not allowed.
    """
    origin = Origin(source, "calibrate again")
    version, fields = FORMAT.read_head(parse_json(data, origin), origin)
    # Every field is required: one that is missing was lost, and its default would change the angles.
    calibration = convert(
        _as_version_4(fields, version),
        Calibration,
        origin,
        Keys(closed=True, complete=True),
    )
    for where, value in _numbers(msgspec.to_builtins(calibration)):
        if abs(value) > LARGEST:
            allowed = f"a number from {-LARGEST:g} to {LARGEST:g}"
            detail = f"{shown(value)} must be {allowed}"
            raise origin.error(
                DocumentFault.CONTENT, detail, where=where, value=value, allowed=allowed
            )
    for where, axis in _axes(calibration):
        if abs(math.hypot(*axis) - 1.0) > UNIT_TOLERANCE:
            detail = f"{list(axis)} must have length one"
            raise origin.error(
                DocumentFault.CONTENT,
                detail,
                where=where,
                value=axis,
                allowed="a vector of length one",
            )
    return calibration


def _as_version_4(fields: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Return the fields of a ``version`` under the names of version 4."""
    newer = _as_version_3(fields, version)
    quality = newer.get("quality")
    if version < 4 and isinstance(quality, dict):
        newer["quality"] = {**quality, "axis_deg": 0.0, "shin_axis_deg": 0.0}
    return newer


def _as_version_3(fields: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Return the fields of a ``version`` under the names of version 3."""
    newer = _as_version_2(fields) if version == 1 else dict(fields)
    return newer if version >= 3 else {**newer, "hip": None}


def _as_version_2(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of version 1 under the names of version 2."""
    newer = {**fields, "knee": None}
    for name in ("shin", "foot"):
        sensor = newer.get(name)
        if isinstance(sensor, dict):
            names = {"ankle_axis": "joint_axis"}
            newer[name] = {names.get(key, key): value for key, value in sensor.items()}
    return newer


def _axes(calibration: Calibration) -> Iterator[tuple[str, Vector]]:
    """Yield every unit vector with its path in the file."""
    yield "curl_axis", calibration.curl_axis
    yield "shin.joint_axis", calibration.shin.joint_axis
    yield "foot.joint_axis", calibration.foot.joint_axis
    if calibration.knee is not None:
        yield "knee.thigh.joint_axis", calibration.knee.thigh.joint_axis
        yield "knee.shin.joint_axis", calibration.knee.shin.joint_axis
    if calibration.hip is not None:
        yield "hip.pelvis.joint_axis", calibration.hip.pelvis.joint_axis
        yield "hip.thigh.joint_axis", calibration.hip.thigh.joint_axis


def _numbers(value: object, where: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number within ``value`` with its path in the file."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _numbers(item, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value, start=1):
            yield from _numbers(item, f"{where}[{number}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield where, value


def age_words(calibration: Calibration, header: SessionHeader) -> str:
    """Return in words how long before a recording the calibration was made."""
    try:
        made = datetime.fromisoformat(calibration.created_utc)
        days = (datetime.fromisoformat(header.created_utc) - made).total_seconds() / 86400.0
    except (ValueError, TypeError):
        return "of an unknown time"
    unit, count = ("days", days) if abs(days) >= 1.0 else ("h", 24.0 * days)
    return f"made {abs(count):.1f} {unit} {'before' if days >= 0 else 'after'} the recording began"


def misfits(given: Calibration, own: Calibration | None, header: SessionHeader) -> list[str]:
    """Return the reasons against using ``given`` for a session, as sentences.

    A sensor that was strapped on again in another way shows its joint's axis from another side.

    Parameters
    ----------
    given
        The calibration from a file.
    own
        The self-calibration of the session, None if its movement gives none.
    header
        The header of the session.
    """
    found: list[str] = []
    names = tuple(_name_of(sensor) for sensor in header.sensors)
    if given.sensors and given.sensors != names:
        found.append(
            f"the calibration is of other sensors ({', '.join(given.sensors)}); "
            f"this recording has {', '.join(names)}"
        )
    if own is None:
        return found
    for name, one, other in (("shin", given.shin, own.shin), ("foot", given.foot, own.foot)):
        # The ends of a self-calibrated axis are a convention: only the line counts.
        cos = abs(float(np.array(one.joint_axis) @ np.array(other.joint_axis)))
        angle = float(np.degrees(np.arccos(min(cos, 1.0))))
        if angle > STRAPPING_DEG:
            found.append(
                f"{name} sensor: its axis is {angle:.0f}° from where the calibration has it; it was "
                "strapped on again since; leave the calibration out, or use one of this strapping"
            )
    return found


def _name_of(sensor: SensorInfo) -> str:
    return f"{sensor.family} {sensor.identity or sensor.source}"
