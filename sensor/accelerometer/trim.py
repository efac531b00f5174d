"""The trim of an accelerometer, its own offset and scale, which the head of a session contains."""

import dataclasses
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from msgspec import Meta

from sensor.documents.convert import as_table, convert
from sensor.documents.origin import Origin
from sensor.types import FloatArray, JsonValue, SensorInfo, SessionHeader, frozen

KEY = "acc_trim"
"""Key of the trim in :attr:`sensor.types.StreamSettings.extra`. The recorded bytes do not change."""
MAX_OFFSET_MPS2 = 3.0
"""Largest stored offset, twice the largest of the fit: a larger one is damaged."""
MAX_SCALE_OFF = 0.1
"""Largest distance of a scale from 1; more would be another range, not an error of the part."""

Vector: TypeAlias = tuple[float, float, float]
Offset: TypeAlias = Annotated[float, Meta(ge=-MAX_OFFSET_MPS2, le=MAX_OFFSET_MPS2)]
Scale: TypeAlias = Annotated[float, Meta(ge=1.0 - MAX_SCALE_OFF, le=1.0 + MAX_SCALE_OFF)]
Spread: TypeAlias = Annotated[float, Meta(ge=0.0, le=sys.float_info.max)]


@dataclass(frozen=True, slots=True)
class AccTrim:
    """The offset and scale of an accelerometer: it shows ``scale`` x truth + offset, by component."""

    offset_mps2: tuple[Offset, Offset, Offset]
    """Offset of each component, m/s²."""
    scale: tuple[Scale, Scale, Scale]
    """Reading of each component for 1 m/s², without the offset."""
    offset_sd_mps2: Spread
    """Standard deviation of the offset, of its least certain component, m/s²."""
    misfit_mps2: Spread
    """Root mean square of the error of gravity's size after the correction, m/s²."""
    created_utc: str = ""
    """ISO 8601 time of the fit; empty if it is unknown."""

    def true(self, acc: FloatArray) -> FloatArray:
        """Return the true specific force for readings ``acc``, both (n, 3) m/s², sensor's frame."""
        return frozen((acc - self.offset_mps2) / self.scale)


def trim_of(sensor: SensorInfo) -> AccTrim | None:
    """Return the trim of a sensor in the head of a session; None if it has none.

    Raises
    ------
    DocumentError
        If it is damaged.
    """
    data = sensor.settings.extra.get(KEY)
    if data is None:
        return None
    return convert(data, AccTrim, Origin(f"the {sensor.segment} sensor's settings"), where=KEY)


def with_trims(header: SessionHeader, trims: Sequence[tuple[SensorInfo, AccTrim]]) -> SessionHeader:
    """Return ``header`` with the trim of each of its sensors that is among ``trims``."""
    sensors = []
    for sensor in header.sensors:
        own = next((trim for known, trim in trims if same_device(known, sensor)), None)
        sensors.append(sensor if own is None else _with_extra(sensor, as_table(own)))
    return dataclasses.replace(header, sensors=tuple(sensors))


def without_trims(header: SessionHeader) -> SessionHeader:
    """Return ``header`` without the trims of its sensors."""
    sensors = tuple(_with_extra(sensor, None) for sensor in header.sensors)
    return dataclasses.replace(header, sensors=sensors)


def same_device(one: SensorInfo, other: SensorInfo) -> bool:
    """Return whether both are one device, by its reported identity or else by its address."""
    if one.family != other.family:
        return False
    # An address is valid on one computer only; an identity is valid everywhere.
    if one.identity is not None and other.identity is not None:
        return one.identity == other.identity
    return one.source == other.source


def _with_extra(sensor: SensorInfo, trim: JsonValue) -> SensorInfo:
    extra = {key: value for key, value in sensor.settings.extra.items() if key != KEY}
    if trim is not None:
        extra[KEY] = trim
    return dataclasses.replace(sensor, settings=dataclasses.replace(sensor.settings, extra=extra))
