"""Gives a running session its sound: the coach's cues, and the way through a calibration."""

from collections.abc import Sequence

from gui.sound.cues import play_cues
from gui.sound.player import SoundPlayer
from gui.sound.speech_plan import Priority
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.grade import Finding
from processing.calibration.steps import CalibrationStep, StepEnded, StepProgress, StepStarted
from processing.coach.cues import Cue
from processing.session import SessionOutput
from processing.types import AngleBlock, SessionEvent
from sensor.types import EventKind, Segment

PROMPTS: dict[str, str] = {
    CalibrationStep.BENCH: "put both sensors on the bench",
    CalibrationStep.STILL: "foot flat, hold still",
    CalibrationStep.PUMPS: "three ankle pumps",
    CalibrationStep.CURLS: "two slow curls",
    CalibrationStep.REZERO: "hold still",
}
"""What is said when a movement of the calibration is asked for, or begins unasked."""
AFTER_BENCH = "strap both sensors on, foot flat, hold still"
DONE: dict[str, str] = {CalibrationStep.CURLS: "calibrated", CalibrationStep.REZERO: "zeroed"}
"""What is said of the calibration that a step leads to."""
PATIENCE_S = 2.0
COMPLAIN_EVERY_S = 5.0
"""A person who is still moving into the pose is not told so all the time."""


class SessionVoice:
    """Listens to a session in the session's own thread, so that nothing waits for the window.

    A replay that is faster or slower than life has no use for it.
    """

    def __init__(self, player: SoundPlayer) -> None:
        self._player = player
        self._now_s = 0.0
        self._asked = ""
        self._ended = ""
        self._capturing = False
        self._complained_s = -COMPLAIN_EVERY_S

    def take(self, told: Sequence[SessionOutput]) -> None:
        """Play what a batch calls for."""
        for one in told:
            if isinstance(one, AngleBlock) and one.t.size:
                self._now_s = float(one.t[-1])
        for one in told:
            if isinstance(one, StepStarted | StepProgress | StepEnded):
                self._guide(one)
            elif isinstance(one, SessionEvent):
                self._happened(one)
            elif isinstance(one, Calibrated):
                self._asked = ""
                self._say(DONE.get(self._ended, ""))
            elif isinstance(one, CalibrationFailed):
                self._asked = ""
                self._say("not usable, angles only")
        play_cues(self._player, [one for one in told if isinstance(one, Cue)], self._now_s)

    def end(self) -> None:
        """Fade out what still sounds: the session is over."""
        self._player.silence()

    def _guide(self, update: StepStarted | StepProgress | StepEnded) -> None:
        if isinstance(update, StepEnded):
            if not update.accepted:
                short = _in_short(update.remark)
                self._complain(update.t, f"{short}, again" if short else "again")
                # What went wrong in a movement, the movement is asked for once more.
                self._asked = (
                    self._asked
                    if update.step in (CalibrationStep.BENCH, CalibrationStep.STILL)
                    else ""
                )
        elif update.step != self._asked:
            self._ask(update.step)
            self._complained_s = update.t
        elif isinstance(update, StepProgress) and update.trouble:
            self._complain(update.t, _in_short(update.trouble))

    def _happened(self, happened: SessionEvent) -> None:
        step = str(happened.data.get("step", ""))
        if happened.kind == EventKind.CALIBRATION_START:
            self._capturing = True
            behind_s = self._player.begin_capture()
            if step != self._asked:
                self._ask(step, behind_s)
        elif happened.kind == EventKind.CALIBRATION_END:
            # A step that was redone ends the calibration anew, without a capture of its own.
            self._ended = step
            if self._capturing and happened.data.get("accepted", True):
                self._player.end_capture()
            elif self._capturing:
                self._player.abort_capture()
            self._capturing = False

    def _ask(self, step: str, after_s: float = 0.0) -> None:
        strapping = step == CalibrationStep.STILL and self._asked == CalibrationStep.BENCH
        self._asked = step
        self._say(AFTER_BENCH if strapping else PROMPTS.get(step, ""), after_s)

    def _complain(self, t: float, words: str) -> None:
        if t >= self._complained_s + COMPLAIN_EVERY_S:
            self._complained_s = t
            self._say(words)

    def _say(self, words: str, after_s: float = 0.0) -> None:
        if words:
            self._player.say(words, Priority.ALERT, after_s=after_s, patience_s=PATIENCE_S)


def _in_short(trouble: str) -> str:
    """Return what is said of a trouble that the screen explains."""
    if trouble.startswith(Finding.SWAPPED):
        return "sensors look swapped"
    segment = next((s for s in (Segment.SHIN, Segment.FOOT) if trouble.startswith(s)), None)
    if segment is None:
        return ""
    return f"{segment} sensor lost" if "nothing" in trouble else f"{segment} sensor moved"
