"""Count heel raises of simulated people, live and offline, and compare their times with the truth.

Run as ``python -m tests.benchmarks.first_contact.heel_raises [--first-seed N] [--sessions N]``. Floor, step and seat,
one leg and two, tempos from 1 to 3 s, heights of 14 to 45°, with and without marks and calibration; every fourth
session is one of squats, lunges or walking, in which nothing may be counted.
"""

import math
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.review.analysis import analyse
from processing.types import Rep, counted
from sensor.recording import RecordingWriter
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.simulation.truth import TrueRep

FIRST_SEED, SESSIONS = 5_200_000, 40
OTHERS = ("squat", "lunge", "walk")


@dataclass(slots=True)
class Found:
    """The reps found in all sessions by one of the two ways."""

    exact: int = 0
    reps: int = 0
    false: int = 0
    lowering_s: list[float] = field(default_factory=list)
    height_deg: list[float] = field(default_factory=list)

    def add(self, found: list[Rep], truth: list[TrueRep]) -> None:
        """Add the reps of a session."""
        left = list(truth)
        false = 0
        for rep in found:
            same = next((one for one in left if one.t_start <= rep.t_ecc <= one.t_bottom), None)
            if same is None:
                false += 1
                continue
            left.remove(same)
            self.reps += 1
            self.lowering_s.append((rep.t_bottom - rep.t_ecc) - (same.t_bottom - same.t_ecc))
            self.height_deg.append(math.degrees(rep.rom - same.rom))
        self.false += false
        self.exact += not left and not false


def session_text(seed: int) -> str:
    """Return the session of a seed."""
    rng = np.random.default_rng(seed)
    marks = rng.choice(["yes", "no"])
    common = f"marks={marks},calibration={marks},sets=2,seed={seed}"
    if seed % 4 == 3:
        return f"sim:exercise={OTHERS[seed // 4 % 3]},reps=6,rest=off,{common}"
    place = rng.choice(["floor", "step", "seated"])
    legs = rng.choice(["one", "two"])
    tempo = rng.choice(["3-0-3-0", "2-0-2-2", "1-0-1-0", "3-0-1-1", "2-1-1-0"])
    rest = rng.choice(["still", "fidget", "walk", "off"])
    return (
        f"sim:exercise=heel_raise,place={place},legs={legs},tempo={tempo},rest={rest},"
        f"height_deg={rng.uniform(14.0, 45.0):.1f},reps={rng.integers(5, 16)},"
        f"fading_reps={rng.choice([0, 4])},motion=mixed,tempo_spread_percent=15,{common}"
    )


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    args = parser.parse_args(arguments)
    first, sessions = args.first_seed, args.sessions
    ways = {"live": Found(), "offline": Found()}
    truth_count = 0
    for seed in range(first, first + sessions):
        simulated = simulate(parse_simulation(session_text(seed)))
        with TemporaryDirectory() as folder:
            path = Path(folder) / "session.mcap"
            writer = RecordingWriter(path, simulated.header)
            for item in simulated.items:
                writer.write(item)
            writer.close()
            sets = analyse(path).sets
        truth = [one for one in simulated.truth.reps if not one.partial]
        truth_count += len(truth)
        ways["live"].add([rep for one in sets for rep in counted(one.live)], truth)
        ways["offline"].add([rep for one in sets for rep in counted(one.reps)], truth)
    for name, found in ways.items():
        low, height = np.array(found.lowering_s), np.array(found.height_deg)
        print(
            f"{name}: {found.exact} of {sessions} sessions exact, {found.reps} of {truth_count} reps, "
            f"{found.false} false; lowering off by {low.mean():+.2f} s, SD {low.std():.2f} s; height by "
            f"{height.mean():+.1f}°, SD {height.std():.1f}°"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
