"""The dose of the last weeks against that of the session that is about to begin. No Qt."""

from collections.abc import Sequence
from datetime import datetime

from processing.library import LibrarySession
from processing.library.dose import DoseJump, dose_jump


class DoseBefore:
    """The warning of a jump of the dose, asked for in every frame and computed when something changes.

    Parameters
    ----------
    sessions
        The earlier sessions of the person.
    now
        The time at which the session begins, with its time zone; None: there is nothing to compare.
    """

    def __init__(
        self, sessions: Sequence[LibrarySession] = (), now: datetime | None = None
    ) -> None:
        self._sessions = tuple(sessions)
        self._now = now
        self._asked: tuple[float | None, float, float] | None = None
        self._jump: DoseJump | None = None

    def jump(self, soreness: float | None, planned_kgs: float, planned_s: float) -> DoseJump | None:
        """Return the jump of the dose if the plan is trained; None if there is none.

        Parameters
        ----------
        soreness
            The soreness that the person reports now; None: not reported.
        planned_kgs, planned_s
            The planned dose, as load times lowering time and as lowering time.
        """
        asked = soreness, planned_kgs, planned_s
        if self._now is not None and asked != self._asked and (planned_kgs or planned_s):
            self._asked = asked
            self._jump = dose_jump(
                self._sessions,
                self._now,
                soreness=soreness,
                planned_kgs=planned_kgs,
                planned_s=planned_s,
            )
        return self._jump if asked == self._asked else None
