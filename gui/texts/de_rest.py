"""The result of a set in German: how it went in one line, and what to do in the next one."""

from collections.abc import Sequence
from typing import assert_never

from gui.texts.de_numbers import decimal, plain
from gui.texts.de_verdicts import reason
from processing.judge.reasons import (
    Correction,
    Lifted,
    Lowered,
    NeverPointed,
    Pointed,
    Reason,
    RestedAtTop,
)


def set_result(
    count: int, judged: int, good: int, lowering_s: float | None, best_deg: float | None = None
) -> str:
    """Return how many reps a set had, how many were good, how long they took and how high they were.

    Parameters
    ----------
    count, judged, good
        Numbers of reps.
    lowering_s
        Mean time of the lowerings; None leaves it out.
    best_deg
        Largest height; None where a set has none.
    """
    if not count:
        return "Keine Wdh. gezählt."
    reps = f"{count} Wdh."
    if judged:
        reps += ", alle gut." if good == count > 1 else f", {good} gut."
    lowering = "" if lowering_s is None else f" Absenken {decimal(lowering_s)}\u00a0s."
    best = "" if best_deg is None else f" Höchste\u00a0{best_deg:.0f}°."
    return f"{reps}{lowering}{best}"


def next_time(numbers: Sequence[int], found: Reason) -> str:
    """Return the reps that had the same fault, and what to do about it in the next set."""
    if found.correction is Correction.NOT_JUDGED:
        return f"{_reps(numbers)} nicht gewertet: {reason(found)}."
    return f"{_reps(numbers)}: {advice(found)}."


def same_again() -> str:
    """Return what to do after a set without a fault."""
    return "Genau so weiter."


def advice(found: Reason) -> str:
    """Return what to do in the next set, as a sentence without capital and full stop."""
    match found.correction:
        case Correction.NOT_JUDGED:
            return reason(found)
        case Correction.HIGHER:
            return "den ganzen Weg nutzen"
        case Correction.POINT_TOES:
            never = isinstance(found, NeverPointed)
            return "oben die Zehen strecken" if never else "die Zehen bis zum Ende gestreckt lassen"
        case Correction.POINT_EARLIER:
            return "den Fuß schon oben umstellen"
        case Correction.TOES_UP:
            return "die Zehen oben halten"
        case Correction.NO_DROP:
            return "gleichmäßig absenken"
        case Correction.SLOWER:
            return f"langsamer absenken, in {_target(found)} s"
        case Correction.FASTER:
            return f"schneller absenken, in {_target(found)} s"
        case Correction.LIFT_FASTER:
            return "schneller heben"
        case Correction.LIFT_SLOWER:
            return f"langsamer heben, in {_target(found)} s"
        case Correction.REST_LESS:
            return f"{'oben' if isinstance(found, RestedAtTop) else 'unten'} kürzer ruhen"
        case Correction.KEEP_KNEE:
            return "das Knie halten, wie es ist"
        case _:
            assert_never(found.correction)


def on_curve(number: int, found: Reason) -> str:
    """Return what was wrong with a rep, for the name of its curve."""
    if isinstance(found, Pointed):
        return f"Wdh. {number}: bei {100 * found.height:.0f} % der Höhe umgestellt"
    return f"Wdh. {number}: {reason(found)}"


def _target(found: Reason) -> str:
    return plain((found.target_s or 0.0) if isinstance(found, Lowered | Lifted) else 0.0)


def _reps(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Wdh. {numbers[0]}"
    first = ", ".join(str(number) for number in numbers[:-1])
    return f"Wdh. {first} und {numbers[-1]}"
