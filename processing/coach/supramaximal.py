"""The gate before supramaximal sets: four weeks of B, a warning, and a deliberate "I understand".

Lowering more than one can lift is a practice of gyms. Trials found gains similar to lowering below
the maximum, so nobody should come to it by accident. The plan of a session asks here, so no front end,
settings file, protocol or event of a person's own leads past the gate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from processing.coach.loads import Athlete
from processing.coach.plan_reasons import Gate, ProtocolWarning
from processing.coach.protocol import Prescription, Protocol, SetType
from processing.coach.protocol_file import built_in
from processing.coach.speech import PauseMark, Phrase, Speech
from sensor.types import JsonValue

WARNING: Speech = (
    Phrase.ABOVE_MAXIMUM,
    PauseMark.COMMA,
    Phrase.WITH_EXPERIENCE,
    PauseMark.COMMA,
    Phrase.SOMEONE_BESIDE,
)
"""The warning that is read out."""
_WEEK_S = 7.0 * 86400.0


def weeks_of(trained: Iterable[datetime]) -> int:
    """Return in how many weeks there was a session, of those at ``trained``."""
    times = sorted(trained)
    # Weeks count from the first session: four sessions in one week are no ramp-in.
    return len({int((t - times[0]).total_seconds() // _WEEK_S) for t in times})


def gate_of(protocol: Protocol, athlete: Athlete) -> Gate | None:
    """Return the gate before ``protocol``, None if it has none."""
    return _gate(athlete) if protocol.is_supramaximal else None


def admitted(protocol: Protocol, athlete: Athlete) -> Protocol:
    """Return ``protocol`` as this person may train it: with sets of B in place of those beyond the gate."""
    gate = gate_of(protocol, athlete)
    if gate is None or gate.admits:
        return protocol
    instead = built_in("B").sets[0]
    sets = tuple(_below(asked, instead) for asked in protocol.sets)
    return replace(protocol, sets=sets, warning="")


def admitted_fields(fields: Mapping[str, JsonValue], athlete: Athlete) -> Mapping[str, JsonValue]:
    """Return the data of an event that asks for a set, without a type that is beyond the gate."""
    if fields.get("set_type") != SetType.B2 or _gate(athlete).admits:
        return fields
    return {**fields, "set_type": SetType.B.value}


def notice_of(protocol: Protocol, athlete: Athlete) -> Gate | ProtocolWarning | None:
    """Return the notice at the start of a session: the closed gate of ``protocol``, or its warning."""
    gate = gate_of(protocol, athlete)
    if gate is not None and not gate.admits:
        return gate
    return ProtocolWarning(protocol.warning) if protocol.warning else None


def _gate(athlete: Athlete) -> Gate:
    return Gate(athlete.b_weeks, understood=athlete.understood)


def _below(asked: Prescription, instead: Prescription) -> Prescription:
    return instead if asked.type is SetType.B2 else asked
