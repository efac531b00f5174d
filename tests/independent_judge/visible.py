"""Visible boundaries of the reps in a true curve of the driving angle.

The lowering lasts from the last moment within 2° of the top plateau until the first moment within 2° of
the bottom plateau, and the lift likewise. Decisions where the specification leaves room:

* A plateau belongs to one movement. A movement ends at the first hold of its end zone and starts at the
  last hold of its start zone, because a stall near the end that counts as a hold is no part of the
  movement.
* The mean speed of a movement and its holds depend on each other. They are found by repetition, beginning
  with the extremes as plateaus.
* A rep lasts from the start of its lift to the end of its lowering where its duration is compared with
  limits: a rest of 25 s between two reps makes neither of them a partial rep.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

TOLERANCE_DEG = 2.0
"""Distance from a plateau that still belongs to it."""
ZONE_SHARE = 0.10
"""Share of the range within which a stall can be a hold."""
HOLD_S = 0.3
"""Shortest hold."""
HOLD_SPEED_SHARE = 0.2
"""Speed of a hold as a share of the mean speed of the movement."""
HOLD_SPEED_DPS = 10.0
"""Speed that no hold exceeds."""
START_DEG, START_SHARE = 8.0, 0.10
"""Rise from the last bottom that starts a rep: the larger of the angle and the share of the reference."""
TURN_DEG, TURN_SHARE = 5.0, 0.06
"""Return that ends a movement: the larger of the angle and the share of the reference."""
VALID_SHARE = 0.60
"""Smallest range of a rep as a share of the reference."""
SHORTEST_S, LONGEST_S = 0.6, 20.0
"""Shortest and longest duration of a rep."""
REPETITIONS = 4
"""Repetitions of finding holds and speeds; further ones change nothing on the drawn curves."""


@dataclass(frozen=True)
class VisibleRep:
    """A rep as a coach sees it; times in s, angles in deg."""

    t_lift: float
    """Start of the lift."""
    t_top: float
    """End of the lift."""
    t_lower: float
    """Start of the lowering."""
    t_bottom: float
    """End of the lowering."""
    t_next: float
    """Start of the next lift of the set, or the end of the lowering where there is none."""
    low_deg: float
    """Lowest angle before the lift."""
    high_deg: float
    """Highest angle."""
    end_deg: float
    """Lowest angle after the lowering."""

    @property
    def lift_s(self) -> float:
        """Duration of the lift."""
        return self.t_top - self.t_lift

    @property
    def top_s(self) -> float:
        """Duration of the hold at the top."""
        return self.t_lower - self.t_top

    @property
    def lower_s(self) -> float:
        """Duration of the lowering."""
        return self.t_bottom - self.t_lower

    @property
    def bottom_s(self) -> float:
        """Duration of the rest at the bottom; 0 after the last rep."""
        return self.t_next - self.t_bottom

    @property
    def rom_deg(self) -> float:
        """Range from the bottom before the lift to the top."""
        return self.high_deg - self.low_deg

    def partial(self, reference_deg: float) -> bool:
        """Return whether the rep is too small, too short or too long to count."""
        duration_s = self.t_bottom - self.t_lift
        small = self.rom_deg < VALID_SHARE * reference_deg
        return small or not SHORTEST_S <= duration_s <= LONGEST_S


@dataclass(frozen=True)
class _Cycle:
    """Sample indices of the valley before a peak, of the peak, and of the valley after it."""

    before: int
    peak: int
    after: int


def visible_reps(t: Array, curl_deg: Array, reference_deg: float) -> tuple[VisibleRep, ...]:
    """Return the visible reps of one set, partial ones included.

    Parameters
    ----------
    t
        Times of the samples of the set, in s; shape (n,).
    curl_deg
        True driving angle without tremor or noise, in deg; shape (n,).
    reference_deg
        Reference range of the person, in deg.
    """
    cycles = _cycles(curl_deg, reference_deg)
    rate = np.asarray(np.gradient(curl_deg, t), dtype=np.float64)
    limits = [0, *[cycle.peak for cycle in cycles], t.size - 1]
    reps: list[VisibleRep] = []
    for number, cycle in enumerate(cycles):
        # A movement may use the rest on both sides of its extremes, up to the neighbouring peaks.
        lift = _movement(t, curl_deg, rate, limits[number], cycle.before, cycle.peak, cycle.after)
        lower = _movement(
            t, curl_deg, rate, cycle.before, cycle.peak, cycle.after, limits[number + 2]
        )
        low, high, end = (float(curl_deg[i]) for i in (cycle.before, cycle.peak, cycle.after))
        reps.append(VisibleRep(lift[0], lift[1], lower[0], lower[1], lower[1], low, high, end))
    return tuple(_joined(reps))


def _joined(reps: Sequence[VisibleRep]) -> list[VisibleRep]:
    """Return the reps with the start of the next lift, and phases that do not overlap."""
    joined: list[VisibleRep] = []
    for index, rep in enumerate(reps):
        t_lower = max(rep.t_top, rep.t_lower)
        t_next = reps[index + 1].t_lift if index + 1 < len(reps) else rep.t_bottom
        joined.append(
            VisibleRep(
                rep.t_lift,
                min(rep.t_top, t_lower),
                t_lower,
                rep.t_bottom,
                max(t_next, rep.t_bottom),
                rep.low_deg,
                rep.high_deg,
                rep.end_deg,
            )
        )
    return joined


def _cycles(curl_deg: Array, reference_deg: float) -> list[_Cycle]:
    """Return the cycles of a curve by position hysteresis."""
    start = max(START_DEG, START_SHARE * reference_deg)
    turn = max(TURN_DEG, TURN_SHARE * reference_deg)
    cycles: list[_Cycle] = []
    before = low = peak = 0
    rising = False
    for index, angle in enumerate(curl_deg):
        if not rising:
            if angle <= curl_deg[low]:
                low = index
            if angle - curl_deg[low] >= start:
                if cycles:
                    cycles[-1] = _Cycle(cycles[-1].before, cycles[-1].peak, low)
                before, peak, rising = low, index, True
        else:
            if angle > curl_deg[peak]:
                peak = index
            if curl_deg[peak] - angle >= turn:
                low, rising = index, False
                cycles.append(_Cycle(before, peak, index))
    if cycles and not rising:
        cycles[-1] = _Cycle(cycles[-1].before, cycles[-1].peak, low)
    return _without_half_turns(curl_deg, cycles)


def _without_half_turns(curl_deg: Array, cycles: list[_Cycle]) -> list[_Cycle]:
    """Return the cycles with those joined whose lowering turned back above half the height.

    The specification asks for a rise from the last *bottom*. A turn in the upper half is a stall or a
    bounce of one rep, for a coach.
    """
    joined: list[_Cycle] = []
    for cycle in cycles:
        if joined:
            last = joined[-1]
            height = max(curl_deg[last.peak], curl_deg[cycle.peak]) - curl_deg[last.before]
            if curl_deg[last.after] - curl_deg[last.before] > 0.5 * height:
                peak = last.peak if curl_deg[last.peak] >= curl_deg[cycle.peak] else cycle.peak
                joined[-1] = _Cycle(last.before, peak, cycle.after)
                continue
        joined.append(cycle)
    return joined


def _movement(
    t: Array, curl_deg: Array, rate: Array, first: int, start: int, end: int, last: int
) -> tuple[float, float]:
    """Return the visible start and end of the movement between two extremes.

    Parameters
    ----------
    t, curl_deg, rate
        Times in s, angle in deg and its rate in deg/s; shape (n,).
    first, last
        Samples between which the holds are looked for.
    start, end
        Samples of the extremes at which the movement starts and ends.
    """
    span = slice(first, last + 1)
    at, speed = t[span], np.abs(rate[span])
    # Progress grows from 0 at the starting extreme to the range at the other, for lifts and lowerings.
    progress = np.abs(curl_deg[end] - curl_deg[start])
    sign = np.sign(curl_deg[end] - curl_deg[start])
    done = sign * (curl_deg[span] - curl_deg[start])
    from_index, to_index = start - first, end - first
    floor, ceiling = 0.0, float(progress)
    begin = finish = 0.0
    for _ in range(REPETITIONS):
        begin = _last_below(at, done, floor + TOLERANCE_DEG, from_index, to_index)
        finish = _first_above(at, done, ceiling - TOLERANCE_DEG, begin, to_index)
        limit = min(HOLD_SPEED_DPS, HOLD_SPEED_SHARE * progress / max(finish - begin, 1e-9))
        slow = speed < limit
        holds = _runs(at, slow & (done <= ZONE_SHARE * progress))
        before = [run for run in holds if run.start < to_index]
        holds = _runs(at, slow & (done >= (1.0 - ZONE_SHARE) * progress))
        after = [run for run in holds if run.stop > from_index]
        floor = float(np.median(done[before[-1]])) if before else 0.0
        ceiling = float(np.median(done[after[0]])) if after else float(progress)
    return begin, finish


def _runs(t: Array, inside: npt.NDArray[np.bool_]) -> list[slice]:
    """Return the runs of samples of at least the length of a hold."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
    runs = [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    return [run for run in runs if t[run.stop - 1] - t[run.start] >= HOLD_S]


def _last_below(t: Array, done: Array, level: float, start: int, end: int) -> float:
    """Return the last time at or below a level before the end of the movement."""
    below = np.flatnonzero(done[: end + 1] <= level)
    index = int(below[-1]) if below.size else start
    return _crossing(t, done, level, index)


def _first_above(t: Array, done: Array, level: float, begin: float, end: int) -> float:
    """Return the first time at or above a level after the beginning of the movement."""
    above = np.flatnonzero((done >= level) & (t >= begin))
    index = int(above[0]) if above.size else end
    return _crossing(t, done, level, max(index - 1, 0))


def _crossing(t: Array, done: Array, level: float, index: int) -> float:
    """Return the time at which the straight line after a sample passes a level."""
    if index + 1 >= t.size or done[index + 1] == done[index]:
        return float(t[index])
    share = (level - done[index]) / (done[index + 1] - done[index])
    return float(t[index] + np.clip(share, 0.0, 1.0) * (t[index + 1] - t[index]))
