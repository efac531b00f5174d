"""The goals of the person, kept in their file. No Qt."""

from pathlib import Path

from gui.models.chosen_coach import KG_PER_LB
from processing.library.goal_file import Goals, load_goals, save_goals
from sensor.errors import DocumentError


class GoalModel:
    """The goals and aims of the person.

    Parameters
    ----------
    path
        The file; None for that of this user.

    Attributes
    ----------
    goals
        The goals that are in force.
    trouble
        The error of reading or saving them; empty for none.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.use(path)

    def use(self, path: Path | None) -> None:
        """Read the goals of another file, which is then written."""
        self._path = path
        self.goals = Goals()
        self.trouble = ""
        self._readable = True
        try:
            self.goals = load_goals(path)
        except DocumentError as error:
            # A damaged file must not keep anybody from training; it is not overwritten.
            self.trouble, self._readable = str(error), False

    def change(self, goals: Goals) -> None:
        """Put other goals into force and save them; :attr:`trouble` tells if that fails."""
        self.goals = goals
        if not self._readable:
            return
        try:
            save_goals(goals, self._path)
        except DocumentError as error:
            # They hold for as long as the window is open.
            self.trouble = str(error)
        else:
            self.trouble = ""


def loads_in(unit: str) -> tuple[float, str]:
    """Return the factor from kg to the unit in which History shows loads, and that unit."""
    # Plates have no known weight.
    return (1.0 / KG_PER_LB, "lb") if unit == "lb" else (1.0, "kg")
