"""The sets of a recording: as its coach recorded them, else as marked, else as the movement shows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from processing.coach.protocol import SetType
from processing.coach.set_fields import read_number, read_type
from processing.coach.set_record import recorded_sets
from processing.pipeline.marks import MarkedSpan, marked_sets
from processing.reps.segmentation import segment_sets
from processing.types import AngleBlock, Dropout, Rep, slice_block
from sensor.types import Event, JsonValue, SessionHeader

_SIDES = {"left": "L", "right": "R", "both": "BOTH"}
"""Sides as the events name them, and as they are stored."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A set of reps."""

    number: int
    """Number of the set in the session, from 1."""
    t_start: float
    """Start, s."""
    t_end: float
    """End, s."""
    reps: tuple[Rep, ...]
    """The reps as found offline."""
    live: tuple[Rep, ...]
    """The reps as counted live."""
    marked: bool
    """False if the set was found from the movement alone."""
    prescription: Mapping[str, JsonValue]
    """The demands of the set, as the fields of its events."""
    type: SetType = SetType.FREE
    """Kind of the set, FREE if nothing was planned."""
    load_kg: float | None = None
    """Load, kg; None if not stated."""
    side: str = ""
    """``L``, ``R`` or ``BOTH``; empty if not stated."""


def known_sets(
    header: SessionHeader, events: Sequence[Event], t_last: float
) -> Sequence[MarkedSpan] | None:
    """Return the sets that the recording itself names; None if it names none.

    The record of the coach goes before the marks, because it knows why each set ended.
    """
    recorded = recorded_sets(events, t_last)
    return recorded if recorded is not None else marked_sets(header, events, t_last) or None


def training_sets(
    known: Sequence[MarkedSpan] | None,
    moved: Sequence[MarkedSpan],
    angles: AngleBlock,
    live: Sequence[Rep],
    dropouts: Sequence[Dropout],
    reference_rom_deg: float | None,
) -> tuple[TrainingSet, ...]:
    """Segment each known set, or the sets that the movement shows if none is known.

    Parameters
    ----------
    known
        The sets that the coach recorded, else the marked ones; None if there is neither.
    moved
        The marked calibration movements, which are no sets even if they look like one.
    angles
        The offline angles of the whole recording.
    live
        The reps as counted live.
    dropouts
        The known losses.
    reference_rom_deg
        The range of an unloaded rep, None if not known.
    """
    if not len(angles.t):
        return ()
    if known is not None:
        found = _known(known, angles, dropouts, reference_rom_deg)
    else:
        found = _unmarked(moved, angles, dropouts, reference_rom_deg)
    return tuple(
        TrainingSet(
            number=number,
            t_start=span.t_start,
            t_end=span.t_end,
            reps=reps,
            # By the top: the start of a live rep may be dated before its mark.
            live=tuple(r for r in live if span.holds(r.t_top)),
            marked=span.marked,
            prescription=span.data,
            type=read_type(span.data.get("set_type")) or SetType.FREE,
            load_kg=read_number(span.data.get("load_kg")),
            side=_SIDES.get(str(span.data.get("side")), ""),
        )
        for number, (span, reps) in enumerate(found, start=1)
    )


def _known(
    known: Sequence[MarkedSpan],
    angles: AngleBlock,
    dropouts: Sequence[Dropout],
    reference_rom_deg: float | None,
) -> list[tuple[MarkedSpan, tuple[Rep, ...]]]:
    """Return the sets whose times are known, with their reps."""
    times = [(span.t_start, span.t_end) for span in known]
    found = segment_sets(angles, reference_rom_deg, sets=times, dropouts=dropouts)
    # A mark is believed without a rep, but not if a cramp comes before the first lift.
    return [
        (span, reps)
        for span, reps in zip(known, found, strict=True)
        if reps or (span.marked and not span.cramp)
    ]


def _unmarked(
    moved: Sequence[MarkedSpan],
    angles: AngleBlock,
    dropouts: Sequence[Dropout],
    reference_rom_deg: float | None,
) -> list[tuple[MarkedSpan, tuple[Rep, ...]]]:
    """Return the sets that the movement shows, with their reps."""
    # A calibration movement ends the set before it, as it does live.
    edges = [-math.inf, *(t for m in moved for t in (m.t_start, m.t_end)), math.inf]
    return [
        (MarkedSpan(reps[0].t_start, reps[-1].t_end, {}, marked=False), reps)
        for first, last in np.searchsorted(angles.t, edges).reshape(-1, 2).tolist()
        for reps in segment_sets(
            slice_block(angles, first, last), reference_rom_deg, dropouts=dropouts
        )
        if reps
    ]
