"""Reps of people who calibrate standing and train prone or seated.

    python -m tests.benchmarks.first_contact.postures [--sessions 12] [--first-seed 0]

Every second session has no marks of its sets.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace

from sensor.simulation import SimulatedExercise
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.session_runs import SessionRun, run_session, within
from tests.benchmarks.first_contact.sessions import parameters

SESSIONS = 12
"""Sessions of each posture."""
TRAINED = (SimulatedExercise.LYING, SimulatedExercise.SEATED)
"""The postures of the sets."""


def found_reps(run: SessionRun) -> tuple[int, int, int]:
    """Return the numbers of true reps, and of those that have one counted rep live and finally."""
    total = live = final = 0
    for index, window in enumerate(run.windows):
        true = run.true_reps(index)
        total += len(true)
        counts = [
            len(within([verdict.rep for verdict in path], window)) for path in (run.live, run.final)
        ]
        # Reps too many are as wrong as reps too few.
        live += max(0, len(true) - abs(counts[0] - len(true)))
        final += max(0, len(true) - abs(counts[1] - len(true)))
    return total, live, final


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + args.sessions)
    print(f"seeds {seeds.start}-{seeds.stop - 1} of each; to reach: 99 % of the reps counted")
    for exercise in TRAINED:
        total = live = final = judged = 0
        silent: list[int] = []
        for seed in seeds:
            asked = parameters(seed)
            person = replace(asked.person, exercise=exercise, calibrated=SimulatedExercise.STANDING)
            run = run_session(replace(asked, person=person), marked=seed % 2 == 0)
            counts = found_reps(run)
            total, live, final = total + counts[0], live + counts[1], final + counts[2]
            judged += sum(verdict.grade.name != "NOT_JUDGED" for verdict in run.final)
            if counts[1] < counts[0] or counts[2] < counts[0]:
                silent.append(seed)
        print(
            f"calibrated standing, trained {exercise:8} live {100 * live / total:5.1f} %, final "
            f"{100 * final / total:5.1f} % of {total} reps, judged finally "
            f"{100 * judged / total:5.1f} %; sessions with other counts {silent}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
