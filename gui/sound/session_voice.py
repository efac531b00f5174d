"""The sound of a running session: the cues of the coach, and the prompts of a calibration."""

import math
from collections.abc import Mapping, Sequence
from typing import assert_never

from gui.sound.cue_player import play_cues
from gui.sound.player import SoundPlayer
from gui.sound.range_voice import RangeVoice
from gui.sound.speech_plan import Priority
from processing.calibration.calibration_steps import (
    CalibrationStep,
    StepEnded,
    StepProgress,
    StepStarted,
)
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    MoveAsOne,
    SendsNothing,
    SensorMoves,
    StepTrouble,
    ThighLooksSwapped,
)
from processing.coach.count_watch import CannotCount
from processing.coach.cues import Cue
from processing.coach.plan_change import PlanChange
from processing.coach.speech import SILENCE, PauseMark, Phrase, Speech
from processing.coach.stop_rule import StopReached
from processing.judge.recount import FinishedSet
from processing.judge.verdict import RestJudged, Verdict
from processing.pipeline.guided_calibration import GuideEnded
from processing.pipeline.shin_ahead import ShinAhead
from processing.session import SessionOutput
from processing.types import (
    AngleBlock,
    Dropout,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
)
from sensor.recording import RecordingMoved
from sensor.types import EventKind, Segment

AFTER_BENCH: Speech = (
    Phrase.STRAP_ON,
    PauseMark.COMMA,
    Phrase.FOOT_FLAT,
    PauseMark.COMMA,
    Phrase.HOLD_STILL,
)
"""The prompt of the still pose after the bench: the sensors are still to be strapped on."""
PATIENCE_S = 2.0
"""A prompt that has to wait longer than this for other speech is left out: it would be too late."""
TROUBLE_EVERY_S = 5.0
"""A trouble is repeated this often at most: a person may still be moving into the pose."""


class SessionVoice:
    """The voice of a session, in the session's own thread, so that no cue waits for the window.

    It is of no use in a replay that is faster or slower than real time.

    Parameters
    ----------
    player
        The sound of the program.
    silent_to
        Kind of the event before whose first one nothing is heard: that part of the session is skipped.
    silent_s
        For as long after that event nothing is heard either, s.
    """

    def __init__(
        self, player: SoundPlayer, silent_to: EventKind | None = None, silent_s: float = 0.0
    ) -> None:
        self._player = player
        self._ranges = RangeVoice(player)
        self._silent_to = silent_to
        self._silent_s = silent_s
        self._heard_from_s = math.inf
        self._now_s = 0.0
        self._asked: CalibrationStep | None = None
        self._ended: CalibrationStep | None = None
        self._capturing = False
        self._trouble_s = -TROUBLE_EVERY_S

    def take(self, outputs: Sequence[SessionOutput]) -> None:
        """Play the sounds of a batch."""
        if self._silent_to is not None:
            begun = [
                o.t for o in outputs if isinstance(o, SessionEvent) and o.kind == self._silent_to
            ]
            self._heard_from_s = min([self._heard_from_s, *(t + self._silent_s for t in begun)])
            seen = [float(o.t[-1]) for o in outputs if isinstance(o, AngleBlock) and o.t.size]
            if max([*begun, *seen], default=-math.inf) < self._heard_from_s:
                return
            self._silent_to = None
        # The time first: the cues of the batch are placed relative to its newest angle.
        for one in outputs:
            if isinstance(one, AngleBlock) and one.t.size:
                self._now_s = float(one.t[-1])
        for one in outputs:
            self._take(one)
        play_cues(self._player, [one for one in outputs if isinstance(one, Cue)], self._now_s)

    def end(self) -> None:
        """Fade out what still sounds: the session is over."""
        self._player.silence()

    def _take(self, one: SessionOutput) -> None:
        match one:
            case StepStarted() | StepProgress() | StepEnded():
                self._guide(one)
            case AngleBlock():
                self._ranges.take(one)
            case SessionEvent():
                self._session_event(one)
                self._ranges.take(one)
            case Calibrated():
                self._ranges.take(one)
                self._asked = None
                self._say(_made_by(self._ended))
            case CalibrationFailed():
                self._asked = None
                self._say((Phrase.NOT_USABLE, PauseMark.COMMA, Phrase.ANGLES_ONLY))
            case (
                PhaseChange()
                | Rep()
                | Verdict()
                | RestJudged()
                | FinishedSet()
                | CannotCount()
                | StopReached()
                | PlanChange()
                | Cue()
                | Dropout()
                | RevisedAngles()
                | SensorSilent()
                | SensorStatus()
                | GuideEnded()
                | RecordingMoved()
                | ShinAhead()
            ):
                pass
            case _:
                assert_never(one)

    def _guide(self, update: StepStarted | StepProgress | StepEnded) -> None:
        if isinstance(update, StepEnded):
            if not update.accepted:
                short = _in_short(update.trouble)
                again = (*short, PauseMark.COMMA, Phrase.AGAIN) if short else (Phrase.AGAIN,)
                self._say_trouble(update.t, again)
                # A movement is asked for again in full; a still pose goes on without another prompt.
                self._asked = (
                    self._asked
                    if update.step in (CalibrationStep.BENCH, CalibrationStep.STILL)
                    else None
                )
        elif update.step is not self._asked:
            self._ask(update.step)
            self._trouble_s = update.t
        elif isinstance(update, StepProgress) and update.trouble is not None:
            self._say_trouble(update.t, _in_short(update.trouble))

    def _session_event(self, event: SessionEvent) -> None:
        step = _step_of(event)
        if event.kind == EventKind.CALIBRATION_START:
            self._capturing = True
            behind_s = self._player.begin_capture()
            # A step that was marked without the guide has not been asked for yet. Its prompt
            # follows the start tone.
            if step is not self._asked:
                self._ask(step, behind_s)
        elif event.kind == EventKind.CALIBRATION_END:
            # A step that was redone ends the calibration again, without a capture of its own.
            self._ended = step
            if self._capturing and event.data.get("accepted", True):
                self._player.end_capture()
            # No end tone: it would say that the step is done.
            elif self._capturing:
                self._player.abort_capture()
            self._capturing = False

    def _ask(self, step: CalibrationStep | None, after_s: float = 0.0) -> None:
        strapping = step is CalibrationStep.STILL and self._asked is CalibrationStep.BENCH
        self._asked = step
        self._say(AFTER_BENCH if strapping else _prompt(step), after_s)

    def _say_trouble(self, t: float, speech: Speech) -> None:
        if t >= self._trouble_s + TROUBLE_EVERY_S:
            self._trouble_s = t
            self._say(speech)

    def _say(self, speech: Speech, after_s: float = 0.0) -> None:
        if speech:
            self._player.say(speech, Priority.ALERT, after_s=after_s, patience_s=PATIENCE_S)


def _step_of(event: SessionEvent) -> CalibrationStep | None:
    """Return the step that an event names; a recording may name one that this version lacks."""
    name = event.data.get("step")
    return next((step for step in CalibrationStep if step.value == name), None)


_PROMPTS: Mapping[CalibrationStep, Speech] = {
    CalibrationStep.BENCH: (Phrase.LAY_ON_BENCH,),
    CalibrationStep.STILL: (Phrase.FOOT_FLAT, PauseMark.COMMA, Phrase.HOLD_STILL),
    CalibrationStep.PUMPS: (Phrase.THREE_PUMPS,),
    CalibrationStep.CURLS: (Phrase.TWO_CURLS,),
    CalibrationStep.HINGES: (Phrase.TWO_HINGES,),
    CalibrationStep.REZERO: (Phrase.HOLD_STILL,),
}


def _prompt(step: CalibrationStep | None) -> Speech:
    """Return the prompt for a movement of the calibration."""
    return SILENCE if step is None else _PROMPTS[step]


def _made_by(step: CalibrationStep | None) -> Speech:
    """Return the sentence about a calibration, after the end of ``step``."""
    match step:
        case CalibrationStep.CURLS | CalibrationStep.HINGES:
            return (Phrase.CALIBRATED,)
        case CalibrationStep.REZERO:
            return (Phrase.ZEROED,)
        case CalibrationStep.BENCH | CalibrationStep.STILL | CalibrationStep.PUMPS | None:
            return SILENCE
        case _:
            assert_never(step)


def _in_short(trouble: StepTrouble | None) -> Speech:
    """Return a short sentence about a trouble; the screen explains it."""
    match trouble:
        case SensorMoves(segment=segment):
            return _moved(segment)
        case SendsNothing(segment=segment):
            return _lost(segment)
        case LookSwapped() | ThighLooksSwapped():
            return (Phrase.LOOK_SWAPPED,)
        case MoveAsOne() | FewMovements() | None:
            return SILENCE
        case _:
            assert_never(trouble)


def _moved(segment: Segment) -> Speech:
    match segment:
        case Segment.SHIN:
            return (Phrase.SHIN_MOVED,)
        case Segment.FOOT:
            return (Phrase.FOOT_MOVED,)
        case Segment.THIGH:
            return (Phrase.THIGH_MOVED,)
        case Segment.PELVIS:
            return (Phrase.PELVIS_MOVED,)
        case _:
            assert_never(segment)


def _lost(segment: Segment) -> Speech:
    match segment:
        case Segment.SHIN:
            return (Phrase.SHIN_LOST,)
        case Segment.FOOT:
            return (Phrase.FOOT_LOST,)
        case Segment.THIGH:
            return (Phrase.THIGH_LOST,)
        case Segment.PELVIS:
            return (Phrase.PELVIS_LOST,)
        case _:
            assert_never(segment)
