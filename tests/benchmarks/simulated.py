"""Compare counts, angles and phase times of simulated sessions with their truth, seed by seed."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.review.analysis import Analysis, analyse
from processing.types import AngleBlock, counted
from sensor.simulation import Truth, simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation

SEEDS = range(1, 21)
SESSIONS = {
    "protocol B": "sim:protocol=B,sets=2,reps=8,seed={seed}",
    "protocol A": "sim:protocol=A,sets=2,reps=8,seed={seed}",
    "B, stalls and 1 % loss": (
        "sim:protocol=B,sets=2,reps=8,stalls_per_min=4,loss_percent=1,seed={seed}"
    ),
}


@dataclass(frozen=True, slots=True)
class Score:
    """The errors of one session: of the counts, of the angles in degrees, of the phases in ms."""

    seed: int
    reps: int
    final_off: int
    live_off: int
    live_deg: float
    offline_deg: float
    phase_ms: tuple[float, ...]


def main() -> None:
    """Run every kind of session with every seed, and print the scores."""
    with ProcessPoolExecutor() as pool:
        for name, text in SESSIONS.items():
            print_scores(name, list(pool.map(score, [text.format(seed=s) for s in SEEDS])))


def score(text: str) -> Score:
    """Simulate, record and analyse a session, and compare it with its truth."""
    parameters = parse_simulation(text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        session = simulate(parameters)
        save_session(session, path)
        analysis = analyse(path)
    truth = session.truth
    final = counted([r for s in analysis.sets for r in s.reps])
    live = counted([r for s in analysis.sets for r in s.live])
    true = [r for r in truth.reps if not r.partial]
    return Score(
        parameters.seed,
        len(true),
        abs(len(final) - len(true)),
        abs(len(live) - len(true)),
        rmse_deg(analysis.live_angles, truth),
        rmse_deg(analysis.offline_angles, truth),
        phase_errors_ms(analysis, truth) if len(final) == len(true) else (),
    )


def rmse_deg(angles: AngleBlock, truth: Truth) -> float:
    """Return the RMSE of the ankle angle in degrees, without any fit."""
    use = angles.valid
    error = angles.ankle[use] - np.interp(angles.t[use], truth.t, truth.ankle)
    return float(np.degrees(np.sqrt(np.mean(error * error))))


def phase_errors_ms(analysis: Analysis, truth: Truth) -> tuple[float, ...]:
    """Return the delay of each phase boundary of each judged rep, in ms."""
    reps = counted([r for s in analysis.sets for r in s.reps])
    true = [r for r in truth.reps if not r.partial]
    return tuple(
        1000.0 * (found - wanted)
        for rep, own in zip(reps, true, strict=True)
        if rep.judged
        for found, wanted in (
            (rep.t_start, own.t_start),
            (rep.t_top, own.t_top),
            (rep.t_ecc, own.t_ecc),
            (rep.t_bottom, own.t_bottom),
        )
    )


def print_scores(name: str, scores: Sequence[Score]) -> None:
    """Print mean and worst of every figure, and the seed of the worst."""
    print(
        f"{name}: {len(scores)} seeds, {sum(s.reps for s in scores)} reps; missed or invented: "
        f"{sum(s.final_off for s in scores)} final, {sum(s.live_off for s in scores)} live"
    )
    for what in ("live_deg", "offline_deg"):
        values = [getattr(s, what) for s in scores]
        worst = int(np.argmax(values))
        print(
            f"  ankle RMSE, {what.removesuffix('_deg'):8} {np.mean(values):.2f}° mean, "
            f"{values[worst]:.2f}° worst (seed {scores[worst].seed})"
        )
    errors = [(abs(e), s.seed) for s in scores for e in s.phase_ms]
    late = [e for s in scores for e in s.phase_ms]
    if late:
        print(
            f"  phase times: {np.mean(late):+.0f} ms mean, {np.std(late):.0f} ms SD, "
            f"{max(errors)[0]:.0f} ms worst (seed {max(errors)[1]})"
        )


if __name__ == "__main__":
    main()
