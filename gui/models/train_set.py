"""One set while it runs and after it: its reps, their verdicts, and how the count came out. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from gui.models.angle_history import AngleHistory
from gui.models.train_plan import PlannedSet
from processing.analysis import TrainingSet
from processing.coach.checks import DataQuality, Grade, Target
from processing.coach.measures import LEAD_IN_S
from processing.coach.metrics import set_metrics
from processing.coach.verdict import Verdict, judge
from processing.judging import JudgedSet
from processing.reps.config import RepConfig
from processing.reps.segmentation import segment
from processing.types import AngleBlock, Dropout, Rep, counted

REFERENCE_REPS = 2
"""The first whole reps of a set replace the unloaded curl as the measure of a full range."""


class Recount(Enum):
    """Why the final count of a set differs from the live one."""

    SEEN_LATER = auto()
    """A rep was only seen in hindsight."""
    WHOLE = auto()
    """A rep that looked partial was a whole one."""
    PARTIAL = auto()
    """A rep that was counted fell short."""
    NONE = auto()
    """What was counted was no rep."""


@dataclass(frozen=True, slots=True)
class CountChange:
    """The live count became another one; ``number`` is the rep that made the difference."""

    live: int
    final: int
    number: int
    why: Recount


class TrainSet:
    """A set from its beginning on.

    Parameters
    ----------
    planned
        What it shall be.
    target
        What its reps are judged against.
    t_start
        When it began, s.
    marked
        Whether a person said so; else the first lift began it.
    """

    def __init__(
        self, planned: PlannedSet, target: Target, t_start: float, *, marked: bool
    ) -> None:
        self.planned = planned
        self.target = target
        self.t_start = t_start
        self.marked = marked
        self.t_end: float | None = None
        self.change: CountChange | None = None
        self.verdicts: list[Verdict] = []

    @property
    def number(self) -> int:
        """Which set of the session it is, from 1."""
        return self.planned.number

    @property
    def count(self) -> int:
        """How many whole reps there are."""
        return len(counted([verdict.rep for verdict in self.verdicts]))

    @property
    def judged(self) -> int:
        """How many whole reps have a verdict."""
        return sum(v.grade is not Grade.NOT_JUDGED for v in self._whole)

    @property
    def good(self) -> int:
        """How many whole reps were good."""
        return sum(v.grade is Grade.GOOD for v in self._whole)

    @property
    def lowering_s(self) -> float | None:
        """The mean time of the lowerings, None without reps."""
        times = [v.measures.eccentric_s for v in self._whole]
        return float(np.mean(times)) if times else None

    @property
    def _whole(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.rep.partial]

    def take(self, verdict: Verdict) -> None:
        """Take the coach's verdict on a live rep: what is shown is what is said."""
        self.target = verdict.target
        self.verdicts.append(verdict)

    def finish(
        self, t: float, history: AngleHistory, dropouts: Sequence[Dropout], config: RepConfig
    ) -> None:
        """End the set at ``t`` s: find its reps again, in hindsight, and judge those."""
        self.t_end = t
        angles = history.since(self.t_start - LEAD_IN_S)
        if angles is None:
            return
        live = [verdict.rep for verdict in self.verdicts]
        near = [gap for gap in dropouts if gap.t_end > self.t_start]
        final = segment(angles, config, sets=[(self.t_start, t)], dropouts=near)
        self.change = count_change(live, final)
        target = replace(self.target, reference_rom=_reference_rom(final, self.target))
        last = self.verdicts[-1].quality if self.verdicts else DataQuality()
        quality = replace(last, dropouts=tuple(near))
        self.verdicts = [self._judge(rep, angles, target, quality) for rep in final]

    def judged_set(self, load_kg: float | None) -> JudgedSet:
        """Return the set as a review shows it."""
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
                plan={},
            ),
            type=self.planned.plan.type,
            load_kg=load_kg,
            side="",
            target=self.target,
            verdicts=verdicts,
            metrics=set_metrics(verdicts, load_kg),
        )

    def _judge(self, rep: Rep, angles: AngleBlock, target: Target, quality: DataQuality) -> Verdict:
        verdict = judge(rep, angles, target, quality)
        if target.tempo is None and target.lower is None:
            # Nothing was asked for, so nothing is judged.
            return replace(verdict, grade=Grade.NOT_JUDGED, reason=None)
        return verdict


def _reference_rom(reps: Sequence[Rep], target: Target) -> float | None:
    whole = [one.rom for one in counted(reps)][:REFERENCE_REPS]
    return float(np.median(whole)) if len(whole) == REFERENCE_REPS else target.reference_rom


def count_change(live: Sequence[Rep], final: Sequence[Rep]) -> CountChange | None:
    """Return how the count of ``final`` differs from that of ``live``, None if it does not."""
    before, after = len(counted(live)), len(counted(final))
    if before == after:
        return None
    if after > before:
        for rep in counted(final):
            same = [one for one in live if _overlap(one, rep)]
            if not counted(same):
                why = Recount.WHOLE if same else Recount.SEEN_LATER
                return CountChange(before, after, rep.number, why)
        return CountChange(before, after, after, Recount.SEEN_LATER)
    for rep in counted(live):
        same = [one for one in final if _overlap(one, rep)]
        if not counted(same):
            why = Recount.PARTIAL if same else Recount.NONE
            return CountChange(before, after, rep.number, why)
    return CountChange(before, after, before, Recount.NONE)


def _overlap(one: Rep, other: Rep) -> bool:
    """Return whether each has its top within the other."""
    return (
        one.t_start <= other.t_ecc <= one.t_bottom or other.t_start <= one.t_ecc <= other.t_bottom
    )
