"""The time spans of the calibration movements that a person marked in a table."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sensor.errors import ImportFault, SettingError, TableError
from sensor.types import Event, EventKind, JsonValue

_NUMBER = r"\s*(\d+(?:\.\d*)?|\.\d+)\s*"
_SPAN = re.compile(rf"{_NUMBER}:{_NUMBER}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of time in the time of the table."""

    start_s: float
    """Its start, in s."""
    end_s: float
    """Its end, in s, which is not part of it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked calibration movements of a table."""

    still: TimeSpan | None = None
    """The person was still, in the neutral pose."""
    pumps: TimeSpan | None = None
    """The person moved the foot up and down."""
    curls: TimeSpan | None = None
    """The person curled without load."""
    neutral_deg: float | None = None
    """Ankle angle of the still pose, if it was set against a goniometer or a box corner; else None."""

    def spans(self) -> Iterator[tuple[str, TimeSpan]]:
        """Yield the name and span of each marked step."""
        for step, span in (("still", self.still), ("pumps", self.pumps), ("curls", self.curls)):
            if span is not None:
                yield step, span


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
    path: Path, marks: Marks, t_ns: npt.NDArray[np.int64], shift_s: float
) -> list[Event]:
    """Return the events that begin and end each marked movement, in order of time.

    Parameters
    ----------
    path
        The table, for errors.
    marks
        The marked movements.
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
    placed = []
    for step, span in marks.spans():
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
        placed.append((start, end, step))
    placed.sort()
    for (_, end, step), (start, _, following) in itertools.pairwise(placed):
        if start < end:
            raise TableError(path, ImportFault.MARKS, f"{step} and {following} overlap")
    events = []
    for start, end, step in placed:
        data: dict[str, JsonValue] = {"step": step}
        if step == "still" and marks.neutral_deg is not None:
            data["neutral_deg"] = marks.neutral_deg
        events.append(Event(start, EventKind.CALIBRATION_START, data))
        events.append(Event(end, EventKind.CALIBRATION_END, {"step": step, "accepted": True}))
    return events
