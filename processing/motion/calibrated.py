"""The result of a calibration: sensor offsets, joint axes, neutral pose and range.

A :class:`Calibration` is a value: it can be saved, and applied to any recording of the same
strapping. :mod:`processing.calibration.fit` finds it.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np

from sensor.errors import ToepointError

Vector: TypeAlias = tuple[float, float, float]

TYPE_NAME = "toepoint.calibration"
FORMAT_VERSION = 2
"""Version 1 had no knee, and called ``joint_axis`` ``ankle_axis``."""


class CalibrationFault(StrEnum):
    """A kind of trouble with a calibration or its movements."""

    NO_DATA = "no data"
    """A sensor sent nothing, or too little, in a movement."""
    NOT_STILL = "not still"
    """A sensor moved in a pose that must be held."""
    NO_MOVEMENT = "no movement"
    """A movement was too small to show an axis."""
    NO_AXIS = "no axis"
    """A movement was not about one axis."""
    SWAPPED = "sensors swapped"
    """The shin's sensor is on the foot and the foot's on the shin."""
    FORMAT = "format"
    """A stored value is not what it must be."""
    FILE = "file"
    """The file cannot be read or written."""
    NEWER_VERSION = "newer version"
    """A newer Toepoint wrote the file."""


class CalibrationError(ToepointError):
    """A calibration that cannot be made from these movements, or cannot be read.

    Attributes
    ----------
    fault
        The kind of trouble.
    where
        The sensor, the step or the field that it concerns.
    detail
        The trouble in a sentence, and what to do.
    value, unit
        The measured number and its unit, None and empty where there is none.
    """

    def __init__(
        self,
        fault: CalibrationFault,
        where: str,
        detail: str,
        *,
        value: float | None = None,
        unit: str = "",
    ) -> None:
        self.fault = fault
        self.where = where
        self.detail = detail
        self.value = value
        self.unit = unit
        super().__init__(f"{where}: {detail}")


@dataclass(frozen=True, slots=True)
class SensorCalibration:
    """One sensor beside a joint; all vectors in the sensor's own frame."""

    gyr_offset: Vector
    """What the gyro reads at rest, rad/s."""
    acc_offset: Vector
    """What the accelerometer reads too much, m/s²."""
    joint_axis: Vector
    """Unit vector about which the lower link turns against the upper one as the angle grows.

    The angle grows with dorsiflexion of the ankle and with bending of the knee.
    """
    lever_arm: Vector
    """From the joint's centre to the sensor, m."""
    neutral_acc: Vector
    """The accelerometer's mean where the joint's angle is zero, offset included, m/s²."""


@dataclass(frozen=True, slots=True)
class CalibrationQuality:
    """The figures by which a calibration is graded."""

    axis_fit_deg: float
    """Angle that a turn about one axis leaves unexplained, root mean square, °."""
    still_dps: float
    """Standard deviation of the gyros in the still pose, °/s."""
    still_s: float
    """Length of the still pose, s."""
    acc_offset_mps2: float
    """Standard deviation of a component of the accelerometer offsets, m/s²."""
    lever_arm_m: float
    """Standard deviation of a component of the lever arms, m."""
    axis_rise_deg: float
    """Angle of the joint's axis above or below horizontal in the neutral pose, °."""


@dataclass(frozen=True, slots=True)
class KneeCalibration:
    """The knee between the thigh's and the shin's sensor; its angle is 0 in the start pose."""

    thigh: SensorCalibration
    """The sensor above the knee."""
    shin: SensorCalibration
    """The sensor below the knee."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The result of a calibration."""

    shin: SensorCalibration
    """The sensor above the ankle."""
    foot: SensorCalibration
    """The sensor below the ankle."""
    curl_axis: Vector
    """Unit vector in the shin sensor's frame about which the shin turns as the knee bends."""
    start_acc: Vector
    """Mean of the shin's accelerometer in the start pose, offset included, m/s²."""
    quality: CalibrationQuality
    """The figures by which the calibration is graded."""
    neutral_angle: float = 0.0
    """Ankle angle of the neutral pose, rad; not 0 where it was measured with a goniometer."""
    dorsiflexion_max: float | None = None
    """Largest active dorsiflexion, rad, positive; None if not measured."""
    plantarflexion_max: float | None = None
    """Largest active plantarflexion, rad, positive; None if not measured."""
    reference_rom: float | None = None
    """Range of the driving angle in an unloaded curl, rad; None if not measured."""
    origin: str = ""
    """The movements that it was made from, in words."""
    created_utc: str = ""
    """When it was made, ISO 8601; empty if not known."""
    sensors: tuple[str, ...] = field(default=())
    """Family and identity of each sensor, in the order of the session's header."""
    knee: KneeCalibration | None = None
    """The knee, if a sensor was worn on the thigh."""

    @property
    def reference_rom_deg(self) -> float | None:
        """The range of an unloaded curl in °, None if not measured."""
        return None if self.reference_rom is None else float(np.degrees(self.reference_rom))

    def to_json(self) -> str:
        """Return the calibration as JSON text with its type name and format version."""
        head = {"type": TYPE_NAME, "version": FORMAT_VERSION}
        return json.dumps(head | asdict(self), indent=2, allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Calibration":
        """Return the calibration that JSON ``text`` holds.

        Raises
        ------
        CalibrationError
            If it is no JSON, no calibration, of a newer version, or a field is missing, unknown or
            not a finite number.
        """
        try:
            data = json.loads(text)
        except (ValueError, UnicodeDecodeError, RecursionError) as error:
            raise _bad("text", f"not JSON ({error})") from error
        if not isinstance(data, dict) or data.pop("type", None) != TYPE_NAME:
            raise _bad("type", f"not a calibration: its type must be {TYPE_NAME!r}")
        version = data.pop("version", None)
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise _bad("version", f"{version!r} must be a whole number from 1")
        if version > FORMAT_VERSION:
            raise CalibrationError(
                CalibrationFault.NEWER_VERSION,
                "version",
                f"written by a newer Toepoint (format {version}, this one reads up to "
                f"{FORMAT_VERSION}); update Toepoint or calibrate again",
                value=version,
            )
        return _read_calibration(_as_version_2(data) if version == 1 else data)


def _as_version_2(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of version 1 under the names of version 2."""
    newer = {**data, "knee": None}
    for name in ("shin", "foot"):
        sensor = newer.get(name)
        if isinstance(sensor, dict):
            names = {"ankle_axis": "joint_axis"}
            newer[name] = {names.get(key, key): value for key, value in sensor.items()}
    return newer


_OPTIONAL = frozenset({"dorsiflexion_max", "plantarflexion_max", "reference_rom"})
_AXES = frozenset({"joint_axis", "curl_axis"})


def _read_calibration(data: Mapping[str, Any]) -> Calibration:
    values = _checked(Calibration, data, "")
    values["shin"] = SensorCalibration(**_read_fields(SensorCalibration, values["shin"], "shin."))
    values["foot"] = SensorCalibration(**_read_fields(SensorCalibration, values["foot"], "foot."))
    if values["knee"] is not None:
        knee = _checked(KneeCalibration, values["knee"], "knee.")
        values["knee"] = KneeCalibration(
            *(
                SensorCalibration(**_read_fields(SensorCalibration, knee[part], f"knee.{part}."))
                for part in ("thigh", "shin")
            )
        )
    quality = _read_fields(CalibrationQuality, values["quality"], "quality.")
    values["quality"] = CalibrationQuality(**quality)
    for name in ("curl_axis", "start_acc"):
        values[name] = _vector(values[name], name)
    values["neutral_angle"] = _number(values["neutral_angle"], "neutral_angle")
    for name in _OPTIONAL:
        values[name] = None if values[name] is None else _number(values[name], name)
    for name in ("origin", "created_utc"):
        if not isinstance(values[name], str):
            raise _bad(name, f"{values[name]!r} must be text")
    names = values["sensors"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _bad("sensors", f"{names!r} must be a list of names")
    values["sensors"] = tuple(names)
    return Calibration(**values)


def _read_fields(kind: type, data: object, prefix: str) -> dict[str, Any]:
    """Return the fields of ``kind``, each a number or a vector as its annotation says."""
    values = _checked(kind, data, prefix)
    vectors = {f.name for f in fields(kind) if f.type is Vector}
    return {
        name: _vector(value, prefix + name) if name in vectors else _number(value, prefix + name)
        for name, value in values.items()
    }


def _checked(kind: Any, data: object, prefix: str) -> dict[str, Any]:
    """Return ``data`` if it has exactly the fields of ``kind``."""
    if not isinstance(data, dict):
        raise _bad(prefix.rstrip(".") or "calibration", f"{data!r} must be an object")
    names = {f.name for f in fields(kind)}
    for name in sorted(names ^ set(data)):
        raise _bad(prefix + name, "missing" if name in names else "unknown field")
    return dict(data)


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _bad(name, f"{value!r} must be a finite number")
    return float(value)


def _vector(value: object, name: str) -> Vector:
    if not isinstance(value, list) or len(value) != 3:
        raise _bad(name, f"{value!r} must be a list of three numbers")
    x, y, z = (_number(v, name) for v in value)
    if name.rsplit(".", maxsplit=1)[-1] in _AXES and abs(math.hypot(x, y, z) - 1.0) > 1e-6:
        raise _bad(name, f"{value!r} must have length one")
    return (x, y, z)


def _bad(where: str, detail: str) -> CalibrationError:
    return CalibrationError(CalibrationFault.FORMAT, where, f"{detail}; calibrate again")
