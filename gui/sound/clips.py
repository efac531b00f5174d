"""From a sentence of the coach to the names of the clips that say it, the same in every language."""

from typing import assert_never

from gui.sound.pack import COMMA
from processing.coach.speech import Key, PauseMark, Phrase, Speech
from processing.judge.reasons import Correction, Fault

LARGEST = 999
"""Larger numbers are spoken digit by digit: the pack has clips up to the hundreds only."""
NUMBERS = (*range(101), *range(200, LARGEST, 100))
"""Numbers with a clip of their own; the others are joined from these."""
KEYS: tuple[Key, ...] = (*Phrase, *Correction, *Fault)
"""Everything that a pack has a clip for, beside :data:`NUMBERS`."""


def clips_of(speech: Speech) -> tuple[str, ...]:
    """Return the names of the clips that say ``speech``: ``("4", ",", "slower")``."""
    found: list[str] = []
    for part in speech:
        match part:
            case PauseMark():
                found.append(COMMA)
            case Phrase() | Correction() | Fault():
                found.append(part.value)
            case int() | float():
                found += number_clips(part)
            case _:
                assert_never(part)
    return tuple(found)


def number_clips(value: float) -> tuple[str, ...]:
    """Return the clips of a number of at least 0 with one decimal: ``("3", "point", "6")``.

    Above :data:`LARGEST` it is spoken digit by digit.
    """
    text, _, tenth = f"{value:.1f}".partition(".")
    whole = int(text)
    if whole > LARGEST:
        clips = list(text)
    else:
        hundreds, rest = divmod(whole, 100)
        clips = [str(hundreds * 100)] if hundreds else []
        # A zero is spoken only alone: 200 is one clip, not two.
        if rest or not hundreds:
            clips.append(str(rest))
    if tenth != "0":
        clips += [Phrase.POINT.value, tenth]
    return tuple(clips)
