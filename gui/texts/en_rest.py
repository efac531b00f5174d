"""The result of a set in English: how it went in one line, and what to do in the next one."""

from collections.abc import Sequence
from typing import assert_never

from gui.texts.en_verdicts import reason
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
        return "No rep was counted."
    reps = "1 rep" if count == 1 else f"{count} reps"
    if judged:
        reps += ", all good" if good == count > 1 else f", {good} good"
    lowering = "" if lowering_s is None else f" Lowering {lowering_s:.1f}\u00a0s."
    best = "" if best_deg is None else f" Best\u00a0{best_deg:.0f}°."
    return f"{reps}.{lowering}{best}"


def next_time(numbers: Sequence[int], found: Reason) -> str:
    """Return the reps that had the same fault, and what to do about it in the next set."""
    if found.correction is Correction.NOT_JUDGED:
        verb = "was" if len(numbers) == 1 else "were"
        return f"{_reps(numbers)} {verb} not judged: {reason(found)}."
    return f"{_reps(numbers)}: {advice(found)}."


def same_again() -> str:
    """Return what to do after a set without a fault."""
    return "The same again."


def advice(found: Reason) -> str:
    """Return what to do in the next set, as a sentence without capital and full stop."""
    match found.correction:
        case Correction.NOT_JUDGED:
            return reason(found)
        case Correction.HIGHER:
            return "use the whole range"
        case Correction.POINT_TOES:
            never = isinstance(found, NeverPointed)
            return "point your toes at the top" if never else "keep your toes pointed to the end"
        case Correction.POINT_EARLIER:
            return "switch the foot at the top"
        case Correction.TOES_UP:
            return "keep your toes up"
        case Correction.NO_DROP:
            return "let it down evenly"
        case Correction.SLOWER:
            return f"take {_target(found)} s to lower"
        case Correction.FASTER:
            return f"lower faster, in {_target(found)} s"
        case Correction.LIFT_FASTER:
            return "lift faster"
        case Correction.LIFT_SLOWER:
            return f"lift slower, in {_target(found)} s"
        case Correction.REST_LESS:
            where = "top" if isinstance(found, RestedAtTop) else "bottom"
            return f"rest less at the {where}"
        case Correction.KEEP_KNEE:
            return "keep the knee as it is"
        case _:
            assert_never(found.correction)


def on_curve(number: int, found: Reason) -> str:
    """Return what was wrong with a rep, for the name of its curve."""
    if isinstance(found, Pointed):
        return f"rep {number}: switched at {100 * found.height:.0f} % of the height"
    return f"rep {number}: {reason(found)}"


def _target(found: Reason) -> str:
    return f"{(found.target_s or 0.0) if isinstance(found, Lowered | Lifted) else 0.0:g}"


def _reps(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Rep {numbers[0]}"
    first = ", ".join(str(number) for number in numbers[:-1])
    return f"Reps {first} and {numbers[-1]}"
