"""The verdicts and cues of the set that runs."""

from dataclasses import replace
from typing import TypeAlias

from processing.coach.cues import Cue
from processing.coach.metronome import Metronome
from processing.coach.pace_watch import PaceWatch
from processing.coach.set_cues import SetCues
from processing.coach.stop_rule import StopReached
from processing.exercises.exercise import Exercise
from processing.judge.checks import DataQuality, Target
from processing.judge.measures import LEAD_IN_S
from processing.judge.recount import reference_rom
from processing.judge.verdict import RestJudged, Verdict, judge, with_rest
from processing.reps.set_life import START_POSE_S
from processing.types import AngleBlock, Dropout, PhaseChange, Rep, SensorSilent

_Judged: TypeAlias = Verdict | RestJudged | StopReached | Cue


class RepJudge:
    """Judges and cues the reps of the running set; keeps its target and the verdicts so far.

    Parameters
    ----------
    t
        When the set was noticed, s.
    cues
        The cues of its reps.
    exercise
        What is trained in it.
    metronome
        Its pace, None without one.
    """

    def __init__(
        self, t: float, cues: SetCues, exercise: Exercise, metronome: Metronome | None = None
    ) -> None:
        self.exercise = exercise
        self.verdicts: list[Verdict] = []
        self.t_end = t
        self.is_summed_up = False
        """Whether the last summary told all of its reps."""
        self._noticed_s = t
        self._cues, self._metronome = cues, metronome
        pace = cues.target.pace
        self.pace = None if pace is None else PaceWatch(pace)
        """The pace of a test; None without one."""

    @property
    def target(self) -> Target:
        """The target of its reps; the full range is learned from its first reps."""
        return self._cues.target

    @property
    def t_start(self) -> float:
        """Its start, s: a set that nobody marked is noticed only when its first lift runs."""
        first = self.verdicts[0].rep.t_begin - START_POSE_S if self.verdicts else self._noticed_s
        return min(first, self._noticed_s)

    def feed(self, update: AngleBlock | PhaseChange | Rep | SensorSilent | Dropout) -> list[Cue]:
        """Return the cues that an update causes."""
        beats: list[Cue] = []
        if self._metronome is not None and isinstance(update, AngleBlock | PhaseChange):
            beats = self._metronome.feed(update)
        return [*beats, *self._cues.feed(update)]

    def judge(self, rep: Rep, angles: AngleBlock, quality: DataQuality) -> list[_Judged]:
        """Return the verdict on a rep, and the cues that it causes."""
        rested = self._rested(rep, angles, quality)
        verdict = judge(rep, angles, self._cues.target, quality)
        self.verdicts.append(verdict)
        self.is_summed_up = self.is_summed_up and rep.partial
        self._cues.off_pace = None if self.pace is None else self.pace.count(rep)
        cues = self._cues.feed(verdict)
        self._learn_range()
        stops, self._cues.stops = self._cues.stops, []
        return [*rested, verdict, *stops, *cues]

    def looks_back_to(self, rep: Rep) -> float:
        """Return from when on (s) the angles are needed to judge ``rep``, and the rest before it."""
        first = self.verdicts[-1].rep if self.verdicts else rep
        return first.t_begin - LEAD_IN_S

    def _rested(self, rep: Rep, angles: AngleBlock, quality: DataQuality) -> list[_Judged]:
        """Judge the rest before ``rep``, whose start is known only now."""
        if not self.verdicts:
            return []
        self.verdicts[-1] = with_rest(self.verdicts[-1], rep, angles, quality)
        t = rep.t_over if rep.noticed_t is None else rep.noticed_t
        return [RestJudged(self.verdicts[-1], t)]

    def _learn_range(self) -> None:
        """Take the first two whole reps as the full range of this set."""
        known = self._cues.target.reference_rom
        learned = reference_rom([verdict.rep for verdict in self.verdicts], known)
        self._cues.target = replace(self._cues.target, reference_rom=learned)
