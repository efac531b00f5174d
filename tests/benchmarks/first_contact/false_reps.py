"""Reps that are counted while a person does everything but reps.

    python -m tests.benchmarks.first_contact.false_reps [--minutes 60] [--first-seed 0]

The sessions are calibrated, have a coach of protocol B, and no marks: getting on and off, walking,
fidgeting, adjusting the pad, a phone in hand. Real recordings of people who walk, squat and climb steps,
none of whom curls a leg, are counted without any mark, with a calibration from their own movement; they
are no part of the repository, and are skipped where they are absent.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.pipeline.pipeline import Pipeline
from processing.review.analysis import analyse
from processing.review.read_recording import assembled
from processing.types import Rep, counted
from sensor.recording import open_recording
from sensor.simulation import (
    PersonParameters,
    SimulatedExercise,
    SimulatedProtocol,
    SimulationParameters,
)
from sensor.simulation.choices import FreeActivity
from sensor.simulation.surroundings_parameters import SurroundingsParameters
from sensor.table_import import import_table
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.session_runs import run_session
from tests.shared_data import SHARED

MINUTES = 60
"""Minutes in all."""
SESSION_S = 600.0
"""Length of one session."""
REAL = (
    "ankle_encoder/subject_02",
    "ankle_encoder/subject_07",
    "ankle_encoder/subject_25",
    "people/right_leg",
    "people/right_leg_heel_raises",
)
"""Recordings without a curl: walking, squats, lunges, steps, heel raises."""


def parameters(seed: int) -> SimulationParameters:
    """Return the session of a seed, without a set."""
    rng = np.random.default_rng(seed)
    exercise = SimulatedExercise(str(rng.choice(list(SimulatedExercise))))
    return SimulationParameters(
        seed=seed,
        protocol=SimulatedProtocol.FREE,
        free_s=SESSION_S,
        person=PersonParameters(exercise=exercise, rom_deg=float(rng.uniform(75.0, 125.0))),
        around=SurroundingsParameters(free=FreeActivity.EVERYTHING),
    )


def real_reps(table: Path) -> tuple[float, int, int]:
    """Return the length of a table, s, and the reps that are counted in it, live and finally."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recording.mcap"
        import_table(table, path)
        found = analyse(path)
        recording = open_recording(path)
        pipeline = Pipeline(recording.header, None, found.calibration)
        items = list(assembled(recording, np.inf, lambda _: None).live)
        updates = [*pipeline.feed(items), *pipeline.finish()]
    live = counted([update for update in updates if isinstance(update, Rep)])
    return found.duration_s, len(live), sum(len(counted(one.reps)) for one in found.sets)


def print_real() -> None:
    """Print the reps in real recordings, as far as they are beside the repository."""
    seconds, live, final = 0.0, 0, 0
    for name in REAL:
        table = SHARED / "data" / f"{name}.csv"
        if not table.exists():
            print(f"    {name}: skipped, {table} does not exist")
            continue
        length, its_live, its_final = real_reps(table)
        print(f"    {name}: {length:.0f} s, {its_live} live, {its_final} finally")
        seconds, live, final = seconds + length, live + its_live, final + its_final
    if seconds:
        per_hour = 3600.0 / seconds
        print(
            f"real recordings, {seconds / 60:.0f} min: {live * per_hour:.1f} reps an hour live, "
            f"{final * per_hour:.1f} finally; to reach: 0"
        )


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--minutes", type=int, default=MINUTES)
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + round(args.minutes * 60.0 / SESSION_S))
    announced = detected = final = 0
    for seed in seeds:
        run = run_session(parameters(seed), marked=False, protocol="B")
        begun = 0.0 if run.calibrated_s is None else run.calibrated_s
        reps = counted([o for o in run.outputs if isinstance(o, Rep)])
        mine = [rep for rep in reps if rep.t_start > begun]
        detected += len(mine)
        announced += sum(v.rep.t_start > begun for v in run.live)
        final += sum(v.rep.t_start > begun for v in run.final)
        if mine or run.final:
            times = ", ".join(f"{rep.t_start:.1f}" for rep in mine)
            offline = ", ".join(f"{v.rep.t_start:.1f}" for v in run.final)
            print(f"    seed {seed}: live at {times or '-'}; finally at {offline or '-'}")
    print(
        f"seeds {seeds.start}-{seeds.stop - 1}, {len(seeds) * SESSION_S / 60:.0f} min: "
        f"{announced} reps announced, {detected} detected, {final} in the recordings; to reach: <= 1"
    )
    print_real()


if __name__ == "__main__":
    main(sys.argv[1:])
