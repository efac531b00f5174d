"""The next load, and the limits for beginners: pure rules without the state of a session."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from msgspec import Meta

from processing.coach.facts import Facts
from processing.coach.plan_reasons import Refusal
from processing.coach.protocol import LoadRule, Prescription, Protocol, RampIn, RatioRule, SetType
from processing.coach.set_fields import LARGEST
from sensor.errors import SettingError

SCALE_END = 10.0
"""The end of the scales of soreness and exertion, which begin at 0."""
EASY_RESERVE = 2.0
"""With this many repetitions in reserve at the upper end of the range, the load may grow."""


Kilograms: TypeAlias = Annotated[float, Meta(ge=0.0, le=LARGEST)]
Duration: TypeAlias = Annotated[float, Meta(ge=0.0, le=1e6)]


@dataclass(frozen=True, slots=True)
class Athlete:
    """The person as known before the session; its fields also stand in the head of a recording."""

    step_kg: Annotated[float, Meta(ge=0.001, le=50.0)] = 2.5
    """The machine's smallest step, kg."""
    one_rm_kg: Kilograms | None = None
    """Estimated 1RM with toes up, kg."""
    ratio: Annotated[float, Meta(ge=0.0, le=10.0)] | None = None
    """Toes-pointed load over toes-up load."""
    ratio_waves: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    """Waves that the ratio was learned from; 0 where it comes from a test day."""
    weeks_trained: Duration = 0.0
    """Weeks since the first session of this protocol."""
    hours_since_last: Duration | None = None
    """Hours since the last session of this protocol; None if there was none."""
    soreness: Annotated[float, Meta(ge=0.0, le=SCALE_END)] | None = None
    """Self-reported soreness of the hamstrings and calves, 0 to 10; None if not reported."""
    loads_kg: Mapping[SetType, Kilograms] = field(default_factory=dict)
    """Last or chosen load of each type of set, kg."""
    b_weeks: Annotated[int, Meta(ge=0, le=10_000)] = 0
    """Weeks with a set of B: the ramp-in to supramaximal sets."""
    understood: bool = False
    """Whether the person confirmed the warning before supramaximal sets."""

    def __post_init__(self) -> None:
        if not 0.0 < self.step_kg <= 50.0:
            raise SettingError("step_kg", self.step_kg, "a number above 0, at most 50")
        if self.soreness is not None and not 0.0 <= self.soreness <= SCALE_END:
            raise SettingError("soreness", self.soreness, "a number from 0 to 10")

    def load_kg(self, kind: SetType) -> float | None:
        """Return the last load of this type of set, kg."""
        return self.loads_kg.get(kind)


@dataclass(frozen=True, slots=True)
class RepsAtLoad:
    """Reps done at a load in a finished set: the next loads follow from them."""

    type: SetType
    """Kind of the set."""
    reps: int
    """Whole reps done."""
    planned_reps: int
    """Reps that were prescribed."""
    load_kg: float | None = None
    """Load in kg; None if not known."""
    reserve: float | None = None
    """Repetitions in reserve; None if not reported."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion for the next set: its prescription, the load to put on and the reasons."""

    index: int
    """Counts the sets of the session from 0."""
    prescription: Prescription
    """Its prescription."""
    load_kg: float | None
    """Load to put on, kg; None if none is known."""
    why: Facts = ()
    """Facts behind the load, for the recording."""
    ratio: float | None = None
    """Toes-pointed load over toes-up load, in a protocol that learns it."""
    ratio_waves: int = 0
    """Waves that the ratio was learned from."""


def rounded(load_kg: float, step_kg: float) -> float:
    """Return the load to the machine's step, at least one step."""
    return max(round(load_kg / step_kg), 1) * step_kg


def learned_ratio(ratio: float, rule: RatioRule, reps: int, planned_reps: int) -> float:
    """Return the ratio after a wave whose toes-pointed set had ``reps`` of ``planned_reps``."""
    return within(rule, ratio * (1.0 + rule.step_per_rep * (reps - planned_reps)))


def within(rule: RatioRule, ratio: float) -> float:
    """Return the ratio as far as ``rule`` allows it."""
    return min(max(ratio, rule.least), rule.most)


def planned_reps(asked: Prescription) -> int:
    """Return the reps to aim at: the middle of the range; 0 in a set until the person stops."""
    if asked.to_failure:
        return 0
    return round(0.5 * (asked.reps[0] + asked.reps[1]))


def suggest_load(
    asked: Prescription, athlete: Athlete, done: Sequence[RepsAtLoad], ratio: float | None
) -> tuple[float | None, Facts]:
    """Return the load (kg) of the next set and why; None where nobody can know it yet.

    A set whose load follows the ratio takes it from the last toes-up set. Any other goes on from
    its last set: a step more after the full range of reps with some in reserve, a step less after
    too few.
    """
    step = athlete.step_kg
    if asked.load is LoadRule.RATIO and ratio is not None:
        base = _last_load(SetType.DF, athlete, done)
        if base is None:
            return None, (("load", "after a toes-up set"),)
        return rounded(ratio * base, step), (("ratio", ratio), ("of_kg", base))
    last = next((s for s in reversed(done) if s.type is asked.type), None)
    if last is None or last.load_kg is None:
        return _first_load(asked, athlete)
    if last.reps < asked.reps[0]:
        few: Facts = ("last_reps", last.reps), ("least_reps", asked.reps[0])
        # From the bodyweight alone nothing is taken off.
        return max(last.load_kg - step, min(step, last.load_kg)), few
    # Only a reported reserve shows an easy set: the reps may have been all that was possible.
    if last.reps >= asked.reps[1] and last.reserve is not None and last.reserve >= EASY_RESERVE:
        return last.load_kg + step, (("last_reps", last.reps), ("reserve", last.reserve))
    return last.load_kg, (("load", "as last set"),)


def _first_load(asked: Prescription, athlete: Athlete) -> tuple[float | None, Facts]:
    advised = asked.intensity_percent
    if advised is not None and athlete.one_rm_kg is not None:
        load = rounded(0.01 * advised[0] * athlete.one_rm_kg, athlete.step_kg)
        return load, (("percent", advised[0]), ("of_one_rm_kg", athlete.one_rm_kg))
    known = athlete.load_kg(asked.type)
    return known, (("load", "as last time" if known is not None else "your choice"),)


def _last_load(kind: SetType, athlete: Athlete, done: Sequence[RepsAtLoad]) -> float | None:
    last = next((s for s in reversed(done) if s.type is kind and s.load_kg is not None), None)
    return athlete.load_kg(kind) if last is None else last.load_kg


def refusal(protocol: Protocol, athlete: Athlete) -> Refusal | None:
    """Return why this protocol should not be trained today, None if it may be."""
    rule = protocol.ramp_in
    soreness, hours = athlete.soreness, athlete.hours_since_last
    # A person who does not answer, or has no earlier session to be sore from, is not held back.
    if rule is None or soreness is None or hours is None:
        return None
    if soreness < rule.soreness_limit or hours >= rule.sore_rest_h:
        return None
    return Refusal(soreness, hours, rule.sore_rest_h)


def neutral(asked: Prescription) -> Prescription:
    """Return the prescription offered instead of ``asked``: it asks nothing of the foot."""
    return Prescription(SetType.FREE, asked.reps, asked.rest_s)


def guarded(protocol: Protocol, athlete: Athlete) -> Protocol:
    """Return the protocol as far as the ramp-in allows it to this person today."""
    rule = protocol.ramp_in
    if rule is None or athlete.weeks_trained >= rule.weeks:
        return protocol
    # A list of sets that do not repeat is one wave, which may itself be too long.
    sets = tuple(_ramped(asked, rule) for asked in protocol.sets[: rule.most_sets])
    # Whole waves only, and at least one, or there would be nothing to train.
    waves = max(1, rule.most_sets // len(sets))
    return dataclasses.replace(
        protocol, sets=sets, waves=min(protocol.waves, waves) if protocol.waves else waves
    )


def _ramped(asked: Prescription, rule: RampIn) -> Prescription:
    most = min(asked.reps[1], rule.most_reps)
    return dataclasses.replace(
        asked, reps=(min(asked.reps[0], most), most), intensity_percent=rule.load_percent
    )
