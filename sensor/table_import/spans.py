"""The calibration movements and sets that a person marked in a table."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sensor.errors import ImportFault, SettingError, TableError
from sensor.types import Event, EventKind, JsonValue

_NUMBER = r"\s*(\d+(?:\.\d*)?|\.\d+)\s*"
_Ends: TypeAlias = tuple[
    tuple[EventKind, Mapping[str, JsonValue]], tuple[EventKind, Mapping[str, JsonValue]]
]
_SPAN = re.compile(rf"{_NUMBER}:{_NUMBER}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of time in the time of the table."""

    start_s: float
    """Its start, in s."""
    end_s: float
    """Its end, in s, which is not part of it."""


@dataclass(frozen=True, slots=True)
class MarkedSet:
    """A marked set of a table."""

    span: TimeSpan
    """Its time."""
    asked: Mapping[str, JsonValue]
    """The fields of :attr:`~sensor.types.EventKind.SET_START`."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked calibration movements and sets of a table."""

    still: TimeSpan | None = None
    """The person was still, in the neutral pose."""
    pumps: TimeSpan | None = None
    """The person moved the foot up and down."""
    curls: TimeSpan | None = None
    """The person curled without load."""
    neutral_deg: float | None = None
    """Ankle angle of the still pose, if it was set against a goniometer or a box corner; else None."""
    sets: tuple[MarkedSet, ...] = ()
    """The sets."""

    def spans(self) -> Iterator[tuple[str, TimeSpan, _Ends]]:
        """Yield name and span of each mark, and the events that begin and end it."""
        for step, span in (("still", self.still), ("pumps", self.pumps), ("curls", self.curls)):
            if span is not None:
                begin: dict[str, JsonValue] = {"step": step}
                if step == "still" and self.neutral_deg is not None:
                    begin["neutral_deg"] = self.neutral_deg
                end: dict[str, JsonValue] = {"step": step, "accepted": True}
                starts, ends = EventKind.CALIBRATION_START, EventKind.CALIBRATION_END
                yield step, span, ((starts, begin), (ends, end))
        for one in self.sets:
            yield "set", one.span, ((EventKind.SET_START, one.asked), (EventKind.SET_END, {}))


def parse_span(text: str) -> TimeSpan:
    """Return the span that ``A:B`` names, in seconds.

    Raises
    ------
    SettingError
        If ``text`` is not two times with the second after the first.
    """
    match = _SPAN.fullmatch(text)
    if match is None or not float(match[1]) < float(match[2]) < float("inf"):
        raise SettingError("span", text, "A:B, two times in seconds with A before B, as in 2:7.5")
    return TimeSpan(float(match[1]), float(match[2]))


def mark_events(
    path: Path | None, marks: Marks, t_ns: npt.NDArray[np.int64], shift_s: float
) -> list[Event]:
    """Return the events that begin and end each marked movement and set, in order of time.

    Parameters
    ----------
    path
        The table, for errors; None for a frame.
    marks
        The marked movements and sets.
    t_ns
        (n,) times of the samples on the session's time base, in ns.
    shift_s
        Time that was added to the times of the table.

    Raises
    ------
    TableError
        If a mark is not inside the table or contains no sample, or two marks overlap (MARKS).
    """
    first_ns, last_ns = int(t_ns[0]), int(t_ns[-1])
    placed: list[tuple[int, int, str, _Ends]] = []
    for step, span, ends in marks.spans():
        start, end = (round((t + shift_s) * 1e9) for t in (span.start_s, span.end_s))
        # A movement without samples would be a calibration step without data.
        inside = first_ns <= start < end <= last_ns
        if not inside or np.diff(np.searchsorted(t_ns, [start, end]))[0] == 0:
            fault = "contains no row of" if inside else "is not inside"
            raise TableError(
                path,
                ImportFault.MARKS,
                f"{step} {span.start_s:.10g}:{span.end_s:.10g} {fault} the table, which goes from "
                f"{first_ns / 1e9 - shift_s:.10g} to {last_ns / 1e9 - shift_s:.10g} s",
            )
        placed.append((start, end, step, ends))
    placed.sort(key=itemgetter(0))
    for (_, end, step, _), (start, _, following, _) in itertools.pairwise(placed):
        if start < end:
            raise TableError(path, ImportFault.MARKS, f"{step} and {following} overlap")
    return [
        Event(t, kind, dict(data))
        for start, end, _, ends in placed
        for t, (kind, data) in zip((start, end), ends, strict=True)
    ]
