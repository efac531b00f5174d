"""Inputs of a session's plan, and what the plan makes of them."""

import dataclasses
from typing import Any

import numpy as np

from processing.coach.cues import Cue
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import SessionPlan
from processing.pipeline.marks import PlanEventKind
from processing.types import Lift, Phase, PhaseChange, Rep, SessionEvent
from sensor.types import EventKind
from tests.processing.reps.curves import block

A, B, FREE = built_in("A"), built_in("B"), built_in("free")
SKILLED = Athlete(loads_kg={SetType.DF: 40.0, SetType.B: 30.0}, weeks_trained=10.0)


def at(t: float, kind: str, **data: Any) -> SessionEvent:
    return SessionEvent(t, kind, data)


def key(t: float, name: str) -> SessionEvent:
    return at(t, EventKind.KEY, key=name)


def sore(t: float, soreness: float | None) -> SessionEvent:
    return at(t, PlanEventKind.SORENESS, soreness=soreness)


def clock(t: float) -> Any:
    times = np.array([t])
    return block(times, np.zeros(1), np.zeros(1), np.zeros(1))


def rep(number: int, *, partial: bool = False) -> Rep:
    return Rep(number, 0.0, 1.0, 2.0, 5.0, 5.0, 1.7, 0.1, -0.5, partial=partial)


def do_set(plan: SessionPlan, t: float, reps: int, **data: Any) -> list[PlanChange | Cue]:
    """Feed a marked set of half a minute; return the output."""
    out = plan.feed(at(t, EventKind.SET_START, **data))
    for number in range(1, reps + 1):
        out += plan.feed(rep(number))
    return out + plan.feed(at(t + 30.0, EventKind.SET_END))


def states(out: list[PlanChange | Cue]) -> list[SessionState]:
    return [change.state for change in out if isinstance(change, PlanChange)]


SORE = dataclasses.replace(SKILLED, soreness=6.0, hours_since_last=24.0)
RESTED = dataclasses.replace(SORE, soreness=None)
START, END = EventKind.SET_START, EventKind.SET_END
LIFT = PhaseChange(2.0, Phase.CONCENTRIC, 2.0, lift=Lift.NEW)
DOWN = PhaseChange(5.0, Phase.BOTTOM, 5.0)
