"""Measure what exact sensors on the simulated legs would show, and the angle against that.

Soft tissue turns a sensor against its bone, and all that the sensor measures turns with it. So the error against the
bones has two parts: what exact sensors would err by, which no estimate can know, and what the estimate adds.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from processing.motion.estimator import AngleEstimator, estimate_offline
from sensor.types import FloatArray
from tests.benchmarks.accuracy.references import rms
from tests.benchmarks.accuracy.simulated_cases import NO_HINGES, Kind, simulated
from tests.benchmarks.accuracy.summary import SAME_DEG

KINDS = tuple(kind for kind in Kind if kind not in NO_HINGES)
EXACT, LIVE, OFFLINE, OWN_LIVE, OWN_OFFLINE, VARYING_LIVE, VARYING_OFFLINE = range(7)
"""Columns of the errors: against the bones that of exact sensors, of the live and of the offline angle; against exact
sensors those of both angles, and the same about their means."""


def table(seeds: Sequence[int]) -> str:
    """Return the errors of each simulated leg against its bones and against exact sensors, as Markdown."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    jobs = [(kind, seed) for kind in KINDS for seed in seeds]
    with ProcessPoolExecutor() as pool:
        found = dict(zip(jobs, pool.map(_errors, jobs), strict=True))
    head = (
        "simulated leg", "sessions", "exact sensors: mean, worst", "live / offline",
        "against exact sensors", "the same about its mean", "offline ≤ live: bones", "exact sensors",
        "about the mean",
    )  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    groups = {str(kind): [found[kind, seed] for seed in seeds] for kind in KINDS}
    groups["**all**"] = list(found.values())
    for name, own in groups.items():
        errors = np.array(own)
        mean = errors.mean(axis=0)
        better = [
            int((errors[:, offline] <= errors[:, live] + SAME_DEG).sum())
            for live, offline in (
                (LIVE, OFFLINE), (OWN_LIVE, OWN_OFFLINE), (VARYING_LIVE, VARYING_OFFLINE)
            )
        ]  # fmt: skip
        cells = [
            name,
            str(len(own)),
            f"{mean[EXACT]:.2f}°, {errors[:, EXACT].max():.2f}°",
            *(
                f"{mean[live]:.2f}° / {mean[live + 1]:.2f}°"
                for live in (LIVE, OWN_LIVE, VARYING_LIVE)
            ),
            *map(str, better),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _errors(job: tuple[Kind, int]) -> tuple[float, ...]:
    """Return the errors of a session, °, of the samples of which both angles are known."""
    session = simulated(*job)
    case = session.case
    blocks = (
        AngleEstimator(case.calibration).feed(case.block),
        estimate_offline(case.block, case.calibration),
    )
    true = case.reference.at(case.block.t)
    known = blocks[0].valid & blocks[1].valid & np.isfinite(true)
    true, shown = true[known], session.shown_deg()[known]
    live, offline = (np.degrees(block.ankle[known]) for block in blocks)
    return (
        rms(shown - true),
        rms(live - true),
        rms(offline - true),
        rms(live - shown),
        rms(offline - shown),
        _varying(live - shown),
        _varying(offline - shown),
    )


def _varying(error: FloatArray) -> float:
    return float(np.std(error))
