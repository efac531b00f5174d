"""One set of a session: what it asks, its count, and when and why it is over."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from processing.coach.plan_reasons import PlanCause, PlanReason
from processing.coach.set_record import SetRecord
from processing.reps.set_life import LEFT_S, longest_rest_s
from processing.types import AngleBlock, Ending, Lift, Phase, PhaseChange, Rep
from sensor.types import JsonValue

_OPEN_ENDS = (PlanCause.LAY_STILL, PlanCause.NOTHING_LIFTED, Ending.LEFT, Ending.EXPIRED)
"""A set that ended like this may go on: nobody said that it is over."""
UNSEEN_S = 0.5
"""Angles are missing if they are further apart than this, s; the grid has one every 10 ms."""


@dataclass(slots=True)
class RunningSet:
    """A set from its start until no lift can go on with it."""

    number: int
    """From 1, as the session counts its sets."""
    t_start: float
    """Its start, s."""
    marked: bool
    """Whether a person marked its start; else the first lift began it."""
    asked: Mapping[str, JsonValue]
    """The demands of the set, as the fields of its record."""
    planned_reps: int | None
    """The reps to aim at, None if open."""
    reps: int = 0
    """The whole reps so far."""
    lifts: int = 0
    """All reps so far, the partial ones included."""
    why: PlanReason | None = None
    """Why it is over; None while it runs, and where that goes without saying."""
    in_rest: bool = False
    """Whether it began in the rest after the set before, which then goes on if it was none."""
    kept: bool = False
    """Whether it is over and counts as a set of the session."""
    _seen_t: float = -math.inf
    _rest_t: float | None = None
    _gone: PhaseChange | None = None

    def count(self, rep: Rep) -> None:
        """Add a rep."""
        self.lifts += 1
        self.reps += not rep.partial

    def follow(self, change: PhaseChange) -> None:
        """Take note of where the leg is."""
        self._rest_t = change.t if change.rests else None
        gone = change.phase is Phase.IDLE and change.ending in (Ending.LEFT, Ending.EXPIRED)
        self._gone = change if gone else None

    def begun(self, t: float) -> SetRecord:
        """Return the record of its beginning, which was noticed at ``t`` s."""
        return SetRecord(self.number, self.t_start, t, self.marked, self.asked)

    def end(self, t: float, why: PlanReason | None, *, kept: bool) -> SetRecord:
        """End it at ``t`` s; return the record of that."""
        self.why, self.kept = why, kept
        return SetRecord(
            self.number,
            t,
            t,
            self.marked,
            over=True,
            why=str(why or ""),
            kept=kept,
            reps=self.reps,
        )

    def goes_on(self, change: PhaseChange) -> bool:
        """Return whether ``change`` is a lift that goes on with this set, which is over."""
        return change.lift is Lift.SAME and self.lifts > 0 and self.why in _OPEN_ENDS

    def reopen(self, *, in_rest: bool) -> None:
        """Go on after an end, which may have been a cancellation within a rest."""
        self.why, self.kept, self.in_rest = None, False, in_rest
        self._rest_t = self._gone = None

    def over(self, block: AngleBlock) -> tuple[float, PlanReason] | None:
        """Return when (s) and why the set is over within ``block`` of angles, None if it goes on."""
        unseen = self._unseen(block)
        # A marked set may wait for its first rep for as long as it likes.
        if self.marked and not self.reps:
            return None
        if self._rest_t is not None:
            due = self._rest_t + longest_rest_s(self.reps, self.planned_reps, marked=self.marked)
            if unseen is not None and unseen[0] < due:
                # Nobody knows what the leg did meanwhile: a lost sensor ends no set.
                self._rest_t = unseen[1]
            elif block.t.item(-1) >= due:
                return due, PlanCause.LAY_STILL
        if self._gone is not None and self._gone.ending is not None:
            due = self._gone.noticed_t + LEFT_S
            if block.t.item(-1) >= due:
                return due, self._gone.ending
        return None

    def _unseen(self, block: AngleBlock) -> tuple[float, float] | None:
        """Return from when to when (s) no rep can be seen in ``block``, None if all are."""
        before, self._seen_t = self._seen_t, block.t.item(-1)
        missing = block.t[~block.driving_valid]
        if block.t.item(0) - before > UNSEEN_S and before > -math.inf:
            return before, float(missing[-1] if missing.size else block.t[0])
        return (float(missing[0]), float(missing[-1])) if missing.size else None
