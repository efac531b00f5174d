"""What a coached session began with, in the head of its recording: a replay coaches it the same way.

A table of the schema of ``protocols/README.md``, what was known of the person, and how much was said.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from processing.coach.cues import CueConfig, Level
from processing.coach.loads import MOST_FELT, Athlete
from processing.coach.protocol import FORMAT, Protocol, SetPlan, SetType, read_protocol
from processing.coach.schema import ProtocolError, choice, flag, number, read_table
from processing.coach.set_fields import MOST
from processing.judge.bands import Zone
from sensor.types import JsonValue, SessionHeader

KEY = "coach"
_SOURCE = f"the recording's {KEY}"
_MOST_H = 1e6
_ATHLETE = {
    "step_kg": number(0.001, 50.0),
    "one_rm_kg": number(0.0, MOST),
    "ratio": number(0.0, 10.0),
    "ratio_waves": number(0, 1e6, whole=True),
    "weeks_trained": number(0.0, _MOST_H),
    "hours_since_last": number(0.0, _MOST_H),
    "soreness": number(0.0, MOST_FELT),
}
_LOADS = {kind.value: number(0.0, MOST) for kind in SetType}
_CUES = {
    "level": choice({level.value: level for level in Level}),
    "audio_delay_s": number(0.0, 1.0),
    "sessions_done": number(0, 1e6, whole=True),
    "switch_sessions": number(0, 1e6, whole=True),
    "zone_grace_s": number(0.0, 60.0),
    "sensor_lost_s": number(0.0, 60.0),
    "glide": flag(),
    "misses_only": flag(),
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a coach needs to begin."""

    protocol: Protocol
    athlete: Athlete
    config: CueConfig


def as_metadata(protocol: Protocol, athlete: Athlete, config: CueConfig) -> Mapping[str, JsonValue]:
    """Return what stands under :data:`KEY` in the metadata of a header."""
    known: dict[str, JsonValue] = {
        key: value for key in _ATHLETE if (value := getattr(athlete, key)) is not None
    }
    loads = {kind.value: load for kind, load in athlete.loads_kg}
    cues = {key: _plain(getattr(config, key)) for key in _CUES}
    return {
        "protocol": _table_of(protocol),
        "athlete": {**known, "loads_kg": loads},
        "cues": cues,
    }


def with_beginning(header: SessionHeader, beginning: Mapping[str, JsonValue]) -> SessionHeader:
    """Return ``header`` with what its coach begins with."""
    return replace(header, metadata={**header.metadata, KEY: beginning})


def recorded_beginning(header: SessionHeader) -> Beginning | None:
    """Return what the session of ``header`` began with; None if nobody coached it.

    Raises
    ------
    ProtocolError
        If it cannot be read; it names the key.
    """
    if KEY not in header.metadata:
        return None
    tables = ("protocol", "athlete", "cues")
    whole: Any = header.metadata[KEY]
    read_table(_SOURCE, "", whole, {}, tables)
    said: Any = whole.get("athlete", {})
    values = read_table(_SOURCE, "athlete", said, _ATHLETE, ("loads_kg",))
    loads = read_table(_SOURCE, "athlete.loads_kg", said.get("loads_kg", {}), _LOADS)
    return Beginning(
        read_protocol(whole.get("protocol"), f"{_SOURCE}, protocol"),
        Athlete(loads_kg=tuple((SetType(kind), load) for kind, load in loads.items()), **values),
        CueConfig(**read_table(_SOURCE, "cues", whole.get("cues", {}), _CUES)),
    )


def beginning_trouble(header: SessionHeader) -> list[str]:
    """Return what keeps the beginning from being read; its sets are then judged by built-in protocols."""
    try:
        recorded_beginning(header)
    except ProtocolError as error:
        return [f"{error}; judged by the built-in protocols"]
    return []


def _table_of(protocol: Protocol) -> dict[str, JsonValue]:
    """Return the table that :func:`read_protocol` reads as ``protocol``."""
    table: dict[str, JsonValue] = {
        "format": FORMAT,
        "name": protocol.name,
        "title": protocol.title,
        "waves": protocol.waves,
        "hard_pf": protocol.hard_pf,
        "set": [_set_table(plan) for plan in protocol.sets],
        "thresholds": asdict(protocol.thresholds),
    }
    for key in ("about", "warning", "per_week", "weeks", "bands"):
        if value := getattr(protocol, key):
            table[key] = value
    for key in ("ratio", "ramp_in"):
        if (part := getattr(protocol, key)) is not None:
            table[key] = {name: _plain(value) for name, value in asdict(part).items()}
    return table


def _set_table(plan: SetPlan) -> dict[str, JsonValue]:
    table: dict[str, JsonValue] = {
        "type": plan.type.value,
        "reps": list(plan.reps),
        "rest_s": plan.rest_s,
        "lift": _zone(plan.lift),
        "lower": _zone(plan.lower),
        "load": plan.load.value,
    }
    if plan.tempo is not None:
        table["tempo"] = plan.tempo.notation
    if plan.intensity_percent is not None:
        table["intensity_percent"] = list(plan.intensity_percent)
    return table


def _zone(zone: Zone | None) -> str:
    return "any" if zone is None else zone.value


def _plain(value: Any) -> JsonValue:
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
