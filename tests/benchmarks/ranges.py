"""Compare measured ranges with the truth of simulated sessions: one person, ten mountings of the sensors.

An anatomical ankle has other axes with every seed, so these are ten ankles; their truth is the angle that
a physio reads, in the sagittal plane. The program sets the ankle to 0 and the shin upright in the still pose, in which the simulated person
leans by some degrees that no sensor shows. So each error is given twice: of the angle from that pose, and of
the anatomical angle.
"""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import RangeResult, last_of_each
from processing.review.analysis import analyse
from sensor.simulation import Truth, simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind

SEEDS = range(51, 61)
"""The mountings: seeds of development."""
PERSON = (
    "side=right,dorsiflexion_max_deg=16,plantarflexion_max_deg=48,lean_deg=3,"
    "acc_offset_mg=15/-15/10,gyr_offset_dps=0.5/-0.5/0.5,soft_tissue_deg=1.5"
)
SESSIONS = {
    "hinge": f"sim:exercise=ankle_range,{PERSON}",
    "anatomical": f"sim:exercise=ankle_range,ankle=anatomical,{PERSON}",
    "lunge": f"sim:exercise=lunge_range,range_deg=40,{PERSON}",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The mean of a measure in one session, °; NaN where nothing was held."""

    measure: Measure
    knee: Knee
    trials: int
    mean_deg: float
    true_deg: float
    """Mean of the true trials."""
    still_deg: float
    """The same angle in the still pose, by the truth: what the program calls 0."""


def main() -> None:
    """Print repeats and errors of every measure."""
    print(f"simulated, one person, {len(SEEDS)} mountings; in degrees, nothing fitted")
    print("repeats: SD of measured less true; error: mean and worst of one session")
    with ProcessPoolExecutor(2) as pool:
        for name, text in SESSIONS.items():
            runs = list(pool.map(found_in, [f"{text},seed={seed}" for seed in SEEDS]))
            for column in zip(*runs, strict=True):
                print_measure(name, column)


def print_measure(name: str, found: tuple[Found, ...]) -> None:
    """Print one line on a measure over all mountings."""
    error = np.array([one.mean_deg - one.true_deg for one in found])
    own = error + np.array([one.still_deg for one in found])
    trials = sum(one.trials for one in found)
    print(
        f"{name:10} {found[0].measure:15} {found[0].knee:8} {trials:3} trials, "
        f"repeats {np.std(error, ddof=1):.2f}, from the still pose {own.mean():+.2f} "
        f"({np.abs(own).max():.2f}), anatomical {error.mean():+.2f} ({np.abs(error).max():.2f})"
    )


def found_in(text: str) -> tuple[Found, ...]:
    """Simulate, record and analyse the session ``text``; return every measure of it."""
    session = simulate(parse_simulation(text))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        save_session(session, path)
        results = last_of_each(analyse(path).ranges)
    truth = session.truth
    still_t = next(
        (e.t_ns - session.header.start_ns) / 1e9
        for e in session.items
        if isinstance(e, Event) and e.kind == EventKind.CALIBRATION_END
    )
    kinds = dict.fromkeys((trial.measure, trial.knee) for trial in truth.trials)
    return tuple(
        _found(results, truth, Measure(measure), Knee(knee), still_t, sagittal="anatomical" in text)
        for measure, knee in kinds
    )


def _found(
    results: Mapping[RangeKind, RangeResult],
    truth: Truth,
    measure: Measure,
    knee: Knee,
    still_t: float,
    *,
    sagittal: bool,
) -> Found:
    own = results.get(RangeKind(measure, knee, "R"))
    angle = truth.inclination if measure is Measure.INCLINATION else truth.ankle
    if measure is not Measure.INCLINATION and truth.sagittal is not None and sagittal:
        angle = truth.sagittal
    assert angle is not None
    sign = -1.0 if measure is Measure.PLANTARFLEXION else 1.0
    true = [
        sign * float(np.median(angle[(truth.t >= trial.t_start) & (truth.t <= trial.t_end)]))
        for trial in truth.trials
        if (trial.measure, trial.knee) == (measure, knee)
    ]
    # The last second of the still pose.
    pose = (truth.t >= still_t - 1.0) & (truth.t <= still_t)
    still_deg = float(np.degrees(np.median(angle[pose])))
    return Found(
        measure,
        knee,
        0 if own is None else len(own.counted),
        np.nan if own is None or own.mean_deg is None else own.mean_deg,
        float(np.degrees(np.mean(true))),
        sign * still_deg,
    )


if __name__ == "__main__":
    main()
