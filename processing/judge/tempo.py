"""Tempo notation: ``4-0-1-0``, ``4010``, ``40X1``, ``4/0/1/0``.

The four numbers are seconds, by custom in this order: lowering (eccentric), pause with the muscle
long (bottom, knee straight), lift (concentric), pause with it short (top, heel to seat). A leg curl
starts with the lift all the same.
"""

from dataclasses import dataclass
from typing import NoReturn

from sensor.errors import ToepointError

LONGEST_S = 30.0
"""Longest phase that can be asked for: no rep of more than 20 s is counted anyway."""
EXPLOSIVE_S = 1.5
"""Duration that stands for a lift of X where a number is needed."""
_SEPARATORS = "-/"
"""Both are in use; a text has one of them or none."""
_EXAMPLES = "for example 4-0-1-0, 4010 or 40X1"
"""The end of every error: an example of what to write."""
_PLACES = ("the lowering", "the pause at the bottom", "the lift", "the pause at the top")
"""The four numbers by their customary order, for errors."""


class TempoError(ToepointError):
    """A text that is no tempo.

    Attributes
    ----------
    text
        The text.
    position
        Index of the first wrong character; ``len(text)`` if something is missing.
    reason
        What is wrong there.
    """

    def __init__(self, text: str, position: int, reason: str) -> None:
        self.text = text
        self.position = position
        self.reason = reason
        pointer = " " * position + "^"
        super().__init__(f"tempo: {reason}, {_EXAMPLES}\n  {text}\n  {pointer}")


@dataclass(frozen=True, slots=True)
class Tempo:
    """The durations that a set asks for, phase by phase."""

    eccentric_s: float
    """Lowering, s; above 0."""
    bottom_s: float
    """Pause with the knee straight, s."""
    concentric_s: float | None
    """Lift, s; None: as fast as control allows."""
    top_s: float
    """Pause at the top, s."""

    @property
    def notation(self) -> str:
        """The tempo as written, with hyphens."""
        lift = "X" if self.concentric_s is None else f"{self.concentric_s:g}"
        return f"{self.eccentric_s:g}-{self.bottom_s:g}-{lift}-{self.top_s:g}"


def parse_tempo(text: str) -> Tempo:
    """Return the tempo of ``text``.

    The text is four single characters, or four numbers with one kind of separator. ``X`` may stand
    for the lift.

    Raises
    ------
    TempoError
        If ``text`` is no tempo; it names the first wrong character.
    """
    fields = _fields(text)
    values = [
        _value(text, start, field, place)
        # At most four: a fifth part has its own error, which names its place.
        for (start, field), place in zip(fields, range(4), strict=False)
    ]
    if len(values) < 4:
        raise TempoError(text, len(text), f"{_PLACES[len(values)]} is missing")
    if len(fields) > 4:
        raise TempoError(text, fields[4][0], "there are more than four parts")
    lowering, bottom, lift, top = values
    if lowering is None or bottom is None or top is None:
        _refuse_x(text, fields)
    if lowering == 0.0:
        raise TempoError(text, fields[0][0], "the lowering takes more than 0 s")
    if lift == 0.0:
        raise TempoError(text, fields[2][0], "the lift takes more than 0 s; write X for fast")
    return Tempo(lowering, bottom, lift, top)


def _fields(text: str) -> list[tuple[int, str]]:
    """Return the parts of the text, each with its position."""
    if not text.strip():
        raise TempoError(text, 0, "nothing is written")
    used = [char for char in text if char in _SEPARATORS]
    if not used:
        return [(i, char) for i, char in enumerate(text)]
    for i, char in enumerate(text):
        if char in _SEPARATORS and char != used[0]:
            raise TempoError(text, i, f"parts are separated by {used[0]!r} before")
    fields, start = [], 0
    for field in text.split(used[0]):
        fields.append((start, field))
        start += len(field) + 1
    return fields


def _value(text: str, start: int, field: str, place: int) -> float | None:
    """Return the seconds of a part, or None for X."""
    if not field:
        raise TempoError(text, start, f"{_PLACES[place]} is missing")
    if field in ("X", "x"):
        return None
    # float() also reads "1e1", "nan" and "1_0", and cannot say which character is wrong.
    dots = 0
    for i, char in enumerate(field):
        dots += char == "."
        if char not in "0123456789." or dots > 1 or field == ".":
            raise TempoError(text, start + i, f"{char!r} is no number of seconds")
    seconds = float(field)
    if seconds > LONGEST_S:
        raise TempoError(text, start, f"{_PLACES[place]} takes at most {LONGEST_S:g} s")
    return seconds


def _refuse_x(text: str, fields: list[tuple[int, str]]) -> NoReturn:
    place = next(i for i in (0, 1, 3) if fields[i][1] in ("X", "x"))
    raise TempoError(text, fields[place][0], f"only the lift can be X, not {_PLACES[place]}")
