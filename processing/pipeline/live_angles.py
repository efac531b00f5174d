"""The live angles, which are estimated again where a loss was noticed late."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator
from processing.pipeline.revised_times import with_revised_times
from processing.types import AngleBlock, Dropout, PairedBlock, join_blocks, slice_block

KEPT_S = 6.0
"""Losses are noticed within 3 s (:data:`sensor.clock.loss.CONFIRM_MOST_S`), and later where the link is
silent meanwhile.
"""
_PART_S = 2.0
"""A state of the estimator is kept so often: a copy costs as much as some tens of samples."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Samples, and the estimator as it was before them."""

    before: AngleEstimator
    blocks: list[PairedBlock]

    @property
    def first_t(self) -> float:
        """The time of the first sample, s."""
        return self.blocks[0].t.item(0)


class LiveAngles:
    """Live angles of a calibrated leg. Any split of the input gives the same bits.

    A sensor without clock and counter dates its samples too early from a loss until the notice. Then the
    angles since the loss are estimated again, from the same samples at their right times, and later ones
    are as if the loss had been noticed at once.

    Parameters
    ----------
    calibration
        Of this strapping.
    """

    def __init__(self, calibration: Calibration) -> None:
        self._estimator = AngleEstimator(calibration)
        self._parts: deque[_Part] = deque()

    def feed(self, block: PairedBlock) -> AngleBlock:
        """Return the angles of ``block``, sample for sample."""
        if len(block.t):
            parts = self._parts
            first_t = block.t.item(0)
            if not parts or first_t >= parts[-1].first_t + _PART_S:
                parts.append(_Part(self._estimator.copied(), []))
            parts[-1].blocks.append(block)
            while len(parts) > 1 and parts[1].first_t < first_t - KEPT_S:
                parts.popleft()
        return self._estimator.feed(block)

    def revise(self, loss: Dropout) -> AngleBlock | None:
        """Estimate the angles since a loss that was noticed late again; return them.

        Call it when the samples up to its end were fed. None where the loss is too long ago.
        """
        parts = [*self._parts]
        if not parts or loss.t_end - loss.lost_t > KEPT_S or parts[0].first_t > loss.lost_t:
            return None
        since = max(i for i, part in enumerate(parts) if part.first_t <= loss.lost_t)
        wrong = [join_blocks(part.blocks) for part in parts[since:]]
        right = with_revised_times(join_blocks(wrong), [loss])
        self._estimator = parts[since].before.copied()
        angles: list[AngleBlock] = []
        done = 0
        for number, own in enumerate(wrong, since):
            part = slice_block(right, done, done + len(own.t))
            done += len(own.t)
            self._parts[number] = _Part(self._estimator.copied(), [part])
            angles.append(self._estimator.feed(part))
        found = join_blocks(angles)
        after = int(np.searchsorted(found.t, loss.lost_t, side="right"))
        return slice_block(found, after, len(found.t))
