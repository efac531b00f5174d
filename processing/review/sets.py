"""The sets of a recording: those that were marked, else those that the movement shows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from processing.pipeline.marks import Span
from processing.reps.segmentation import segment_sets
from processing.types import AngleBlock, Dropout, Rep, slice_block
from sensor.types import JsonValue


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A set of reps between ``t_start`` and ``t_end`` s.

    ``live`` are the reps as they were counted while the set ran, ``reps`` the refined ones.
    ``marked`` is False where the set was found from the movement alone.
    """

    number: int
    t_start: float
    t_end: float
    reps: tuple[Rep, ...]
    live: tuple[Rep, ...]
    marked: bool
    plan: Mapping[str, JsonValue]


def training_sets(
    marked: Sequence[Span],
    moved: Sequence[Span],
    refined: AngleBlock,
    live: Sequence[Rep],
    dropouts: Sequence[Dropout],
    reference_rom_deg: float | None,
) -> tuple[TrainingSet, ...]:
    """Segment each marked set; where none is marked, the sets that the movement shows.

    The movements of a calibration, ``moved``, are not sets, whatever they look like.
    """
    if not len(refined.t):
        return ()
    if marked:
        times = [(span.t_start, span.t_end) for span in marked]
        found = segment_sets(refined, reference_rom_deg, sets=times, dropouts=dropouts)
        # A cramp before the first lift leaves no set.
        kept = [(s, r) for s, r in zip(marked, found, strict=True) if r or not s.cramp]
        spans, found = [span for span, _ in kept], [reps for _, reps in kept]
    else:
        # A movement of the calibration ends whatever came before it, as it does live.
        edges = [-math.inf, *(t for m in moved for t in (m.t_start, m.t_end)), math.inf]
        found = [
            reps
            for first, last in np.searchsorted(refined.t, edges).reshape(-1, 2).tolist()
            for reps in segment_sets(
                slice_block(refined, first, last), reference_rom_deg, dropouts=dropouts
            )
            if reps
        ]
        spans = [Span(reps[0].t_start, reps[-1].t_end, {}) for reps in found]
    return tuple(
        TrainingSet(
            number=number,
            t_start=span.t_start,
            t_end=span.t_end,
            reps=reps,
            live=tuple(r for r in live if span.holds(r.t_top)),
            marked=bool(marked),
            plan=span.plan,
        )
        for number, (span, reps) in enumerate(zip(spans, found, strict=True), start=1)
    )
