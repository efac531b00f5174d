"""Simulation parameters as JSON, for the head of a simulated recording."""

import dataclasses
from typing import Any

from sensor.documents.convert import convert
from sensor.documents.flaws import Keys
from sensor.documents.origin import Origin
from sensor.simulation.parameters import SimulationParameters
from sensor.types import JsonValue


def to_json(parameters: SimulationParameters) -> dict[str, JsonValue]:
    """Return ``parameters`` as a JSON object."""
    return dataclasses.asdict(
        parameters, dict_factory=lambda pairs: {key: _listed(value) for key, value in pairs}
    )


def from_json(data: object) -> SimulationParameters:
    """Return the parameters of a JSON object of :func:`to_json`.

    Raises
    ------
    DocumentError
        If a key is unknown or a value is not allowed.
    """
    origin = Origin("the simulation of the recording")
    return convert(data, SimulationParameters, origin, Keys(closed=True))


def _listed(value: Any) -> JsonValue:
    # JSON has lists only, and reading them back gives lists, not tuples.
    return [_listed(x) for x in value] if isinstance(value, tuple) else value
