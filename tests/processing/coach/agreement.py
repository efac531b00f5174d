"""Compare reps, phases, verdicts and cues of many simulated sessions with their truth.

Everything goes through the whole path, from simulated bytes on. Machines, tempos, ranges, faults,
soft tissue, tremor and losses are drawn by the seed. Run it as

    python -m tests.processing.coach.agreement --sessions 50 --free-minutes 30

which simulates 200 sets: half of them with any tempo, half with the tempo of their protocol. Live
verdicts are those of the running session. Final results are given twice: when the set ends, from the
live angles; and offline, from the recording, with every loss at its time.

A smaller run of the same is a test, in ``test_agreement.py``.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from processing.calibration.changes import Calibrated
from processing.coach.coach import Coach, CoachOutput
from processing.coach.cues import Cue, CueKind
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.judge.bands import personal_bands
from processing.judge.checks import Grade
from processing.judge.verdict import Verdict, judge
from processing.pipeline.update_kinds import Update
from processing.reps.segmentation import segment_sets
from processing.review.analysis import Analysis, analyse
from processing.review.judged_sets import judge_sets
from processing.types import AngleBlock, PhaseChange, Rep, SessionEvent, counted, join_blocks
from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    RestActivity,
    SensorParameters,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSession,
    SimulationParameters,
    TrueRep,
    simulate,
)
from sensor.simulation.parameters_json import from_json
from sensor.simulation.session_files import save_session
from sensor.types import Event, EventKind
from tests.processing.coach.phase_errors import PhaseError, described_phases, phase_error
from tests.processing.pipeline_run import updates_of
from tests.processing.reps.curves import block

ITEMS_AT_ONCE = 40
FREE_S = 600.0
NEAR_TOP = 0.9


@dataclass
class Agreement:
    """The agreement of verdicts with those of the truth; ``named`` counts pairs (truth, found)."""

    named: Counter[tuple[str, str]] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    unmatched: int = 0

    @property
    def share(self) -> float:
        """Share of the judged reps with the verdict and reason of the truth."""
        same = sum(n for (true, seen), n in self.named.items() if true == seen)
        return same / max(1, sum(self.named.values()))


@dataclass
class Findings:
    """The counts and measurements of the comparison; times in s.

    A count is exact live, when the set ends (final), or of the recording (offline).
    """

    sets: int = 0
    live_exact: int = 0
    final_exact: int = 0
    offline_exact: int = 0
    live_is_final: int = 0
    false_reps: int = 0
    not_calibrated: list[int] = field(default_factory=list)
    set_end_phases: list[PhaseError] = field(default_factory=list)
    offline_phases: list[PhaseError] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    live_verdicts: Agreement = field(default_factory=Agreement)
    offline_verdicts: Agreement = field(default_factory=Agreement)
    switch: list[tuple[float, float]] = field(default_factory=list)
    """For each switch cue: its delay after the true 90 % of the height, and after the top."""
    free_s: float = 0.0
    free_reps: int = 0


def parameters(seed: int, *, coached: bool) -> SimulationParameters:
    """Return random parameters; ``coached`` sessions keep the tempo of their protocol, with faults."""
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
    coach_faults = [
        SimulatedFault.FAST,
        SimulatedFault.NEVER,
        SimulatedFault.SLIP,
        SimulatedFault.DROP,
        *([SimulatedFault.LATE] * is_b),
    ]
    count_faults = [
        SimulatedFault.PARTIAL,
        SimulatedFault.BOUNCE,
        SimulatedFault.STALL,
        SimulatedFault.PAUSE,
        SimulatedFault.DROP,
        SimulatedFault.FAST,
    ]
    radio = RadioParameters(loss_percent=float(rng.choice([0.0, 0.5, 2.0])))
    return SimulationParameters(
        seed=seed,
        protocol=SimulatedProtocol.B if is_b else SimulatedProtocol.A,
        sets=2,
        reps=6,
        **(as_planned if coached else wide),
        faults=tuple(coach_faults if coached else count_faults) if seed % 2 else (),
        fault_every_reps=int(rng.integers(1, 4)),
        rest=RestActivity(str(rng.choice(["still", "fidget", "walk"]))),
        rest_s=12.0,
        person=PersonParameters(
            exercise=SimulatedExercise(str(rng.choice(list(SimulatedExercise)))),
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


def compare(seed: int, found: Findings, *, coached: bool) -> None:
    """Add the comparison of one session to ``found``."""
    simulated = simulate(parameters(seed, coached=coached))
    updates = updates_of(simulated, ITEMS_AT_ONCE)
    calibrated = next((u for u in updates if isinstance(u, Calibrated)), None)
    if calibrated is None:
        found.not_calibrated.append(seed)
        return
    analysis = recorded(simulated)
    _compare_reps(simulated, updates, calibrated, analysis, found)
    if coached:
        is_b = simulated.truth.reps[0].set_type == "B"
        coach = Coach(built_in("B" if is_b else "A"), Athlete(weeks_trained=10.0))
        outputs = coach.begin()
        for update in updates:
            outputs += coach.feed(update)
        verdicts = [each for each in outputs if isinstance(each, Verdict)]
        final = [verdict for each in judge_sets(analysis) for verdict in each.verdicts]
        _compare_verdicts(simulated, verdicts, found.live_verdicts)
        _compare_verdicts(simulated, final, found.offline_verdicts)
        found.switch += _switch_errors(simulated, outputs)


def compare_free(seed: int, found: Findings) -> None:
    """Add the reps that are falsely found in free movement (walking, setting up, fidgeting)."""
    person = PersonParameters(exercise=list(SimulatedExercise)[seed % len(SimulatedExercise)])
    simulated = simulate(
        SimulationParameters(
            seed=seed, protocol=SimulatedProtocol.FREE, free_s=FREE_S, person=person
        )
    )
    done = max(item.t_ns for item in simulated.items if isinstance(item, Event))
    start_s = (done - simulated.header.start_ns) / 1e9
    reps = counted([u for u in updates_of(simulated, ITEMS_AT_ONCE) if isinstance(u, Rep)])
    found.free_s += float(simulated.truth.t[-1]) - start_s
    found.free_reps += sum(rep.t_start > start_s for rep in reps)


def recorded(simulated: SimulatedSession) -> Analysis:
    """Return the analysis of the recorded session."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        save_session(simulated, path)
        return analyse(path)


def _compare_reps(
    simulated: SimulatedSession,
    updates: Sequence[Update],
    calibrated: Calibrated,
    analysis: Analysis,
    found: Findings,
) -> None:
    marks = [
        u.t
        for u in updates
        if isinstance(u, SessionEvent) and u.kind in (EventKind.SET_START, EventKind.SET_END)
    ]
    spans = list(zip(marks[::2], marks[1::2], strict=True))
    angles = join_blocks([u for u in updates if isinstance(u, AngleBlock)])
    reference_deg = calibrated.calibration.reference_rom_deg
    live = counted([u for u in updates if isinstance(u, Rep)])
    final = segment_sets(angles, reference_deg, sets=spans)
    changes = [u for u in updates if isinstance(u, PhaseChange)]
    for index, (start, stop) in enumerate(spans):
        true = [r for r in simulated.truth.reps if r.set_index == index and not r.partial]
        here, later = counted(final[index]), counted(analysis.sets[index].reps)
        live_count = sum(start <= rep.t_start <= stop for rep in live)
        found.sets += 1
        found.live_exact += live_count == len(true)
        found.final_exact += len(here) == len(true)
        found.offline_exact += len(later) == len(true)
        found.live_is_final += live_count == len(here)
        _compare_phases(simulated, here, true, found.set_end_phases)
        _compare_phases(simulated, later, true, found.offline_phases)
        for rep in true:
            for t in (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom):
                nearest = int(np.argmin([abs(change.t - t) for change in changes]))
                found.delays.append(changes[nearest].noticed_t - t)
    found.false_reps += sum(not any(a <= r.t_start <= b for a, b in spans) for r in live)


def _compare_phases(
    simulated: SimulatedSession,
    reps: Sequence[Rep],
    true: Sequence[TrueRep],
    found: list[PhaseError],
) -> None:
    if len(reps) != len(true):
        return
    stored = simulated.header.metadata["simulation"]
    assert isinstance(stored, Mapping)
    shin = from_json(stored).shin
    losses = shin.radio.loss_percent > 0.0
    found += [
        phase_error(rep, own, losses=losses, tissue_deg=shin.soft_tissue_deg)
        for rep, own in zip(reps, true, strict=True)
    ]


def _compare_verdicts(
    simulated: SimulatedSession, verdicts: Sequence[Verdict], found: Agreement
) -> None:
    for rep in simulated.truth.reps:
        seen = [v for v in verdicts if abs(v.rep.t_top - rep.t_top) < 1.0]
        if len(seen) != 1:
            found.unmatched += 1
        elif seen[0].grade is Grade.NOT_JUDGED:
            reason = seen[0].reason
            found.withheld["" if reason is None else type(reason).__name__] += 1
        else:
            true = true_verdict(simulated, rep, seen[0])
            found.named[_named(true), _named(seen[0])] += 1


def _switch_errors(
    simulated: SimulatedSession, outputs: Sequence[CoachOutput]
) -> list[tuple[float, float]]:
    truth, errors = simulated.truth, []
    for cue in outputs:
        if not (isinstance(cue, Cue) and cue.kind is CueKind.SWITCH):
            continue
        rep = min(truth.reps, key=lambda each: abs(each.t_top - cue.t))
        rising = (truth.t >= rep.t_start) & (truth.t <= rep.t_ecc)
        near = truth.shin_turn[rising] >= truth.shin_turn[rising].min() + NEAR_TOP * rep.rom
        errors.append((cue.t - float(truth.t[rising][near][0]), cue.t - rep.t_top))
    return errors


def true_verdict(simulated: SimulatedSession, rep: TrueRep, seen: Verdict) -> Verdict:
    """Return the verdict on the true movement, by the same rules with the person's true range."""
    truth = simulated.truth
    person = PersonParameters()
    reach = np.deg2rad([person.dorsiflexion_max_deg, person.plantarflexion_max_deg])
    curl = np.rad2deg(truth.shin_turn)
    rate = np.asarray(np.gradient(curl, truth.t), dtype=np.float64)
    angles = block(truth.t, curl, rate, np.rad2deg(truth.ankle))
    times = (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom, rep.t_bottom)
    lifting = (truth.t >= rep.t_start) & (truth.t < rep.t_top)
    lowering = (truth.t >= rep.t_ecc) & (truth.t < rep.t_bottom)
    up, down = (float(np.median(truth.ankle[part])) for part in (lifting, lowering))
    true = Rep(rep.number, *times, rep.rom, up, down, partial=rep.partial)
    return judge(true, angles, replace(seen.target, bands=personal_bands(*reach.tolist())))


def _named(verdict: Verdict) -> str:
    return f"{verdict.grade}" + (f": {verdict.reason.check}" if verdict.reason else "")


def describe(found: Findings) -> str:
    """Return the findings as a table."""
    lines = [
        f"simulated sets: {found.sets}; not calibrated: sessions {found.not_calibrated}",
        f"exact count live {found.live_exact}, final {found.final_exact}",
        f"exact count offline {found.offline_exact}",
        f"live = final {found.live_is_final}; false reps outside of sets {found.false_reps}",
        f"time from a phase change to its event: median {1e3 * np.median(found.delays):.0f} ms",
        *described_phases("offline", found.offline_phases),
        *described_phases("when the set ends", found.set_end_phases),
    ]
    lines += [
        line
        for name, part in (("live", found.live_verdicts), ("offline", found.offline_verdicts))
        for line in _described(name, part)
    ]
    if found.switch:
        near, top = 1e3 * np.array(found.switch).T
        lines.append(
            f"switch cue against the true 90 % of the height: mean {near.mean():+.0f} ms, SD "
            f"{near.std():.0f} ms; against the top: mean {top.mean():+.0f} ms, SD "
            f"{top.std():.0f} ms; n = {near.size}"
        )
    if found.free_s:
        lines.append(f"reps in {found.free_s / 60:.0f} min of free movement: {found.free_reps}")
    return "\n".join(lines)


def _described(name: str, part: Agreement) -> list[str]:
    judged, withheld = sum(part.named.values()), sum(part.withheld.values())
    missing = f"{withheld} not judged, {part.unmatched} not matched"
    lines = [f"{name} verdicts as the truth's: {100 * part.share:.1f} % of {judged}; {missing}"]
    lines += [f"  {count:5}  not judged: {why}" for why, count in part.withheld.most_common()]
    lines += [
        f"  {count:5}  {true:20} -> {seen}" for (true, seen), count in part.named.most_common()
    ]
    return lines


def main() -> None:
    """Run the comparison and print its findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50, help="sessions of each kind")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--free-minutes", type=float, default=0.0, help="of free movement")
    args = parser.parse_args()
    found = Findings()
    for seed in range(args.first_seed, args.first_seed + args.sessions):
        compare(seed, found, coached=False)
        compare(seed, found, coached=True)
    for seed in range(args.first_seed, args.first_seed + round(60 * args.free_minutes / FREE_S)):
        compare_free(seed, found)
    print(describe(found))


if __name__ == "__main__":
    main()
