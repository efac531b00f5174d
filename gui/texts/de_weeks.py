"""Goals and doses of the weeks in German."""

from typing import assert_never

from gui.texts.de_numbers import decimal, plain
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
            return "zu kleiner Bereich"
        case Fault.NEVER_POINTED:
            return "Zehen nie gestreckt"
        case Fault.LATE_SWITCH:
            return "Zehen spät gestreckt"
        case Fault.TOES_SLIPPED:
            return "Zehen nachgelassen"
        case Fault.DROPPED:
            return "fallen gelassen"
        case Fault.TOO_FAST:
            return "zu schnell gesenkt"
        case Fault.TOO_SLOW:
            return "zu langsam gesenkt"
        case Fault.LIFT_TOO_FAST:
            return "zu schnell gehoben"
        case Fault.LIFT_TOO_SLOW:
            return "zu langsam gehoben"
        case Fault.LONG_TOP:
            return "oben zu lange geruht"
        case Fault.LONG_BOTTOM:
            return "unten zu lange geruht"
        case Fault.TOES_DOWN:
            return "Zehen unten beim Heben"
        case _:
            assert_never(found)


def goal_limit(limit: GoalLimit, per_kg: float, unit: str) -> str:
    """Return what limits a goal; loads times ``per_kg`` are in ``unit``."""

    def load(kg: float) -> str:
        return f"{plain(round(kg * per_kg, 1))} {unit}"

    match limit:
        case NothingYet(weeks=weeks):
            return f"kein solcher Satz in den letzten {weeks} Wochen"
        case LoadBelow(load_kg=None, goal_kg=goal):
            return f"noch kein Satz mit bekannter Last; das Fernziel ist {load(goal)}"
        case LoadBelow(load_kg=heaviest, goal_kg=goal):
            return f"noch kein Satz nahe {load(goal)}; der schwerste hatte {load(heaviest or 0.0)}"
        case CommonFault(fault=found, reps=reps, of=of):
            return f"{fault(found)}: {limit.percent:.0f} % der Wdh., die nicht gut waren ({reps} von {of})"
        case ReasonsUnknown(reps=reps):
            return f"{reps} Wdh. waren nicht gut; warum, zeigt sich, wenn ihre Sitzungen neu gelesen sind"
        case NothingJudged():
            return "keine Wdh. nahe dieser Last ließ sich beurteilen"
        case LoweringShort(seconds=seconds, goal_s=goal):
            return f"in {decimal(seconds)} s gesenkt, das Fernziel sind {plain(goal)} s"
        case LoadMissing(load_kg=heaviest, goal_kg=goal):
            return f"nur die Last: {load(heaviest)} von {load(goal)}, alles andere ist da"
        case FewReps(least=least):
            return f"alles ist da; eine Sitzung mit der Last des Fernziels braucht {least} beurteilte Wdh."
        case _:
            assert_never(limit)


def dose_jump(jump: DoseJump) -> str:
    """Return that the dose of the lowerings jumps after soreness; an advice that blocks nothing."""
    percent = jump.percent
    if percent is None:
        much = f"mehr als nichts in den {jump.weeks} Wochen davor"
    else:
        much = f"{percent:.0f} % über dem Mittel der {jump.weeks} Wochen davor"
    sore = f"nach Muskelkater {plain(jump.soreness)} von 10"
    if jump.planned:
        return (
            f"Mit diesem Plan läge die Senkdosis von sieben Tagen {much}, {sore}. "
            "Weniger Sätze oder weniger Last halten sie niedriger."
        )
    return f"Die Senkdosis von sieben Tagen lag {much}, {sore}."
