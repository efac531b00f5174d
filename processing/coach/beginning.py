"""What a coached session began with, in the head of its recording: a replay coaches it the same way.

A protocol as a table of ``protocols/README.md``, what was known of the person, and how cues are given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeAlias

from msgspec import Meta

from processing.coach.cues import CueConfig
from processing.coach.loads import SCALE_END, Athlete
from processing.coach.protocol import Protocol, SetType
from processing.coach.protocol_file import protocol_table, read_protocol
from processing.coach.set_fields import LARGEST
from sensor.documents.convert import as_table, convert
from sensor.documents.flaws import Keys
from sensor.documents.origin import Origin
from sensor.errors import DocumentError
from sensor.types import JsonValue, SessionHeader

KEY = "coach"
"""Where it stands in the metadata of a header."""
_ORIGIN = Origin(f"the recording's {KEY}")
_Kilograms: TypeAlias = Annotated[float, Meta(ge=0.0, le=LARGEST)]
_Long: TypeAlias = Annotated[float, Meta(ge=0.0, le=1e6)]


@dataclass(frozen=True, slots=True)
class AthleteTable:
    """An :class:`Athlete` as it is written."""

    step_kg: Annotated[float, Meta(ge=0.001, le=50.0)] = 2.5
    """The machine's smallest step."""
    one_rm_kg: _Kilograms | None = None
    """Estimated 1RM with toes up."""
    ratio: Annotated[float, Meta(ge=0.0, le=10.0)] | None = None
    """Toes-pointed to toes-up load."""
    ratio_waves: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    """Waves that the ratio was learned from."""
    weeks_trained: _Long = 0.0
    """Weeks since the first session of the protocol."""
    hours_since_last: _Long | None = None
    """Hours since the last session of the protocol."""
    soreness: Annotated[float, Meta(ge=0.0, le=SCALE_END)] | None = None
    """Self-reported soreness, 0 to 10."""
    loads_kg: dict[SetType, _Kilograms] = field(default_factory=dict)
    """Last or chosen load of each type of set."""


@dataclass(frozen=True, slots=True)
class CoachTable:
    """A :class:`Beginning` as it is written."""

    protocol: dict[str, Any]
    """The protocol, which :func:`read_protocol` reads."""
    athlete: AthleteTable = field(default_factory=AthleteTable)
    """What was known of the person."""
    cues: CueConfig = field(default_factory=CueConfig)
    """How cues are given."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Everything that a coach begins with."""

    protocol: Protocol
    """The plan."""
    athlete: Athlete
    """What was known of the person."""
    config: CueConfig
    """How cues are given."""


def as_metadata(protocol: Protocol, athlete: Athlete, config: CueConfig) -> Mapping[str, JsonValue]:
    """Return what stands under :data:`KEY` in the metadata of a header."""
    known = AthleteTable(
        step_kg=athlete.step_kg,
        one_rm_kg=athlete.one_rm_kg,
        ratio=athlete.ratio,
        ratio_waves=athlete.ratio_waves,
        weeks_trained=athlete.weeks_trained,
        hours_since_last=athlete.hours_since_last,
        soreness=athlete.soreness,
        loads_kg=dict(athlete.loads_kg),
    )
    return as_table(CoachTable(protocol_table(protocol), known, config))


def with_beginning(header: SessionHeader, beginning: Mapping[str, JsonValue]) -> SessionHeader:
    """Return ``header`` with what its coach begins with."""
    return replace(header, metadata={**header.metadata, KEY: beginning})


def recorded_beginning(header: SessionHeader) -> Beginning | None:
    """Read what the session of ``header`` began with; None if it was not coached.

    Raises
    ------
    DocumentError
        If it cannot be read; it names the key.
    """
    if KEY not in header.metadata:
        return None
    table = convert(header.metadata[KEY], CoachTable, _ORIGIN, Keys(closed=True))
    known = table.athlete
    athlete = Athlete(
        step_kg=known.step_kg,
        loads_kg=tuple(known.loads_kg.items()),
        one_rm_kg=known.one_rm_kg,
        ratio=known.ratio,
        ratio_waves=known.ratio_waves,
        weeks_trained=known.weeks_trained,
        hours_since_last=known.hours_since_last,
        soreness=known.soreness,
    )
    return Beginning(read_protocol(table.protocol, _ORIGIN, "protocol"), athlete, table.cues)


def beginning_trouble(header: SessionHeader) -> list[str]:
    """Say why the beginning cannot be read, if so; built-in protocols then judge the sets."""
    try:
        recorded_beginning(header)
    except DocumentError as error:
        return [f"{error}; judged by the built-in protocols"]
    return []
