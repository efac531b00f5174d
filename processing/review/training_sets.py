"""The sets of a recording: the marked ones, else those that the movement shows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from processing.coach.protocol import SetType
from processing.coach.set_fields import read_number, read_type
from processing.pipeline.marks import MarkedSpan
from processing.reps.segmentation import segment_sets
from processing.types import AngleBlock, Dropout, Rep, slice_block
from sensor.types import JsonValue

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


def training_sets(
    marked: Sequence[MarkedSpan],
    moved: Sequence[MarkedSpan],
    angles: AngleBlock,
    live: Sequence[Rep],
    dropouts: Sequence[Dropout],
    reference_rom_deg: float | None,
) -> tuple[TrainingSet, ...]:
    """Segment each marked set, or the sets that the movement shows if none is marked.

    Parameters
    ----------
    marked
        The marked sets.
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
    if marked:
        found = _marked(marked, angles, dropouts, reference_rom_deg)
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
            marked=bool(marked),
            prescription=span.data,
            type=read_type(span.data.get("set_type")) or SetType.FREE,
            load_kg=read_number(span.data.get("load_kg")),
            side=_SIDES.get(str(span.data.get("side")), ""),
        )
        for number, (span, reps) in enumerate(found, start=1)
    )


def _marked(
    marked: Sequence[MarkedSpan],
    angles: AngleBlock,
    dropouts: Sequence[Dropout],
    reference_rom_deg: float | None,
) -> list[tuple[MarkedSpan, tuple[Rep, ...]]]:
    """Return the marked sets with their reps."""
    times = [(span.t_start, span.t_end) for span in marked]
    found = segment_sets(angles, reference_rom_deg, sets=times, dropouts=dropouts)
    # If a cramp comes before the first lift there is no set.
    return [(span, r) for span, r in zip(marked, found, strict=True) if r or not span.cramp]


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
        (MarkedSpan(reps[0].t_start, reps[-1].t_end, {}), reps)
        for first, last in np.searchsorted(angles.t, edges).reshape(-1, 2).tolist()
        for reps in segment_sets(
            slice_block(angles, first, last), reference_rom_deg, dropouts=dropouts
        )
        if reps
    ]
