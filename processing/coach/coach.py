"""The coach of a running session: from what the pipeline hands on to verdicts, cues and the plan.

Live and in a replay it gets the same updates in the same order, and says the same.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, assert_never

import numpy as np

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.coach.beginning import as_metadata
from processing.coach.count_watch import CannotCount, CountTrouble, CountWatch
from processing.coach.cues import (
    Cue,
    CueConfig,
    CueKind,
    Level,
    Sound,
    heard,
    suggest_level,
)
from processing.coach.earned_silence import EarnedSilence
from processing.coach.loads import Athlete
from processing.coach.metronome import Metronome
from processing.coach.pace_watch import over_cue
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.protocol import Protocol
from processing.coach.rep_judge import RepJudge
from processing.coach.session_plan import SessionPlan
from processing.coach.set_cues import SetCues
from processing.coach.set_fields import read_number
from processing.coach.speech import PauseMark, Phrase, Speech
from processing.coach.spoken_summary import summary
from processing.coach.stop_rule import StopReached
from processing.exercises.exercise import LEG_CURL, Exercise
from processing.exercises.exercise_file import built_in
from processing.exercises.session_exercises import SessionExercises
from processing.judge.bands import personal_bands
from processing.judge.checks import DataQuality, Target, data_quality
from processing.judge.exercise_target import judges_toes, quality_for, target_for
from processing.judge.measures import LEAD_IN_S
from processing.judge.recount import FinishedSet, judge_finished_set
from processing.judge.verdict import RestJudged, Verdict
from processing.judge.zero_watch import ZeroWatch
from processing.motion.driving import unloaded_rom, unloaded_rom_deg
from processing.pipeline.marks import is_strapping
from processing.pipeline.update_kinds import Update
from processing.reps.set_life import RESUME_S
from processing.types import (
    AngleBlock,
    Dropout,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
    join_blocks,
    slice_block,
)
from sensor.types import EventKind, JsonValue

CoachOutput: TypeAlias = (
    PlanChange | Verdict | RestJudged | FinishedSet | Cue | CannotCount | StopReached
)

_MEMORY_S = 30.0
"""The angles of this time are kept between sets: more than any rep."""
LONGEST_SET_S = 900.0
"""Only so much of the end of a longer set is judged again when it is over."""
_SUMMARY_STALE_S = 10.0
"""A summary that cannot begin this long after its set is left out, s; it waits for counts and
corrections, which go before it.
"""
_TROUBLE_STALE_S = 3.0
"""A notice that reps cannot be counted is left out after this time, s."""
_COUNT_TROUBLES: Mapping[CountTrouble, Speech] = {
    CountTrouble.NOT_CALIBRATED: (
        Phrase.NOT_COUNTED,
        PauseMark.COMMA,
        Phrase.CALIBRATE_FIRST,
    ),
    CountTrouble.NO_ANGLES: (Phrase.NOT_COUNTED, PauseMark.COMMA, Phrase.CHECK_SENSORS),
    CountTrouble.NOT_STILL: (
        Phrase.NOT_COUNTED,
        PauseMark.COMMA,
        Phrase.LEG_STRAIGHT,
        PauseMark.COMMA,
        Phrase.HOLD_STILL,
    ),
}
"""The words for each trouble: what is wrong, and what to do."""
_SET_MARKS = (EventKind.SET_START, EventKind.SET_END)
RECALLED_S = 3.0
"""The angles of a set are looked at from this long before its start: its first lift may have begun."""


class Coach:
    """The coach of one session.

    Parameters
    ----------
    protocol
        The protocol of the session.
    athlete
        The person.
    config
        The settings of the cues.
    """

    def __init__(
        self, protocol: Protocol, athlete: Athlete | None = None, config: CueConfig | None = None
    ) -> None:
        self.protocol, self.athlete = protocol, athlete or Athlete()
        self.plan = SessionPlan(self.protocol, self.athlete)
        self.config = config or CueConfig()
        self.results: list[FinishedSet] = []
        self._angles: deque[AngleBlock] = deque()
        self._calibrated: Calibrated | None = None
        self._angles_known = False
        """Whether any angle was known: then a calibration was there from the beginning."""
        self._exercises = SessionExercises(built_in(LEG_CURL))
        self._exercise = self._exercises.first
        self._strapped = False
        self._zero = ZeroWatch()
        self._dropouts: deque[Dropout] = deque()
        self._earned = EarnedSilence()
        self._set: RepJudge | None = None
        self._over: RepJudge | None = None
        """The last set, as long as it may go on."""
        self._watch: CountWatch | None = None

    def use(self, exercises: SessionExercises) -> None:
        """Take the exercises of the session, before it begins."""
        self._exercises, self._exercise = exercises, exercises.first
        self.plan.exercise = exercises.first.key

    def begin(self, t: float = 0.0) -> list[CoachOutput]:
        """Start the session."""
        return list(self.plan.begin(t))

    def beginning(self) -> Mapping[str, JsonValue]:
        """Return the metadata by which a replay coaches this session in the same way."""
        return as_metadata(self.protocol, self.athlete, self.config)

    @property
    def suggested_level(self) -> Level:
        """The feedback level to offer, by the quality of the last sets."""
        qualities = [result.metrics.quality_percent for result in self.results]
        return suggest_level(self.config.level, qualities)

    def finish(self) -> list[CoachOutput]:
        """End the session; return the result of a set that is still running."""
        if self._set is None or not self._angles:
            return []
        running, self._set = self._set, None
        # The plan logs a set when it ends. This one has not, so only its start tells the load.
        load_kg = read_number(self.plan.announced("load_kg"))
        return [self._result(running, float(self._angles[-1].t[-1]), load_kg)]

    def feed(self, update: Update) -> list[CoachOutput]:
        """Take the next update of the pipeline; return the outputs that it causes."""
        out: list[CoachOutput] = []
        match update:
            case AngleBlock():
                self._remember(update)
                out = [*self._planned(update), *self._cued(update), *self._watched(update)]
                out += self._paced(update)
            case RevisedAngles():
                self._replace(update.angles)
            case PhaseChange():
                out = [*self._planned(update), *self._cued(update)]
                if self._watch is not None:
                    self._watch.follow(update)
            case Rep():
                out = [*self._planned(update), *self._cued(update), *self._judged(update)]
            case SessionEvent():
                # Sensors strapped on again sit differently: an older calibration judges nothing.
                self._strapped = self._strapped or is_strapping(update.kind, update.data)
                self._exercise = self._exercises.after(update.kind, update.data, self._exercise)
                self.plan.exercise = self._exercise.key
                out = self._marked(update)
            case Dropout():
                self._dropouts.append(update)
                out = [*self._cued(update)]
            case SensorSilent():
                out = [*self._cued(update)]
            case Calibrated():
                self._calibrated = update
                # A new zero is not enough after that: it leaves the axes as they were.
                self._strapped = self._strapped and not update.whole
                self._zero.reset()
            case CalibrationFailed() | SensorStatus():
                pass
            case _:
                assert_never(update)
        return out

    def _marked(self, event: SessionEvent) -> list[CoachOutput]:
        """Let an event change the plan; the trials of a range are no set, and end one that runs."""
        if not self._exercise.measures or event.kind not in _SET_MARKS:
            return self._planned(event)
        if self.plan.state is not SessionState.SET:
            return []
        return self._planned(replace(event, kind=EventKind.SET_END, data={}))

    def _planned(self, update: AngleBlock | PhaseChange | Rep | SessionEvent) -> list[CoachOutput]:
        """Let the plan go on; return what it changes, and what follows from that."""
        out: list[CoachOutput] = []
        for planned in self.plan.feed(update):
            # The plan makes the cues of a rest without knowing which ones are wanted.
            out += [heard(planned, self.config) if isinstance(planned, Cue) else planned]
            if isinstance(planned, PlanChange):
                out += self._plan_changed(planned)
        return out

    def _cued(self, update: AngleBlock | PhaseChange | Rep | SensorSilent | Dropout) -> list[Cue]:
        """Return the cues of the running set."""
        return [] if self._set is None else self._set.feed(update)

    def _watched(self, block: AngleBlock) -> list[CoachOutput]:
        """Return why reps cannot be counted, where they cannot."""
        found = None if self._set is None or self._watch is None else self._watch.feed(block)
        if found is None:
            return []
        speech = _COUNT_TROUBLES[found.why]
        cue = Cue(
            CueKind.NOT_COUNTED,
            found.t,
            found.t + _TROUBLE_STALE_S,
            speech,
            Sound.TRIPLE,
            speech,
            (("why", found.why.value),),
        )
        return [found, heard(cue, self.config)]

    def _paced(self, block: AngleBlock) -> list[CoachOutput]:
        """End a test whose pace is lost."""
        watch = None if self._set is None else self._set.pace
        if watch is None or not block.t.size:
            return []
        t = watch.over_within(block.t)
        if t is None:
            return []
        out: list[CoachOutput] = [heard(over_cue(t, watch), self.config)]
        for change in self.plan.end_test(t):
            out.append(heard(change, self.config) if isinstance(change, Cue) else change)
            if isinstance(change, PlanChange):
                out += self._plan_changed(change)
        return out

    def _judged(self, rep: Rep) -> list[CoachOutput]:
        """Return the verdict on a rep of the running set, with its cues."""
        if self._set is None:
            return []
        # Only the stretch that is judged: joining all blocks at every rep took tens of milliseconds.
        quality = self._quality(self._set.exercise)
        return [*self._set.judge(rep, self._since(self._set.looks_back_to(rep)), quality)]

    def _quality(self, exercise: Exercise) -> DataQuality:
        """Return the quality of the data as it counts for ``exercise``."""
        made = None if self._strapped else self._calibrated
        known = data_quality(None if made is None else made.remarks)
        if made is None and not self._strapped and self._angles_known and not judges_toes(exercise):
            # The zero of a self-calibration is a convention; neither range nor time depends on it.
            known = data_quality(())
        # Two sources of the same slip: a zero that was taken again, and rests in the start pose.
        moved = max(known.zero_moved, self._zero.moved, key=abs)
        known = replace(known, zero_moved=moved, dropouts=tuple(self._dropouts))
        return quality_for(exercise, known)

    def _remember(self, block: AngleBlock) -> None:
        if block.t.size:
            self._angles.append(block)
            self._angles_known = self._angles_known or bool(block.valid.any())
            self._zero.feed(block)
            newest = block.t.item(-1)
            kept_since = newest - _MEMORY_S
            if self._over is not None and newest > self._over.t_end + RESUME_S:
                self._over = None
            running = self._set or self._over
            if running is not None:
                # A set is judged again as a whole, but one without an end must not fill memory.
                of_set = running.t_start - LEAD_IN_S
                kept_since = min(kept_since, max(of_set, newest - LONGEST_SET_S))
            while self._dropouts and self._dropouts[0].t_end < kept_since:
                self._dropouts.popleft()
            while self._angles[0].t.item(-1) < kept_since:
                self._angles.popleft()

    def _replace(self, block: AngleBlock) -> None:
        """Take ``block`` in place of the newest angles, those since its first one."""
        if not block.t.size:
            return
        first_t = block.t.item(0)
        while self._angles and self._angles[-1].t.item(-1) >= first_t:
            last = self._angles.pop()
            kept = int(np.searchsorted(last.t, first_t))
            if kept:
                self._angles.append(slice_block(last, 0, kept))
        self._angles.append(block)

    def _since(self, t: float) -> AngleBlock:
        """Return the angles from ``t`` s on, and keep them joined for the next time."""
        recent: list[AngleBlock] = []
        while self._angles and (not recent or self._angles[-1].t[-1] >= t):
            recent.append(self._angles.pop())
        joined = join_blocks(recent[::-1])
        self._angles.append(joined)
        return slice_block(joined, int(np.searchsorted(joined.t, t)), len(joined.t))

    def _plan_changed(self, change: PlanChange) -> list[CoachOutput]:
        if change.state is SessionState.SET:
            return self._set_begun(change)
        if self._set is None:
            # A double click may have taken back the set that its first click ended.
            del self.results[len(self.plan.done) :]
            return []
        running, self._set = self._set, None
        running.t_end = change.t
        self._over = running
        if change.record is not None and not change.record.kept:
            # What was broken off before the first lift was no set.
            return []
        # The plan logs a set before it leaves it, so the last one that is done is this one.
        load_kg = self.plan.done[-1].load_kg if self.plan.done else None
        result = self._result(running, change.t, load_kg)
        # The coach needs the numbers of all sets, but the angles of none.
        self.results.append(replace(result, angles=None))
        if running.is_summed_up:
            # It went on with a lift that was no rep: the person got off.
            return [result]
        running.is_summed_up = True
        heights = running.exercise.measures_height
        speech = summary(result.verdicts, result.metrics, heights=heights)
        cue = Cue(
            CueKind.SUMMARY,
            change.t,
            change.t + _SUMMARY_STALE_S,
            speech,
            Sound.CADENCE,
            speech,
            (("set", len(self.results)),),
        )
        return [result, heard(cue, self.config)]

    def _set_begun(self, change: PlanChange) -> list[CoachOutput]:
        """Begin to judge a set, or go on with the last one."""
        over, self._over = self._over, None
        if change.goes_on and over is not None:
            self._set = over
            # Its result is replaced by that of the whole.
            del self.results[len(self.plan.done) :]
        else:
            planned = self.plan.planned_reps
            cues = SetCues(
                self._target(),
                self.config,
                planned,
                self._earned,
                first_set=not self.results,
                stop=self.plan.present_prescription().stop,
                own=self._exercise.reps,
            )
            pace = self.plan.protocol.pace_per_minute
            start_t = change.t if change.record is not None and change.record.marked else None
            delay_s = self.config.audio_delay_s
            beats = None if pace is None else Metronome(pace, delay_s, start_t)
            self._set = RepJudge(change.t, cues, self._exercise, beats)
        marked = change.record is not None and change.record.marked
        self._watch = CountWatch(
            change.t, idle=marked, calibrated=self._calibrated is not None or self._angles_known
        )
        # A lift that starts the set has begun before it was noticed.
        if self._angles:
            self._set.feed(self._since(change.t - RECALLED_S))
        return []

    def _result(self, running: RepJudge, t_end: float, load_kg: float | None) -> FinishedSet:
        calibration = self._calibrated.calibration if self._calibrated is not None else None
        t_start = running.t_start
        return judge_finished_set(
            running.verdicts,
            (t_start, t_end),
            self._since(t_start - LEAD_IN_S),
            running.target,
            self._quality(running.exercise),
            reference_rom_deg=unloaded_rom_deg(running.exercise, calibration),
            load_kg=load_kg,
            own=running.exercise.reps,
        )

    def _target(self) -> Target:
        calibration = self._calibrated.calibration if self._calibrated is not None else None
        protocol = self.plan.protocol
        bands = personal_bands(
            calibration.dorsiflexion_max if calibration is not None else None,
            calibration.plantarflexion_max if calibration is not None else None,
            self._uncertainty(),
            protocol.band_rule(self.plan.announced("bands")),
        )
        reference = unloaded_rom(self._exercise, calibration)
        target = protocol.target(self.plan.present_prescription(), bands, reference)
        return target_for(self._exercise, target)

    def _uncertainty(self) -> float:
        """Return the newest uncertainty of the ankle angle that is known, rad."""
        for block in reversed(self._angles):
            known = block.uncertainty[block.valid]
            if known.size:
                return float(known[-1])
        # Before the first valid sample: the bands need a number, and 3 degrees is the usual one.
        return float(np.radians(3.0))
