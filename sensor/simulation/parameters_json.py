"""Simulation parameters as JSON, for the head of a simulated recording."""

import dataclasses
from typing import Any

from sensor.documents.convert import convert
from sensor.documents.flaws import Keys
from sensor.documents.origin import Origin
from sensor.simulation.parameters import SimulationParameters
from sensor.types import JsonValue


def to_json(parameters: SimulationParameters) -> dict[str, JsonValue]:
    """Return ``parameters`` as a JSON object.

    A parameter that the first version did not have is written only where it differs from its
    default, so that the programs of that time still read a recording that does without it.
    """
    return _table(parameters)


def from_json(data: object) -> SimulationParameters:
    """Return the parameters of a JSON object of :func:`to_json`.

    Raises
    ------
    DocumentError
        If a key is unknown or a value is not allowed.
    """
    origin = Origin("the simulation of the recording")
    return convert(data, SimulationParameters, origin, Keys(closed=True))


def _table(parameters: Any) -> dict[str, JsonValue]:
    default = type(parameters)()
    values = {item: getattr(parameters, item.name) for item in dataclasses.fields(parameters)}
    return {
        item.name: _plain(value)
        for item, value in values.items()
        if not ("added" in item.metadata and value == getattr(default, item.name))
    }


def _plain(value: Any) -> JsonValue:
    if dataclasses.is_dataclass(value):
        return _table(value)
    # JSON has lists only, and reading them back gives lists, not tuples.
    return [_plain(x) for x in value] if isinstance(value, tuple) else value
