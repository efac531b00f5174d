"""The plan as a list in English: names of own plans, what is kept unseen, and limits."""

from collections.abc import Sequence
from typing import assert_never

from processing.coach.kept_features import Kept
from processing.coach.own_protocols import NameFlaw


def name_flaw(flaw: NameFlaw) -> str:
    """Return why a plan cannot have a name, and what to do."""
    match flaw:
        case NameFlaw.EMPTY:
            return "Give it a name first."
        case NameFlaw.TOO_LONG:
            return "The name is too long: at most 40 letters."
        case NameFlaw.SIGNS:
            return 'A name cannot have / \\ : * ? " < > |, and no dot at its ends.'
        case NameFlaw.BUILT_IN:
            return "A plan of the program is called so. Choose another name."
        case NameFlaw.DEVICE:
            return "Windows keeps this name for a device. Choose another one."
        case _:
            assert_never(flaw)


def kept(features: Sequence[Kept]) -> str:
    """Return which features of a plan are kept without being shown; empty for none."""
    if not features:
        return ""
    words = ", ".join(_kept(one) for one in features)
    return f"Not shown here, and kept as it is: {words}."


def _kept(one: Kept) -> str:
    match one:
        case Kept.TOES:
            return "its own positions of the toes"
        case Kept.TO_FAILURE:
            return "sets until you stop"
        case Kept.ADVISED_LOAD:
            return "the advised load in % of your maximum"
        case Kept.STOP_RULE:
            return "its stop rule"
        case Kept.RATIO:
            return "the learned ratio of the two loads"
        case Kept.RAMP_IN:
            return "the gentler first weeks"
        case Kept.BANDS:
            return "its own target for the toes"
        case Kept.HARD_POINTING:
            return "stronger pointing"
        case Kept.LIMITS:
            return "its own limits of good and near"
        case Kept.PACE:
            return "the metronome"
        case Kept.WEEKS:
            return "sessions a week and weeks"
        case Kept.WARNING:
            return "its warning"
        case _:
            assert_never(one)


def limited(sets: int | None, reps: int) -> str:
    """Return to how much the coach limits a session in the first weeks."""
    most = f"{reps} reps" if sets is None else f"{sets} sets of {reps} reps"
    return f"Your first weeks with this plan: the coach allows at most {most} a session."
