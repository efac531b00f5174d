"""Tempo notation: ``4-0-1-0``, ``4010``, ``40X1``, ``4/0/1/0``.

The four numbers are seconds, by custom in this order: lowering (eccentric), pause with the muscle
long (bottom, knee straight), lift (concentric), pause with it short (top, heel to seat). A leg curl
starts with the lift all the same, so a tempo is described and drawn in the order performed.
"""

from dataclasses import dataclass
from typing import NoReturn

from processing.types import Phase
from sensor.errors import ToepointError

LONGEST_S = 30.0
EXPLOSIVE_S = 1.5
"""What counts as a fast lift where the notation says X."""
_SEPARATORS = "-/"
_EXAMPLES = "for example 4-0-1-0, 4010 or 40X1"
_PLACES = ("the lowering", "the pause at the bottom", "the lift", "the pause at the top")


class TempoError(ToepointError):
    """A text that is no tempo.

    Attributes
    ----------
    text
        As written.
    position
        Index of the character where it goes wrong; ``len(text)`` if something is missing.
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
    """How long each phase shall take, in s; ``concentric_s`` None: as fast as control allows."""

    eccentric_s: float
    bottom_s: float
    concentric_s: float | None
    top_s: float

    @property
    def notation(self) -> str:
        """The tempo as written, with hyphens."""
        lift = "X" if self.concentric_s is None else f"{self.concentric_s:g}"
        return f"{self.eccentric_s:g}-{self.bottom_s:g}-{lift}-{self.top_s:g}"

    @property
    def rep_s(self) -> float:
        """Length of a whole rep in s, an explosive lift taken at its limit."""
        lift = EXPLOSIVE_S if self.concentric_s is None else self.concentric_s
        return self.eccentric_s + self.bottom_s + lift + self.top_s


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a tempo as performed; ``seconds`` None: as fast as control allows."""

    phase: Phase
    verb: str
    seconds: float | None


def parse_tempo(text: str) -> Tempo:
    """Return the tempo that ``text`` denotes.

    Either four single characters, or four numbers parted by one kind of separator. ``X`` may stand
    for the lift.

    Raises
    ------
    TempoError
        Points at the character where the text goes wrong.
    """
    fields = _fields(text)
    values = [
        _value(text, start, field, place)
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


def performed(tempo: Tempo) -> tuple[Step, Step, Step, Step]:
    """Return the parts of the tempo in the order in which a curl goes through them."""
    return (
        Step(Phase.CONCENTRIC, "lift", tempo.concentric_s),
        Step(Phase.TOP, "hold", tempo.top_s),
        Step(Phase.ECCENTRIC, "lower", tempo.eccentric_s),
        Step(Phase.BOTTOM, "pause", tempo.bottom_s),
    )


def describe(tempo: Tempo) -> str:
    """Return the tempo in words, in the order performed: ``lift X, hold 1, lower 4, pause 0``."""
    return ", ".join(
        f"{step.verb} {'X' if step.seconds is None else f'{step.seconds:g}'}"
        for step in performed(tempo)
    )


def outline(tempo: Tempo) -> tuple[tuple[float, float], ...]:
    """Return the corners (time in s, height 0 to 1) of the tempo as performed, for a drawing."""
    corners = [(0.0, 0.0)]
    heights = (1.0, 1.0, 0.0, 0.0)
    for step, height in zip(performed(tempo), heights, strict=True):
        seconds = EXPLOSIVE_S if step.seconds is None else step.seconds
        corners.append((corners[-1][0] + seconds, height))
    return tuple(corners)


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
