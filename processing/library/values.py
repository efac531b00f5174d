"""Frozen values as plain JSON values, and back: every field is checked against its annotation."""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from processing.calibration.grade import Remark
from processing.motion.calibrated import Calibration
from sensor.types import JsonValue

T = TypeVar("T")
_LATE = {"Calibration": Calibration, "Remark": Remark}
"""What ``processing.types`` names without importing it."""


class ValueFormatError(ValueError):
    """A plain value that is not what it should be; the text says where."""


def to_plain(value: object) -> JsonValue:
    """Return ``value`` as what JSON can hold. An infinite or missing number becomes a word."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(type(value).__name__)


def from_plain(kind: type[T], data: object, where: str = "value") -> T:
    """Return ``data``, made by :func:`to_plain`, as a value of ``kind``.

    Raises
    ------
    ValueFormatError
        If it is not what the annotations of ``kind`` say.
    """
    value: T = _read(kind, data, where)
    return value


def _read(kind: Any, data: object, where: str) -> Any:
    if is_dataclass(kind):
        return _read_fields(kind, data, where)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_one_of(kind, data, where)
    if origin is tuple:
        return _read_tuple(get_args(kind), data, where)
    if kind is float and not isinstance(data, str):
        return _number(data, where)
    if kind is float or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return _made(kind, _checked(str, data, where), where)
    table = isinstance(origin, type) and issubclass(origin, Mapping)
    return _checked(dict if table else kind, data, where)


def _read_fields(kind: Any, data: object, where: str) -> Any:
    table: dict[str, Any] = _checked(dict, data, where)
    hints = get_type_hints(kind, localns=_LATE)
    names = {f.name for f in fields(kind)}
    if set(table) != names:
        raise ValueFormatError(f"{where}: the fields must be {sorted(names)}")
    return kind(**{n: _read(hints[n], table[n], f"{where}.{n}") for n in names})


def _read_one_of(kind: Any, data: object, where: str) -> Any:
    kinds = get_args(kind)
    if data is None and NoneType in kinds:
        return None
    (known,) = (k for k in kinds if k is not NoneType)
    return _read(known, data, where)


def _read_tuple(kinds: tuple[Any, ...], data: object, where: str) -> tuple[Any, ...]:
    items: list[object] = _checked(list, data, where)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(items)
    if len(items) != len(kinds):
        raise ValueFormatError(f"{where}: {len(items)} values, {len(kinds)} expected")
    pairs = enumerate(zip(kinds, items, strict=True))
    return tuple(_read(kind, item, f"{where}[{at}]") for at, (kind, item) in pairs)


def _number(data: object, where: str) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise ValueFormatError(f"{where}: {data!r} is no number")
    return float(data)


def _checked(kind: type, data: object, where: str) -> Any:
    wrong = isinstance(data, bool) and kind is not bool
    if wrong or not isinstance(data, kind):
        raise ValueFormatError(f"{where}: {data!r} must be of the type {kind.__name__}")
    return data


def _made(make: Callable[[str], Any], text: str, where: str) -> Any:
    try:
        return make(text)
    except ValueError as error:
        raise ValueFormatError(f"{where}: {error}") from None
