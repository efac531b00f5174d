"""A set while it runs and after it: reps, verdicts, and the recount. No Qt."""

import math
from collections.abc import Iterable

import numpy as np

from gui.models.set_picture import SetFault, SetPicture, set_fault, set_picture
from gui.models.train_plan import PlannedSet
from processing.coach.cues import Level, suggest_level
from processing.coach.plan_reasons import PlanCause, PlanReason
from processing.exercises.exercise import Exercise
from processing.judge.checks import Grade, Target
from processing.judge.recount import FinishedSet, Recount
from processing.judge.set_metrics import set_metrics
from processing.judge.verdict import Verdict
from processing.review.judged_sets import JudgedSet
from processing.review.training_sets import TrainingSet
from processing.types import counted

LATE_END_S = 10.0
"""A mark this soon after a marked set has ended by itself is the late mark of its end, s.

The person gets up, which ends the set, and only then reaches the clicker.
"""


class LiveSet:
    """A set of the running session: judged live, and recounted when it is over.

    Parameters
    ----------
    planned
        Its prescription.
    target
        The targets by which its reps are judged.
    t_start
        Start, session time in s.
    marked
        Whether the person marked its start; else it began with the first lift.
    exercise
        What is trained in it.

    Attributes
    ----------
    picture, fault
        The curves of its reps, and what to change in the next set; None until it is over.
    """

    def __init__(
        self,
        planned: PlannedSet,
        target: Target,
        t_start: float,
        *,
        marked: bool,
        exercise: Exercise,
    ) -> None:
        self.planned = planned
        self.rest_s = planned.prescription.rest_s
        """The planned rest after it, s; it may still change while it runs."""
        self.target = target
        self.t_start = t_start
        self.marked = marked
        self.t_end: float | None = None
        self.ended_by_itself = False
        self.recount: Recount | None = None
        self.verdicts: list[Verdict] = []
        self.exercise = exercise
        self.picture: SetPicture | None = None
        self.fault: SetFault | None = None

    @property
    def number(self) -> int:
        """The number of the set in the session, from 1."""
        return self.planned.number

    @property
    def count(self) -> int:
        """Number of whole reps."""
        return len(counted([verdict.rep for verdict in self.verdicts]))

    @property
    def judged(self) -> int:
        """Number of whole reps that are judged."""
        return sum(v.grade is not Grade.NOT_JUDGED for v in self._whole)

    @property
    def good(self) -> int:
        """Number of whole reps that are good."""
        return sum(v.grade is Grade.GOOD for v in self._whole)

    @property
    def quality_percent(self) -> float | None:
        """Share of good reps among the judged ones; None without any."""
        return 100.0 * self.good / self.judged if self.judged else None

    @property
    def lowering_s(self) -> float | None:
        """Mean time of the lowerings; None without reps."""
        times = [v.measures.eccentric_s for v in self._whole]
        return float(np.mean(times)) if times else None

    @property
    def _whole(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.rep.partial]

    def take(self, verdict: Verdict) -> None:
        """Add the coach's verdict on a live rep, so that the screen shows what the voice says."""
        self.target = verdict.target
        self.verdicts.append(verdict)

    def replace_last(self, verdict: Verdict) -> None:
        """Take the verdict on the last rep again, now that the rest after it is known."""
        self.verdicts[-1:] = [verdict]

    def finish(self, result: FinishedSet) -> None:
        """Replace the live reps by those of the recount of the whole set."""
        self.t_start, self.t_end = result.t_start, result.t_end
        self.recount = result.recount
        self.target = result.target
        self.verdicts = list(result.verdicts)
        # The curves have few points: the angles themselves would fill the memory of a session.
        judged = self.judged_set(None)
        self.fault = set_fault(judged)
        if result.angles is not None:
            self.picture = set_picture(judged, result.angles)

    def end(self, t_end: float, why: PlanReason | None) -> None:
        """End the set at ``t_end`` s."""
        self.t_end = t_end
        self.ended_by_itself = why not in (PlanCause.MARKED, PlanCause.KEY, PlanCause.CRAMP)

    def ends_late(self, now_s: float) -> bool:
        """Return whether a mark at ``now_s`` s is the late mark of the end that came by itself."""
        if self.t_end is None or not (self.marked and self.ended_by_itself):
            return False
        return now_s - self.t_end <= LATE_END_S

    def reopen(self) -> None:
        """Go on after an end that was none."""
        self.t_end = self.recount = self.picture = self.fault = None
        self.ended_by_itself = False

    def judged_set(self, load_kg: float | None) -> JudgedSet:
        """Return the set in the form of the review."""
        reps = tuple(verdict.rep for verdict in self.verdicts)
        t_end = self.t_end if self.t_end is not None else math.inf
        verdicts = tuple(self.verdicts)
        return JudgedSet(
            source=TrainingSet(
                number=self.number,
                t_start=self.t_start,
                t_end=t_end,
                reps=reps,
                live=reps,
                marked=self.marked,
                prescription={},
                type=self.planned.prescription.type,
                load_kg=load_kg,
                exercise=self.exercise,
            ),
            target=self.target,
            verdicts=verdicts,
            metrics=set_metrics(verdicts, load_kg),
        )


def level_to_offer(level: Level, sets: Iterable[LiveSet]) -> Level | None:
    """Return the level of less feedback that the last ``sets`` allow; None for no change."""
    suggested = suggest_level(level, [each.quality_percent for each in sets])
    return suggested if suggested is not level else None
