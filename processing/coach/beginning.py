"""The beginning of a coached session in the head of its recording: a replay is coached the same way.

It has the protocol as a table of ``protocols/README.md``, the facts about the person that the coach
knew, and the settings of the cues.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from processing.coach.cues import CueConfig
from processing.coach.loads import Athlete
from processing.coach.protocol import Protocol
from processing.coach.protocol_file import protocol_table, read_protocol
from sensor.documents.convert import as_table, convert
from sensor.documents.flaws import Keys
from sensor.documents.origin import Origin
from sensor.errors import DocumentError
from sensor.types import JsonValue, SessionHeader

KEY = "coach"
"""Key of the beginning in the metadata of a header."""
_ORIGIN = Origin(f"the recording's {KEY}")
"""The place that an error names."""


@dataclass(frozen=True, slots=True)
class CoachTable:
    """A :class:`Beginning` in a file."""

    protocol: dict[str, Any]
    """The protocol, which :func:`read_protocol` reads."""
    athlete: Athlete = field(default_factory=Athlete)
    """The known facts about the person."""
    cues: CueConfig = field(default_factory=CueConfig)
    """The way in which cues are given."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Everything that a coach begins with."""

    protocol: Protocol
    """The plan."""
    athlete: Athlete
    """The known facts about the person."""
    config: CueConfig
    """The way in which cues are given."""


def as_metadata(protocol: Protocol, athlete: Athlete, config: CueConfig) -> Mapping[str, JsonValue]:
    """Return what stands under :data:`KEY` in the metadata of a header."""
    return as_table(CoachTable(protocol_table(protocol), athlete, config))


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
    # Closed, as the file of a protocol is: an unknown key would be ignored without a word.
    table = convert(header.metadata[KEY], CoachTable, _ORIGIN, Keys(closed=True))
    protocol = read_protocol(table.protocol, _ORIGIN, "protocol")
    return Beginning(protocol, table.athlete, table.cues)


def beginning_trouble(header: SessionHeader) -> list[str]:
    """Say why the beginning cannot be read, if so; built-in protocols then judge the sets."""
    try:
        recorded_beginning(header)
    except DocumentError as error:
        # Angles and reps need no plan, so a bad one is reported and stops no analysis.
        return [f"{error}; judged by the built-in protocols"]
    return []
