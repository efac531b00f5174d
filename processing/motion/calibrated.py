"""What the calibration movements told: sensor offsets, joint axes, neutral pose and range.

A :class:`Calibration` is a value: it can be saved, and applied to any recording of the same
strapping. How it is found stands in :mod:`processing.calibration.fit`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeAlias

from sensor.errors import ToepointError

Vector: TypeAlias = tuple[float, float, float]

TYPE_NAME = "toepoint.calibration"
FORMAT_VERSION = 2
"""Version 1 knew no knee, and called the joint's axis that of the ankle."""


class CalibrationFault(StrEnum):
    """What is wrong with a calibration or its movements."""

    NO_DATA = "no data"
    NOT_STILL = "not still"
    NO_MOVEMENT = "no movement"
    NO_AXIS = "no axis"
    SWAPPED = "sensors swapped"
    FORMAT = "format"
    FILE = "file"
    NEWER_VERSION = "newer version"


class CalibrationError(ToepointError):
    """A calibration that cannot be made from these movements, or cannot be read.

    Attributes
    ----------
    fault
        The kind of trouble.
    where
        The sensor, the step or the field that it concerns.
    detail
        What is wrong with it, and what to do.
    value, unit
        What was measured, where there is a number.
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
    """One sensor beside a joint: vectors in its own frame.

    ``gyr_offset`` rad/s, ``acc_offset`` m/s²; ``joint_axis`` the unit vector about which the lower
    link turns against the upper one where the joint's angle grows: dorsiflexion of the ankle,
    bending of the knee; ``lever_arm`` m from the joint's centre to the sensor; ``neutral_acc`` m/s²,
    what the accelerometer felt where the joint's angle is zero.
    """

    gyr_offset: Vector
    acc_offset: Vector
    joint_axis: Vector
    lever_arm: Vector
    neutral_acc: Vector


@dataclass(frozen=True, slots=True)
class CalibrationQuality:
    """How good the calibration is.

    ``axis_fit_deg`` is how far the movement strayed from a turn about one axis; ``still_dps`` the
    movement left in the still pose; ``still_s`` its length; ``acc_offset_mps2`` and
    ``lever_arm_m`` the standard deviations of what is known about those; ``axis_rise_deg`` how far
    the joint's axis was from horizontal in the neutral pose.
    """

    axis_fit_deg: float
    still_dps: float
    still_s: float
    acc_offset_mps2: float
    lever_arm_m: float
    axis_rise_deg: float


@dataclass(frozen=True, slots=True)
class KneeCalibration:
    """The knee between a sensor on the thigh and the shin's: zero in the start pose of the curls."""

    thigh: SensorCalibration
    shin: SensorCalibration


@dataclass(frozen=True, slots=True)
class Calibration:
    """The result of a calibration.

    ``curl_axis`` is the unit vector in the shin sensor's frame about which the curl is a positive
    turn, ``start_acc`` m/s² what the shin's accelerometer felt in the start pose.
    ``neutral_angle`` rad is the ankle angle of the neutral pose: zero unless it was set against a
    goniometer or a box corner. ``dorsiflexion_max`` and ``plantarflexion_max`` rad (both positive)
    are the active range and ``reference_rom`` rad that of an unloaded curl, None where they were
    not measured. ``knee`` is there only where a sensor was worn on the thigh. ``origin`` says in words what it was made from; ``created_utc`` is an ISO 8601
    time, empty where not known.
    """

    shin: SensorCalibration
    foot: SensorCalibration
    curl_axis: Vector
    start_acc: Vector
    quality: CalibrationQuality
    neutral_angle: float = 0.0
    dorsiflexion_max: float | None = None
    plantarflexion_max: float | None = None
    reference_rom: float | None = None
    origin: str = ""
    created_utc: str = ""
    sensors: tuple[str, ...] = field(default=())
    knee: KneeCalibration | None = None

    def to_json(self) -> str:
        """Return the calibration as JSON text with its type name and format version."""
        head = {"type": TYPE_NAME, "version": FORMAT_VERSION}
        return json.dumps(head | asdict(self), indent=2, allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Calibration":
        """Return the calibration of ``text``.

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
    """Return what version 1 wrote under the names of version 2."""
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
