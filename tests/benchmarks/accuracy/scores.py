"""The scores of the method and of the peers in each case."""

from dataclasses import dataclass, field

import numpy as np

from processing.motion.estimator import AngleEstimator, EstimatorConfig, estimate_offline
from processing.review.angle_remarks import AngleFlag, angle_remarks
from processing.types import AngleBlock
from sensor.types import BoolArray, FloatArray
from tests.benchmarks.accuracy.cases import Case, real
from tests.benchmarks.accuracy.peers import PEERS
from tests.benchmarks.accuracy.references import Comparison, compare, rms
from tests.benchmarks.accuracy.simulated_cases import Kind, simulated


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one way of estimating in one part of a recording."""

    raw: float
    """Root mean square error, °."""
    timed: float
    """The same with the reference's clock fitted, °."""
    late_ms: float
    """Time by which the angle is later than the reference, of the whole recording."""
    rate_ppm: float
    """Rate of the reference's clock against the sensors', of the whole recording; 0 if not fitted."""
    bias: float
    """Mean error, °; 0 where the reference has a zero of its own."""
    drift: float
    """Trend of the error, ° in ten minutes."""
    within: float
    """Share of the samples whose error lies within the stated uncertainty."""
    known: float
    """Share of the reference's time in which there is an angle."""


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one part of a recording."""

    group: str
    name: str
    samples: int
    """Number of samples, by which shares are pooled."""
    live: Found
    offline: Found
    both: tuple[float, float]
    """Root mean square errors, live and offline, of the samples of which both know the angle, °.

    After a gap the live angle is not known for a while, in which the offline one errs most.
    """
    peers: dict[str, float] = field(default_factory=dict)
    """Errors of the peers, °."""
    no_hinge: bool = False
    """Whether an analysis of the recording says that its joint is no hinge."""


def score_real(names: tuple[str, str, bool]) -> list[Score]:
    """Return the scores of a real recording: group, name, whether with the peers."""
    group, name, peers = names
    return score(real(group, name), peers=peers)


def score_simulated(job: tuple[Kind, int, bool]) -> list[Score]:
    """Return the score of a simulated session: kind, seed, whether with the peers."""
    kind, seed, peers = job
    return score(simulated(kind, seed).case, peers=peers)


def score(case: Case, *, peers: bool, config: EstimatorConfig | None = None) -> list[Score]:
    """Estimate the case in every way and compare each of its parts with the reference."""
    blocks = (
        AngleEstimator(case.calibration, config).feed(case.block),
        estimate_offline(case.block, case.calibration, config),
    )
    parts = [part.of(case.block.t) for part in case.parts]
    compared = [compared_with(case, block.ankle, block.valid, parts) for block in blocks]
    common = blocks[0].valid & blocks[1].valid
    shared = [compared_with(case, block.ankle, common, parts) for block in blocks]
    theirs = {
        name: _judged(case, compared_with(case, peer(case), blocks[0].valid, parts))
        for name, peer in (PEERS.items() if peers else ())
    }
    remarks = angle_remarks(case.block, blocks[1], case.calibration)
    no_hinge = any(remark.flag is AngleFlag.NO_HINGE for remark in remarks)
    sides = [
        [_found(case, one, block, inside) for inside in parts]
        for one, block in zip(compared, blocks, strict=True)
    ]
    return [
        Score(
            case.group,
            f"{case.name}, {part.name}" if part.name else case.name,
            int(inside.sum()),
            live,
            offline,
            (rms(_judged(case, shared[0])[inside]), rms(_judged(case, shared[1])[inside])),
            {name: _std(error[inside]) for name, error in theirs.items()},
            no_hinge,
        )
        for part, inside, live, offline in zip(case.parts, parts, *sides, strict=True)
    ]


def compared_with(
    case: Case, ankle: FloatArray, valid: BoolArray, parts: list[BoolArray]
) -> Comparison:
    """Return the errors of an angle (n,) rad where it is ``valid``.

    A recording without calibration movements says neither zero nor sign, so one sign is chosen for
    the whole of it.
    """
    angle = np.where(valid, np.degrees(ankle), np.nan)
    if not case.reference.absolute:
        true = case.reference.at(case.block.t)
        # The steps of both, so that a turn that is lost in a gap does not choose the sign.
        steps, true_steps = np.diff(angle), np.diff(true)
        both = np.isfinite(steps) & np.isfinite(true_steps)
        angle = angle * np.sign(np.corrcoef(steps[both], true_steps[both])[0, 1])
    return compare(case.reference, case.block.t, angle, parts, rate=case.rated)


def _found(case: Case, compared: Comparison, block: AngleBlock, inside: BoolArray) -> Found:
    error, minutes = compared.raw[inside], block.t[inside] / 60.0
    there = np.isfinite(error)
    within = np.abs(_judged(case, compared)[inside]) <= np.degrees(block.uncertainty[inside])
    return Found(
        raw=rms(error),
        timed=rms(compared.timed[inside]),
        late_ms=compared.late_s * 1e3,
        rate_ppm=compared.rate_ppm,
        bias=float(np.nanmean(error)),
        drift=abs(float(np.polyfit(minutes[there], error[there], 1)[0])) * 10.0,
        within=float(within[there].mean()),
        known=float(there.mean()),
    )


def _judged(case: Case, compared: Comparison) -> FloatArray:
    """Return the errors (n,) that are the angle's: what the clock of cameras is wrong by is not."""
    return compared.timed if case.rated else compared.raw


def _std(error: FloatArray) -> float:
    """Return the root mean square error without the mean: a peer knows no zero."""
    return float(np.nanstd(error))
