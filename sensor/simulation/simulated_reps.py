"""The sets and reps of a simulated person: tempo, spread from rep to rep, and chosen faults."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sensor.simulation.around_machine import come_back, settle_in
from sensor.simulation.choices import MotionKind, SimulatedFault
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.off_machine import cramp
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.preparation import start_pose
from sensor.simulation.rep_style import PersonStyle, RepStyle
from sensor.simulation.script import PlannedRep, Script
from sensor.types import EventKind, JsonValue

ARMING_S = 2.5
"""Time for which the leg is still before the first rep."""
FINISH_S = 2.0
"""Time for which it is still after the last rep."""
FINISH_UNMARKED_S = 7.5
"""The same if no event ends the set: longer than the 6 s of stillness that end a set."""

_SWITCH_S = 0.4
"""Time in which the foot changes its position."""
_LANDING_M = 0.001
"""Jolt of weights that are dropped on their stack."""
_LEAVE_AFTER_S = (0.3, 6.0)
"""Time for which a person lies still after an unmarked set and then gets off."""
_RELAX_S = 2.0
"""Pause at the bottom from which on the leg relaxes and the foot returns to neutral."""


@dataclass(frozen=True, slots=True)
class _AnkleTargets:
    """The ankle angles in rad that a set asks for, in the lift and in the lowering."""

    lifting: float
    lowering: float

    @property
    def switches(self) -> bool:
        """Whether the foot changes its position at the top."""
        return self.lifting != self.lowering


def ankle_targets(set_type: str, person: PersonParameters) -> _AnkleTargets:
    """Return the ankle angles that a set of ``set_type`` asks for."""
    held = 0.01 * person.held_percent
    up = held * float(np.deg2rad(person.dorsiflexion_max_deg))
    pointed = -held * float(np.deg2rad(person.plantarflexion_max_deg))
    return {
        "DF": _AnkleTargets(up, up),
        "PF": _AnkleTargets(pointed, pointed),
        "B": _AnkleTargets(up, pointed),
    }[set_type]


def play_set(
    script: Script,
    parameters: SimulationParameters,
    index: int,
    set_type: str,
    faults: Iterator[SimulatedFault | None],
    style: PersonStyle,
    *,
    leaves: bool,
) -> None:
    """Write one set into ``script``: still, the reps, still.

    Parameters
    ----------
    script
        The script, which gets movements, events and reps.
    parameters
        The parameters of the session.
    index
        Index of the set, from 0.
    set_type
        ``DF``, ``PF`` or ``B``.
    faults
        Yields the fault of each rep.
    style
        The style of the person.
    leaves
        Whether the person gets off the machine after the set.
    """
    foot = ankle_targets(set_type, parameters.person)
    around, shapes = parameters.around, style.shapes
    if around.settle:
        settle_in(script, shapes)
    if parameters.marks:
        script.add_event(EventKind.SET_START, **set_fields(parameters, set_type))
    script.wait(ARMING_S - 1.0)
    script.move(0.6, effort=1.0, ankle=foot.lifting)
    script.wait(1.0)
    cramps = shapes.random() < 0.01 * around.cramp_percent
    reps = int(shapes.integers(1, parameters.reps + 1)) if cramps else parameters.reps
    for number in range(1, reps + 1):
        fault = next(faults)
        rep = PlannedRep(index, number, set_type, fault.value if fault else "")
        last = number == reps
        script.reps.append(_play_rep(script, parameters, foot, style.of_rep(fault), rep, last=last))
    script.move(0.8, effort=0.0, ankle=0.0)
    if cramps:
        script.wait(float(shapes.uniform(0.2, 1.0)))
        cramp(script, parameters.person, shapes)
    elif leaves and not parameters.marks:
        script.wait(float(shapes.uniform(*_LEAVE_AFTER_S)))
    else:
        script.wait(FINISH_S if parameters.marks else FINISH_UNMARKED_S)
    forgotten = shapes.random() < 0.01 * around.forgotten_ends_percent
    if parameters.marks and not forgotten:
        script.add_event(EventKind.SET_END)
    if cramps:
        come_back(script, parameters.person, shapes)


def set_fields(parameters: SimulationParameters, set_type: str) -> dict[str, JsonValue]:
    """Return the data of the event that marks the start of a set."""
    tempo = (parameters.lower_s, parameters.bottom_s, parameters.lift_s, parameters.top_s)
    return {
        "set_type": set_type,
        "load_kg": parameters.load_kg,
        "side": parameters.person.side.value,
        "planned_reps": parameters.reps,
        "tempo": "-".join(f"{seconds:g}" for seconds in tempo),
    }


def _play_rep(
    script: Script,
    parameters: SimulationParameters,
    foot: _AnkleTargets,
    style: RepStyle,
    rep: PlannedRep,
    *,
    last: bool,
) -> PlannedRep:
    """Write one rep; return ``rep`` with its times and courses."""
    start = start_pose(parameters.person)[Coordinate.KNEE]
    rom = style.range_of(float(np.deg2rad(parameters.person.rom_deg)))
    pointed = 1.0 - style.strength_of(SimulatedFault.NEVER)
    # In protocol B the lift is good, and the foot then goes only half of the way, to neutral.
    lifting = foot.lifting * (1.0 if foot.switches else pointed)
    lifting += style.strength_of(SimulatedFault.POINTED) * (foot.lowering - lifting)
    foot = _AnkleTargets(lifting, foot.lowering * pointed)

    lift_t = script.now
    script.move(_SWITCH_S, ankle=foot.lifting)
    lift = style.lift(style.varied(parameters.lift_s), rom)
    script.follow(Coordinate.KNEE, start + rom, lift.course)
    if early := style.strength_of(SimulatedFault.EARLY):
        # A weak fault points the toes when the leg is nearly up.
        after_s = (0.9 - 0.8 * early) * lift.arrival_s
        script.move(_SWITCH_S, after_s=after_s, ankle=foot.lowering)
    script.wait(lift.course.seconds)

    hold_s = style.varied(parameters.top_s)
    lowering = style.lowering(style.varied(parameters.lower_s), rom)
    if lowering.kind is not MotionKind.GLIDE:
        # The person who chose the tempo sees the soft ends of both movements as a part of the hold.
        hold_s = max(0.0, hold_s - lift.unseen_s(rom)[1] - lowering.unseen_s(rom)[0])
    lower_s = lowering.arrival_s
    if foot.switches:
        # The foot needs this long to change before the lowering starts.
        hold_s = max(hold_s, _SWITCH_S + 0.1)
        late_s = style.strength_of(SimulatedFault.LATE) * (hold_s + 0.45 * lower_s)
        script.move(_SWITCH_S, after_s=0.05 + late_s, ankle=foot.lowering)
    script.wait(hold_s)

    lower_t = script.now
    slipped = foot.lowering * (1.0 - 0.85 * style.strength_of(SimulatedFault.SLIP))
    script.move(0.5, after_s=0.45 * lower_s, ankle=slipped)
    script.follow(Coordinate.KNEE, start, lowering.course)
    dropped = style.fault is SimulatedFault.DROP and lowering.kind is not MotionKind.GLIDE
    if dropped or lowering.break_share is not None:
        # The weights land on the stack.
        script.jolt(_LANDING_M, after_s=lower_s)
    script.wait(lowering.course.seconds)
    _rest_at_bottom(script, start, rom, foot, parameters, style, last=last)
    return dataclasses.replace(
        rep,
        lift_t=lift_t,
        top_t=lift_t + lift.arrival_s,
        lower_t=lower_t,
        bottom_t=lower_t + lower_s,
        lift_motion=lift.kind.value,
        lower_motion=lowering.kind.value,
        break_point=lowering.break_above(rom),
    )


def _rest_at_bottom(
    script: Script,
    start: float,
    rom: float,
    foot: _AnkleTargets,
    parameters: SimulationParameters,
    style: RepStyle,
    *,
    last: bool,
) -> None:
    """Rest between reps, while the foot returns to the position of the lift."""
    bounce = style.strength_of(SimulatedFault.BOUNCE)
    # A rebound of 6 % of the range is too small to be a rep.
    for _ in range(2 if bounce > 0.0 else 0):
        script.move(0.2, knee=start + 0.06 * bounce * rom)
        script.wait(0.2)
        script.move(0.2, knee=start)
        script.wait(0.2)
    rest_pause_s = 0.0 if last else style.rest_pause_s()
    if rest_pause_s >= _RELAX_S:
        script.move(0.8, effort=0.2, ankle=0.5 * foot.lifting)
        script.wait(rest_pause_s - 1.0)
        script.move(0.6, effort=1.0)
        script.wait(1.0)
    else:
        script.wait(rest_pause_s)
    back_s = _SWITCH_S if script.target(Coordinate.ANKLE) != foot.lifting else 0.0
    script.move(_SWITCH_S, ankle=foot.lifting)
    pause_s = style.varied(parameters.bottom_s) + 4.0 * style.strength_of(SimulatedFault.PAUSE)
    script.wait(max(pause_s, back_s))
