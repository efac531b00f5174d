"""The ranges and choices that parameters of a simulation are checked against."""

import dataclasses
from dataclasses import field
from enum import StrEnum
from typing import Any

from sensor.errors import SettingError

ADDED = {"added": True}
"""Metadata of the fields that recordings of the first version do not have; ``parameters_json`` leaves
them out where they have their default."""


def ranged(default: float, low: float, high: float, *, added: bool = False) -> Any:
    """Return a field for numbers from ``low`` to ``high``."""
    return field(default=default, metadata={"low": low, "high": high} | (ADDED if added else {}))


def check_ranges(parameters: Any) -> None:
    """Check the numbers of a dataclass of parameters.

    Raises
    ------
    SettingError
        If a number is outside the range of its field.
    """
    for item in dataclasses.fields(parameters):
        if "low" not in item.metadata:
            continue
        low, high = item.metadata["low"], item.metadata["high"]
        value = getattr(parameters, item.name)
        # A bool is an int to Python, but no number to a person.
        whole = item.type is int
        kinds: tuple[type, ...] = (int,) if whole else (int, float)
        number = isinstance(value, kinds) and not isinstance(value, bool)
        if not (number and low <= value <= high):
            raise SettingError(
                item.name, value, f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"
            )


def check_choice(key: str, value: object, kind: type[StrEnum]) -> None:
    """Check that ``value`` is a member of ``kind``.

    Raises
    ------
    SettingError
        If it is not; it names the setting ``key``.
    """
    if not isinstance(value, kind):
        raise SettingError(key, value, "one of " + ", ".join(kind))
