"""Measure what limits the angle of ankles that are no hinges: the simulation without one trouble at a time."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np

from sensor.simulation import SensorParameters, SimulationParameters
from sensor.simulation.joint_parameters import JointParameters
from tests.benchmarks.accuracy.scores import score
from tests.benchmarks.accuracy.simulated_cases import Kind, simulated

KINDS = (Kind.IMPERFECT, Kind.ANATOMICAL)


def _as_drawn(parameters: SimulationParameters) -> SimulationParameters:
    return replace(parameters)


def _with_sensors(
    parameters: SimulationParameters, change: Callable[[SensorParameters], SensorParameters]
) -> SimulationParameters:
    return replace(parameters, shin=change(parameters.shin), foot=change(parameters.foot))


def _on_bone(parameters: SimulationParameters) -> SimulationParameters:
    """Return ``parameters`` without soft tissue."""
    return _with_sensors(
        parameters, lambda sensor: replace(sensor, soft_tissue_deg=0.0, tissue_give_deg=0.0)
    )


def _exact(parameters: SimulationParameters) -> SimulationParameters:
    """Return ``parameters`` with sensors that have no offsets."""
    none = (0.0, 0.0, 0.0)
    return _with_sensors(
        parameters, lambda sensor: replace(sensor, acc_offset_mg=none, gyr_offset_dps=none)
    )


def _hinge(parameters: SimulationParameters) -> SimulationParameters:
    """Return ``parameters`` with an ankle that turns about its own axis only."""
    return replace(parameters, joint=JointParameters())


def _in_one_posture(parameters: SimulationParameters) -> SimulationParameters:
    """Return ``parameters`` with the calibration in the posture of the training."""
    return replace(parameters, person=replace(parameters.person, calibrated=None))


def _hinge_on_bone(parameters: SimulationParameters) -> SimulationParameters:
    return _hinge(_on_bone(parameters))


WITHOUT = {
    "as simulated": _as_drawn,
    "without offsets of the sensors": _exact,
    "calibrated in the posture of the training": _in_one_posture,
    "turning about its own axis only": _hinge,
    "without soft tissue": _on_bone,
    "without soft tissue, about its own axis only": _hinge_on_bone,
}
"""The simulation without one of its troubles, or two."""


def table(seeds: Sequence[int]) -> str:
    """Return mean and worst errors without each trouble, live / offline, as Markdown."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    jobs = [(name, kind, seed) for name in WITHOUT for kind in KINDS for seed in seeds]
    with ProcessPoolExecutor() as pool:
        found = dict(zip(jobs, pool.map(_errors, jobs), strict=True))
    head = [f"{kind}: {what}" for kind in KINDS for what in ("mean", "worst")]
    lines = [f"| simulated leg | {' | '.join(head)} |", "|---" * (1 + len(head)) + "|"]
    for name in WITHOUT:
        cells = []
        for kind in KINDS:
            own = np.array([found[name, kind, seed] for seed in seeds])
            cells += [f"{a:.2f}° / {b:.2f}°" for a, b in (own.mean(axis=0), own.max(axis=0))]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _errors(job: tuple[str, Kind, int]) -> tuple[float, float]:
    name, kind, seed = job
    (found,) = score(simulated(kind, seed, WITHOUT[name]).case, peers=False)
    return found.both
