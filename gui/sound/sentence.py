"""Finds the clips that make up an English sentence of the coach, in any language of the pack."""

from collections.abc import Iterable
from functools import cache

from gui.sound.errors import SoundError, SoundFault
from gui.sound.pack import COMMA
from gui.sound.phrases import LARGEST, number_words, phrases
from processing.coach import spoken as words


def clips_of(sentence: str) -> tuple[str, ...]:
    """Return the words of the pack that say ``sentence``: ``("4", ",", "slower")``.

    At every place the longest phrase of the catalogue or the longest number is taken. A colon is
    spoken like a comma.

    Raises
    ------
    SoundError
        If the catalogue lacks a word; it names the rest of the sentence from there.
    """
    found: list[str] = []
    for at, part in enumerate(sentence.lower().replace(":", COMMA).split(COMMA)):
        found += [COMMA] if at else []
        left = part.split()
        while left:
            length, clips = _longest(left)
            if not length:
                missing = f"no clip for “{' '.join(left)}” of “{sentence}”"
                raise SoundError(SoundFault.PACK, missing)
            found += clips
            left = left[length:]
    return tuple(found)


def _longest(left: list[str]) -> tuple[int, Iterable[str]]:
    """Return how many words the longest match takes, 0 for none, and its clips."""
    known, numbers = _vocabulary()
    for length in range(len(left), 0, -1):
        text = " ".join(left[:length])
        if text in known:
            return length, (text,)
        if text in numbers:
            return length, number_words(numbers[text])
    return 0, ()


@cache
def _vocabulary() -> tuple[frozenset[str], dict[str, int]]:
    numbers = {words.number(n): n for n in range(LARGEST + 1)}
    return frozenset(phrases("en")), numbers | {str(n): n for n in range(LARGEST + 1)}
