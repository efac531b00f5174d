"""Rest-pauses of 2-25 s within marked sets: one set, one summary, the ratio unchanged.

    python -m tests.benchmarks.first_contact.rest_pauses [--sessions 12] [--first-seed 0]

The sessions are of protocol A with four sets, so that two waves teach the ratio of the loads.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace

from processing.coach.cues import Cue, CueKind
from sensor.simulation import SimulatedProtocol
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.session_runs import SessionRun, run_session, within
from tests.benchmarks.first_contact.sessions import SETS, parameters

SESSIONS = 12
"""Sessions of four sets."""
START_RATIO, STEP, LEAST, MOST = 0.90, 0.025, 0.70, 1.00
"""The ratio at first, its change for each rep more or less than planned, and its limits."""


def expected_ratio(run: SessionRun) -> float:
    """Return the ratio that the true reps of the waves teach; the marks plan ``parameters.reps``."""
    ratio = START_RATIO
    for index in range(len(run.windows)):
        reps = run.true_reps(index)
        if reps[0].set_type == "PF":
            ratio *= 1.0 + STEP * (len(reps) - run.parameters.reps)
            ratio = min(max(ratio, LEAST), MOST)
    return ratio


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + args.sessions)
    sets = ratios = 0
    right = {
        "one set live": 0,
        "one summary": 0,
        "one final set": 0,
        "live count": 0,
        "final count": 0,
    }
    wrong: list[str] = []
    for seed in seeds:
        asked = parameters(seed & ~4)
        movement = replace(asked.movement, rest_pauses_percent=35.0)
        run = run_session(
            replace(
                asked,
                seed=seed,
                protocol=SimulatedProtocol.A,
                sets=SETS[SimulatedProtocol.A],
                movement=movement,
                faults=(),
            )
        )
        ratio = expected_ratio(run)
        ratios += run.ratio is not None and abs(run.ratio - ratio) < 1e-6
        if run.ratio is None or abs(run.ratio - ratio) >= 1e-6:
            wrong.append(f"{seed}: ratio {run.ratio} instead of {ratio:.3f}")
        for index, window in enumerate(run.windows):
            true = len(run.true_reps(index))
            spoken = [o for o in run.outputs if isinstance(o, Cue) and o.kind is CueKind.SUMMARY]
            found = {
                "one set live": sum(window[0] <= f.t_end < window[1] for f in run.finished) == 1,
                "one summary": sum(window[0] <= cue.t < window[1] for cue in spoken) == 1,
                "one final set": sum(window[0] <= s.source.t_end < window[1] for s in run.sets)
                == 1,
                "live count": len(within([v.rep for v in run.live], window)) == true,
                "final count": len(within([v.rep for v in run.final], window)) == true,
            }
            sets += 1
            for name, good in found.items():
                right[name] += good
                if not good:
                    wrong.append(f"{seed}.{index + 1}: {name}")
    print(f"seeds {seeds.start}-{seeds.stop - 1}; to reach: all of them")
    for name, number in right.items():
        print(f"{name:16}{number:4} of {sets} sets")
    print(f"{'ratio unchanged':16}{ratios:4} of {len(seeds)} sessions")
    print("\n".join(f"    {each}" for each in wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
