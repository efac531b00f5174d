"""The model of Train: it follows the outputs of the session. No Qt."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from gui.models.dose_before import DoseBefore
from gui.models.live import LiveModel
from gui.models.notices import Notice, Taken
from gui.models.questions import Question
from gui.models.sensor_trouble import sensor_trouble
from gui.models.settings import Settings
from gui.models.silence import LOST_S, AngleSilence
from gui.models.taken_inputs import TakenInputs
from gui.models.train_bands import drawn_bands, phase_spans
from gui.models.train_plan import PlannedSet, PlanRow, TrainPlan
from gui.models.train_reps import set_view
from gui.models.train_set import LiveSet, level_to_offer
from gui.models.train_view import Alarm, Face, Glance, PhaseSpan, Rest, SetProgress, Trouble
from processing.calibration.calibration_steps import StepEnded, StepProgress, StepStarted
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.coach.count_watch import CannotCount
from processing.coach.cues import Cue, Level
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import Refusal
from processing.coach.plan_sets import rest_after
from processing.coach.stop_rule import StopReached
from processing.exercises.exercise import Exercise
from processing.judge.bands import Bands, BandTracker
from processing.judge.recount import FinishedSet
from processing.judge.verdict import RestJudged, Verdict
from processing.library import Past
from processing.library.goal_file import Goals
from processing.pipeline.guided_calibration import GuideEnded
from processing.pipeline.marks import PlanEventKind
from processing.pipeline.shin_ahead import ShinAhead
from processing.review.judged_sets import JudgedSet
from processing.session import SessionOutput
from processing.types import (
    AngleBlock,
    Dropout,
    Phase,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
)
from sensor.recording import RecordingMoved
from sensor.types import EventKind, JsonValue

KEPT_SETS = 50
"""More sets than anybody does in a session; the bound keeps memory small."""
_FACES = {
    SessionState.STOPPED: Face.STOPPED,
    SessionState.REFUSED: Face.REFUSED,
    SessionState.DONE: Face.DONE,
}


class TrainModel:
    """The state of a training session: its sets, plan, verdicts and troubles.

    Give it the same outputs as ``live``, after ``live``. A ``wall_s`` is a time of the monotonic
    clock in s, by which it notices that no output comes any more. :attr:`before` is the dose of the
    person's last weeks, from which the plan is compared before the first set.
    """

    def __init__(self, live: LiveModel, settings: Settings) -> None:
        self.live = live
        self.plan = TrainPlan(settings)
        self.running = False
        self.before = DoseBefore()
        self._uncounted: CannotCount | None = None
        self._stop: StopReached | None = None
        self._clear()

    def use(self, settings: Settings) -> None:
        """Use other settings."""
        self.plan.use(settings)
        self._set_bands()

    def use_goals(self, goals: Goals) -> None:
        """Use other goals for the sets to come."""
        self.plan.goals = goals

    def begin(self, wall_s: float, past: Past | None = None, *, asks: bool = False) -> None:
        """Begin another session.

        Parameters
        ----------
        wall_s
            Time of the monotonic clock.
        past
            The earlier sessions of the person.
        asks
            Whether the person is asked for self-reports; False for recordings of others.
        """
        self.plan = TrainPlan(self.plan.settings, past, self.plan.goals)
        self.before = DoseBefore()
        self._clear()
        self.inputs = TakenInputs(asks=asks)
        self.running = True
        self.silence = AngleSilence(wall_s)

    def end(self) -> None:
        """End the current set with the session; its values stay on the screen."""
        if self.current is not None and self.current.t_end is None:
            self.current.t_end = self.live.now
        self.running = False

    def take(self, outputs: Iterable[SessionOutput], wall_s: float) -> None:
        """Update the model by outputs of the session, oldest first; call it with none as well."""
        self.silence.wall_s = wall_s
        for one in outputs:
            self._take(one, wall_s)

    def _take(self, output: SessionOutput, wall_s: float) -> None:
        match output:
            case AngleBlock():
                self._take_angles(output)
            case Verdict() | RestJudged():
                self._take_verdict(output)
            case PlanChange():
                self._take_plan(output)
            case FinishedSet():
                self._take_result(output)
            case CannotCount():
                self._uncounted = output
            case StopReached():
                self._stop = output
            case Calibrated() | CalibrationFailed():
                self.inputs.take_calibration(output, wall_s)
                self._set_bands()
            case GuideEnded():
                self.inputs.end_guide()
            case SessionEvent():
                self._take_event(output, wall_s)
            case (
                PhaseChange()
                | Rep()
                | Dropout()
                | RevisedAngles()
                | SensorSilent()
                | SensorStatus()
                | Cue()
                | StepStarted()
                | StepProgress()
                | StepEnded()
                | RecordingMoved()
                | ShinAhead()
            ):
                pass
            case _:
                assert_never(output)

    @property
    def exercise(self) -> Exercise:
        """The exercise in hand, before a session that of the settings."""
        return self.live.exercise or self.plan.exercise

    @property
    def now(self) -> float:
        """The session time, s. It goes on while no sensor sends anything, as a rest does."""
        return self.silence.now(self.live.now) if self.running else self.live.now

    @property
    def current(self) -> LiveSet | None:
        """The running set, or the last one; None before the first."""
        return self.sets[-1] if self.sets else None

    @property
    def in_set(self) -> bool:
        """Whether a set runs."""
        return self.current is not None and self.current.t_end is None

    @property
    def ends_late(self) -> bool:
        """Whether a mark now belongs to the end of a set that has already ended by itself."""
        return self.current is not None and self.current.ends_late(self.live.now)

    @property
    def number(self) -> int:
        """The number of the current set, or else of the next one, from 1."""
        if self.current is None:
            return 1
        return self.current.number + (0 if self.in_set else 1)

    @property
    def planned(self) -> PlannedSet:
        """The prescription of the current set, or else of the next one."""
        return self.plan.planned(self.number)

    @property
    def offered_level(self) -> Level | None:
        """The level of less feedback to offer for the next session; None for no offer."""
        kept = self._level.value == self.plan.settings.feedback
        return level_to_offer(self._level, self.sets) if kept and not self.in_set else None

    @property
    def bands(self) -> Bands:
        """The person's bands."""
        return self.drawn.bands

    @property
    def question(self) -> Question | None:
        """The question to the person now; None for none."""
        guards = self.running and self.plan.protocol.ramp_in is not None
        return self.inputs.questions.now(self.state, begun=bool(self.sets), guards=guards)

    def announcement(self) -> dict[str, JsonValue]:
        """Return the data of the event that starts the next set."""
        return self.plan.announcement(self.number)

    def change_load(self, steps: int) -> None:
        """Change the load by steps of the machine."""
        self.plan.change_load(self.number, steps)
        self.inputs.notices.show(Notice(Taken.LOAD, self.planned.load), self.silence.wall_s)

    def change_next(self, *, reps: int = 0, lowering: int = 0) -> None:
        """Change the reps and the lowering of the next set by steps; a running set stays as it is."""
        if not self.in_set:
            self.plan.change_reps(self.number, reps)
            self.plan.change_lowering(self.number, lowering)

    def face(self) -> Face:
        """Return the state that the person sees at one glance."""
        if not self.running:
            return Face.OVER if self.sets else Face.NO_SESSION
        if self.inputs.calibration.running:
            return Face.CALIBRATING
        if not self.silence.seen_valid and self.live.calibrated is None:
            return Face.NOT_CALIBRATED if self.live.buffer.last(0.0)[0].size else Face.STARTING
        return self._training_face()

    def _training_face(self) -> Face:
        if self.exercise.in_trials:
            return Face.IN_TRIALS
        if self.state in _FACES:
            return _FACES[self.state]
        rest = self.rest()
        if self.in_set and (self.live.in_rep or self.sets[-1].verdicts):
            return Face.IN_SET
        # A person who lies still in the rest is not asked to lift before it is over.
        if rest is not None and (rest.left_s > 0.0 or not self.live.rests):
            return Face.RESTING
        return Face.READY if self.live.rests else Face.SETTING_UP

    def trouble(self, wall_s: float) -> Trouble | None:
        """Return the worst trouble; None for none."""
        if not self.running or self.face() in (Face.STARTING, Face.NOT_CALIBRATED):
            return None
        of_sensors = sensor_trouble(self.live, self.silence, self.exercise, wall_s)
        if of_sensors is not None:
            return of_sensors
        if self.in_set and self._uncounted is not None:
            return Trouble(Alarm.UNCOUNTED, uncounted=self._uncounted.why)
        if self.in_set and self._stop is not None:
            return Trouble(Alarm.STOP, stop=self._stop)
        wants = self.planned.prescription
        asks = wants.lift is not None or wants.lower is not None
        return Trouble(Alarm.TOO_SMALL) if self.bands.too_small and asks else None

    def glance(self, wall_s: float) -> Glance:
        """Return the values that are read from three metres."""
        live, face, trouble = self.live, self.face(), self.trouble(wall_s)
        plan, phase = self.planned.prescription, live.phase
        lost = trouble is not None and trouble.alarm is Alarm.LOST
        # A lost sensor must not leave its last value on the screen, nor the phase it last saw.
        known = self.running and not lost
        # Without the sensor on the thigh the ankle is known all the same.
        ankle_known = self.running and not self.silence.ankle_lost(live.now, wall_s)
        glance = Glance(
            face,
            ankle_deg=live.ankle_deg if ankle_known else None,
            curl_deg=live.curl_deg if known else None,
            driving_deg=live.driving_deg if known else None,
            movement=self.inputs.calibration.movement,
            trouble=trouble,
            notice=self.inputs.notices.at(wall_s),
        )
        rest = self.rest()
        if face is Face.RESTING and rest is not None:
            return replace(glance, elapsed_s=rest.total_s - rest.left_s, target_s=rest.total_s)
        if lost or face not in (Face.IN_SET, Face.READY, Face.SETTING_UP):
            return glance
        lowering = phase in (Phase.TOP, Phase.ECCENTRIC)
        wanted, other = (plan.lower, plan.lift) if lowering else (plan.lift, plan.lower)
        if self.bands.too_small:
            wanted = other = None
        target_s, fast = self.planned.phase_target(phase, rests=live.rests)
        return replace(
            glance,
            phase=phase,
            wanted=wanted,
            held=wanted is not None and self._tracker.band is wanted,
            target_deg=self.drawn.threshold(wanted),
            band=self.drawn.band(wanted),
            other_band=self.drawn.band(other) if other is not wanted else None,
            elapsed_s=self._phase_s if live.in_rep else None,
            target_s=target_s,
            fast=fast,
        )

    def set_view(self) -> SetProgress:
        """Return the current set, or the last one during the rest."""
        phase = self.live.phase if self.live.in_rep else None
        return set_view(self.current, self.plan, phase, self._phase_s)

    def judged_set(self) -> JudgedSet | None:
        """Return the current or last set in the form of the review."""
        current = self.current
        return None if not current else current.judged_set(self.plan.load_kg(current.number))

    def plan_rows(self) -> tuple[PlanRow, ...]:
        """Return the visible lines of the plan, around the current or the next set."""
        done = {s.number: (s.count, s.good, s.judged) for s in self.sets if s.t_end is not None}
        # After the last set there is no next one to light.
        now = self.number - 1 if self.state is SessionState.DONE else self.number
        return self.plan.rows(done, now)

    def rest(self) -> Rest | None:
        """Return the rest after the last set; None during a set and before the first."""
        current = self.current
        if not self.running or current is None or current.t_end is None:
            return None
        total_s = current.rest_s
        return Rest(total_s - (self.now - current.t_end), total_s)

    def spans(self, seconds: float) -> list[PhaseSpan]:
        """Return the phases of the last ``seconds`` with their bands."""
        now = self.live.now
        # The end of a phase in which a sensor fell silent is not known.
        valid_t = self.silence.valid_t
        t_end = valid_t if now - valid_t > LOST_S else self.live.shown_t
        return phase_spans(self.live.phases, self._bands_of, now - seconds, t_end)

    def _clear(self) -> None:
        self.sets: deque[LiveSet] = deque(maxlen=KEPT_SETS)
        self._level = Level(self.plan.settings.feedback)
        self.silence = AngleSilence(0.0)
        self._over: LiveSet | None = None
        self._uncounted = self._stop = None
        self.inputs = TakenInputs(asks=False)
        self.drawn = drawn_bands(None, self.plan.protocol.band_rule(self.plan.bands))
        self._tracker = BandTracker(self.bands)
        self.state = SessionState.BEFORE
        self.refusal: Refusal | None = None
        self._set_bands()

    def _take_angles(self, block: AngleBlock) -> None:
        if len(block.t):
            self.silence.take(block)
            self._tracker.feed(block.t, block.ankle, block.valid)

    def _take_plan(self, change: PlanChange) -> None:
        """Follow the coach to the next state of the session."""
        self.state = change.state
        self.refusal = change.why if isinstance(change.why, Refusal) else None
        record = change.record
        if change.state is SessionState.SET and change.goes_on and self._over is not None:
            # The set was not over: its reps stay, and the next end replaces this one.
            self._over.reopen()
            if not self.sets or self.sets[-1] is not self._over:
                self.sets.append(self._over)
        elif change.state is SessionState.SET:
            self._begin_set(change)
        elif self.sets and (self.in_set or record is not None):
            # A double click ends a set with its first click, and takes it back with the second.
            self._over = self.sets[-1]
            self._over.end(change.t if record is None else record.t, change.why)
            if record is not None and not record.kept:
                # Nothing was lifted, so it was no set.
                self.sets.pop()
        if change.next_set is not None:
            # The coach counts the sets of its plan; a person may have done more.
            self.plan.suggest(replace(change.next_set, index=self.number - 1))
        self._set_bands()

    def _take_event(self, event: SessionEvent, wall_s: float) -> None:
        self.inputs.take_event(event, wall_s)
        current = self.current
        if event.kind == EventKind.SET_END and current is not None:
            current.ended_by_itself = False
        if event.kind == PlanEventKind.SETS:
            self.plan.change_sets(event.data, self.number + self.in_set)
            if current is not None and not self.in_set:
                current.rest_s = rest_after(self.plan.protocol, current.number)

    def _begin_set(self, change: PlanChange) -> None:
        """Begin a set as the coach recorded it."""
        number, record = self.number, change.record
        self._uncounted = self._stop = None
        self.inputs.questions.ask_reserve_again()
        if record is not None:
            self.plan.start_set(number, record.asked)
        t = change.t if record is None else record.t
        marked = record is not None and record.marked
        planned = self.plan.planned(number)
        calibrated = self.live.calibrated
        reference = calibrated.calibration.reference_rom if calibrated is not None else None
        target = self.plan.protocol.target(planned.prescription, self.bands, reference)
        begun = LiveSet(planned, target, t, marked=marked, exercise=self.exercise)
        self.sets.append(begun)

    def _take_verdict(self, output: Verdict | RestJudged) -> None:
        """Add a verdict to the running set, or complete its last one."""
        self._uncounted = None
        if not self.in_set:
            return
        if isinstance(output, RestJudged):
            self.sets[-1].replace_last(output.verdict)
        else:
            self.sets[-1].take(output)

    def _take_result(self, result: FinishedSet) -> None:
        """Apply the recount of the set that has just ended."""
        if self.current is not None and self.current.recount is None:
            self.current.finish(result)

    @property
    def _phase_s(self) -> float:
        return max(self.live.now - self.live.phase_since, 0.0)

    def _set_bands(self) -> None:
        """Set the bands by the calibrated range, if any, and by the settings."""
        calibrated = self.live.calibrated
        calibration = calibrated.calibration if calibrated is not None else None
        before = self.bands
        self.drawn = drawn_bands(calibration, self.plan.protocol.band_rule(self.plan.bands))
        # A tracker forgets in which band the toes are, so only if the bands changed.
        if self.bands != before:
            self._tracker = BandTracker(self.bands)
        plan = self.planned.prescription
        self._bands_of = {
            Phase.CONCENTRIC: self.drawn.band(plan.lift),
            Phase.ECCENTRIC: self.drawn.band(plan.lower),
        }
