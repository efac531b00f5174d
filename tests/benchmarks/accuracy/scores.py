"""The scores of the method and of the peers in each case."""

from dataclasses import dataclass, field

import numpy as np

from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.types import AngleBlock
from sensor.types import BoolArray, FloatArray
from tests.benchmarks.accuracy.cases import Case, real, simulated
from tests.benchmarks.accuracy.peers import PEERS


@dataclass(frozen=True, slots=True)
class Score:
    """Root mean square errors in degrees of one case.

    ``drift`` is the trend of the live error over ten minutes; ``coverage`` the share of live
    samples whose error lies within the stated uncertainty. ``peers`` holds the errors of the peers.
    """

    name: str
    group: str
    live: float
    offline: float
    drift: float
    coverage: float
    peers: dict[str, float] = field(default_factory=dict)


def score_real(names: tuple[str, str]) -> Score:
    """Return the score of a real recording, with the peers."""
    return score(real(*names), peers=True)


def score_simulated(job: tuple[int, bool, bool]) -> Score:
    """Return the score of the simulated case (seed, hard, with peers)."""
    seed, hard, peers = job
    return score(simulated(seed, hard=hard), peers=peers)


def score(case: Case, *, peers: bool) -> Score:
    """Estimate the case in every way and compare with its reference."""
    live = AngleEstimator(case.calibration).feed(case.block)
    offline = estimate_offline(case.block, case.calibration)
    error = error_deg(case, live.ankle, live.valid)
    minutes = case.block.t[live.valid] / 60.0
    within = np.abs(error) <= np.degrees(live.uncertainty[live.valid])
    return Score(
        case.name,
        case.group,
        live=rms(error),
        offline=_rms_of(case, offline),
        drift=abs(float(np.polyfit(minutes, error, 1)[0])) * 10.0,
        coverage=float(within.mean()),
        peers={
            name: rms(error_deg(case, peer(case), live.valid, free=True))
            for name, peer in PEERS.items()
        }
        if peers
        else {},
    )


def error_deg(case: Case, angle: FloatArray, valid: BoolArray, *, free: bool = False) -> FloatArray:
    """Return the errors of ``angle`` (n,) rad where ``valid``, in degrees.

    If the reference has its own zero and sign, or with ``free``, those are removed.
    """
    found, true = np.degrees(angle[valid]), case.reference_deg[valid]
    error: FloatArray = found - true
    if case.absolute and not free:
        return error
    sign = 1.0 if np.corrcoef(found, true)[0, 1] >= 0.0 else -1.0
    error = sign * found - true
    error -= error.mean()
    return error


def rms(error: FloatArray) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(error * error)))


def _rms_of(case: Case, angles: AngleBlock) -> float:
    return rms(error_deg(case, angles.ankle, angles.valid))
