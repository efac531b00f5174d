"""Turns the coach's cues into sound."""

from collections.abc import Iterable
from typing import Protocol

from gui.sound.speech_plan import Priority
from gui.sound.tones import Tone
from processing.coach.cues import Cue, CueKind, Sound
from processing.coach.speech import Speech

TONES = {
    Sound.RISING_PAIR: Tone.ARMED,
    Sound.HIGH_TICK: Tone.SWITCH,
    Sound.SOFT_TICK: Tone.SECOND,
    Sound.RISING_LOW: Tone.TOES_UP,
    Sound.FALLING_LOW: Tone.POINT,
    Sound.BEATS: Tone.TOO_FAST,
    Sound.CLICK: Tone.NEAR,
    Sound.CADENCE: Tone.SET_END,
    Sound.TRIPLE: Tone.SENSOR_LOST,
}
"""The tone of each sound; ``docs/sound.md`` says what each one means."""
PRIORITIES = {
    CueKind.READY: Priority.ALERT,
    CueKind.SWITCH: Priority.CORRECTION,
    CueKind.TICK: Priority.CORRECTION,
    CueKind.LEFT_BAND: Priority.CORRECTION,
    CueKind.TOO_FAST: Priority.CORRECTION,
    CueKind.COUNT: Priority.COUNT,
    CueKind.LAST_REPS: Priority.COUNT,
    CueKind.STOP: Priority.COUNT,
    CueKind.SUMMARY: Priority.TALK,
    CueKind.REST: Priority.CORRECTION,
    CueKind.NEXT_SET: Priority.TALK,
    CueKind.SENSOR_LOST: Priority.ALERT,
    CueKind.NOT_COUNTED: Priority.ALERT,
}
"""A count interrupts an alert, an alert a correction, a correction a summary."""
TONE_ONLY = frozenset({CueKind.TICK})
"""A second that is counted aloud would be taken for the count of the reps."""


class Speaker(Protocol):
    """Anything that plays tones and sentences; the parameters are those of the player of the window."""

    def tone(self, tone: Tone, after_s: float = 0.0, pitch: float = 1.0) -> float:
        """Play a tone; return how long it is, s."""

    def say(
        self,
        speech: Speech,
        priority: Priority = Priority.TALK,
        *,
        after_s: float = 0.0,
        patience_s: float = 0.0,
    ) -> None:
        """Say a sentence."""


def play_cues(player: Speaker, cues: Iterable[Cue], now_s: float) -> None:
    """Play ``cues`` at their times; ``now_s`` is the session's time now. May run in any thread.

    A cue whose deadline has passed is left out: late, it would be wrong.
    """
    for cue in cues:
        # Only what is left until the deadline is patience: a cue may come late itself.
        if cue.deadline >= now_s:
            _play(player, cue, max(cue.t - now_s, 0.0), cue.deadline - max(cue.t, now_s))


def _play(player: Speaker, cue: Cue, after_s: float, patience_s: float) -> None:
    tone_s = 0.0
    if cue.sound is not None:
        tone_s = player.tone(TONES[cue.sound], after_s, cue.pitch)
    if cue.speech and cue.kind not in TONE_ONLY:
        # The sentence follows its tone.
        behind_s = after_s + tone_s
        priority = PRIORITIES[cue.kind]
        player.say(cue.speech, priority, after_s=behind_s, patience_s=patience_s)
