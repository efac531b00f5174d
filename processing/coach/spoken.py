"""Numbers and lists as they are spoken, from words that can be recorded once and for all."""

from collections.abc import Sequence

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
LARGEST = 999
WORDS_PER_S = 2.5
"""A calm voice says about 150 words a minute."""


def number(value: int) -> str:
    """Return a whole number from 0 to 999 in words."""
    if not 0 <= value <= LARGEST:
        raise ValueError(f"{value} is not spoken; only 0 to {LARGEST} are")
    if value < 20:
        return _ONES[value]
    if value < 100:
        rest = value % 10
        return _TENS[value // 10] + (f"-{_ONES[rest]}" if rest else "")
    hundreds, rest = divmod(value, 100)
    return f"{_ONES[hundreds]} hundred" + (f" {number(rest)}" if rest else "")


def decimal(value: float) -> str:
    """Return a number with at most one decimal in words: ``three point six``, ``four``."""
    tenths = round(10.0 * value)
    whole, rest = divmod(tenths, 10)
    return number(whole) + (f" point {_ONES[rest]}" if rest else "")


def listed(values: Sequence[int]) -> str:
    """Return numbers as a spoken list: ``two, nine and ten``."""
    names = [number(value) for value in values]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def speech_s(text: str) -> float:
    """Return how long a calm voice takes to say ``text``, in s."""
    return len(text.replace("-", " ").split()) / WORDS_PER_S
