"""Protocols as TOML files and as tables in the head of a recording.

The built-in protocols and a person's own are the same kind of file; ``protocols/README.md``
describes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta

from processing.coach.protocol import (
    PERCENT_PAIR,
    LoadRule,
    PercentPair,
    Prescription,
    Protocol,
    RampIn,
    RatioRule,
    SetType,
    check_order,
)
from processing.coach.stop_rule import StopRule
from processing.exercises.exercise import LEG_CURL, TOE_CHECKS
from processing.exercises.exercise_file import built_in as built_in_exercise
from processing.exercises.exercise_file import built_in_keys
from processing.judge.bands import Band, PresetName
from processing.judge.pace import MOST_MISSED
from processing.judge.tempo import TempoError, parse_tempo
from processing.judge.thresholds import Thresholds
from sensor.documents.convert import as_table
from sensor.documents.named_files import SUFFIX, names_in, read_described, read_named
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_toml, read_file
from sensor.errors import DocumentFault
from sensor.types import JsonValue

FORMAT = 1
"""Version of the layout; it rises for a change that an older reader would misread."""
MAX_BYTES = 200_000
"""The built-in protocols have some thousand."""

Toes: TypeAlias = Literal["DF", "PF", "any"]
_BAND_OF: Mapping[Toes, Band | None] = {
    "DF": Band.DORSIFLEXED,
    "PF": Band.PLANTARFLEXED,
    "any": None,
}
"""A file names the positions of the toes as it names the types of sets."""
_TEMPO = "a tempo as 4-0-1-0 or 40X1"
"""The allowed values, as the error says them."""
_Digits: TypeAlias = Annotated[int, Meta(ge=0, le=99_999)]
_Tempo: TypeAlias = Annotated[str, Meta(max_length=60)] | _Digits | float
_REPS_PAIR = "two whole numbers from 1 to 100, the lesser first, as [5, 8]"
"""The allowed values, as the error says them."""
_Reps: TypeAlias = Annotated[int, Meta(ge=1, le=100)]
_Text40: TypeAlias = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\S")]
_Text120: TypeAlias = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
_Text500: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
_Text2000: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\S")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionTable:
    """A ``[[set]]`` of a file."""

    type: SetType
    """Kind of the set."""
    reps: Annotated[tuple[_Reps, _Reps], Meta(description=_REPS_PAIR)]
    """The least and the most reps."""
    rest_s: Annotated[float, Meta(ge=0.0, le=900.0)]
    """Rest after the set, s."""
    lift: Toes = "any"
    """Position of the toes while lifting."""
    lower: Toes = "any"
    """Position of the toes while lowering."""
    load: LoadRule = LoadRule.CHOSEN
    """Source of the load."""
    tempo: Annotated[_Tempo | None, Meta(description=_TEMPO)] = None
    """Durations of the phases, s; TOML reads 4010 without quotes as a number. None: not asked."""
    intensity_percent: PercentPair | None = None
    """Advised load, % of the estimated 1RM with toes up; None: not advised."""
    stop: StopRule | None = None
    """The rule by which the coach announces an earlier last rep; None: never."""
    to_failure: bool | None = None
    """Whether the set goes on until the person stops; None: it does not."""

    def __post_init__(self) -> None:
        check_order("reps", self.reps, _REPS_PAIR)
        if self.intensity_percent is not None:
            check_order("intensity_percent", self.intensity_percent, PERCENT_PAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolTable:
    """A protocol of a file; the fields are those of :class:`Protocol`."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    """Version of this description."""
    name: _Text40
    """Name on the command line."""
    title: _Text120
    """Name on the screen."""
    waves: Annotated[int, Meta(ge=0, le=20)]
    """Number of waves; 0: until the person stops."""
    hard_pf: bool = False
    """Ask for more pointing than usual."""
    set: Annotated[
        tuple[PrescriptionTable, ...], Meta(min_length=1, description="one or more [[set]] tables")
    ]
    """The sets of a wave, in order."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """Limits by which the reps are judged."""
    about: _Text2000 | None = None
    """The purpose."""
    warning: _Text500 | None = None
    """A warning to the person."""
    per_week: Annotated[int, Meta(ge=1, le=14)] | None = None
    """Advised sessions a week."""
    weeks: Annotated[int, Meta(ge=1, le=104)] | None = None
    """Advised duration in weeks."""
    bands: PresetName | None = None
    """Its own preset of bands."""
    ratio: RatioRule | None = None
    """The rule that learns the ratio of the loads."""
    ramp_in: RampIn | None = None
    """Protection of beginners."""
    exercises: Annotated[tuple[_Text40, ...], Meta(min_length=1, max_length=50)] | None = None
    """The keys of the exercises that it fits; None: leg curls."""
    pace_per_minute: Annotated[float, Meta(ge=5.0, le=120.0)] | None = None
    """Reps a minute that a metronome asks for."""
    pace_missed: Annotated[int, Meta(ge=1, le=10)] | None = None
    """Missed reps that end a test with a pace; None: the usual number."""


def built_in_names() -> tuple[str, ...]:
    """Return the names of the protocols that come with the program."""
    return names_in(_folder())


# The window asks at every frame of some pages, and a protocol takes 10 ms to read.
@cache
def built_in(name: str) -> Protocol:
    """Read a protocol that comes with the program.

    Raises
    ------
    DocumentError
        If there is none of this name.
    """
    return parse_protocol(read_named(_folder(), name, "protocol"), f"{name}{SUFFIX}")


def _folder() -> Traversable:
    return resources.files("processing.coach") / "protocols"


def protocol_named(name: str) -> Protocol:
    """Read the built-in protocol of this name, or the person's own in the file of this name.

    Raises
    ------
    DocumentError
        If there is neither, or the file holds something that is not allowed.
    """
    return load_protocol(Path(name)) if name.endswith(SUFFIX) else built_in(name)


def load_protocol(path: Path) -> Protocol:
    """Read a person's own protocol.

    Raises
    ------
    DocumentError
        If the file cannot be read, or holds something that is not allowed.
    """
    return parse_protocol(read_file(path, MAX_BYTES), path)


def parse_protocol(data: bytes, source: Path | str) -> Protocol:
    """Read the protocol that TOML describes.

    Parameters
    ----------
    data
        The content of a file.
    source
        The file, or in words where the content stands, for the error.

    Raises
    ------
    DocumentError
        If it is no TOML, or holds something that is not allowed; it names the key.
    """
    origin = Origin(source)
    return read_protocol(parse_toml(data, origin), origin)


def read_protocol(table: Any, origin: Origin, where: str = "") -> Protocol:
    """Read the protocol that a parsed table describes.

    Parameters
    ----------
    table
        What was parsed.
    origin
        Where it comes from.
    where
        Path of the table within its document.

    Raises
    ------
    DocumentError
        If it holds something that is not allowed; it names the key.
    """
    read = read_described(table, ProtocolTable, FORMAT, origin, where)
    within = f"{where}." if where else ""
    # Without the table the sets would silently get their loads by the rule for chosen ones.
    if read.ratio is None and any(one.load is LoadRule.RATIO for one in read.set):
        detail = 'it is missing; a set has load = "ratio"'
        raise origin.error(DocumentFault.CONTENT, detail, where=f"{within}ratio", allowed="a table")
    exercises = read.exercises or (LEG_CURL,)
    _refuse_toes(read, exercises, origin, within)
    return Protocol(
        name=read.name.strip(),
        title=read.title.strip(),
        sets=tuple(
            _prescription(one, origin, f"{within}set[{number}]")
            for number, one in enumerate(read.set, start=1)
        ),
        waves=read.waves,
        about=(read.about or "").strip(),
        warning=(read.warning or "").strip(),
        per_week=read.per_week,
        weeks=read.weeks,
        bands=read.bands or "",
        hard_pf=read.hard_pf,
        ratio=read.ratio,
        ramp_in=read.ramp_in,
        thresholds=read.thresholds,
        exercises=exercises,
        pace_per_minute=read.pace_per_minute,
        pace_missed=read.pace_missed or MOST_MISSED,
    )


def _refuse_toes(
    read: ProtocolTable, exercises: Sequence[str], origin: Origin, within: str
) -> None:
    """Raise an error if a set asks something of the toes that one of its exercises cannot show."""
    known = [built_in_exercise(key) for key in exercises if key in built_in_keys()]
    lacking = next((one for one in known if not set(TOE_CHECKS) & set(one.checks)), None)
    for number, one in enumerate(read.set, start=1):
        asked = next((key for key in ("lift", "lower") if getattr(one, key) != "any"), None)
        if lacking is not None and asked is not None:
            detail = f'"{lacking.key}" has no check of the toes: the ankle drives it'
            raise origin.error(
                DocumentFault.CONTENT,
                detail,
                where=f"{within}set[{number}].{asked}",
                value=getattr(one, asked),
                allowed='"any"',
            )


def _prescription(table: PrescriptionTable, origin: Origin, where: str) -> Prescription:
    try:
        # A tempo without quotes is a number in TOML.
        tempo = None if table.tempo is None else parse_tempo(str(table.tempo))
    except TempoError as error:
        raise origin.error(
            DocumentFault.CONTENT,
            str(error),
            where=f"{where}.tempo",
            value=table.tempo,
            allowed=_TEMPO,
        ) from None
    return Prescription(
        type=table.type,
        reps=table.reps,
        rest_s=table.rest_s,
        lift=_BAND_OF[table.lift],
        lower=_BAND_OF[table.lower],
        tempo=tempo,
        load=table.load,
        intensity_percent=table.intensity_percent,
        stop=table.stop or StopRule(),
        to_failure=bool(table.to_failure),
    )


def protocol_table(protocol: Protocol) -> dict[str, JsonValue]:
    """Return the table that :func:`read_protocol` reads as ``protocol``."""
    return as_table(
        ProtocolTable(
            format=FORMAT,
            name=protocol.name,
            title=protocol.title,
            waves=protocol.waves,
            hard_pf=protocol.hard_pf,
            set=tuple(map(_prescription_table, protocol.sets)),
            thresholds=protocol.thresholds,
            # A file has no empty texts: there the key is left out.
            about=protocol.about or None,
            warning=protocol.warning or None,
            per_week=protocol.per_week,
            weeks=protocol.weeks,
            bands=protocol.bands or None,
            ratio=protocol.ratio,
            ramp_in=protocol.ramp_in,
            # As in every head before there were other exercises.
            exercises=None if protocol.exercises == (LEG_CURL,) else protocol.exercises,
            pace_per_minute=protocol.pace_per_minute,
            pace_missed=None if protocol.pace_missed == MOST_MISSED else protocol.pace_missed,
        )
    )


def _prescription_table(asked: Prescription) -> PrescriptionTable:
    return PrescriptionTable(
        type=asked.type,
        reps=asked.reps,
        rest_s=asked.rest_s,
        lift=_toes(asked.lift),
        lower=_toes(asked.lower),
        load=asked.load,
        tempo=None if asked.tempo is None else asked.tempo.notation,
        intensity_percent=asked.intensity_percent,
        # A file without a rule has no table of it, as before there were any.
        stop=None if asked.stop == StopRule() else asked.stop,
        to_failure=asked.to_failure or None,
    )


def _toes(band: Band | None) -> Toes:
    return next(toes for toes, meant in _BAND_OF.items() if meant is band)
