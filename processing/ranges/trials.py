"""Trials of a range: a rise to an extreme that is held, and the way back.

The value of a trial is the median of its plateau: the highest level that was kept still. An overshoot
on the way or a last jerk is not held, so it does not count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from processing.motion.grid import GRID_HZ
from sensor.types import BoolArray, FloatArray

START = math.radians(5.0)
"""A trial begins when the angle has risen this far from its lowest value since the last one, rad.

More than soft tissue rings (4°), and less than the 9° that a stiff ankle has from relaxed to its end.
"""
LEAVE = math.radians(4.0)
"""A trial is over when the angle is this far below its highest value, rad, and below
:data:`LEAVE_SHARE` of its rise."""
LEAVE_SHARE = 0.4
"""See :data:`LEAVE`: people let go a little and push again, which is the same trial."""
HOLD_S = 0.5
"""An extreme counts when it is kept for this long, s: longer than any reversal without a stop."""
STILL = math.radians(3.0)
"""A held angle stays within this span, rad: tremor and a slow give of the tissue are within it."""
FAR_BELOW = math.radians(10.0)
"""A trial this far below the best of its measure did not go to the end of the range, rad.

Trials of one person differ by 1 to 2°.
"""
LONGEST_S = 60.0
"""Only so much of the end of a longer trial is looked at, so that memory is bounded, s."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial."""

    number: int
    """Counts the trials of its measure from 1."""
    t_start: float
    """Start of the plateau, s; of the whole trial if there was none."""
    t_end: float
    """End of the plateau, s; of the whole trial if there was none."""
    value: float | None
    """Median of the plateau, rad; None if nothing was held still with all samples there."""

    @property
    def value_deg(self) -> float | None:
        """The same in °."""
        return None if self.value is None else math.degrees(self.value)


class TrialFinder:
    """Finds trials sample by sample. Any split of the input gives the same bits."""

    def __init__(self) -> None:
        self._low = math.inf
        self._high = -math.inf
        self._number = 0
        self._t: list[float] = []
        self._values: list[float] = []

    @property
    def in_trial(self) -> bool:
        """Whether a trial is under way."""
        return bool(self._t)

    @property
    def held_s(self) -> float:
        """How long the highest level of the trial under way was kept so far, s; 0 where none was."""
        held = plateau(np.array(self._values)) if self._values else None
        return 0.0 if held is None else (held.stop - held.start) / GRID_HZ

    def feed(self, t: FloatArray, value: FloatArray, known: BoolArray) -> list[Trial]:
        """Return the trials that end in these samples.

        Parameters
        ----------
        t
            (n,) s, the times on the grid.
        value
            (n,) rad, growing towards the end of the range.
        known
            (n,) where the value is known.
        """
        found = []
        for at, angle, is_known in zip(t.tolist(), value.tolist(), known.tolist(), strict=True):
            if self._t:
                self._keep(at, angle if is_known else math.nan)
            if not is_known:
                continue
            if not self._t:
                self._low = min(self._low, angle)
                if angle >= self._low + START:
                    self._high = angle
                    self._keep(at, angle)
                continue
            self._high = max(self._high, angle)
            if angle < self._high - max(LEAVE, LEAVE_SHARE * (self._high - self._low)):
                found.append(self._close())
                self._low = angle
        return found

    def finish(self) -> list[Trial]:
        """Return the trial that the end of the measure cuts short, if it was held."""
        if not self._t:
            return []
        trial = self._close()
        return [trial] if trial.value is not None else []

    def _keep(self, t: float, value: float) -> None:
        self._t.append(t)
        self._values.append(value)
        if len(self._t) > LONGEST_S * GRID_HZ:
            del self._t[0], self._values[0]

    def _close(self) -> Trial:
        self._number += 1
        t, values = np.array(self._t), np.array(self._values)
        self._t, self._values = [], []
        held = plateau(values)
        if held is None:
            return Trial(self._number, float(t[0]), float(t[-1]), None)
        level = float(np.median(values[held]))
        return Trial(self._number, float(t[held.start]), float(t[held.stop - 1]), level)


def plateau(values: FloatArray) -> slice | None:
    """Return where the highest level of ``values`` (n,) rad on the grid was kept still; None if nowhere.

    Unknown values are NaN; no plateau reaches over one.
    """
    size = round(HOLD_S * GRID_HZ)
    if len(values) < size:
        return None
    windows = sliding_window_view(values, size)
    # A comparison with NaN is false: a window with an unknown value is not still.
    still = windows.max(axis=1) - windows.min(axis=1) <= STILL
    if not still.any():
        return None
    middles = np.where(still, np.median(windows, axis=1), -np.inf)
    first = int(np.argmax(middles))
    level = middles[first]
    # Wider than half the span: the highest window lies above the middle of what is kept.
    near = np.abs(values - level) <= STILL
    near[first : first + size] = True
    before, after = np.flatnonzero(~near[:first]), np.flatnonzero(~near[first:])
    start = int(before[-1]) + 1 if len(before) else 0
    stop = first + int(after[0]) if len(after) else len(values)
    return slice(start, stop)


def counted(trials: Sequence[Trial]) -> tuple[Trial, ...]:
    """Return the trials that were held at the end of the range."""
    values = [trial.value for trial in trials if trial.value is not None]
    least = max(values, default=0.0) - FAR_BELOW
    return tuple(trial for trial in trials if trial.value is not None and trial.value >= least)
