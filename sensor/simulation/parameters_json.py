"""Simulation parameters as JSON, for the head of a simulated recording."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sensor.errors import SettingError
from sensor.simulation.choices import (
    RestActivity,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSide,
    TableActivity,
    choice,
)
from sensor.simulation.parameters import (
    PersonParameters,
    RadioParameters,
    SensorParameters,
    SimulationParameters,
)
from sensor.types import JsonValue

NESTED: dict[str, type] = {
    "person": PersonParameters,
    "shin": SensorParameters,
    "foot": SensorParameters,
    "thigh": SensorParameters,
    "radio": RadioParameters,
}
"""The groups of parameters, by the name of their field."""
CHOICES: dict[str, type[StrEnum]] = {
    "exercise": SimulatedExercise,
    "side": SimulatedSide,
    "protocol": SimulatedProtocol,
    "rest": RestActivity,
    "table": TableActivity,
}
"""The fields with a choice by name."""


def to_json(parameters: SimulationParameters) -> dict[str, JsonValue]:
    """Return ``parameters`` as a JSON object."""
    return dataclasses.asdict(
        parameters, dict_factory=lambda pairs: {key: _listed(value) for key, value in pairs}
    )


def from_json(data: Mapping[str, JsonValue]) -> SimulationParameters:
    """Return the parameters of a JSON object of :func:`to_json`.

    Raises
    ------
    SettingError
        If a key is unknown or a value is not allowed.
    """
    try:
        built: SimulationParameters = _built(SimulationParameters, data)
    except (AttributeError, TypeError, ValueError) as error:
        # A damaged recording may hold anything in place of an object or a number.
        raise SettingError("simulation", data, f"what a simulation wrote ({error})") from error
    return built


def _listed(value: Any) -> JsonValue:
    # JSON has lists only, and reading them back gives lists, not tuples.
    return [_listed(x) for x in value] if isinstance(value, tuple) else value


def _built(kind: type[Any], data: Any) -> Any:
    known = {item.name for item in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise SettingError(key, value, "left out: there is no such parameter")
        if key in NESTED and value is not None:
            values[key] = _built(NESTED[key], value)
        elif key in CHOICES:
            values[key] = choice(key, value, CHOICES[key])
        elif key == "faults":
            values[key] = tuple(choice(key, fault, SimulatedFault) for fault in value)
        else:
            values[key] = _tupled(value)
    return kind(**values)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(x) for x in value) if isinstance(value, list) else value
