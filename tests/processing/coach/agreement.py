"""How well reps, phases, verdicts and cues agree with the simulator's truth, over many sessions.

Everything goes through the whole path, from simulated bytes on. Machines, tempos, ranges, faults,
soft tissue, tremor and losses are drawn by the seed. Run it as

    python -m tests.processing.coach.agreement --sessions 100

A smaller run of the same is a test, in ``test_agreement.py``.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from processing.coach.bands import personal_bands
from processing.coach.cues import Cue, CueKind
from processing.coach.live import Coach, Said
from processing.coach.loads import Athlete
from processing.coach.protocol import built_in
from processing.coach.verdict import Verdict, judge
from processing.pipeline import Pipeline, rep_config
from processing.reps.config import RepConfig
from processing.reps.segmentation import segment_sets
from processing.types import (
    AngleBlock,
    Calibrated,
    Happened,
    PhaseChange,
    Rep,
    Update,
    counted,
    join_blocks,
)
from sensor.assembler import Assembler
from sensor.simulation import (
    Exercise,
    Fault,
    PersonParameters,
    Protocol,
    RadioParameters,
    Rest,
    SensorParameters,
    SimulatedSession,
    SimulationParameters,
    TrueRep,
    simulate,
)
from sensor.types import Event, EventKind, ImuBlock
from tests.processing.reps.curves import block

ITEMS_AT_ONCE = 40
NORMAL_S = (1.0, 6.0)
SLOWEST_DPS = 15.0
"""Normal tempo: lowerings of these lengths that are clearly faster than a hold."""
Error = tuple[float, float, float]


@dataclass
class Findings:
    """What was counted and measured; times in s."""

    sets: int = 0
    live_exact: int = 0
    final_exact: int = 0
    live_is_final: int = 0
    false_reps: int = 0
    not_calibrated: list[int] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    switch: list[float] = field(default_factory=list)

    @property
    def agreement(self) -> float:
        """Share of the judged reps whose verdict and reason are those of the truth."""
        same = sum(n for (true, seen), n in self.verdicts.items() if true == seen)
        return same / max(1, sum(self.verdicts.values()))


def parameters(seed: int, *, coached: bool) -> SimulationParameters:
    """Return a session; ``coached`` ones keep the tempo of their protocol, with faults of the coach."""
    rng = np.random.default_rng(seed)
    is_b = bool(rng.integers(2))
    wide: dict[str, Any] = {
        "lower_s": float(rng.choice([0.4, 0.6, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0])),
        "lift_s": float(rng.choice([0.3, 0.5, 1.0, 2.0, 3.0])),
        "top_s": float(rng.choice([0.0, 0.3, 1.0])),
        "bottom_s": float(rng.choice([0.0, 0.5, 1.0])),
    }
    as_planned: dict[str, Any] = {
        "lower_s": 4.0 if is_b else 3.0,
        "lift_s": 1.0,
        "top_s": 1.0 if is_b else 0.0,
    }
    of_the_coach = [Fault.FAST, Fault.NEVER, Fault.SLIP, Fault.DROP, *([Fault.LATE] * is_b)]
    of_the_count = [Fault.PARTIAL, Fault.BOUNCE, Fault.STALL, Fault.PAUSE, Fault.DROP, Fault.FAST]
    radio = RadioParameters(loss_percent=float(rng.choice([0.0, 0.5, 2.0])))
    return SimulationParameters(
        seed=seed,
        protocol=Protocol.B if is_b else Protocol.A,
        sets=2,
        reps=6,
        **(as_planned if coached else wide),
        faults=tuple(of_the_coach if coached else of_the_count) if seed % 2 else (),
        fault_every_reps=int(rng.integers(1, 4)),
        rest=Rest(str(rng.choice(list(Rest)))),
        rest_s=12.0,
        person=PersonParameters(
            exercise=Exercise(str(rng.choice(list(Exercise)))),
            rom_deg=float(rng.uniform(80.0, 120.0) if coached else rng.uniform(45.0, 130.0)),
            held_percent=float(rng.uniform(60.0, 95.0)),
            tremor_deg=float(rng.choice([0.05, 0.2])),
        ),
        shin=SensorParameters(
            position_m=(0.04, 0.01, -0.25),
            soft_tissue_deg=float(rng.choice([0.0, 1.0, 2.0])),
            radio=radio,
        ),
        foot=SensorParameters(position_m=(0.09, 0.0, -0.03), radio=radio),
    )


def updates_of(simulated: SimulatedSession) -> list[Update]:
    """Return what the pipeline makes of a session."""
    assembler = Assembler(simulated.header.sensors, simulated.header.start_ns)
    pipeline = Pipeline(simulated.header)
    out: list[Update] = []
    fed: list[ImuBlock | Event] = []
    for number, item in enumerate(simulated.items, start=1):
        fed += assembler.feed(item)
        if isinstance(item, Event):
            fed.append(item)
        if number % ITEMS_AT_ONCE == 0:
            out += pipeline.feed(fed)
            fed = []
    return [*out, *pipeline.feed(fed), *pipeline.finish()]


def compare(seed: int, found: Findings, *, coached: bool) -> None:
    """Add what one session shows to ``found``."""
    simulated = simulate(parameters(seed, coached=coached))
    updates = updates_of(simulated)
    calibrated = next((u for u in updates if isinstance(u, Calibrated)), None)
    if calibrated is None:
        found.not_calibrated.append(seed)
        return
    _compare_reps(simulated, updates, calibrated, found)
    if coached:
        is_b = simulated.truth.reps[0].set_type == "B"
        coach = Coach(built_in("B" if is_b else "A"), Athlete(weeks_trained=10.0))
        said = coach.begin()
        for update in updates:
            said += coach.feed(update)
        _compare_verdicts(simulated, said, found)


def _compare_reps(
    simulated: SimulatedSession, updates: Sequence[Update], calibrated: Calibrated, found: Findings
) -> None:
    marks = [
        u.t
        for u in updates
        if isinstance(u, Happened) and u.kind in (EventKind.SET_START, EventKind.SET_END)
    ]
    spans = list(zip(marks[::2], marks[1::2], strict=True))
    angles = join_blocks([u for u in updates if isinstance(u, AngleBlock)])
    config = rep_config(RepConfig(), calibrated.calibration)
    live = counted([u for u in updates if isinstance(u, Rep)])
    final = segment_sets(angles, config, sets=spans)
    changes = [u for u in updates if isinstance(u, PhaseChange)]
    for index, (start, stop) in enumerate(spans):
        true = [r for r in simulated.truth.reps if r.set_index == index and not r.partial]
        here = counted(final[index])
        live_count = sum(start <= rep.t_start <= stop for rep in live)
        found.sets += 1
        found.live_exact += live_count == len(true)
        found.final_exact += len(here) == len(true)
        found.live_is_final += live_count == len(here)
        if len(here) == len(true):
            found.errors += [_error(a, b) for a, b in zip(here, true, strict=True) if is_normal(b)]
        for rep in true:
            for t in (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom):
                nearest = int(np.argmin([abs(change.t - t) for change in changes]))
                found.delays.append(changes[nearest].noticed_t - t)
    found.false_reps += sum(not any(a <= r.t_start <= b for a, b in spans) for r in live)


def is_normal(rep: TrueRep) -> bool:
    """Return whether a rep's lowering is of normal tempo."""
    lowered_s = rep.t_bottom - rep.t_ecc
    is_fast_enough = np.rad2deg(rep.rom) > SLOWEST_DPS * lowered_s
    return bool(NORMAL_S[0] < lowered_s < NORMAL_S[1] and is_fast_enough)


def _error(rep: Rep, true: TrueRep) -> Error:
    return (
        rep.t_top - rep.t_start - (true.t_top - true.t_start),
        rep.t_ecc - rep.t_top - (true.t_ecc - true.t_top),
        rep.t_bottom - rep.t_ecc - (true.t_bottom - true.t_ecc),
    )


def _compare_verdicts(simulated: SimulatedSession, said: Sequence[Said], found: Findings) -> None:
    verdicts = [each for each in said if isinstance(each, Verdict)]
    for rep in simulated.truth.reps:
        seen = [v for v in verdicts if abs(v.rep.t_top - rep.t_top) < 1.0]
        if len(seen) == 1 and seen[0].rep.judged:
            true = true_verdict(simulated, rep, seen[0])
            found.verdicts[_named(true), _named(seen[0])] += 1
    for cue in said:
        if isinstance(cue, Cue) and cue.kind is CueKind.SWITCH:
            tops = np.array([rep.t_top for rep in simulated.truth.reps])
            found.switch.append(float(cue.t - tops[np.argmin(np.abs(tops - cue.t))]))


def true_verdict(simulated: SimulatedSession, rep: TrueRep, seen: Verdict) -> Verdict:
    """Return the verdict on what really happened, by the same rules with the person's true range."""
    truth = simulated.truth
    person = PersonParameters()
    reach = np.deg2rad([person.dorsiflexion_max_deg, person.plantarflexion_max_deg])
    curl = np.rad2deg(truth.curl)
    rate = np.asarray(np.gradient(curl, truth.t), dtype=np.float64)
    angles = block(truth.t, curl, rate, np.rad2deg(truth.ankle))
    times = (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom, rep.t_bottom)
    lifting = (truth.t >= rep.t_start) & (truth.t < rep.t_top)
    lowering = (truth.t >= rep.t_ecc) & (truth.t < rep.t_bottom)
    up, down = (float(np.median(truth.ankle[part])) for part in (lifting, lowering))
    true = Rep(rep.number, *times, rep.rom, up, down, partial=rep.partial)
    return judge(true, angles, replace(seen.target, bands=personal_bands(*reach.tolist())))


def _named(verdict: Verdict) -> str:
    return f"{verdict.grade}" + (f": {verdict.reason.key}" if verdict.reason else "")


def describe(found: Findings) -> str:
    """Return the findings as a table."""
    errors = 1000.0 * np.array(found.errors)
    lines = [
        f"simulated sets: {found.sets}; not calibrated: sessions {found.not_calibrated}",
        f"exact count live {found.live_exact}, final {found.final_exact}",
        f"live = final {found.live_is_final}; false reps outside of sets {found.false_reps}",
        f"time from a phase change to its event: median {1e3 * np.median(found.delays):.0f} ms",
    ]
    for name, column in zip(("lift", "top", "lowering"), errors.T, strict=True):
        lines.append(
            f"{name:9} duration error at normal tempo: mean {column.mean():6.1f} ms, "
            f"SD {column.std():5.1f} ms, n = {column.size}"
        )
    if found.verdicts:
        total = sum(found.verdicts.values())
        lines.append(f"verdicts as the truth's: {100 * found.agreement:.1f} % of {total}")
        lines += [
            f"  {count:5}  {true:20} -> {seen}"
            for (true, seen), count in sorted(found.verdicts.items(), key=lambda each: -each[1])
        ]
    if found.switch:
        lines.append(
            f"switch cue before the true top: mean {-1e3 * np.mean(found.switch):.0f} ms, "
            f"SD {1e3 * np.std(found.switch):.0f} ms, n = {len(found.switch)}"
        )
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50, help="sessions of each kind")
    parser.add_argument("--first-seed", type=int, default=0)
    args = parser.parse_args()
    found = Findings()
    for seed in range(args.first_seed, args.first_seed + args.sessions):
        compare(seed, found, coached=False)
        compare(seed, found, coached=True)
    print(describe(found))


if __name__ == "__main__":
    main()
