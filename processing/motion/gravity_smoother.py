"""Gravity after each window of a whole recording, with all later windows in view.

The filter runs forward, and then back over its steps (:func:`.gravity_backward.smooth_through`). A step is
6 kB, so steps are not kept: going back, the filter runs once more over each piece of the recording, from
the state that it had there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from processing.motion.gravity_backward import smooth_through
from processing.motion.gravity_filter import GravityFilter, GravitySteps
from processing.motion.gravity_steps import ROUGH, SETTLED, SETTLED_RAD, cost_of_gap
from processing.motion.gravity_windows import GravityWindows
from processing.motion.long_block import release
from sensor.long_columns import release as release_arrays
from sensor.types import BoolArray, FloatArray, IntArray

_PIECE = 512
"""Windows whose steps are in memory at once: 3 MB."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The windows between two gaps."""

    windows: GravityWindows
    """m windows, in the frame that the gyro keeps still from the start of the stretch."""
    across: FloatArray
    """(m, 2, 3) the axes of the plane of the angle after each, in that frame."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Windows of a stretch, and the filter before them."""

    stretch: int
    start: int
    stop: int
    filter: GravityFilter


def smoothed_gravity(stretches: Sequence[Stretch]) -> list[tuple[FloatArray, IntArray]]:
    """Return gravity's reaction (m, 3) m/s² after each window of each stretch, and what gaps leave (m,).

    Of the angle they leave what they left live (:data:`.gravity_steps.SETTLED`), so that what is judged
    live is judged now, and not more than the gaps beside it do. Stretches that are too short have no rows.
    """
    # Filled in place, since a session of hours has a third of a million windows.
    out = [_rows(len(one.windows.rate)) for one in stretches]
    short = set(range(len(stretches)))
    back: _Backward | None = None
    for piece in reversed(list(_pieces(stretches))):
        steps = _run(piece.filter, stretches[piece.stretch], piece.start, piece.stop)
        if steps is None:
            continue
        if back is None:
            back = _Backward(steps)
        up, known = back.through(steps)
        # Before the recording nothing was hidden: its start is known from what came later.
        left = steps.settling if piece.stretch else np.full(len(steps), SETTLED)
        own = slice(piece.stop - len(steps), piece.stop)
        out[piece.stretch][0][own] = up
        out[piece.stretch][1][own] = np.where(known, left, np.maximum(left, ROUGH))
        short.discard(piece.stretch)
    return [_rows(0) if number in short else rows for number, rows in enumerate(out)]


def _rows(count: int) -> tuple[FloatArray, IntArray]:
    """Return room for the rows of ``count`` windows, as :func:`smoothed_gravity` returns them."""
    return np.empty((count, 3)), np.empty(count, dtype=np.int64)


def _pieces(stretches: Sequence[Stretch]) -> Iterator[_Piece]:
    forward = GravityFilter()
    for number, stretch in enumerate(stretches):
        if number:
            forward.restart()
        count = len(stretch.windows.rate)
        for start in range(0, count, _PIECE):
            stop = min(start + _PIECE, count)
            yield _Piece(number, start, stop, forward.for_steps())
            _run(forward, stretch, start, stop)


def _run(forward: GravityFilter, stretch: Stretch, start: int, stop: int) -> GravitySteps | None:
    # Copies: the windows themselves may lie in a file.
    across = np.array(stretch.across[start:stop])
    steps = forward.advance(stretch.windows.part(start, stop), across)
    release(stretch.windows)
    release_arrays(stretch.across)
    return steps


class _Backward:
    """The correction of steps by the later ones.

    Parameters
    ----------
    last
        The last steps of the recording.
    """

    def __init__(self, last: GravitySteps) -> None:
        self._x = last.x[-1].copy()
        self._p = last.covariances[-1, 1].copy()
        self._ungapped = last.gapless[-1, 1].copy()
        self._compares = int(last.settling[-1])
        self._later: GravitySteps | None = None

    def through(self, steps: GravitySteps) -> tuple[FloatArray, BoolArray]:
        """Go back through ``steps``; return gravity and whether it is known after each."""
        up, known = steps.x[:, :3].copy(), np.ones(len(steps), dtype=np.bool_)
        if self._later is None:
            # No later step corrects the last one.
            if self._compares:
                cost = cost_of_gap(steps.across[-1], self._x, self._p, self._ungapped)
                known[-1] = cost < SETTLED_RAD
            rows, before, begins = steps, len(steps) - 1, False
        else:
            rows, before, begins = (
                _with_first_of(steps, self._later),
                len(steps),
                self._later.begins,
            )
        self._compares = smooth_through(
            self._x, self._p, self._ungapped, self._compares, int(begins), rows.across, rows.x,
            rows.predicted, rows.settling, rows.transitions, rows.covariances, rows.gapless,
            up[:before], known[:before],
        )  # fmt: skip
        self._later = _first_of(steps)
        return up, known


def _first_of(steps: GravitySteps) -> GravitySteps:
    arrays = {f.name: getattr(steps, f.name)[:1] for f in fields(steps) if f.name != "begins"}
    return GravitySteps(**arrays, begins=steps.begins)


def _with_first_of(steps: GravitySteps, later: GravitySteps) -> GravitySteps:
    arrays = {
        f.name: np.concatenate([getattr(steps, f.name), getattr(later, f.name)[:1]])
        for f in fields(steps)
        if f.name != "begins"
    }
    return GravitySteps(**arrays, begins=steps.begins)
