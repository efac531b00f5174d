"""Goals and doses of the weeks in English."""

from typing import assert_never

from processing.judge.reasons import Fault
from processing.library.dose import DoseJump
from processing.library.goals import (
    CommonFault,
    FewReps,
    GoalLimit,
    LoadBelow,
    LoadMissing,
    LoweringShort,
    NothingJudged,
    NothingYet,
    ReasonsUnknown,
)


def fault(found: Fault) -> str:
    """Return the fault of a rep, in a few words."""
    match found:
        case Fault.TOO_LOW:
            return "too small a range"
        case Fault.NEVER_POINTED:
            return "toes never pointed"
        case Fault.LATE_SWITCH:
            return "toes pointed late"
        case Fault.TOES_SLIPPED:
            return "toes slipped"
        case Fault.DROPPED:
            return "dropped"
        case Fault.TOO_FAST:
            return "lowered too fast"
        case Fault.TOO_SLOW:
            return "lowered too slowly"
        case Fault.LIFT_TOO_FAST:
            return "lifted too fast"
        case Fault.LIFT_TOO_SLOW:
            return "lifted too slowly"
        case Fault.LONG_TOP:
            return "rested too long at the top"
        case Fault.LONG_BOTTOM:
            return "rested too long at the bottom"
        case Fault.TOES_DOWN:
            return "toes down while lifting"
        case _:
            assert_never(found)


def goal_limit(limit: GoalLimit, per_kg: float, unit: str) -> str:
    """Return what limits a goal; loads times ``per_kg`` are in ``unit``."""

    def load(kg: float) -> str:
        return f"{round(kg * per_kg, 1):g} {unit}"

    match limit:
        case NothingYet(weeks=weeks):
            return f"no such set in the last {weeks} weeks"
        case LoadBelow(load_kg=None, goal_kg=goal):
            return f"no set with a known load yet; the goal is {load(goal)}"
        case LoadBelow(load_kg=heaviest, goal_kg=goal):
            return f"no set near {load(goal)} yet; the heaviest was {load(heaviest or 0.0)}"
        case CommonFault(fault=found, reps=reps, of=of):
            return f"{fault(found)}: {limit.percent:.0f} % of the reps that were not good ({reps} of {of})"
        case ReasonsUnknown(reps=reps):
            return f"{reps} reps were not good; why is known when their sessions are read again"
        case NothingJudged():
            return "no rep near that load could be judged"
        case LoweringShort(seconds=seconds, goal_s=goal):
            return f"lowered in {seconds:.1f} s, while the goal is {goal:g} s"
        case LoadMissing(load_kg=heaviest, goal_kg=goal):
            return f"only the load: {load(heaviest)} of {load(goal)}, all else is there"
        case FewReps(least=least):
            return f"all is there; a session at the goal needs {least} judged reps"
        case _:
            assert_never(limit)


def dose_jump(jump: DoseJump) -> str:
    """Return that the dose of the lowerings jumps after soreness; an advice that blocks nothing."""
    what = (
        "This plan would bring the lowering dose of seven days to"
        if jump.planned
        else "The lowering dose of seven days was"
    )
    percent = jump.percent
    if percent is None:
        much = f"more than nothing in the {jump.weeks} weeks before"
    else:
        much = f"{percent:.0f} % more than the mean of the {jump.weeks} weeks before"
    end = "Fewer sets or less load keep it lower." if jump.planned else ""
    return f"{what} {much}, after soreness {jump.soreness:g} of 10. {end}".strip()
