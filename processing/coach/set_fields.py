"""Fields of an event, as far as they make sense: an event of a recording may hold anything."""

import contextlib
from collections.abc import Mapping
from dataclasses import fields, replace

from processing.coach.protocol import PROTOCOL_OF, Prescription, Protocol, SetType
from processing.coach.protocol_file import built_in
from processing.coach.stop_rule import StopRule
from processing.judge.tempo import Tempo, TempoError, parse_tempo
from sensor.documents.convert import as_table, convert
from sensor.documents.origin import Origin
from sensor.errors import DocumentError
from sensor.types import JsonValue

STOP_PREFIX = "stop_"
"""Before the names of the limits of a stop rule."""
_ORIGIN = Origin("the stop rule of a set")
"""The place that an error names."""
LARGEST = 10000.0
"""No load in kg and no count in an event is larger."""


def read_number(value: JsonValue, largest: float = LARGEST) -> float | None:
    """Return ``value`` if it is a number from 0 to ``largest``, else None."""
    # A bool is an int to Python, but no number to a person.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0.0 <= value <= largest else None


def read_type(value: JsonValue) -> SetType | None:
    """Return the type of set called ``value``, None if there is none."""
    return next((kind for kind in SetType if kind.value == value), None)


def read_tempo(value: JsonValue) -> Tempo | None:
    """Return the tempo that ``value`` denotes, None if it is no tempo."""
    try:
        return parse_tempo(value) if isinstance(value, str) and value else None
    except TempoError:
        return None


def read_stop(planned: StopRule, data: Mapping[str, JsonValue]) -> StopRule:
    """Return the ``planned`` stop rule as an event changes it; a limit of 0 turns a rule off."""
    rule = planned
    for key in (field.name for field in fields(StopRule)):
        given = read_number(data.get(f"{STOP_PREFIX}{key}"))
        if given is None:
            continue
        # JSON has one kind of number: 3.0 are three reps.
        limit = int(given) if given.is_integer() else given
        # A limit that makes no sense changes nothing, like every other field.
        with contextlib.suppress(DocumentError):
            rule = convert(as_table(rule) | {key: limit or None}, StopRule, _ORIGIN)
    return rule


def stop_fields(stop: StopRule) -> dict[str, JsonValue]:
    """Return the fields of an event that :func:`read_stop` reads as ``stop``."""
    return {f"{STOP_PREFIX}{key}": value for key, value in as_table(stop).items()}


def recorded_prescription(
    protocol: Protocol, planned: Prescription, data: Mapping[str, JsonValue]
) -> Prescription:
    """Return the prescription of a set after its start changed the type, the tempo or the stop rule.

    Parameters
    ----------
    protocol
        The protocol in force. A type that it has no set of comes from the built-in protocol of that
        type.
    planned
        The prescription before.
    data
        The fields of the event; what makes no sense there changes nothing.
    """
    kind = read_type(data.get("set_type")) or planned.type
    asked = planned
    if kind is not planned.type:
        known = (*protocol.sets, *built_in(PROTOCOL_OF[kind]).sets)
        asked = next(each for each in known if each.type is kind)
    tempo = read_tempo(data.get("tempo"))
    asked = replace(asked, stop=read_stop(asked.stop, data))
    return asked if tempo is None else replace(asked, tempo=tempo)
