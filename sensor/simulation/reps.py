"""Sets and reps as a person does them: tempo, spread from rep to rep, and chosen faults."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import Fault
from sensor.simulation.leg import Coordinate
from sensor.simulation.parameters import PersonParameters, SimulationParameters
from sensor.simulation.pose import start_pose
from sensor.simulation.script import PlannedRep, Script
from sensor.types import EventKind

ARMING_S = 2.5
"""How long the leg lies still before the first rep."""
FINISH_S = 2.0
"""How long it lies still after the last one."""
FINISH_UNMARKED_S = 7.5
"""The same where no event ends the set, so that stillness alone must."""

_SWITCH_S = 0.4
_LIFT_RAMP = 0.4
_LOWER_RAMP_S = 0.4
_SOFT_ENDS = 0.06
"""The ends of a lowering are too slow to count as lowering: by this share it takes longer."""


@dataclass(frozen=True, slots=True)
class _Foot:
    """Ankle angles in rad that a set asks for: while lifting and while lowering."""

    lifting: float
    lowering: float

    @property
    def switches(self) -> bool:
        """Whether the foot changes at the top."""
        return self.lifting != self.lowering


@dataclass(frozen=True, slots=True)
class _Person:
    """Draws what varies from rep to rep."""

    spread: float
    rng: np.random.Generator

    def varied(self, value: float) -> float:
        """Return ``value`` with the person's spread, within two standard deviations."""
        return value * (1.0 + self.spread * float(np.clip(self.rng.standard_normal(), -2.0, 2.0)))


def foot_of(set_type: str, person: PersonParameters) -> _Foot:
    """Return what a set of ``set_type`` asks of the foot."""
    held = 0.01 * person.held_percent
    up = held * float(np.deg2rad(person.dorsiflexion_max_deg))
    pointed = -held * float(np.deg2rad(person.plantarflexion_max_deg))
    return {"DF": _Foot(up, up), "PF": _Foot(pointed, pointed), "B": _Foot(up, pointed)}[set_type]


def play_set(
    script: Script,
    parameters: SimulationParameters,
    index: int,
    set_type: str,
    faults: Iterator[Fault | None],
    rng: np.random.Generator,
) -> None:
    """Play one set: arm, do the reps, lie still."""
    foot = foot_of(set_type, parameters.person)
    person = _Person(0.01 * parameters.person.spread_percent, rng)
    if parameters.marks:
        script.say(
            EventKind.SET_START,
            set_type=set_type,
            load_kg=parameters.load_kg,
            side=parameters.person.side.value,
            planned_reps=parameters.reps,
            tempo="-".join(
                f"{seconds:g}"
                for seconds in (
                    parameters.lower_s,
                    parameters.bottom_s,
                    parameters.lift_s,
                    parameters.top_s,
                )
            ),
        )
    script.wait(ARMING_S - 1.0)
    script.move(0.6, effort=1.0, ankle=foot.lifting)
    script.wait(1.0)
    for number in range(1, parameters.reps + 1):
        _play_rep(script, parameters, foot, person, next(faults), (index, number, set_type))
    script.move(0.8, effort=0.0, ankle=0.0)
    script.wait(FINISH_S if parameters.marks else FINISH_UNMARKED_S)
    if parameters.marks:
        script.say(EventKind.SET_END)


def _play_rep(
    script: Script,
    parameters: SimulationParameters,
    foot: _Foot,
    person: _Person,
    fault: Fault | None,
    place: tuple[int, int, str],
) -> None:
    start = start_pose(parameters.person)[Coordinate.KNEE]
    rom = person.varied(float(np.deg2rad(parameters.person.rom_deg)))
    if fault is Fault.PARTIAL:
        rom *= float(person.rng.uniform(0.35, 0.5))
    if fault is Fault.NEVER:
        # In protocol B the lift is right and the foot then only goes half of the way, to neutral.
        foot = _Foot(foot.lifting if foot.switches else 0.0, 0.0)
    lift_t = script.now
    script.move(_SWITCH_S, ankle=foot.lifting)
    lift_s = person.varied(parameters.lift_s)
    script.glide(Coordinate.KNEE, lift_s, start + rom, _LIFT_RAMP, 0.0)
    script.wait(lift_s)

    top_t = script.now
    hold_s = person.varied(parameters.top_s)
    lower_s = person.varied(parameters.lower_s) * (1.0 + _SOFT_ENDS)
    if fault is Fault.FAST:
        lower_s = max(0.3, 0.4 * lower_s)
    if foot.switches:
        hold_s = max(hold_s, _SWITCH_S + 0.1)
        late_s = hold_s + 0.45 * lower_s if fault is Fault.LATE else 0.05
        script.move(_SWITCH_S, after_s=late_s, ankle=foot.lowering)
    script.wait(hold_s)

    lower_t = script.now
    if fault is Fault.SLIP:
        script.move(0.5, after_s=0.45 * lower_s, ankle=0.15 * foot.lowering)
    _lower(script, start, rom, lower_s, fault, person)
    bottom_t = script.now
    _rest_below(script, start, rom, foot, parameters, fault, person)
    script.reps.append(
        PlannedRep(*place, fault.value if fault else "", lift_t, top_t, lower_t, bottom_t)
    )


def _lower(
    script: Script, start: float, rom: float, seconds: float, fault: Fault | None, person: _Person
) -> None:
    """Lower the leg, and let the time pass."""
    waver = 0.3 * person.spread * float(person.rng.uniform(-1.0, 1.0))
    stretches = [(seconds, 0.0)]
    if fault is Fault.DROP:
        stretches = [(0.85 * seconds, 0.45), (0.3, 0.0)]
    elif fault is Fault.STALL:
        stretches = [(0.5 * seconds, 0.5), (0.5 * seconds, 0.0)]
    for i, (stretch_s, share_left) in enumerate(stretches):
        if i and fault is Fault.STALL:
            script.wait(2.0)
        target = start + share_left * rom
        ramp = min(_LIFT_RAMP, _LOWER_RAMP_S / stretch_s)
        script.glide(Coordinate.KNEE, stretch_s, target, ramp, waver)
        script.wait(stretch_s)


def _rest_below(
    script: Script,
    start: float,
    rom: float,
    foot: _Foot,
    parameters: SimulationParameters,
    fault: Fault | None,
    person: _Person,
) -> None:
    """Rest between reps with the foot going back to where the lift needs it."""
    if fault is Fault.BOUNCE:
        for _ in range(2):
            script.move(0.2, knee=start + 0.06 * rom)
            script.wait(0.2)
            script.move(0.2, knee=start)
            script.wait(0.2)
    back_s = _SWITCH_S if script.where(Coordinate.ANKLE) != foot.lifting else 0.0
    script.move(_SWITCH_S, ankle=foot.lifting)
    pause_s = person.varied(parameters.bottom_s) + (4.0 if fault is Fault.PAUSE else 0.0)
    script.wait(max(pause_s, back_s))
