"""Training protocols as data: which sets, where the toes shall be, tempo, loads and rests.

The built-in protocols and a person's own are the same kind of TOML file; the schema is described in
``protocols/README.md``.
"""

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any

from processing.coach.schema import (
    ProtocolError,
    Rule,
    choice,
    flag,
    number,
    pair,
    read_table,
    text,
)
from processing.judge.bands import PRESETS, STANDARD, BandRule, Bands, Zone
from processing.judge.checks import Target
from processing.judge.tempo import Tempo, TempoError, parse_tempo
from processing.judge.thresholds import Thresholds
from sensor.errors import SettingError
from sensor.types import JsonValue

FORMAT = 1
SUFFIX = ".toml"
RATIO_TEST = "ratio-test"
"""The built-in protocol of a test day for the ratio of both loads."""
OPEN_END = 0
"""As a number of waves: until the person stops."""


class SetType(StrEnum):
    """The kind of a set, as recorded."""

    DF = "DF"
    PF = "PF"
    B = "B"
    FREE = "FREE"


ZONES_OF: Mapping[SetType, tuple[Zone | None, Zone | None]] = {
    SetType.DF: (Zone.DORSIFLEXED, Zone.DORSIFLEXED),
    SetType.PF: (Zone.PLANTARFLEXED, Zone.PLANTARFLEXED),
    SetType.B: (Zone.DORSIFLEXED, Zone.PLANTARFLEXED),
    SetType.FREE: (None, None),
}
"""Where the toes belong on the way up and down, by the type of the set alone."""
PROTOCOL_OF: Mapping[SetType, str] = {
    SetType.B: "B",
    SetType.DF: "A",
    SetType.PF: "A",
    SetType.FREE: "free",
}
"""The built-in protocol that a set belongs to, by its type alone."""


class LoadRule(StrEnum):
    """Where the load of a set comes from."""

    CHOSEN = "chosen"
    """The person says it."""
    RATIO = "ratio"
    """The learned ratio times the load of the toes-up set before."""


@dataclass(frozen=True, slots=True)
class SetPlan:
    """One set of a wave.

    ``lift`` and ``lower`` say where the toes shall be (None: anywhere); ``reps`` is (least, most);
    ``intensity_percent`` of the estimated 1RM with toes up, (least, most), where one is advised.
    """

    type: SetType
    reps: tuple[int, int]
    rest_s: float
    lift: Zone | None = None
    lower: Zone | None = None
    tempo: Tempo | None = None
    load: LoadRule = LoadRule.CHOSEN
    intensity_percent: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class RatioRule:
    """How the ratio of the toes-pointed load to the toes-up load is learned.

    After each wave it is multiplied by ``1 + step_per_rep x (reps done - reps planned)`` and kept
    between ``least`` and ``most``.
    """

    start: float = 0.90
    step_per_rep: float = 0.025
    least: float = 0.70
    most: float = 1.00


@dataclass(frozen=True, slots=True)
class RampIn:
    """What protects someone who is new to slow pointed lowerings.

    In the first ``weeks`` at most ``most_sets`` sets a session of ``most_reps`` reps at
    ``load_percent`` of the 1RM; no session within ``sore_rest_h`` hours of the last one if the
    soreness is ``soreness_limit`` of 10 or more.
    """

    weeks: float = 2.0
    most_sets: int = 2
    most_reps: int = 6
    load_percent: tuple[float, float] = (60.0, 70.0)
    soreness_limit: float = 4.0
    sore_rest_h: float = 72.0


@dataclass(frozen=True, slots=True)
class Protocol:
    """A plan of training. ``waves`` times all of ``sets``; 0 waves: until the person stops."""

    name: str
    title: str
    sets: tuple[SetPlan, ...]
    waves: int = OPEN_END
    about: str = ""
    warning: str = ""
    per_week: int | None = None
    weeks: int | None = None
    bands: str = ""
    """Its own preset of bands; empty where it names none."""
    hard_pf: bool = False
    ratio: RatioRule | None = None
    ramp_in: RampIn | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def planned_sets(self) -> int | None:
        """How many sets are planned, None if open."""
        return self.waves * len(self.sets) or None

    def band_rule(self, said: JsonValue = None) -> BandRule:
        """Return how bands follow from a range: what the start of a set ``said`` of it goes first.

        Then come the protocol's own, then the standard ones. What a person corrects afterwards in
        the review goes before all of these.
        """
        names = (name for name in (said, self.bands) if isinstance(name, str) and name in PRESETS)
        return dataclasses.replace(PRESETS[next(names, STANDARD)], hard_pf=self.hard_pf)

    def set_plan(self, index: int) -> SetPlan:
        """Return what set ``index`` (from 0) shall be."""
        return self.sets[index % len(self.sets)]

    def target(self, plan: SetPlan, bands: Bands, reference_rom: float | None) -> Target:
        """Return what the reps of a set are judged against."""
        return Target(bands, plan.lift, plan.lower, plan.tempo, reference_rom, self.thresholds)


def _tempo(value: Any) -> Tempo:
    try:
        return parse_tempo(str(value))
    except TempoError as error:
        raise ValueError(str(error)) from None


_ZONES = {"DF": Zone.DORSIFLEXED, "PF": Zone.PLANTARFLEXED, "any": None}
_PROTOCOL = {
    "format": number(FORMAT, FORMAT, whole=True),
    "name": text(40),
    "title": text(120),
    "about": text(2000),
    "warning": text(500),
    "waves": number(0, 20, whole=True),
    "per_week": number(1, 14, whole=True),
    "weeks": number(1, 104, whole=True),
    "bands": choice({name: name for name in PRESETS}),
    "hard_pf": flag(),
}
_SET = {
    "type": choice({kind.value: kind for kind in SetType}),
    "lift": choice(_ZONES),
    "lower": choice(_ZONES),
    "tempo": Rule("a tempo as 4-0-1-0 or 40X1", _tempo),
    "reps": pair(1, 100),
    "rest_s": number(0, 900),
    "load": choice({rule.value: rule for rule in LoadRule}),
    "intensity_percent": pair(10, 130),
}
_RATIO = {
    "start": number(0.3, 1.5),
    "step_per_rep": number(0.0, 0.2),
    "least": number(0.3, 1.5),
    "most": number(0.3, 1.5),
}
_RAMP_IN = {
    "weeks": number(0, 52),
    "most_sets": number(1, 20, whole=True),
    "most_reps": number(1, 50, whole=True),
    "load_percent": pair(10, 130),
    "soreness_limit": number(0, 10),
    "sore_rest_h": number(0, 336),
}
_REQUIRED = {"": ("format", "name", "title", "waves"), "set": ("type", "reps", "rest_s")}


def built_in_names() -> tuple[str, ...]:
    """Return the names of the protocols that come with the program."""
    folder = resources.files("processing.coach") / "protocols"
    files = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def built_in(name: str) -> Protocol:
    """Return a protocol that comes with the program.

    Raises
    ------
    ProtocolError
        If there is none of this name.
    """
    if name not in built_in_names():
        raise ProtocolError(name, "", "no such protocol; there are " + ", ".join(built_in_names()))
    file = resources.files("processing.coach") / "protocols" / f"{name}.toml"
    return parse_protocol(file.read_text("utf-8"), f"{name}.toml")


def protocol_named(name: str) -> Protocol:
    """Return the built-in protocol of this name, or the person's own in the file of this name.

    Raises
    ------
    ProtocolError
        If there is neither, or the file says something that is not allowed.
    """
    return load_protocol(Path(name)) if name.endswith(SUFFIX) else built_in(name)


def load_protocol(path: Path) -> Protocol:
    """Return a person's own protocol.

    Raises
    ------
    ProtocolError
        If the file cannot be read, or says something that is not allowed.
    """
    try:
        written = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProtocolError(str(path), "", f"it cannot be read: {error}") from error
    return parse_protocol(written, str(path))


def parse_protocol(written: str, source: str) -> Protocol:
    """Return the protocol that a TOML text describes; ``source`` names it in errors.

    Raises
    ------
    ProtocolError
        If it is no TOML, or says something that is not allowed; it names the key.
    """
    try:
        document = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError(source, "", f"it is no TOML: {error}") from error
    return read_protocol(document, source)


def read_protocol(document: Any, source: str) -> Protocol:
    """Return the protocol that a table of the schema describes; ``source`` names it in errors.

    Raises
    ------
    ProtocolError
        If it says something that is not allowed; it names the key.
    """
    tables = ("set", "ratio", "ramp_in", "thresholds")
    values = read_table(source, "", document, _required("", _PROTOCOL), tables)
    sets = _sets(source, document.get("set"))
    ratio = _part(source, document, "ratio", _RATIO, RatioRule)
    if ratio is not None and not ratio.least <= ratio.start <= ratio.most:
        allowed = f"from least = {ratio.least:g} to most = {ratio.most:g}"
        detail = f"{ratio.start!r} must be {allowed}"
        raise ProtocolError(source, "ratio.start", detail, allowed)
    if ratio is None and any(plan.load is LoadRule.RATIO for plan in sets):
        raise ProtocolError(source, "ratio", 'it is missing; a set has load = "ratio"', "a table")
    try:
        thresholds = Thresholds.from_table(
            read_table(source, "thresholds", document.get("thresholds", {}), _THRESHOLDS)
        )
    except SettingError as error:
        raise ProtocolError(source, f"thresholds.{error.key}", str(error), error.allowed) from None
    values.pop("format")
    return Protocol(
        **values,
        sets=sets,
        ratio=ratio,
        ramp_in=_part(source, document, "ramp_in", _RAMP_IN, RampIn),
        thresholds=thresholds,
    )


def _sets(source: str, tables: Any) -> tuple[SetPlan, ...]:
    allowed = "one or more [[set]] tables"
    if not isinstance(tables, list) or not tables:
        raise ProtocolError(source, "set", f"there must be {allowed}", allowed)
    plans = []
    for index, table in enumerate(tables, start=1):
        values = read_table(source, f"set[{index}]", table, _required("set", _SET))
        least, most = values.pop("reps")
        if least != int(least) or most != int(most):
            detail = f"{[least, most]!r} must be two whole numbers"
            raise ProtocolError(source, f"set[{index}].reps", detail, "two whole numbers")
        plans.append(SetPlan(**values, reps=(int(least), int(most))))
    return tuple(plans)


def _part(
    source: str, document: dict[str, Any], key: str, rules: dict[str, Rule], kind: Any
) -> Any:
    if key not in document:
        return None
    return kind(**read_table(source, key, document[key], rules))


def _required(table: str, rules: dict[str, Rule]) -> dict[str, Rule]:
    return {
        key: dataclasses.replace(rule, required=key in _REQUIRED[table])
        for key, rule in rules.items()
    }


_THRESHOLDS = {
    item.name: number(item.metadata["low"], item.metadata["high"])
    for item in dataclasses.fields(Thresholds)
}
