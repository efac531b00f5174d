"""The plans to choose from: those of the program that fit an exercise, then the person's own."""

from collections.abc import Sequence
from pathlib import Path

from gui.models.chosen_exercise import fitting_protocols
from gui.translations import texts
from processing.coach.own_protocols import OwnProtocol
from processing.coach.protocol_file import built_in, built_in_names
from processing.exercises.exercise import Exercise


def plan_choices(
    chosen: str, exercise: Exercise, own: Sequence[OwnProtocol], *, above_maximum: bool
) -> list[tuple[str, str]]:
    """Return the word and the name of each plan.

    Parameters
    ----------
    chosen
        The plan that is chosen now; it is among them wherever its file is.
    exercise
        The exercise that they fit.
    own
        The person's own plans; those whose file is wrong are left out.
    above_maximum
        Whether plans with sets above the maximum are among them, which have a warning of their own.
    """
    found: list[tuple[str, str]] = []
    for name in fitting_protocols(exercise):
        if name not in built_in_names():
            continue
        known = built_in(name)
        if above_maximum or not known.is_supramaximal or name == chosen:
            title = texts().plan.protocol_title(name, known.title)
            found.append((f"{name} · {title}", name))
    for one in own:
        plan = one.protocol
        fits = plan is not None and plan.fits(exercise)
        if plan is not None and fits and (above_maximum or not plan.is_supramaximal):
            found.append((plan.title, str(one.path)))
    if all(name != chosen for _, name in found):
        found.append((Path(chosen).stem, chosen))
    return found
