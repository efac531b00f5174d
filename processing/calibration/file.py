"""A calibration on disk: of which sensors it is, when it was made, and whether it still fits."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from processing.motion.calibrated import Calibration, CalibrationError, CalibrationFault
from sensor.types import SensorInfo, SessionHeader

MAX_BYTES = 100_000
"""A calibration has some two thousand."""
STRAPPING_DEG = 20.0
"""By how much the axis that a recording shows may differ before the sensor sits in another way."""


def of_session(calibration: Calibration, header: SessionHeader, t: float) -> Calibration:
    """Return ``calibration`` with when it was made, ``t`` s into a session, and of which sensors."""
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
    CalibrationError
        If it cannot be written, or is there already and is not to be replaced.
    """
    try:
        with path.open("w" if overwrite else "x", encoding="utf-8") as file:
            file.write(calibration.to_json() + "\n")
    except OSError as error:
        raise CalibrationError(
            CalibrationFault.FILE, str(path), f"cannot be written: {error.strerror}"
        ) from error


def load_calibration(path: Path) -> Calibration:
    """Return the calibration that ``path`` holds.

    Raises
    ------
    CalibrationError
        If it cannot be read, is none, is damaged or of a newer version; ``where`` begins with the
        file's name.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CalibrationError(
            CalibrationFault.FILE, str(path), f"cannot be read: {error.strerror}"
        ) from error
    if len(data) > MAX_BYTES:
        raise CalibrationError(
            CalibrationFault.FORMAT, str(path), f"no calibration: it has over {MAX_BYTES} bytes"
        )
    try:
        return Calibration.from_json(data)
    except CalibrationError as error:
        raise CalibrationError(
            error.fault, f"{path}: {error.where}", error.detail, value=error.value, unit=error.unit
        ) from error


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
    """Return what speaks against using ``given`` for a session; nothing if nothing does.

    ``own`` is what the session's own movement shows, None if nothing. A sensor that was strapped on
    again in another way shows its joint's axis from another side.
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
        cos = abs(float(np.array(one.joint_axis) @ np.array(other.joint_axis)))
        angle = float(np.degrees(np.arccos(min(cos, 1.0))))
        if angle > STRAPPING_DEG:
            found.append(
                f"{name} sensor: its axis is {angle:.0f}° from where the calibration has it; it was "
                "strapped on anew since, so leave the calibration away or use that of this strapping"
            )
    return found


def _name_of(sensor: SensorInfo) -> str:
    return f"{sensor.family} {sensor.identity or sensor.source}"
