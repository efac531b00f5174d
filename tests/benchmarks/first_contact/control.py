"""Break points, checked on lowerings that are let go at a known angle.

Whole simulated sessions with sensors, live and from their recordings: of the lowerings of a set, some
fall from a known height, some are caught, controlled, or in steps (``tests/independent_judge/control.py``).
In every fourth session it is the simulator that loses control. The truth is the angle at which the person
lets go. ``--drawn`` compares the product with the rule as the specification words it, on curves of all
kinds of lowering with the errors of an estimator. Run it as

    python -m tests.benchmarks.first_contact.control [--sessions 24] [--first-seed 0] [--drawn 6]
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

import numpy as np

from processing.judge.break_point import BreakPoint, Control, find_break_point
from processing.judge.thresholds import Thresholds
from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    SensorParameters,
    SimulatedProtocol,
    SimulationParameters,
)
from sensor.simulation.choices import MotionKind
from sensor.simulation.courses import from_speeds
from sensor.simulation.movement_parameters import MovementParameters
from sensor.simulation.rep_style import ChosenCourse, RepStyle
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.drawn_reps import angles_of, final_reps, live_reps
from tests.benchmarks.first_contact.session_runs import SessionRun, run_session
from tests.independent_judge.control import (
    FINE_HZ,
    Lowering,
    break_angle,
    caught,
    controlled,
    falling,
    in_steps,
)
from tests.independent_judge.drawn_sets import drawn_set
from tests.independent_judge.motions import LOWERINGS

KNOT_S = 0.02
"""The simulated leg follows the speeds of a motion at these steps, s."""
FALLS_OF_SET = 4
"""Of six reps, so many fall from the same height."""


@dataclass
class Errors:
    """Found against commanded break points of one path."""

    degrees: list[float] = field(default_factory=list)
    """Found minus commanded angle, deg."""
    from_rule: list[float] = field(default_factory=list)
    """Found minus the angle by the rule on the commanded curve, deg."""
    spreads: list[float] = field(default_factory=list)
    """SD of the errors of each set: repeats at one height, deg."""
    missed: list[str] = field(default_factory=list)
    """Falls without a break point."""
    false: list[str] = field(default_factory=list)
    """Break points of lowerings that nobody let go."""
    under_control: int = 0
    """Lowerings that nobody let go."""
    unknown: int = 0
    """Reps of which nothing is known, because samples are missing."""
    lost_reps: int = 0
    """Reps that were not found."""


def parameters(seed: int) -> SimulationParameters:
    """Return the session of a seed."""
    rng = np.random.default_rng([seed, 311])
    radio = RadioParameters(loss_percent=float(rng.choice([0.0, 0.0, 0.5, 2.0])))
    return SimulationParameters(
        seed=seed,
        protocol=(SimulatedProtocol.B, SimulatedProtocol.DF, SimulatedProtocol.PF)[seed % 3],
        sets=2,
        reps=6,
        rest_s=25.0,
        lower_s=float(rng.choice([3.0, 4.0, 5.0, 6.0])),
        lift_s=float(rng.uniform(0.8, 1.5)),
        top_s=1.0,
        bottom_s=float(rng.choice([0.3, 1.0])),
        # Another kind than a glide: then the person who chose the tempo sees its soft ends as a hold.
        movement=MovementParameters(
            motion=MotionKind.EVEN,
            lost_control_percent=60.0 if _by_simulator(seed) else 0.0,
        ),
        person=PersonParameters(
            rom_deg=float(rng.uniform(75.0, 125.0)), tremor_deg=float(rng.choice([0.05, 0.2, 0.4]))
        ),
        shin=SensorParameters(
            position_m=(0.04, 0.01, -0.25),
            soft_tissue_deg=float(rng.choice([0.0, 1.0, 2.0])),
            radio=radio,
        ),
        foot=SensorParameters(position_m=(0.09, 0.0, -0.03), radio=radio),
    )


def _by_simulator(seed: int) -> bool:
    return seed % 4 == 3


def drawn_lowerings(seed: int, planned_s: float) -> Iterator[Lowering]:
    """Yield the lowerings of a session: in each set four fall from one height, in any order."""
    rng = np.random.default_rng([seed, 3110])
    while True:
        height = float(rng.uniform(0.25, 0.85))
        others = [str(kind) for kind in rng.choice(["controlled", "caught", "in steps"], 2)]
        for kind in rng.permutation(["falling"] * FALLS_OF_SET + others):
            rom_deg = 100.0
            if kind == "falling":
                yield falling(planned_s, rom_deg, height, rng)
            elif kind == "caught":
                yield caught(planned_s, rom_deg, float(rng.uniform(0.35, 0.85)), rng)
            elif kind == "in steps":
                yield in_steps(planned_s, rom_deg, rng)
            else:
                yield controlled(planned_s, rom_deg, rng)


@contextmanager
def commanded(lowerings: Iterator[Lowering]) -> Iterator[list[Lowering]]:
    """Let the simulated person lower as commanded; yield the lowerings that were used, in order."""
    used: list[Lowering] = []

    def lowering(style: RepStyle, seconds: float, rom: float) -> ChosenCourse:
        used.append(next(lowerings))
        height = used[-1].height
        speeds = -np.gradient(height, 1.0 / FINE_HZ)
        end_s = (height.size - 1) / FINE_HZ
        t = np.linspace(0.0, end_s, max(round(end_s / KNOT_S), 8))
        speed = np.maximum(np.interp(t, np.arange(height.size) / FINE_HZ, speeds), 0.0)
        speed[[0, -1]] = 0.0
        return ChosenCourse(MotionKind.EVEN, from_speeds(t, speed), end_s)

    with mock.patch.object(RepStyle, "lowering", lowering):
        yield used


@dataclass(frozen=True)
class TrueLowering:
    """The kind of a lowering."""

    kind: str
    """Kind of the lowering."""
    angle: float | None
    """Driving angle above the bottom at which the person lets go, rad; None if never."""
    rule: float | None = None
    """The same by the rule on the commanded curve: where the leg has become that fast, rad."""


def run(seed: int) -> tuple[SessionRun, list[TrueLowering]]:
    """Simulate and analyse the session of a seed; return it with the truth of each rep."""
    asked = parameters(seed)
    if _by_simulator(seed):
        one = run_session(asked)
        return one, [TrueLowering("simulator's own", rep.break_point) for rep in one.truth.reps]
    with commanded(drawn_lowerings(seed, asked.lower_s)) as used:
        one = run_session(asked)
    return one, [
        _true_lowering(low, rep.rom, asked.lower_s)
        for low, rep in zip(used, one.truth.reps, strict=True)
    ]


def _true_lowering(low: Lowering, rom: float, planned_s: float) -> TrueLowering:
    if low.let_go is None:
        return TrueLowering(low.kind, None)
    t, angle_deg = np.arange(low.height.size) / FINE_HZ, low.height * float(np.degrees(rom))
    seen = np.flatnonzero((angle_deg <= angle_deg[0] - 2.0) & (angle_deg >= 2.0))
    seen_s = float(t[seen[0]]), float(t[seen[-1]])
    rule_deg = break_angle(t, angle_deg, seen_s, float(np.degrees(rom)), planned_s)
    rule = None if rule_deg is None else float(np.radians(rule_deg))
    return TrueLowering(low.kind, low.let_go * rom, rule)


def compare(errors: Errors, one: SessionRun, truths: Sequence[TrueLowering], path: str) -> None:
    """Add a session to the errors of a path."""
    verdicts = one.live if path == "live" else one.final
    of_sets: dict[int, list[float]] = {}
    for number, (rep, true) in enumerate(zip(one.truth.reps, truths, strict=True), 1):
        same = [v for v in verdicts if v.rep.t_start < rep.t_ecc and rep.t_top < v.rep.t_bottom]
        where = f"{one.parameters.seed}:{number} {true.kind}"
        if len(same) != 1:
            errors.lost_reps += 1
            continue
        point = same[0].measures.break_point
        if point.control is Control.UNKNOWN:
            errors.unknown += 1
        elif true.angle is None:
            errors.under_control += 1
            if point.angle is not None:
                errors.false.append(f"{where} {np.degrees(point.angle):.0f}°")
        elif point.angle is None:
            errors.missed.append(f"{where} {np.degrees(true.angle):.0f}°")
        else:
            error = float(np.degrees(point.angle - true.angle))
            errors.degrees.append(error)
            if true.rule is not None:
                errors.from_rule.append(float(np.degrees(point.angle - true.rule)))
            of_sets.setdefault(rep.set_index, []).append(error)
    errors.spreads += [float(np.std(e, ddof=1)) for e in of_sets.values() if len(e) > 1]


def described(name: str, errors: Errors) -> str:
    """Return the figures of a path as two lines."""
    degrees = np.array(errors.degrees or [np.nan])
    spreads = np.array(errors.spreads or [np.nan])
    worst = degrees[np.argmax(np.abs(degrees))]
    within = 100.0 * float(np.mean(np.abs(degrees) <= 5.0))
    rule = np.array(errors.from_rule or [np.nan])
    return (
        f"{name:6} {degrees.size} falls: mean {degrees.mean():+.1f}°, SD {degrees.std():.1f}°, worst "
        f"{worst:+.1f}°, within 5° {within:.1f} %; SD of repeats in a set: mean {spreads.mean():.1f}°, "
        f"worst {spreads.max():.1f}°\n"
        f"       against the rule on the commanded curve: mean {rule.mean():+.1f}°, SD "
        f"{rule.std():.1f}°, worst {rule[np.argmax(np.abs(rule))]:+.1f}°\n"
        f"       falls without a break point {len(errors.missed)}; break points of "
        f"{errors.under_control} lowerings under control {len(errors.false)}; unknown "
        f"{errors.unknown}; reps not found {errors.lost_reps}"
    )


@dataclass
class Agreement:
    """The product against the rule on the true curve, over the reps of drawn sets."""

    reps: int = 0
    both: list[float] = field(default_factory=list)
    """Differences where both have a break point, deg."""
    rule_only: int = 0
    product_only: int = 0

    def add(self, rule: float | None, found: BreakPoint) -> None:
        """Add one rep."""
        self.reps += 1
        if rule is not None and found.angle is not None:
            self.both.append(float(np.degrees(found.angle)) - rule)
        self.rule_only += rule is not None and found.angle is None
        self.product_only += rule is None and found.angle is not None


def agreement(kind: str, seeds: Sequence[int], path: str) -> Agreement:
    """Compare the product with the rule on drawn sets of one kind of lowering."""
    result = Agreement()
    for seed in seeds:
        drawn = drawn_set(seed, kind)
        angles, planned_s = angles_of(drawn), drawn.asked.lower_s
        found = (live_reps if path == "live" else final_reps)(drawn, marked=True)
        whole = [rep for rep in found if not rep.partial]
        for rep, true in zip(whole, drawn.visible(), strict=False):
            above = drawn.curl_deg - true.low_deg
            times = (true.t_lower, true.t_bottom)
            rule = break_angle(drawn.t, above, times, true.rom_deg, planned_s)
            result.add(rule, find_break_point(rep, angles, planned_s, Thresholds()))
    return result


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables."""
    parser = seed_options(__doc__)
    parser.add_argument("--sessions", type=int, default=24)
    parser.add_argument("--drawn", type=int, default=6, help="sets of each kind of lowering")
    parser.add_argument("--wrong", action="store_true", help="list missed and false break points")
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + args.sessions)
    errors = {"live": Errors(), "final": Errors()}
    for seed in seeds:
        one, truths = run(seed)
        for path, found in errors.items():
            compare(found, one, truths, path)
    print(f"seeds {seeds.start}-{seeds.stop - 1}; found minus commanded angle of the break point")
    print("to reach: within ±5°, SD of repeats at most 3°")
    for path, found in errors.items():
        print(described(path, found))
        if args.wrong:
            print("\n".join(f"    {each}" for each in (*found.missed, *found.false)))
    print("the rule on the true curve against the product on the measured one, offline")
    for kind in LOWERINGS:
        seen = agreement(kind, range(args.first_seed, args.first_seed + args.drawn), "final")
        both = np.array(seen.both or [np.nan])
        print(
            f"{kind:16} {seen.reps:4} reps, break points of both {len(seen.both):4}: "
            f"{both.mean():+5.1f}° ± {both.std():.1f}°, worst {both[np.argmax(np.abs(both))]:+5.1f}°; "
            f"of the rule alone {seen.rule_only}, of the product alone {seen.product_only}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
