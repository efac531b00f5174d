"""Reps that are counted while a person does everything but reps.

    python -m tests.benchmarks.first_contact.false_reps [--minutes 60] [--first-seed 0]

The sessions are calibrated, have a coach of protocol B, and no marks: getting on and off, walking,
fidgeting, adjusting the pad, a phone in hand.
"""

import sys
from collections.abc import Sequence

import numpy as np

from processing.types import Rep, counted
from sensor.simulation import (
    PersonParameters,
    SimulatedExercise,
    SimulatedProtocol,
    SimulationParameters,
)
from sensor.simulation.choices import FreeActivity
from sensor.simulation.surroundings_parameters import SurroundingsParameters
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.session_runs import run_session

MINUTES = 60
"""Minutes in all."""
SESSION_S = 600.0
"""Length of one session."""


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


if __name__ == "__main__":
    main(sys.argv[1:])
