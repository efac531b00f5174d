"""Reps and phases offline: the live rules on a driving angle without delay.

Angle and speed are smoothed by a Savitzky-Golay filter (Savitzky & Golay, Analytical Chemistry
36:1627, 1964), which is symmetric and so shifts nothing in time. The states are those of the live
detector; then every boundary is placed with the samples on both sides of it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import rep_limits as limits
from processing.reps.boundaries import (
    Boundaries,
    ankle_median,
    find_boundaries,
    gap_in,
    is_partial,
    rest_low,
    rested_from,
    tilts_shin,
    withheld_by,
)
from processing.reps.detected_angle import DetectedAngle
from processing.reps.gaps import find_gaps
from processing.reps.held_shin import HeldShin
from processing.reps.lowering_first import rep_named
from processing.reps.net_speed import NetSpeed
from processing.reps.set_life import UNMARKED_REPS
from processing.reps.smoothing import smoothed
from processing.reps.state_machine import RepMachine
from processing.reps.transitions import Arming, State, Trigger
from processing.types import AngleBlock, Dropout, Phase, Rep, counted, slice_block
from sensor.long_columns import release
from sensor.types import BoolArray, FloatArray

LEAD_S = 2.0
"""Stillness is looked for from this long before a marked set: the leg may lie there already."""
_MARGIN_S = 2.0
"""Several times the window of the smoothing, whose ends are another curve's."""
_MOST_BEFORE = 65_536
"""Samples in which the one before a gap is looked for: eleven minutes."""


@dataclass(frozen=True, slots=True)
class _Curve:
    """The samples with a driving angle; in gaps the smoothing filter saw straight lines.

    ``t`` (n,) s, ``curl`` (n,) rad and ``speed`` (n,) rad/s smoothed; ``measured`` (n,) rad, ``rate``
    (n,) rad/s, ``ankle`` and ``shin`` (n,) rad as they were, the ankle not a number where it is not known;
    ``gaps`` start and end in s, ``unjudged`` the same of those in which either angle is not known.
    """

    t: FloatArray
    curl: FloatArray
    speed: FloatArray
    measured: FloatArray
    rate: FloatArray
    ankle: FloatArray
    shin: FloatArray
    gaps: tuple[tuple[float, float], ...]
    unjudged: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class _Span:
    """The samples of one rep: ``begin`` is the bottom before it, ``lift`` where the lift was noticed.

    ``end`` is where its lowering was noticed as over, ``low`` and ``low_after`` rad the bottoms.
    ``lost`` is the gap with which it begins or ends, s; ``cut`` is whether it ends with one, ``high``
    whether it ends above the start pose.
    """

    begin: int
    lift: int
    low: float
    end: int = -1
    low_after: float = 0.0
    complete: bool = False
    lost: tuple[float, float] | None = None
    cut: bool = False
    high: bool = False


def segment(
    angles: AngleBlock,
    reference_rom_deg: float | None = None,
    *,
    sets: Sequence[tuple[float, float]] | None = None,
    dropouts: Sequence[Dropout] = (),
    own: RepLimits = LEG_CURL_LIMITS,
) -> list[Rep]:
    """Return the reps of a recording, found offline.

    Numbers start from 1 in every set and count whole reps; a partial rep has the number of the
    last whole one. ``t_end`` of the last rep of a set is its ``t_bottom``.

    Parameters
    ----------
    angles
        The angles of the whole recording or of one set.
    reference_rom_deg
        The range of an unloaded rep, the same as live; None if not known.
    sets
        Start and end of each set in s. None: they are not known, and reps from one rest pose are a
        set as far as :mod:`.set_life` says.
    dropouts
        The known losses, which name the sensor of a gap.
    own
        The limits of the exercise.
    """
    found = segment_sets(angles, reference_rom_deg, sets=sets, dropouts=dropouts, own=own)
    return [rep for reps in found for rep in reps]


def segment_sets(
    angles: AngleBlock,
    reference_rom_deg: float | None = None,
    *,
    sets: Sequence[tuple[float, float]] | None = None,
    dropouts: Sequence[Dropout] = (),
    own: RepLimits = LEG_CURL_LIMITS,
) -> list[tuple[Rep, ...]]:
    """Return the reps of each set, as :func:`segment` does; a marked set may have none."""
    found = _found_sets(angles, reference_rom_deg, sets, dropouts, own)
    if not own.lowers_first:
        return found
    return [tuple(map(rep_named, reps)) for reps in found]


def _found_sets(
    angles: AngleBlock,
    reference_rom_deg: float | None,
    sets: Sequence[tuple[float, float]] | None,
    dropouts: Sequence[Dropout],
    own: RepLimits,
) -> list[tuple[Rep, ...]]:
    """Return the reps of each set, which begin with the first movement, whichever that is."""
    if sets is None:
        curve = _smoothed(DetectedAngle(own).feed(angles))
        finder = _Finder(curve, reference_rom_deg, Arming.STILL, own)
        n = curve.t.size
        finder.run(0, n)
        found = [(_reps(curve, run, n, finder, dropouts), run[0].low) for run in finder.runs if run]
        return [reps for reps, pose in found if _is_set(reps, pose, own)]
    out = []
    for start, stop in sets:
        beside = _beside(angles, start, stop)
        curve = _smoothed(DetectedAngle(own).feed(beside))
        first, last = np.searchsorted(curve.t, (start, stop))
        finder = _Finder(curve, reference_rom_deg, Arming.MARKED, own)
        finder.run(int(first), int(last))
        spans = [span for run in finder.runs for span in run]
        out.append(_reps(curve, spans, int(last), finder, dropouts))
        # The angles of a long recording lie in a file.
        release(*(getattr(angles, column.name) for column in fields(angles)))
    return out


def phase_labels(t: FloatArray, reps: Sequence[Rep]) -> list[Phase]:
    """Return the phase at each time ``t`` (n,) in s, idle outside of the reps."""
    edges: list[tuple[float, Phase]] = [(-math.inf, Phase.IDLE)]
    for rep in reps:
        lift = [(rep.t_start, Phase.CONCENTRIC), (rep.t_top, Phase.TOP)]
        lowering = [(rep.t_ecc, Phase.ECCENTRIC), (rep.t_bottom, Phase.BOTTOM)]
        edges += [*lowering, *lift] if rep.lowers_first else [*lift, *lowering]
        edges.append((rep.t_end, Phase.IDLE))
    starts = np.array([start for start, _ in edges])
    phases = [phase for _, phase in edges]
    return [phases[i] for i in (np.searchsorted(starts, t, side="right") - 1).tolist()]


def _beside(angles: AngleBlock, start: float, stop: float) -> AngleBlock:
    """Return the samples of a set and those beside it that its reps depend on."""
    edges = start - LEAD_S - _MARGIN_S, stop + limits.SETTLING_S + _MARGIN_S
    first, last = np.searchsorted(angles.t, edges).tolist()
    # The sample before a gap, which tells that there is one.
    begin = max(first - _MOST_BEFORE, 0)
    before = np.flatnonzero(slice_block(angles, begin, first).both_judged)
    if len(before):
        first = begin + int(before[-1])
    return slice_block(angles, first, last)


def _smoothed(angles: AngleBlock) -> _Curve:
    """Return the known part of the curve, smoothed on its own grid."""
    finite = np.isfinite(angles.driving) & np.isfinite(angles.driving_rate)
    known: BoolArray = angles.driving_valid & finite
    t = angles.t[known]
    if t.size < 3:
        empty = np.empty(0)
        return _Curve(empty, empty, empty, empty, empty, empty, empty, (), ())
    dt = float(np.median(np.diff(t)))
    gaps = tuple(find_gaps(t, dt))
    kept = angles.driving, angles.driving_rate, angles.ankle, angles.shin_turn
    measured, rate, ankle, shin = (a[known] for a in kept)
    judged = angles.both_judged[known]
    unjudged = find_gaps(np.concatenate([t[:1], t[1:-1][judged[1:-1]], t[-1:]]), dt)
    smooth, speed = measured.copy(), rate.copy()
    # The filter needs an even grid; the samples lie on one, except where a few are missing. Over a
    # gap it would mix what was before with what comes after.
    edges = [0, *np.searchsorted(t, [stop for _, stop in gaps]).tolist(), t.size]
    for first, last in pairwise(edges):
        own_t = t[first:last]
        index = np.round((own_t - own_t[0]) / dt).astype(np.int64)
        even_t = own_t[0] + dt * np.arange(index[-1] + 1)
        window = 2 * round(0.5 * limits.WINDOW_S / dt) + 1
        window = min(window, even_t.size - (even_t.size + 1) % 2)
        for signal in (smooth, speed):
            even = np.interp(even_t, own_t, signal[first:last])
            signal[first:last] = smoothed(even, window)[index]
    ankle = np.where(judged, ankle, np.nan)
    return _Curve(t, smooth, speed, measured, rate, ankle, shin, gaps, tuple(unjudged))


class _Finder:
    """The reps that the state machine sees in a curve; ``runs`` has those of each set."""

    def __init__(
        self, curve: _Curve, reference_rom_deg: float | None, arming: Arming, own: RepLimits
    ) -> None:
        self._curve = curve
        self._arming = arming
        self.own = own
        self._machine = RepMachine(reference_rom_deg, Arming.OFF, own)
        self.reference = self._machine.unloaded_rom
        self._span: _Span | None = None
        self._landed = 0
        self._lost: tuple[float, float] | None = None
        self._roms: list[float] = []
        self._held_shin = HeldShin()
        self.runs: list[list[_Span]] = [[]]

    def run(self, first: int, last: int) -> None:
        """Follow the samples ``first:last``."""
        curve, machine = self._curve, self._machine
        self._landed = first
        lead = int(np.searchsorted(curve.t, curve.t[first] - LEAD_S)) if first < last else first
        net = _net_speeds(curve, lead, last)
        stops = np.searchsorted(curve.t, [stop for _, stop in curve.gaps]).tolist()
        resumed = dict(zip(stops, curve.gaps, strict=True))
        inside = (at for at in resumed if lead <= at < last)
        for start, stop in pairwise([*sorted({lead, first, *inside}), last]):
            if start == first:
                machine.arm(self._arming)
            if start in resumed and start < stop:
                self._resume(start, resumed[start])
            index = start
            while index < stop:
                index, trigger = machine.follow(curve.t, curve.curl, curve.speed, net, index, stop)
                if trigger is not None:
                    self._on(trigger, index)
                    index += 1
        if self._span is not None:
            came_back = machine.lowered_enough and not machine.ends_high
            complete = machine.state is State.ECC and came_back
            self._close(last - 1, float(curve.curl[last - 1]), complete=complete)

    def _resume(self, index: int, gap: tuple[float, float]) -> None:
        """Go on with the sample ``index`` after ``gap`` (start and end in s)."""
        curve = self._curve
        if self._machine.resume(curve.t.item(index), curve.curl.item(index)) is None:
            return
        if self._span is None:
            self._landed = index
        else:
            self._lose(index, gap)

    def _lose(self, index: int, gap: tuple[float, float]) -> None:
        """End the rep with ``gap`` (start and end in s), after which ``index`` is the first sample."""
        if self._span is not None:
            self._span.lost, self._span.cut = gap, True
        self._close(index - 1, float(self._curve.curl[index - 1]), complete=True)
        self._landed, self._lost = index, gap

    def _on(self, trigger: Trigger, index: int) -> None:
        machine = self._machine
        if machine.arming is not self._arming and self._span is None:
            # The person got off: what follows is no part of the marked set.
            return
        # A lift out of the hold at the top belongs to the rep that is open.
        if trigger is Trigger.MOVE_IN or (trigger is Trigger.LIFT and self._span is None):
            goes_on = self._lost is not None or machine.goes_on(float(self._curve.t[index]))
            if self._arming is Arming.STILL and not goes_on:
                self._begin_set()
            self._span = _Span(self._landed, index, machine.low, lost=self._lost)
            self._lost = None
        elif trigger is Trigger.FIND:
            self._landed, self._lost = index, None
        elif trigger is Trigger.LAND:
            if self._span is not None and self.runs[-1]:
                self._span.high = self.runs[-1][-1].high and machine.ends_high
            self._close(index, machine.low, complete=True)
            self._landed = index
        elif trigger is Trigger.TURN:
            valley = int(np.searchsorted(self._curve.t, machine.valley_t))
            if self._span is not None:
                self._span.high = machine.ends_high
            self._close(valley, machine.low, complete=True)
            self._span = _Span(valley, index, machine.low)
        elif trigger in (Trigger.EXPIRE, Trigger.LEAVE):
            whole = trigger is Trigger.LEAVE and machine.left_whole
            self._close(index, machine.valley, complete=whole)
            self._landed, self._lost = index, None
        elif trigger is Trigger.SETTLE:
            self._span = None

    def _close(self, end: int, low_after: float, *, complete: bool) -> None:
        span, machine = self._span, self._machine
        self._span = None
        if span is None:
            return
        span.end, span.low_after, span.complete = end, low_after, complete
        rom = float(self._curve.curl[span.lift : end + 1].max()) - span.low
        curve = self._curve
        times = float(curve.t[span.lift]), float(curve.t[end])
        if tilts_shin(curve.t, curve.measured, curve.shin, times, self.own):
            return
        if self._held_shin.is_free(curve.t, curve.shin, times):
            return
        self.runs[-1].append(span)
        if complete and not is_partial(self.own.shortest_s, rom, machine.reference, self.own):
            machine.count(float(curve.t[end]))
            self._held_shin.count(curve.t, curve.shin, times)
            self._roms.append(rom)
            if len(self._roms) == 2:
                machine.use_reference(sum(self._roms) / 2.0)

    def _begin_set(self) -> None:
        self.runs.append([])
        self._roms.clear()
        self._held_shin.new_set()
        self._machine.new_set()


def _net_speeds(curve: _Curve, first: int, last: int) -> FloatArray:
    """Return the net speeds (n,) rad/s, at the samples ``first:last`` alone, each from those since the last gap."""
    resumed = np.searchsorted(curve.t, [stop for _, stop in curve.gaps]).tolist()
    edges = [first, *(at for at in resumed if first < at < last), last]
    known = np.ones(len(curve.t), dtype=np.bool_)
    speeds = np.full(len(curve.t), np.nan)
    for start, stop in pairwise(edges):
        part = slice(start, stop)
        speeds[part] = NetSpeed(limits.LANDED_S).feed(curve.t[part], curve.curl[part], known[part])
    return speeds


def _reps(
    curve: _Curve,
    spans: Sequence[_Span],
    last: int,
    finder: _Finder,
    dropouts: Sequence[Dropout],
) -> tuple[Rep, ...]:
    """Return the reps of one set that ends before the sample ``last``, placed and numbered."""
    placed: list[Boundaries] = []
    for i, span in enumerate(spans):
        until = spans[i + 1].lift if i + 1 < len(spans) else last
        before = spans[i - 1] if placed else None
        bounds = _placed(curve, span, before, until, finder.own)
        placed.append(rested_from(bounds, placed[-1].t_bottom if placed else -math.inf))
    reference, held_shin = finder.reference, HeldShin()
    roms: list[float] = []
    reps: list[Rep] = []
    count = 0
    for bounds, span, finished in zip(placed, spans, _finished(spans), strict=True):
        times = bounds.t_start, bounds.t_bottom
        tilts = tilts_shin(curve.t, curve.measured, curve.shin, times, finder.own)
        if tilts or held_shin.is_free(curve.t, curve.shin, times):
            continue
        duration = bounds.t_bottom - bounds.t_start
        partial = not finished or is_partial(duration, bounds.rom, reference, finder.own)
        count += not partial
        if not partial:
            held_shin.count(curve.t, curve.shin, times)
            roms.append(bounds.rom)
            # As live: the first two reps say what a whole rep of this set is.
            if len(roms) == 2:
                reference = sum(roms) / 2.0
        if span.lost is None:
            withheld = gap_in(bounds, curve.unjudged, dropouts)
        else:
            withheld = withheld_by(span.lost, dropouts)
        # Only now is it known how long the leg rested after the rep before.
        if reps:
            reps[-1] = replace(reps[-1], t_end=max(bounds.t_start, reps[-1].t_bottom))
        reps.append(
            Rep(
                number=count,
                t_start=bounds.t_start,
                t_top=bounds.t_top,
                t_ecc=bounds.t_ecc,
                t_bottom=bounds.t_bottom,
                t_end=bounds.t_bottom,
                rom=bounds.rom,
                ankle_con=ankle_median(curve.t, curve.ankle, bounds.t_start, bounds.t_top),
                ankle_ecc=ankle_median(curve.t, curve.ankle, bounds.t_ecc, bounds.t_bottom),
                partial=partial,
                withheld=withheld,
            )
        )
    return tuple(reps)


def _finished(spans: Sequence[_Span]) -> list[bool]:
    """Return which reps are whole by where the leg went: one that ended high needs one that did not.

    What follows the last rep in the start pose is how a person gets off.
    """
    out: list[bool] = []
    came_back = False
    for span in reversed(spans):
        came_back = span.complete and (came_back or not span.high)
        out.append(came_back)
    return out[::-1]


def _placed(
    curve: _Curve, span: _Span, before: _Span | None, until: int, own: RepLimits
) -> Boundaries:
    """Return a rep's boundaries, from the samples between the last bottom and the next lift.

    Parameters
    ----------
    curve, span
        The driving angle, and the rep in it.
    before
        The rep before it, None if there is none.
    until
        The sample at which the next lift begins, or the set ends.
    own
        The limits of the exercise.
    """
    t = curve.t
    stop = int(np.searchsorted(t, t[span.end] + limits.SETTLING_S, side="right"))
    stop = min(stop, until)
    stop = span.end + 1 if span.cut else max(stop, span.end + 1)
    # A leg that rises again gets up, if no lift was noticed.
    height = limits.HOLD_FRACTION * (float(curve.curl[span.lift : span.end + 1].max()) - span.low)
    risen = np.flatnonzero(curve.curl[span.end + 1 : stop] > span.low_after + height)
    stop = span.end + 1 + int(risen[0]) if stop < until and risen.size else stop
    first = span.begin
    if before is not None and before.end == first and not before.cut:
        # The rest between two reps belongs to both of its movements, from the soft end of the lowering on.
        first = before.lift + int(np.argmax(curve.curl[before.lift : before.end + 1]))
    # If the leg was as high before this lift, that was another movement.
    earlier = np.flatnonzero(curve.curl[first : span.lift] > curve.curl[span.lift])
    begin = first + (int(earlier[-1]) + 1 if earlier.size else 0)
    rest_t = t[span.lift] - limits.REST_KEPT_S
    begin = min(max(begin, int(np.searchsorted(t, rest_t))), span.lift)
    part = slice(begin, stop)
    peak = span.lift + int(np.argmax(curve.curl[span.lift : span.end + 1]))
    low_after = rest_low(curve.curl[:stop], peak, (span.low, span.low_after))
    measured, rate = curve.measured[part], curve.rate[part]
    lows = span.low, low_after
    return find_boundaries(t[part], measured, rate, lows, own, curve.ankle[part])


def _is_set(reps: Sequence[Rep], pose: float, own: RepLimits) -> bool:
    """Return whether reps that nobody marked are a set, by the terms of the live detector."""
    whole = counted(reps)
    # In the start pose of the calibration, 0, curls were done before.
    known = abs(pose) <= math.radians(own.pose_deg)
    sure = whole if known else [r for r in whole if r.t_bottom - r.t_ecc >= own.sure_lowering_s]
    return len(whole) >= UNMARKED_REPS and len(sure) >= UNMARKED_REPS
