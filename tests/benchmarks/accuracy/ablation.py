"""Measure what each constant and each part of the method is worth, on data that did not choose it.

Every constant is halved and doubled, every part switched off, one at a time. What a choice of the constants
on all other data would cost a recording or a simulated leg that is left out shows whether they lie on
a plateau. Errors are root mean squares over the samples of which the method knows the angle live and offline; those
of the rig with the clock of its cameras fitted. Where the method knows fewer with a change, its error has
grown by as much as on these.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from processing.calibration.fit import self_calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.motion.joint_fit import JointFitConfig
from processing.types import AngleBlock
from sensor.types import BoolArray, FloatArray
from tests.benchmarks.accuracy import plateau
from tests.benchmarks.accuracy.cases import Case, real, real_names
from tests.benchmarks.accuracy.references import rms
from tests.benchmarks.accuracy.scores import compared_with
from tests.benchmarks.accuracy.simulated_cases import NO_HINGES, Kind, SimulatedCase, simulated
from tests.benchmarks.accuracy.variants import CONSTANTS, FACTORS, PARTS, Variant, with_factors

KINDS = tuple(kind for kind in Kind if kind not in NO_HINGES)
"""The simulators: joints that are none say nothing about the constants of one."""
Source: TypeAlias = tuple[str, str | int]
"""Group and name of a recording, or kind and seed of a simulated session."""
_CHANGED = [(constant, factor) for constant in CONSTANTS for factor in FACTORS if factor != 1.0]


def tables(seeds: Sequence[int]) -> dict[str, str]:
    """Return constants, leave-one-out and ablation as Markdown, by the name of their place on the page.

    Parameters
    ----------
    seeds
        Of the sessions of each simulated leg.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sources: list[Source] = [*real_names(), *((kind, seed) for kind in KINDS for seed in seeds)]
    variants = [Variant("as it is"), *(with_factors({c: f}) for c, f in _CHANGED), *PARTS]
    with ProcessPoolExecutor() as pool:
        errors = list(pool.map(_errors, [(source, variants) for source in sources]))
        units = plateau.units(sources, errors, _CHANGED)
        chosen = {unit.name: unit.chosen for unit in units}
        again = pool.map(
            _errors,
            [(s, [with_factors(chosen[plateau.unit_of(s)])]) for s in sources],
        )
        others = [one[0] for one in again]
    parts = [errors_of[1 + len(_CHANGED) :] for errors_of in errors]
    return {
        "constants": plateau.constant_table(units, _CHANGED),
        "left out": plateau.left_out_table(units, sources, others),
        "ablation": plateau.part_table(sources, errors, parts, [part.name for part in PARTS]),
    }


def _errors(job: tuple[Source, Sequence[Variant]]) -> list[tuple[float, float]]:
    """Return the errors of a source by variant, live and offline."""
    (group, name), variants = job
    known: dict[JointFitConfig, Calibration] = {}
    if isinstance(name, int):
        session = simulated(Kind(group), name)
        case = session.case
    else:
        session, case = None, real(group, name)
    parts = [part.of(case.block.t) for part in case.parts]
    plain = _angles(case, Variant(""))
    there = plain[0].valid & plain[1].valid
    whole = _both(case, plain, there, parts)
    out = []
    for variant in variants:
        if variant.fit not in known:
            known[variant.fit] = _calibrated(case, session, variant.fit)
        changed = replace(case, calibration=variant.known(known[variant.fit]))
        angles = _angles(changed, variant)
        both = there & angles[0].valid & angles[1].valid
        share = _both(changed, angles, both, parts) / _both(case, plain, both, parts)
        live, offline = (whole * share).tolist()
        out.append((live, offline))
    return out


def _both(
    case: Case, angles: tuple[AngleBlock, AngleBlock], there: BoolArray, parts: list[BoolArray]
) -> FloatArray:
    """Return the live and the offline error (2,) of the samples that are ``there``."""
    return np.array([_error(case, one.ankle, there, parts) for one in angles])


def _calibrated(case: Case, session: SimulatedCase | None, fit: JointFitConfig) -> Calibration:
    if session is None:
        return self_calibrate(case.block, fit)
    return session.calibrated(fit).calibration


def _angles(case: Case, variant: Variant) -> tuple[AngleBlock, AngleBlock]:
    live = AngleEstimator(case.calibration, variant.estimator).feed(case.block)
    return live, estimate_offline(case.block, case.calibration, variant.estimator)


def _error(case: Case, ankle: FloatArray, there: BoolArray, parts: list[BoolArray]) -> float:
    compared = compared_with(case, ankle, there, parts)
    error = compared.timed if case.rated else compared.raw
    return float(np.mean([rms(error[part]) for part in parts if (part & there).any()]))
