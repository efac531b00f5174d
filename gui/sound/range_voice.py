"""The voice of measured ranges: what to do, when to let go, and each trial with its angle."""

from collections.abc import Mapping

from gui.sound.player import SoundPlayer
from gui.sound.speech_plan import Priority
from processing.calibration.changes import Calibrated
from processing.coach.speech import PauseMark, Phrase, Speech, tenths
from processing.ranges.measures import Measure
from processing.ranges.results import LiveRanges, RangeRun
from processing.ranges.trials import Trial, counted
from processing.types import AngleBlock, SessionEvent

LONG_ENOUGH_S = 2.0
"""A trial is held for this long, s, as a person is asked to."""
PATIENCE_S = 4.0
"""The mean waits for the sentence about the last trial, s; later it would be in the way."""
PROMPT_PATIENCE_S = 0.8
"""A prompt that would come later than this belongs to what is over, s."""
_MOVES: Mapping[Measure, Phrase] = {
    Measure.DORSIFLEXION: Phrase.TOES_UP,
    Measure.PLANTARFLEXION: Phrase.TOES_POINTED,
    Measure.INCLINATION: Phrase.KNEE_FORWARD,
}
_HOLDS: Mapping[Phrase, float] = {Phrase.HOLD: 0.0, Phrase.LET_GO: LONG_ENOUGH_S}
"""For each prompt of a trial, how long it must have been held, s."""


class RangeVoice:
    """The voice of the ranges of one session, in the session's own thread."""

    def __init__(self, player: SoundPlayer) -> None:
        self._player = player
        self._live = LiveRanges()
        self._run: RangeRun | None = None
        self._said: set[Phrase] = set()

    def take(self, update: AngleBlock | SessionEvent | Calibrated) -> None:
        """Say what ``update`` shows."""
        ended = self._live.feed(update)
        run = self._live.running
        if run is not self._run:
            self._change(run)
        if run is None:
            return
        for trial in ended:
            self._said.clear()
            self._say(_words_of(trial, run))
        if run.in_trial and len(self._said) < len(_HOLDS):
            held_s = run.held_s
            for phrase, after_s in _HOLDS.items():
                if held_s > after_s and phrase not in self._said:
                    self._said.add(phrase)
                    self._say((phrase,), PROMPT_PATIENCE_S)

    def _change(self, run: RangeRun | None) -> None:
        """Say the result of the measure that is over, and what to do in the next one."""
        if self._run is not None:
            mean = self._live.done[-1].mean_deg
            if mean is not None:
                self._say((Phrase.MEAN, tenths(max(mean, 0.0)), Phrase.DEGREES))
        self._run = run
        self._said.clear()
        if run is not None:
            self._say((_MOVES[run.kind.measure], PauseMark.COMMA, Phrase.HOLD))

    def _say(self, speech: Speech, patience_s: float = PATIENCE_S) -> None:
        self._player.say(speech, Priority.ALERT, patience_s=patience_s)


def _words_of(trial: Trial, run: RangeRun) -> Speech:
    """Return the number of a trial among those that count, and its angle."""
    count = counted(run.trials)
    if trial not in count or trial.value_deg is None:
        return (Phrase.NOT_COUNTED,)
    number = count.index(trial) + 1
    return (number, PauseMark.COMMA, max(round(trial.value_deg), 0), Phrase.DEGREES)
