"""Gives a running session its sound: the coach's cues and the tones of a calibration."""

from collections.abc import Sequence

from gui.sound.cues import play_cues
from gui.sound.player import SoundPlayer
from gui.sound.speech_plan import Priority
from processing.coach.cues import Cue
from processing.session import Told
from processing.types import AngleBlock, Calibrated, CalibrationFailed, Happened
from sensor.types import EventKind

PROMPTS = {
    "still": "foot flat, hold still",
    "pumps": "three ankle pumps",
    "curls": "two slow curls",
    "rezero": "hold still",
}
"""What is said when a calibration movement begins, by its step."""
DONE = {"curls": "calibrated", "rezero": "zeroed"}
"""What is said of the calibration that a step leads to."""
PATIENCE_S = 1.5


class SessionVoice:
    """Listens to a session in the session's own thread, so that nothing waits for the window.

    A replay as fast as possible has no use for it.
    """

    def __init__(self, player: SoundPlayer) -> None:
        self._player = player
        self._now_s = 0.0
        self._step = ""
        self._capturing = False

    def take(self, told: Sequence[Told]) -> None:
        """Play what a batch calls for."""
        for one in told:
            if isinstance(one, AngleBlock) and one.t.size:
                self._now_s = float(one.t[-1])
        for one in told:
            if isinstance(one, Happened):
                self._happened(one)
            elif isinstance(one, Calibrated):
                self._say(DONE.get(self._step, ""))
            elif isinstance(one, CalibrationFailed):
                self._say("not usable, angles only")
        play_cues(self._player, [one for one in told if isinstance(one, Cue)], self._now_s)

    def end(self) -> None:
        """Fade out what still sounds: the session is over."""
        self._player.silence()

    def _happened(self, happened: Happened) -> None:
        if happened.kind == EventKind.CALIBRATION_START:
            self._begin_step(str(happened.data.get("step", "")))
        elif happened.kind == EventKind.CALIBRATION_END:
            self._end_step(str(happened.data.get("step", "")), happened.data.get("accepted", True))

    def _begin_step(self, step: str) -> None:
        self._step, self._capturing = step, True
        tone_s = self._player.begin_capture()
        self._say(PROMPTS.get(step, ""), tone_s)

    def _end_step(self, step: str, accepted: object) -> None:
        # A step that was redone ends the calibration anew, without a capture of its own.
        self._step = step
        if self._capturing and accepted:
            self._player.end_capture()
        elif self._capturing:
            self._player.abort_capture()
            self._say("again")
        self._capturing = False

    def _say(self, words: str, after_s: float = 0.0) -> None:
        if words:
            self._player.say(words, Priority.ALERT, after_s=after_s, patience_s=PATIENCE_S)
