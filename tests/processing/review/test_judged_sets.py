"""Verdicts of the sets of an analysis, on drawn curves."""

from processing.judge.tempo import parse_tempo
from processing.reps.segmentation import segment_sets
from processing.review.analysis import Analysis
from processing.review.judged_sets import judge_sets
from processing.review.training_sets import TrainingSet
from sensor.types import SessionHeader
from tests.processing.reps.curves import Curve

REFERENCE_DEG = 100.0


def test_touching_sets_keep_their_own_tempo() -> None:
    angles = Curve().hold(2.0).rep().rep().hold(2.0).rep().rep().hold(3.0).angles()
    half = 0.5 * float(angles.t[-1])
    spans = [(0.0, half), (half, float(angles.t[-1]))]
    found = segment_sets(angles, REFERENCE_DEG, sets=spans)
    tempos = ("4-0-1-1", "2-0-1-0")
    sets = [
        TrainingSet(number, *span, reps, (), marked=True, prescription={"tempo": tempo})
        for number, (span, reps, tempo) in enumerate(zip(spans, found, tempos, strict=True), 1)
    ]
    analysis = Analysis(
        header=SessionHeader(start_ns=0, created_utc="2026-01-01T00:00:00Z", sensors=()),
        statistics={},
        calibration=None,
        calibration_origin="none",
        calibrated=(),
        live_angles=angles,
        offline_angles=angles,
        phases=(),
        sets=tuple(sets),
        dropouts=(),
        problems=(),
        angle_remarks=(),
        duration_s=float(angles.t[-1]),
    )
    assert [one.target.tempo for one in judge_sets(analysis)] == [parse_tempo(t) for t in tempos]
