"""An accelerometer's own offset and scale, and how they travel in the head of a session."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sensor.errors import SettingError
from sensor.types import FloatArray, JsonValue, SensorInfo, SessionHeader, frozen

KEY = "acc_trim"
"""Where :attr:`StreamSettings.extra` keeps it. The recorded bytes stay as they came."""
MAX_OFFSET_MPS2 = 3.0
MAX_SCALE_OFF = 0.1

Vector: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class AccTrim:
    """What an accelerometer shows is ``scale`` times what is, plus ``offset`` m/s², by component.

    ``offset_sd`` m/s² is the standard deviation of what is known of the offset, ``misfit`` m/s² the
    root mean square of what gravity was off after it; ``created_utc`` an ISO 8601 time.
    """

    offset: Vector
    scale: Vector
    offset_sd: float
    misfit: float
    created_utc: str = ""

    def true(self, acc: FloatArray) -> FloatArray:
        """Return the specific force (n, 3) m/s² of which the accelerometer showed ``acc``."""
        return frozen((acc - self.offset) / self.scale)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the trim as JSON can hold it."""
        return {
            "offset_mps2": list(self.offset),
            "scale": list(self.scale),
            "offset_sd_mps2": self.offset_sd,
            "misfit_mps2": self.misfit,
            "created_utc": self.created_utc,
        }


def trim_from_json(data: object) -> AccTrim:
    """Return the trim that :meth:`AccTrim.to_json` gave.

    Raises
    ------
    SettingError
        If a field is missing, or a number is none that an accelerometer has.
    """
    if not isinstance(data, Mapping):
        raise SettingError(KEY, data, "an object with offset_mps2 and scale")
    created = data.get("created_utc")
    if not isinstance(created, str):
        raise SettingError(f"{KEY}.created_utc", created, "a time as text")
    return AccTrim(
        _vector(data, "offset_mps2", 0.0, MAX_OFFSET_MPS2),
        _vector(data, "scale", 1.0, MAX_SCALE_OFF),
        _number(data, "offset_sd_mps2"),
        _number(data, "misfit_mps2"),
        created,
    )


def trim_of(sensor: SensorInfo) -> AccTrim | None:
    """Return the trim that stands in the head of a session, None if there is none.

    Raises
    ------
    SettingError
        If it is damaged.
    """
    data = sensor.settings.extra.get(KEY)
    return None if data is None else trim_from_json(data)


def with_trims(header: SessionHeader, trims: Sequence[tuple[SensorInfo, AccTrim]]) -> SessionHeader:
    """Return ``header`` with the trim of each of its sensors that has one among ``trims``."""
    sensors = []
    for sensor in header.sensors:
        own = next((trim for known, trim in trims if same_device(known, sensor)), None)
        sensors.append(sensor if own is None else _with_extra(sensor, own.to_json()))
    return dataclasses.replace(header, sensors=tuple(sensors))


def without_trims(header: SessionHeader) -> SessionHeader:
    """Return ``header`` with no trim."""
    sensors = tuple(_with_extra(sensor, None) for sensor in header.sensors)
    return dataclasses.replace(header, sensors=sensors)


def same_device(one: SensorInfo, other: SensorInfo) -> bool:
    """Return whether both are one device: by what it says of itself, else by its address."""
    if one.family != other.family:
        return False
    if one.identity is not None and other.identity is not None:
        return one.identity == other.identity
    return one.source == other.source


def _with_extra(sensor: SensorInfo, trim: JsonValue) -> SensorInfo:
    extra = {key: value for key, value in sensor.settings.extra.items() if key != KEY}
    if trim is not None:
        extra[KEY] = trim
    return dataclasses.replace(sensor, settings=dataclasses.replace(sensor.settings, extra=extra))


def _vector(data: Mapping[str, object], name: str, middle: float, reach: float) -> Vector:
    values = data.get(name)
    allowed = f"three numbers from {middle - reach:g} to {middle + reach:g}"
    if not isinstance(values, list | tuple) or len(values) != 3:
        raise SettingError(f"{KEY}.{name}", values, allowed)
    for value in values:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number and abs(value - middle) <= reach):
            raise SettingError(f"{KEY}.{name}", values, allowed)
    x, y, z = (float(value) for value in values)
    return (x, y, z)


def _number(data: Mapping[str, object], name: str) -> float:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SettingError(f"{KEY}.{name}", value, "a number")
    if not 0.0 <= value < math.inf:
        raise SettingError(f"{KEY}.{name}", value, "a number from 0")
    return float(value)
