"""Sets and reps as a person does them: tempo, spread from rep to rep, and chosen faults."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import Fault
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import PersonParameters, SimulationParameters
from sensor.simulation.preparation import start_pose
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
_FASTEST_S = 0.3
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
class _Manner:
    """How this person does this rep: what varies from rep to rep, and what is wrong with it."""

    spread: float
    rng: np.random.Generator
    fault: Fault | None
    strength: float

    def varied(self, value: float) -> float:
        """Return ``value`` with the person's spread, within two standard deviations."""
        return value * (1.0 + self.spread * float(np.clip(self.rng.standard_normal(), -2.0, 2.0)))

    def wrong(self, fault: Fault) -> float:
        """Return how strongly the rep has ``fault``, from 0 (not) to 1."""
        return self.strength if self.fault is fault else 0.0


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
    if parameters.marks:
        _say_start(script, parameters, set_type)
    script.wait(ARMING_S - 1.0)
    script.move(0.6, effort=1.0, ankle=foot.lifting)
    script.wait(1.0)
    for number in range(1, parameters.reps + 1):
        fault = next(faults)
        manner = _Manner(
            0.01 * parameters.person.spread_percent,
            rng,
            fault,
            0.01 * parameters.fault_strength_percent,
        )
        times = _play_rep(script, parameters, foot, manner)
        script.reps.append(
            PlannedRep(index, number, set_type, fault.value if fault else "", *times)
        )
    script.move(0.8, effort=0.0, ankle=0.0)
    script.wait(FINISH_S if parameters.marks else FINISH_UNMARKED_S)
    if parameters.marks:
        script.say(EventKind.SET_END)


def _say_start(script: Script, parameters: SimulationParameters, set_type: str) -> None:
    tempo = (parameters.lower_s, parameters.bottom_s, parameters.lift_s, parameters.top_s)
    script.say(
        EventKind.SET_START,
        set_type=set_type,
        load_kg=parameters.load_kg,
        side=parameters.person.side.value,
        planned_reps=parameters.reps,
        tempo="-".join(f"{seconds:g}" for seconds in tempo),
    )


def _play_rep(
    script: Script, parameters: SimulationParameters, foot: _Foot, manner: _Manner
) -> tuple[float, float, float, float]:
    """Play one rep; return when the lift began and ended, and the lowering began and ended."""
    start = start_pose(parameters.person)[Coordinate.KNEE]
    rom = manner.varied(float(np.deg2rad(parameters.person.rom_deg)))
    rom *= 1.0 - manner.wrong(Fault.PARTIAL) * float(manner.rng.uniform(0.5, 0.65))
    pointed = 1.0 - manner.wrong(Fault.NEVER)
    # In protocol B the lift is right, and the foot then only goes half of the way, to neutral.
    foot = _Foot(foot.lifting * (1.0 if foot.switches else pointed), foot.lowering * pointed)

    lift_t = script.now
    script.move(_SWITCH_S, ankle=foot.lifting)
    lift_s = manner.varied(parameters.lift_s)
    script.glide(Coordinate.KNEE, lift_s, start + rom, _LIFT_RAMP, 0.0)
    script.wait(lift_s)

    top_t = script.now
    hold_s = manner.varied(parameters.top_s)
    lower_s = manner.varied(parameters.lower_s) * (1.0 + _SOFT_ENDS)
    lower_s = max(_FASTEST_S, lower_s * (1.0 - 0.6 * manner.wrong(Fault.FAST)))
    if foot.switches:
        hold_s = max(hold_s, _SWITCH_S + 0.1)
        late_s = manner.wrong(Fault.LATE) * (hold_s + 0.45 * lower_s)
        script.move(_SWITCH_S, after_s=0.05 + late_s, ankle=foot.lowering)
    script.wait(hold_s)

    lower_t = script.now
    slipped = foot.lowering * (1.0 - 0.85 * manner.wrong(Fault.SLIP))
    script.move(0.5, after_s=0.45 * lower_s, ankle=slipped)
    _lower(script, start, rom, lower_s, manner)
    bottom_t = script.now
    _rest_below(script, start, rom, foot, parameters, manner)
    return lift_t, top_t, lower_t, bottom_t


def _lower(script: Script, start: float, rom: float, seconds: float, manner: _Manner) -> None:
    """Lower the leg, and let the time pass."""
    waver = 0.3 * manner.spread * float(manner.rng.uniform(-1.0, 1.0))
    drop, stall = manner.wrong(Fault.DROP), manner.wrong(Fault.STALL)
    stretches = [(seconds, 0.0)]
    if drop > 0.0:
        fall_s = 0.45 * seconds * (1.0 - drop) + _FASTEST_S * drop
        stretches = [(seconds * (0.55 + 0.3 * drop), 0.45), (fall_s, 0.0)]
    elif stall > 0.0:
        stretches = [(0.5 * seconds, 0.5), (0.5 * seconds, 0.0)]
    for stretch_s, share_left in stretches:
        ramp = min(_LIFT_RAMP, _LOWER_RAMP_S / stretch_s)
        script.glide(Coordinate.KNEE, stretch_s, start + share_left * rom, ramp, waver)
        script.wait(stretch_s + (2.0 * stall if share_left else 0.0))


def _rest_below(
    script: Script,
    start: float,
    rom: float,
    foot: _Foot,
    parameters: SimulationParameters,
    manner: _Manner,
) -> None:
    """Rest between reps, while the foot goes back to where the lift needs it."""
    bounce = manner.wrong(Fault.BOUNCE)
    for _ in range(2 if bounce > 0.0 else 0):
        script.move(0.2, knee=start + 0.06 * bounce * rom)
        script.wait(0.2)
        script.move(0.2, knee=start)
        script.wait(0.2)
    back_s = _SWITCH_S if script.where(Coordinate.ANKLE) != foot.lifting else 0.0
    script.move(_SWITCH_S, ankle=foot.lifting)
    pause_s = manner.varied(parameters.bottom_s) + 4.0 * manner.wrong(Fault.PAUSE)
    script.wait(max(pause_s, back_s))
