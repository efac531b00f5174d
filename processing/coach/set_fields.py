"""What the start of a set says of it, and what of that can be believed: a recording may say anything."""

import math
from collections.abc import Mapping
from dataclasses import replace

from processing.coach.protocol import PROTOCOL_OF, Protocol, SetPlan, SetType
from processing.coach.protocol_file import built_in
from processing.judge.tempo import Tempo, TempoError, parse_tempo
from sensor.types import JsonValue

MOST = 10000.0
"""No load in kg and no count that an event may say is larger."""


def number_said(value: JsonValue, most: float = MOST) -> float | None:
    """Return what an event said, if it is a number from 0 to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value) if 0.0 <= value <= most else None


def type_said(value: JsonValue) -> SetType | None:
    """Return the type of a set that an event said, if there is such a type."""
    return next((kind for kind in SetType if kind.value == value), None)


def tempo_said(value: JsonValue) -> Tempo | None:
    """Return the tempo that an event said, if it is one; else the protocol's own stands."""
    try:
        return parse_tempo(value) if isinstance(value, str) and value else None
    except TempoError:
        return None


def set_as_said(protocol: Protocol, planned: SetPlan, data: Mapping[str, JsonValue]) -> SetPlan:
    """Return the plan of a set whose start said its type or its tempo, as far as it makes sense.

    A type that ``protocol`` has no set of is taken from the built-in protocol of that type.
    """
    kind = type_said(data.get("set_type")) or planned.type
    plan = planned
    if kind is not planned.type:
        known = (*protocol.sets, *built_in(PROTOCOL_OF[kind]).sets)
        plan = next(each for each in known if each.type is kind)
    tempo = tempo_said(data.get("tempo"))
    return plan if tempo is None else replace(plan, tempo=tempo)
