"""The sets and reps of an exercise with the foot on the ground: tempo, spread, and chosen faults."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sensor.simulation.choices import MotionKind, SimulatedFault
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.rep_style import ChosenCourse, PersonStyle, RepStyle
from sensor.simulation.script import DRIVING, EFFORT, RAISED, PlannedRep, Script
from sensor.simulation.simulated_reps import ARMING_S, FINISH_S, FINISH_UNMARKED_S, set_fields
from sensor.types import EventKind

SET_TYPE = "FREE"
"""Type of the sets: nothing is asked of the toes."""
_ABRUPT = frozenset({MotionKind.EVEN, MotionKind.LATE})
"""Courses that end abruptly: a heel lands with a jolt."""
_FALLS = frozenset({SimulatedFault.DROP, SimulatedFault.FAST})
"""Faults that do as well."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """The movement of a rep: two poses, and the way of every coordinate between them."""

    rest: Mapping[str, float]
    """The pose at which a rep begins and ends, by coordinate."""
    turn: Mapping[str, float]
    """The pose at the other end of a full rep."""
    driving: tuple[float, float]
    """The driving angle in these two poses, rad."""
    lowers_first: bool = False
    """Whether a rep begins with the lowering, as those that begin standing do."""
    rest_effort: float = 0.0
    """The effort in the pose of rest."""
    raises: bool = False
    """Whether the movement raises the heel; the foot is as unsteady then as the leg makes an effort."""
    landing_m: float = 0.0
    """Jolt of a lowering that ends abruptly, m."""


def play_set(
    script: Script,
    parameters: SimulationParameters,
    gesture: Gesture,
    index: int,
    faults: Iterator[SimulatedFault | None],
    style: PersonStyle,
) -> None:
    """Write one set into ``script``: still, the reps, still.

    Parameters
    ----------
    script
        The script, which gets movements, events and reps.
    parameters
        The parameters of the session.
    gesture
        The movement of a rep.
    index
        Index of the set, from 0.
    faults
        Yields the fault of each rep.
    style
        The style of the person.
    """
    mark_set(script, parameters, EventKind.SET_START)
    script.wait(ARMING_S - 1.0)
    # On a step, for example, the heel may sink to the bottom first, which is no rep.
    script.move(0.9, **gesture.rest, **{DRIVING: gesture.driving[0]})
    _work(script, gesture, gesture.rest_effort, 0.9)
    script.wait(1.5)
    for number in range(1, parameters.reps + 1):
        fault = next(faults)
        rep = PlannedRep(
            index,
            number,
            SET_TYPE,
            fault.value if fault else "",
            lowers_first=gesture.lowers_first,
        )
        script.reps.append(
            play_rep(
                script,
                parameters,
                gesture,
                style.of_rep(fault),
                rep,
                last=number == parameters.reps,
            )
        )
    script.wait(FINISH_S if parameters.marks else FINISH_UNMARKED_S)
    forgotten = style.shapes.random() < 0.01 * parameters.around.forgotten_ends_percent
    if not forgotten:
        mark_set(script, parameters, EventKind.SET_END)


def play_distraction(
    script: Script,
    parameters: SimulationParameters,
    gesture: Gesture,
    style: PersonStyle,
    name: str,
) -> None:
    """Write as many repetitions as a set has, of a movement that is no exercise, under its ``name``."""
    start_t = script.now
    script.move(0.9, **gesture.rest)
    _work(script, gesture, gesture.rest_effort, 0.9)
    script.wait(1.2)
    for number in range(1, parameters.reps + 1):
        planned = PlannedRep(0, number, SET_TYPE, "", lowers_first=gesture.lowers_first)
        last = number == parameters.reps
        play_rep(script, parameters, gesture, style.of_rep(None), planned, last=last)
    script.record(name, start_t)


def mark_set(script: Script, parameters: SimulationParameters, kind: EventKind) -> None:
    """Mark the start or the end of a set, if the session has marks."""
    if not parameters.marks:
        return
    if kind is EventKind.SET_END:
        script.add_event(kind)
        return
    exercise = parameters.training.exercise.value
    script.add_event(kind, exercise=exercise, **set_fields(parameters, SET_TYPE))


def play_rep(
    script: Script,
    parameters: SimulationParameters,
    gesture: Gesture,
    style: RepStyle,
    rep: PlannedRep,
    *,
    last: bool,
) -> PlannedRep:
    """Write one rep; return ``rep`` with its times and courses."""
    full = gesture.driving[1] - gesture.driving[0]
    share = style.range_of(abs(full)) / abs(full) * _freshness(parameters, rep.number)
    rom = share * abs(full)
    lift = style.lift(style.varied(parameters.lift_s), rom)
    lowering = style.lowering(style.varied(parameters.lower_s), rom)
    bottom_s = style.varied(parameters.bottom_s) + 4.0 * style.strength_of(SimulatedFault.PAUSE)
    top_s = style.varied(parameters.top_s)
    if gesture.lowers_first:
        first, second, middle_s, end_s = lowering, lift, bottom_s, top_s
    else:
        first, second, middle_s, end_s = lift, lowering, top_s, bottom_s
    if MotionKind.GLIDE not in {first.kind, second.kind}:
        # The person who chose the tempo sees the soft ends of both movements as a part of the hold.
        middle_s = max(0.0, middle_s - first.unseen_s(rom)[1] - second.unseen_s(rom)[0])

    first_t = script.now
    _go(script, gesture, share, first)
    _work(script, gesture, 1.0, min(0.3, first.course.seconds))
    script.wait(first.course.seconds + middle_s)
    second_t = script.now
    _go(script, gesture, 0.0, second)
    lift_t, lower_t = (second_t, first_t) if gesture.lowers_first else (first_t, second_t)
    fell = style.fault in _FALLS or lowering.break_share is not None
    if fell or lowering.kind in _ABRUPT:
        script.jolt(gesture.landing_m, after_s=lower_t + lowering.arrival_s - script.now)
    # A heel that is down again rests on the ground.
    script.wait(second.course.seconds)
    _work(script, gesture, gesture.rest_effort, 0.3)
    _rest(script, gesture, style, share, end_s, last=last)
    return dataclasses.replace(
        rep,
        lift_t=lift_t,
        top_t=lift_t + lift.arrival_s,
        lower_t=lower_t,
        bottom_t=lower_t + lowering.arrival_s,
        lift_motion=lift.kind.value,
        lower_motion=lowering.kind.value,
        break_point=lowering.break_above(rom),
    )


def _work(script: Script, gesture: Gesture, effort: float, seconds: float) -> None:
    """Change the effort within ``seconds``, and with it the unsteadiness of a raised heel."""
    script.move(seconds, **{EFFORT: effort})
    if gesture.raises:
        script.move(seconds, **{RAISED: effort})


def _freshness(parameters: SimulationParameters, number: int) -> float:
    """Return the share of the range that the rep with a ``number`` has, of a leg that tires."""
    training = parameters.training
    tired = number - (parameters.reps - training.fading_reps)
    if tired <= 0:
        return 1.0
    return 1.0 - 0.01 * training.fading_percent * tired / training.fading_reps


def _go(script: Script, gesture: Gesture, share: float, chosen: ChosenCourse) -> None:
    """Move every coordinate of the gesture to a ``share`` of its way."""
    low, high = gesture.driving
    script.follow(DRIVING, low + share * (high - low), chosen.course)
    for channel, start in gesture.rest.items():
        way = gesture.turn[channel] - start
        if way:
            script.follow(channel, start + share * way, chosen.course)


def _rest(
    script: Script,
    gesture: Gesture,
    style: RepStyle,
    share: float,
    seconds: float,
    *,
    last: bool,
) -> None:
    """Rest between two reps, with rebounds and a rest-pause if the rep has them."""
    bounce = style.strength_of(SimulatedFault.BOUNCE)
    # A rebound of 6 % of the range is too small to be a rep.
    for _ in range(2 if bounce > 0.0 and not gesture.lowers_first else 0):
        for part in (0.06 * bounce * share, 0.0):
            low, high = gesture.driving
            script.move(0.2, **{DRIVING: low + part * (high - low)})
            script.move(
                0.2,
                **{
                    channel: start + part * (gesture.turn[channel] - start)
                    for channel, start in gesture.rest.items()
                },
            )
            script.wait(0.2)
    script.wait(seconds + (0.0 if last else style.rest_pause_s()))
