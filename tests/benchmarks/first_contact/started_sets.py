"""Sets however they start: what the coach said while they ran, its record, and the recording's analysis.

    python -m tests.benchmarks.first_contact.started_sets [--sessions 12] [--first-seed 0]

The same kind of session is started by clicker (marks), by key, by lying still and lifting, or first by
clicker and then by lifting; in half of them a sensor is gone for some seconds. Compared for each set: type, load, side, planned reps, tempo,
bands, count, and the verdict on every rep.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.coach.coach import Coach
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.protocol_file import built_in
from processing.judge.recount import FinishedSet
from processing.judge.verdict import Verdict
from processing.pipeline.marks import PlanEventKind
from processing.review.analysis import analyse
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.types import counted
from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    RestActivity,
    SensorParameters,
    SimulatedExercise,
    SimulatedProtocol,
    SimulationParameters,
    simulate,
)
from sensor.types import Event, EventKind, Item
from tests.benchmarks.first_contact import seed_options
from tests.processing.coach.session_output import session_output

WAYS = ("clicker", "key", "hands-free", "clicker first")
"""The ways to start and end a set."""
SESSIONS = 12
"""Sessions in all; the ways take turns."""
SET_MARKS = (EventKind.SET_START, EventKind.SET_END)


def parameters(seed: int) -> SimulationParameters:
    """Return the session of a seed: two sets, in every second session with a gap."""
    rng = np.random.default_rng(seed)
    gone = ((float(rng.uniform(30.0, 90.0)), float(rng.uniform(1.5, 4.0))),) if seed % 2 else ()
    foot = SensorParameters(position_m=(0.09, 0.0, -0.03), radio=RadioParameters(dropouts_s=gone))
    return SimulationParameters(
        seed=seed,
        protocol=SimulatedProtocol(str(rng.choice(["A", "B"]))),
        sets=2,
        reps=6,
        rest=RestActivity.OFF,
        rest_s=40.0,
        person=PersonParameters(
            exercise=SimulatedExercise(str(rng.choice(list(SimulatedExercise))))
        ),
        foot=foot,
    )


def started(items: Sequence[Item], way: str) -> list[Item]:
    """Return the session with its sets started in another way; the choices come before them."""
    out: list[Item] = []
    marks = 0
    for item in items:
        is_mark = isinstance(item, Event) and item.kind in SET_MARKS
        marks += is_mark
        if not is_mark or way == "clicker" or (way == "clicker first" and marks <= len(SET_MARKS)):
            out.append(item)
            continue
        if isinstance(item, Event) and item.kind == EventKind.SET_START:
            out.append(Event(item.t_ns, PlanEventKind.NEXT, item.data))
        if way == "key":
            out.append(Event(item.t_ns, EventKind.KEY, {"key": "space"}))
    return out


def described(one: JudgedSet) -> dict[str, object]:
    """Return what is compared of a set of the recording."""
    asked = one.source.prescription
    return {
        **{key: asked.get(key) for key in ("set_type", "load_kg", "side", "planned_reps", "bands")},
        "tempo": one.target.tempo,
        "count": len(counted(one.source.reps)),
        "verdicts": tuple(_named(v) for v in one.verdicts if not v.rep.partial),
    }


def compare(seed: int, way: str, differing: Counter[str]) -> int:
    """Count by field in how many sets the coach and the recording differ; return the true sets."""
    made = parameters(seed)
    simulated = simulate(made)
    coach = Coach(built_in(made.protocol.value), Athlete(weeks_trained=10.0))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        outputs = session_output(simulated.header, started(simulated.items, way), coach, path)
        sets = judge_sets(analyse(path))
    results: list[FinishedSet] = []
    asked: list[dict[str, object]] = []
    for one in outputs:
        if isinstance(one, FinishedSet):
            results = [r for r in results if r.t_start != one.t_start] + [one]
        if isinstance(one, PlanChange) and one.record is not None and not one.record.over:
            asked = [*asked[: one.record.number - 1], dict(one.record.asked)]
    differing["sets"] += not len(results) == len(sets) == made.sets
    for result, fields, found in zip(results, asked, sets, strict=False):
        seen = described(found)
        live = {
            **{key: fields.get(key) for key in seen if key not in ("tempo", "count", "verdicts")},
            "tempo": result.target.tempo,
            "count": result.recount.final,
            "verdicts": tuple(_named(v) for v in result.verdicts if not v.rep.partial),
        }
        for key, value in seen.items():
            differing[key] += live[key] != value
        differing["true count"] += seen["count"] != made.reps
    return made.sets


def _named(verdict: Verdict) -> str:
    return f"{verdict.grade}" + (f": {verdict.reason.check}" if verdict.reason else "")


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + args.sessions)
    print(f"seeds {seeds.start}-{seeds.stop - 1}; to reach: no set in which anything differs")
    for index, way in enumerate(WAYS):
        differing: Counter[str] = Counter()
        sets = sum(compare(seed, way, differing) for seed in seeds[index :: len(WAYS)])
        words = ", ".join(f"{key} {n}" for key, n in differing.items() if n) or "nothing"
        print(f"{way:12} {sets:3} sets; coach and recording differ in: {words}")


if __name__ == "__main__":
    main(sys.argv[1:])
