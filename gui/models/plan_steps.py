"""Steps of a planned set: reps, tempo, rest and kind, within what a protocol allows. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from processing.coach.loads import planned_reps
from processing.coach.plan_sets import toes_of
from processing.coach.protocol import LoadRule, Prescription, Protocol, SetType
from processing.exercises.exercise import Exercise
from processing.judge.exercise_target import judges_toes
from processing.judge.tempo import EXPLOSIVE_S, Tempo

FREE_REP_S = 4.0
"""A rep without a tempo takes about this long, s; only for the length of a session in minutes."""
BEFORE_SET_S = 20.0
"""Time to lie down before a set, s; only for the length of a session in minutes."""
REST_STEP_S = 15.0
"""A shorter change of a rest is not felt."""
LONGEST_REST_S = 900.0
MOST_REPS = 100
"""Both as a file of a protocol allows."""
USUAL_TEMPO = Tempo(3.0, 0.0, 1.0, 0.0)
"""The tempo that a set without one begins with."""


class TempoPart(Enum):
    """One of the four numbers of a tempo: its field, its step, its least and its most, in s."""

    LOWERING = ("eccentric_s", 0.5, 1.0, 15.0)
    BOTTOM = ("bottom_s", 1.0, 0.0, 15.0)
    LIFT = ("concentric_s", 0.5, 1.0, 15.0)
    """Below its least stands X: as fast as control allows."""
    TOP = ("top_s", 1.0, 0.0, 15.0)

    def of(self, tempo: Tempo) -> float | None:
        """Return this number of ``tempo``, s; None for X."""
        value: float | None = getattr(tempo, self.value[0])
        return value


def with_reps(asked: Prescription, steps: int) -> Prescription:
    """Return ``asked`` with so many reps more or less; its range keeps its width."""
    least, most = asked.reps
    width = most - least
    least = min(max(least + steps, 1), MOST_REPS - width)
    return replace(asked, reps=(least, least + width))


def with_aim(asked: Prescription, reps: int) -> Prescription:
    """Return ``asked`` with its range of reps moved so that ``reps`` is what is aimed at."""
    return with_reps(asked, reps - planned_reps(asked)) if planned_reps(asked) else asked


def with_rest(asked: Prescription, steps: int) -> Prescription:
    """Return ``asked`` with a rest that is longer or shorter by steps."""
    rest_s = _stepped(asked.rest_s, steps, REST_STEP_S)
    return replace(asked, rest_s=min(max(rest_s, 0.0), LONGEST_REST_S))


def with_tempo(asked: Prescription, part: TempoPart, steps: int) -> Prescription:
    """Return ``asked`` with one number of its tempo changed by steps; a set without one gets one."""
    if asked.tempo is None:
        return replace(asked, tempo=USUAL_TEMPO)
    name, step, least, most = part.value
    value = part.of(asked.tempo)
    new: float | None
    if value is None:
        new = least if steps > 0 else None
    else:
        new = _stepped(value, steps, step)
        below = part is TempoPart.LIFT and new < least
        new = None if below else min(max(new, least), most)
    values: dict[str, Any] = {name: new}
    return replace(asked, tempo=replace(asked.tempo, **values))


def without_tempo(asked: Prescription) -> Prescription:
    """Return ``asked`` without a tempo."""
    return replace(asked, tempo=None)


def with_kind(protocol: Protocol, asked: Prescription, kind: SetType) -> Prescription:
    """Return ``asked`` as a set of another kind, with the toes and the source of the load of that kind."""
    if kind is asked.type:
        return asked
    known = next((one for one in protocol.sets if one.type is kind), None)
    if known is not None:
        toes, load = (known.lift, known.lower), known.load
    else:
        by_ratio = kind is SetType.PF and protocol.ratio is not None
        toes, load = toes_of(kind), LoadRule.RATIO if by_ratio else LoadRule.CHOSEN
    return replace(asked, type=kind, lift=toes[0], lower=toes[1], load=load)


def kinds_for(protocol: Protocol, exercise: Exercise) -> tuple[SetType, ...]:
    """Return the kinds of sets to choose from; sets above the maximum only where the protocol has them."""
    if not judges_toes(exercise):
        return tuple(dict.fromkeys(one.type for one in protocol.sets))
    supramaximal = (SetType.B2,) if protocol.is_supramaximal else ()
    return (SetType.B, SetType.DF, SetType.PF, *supramaximal, SetType.FREE)


def minutes_of(sets: Sequence[Prescription]) -> float:
    """Return about how long these sets and the rests between them take, min."""
    seconds = 0.0
    for at, asked in enumerate(sets, start=1):
        seconds += BEFORE_SET_S + planned_reps(asked) * rep_s(asked.tempo)
        # There is nothing to rest for after the last one.
        seconds += asked.rest_s if at < len(sets) else 0.0
    return seconds / 60.0


def rep_s(tempo: Tempo | None) -> float:
    """Return about how long a rep takes, s."""
    if tempo is None:
        return FREE_REP_S
    lift_s = EXPLOSIVE_S if tempo.concentric_s is None else tempo.concentric_s
    return tempo.eccentric_s + tempo.bottom_s + lift_s + tempo.top_s


def _stepped(value: float, steps: int, step: float) -> float:
    """Return the ``steps``-th multiple of ``step`` above or below ``value``."""
    whole = math.floor(value / step) if steps > 0 else math.ceil(value / step)
    return (whole + steps) * step
