"""Training protocols as values: sets, positions of the toes, tempo, loads and rests.

:mod:`processing.coach.protocol_file` reads them.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from processing.coach.stop_rule import StopRule
from processing.exercises.exercise import LEG_CURL, Exercise
from processing.judge.bands import PRESETS, STANDARD, Band, BandRule, Bands, PresetName
from processing.judge.checks import Target
from processing.judge.pace import MOST_MISSED, PaceRule
from processing.judge.tempo import Tempo
from processing.judge.thresholds import Thresholds
from sensor.errors import SettingError
from sensor.types import JsonValue

RATIO_TEST = "ratio-test"
"""The built-in protocol of a test day for the ratio of both loads."""
OPEN_END = 0
"""As a number of waves: until the person stops."""

PERCENT_PAIR = "two numbers from 10 to 130, the lesser first, as [70, 80]"
"""The text of an error. Above 100: one leg may lower more than the 1RM that both legs lifted."""
Percent: TypeAlias = Annotated[float, Meta(ge=10.0, le=130.0)]
PercentPair: TypeAlias = Annotated[tuple[Percent, Percent], Meta(description=PERCENT_PAIR)]
"""The least and the most of a load, % of the 1RM."""
Ratio: TypeAlias = Annotated[float, Meta(ge=0.3, le=1.5)]
"""Toes-pointed load over toes-up load."""


class SetType(StrEnum):
    """The kind of a set, as recorded."""

    DF = "DF"
    """Toes up."""
    PF = "PF"
    """Toes pointed."""
    B = "B"
    """Toes up to lift, pointed to lower."""
    B2 = "B2"
    """Both legs lift, the one with the sensors lowers with the toes pointed: above its maximum."""
    FREE = "FREE"
    """Nothing is asked of the toes."""


PROTOCOL_OF: Mapping[SetType, str] = {
    SetType.B: "B",
    SetType.B2: "B-two-legs-up",
    SetType.DF: "A",
    SetType.PF: "A",
    SetType.FREE: "free",
}
"""The built-in protocol that a set belongs to, by its type alone."""


class LoadRule(StrEnum):
    """The origin of the load of a set."""

    CHOSEN = "chosen"
    """The person chooses it."""
    RATIO = "ratio"
    """The learned ratio times the load of the toes-up set before."""


@dataclass(frozen=True, slots=True)
class Prescription:
    """The prescription of one set of a wave."""

    type: SetType
    """Kind of the set."""
    reps: tuple[int, int]
    """The least and the most reps."""
    rest_s: float
    """Rest after the set, s."""
    lift: Band | None = None
    """Position of the toes while lifting; None: any."""
    lower: Band | None = None
    """Position of the toes while lowering; None: any."""
    tempo: Tempo | None = None
    """Durations of the phases; None: not asked."""
    load: LoadRule = LoadRule.CHOSEN
    """Source of the load."""
    intensity_percent: tuple[float, float] | None = None
    """Advised load, least and most, % of the estimated 1RM with toes up; None: not advised."""
    stop: StopRule = field(default_factory=StopRule)
    """The rule by which the coach announces an earlier last rep; off unless named."""
    to_failure: bool = False
    """Whether the set goes on until the person stops; :attr:`reps` are then no aim."""


@dataclass(frozen=True, slots=True)
class RatioRule:
    """The rule by which the ratio of the toes-pointed load to the toes-up load is learned.

    After each wave it is multiplied by ``1 + step_per_rep x (reps done - reps planned)``.
    """

    # To begin with: no published ratio was found, so the person's own sets correct it.
    start: Ratio = 0.90
    """Ratio before the first wave."""
    step_per_rep: Annotated[float, Meta(ge=0.0, le=0.2)] = 0.025
    """Change for each rep more or less than planned."""
    least: Ratio = 0.70
    """The ratio never falls below this."""
    most: Ratio = 1.00
    """The ratio never rises above this."""

    def __post_init__(self) -> None:
        if not self.least <= self.start <= self.most:
            allowed = f"from least = {self.least:g} to most = {self.most:g}"
            raise SettingError("start", self.start, allowed)


@dataclass(frozen=True, slots=True)
class RampIn:
    """Protection of a person who is new to slow pointed lowerings."""

    weeks: Annotated[float, Meta(ge=0.0, le=52.0)] = 2.0
    """Weeks since the first session in which the limits hold."""
    most_sets: Annotated[int, Meta(ge=1, le=20)] = 2
    """Sets a session at most."""
    most_reps: Annotated[int, Meta(ge=1, le=50)] = 6
    """Reps a set at most."""
    load_percent: PercentPair = (60.0, 70.0)
    """Advised load, least and most, % of the 1RM."""
    soreness_limit: Annotated[float, Meta(ge=0.0, le=10.0)] = 4.0
    """From this soreness of 10 on, the next session waits."""
    sore_rest_h: Annotated[float, Meta(ge=0.0, le=336.0)] = 72.0
    """Hours between sessions while sore."""

    def __post_init__(self) -> None:
        check_order("load_percent", self.load_percent, PERCENT_PAIR)


@dataclass(frozen=True, slots=True)
class Protocol:
    """A plan of training: a wave of sets, several times."""

    name: str
    """Name on the command line."""
    title: str
    """Name on the screen."""
    sets: tuple[Prescription, ...]
    """The sets of a wave, in order."""
    waves: int = OPEN_END
    """Number of waves; 0: until the person stops."""
    about: str = ""
    """The purpose."""
    warning: str = ""
    """A warning to the person."""
    per_week: int | None = None
    """Advised sessions a week."""
    weeks: int | None = None
    """Advised duration in weeks."""
    bands: PresetName | Literal[""] = ""
    """Its own preset of bands; empty where it names none."""
    hard_pf: bool = False
    """Ask for more pointing than usual, which may cramp."""
    ratio: RatioRule | None = None
    """The rule that learns the ratio of the loads; None where no set needs it."""
    ramp_in: RampIn | None = None
    """Protection of beginners; None: not needed."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """Limits by which the reps are judged."""
    exercises: tuple[str, ...] = (LEG_CURL,)
    """The keys of the exercises that it fits; an exercise may name more protocols."""
    pace_per_minute: float | None = None
    """Reps a minute that a metronome asks for; None: without one."""
    pace_missed: int = MOST_MISSED
    """Missed reps that end a test with a pace."""

    def fits(self, exercise: Exercise) -> bool:
        """Return whether it and ``exercise`` go together: one of them names the other."""
        return exercise.key in self.exercises or self.name in exercise.protocols

    @property
    def planned_sets(self) -> int | None:
        """Number of planned sets, None if open."""
        return self.waves * len(self.sets) or None

    @property
    def is_supramaximal(self) -> bool:
        """Whether a set of it lowers more than the leg could lift."""
        return any(asked.type is SetType.B2 for asked in self.sets)

    def band_rule(self, recorded: JsonValue = None) -> BandRule:
        """Choose how bands follow from a range.

        Corrections in the review go before all of these.

        Parameters
        ----------
        recorded
            The preset that the start of a set recorded; it goes before the protocol's own, which
            goes before the standard one.
        """
        # No preset asks for hard pointing, since it may cramp: a protocol has a key for it.
        return dataclasses.replace(PRESETS[self.bands_of(recorded)], hard_pf=self.hard_pf)

    def bands_of(self, recorded: JsonValue = None) -> str:
        """Return the name of the preset that :meth:`band_rule` starts from."""
        # What was recorded is what the person trained by, so that a replay judges by the same.
        names = (n for n in (recorded, self.bands) if isinstance(n, str) and n in PRESETS)
        return next(names, STANDARD)

    def prescription(self, index: int) -> Prescription:
        """Return the prescription of set ``index`` (from 0) of the session."""
        # Also beyond the plan, since a person may do one more set than planned.
        return self.sets[index % len(self.sets)]

    def target(self, asked: Prescription, bands: Bands, reference_rom: float | None) -> Target:
        """Return what the reps of a set are judged against; ``reference_rom`` in rad."""
        paced = self.pace_per_minute
        return Target(
            bands,
            asked.lift,
            asked.lower,
            asked.tempo,
            reference_rom,
            self.thresholds,
            pace=None if paced is None else PaceRule(paced, self.pace_missed),
        )


def check_order(key: str, pair: tuple[float, float], allowed: str) -> None:
    """Check that the lesser of two numbers comes first.

    Raises
    ------
    SettingError
        If it does not; it names ``key`` and what is ``allowed``.
    """
    if pair[0] > pair[1]:
        raise SettingError(key, list(pair), allowed)
