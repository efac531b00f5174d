"""Measure what each part of the method is worth: all cases, with one parameter changed at a time."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from processing.calibration.fit import self_calibrate
from processing.motion.ankle import AnkleConfig
from processing.motion.estimator import EstimatorConfig
from processing.motion.joint_filter import JointFilterConfig
from processing.motion.joint_fit import JointFitConfig
from tests.benchmarks.accuracy.cases import REAL, Case, real, real_names
from tests.benchmarks.accuracy.scores import score
from tests.benchmarks.accuracy.simulated_cases import Kind, simulated
from tests.benchmarks.accuracy.summary import summed_up

SEEDS = (1, 2)
"""Development seeds: one resting still and one walking, and few enough for ten minutes."""
KINDS = (Kind.OWN, Kind.HARD, Kind.IMPERFECT, Kind.ANATOMICAL)
"""The simulators: joints that are none say nothing about the constants of one."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The method with one parameter changed."""

    name: str
    fit: JointFitConfig = field(default_factory=JointFitConfig)
    joint: JointFilterConfig = field(default_factory=JointFilterConfig)
    window_s: float = 0.1

    @property
    def estimator(self) -> EstimatorConfig:
        """The parameters of the angle."""
        ankle = AnkleConfig(joint=self.joint, window_s=self.window_s)
        return EstimatorConfig(ankle=ankle)


VARIANTS = (
    Variant("as it is"),
    Variant("no lever arms", fit=JointFitConfig(lever_arm_m=1e-4)),
    Variant("no accelerometer offsets", fit=JointFitConfig(acc_offset_mps2=1e-3)),
    Variant("axes fixed after the calibration", joint=JointFilterConfig(axis_deg=1e-3)),
    Variant("axis prior 2° (4°)", joint=JointFilterConfig(axis_deg=2.0)),
    Variant("axis prior 8° (4°)", joint=JointFilterConfig(axis_deg=8.0)),
    Variant("rates across the axis not used", joint=JointFilterConfig(rate_dps=1e4)),
    Variant("rates trusted twice as much", joint=JointFilterConfig(rate_dps=30.0)),
    Variant("rates trusted half as much", joint=JointFilterConfig(rate_dps=120.0)),
    Variant(
        "clocks taken to agree",
        fit=JointFitConfig(delay_s=1e-6),
        joint=JointFilterConfig(delay_s=1e-6, delay_walk_s=0.0),
    ),
    Variant("clocks taken to keep their distance", joint=JointFilterConfig(delay_walk_s=0.0)),
    Variant("gravity's norm in holds not used", joint=JointFilterConfig(still_dps=0.0)),
    Variant("half the walk of the integral", joint=JointFilterConfig(walk_dps=0.45)),
    Variant("twice the walk of the integral", joint=JointFilterConfig(walk_dps=1.8)),
    Variant("force trusted twice as much", joint=JointFilterConfig(across_mps2=0.2)),
    Variant("force trusted half as much", joint=JointFilterConfig(across_mps2=0.8)),
    Variant("windows of 0.05 s (0.1 s)", window_s=0.05),
    Variant("windows of 0.2 s (0.1 s)", window_s=0.2),
    Variant("fit below 3 Hz (5 Hz)", fit=JointFitConfig(cutoff_hz=3.0)),
    Variant("fit below 10 Hz (5 Hz)", fit=JointFitConfig(cutoff_hz=10.0)),
    Variant("fit over drifts of 2 s (5 s)", fit=JointFitConfig(drift_s=2.0)),
    Variant("fit over drifts of 10 s (5 s)", fit=JointFitConfig(drift_s=10.0)),
)


def table() -> str:
    """Return the mean errors of every variant by group, live / offline, and the choices, as Markdown.

    Those of recordings are with the reference's clock fitted.
    """
    with ProcessPoolExecutor() as pool:
        parts = [
            *pool.map(_real_errors, real_names()),
            *pool.map(_simulated_errors, [(kind, seed) for kind in KINDS for seed in SEEDS]),
        ]
    groups = list(dict.fromkeys(group for group, _ in parts))
    lines = ["| variant | " + " | ".join(groups) + " |", "|---|" + "---|" * len(groups)]
    for i, variant in enumerate(VARIANTS):
        cells = [_mean([errors[i] for g, errors in parts if g == group]) for group in groups]
        lines.append(f"| {variant.name} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", *_left_out(parts)])


def _left_out(parts: Sequence[tuple[str, list[tuple[float, float]]]]) -> list[str]:
    """Return what each group loses by the variant that is chosen on all others.

    Where that is little, and the plain method is chosen or nearly so, the constants lie on a plateau.
    """
    groups = list(dict.fromkeys(group for group, _ in parts))
    # Of a variant against the plain method, live and offline together, so that no group dominates.
    relative = {
        group: np.mean([np.sum(e, 1) / np.sum(e[0]) for g, e in parts if g == group], axis=0)
        for group in groups
    }
    lines = [
        "| left out | best on the others | change of their errors | change of the error left out |"
    ]
    lines.append("|---|---|---|---|")
    for group in groups:
        others = np.mean([relative[g] for g in groups if g != group], axis=0)
        best = int(np.argmin(others))
        lines.append(
            f"| {group} | {VARIANTS[best].name} | {others[best] - 1.0:+.1%} | "
            f"{relative[group][best] - 1.0:+.1%} |"
        )
    return lines


def _mean(errors: Sequence[tuple[float, float]]) -> str:
    live, offline = np.mean(errors, axis=0)
    return f"{live:.2f}° / {offline:.2f}°"


def _real_errors(names: tuple[str, str]) -> tuple[str, list[tuple[float, float]]]:
    case = real(*names)
    return case.group, [
        _errors(replace(case, calibration=self_calibrate(case.block, variant.fit)), variant)
        for variant in VARIANTS
    ]


def _simulated_errors(job: tuple[Kind, int]) -> tuple[str, list[tuple[float, float]]]:
    session = simulated(*job)
    return job[0], [_errors(session.calibrated(variant.fit), variant) for variant in VARIANTS]


def _errors(case: Case, variant: Variant) -> tuple[float, float]:
    summary = summed_up(score(case, peers=False, config=variant.estimator))
    if case.group in REAL:
        return summary.live.timed, summary.offline.timed
    return summary.live.raw, summary.offline.raw
