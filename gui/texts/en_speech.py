"""The words of the English voice, and cues in writing."""

from processing.coach.cues import Cue
from processing.coach.speech import Key, shown, written


def spoken(key: Key) -> str:
    """Return what the clip of ``key`` says: the keys are the English wording."""
    return key.value


def cue(given: Cue) -> str:
    """Return the spoken or else the shown words of a cue, and its sound, in one line."""
    words = f"“{written(given.speech)}”" if given.speech else shown(given.screen).upper()
    return " ".join(part for part in (words, f"({given.sound})" if given.sound else "") if part)
