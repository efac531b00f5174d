"""The words of the coach as data: keys of phrases and numbers; each language has clips for them."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import TypeAlias, assert_never

from processing.judge.reasons import Correction, Fault
from sensor.types import Segment


class Phrase(StrEnum):
    """The phrases of coach and calibration. The voice has a clip of this name for each."""

    READY = "ready"
    TWO_MORE = "two more"
    LAST_ONE = "last one"
    CONTROL_LOSS = "control loss"
    PERCENT = "percent"
    DEGREES_SOONER = "degrees sooner"
    """Of a leg that is let go higher than at first."""
    SWITCH_FOOT = "switch foot"
    """Only shown: a tone says it."""

    NO_REPS = "no reps"
    TEST_OVER = "the test is over"
    REP = "rep"
    REPS = "reps"
    MISSED = "missed"
    GOOD = "good"
    LOWERING = "lowering"
    HEIGHT = "height"
    DEGREES = "degrees"
    POINT = "point"
    """The decimal point of a number."""
    SECONDS = "seconds"
    ON_REP = "on rep"
    ON_REPS = "on reps"
    TIMES = "times"
    AND = "and"

    NEXT = "next"
    TOES_UP = "toes up"
    TOES_POINTED = "toes pointed"
    UP_TO_LIFT = "up with toes up"
    POINTED_TO_LOWER = "down with toes pointed"
    BOTH_LIFT = "lift with both legs"
    ONE_LOWERS = "lower with the sensor leg"
    FREE = "free"
    KILO = "kilo"
    BODYWEIGHT = "bodyweight"

    ABOVE_MAXIMUM = "this is above your maximum"
    WITH_EXPERIENCE = "only with experience and after the ramp-in"
    SOMEONE_BESIDE = "with someone beside you"

    SHIN_LOST = "shin sensor lost"
    FOOT_LOST = "foot sensor lost"
    THIGH_LOST = "thigh sensor lost"
    PELVIS_LOST = "pelvis sensor lost"
    KEEP_GOING = "keep going"
    NOT_COUNTED = "not counted"
    CALIBRATE_FIRST = "calibrate first"
    CHECK_SENSORS = "check the sensors"
    LEG_STRAIGHT = "leg straight"

    LAY_ON_BENCH = "put both sensors on the bench"
    STRAP_ON = "strap both sensors on"
    FOOT_FLAT = "foot flat"
    HOLD_STILL = "hold still"
    THREE_PUMPS = "three ankle pumps"
    TWO_CURLS = "two slow curls"
    TWO_HINGES = "bend at the hips, twice"
    AGAIN = "again"
    SHIN_MOVED = "shin sensor moved"
    FOOT_MOVED = "foot sensor moved"
    THIGH_MOVED = "thigh sensor moved"
    PELVIS_MOVED = "pelvis sensor moved"
    LOOK_SWAPPED = "sensors look swapped"
    CALIBRATED = "calibrated"
    ZEROED = "zeroed"
    NOT_USABLE = "not usable"
    ANGLES_ONLY = "angles only"

    KNEE_FORWARD = "knee over the toes"
    HOLD = "hold"
    LET_GO = "let go"
    MEAN = "mean"


class PauseMark(StrEnum):
    """A short silence within a sentence, by the mark that stands for it in writing."""

    COMMA = ","
    COLON = ":"


Key: TypeAlias = Phrase | Correction | Fault
"""The keys for which a voice pack has a clip."""
Speech: TypeAlias = tuple[Key | PauseMark | int | float, ...]
"""A sentence. A whole number is an ``int``; a ``float`` has one decimal."""

SILENCE: Speech = ()
"""Nothing is said."""
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
"""Recordings have numbers in English words, whatever the language of the voice."""
_TENS = [
    "zero",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
"""By the tens digit; the first two only fill their places, since :data:`_ONES` reaches to 19."""
LARGEST = 999
"""The largest number that is written in words."""
WORDS_PER_S = 2.5
"""A calm voice says about 150 words a minute."""


def tenths(value: float) -> int | float:
    """Return ``value`` with at most one decimal, a whole number as an ``int``."""
    # As an int, so that 3.0 is "three" and not "three point zero".
    count = round(10.0 * value)
    return count // 10 if count % 10 == 0 else count / 10


def listed(numbers: Sequence[int]) -> Speech:
    """Return ``numbers`` as a list: ``two, nine and ten``."""
    *first, last = numbers
    if not first:
        return (last,)
    parts: Speech = (first[0],)
    for number in first[1:]:
        parts = (*parts, PauseMark.COMMA, number)
    return (*parts, Phrase.AND, last)


def written(speech: Speech) -> str:
    """Return ``speech`` as it stands in a recording: the keys, and numbers in English words."""
    text = ""
    for part in speech:
        match part:
            case PauseMark():
                text += part.value
            case Phrase() | Correction() | Fault():
                text += f" {part.value}"
            case int():
                text += f" {_whole(part)}"
            case float():
                whole, tenth = divmod(round(10.0 * part), 10)
                text += f" {_whole(whole)} point {_ONES[tenth]}"
            case _:
                assert_never(part)
    return text.strip()


def shown(speech: Speech) -> str:
    """Return ``speech`` as :func:`written`, with numbers in digits."""
    return "".join(
        part.value if isinstance(part, PauseMark) else f" {part}" for part in speech
    ).strip()


def speech_s(speech: Speech) -> float:
    """Return how long a calm voice takes to say ``speech``, s."""
    # "Thirty-five" takes as long as two words.
    return len(written(speech).replace("-", " ").split()) / WORDS_PER_S


def sensor_lost(segment: Segment) -> Speech:
    """Return which sensor is lost."""
    match segment:
        case Segment.SHIN:
            return (Phrase.SHIN_LOST, PauseMark.COMMA)
        case Segment.FOOT:
            return (Phrase.FOOT_LOST, PauseMark.COMMA)
        case Segment.THIGH:
            return (Phrase.THIGH_LOST, PauseMark.COMMA)
        case Segment.PELVIS:
            return (Phrase.PELVIS_LOST, PauseMark.COMMA)
        case _:
            assert_never(segment)


def _whole(value: int) -> str:
    if not 0 <= value <= LARGEST:
        return str(value)
    if value < 20:
        return _ONES[value]
    if value < 100:
        rest = value % 10
        return _TENS[value // 10] + (f"-{_ONES[rest]}" if rest else "")
    hundreds, rest = divmod(value, 100)
    return f"{_ONES[hundreds]} hundred" + (f" {_whole(rest)}" if rest else "")


def read_written(text: str) -> Speech:
    """Return the sentence that :func:`written` wrote: its clips are the same.

    Words that this version does not know are left out: a recording may come from a later one.
    """
    words = _words(text)
    speech: list[Key | PauseMark | int | float] = []
    parts, at = _parts(), 0
    most = max(map(len, parts))
    while at < len(words):
        # The longest key first: "toes up" is another one than "toes".
        for end in range(min(len(words), at + most), at, -1):
            part = parts.get(words[at:end])
            if part is not None:
                speech.append(part)
                at = end
                break
        else:
            if words[at].isdecimal():
                speech.append(int(words[at]))
            at += 1
    return tuple(speech)


@cache
def _parts() -> dict[tuple[str, ...], Key | PauseMark | int]:
    """Return every key, mark and number by the words that stand for it in a recording."""
    numbers = {_words(_whole(number)): number for number in range(LARGEST + 1)}
    keys: tuple[Key | PauseMark, ...] = (*Fault, *Correction, *Phrase, *PauseMark)
    return {**numbers, **{_words(key.value): key for key in keys}}


def _words(text: str) -> tuple[str, ...]:
    """Return the words and the marks of ``text``."""
    return tuple(text.replace(",", " , ").replace(":", " : ").split())
