"""Every exercise with reps on simulated people: counts, lowerings, and reps that are none.

Run as ``python -m tests.benchmarks.first_contact.exercises [NAME …] [--sessions 30] [--first-seed 6100000]``;
``--sets 200`` goes on until each exercise has so many sets, and ``--jobs 2`` uses as many processes. Each session has one marked set of 4 to 8 reps, two in every third one, with a rest in which people fidget,
walk or get off; every fourth is not marked. Tempos, courses of the movement, stalls and soft tissue vary. For
Nordic curls the break points are compared with the truth too, and with the rule on the commanded angle: a person
whose pace is as fast as the rule allows is let go later than the rule says. ``--wrong`` lists the sessions with
another count.
"""

import math
import multiprocessing
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.judge.break_point import Control
from processing.review.analysis import analyse
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.types import Rep, counted
from sensor.recording import RecordingWriter
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.simulation.truth import TrueRep, Truth
from sensor.types import Event, EventKind
from tests.independent_judge.control import break_angle

KEYS: dict[str, str] = {
    "leg_curl": "",
    "heel_raise": "",
    "glute_ham_raise": "thigh=yes",
    "nordic_curl": "thigh=yes",
    "stiff_legged_deadlift": "thigh=yes,pelvis=yes",
    "stiff_legged_deadlift:thigh": "thigh=yes",
}
"""The exercises and the sensors that each needs besides; after a colon, the angle that stands in."""
HIPS_BACK_DEG = 10.0, 20.0
"""The thigh of a person who stays above the feet with straight knees turns back by so much."""
SET_MARKS = (EventKind.SET_START, EventKind.SET_END)
"""The events that mark sets."""
_AT_ONCE = 8
"""Sessions that are handed to the processes together."""
AFTER_S = 0.1
"""The body is at its bottom this long after the last 2 degrees, s."""
TEMPOS = ("3-0-1-1", "4-0-1-1", "2-0-1-0", "5-1-2-1", "3-2-2-1")
"""Lowering, bottom, lift and top in s."""


@dataclass(slots=True)
class Way:
    """The findings of a run, live or offline."""

    exact: int = 0
    found: int = 0
    false: int = 0
    lowering_s: list[float] = field(default_factory=list)
    rom_deg: list[float] = field(default_factory=list)

    def add(self, reps: Sequence[Rep], truth: Sequence[TrueRep]) -> bool:
        """Add the reps of a set, or those outside of all sets; return whether the count is exact."""
        left, false = list(truth), 0
        for rep in reps:
            same = next((one for one in left if _overlap(rep, one)), None)
            if same is None:
                false += 1
                continue
            left.remove(same)
            self.found += 1
            true_s = same.t_bottom - same.t_ecc
            if 1.0 <= true_s <= 6.0:
                self.lowering_s.append(rep.t_bottom - rep.t_ecc - true_s)
            self.rom_deg.append(math.degrees(rep.rom - same.rom))
        self.false += false
        return not left and not false

    def join(self, other: "Way") -> None:
        """Add the findings of another session."""
        self.exact += other.exact
        self.found += other.found
        self.false += other.false
        self.lowering_s += other.lowering_s
        self.rom_deg += other.rom_deg


@dataclass(slots=True)
class Result:
    """The figures of an exercise."""

    sets: int = 0
    reps: int = 0
    live: Way = field(default_factory=Way)
    final: Way = field(default_factory=Way)
    break_deg: list[float] = field(default_factory=list)
    rule_deg: list[float] = field(default_factory=list)
    unbroken: int = 0
    unknown: int = 0
    wrong: list[str] = field(default_factory=list)

    def join(self, other: "Result") -> None:
        """Add the figures of another session."""
        self.sets += other.sets
        self.reps += other.reps
        self.live.join(other.live)
        self.final.join(other.final)
        self.break_deg += other.break_deg
        self.rule_deg += other.rule_deg
        self.unbroken += other.unbroken
        self.unknown += other.unknown
        self.wrong += other.wrong


def session_text(key: str, seed: int) -> str:
    """Return the session of a seed."""
    rng = np.random.default_rng([seed, sum(map(ord, key))])
    rest = rng.choice(["still", "fidget", "walk", "off"])
    tempo = rng.choice(TEMPOS)
    motion = rng.choice(["mixed", "even", "minimum_jerk"])
    parts = [
        f"sim:exercise={key.partition(':')[0]},seed={seed},tempo={tempo},motion={motion},rest={rest}",
        f"sets={2 if seed % 3 == 0 else 1},reps={rng.integers(4, 9)}",
        f"stalled_reps_percent={rng.choice([0, 25])},tempo_spread_percent=15",
        f"soft_tissue_deg={rng.choice([0.0, 1.0, 2.0])}",
        KEYS[key],
    ]
    if key.endswith(":thigh"):
        parts.append(f"hips_back_deg={rng.uniform(*HIPS_BACK_DEG):.1f}")
    return ",".join(filter(None, parts))


def judged(text: str, *, marked: bool) -> tuple[Truth, Sequence[JudgedSet]]:
    """Simulate, record and analyse a session; return its truth and its sets.

    The calibration is marked always, the sets only if ``marked``.
    """
    simulated = simulate(parse_simulation(text))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        writer = RecordingWriter(path, simulated.header)
        for item in simulated.items:
            if marked or not (isinstance(item, Event) and item.kind in SET_MARKS):
                writer.write(item)
        writer.close()
        return simulated.truth, judge_sets(analyse(path))


def run(key_and_seed: tuple[str, int]) -> Result:
    """Return the figures of the session of an exercise with a seed."""
    (key, seed), result = key_and_seed, Result()
    text = session_text(key, seed)
    # By an angle that stands in, only a mark begins a set, and the true range is another one.
    stands_in = ":" in key
    truth, sets = judged(text, marked=stands_in or seed % 4 != 3)
    whole = [rep for rep in truth.reps if not rep.partial]
    result.reps += len(whole)
    ways = (
        (result.live, [rep for one in sets for rep in counted(one.source.live)]),
        (result.final, [rep for one in sets for rep in counted(one.source.reps)]),
    )
    indices = sorted({rep.set_index for rep in whole})
    result.sets += len(indices)
    for name, (way, reps) in zip(("live", "final"), ways, strict=True):
        left = list(reps)
        for index in indices:
            true = [rep for rep in whole if rep.set_index == index]
            own = [rep for rep in left if any(_overlap(rep, one) for one in true)]
            left = [rep for rep in left if rep not in own]
            exact = way.add(own, true)
            way.exact += exact
            if not exact:
                result.wrong.append(f"{name} {len(own)} of {len(true)}: {text}")
        way.add(left, [])
        if left:
            result.wrong.append(f"{name} {len(left)} false: {text}")
        if stands_in:
            way.rom_deg.clear()
    for verdict in (v for one in sets for v in one.verdicts if not v.rep.partial):
        same = next((one for one in whole if _overlap(verdict.rep, one)), None)
        if same is None or same.break_point is None:
            continue
        point = verdict.measures.break_point
        if point.angle is not None:
            result.break_deg.append(math.degrees(point.angle - same.break_point))
            tempo = verdict.target.tempo
            rule = None if tempo is None else _by_rule(truth, same, tempo.eccentric_s)
            result.rule_deg += [] if rule is None else [math.degrees(point.angle) - rule]
        elif point.control is Control.UNKNOWN:
            result.unknown += 1
        else:
            result.unbroken += 1
    return result


def _by_rule(truth: Truth, rep: TrueRep, planned_s: float) -> float | None:
    """Return the break point of ``rep`` by the words of the specification, deg above the bottom; None if none."""
    if truth.driving is None:
        return None
    near = (truth.t > rep.t_ecc - 1.0) & (truth.t < rep.t_bottom + 1.0)
    bottom = float(np.interp(rep.t_bottom + AFTER_S, truth.t, truth.driving))
    above_deg = np.degrees(np.abs(truth.driving[near] - bottom))
    times = rep.t_ecc, rep.t_bottom
    return break_angle(truth.t[near], above_deg, times, math.degrees(rep.rom), planned_s)


def _overlap(rep: Rep, true: TrueRep) -> bool:
    middle = 0.5 * (rep.t_begin + rep.t_over)
    return min(true.t_start, true.t_ecc) < middle < max(true.t_top, true.t_bottom)


def spread(values: Sequence[float], unit: str, digits: int) -> str:
    """Return mean, standard deviation and worst of ``values``."""
    if not values:
        return "–"
    each = np.array(values)
    worst = float(each[np.argmax(np.abs(each))])
    return f"{each.mean():+.{digits}f} ± {each.std():.{digits}f} {unit} (worst {worst:+.{digits}f})"


def row(key: str, result: Result) -> str:
    """Return the figures of an exercise as lines."""
    sets = max(result.sets, 1)
    lines = [f"{key}: {result.sets} sets, {result.reps} reps"]
    for name, way in (("live", result.live), ("final", result.final)):
        lines.append(
            f"    {name:5} exact {100.0 * way.exact / sets:5.1f} %; lowering of 1 to 6 s "
            f"{spread(way.lowering_s, 's', 2)}; range {spread(way.rom_deg, '°', 1)}; "
            f"false reps {way.false}"
        )
    if result.break_deg or result.unbroken:
        lines.append(
            f"    break point {spread(result.break_deg, '°', 1)}; against the rule on the commanded angle "
            f"{spread(result.rule_deg, '°', 1)}; not seen "
            f"{result.unbroken}; no tempo to judge by {result.unknown}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(KEYS)}; all if none is given")
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--sets", type=int, help="go on until each exercise has so many sets")
    parser.add_argument("--jobs", type=int, default=1, help="processes that work at once")
    parser.add_argument("--first-seed", type=int, default=6_100_000)
    parser.add_argument("--wrong", action="store_true", help="list sets with another count")
    args = parser.parse_args(arguments)
    # A session has one set at least.
    count = args.sessions if args.sets is None else args.sets
    seeds = range(args.first_seed, args.first_seed + count)
    wanted = math.inf if args.sets is None else args.sets
    print(f"seeds from {seeds.start}; found minus visible truth: mean ± SD")
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        for key in args.names or KEYS:
            result, seed = Result(), seeds.start
            # In their order, so that the figures do not depend on which process is faster.
            for start in range(0, count, _AT_ONCE):
                if result.sets >= wanted:
                    break
                for one in pool.map(run, [(key, s) for s in seeds[start : start + _AT_ONCE]], 1):
                    if result.sets < wanted:
                        result.join(one)
                        seed += 1
            print(f"{row(key, result)}; seeds to {seed - 1}", flush=True)
            if args.wrong:
                print("\n".join(f"        {each}" for each in result.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
