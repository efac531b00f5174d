"""The sets of a training session: those done, the current one, those to come. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from gui.models.chosen_coach import KG_PER_LB, coach_of
from gui.models.chosen_exercise import exercise_of, variant_of
from gui.models.plan_steps import with_aim
from gui.models.settings import Settings
from processing.coach.loads import Suggestion, planned_reps, rounded, within
from processing.coach.protocol import PROTOCOL_OF, LoadRule, Prescription, Protocol, SetType
from processing.coach.protocol_file import built_in
from processing.coach.set_fields import read_type, recorded_prescription
from processing.exercises.exercise import Exercise
from processing.judge.tempo import EXPLOSIVE_S
from processing.library import Past
from processing.library.goal_file import Goals
from processing.library.own_weeks import Aim, SetKind, Side
from processing.pipeline.marks import PlanEventKind
from processing.types import Phase, SessionEvent
from sensor.types import JsonValue

ROWS = 4
"""Sets in the visible part of the plan."""
LOWERING_STEP_S = 0.5
"""A lowering that differs by less cannot be told apart."""
_LEAST_LOWERING_S, _MOST_LOWERING_S = 1.0, 15.0
"""A faster one is a drop, and of a slower one nothing more is known to come."""
_MOST_REPS = 100


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """A set of the plan: its prescription, and the reps and the load to aim at."""

    number: int
    """From 1."""
    prescription: Prescription
    """The set of the protocol."""
    reps: int
    """Planned whole reps; 0 in a set until the person stops."""
    load: float | None
    """In the person's unit; None if not known."""
    ratio: float | None = None
    """The ratio of pointed to toes-up load from which the load follows; None if it does not."""
    ratio_waves: int = 0
    """Number of waves from which the ratio was learned."""

    @property
    def tempo(self) -> str:
        """The tempo as it is written, empty where none is asked for."""
        return self.prescription.tempo.notation if self.prescription.tempo is not None else ""

    def phase_target(self, phase: Phase, *, rests: bool) -> tuple[float, bool]:
        """Return the asked length of ``phase`` in s, and whether it is a limit; none while the leg ``rests``."""
        tempo = self.prescription.tempo
        if tempo is None or rests:
            return 0.0, False
        if phase is Phase.CONCENTRIC:
            fast = tempo.concentric_s is None
            return (EXPLOSIVE_S if tempo.concentric_s is None else tempo.concentric_s), fast
        times = {
            Phase.TOP: tempo.top_s,
            Phase.ECCENTRIC: tempo.eccentric_s,
            Phase.BOTTOM: tempo.bottom_s,
        }
        return times.get(phase, 0.0), False


class Stage(Enum):
    """The stage of a planned set."""

    DONE = auto()
    NOW = auto()
    NEXT = auto()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A set in the plan."""

    number: int
    """From 1."""
    stage: Stage
    """Done, current or to come."""
    load: float | None
    """In the person's unit; None if not known."""
    reps: int
    """The done reps of a set that is done, else the planned ones."""
    tempo: str
    """In its notation; empty for none."""
    type: SetType
    """The kind of set."""
    good: int = 0
    """Good reps of a set that is done."""
    judged: int = 0
    """Judged reps of a set that is done."""


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """The choices of the person for one set; None leaves the plan as it is."""

    load: float | None = None
    """In the person's unit."""
    reps: int | None = None
    """Whole reps."""
    lowering_s: float | None = None
    """Time of a lowering."""

    def applied(self, planned: PlannedSet) -> PlannedSet:
        """Return ``planned`` with these choices; a load that is chosen follows no ratio."""
        asked = planned.prescription
        if self.lowering_s is not None and asked.tempo is not None:
            asked = replace(asked, tempo=replace(asked.tempo, eccentric_s=self.lowering_s))
        chosen = planned if self.load is None else replace(planned, load=self.load, ratio=None)
        reps = planned.reps if self.reps is None else self.reps
        return replace(chosen, prescription=asked, reps=reps)


class TrainPlan:
    """The prescriptions of the sets of a session, by protocol, coach, person and load keys.

    Parameters
    ----------
    settings
        Name the protocol, the load, its step and unit.
    past
        The earlier sessions of the person.
    goals
        Their aims replace the lowering of the protocol.

    Attributes
    ----------
    bands
        The preset of the bands for the sets to come.
    exercise
        The exercise of the sets to come.
    """

    def __init__(
        self, settings: Settings, past: Past | None = None, goals: Goals | None = None
    ) -> None:
        self.settings = settings
        self.past = past
        self.goals = goals or Goals()
        # The coach's protocol asks less of a beginner than the file does.
        self._limits = coach_of(settings, past=past).plan
        self.protocol: Protocol = self._limits.protocol
        self._own_sets = settings.plan is not None
        self.bands = self.protocol.bands
        self.exercise: Exercise = exercise_of(settings)
        self._load = settings.load
        self._fixed: dict[int, PlannedSet] = {}
        self._chosen: dict[int, OwnChoice] = {}

    @property
    def load(self) -> float:
        """The load of sets for which the person chooses it, in the person's unit."""
        return self._load

    def change_load(self, number: int, steps: int) -> None:
        """Change the load of set ``number`` and the following ones by steps of the machine."""
        fixed = number in self._fixed
        before = self.planned(number).load if fixed else self._load
        before = self._load if before is None else before
        self._load = max(before + steps * self.settings.load_step, 0.0)
        if fixed:
            self._chosen[number] = replace(self._choice(number), load=self._load)

    def change_reps(self, number: int, steps: int) -> None:
        """Change the planned reps of set ``number`` alone; a set until the person stops keeps none."""
        reps = self.planned(number).reps
        if reps and steps:
            chosen = min(max(reps + steps, 1), _MOST_REPS)
            self._chosen[number] = replace(self._choice(number), reps=chosen)

    def change_lowering(self, number: int, steps: int) -> None:
        """Change the lowering of set ``number`` alone by steps of half a second."""
        tempo = self.planned(number).prescription.tempo
        if tempo is not None and steps:
            lowering_s = tempo.eccentric_s + steps * LOWERING_STEP_S
            lowering_s = min(max(lowering_s, _LEAST_LOWERING_S), _MOST_LOWERING_S)
            self._chosen[number] = replace(self._choice(number), lowering_s=lowering_s)

    def _choice(self, number: int) -> OwnChoice:
        """Return what the person chose for set ``number``, which goes before every suggestion."""
        return self._chosen.get(number, OwnChoice())

    def use(self, settings: Settings) -> None:
        """Use other settings for the sets that neither coach nor person fixed."""
        limits = coach_of(settings, past=self.past).plan
        self.bands = limits.protocol.bands
        if settings.exercise != self.settings.exercise:
            self.exercise = exercise_of(settings)
        if (settings.protocol, settings.plan) != (self.settings.protocol, self.settings.plan):
            self._limits, self.protocol = limits, limits.protocol
            self._own_sets = settings.plan is not None
        if settings.load != self.settings.load:
            self._load = settings.load
        self.settings = settings

    def change_sets(self, data: Mapping[str, JsonValue], first: int) -> None:
        """Take other sets from set ``first`` on, by the data of their event."""
        # The coach's own plan knows which of them are allowed to this person.
        self._limits.feed(SessionEvent(0.0, PlanEventKind.SETS, data))
        self.protocol = self._limits.protocol
        self._own_sets = True
        for number in [one for one in self._fixed if one >= first]:
            del self._fixed[number]
        # What was chosen for single sets is in the list; loads are not.
        for number, chosen in self._chosen.items():
            if number >= first:
                self._chosen[number] = OwnChoice(load=chosen.load)

    def listed(self, number: int, asked: Prescription) -> Prescription:
        """Return ``asked``, set ``number`` of the plan, with the person's aim and choices for it."""
        chosen = self._choice(number)
        asked = self._aimed(asked)
        if chosen.reps is not None:
            asked = with_aim(asked, chosen.reps)
        if chosen.lowering_s is not None and asked.tempo is not None:
            asked = replace(asked, tempo=replace(asked.tempo, eccentric_s=chosen.lowering_s))
        return asked

    def listed_load(self, number: int, asked: Prescription) -> float | None:
        """Return the load of ``asked``, set ``number`` of the plan, in the person's unit."""
        known = number in self._fixed or number in self._chosen
        return self.planned(number).load if known else self._load_of(asked)

    def aim(self, kind: SetType) -> Aim | None:
        """Return what the person aims at in sets of this kind; None for nothing."""
        side: Side = "L" if self.settings.side == "left" else "R"
        return self.goals.aim_for(SetKind(self.exercise.key, kind, side))

    def planned_dose(self) -> tuple[float, float]:
        """Return load times lowering time of all planned sets, kg·s, and their lowering time, s."""
        kgs, seconds = 0.0, 0.0
        for number in range(1, (self.protocol.planned_sets or 0) + 1):
            planned = self.planned(number)
            tempo = planned.prescription.tempo
            lowering_s = planned.reps * tempo.eccentric_s if tempo is not None else 0.0
            seconds += lowering_s
            kgs += lowering_s * (self._to_kg(planned.load) or 0.0)
        return kgs, seconds

    def start_set(self, number: int, data: Mapping[str, JsonValue]) -> None:
        """Fix set ``number`` by the data of the event that started it."""
        kind = read_type(data.get("set_type"))
        planned = self.planned(number)
        # A start may name a kind that the protocol lacks, as in a session of another protocol.
        known = (planned.prescription, *self.protocol.sets)
        if kind is not None and all(asked.type is not kind for asked in known):
            self.protocol = built_in(PROTOCOL_OF[kind])
            planned = self.planned(number)
        asked = recorded_prescription(self.protocol, planned.prescription, data)
        reps = data.get("planned_reps")
        # The start names what was chosen.
        self._chosen.pop(number, None)
        self._fixed[number] = PlannedSet(
            number,
            asked,
            # The event may come from any recording.
            reps if isinstance(reps, int) and 0 < reps <= 100 else planned.reps,
            self._from_kg(data.get("load_kg")),
        )

    def planned(self, number: int) -> PlannedSet:
        """Return the prescription of set ``number``, from 1."""
        planned = self._fixed.get(number)
        if planned is None:
            asked = self._aimed(self.protocol.prescription(number - 1))
            planned = PlannedSet(number, asked, planned_reps(asked), self._load_of(asked))
        return self._choice(number).applied(planned)

    def suggest(self, following: Suggestion) -> None:
        """Fix the next set as the coach suggests; what the person chose for it stays.

        The start of the set may change it.
        """
        number = following.index + 1
        if self.planned(number).prescription.type is not following.prescription.type:
            # It was chosen for another kind of set, before a cramp for example.
            self._chosen.pop(number, None)
        load = self._from_kg(following.load_kg)
        reps = planned_reps(following.prescription)
        by_ratio = following.prescription.load is LoadRule.RATIO
        self._fixed[number] = PlannedSet(
            number,
            self._aimed(following.prescription),
            reps,
            self._load if load is None else load,
            following.ratio if by_ratio else None,
            following.ratio_waves,
        )

    def load_kg(self, number: int) -> float | None:
        """Return the load of set ``number`` in kg; None if not known."""
        return self._to_kg(self.planned(number).load)

    def announcement(self, number: int) -> dict[str, JsonValue]:
        """Return the data of the event that starts set ``number``."""
        planned = self.planned(number)
        data: dict[str, JsonValue] = {
            "exercise": self.exercise.key,
            "set_type": planned.prescription.type.value,
            "side": self.settings.side,
            **({"planned_reps": planned.reps} if planned.reps else {}),
            "bands": self.bands,
            **{str(name): one for name, one in variant_of(self.settings, self.exercise).items()},
        }
        load_kg = self.load_kg(number)
        if load_kg is not None:
            data["load_kg"] = load_kg
        if planned.tempo:
            data["tempo"] = planned.tempo
        return data

    def rows(self, done: Mapping[int, tuple[int, int, int]], now: int) -> tuple[PlanRow, ...]:
        """Return the sets around set ``now``.

        Parameters
        ----------
        done
            By the number of a set: its reps, the good and the judged ones.
        now
            The number of the current set, or of the next one.
        """
        total = self.protocol.planned_sets
        # A person may do more sets than planned; without a plan one more is shown.
        last = max(total or now + 1, now)
        first = max(min(now - ROWS // 2, last - ROWS + 1), 1)
        rows: list[PlanRow] = []
        for number in range(first, min(first + ROWS - 1, last) + 1):
            planned = self.planned(number)
            reps, good, judged = done.get(number, (planned.reps, 0, 0))
            stage = Stage.DONE if number in done else Stage.NOW if number == now else Stage.NEXT
            rows.append(
                PlanRow(
                    number,
                    stage,
                    planned.load,
                    reps,
                    planned.tempo,
                    planned.prescription.type,
                    good,
                    judged,
                )
            )
        return tuple(rows)

    def _aimed(self, asked: Prescription) -> Prescription:
        """Return ``asked`` with the lowering that the person aims at."""
        aim = self.aim(asked.type)
        # A change of the sets began with the aims; from then on the list itself says what is asked.
        if self._own_sets or aim is None or aim.lowering_s is None or asked.tempo is None:
            return asked
        return replace(asked, tempo=replace(asked.tempo, eccentric_s=aim.lowering_s))

    def _load_of(self, asked: Prescription) -> float:
        ratio = self.protocol.ratio
        if asked.load is LoadRule.CHOSEN or ratio is None:
            return self._load
        step = self.settings.load_step
        known = self.past.ratio if self.past is not None else None
        return rounded(within(ratio, known or ratio.start) * self._load, step)

    def _to_kg(self, load: float | None) -> float | None:
        """Return a load in kg; None if not known: plates have no known weight."""
        if load is None or self.settings.unit == "plates":
            return None
        return load if self.settings.unit == "kg" else load * KG_PER_LB

    def _from_kg(self, load_kg: JsonValue) -> float | None:
        if isinstance(load_kg, bool) or not isinstance(load_kg, (int, float)):
            return None
        if self.settings.unit == "plates" or not 0.0 <= load_kg <= 10_000.0:
            return None
        return float(load_kg) if self.settings.unit == "kg" else load_kg / KG_PER_LB
