"""Ranges of simulated sessions, whose truth owes nothing to the rule of the trials."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from gui.texts.catalogue import ENGLISH
from gui.texts.exports import WORDING
from processing.calibration.changes import Calibrated
from processing.output.report import write_report
from processing.output.summary import summarise
from processing.pipeline.pipeline import Pipeline
from processing.ranges.measures import Knee, Measure, RangeKind, kind_data, read_kind
from processing.ranges.results import Difference, LiveRanges, knee_difference
from processing.review.analysis import Analysis, analyse
from processing.types import AngleBlock, Rep, SessionEvent
from sensor.assembler import Assembler
from sensor.simulation import SimulatedSession, simulate
from sensor.simulation.session_files import save_session
from sensor.types import Event, EventKind

CLEAN = "side=left,lean_deg=0,sway_deg=0,seed=11"


@cache
def session(text: str) -> tuple[SimulatedSession, Analysis]:
    found = simulate(text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        save_session(found, path)
        return found, analyse(path)


def true_deg(found: SimulatedSession, measure: Measure, knee: Knee) -> list[float]:
    return [
        float(np.degrees(trial.value))
        for trial in found.truth.trials
        if (trial.measure, trial.knee) == (measure, knee)
    ]


@pytest.mark.parametrize("exercise", ["ankle_range", "lunge_range"])
def test_every_trial_of_every_measure_is_found_near_its_truth(exercise: str) -> None:
    found, analysis = session(f"exercise={exercise},{CLEAN}")
    assert [len(one.counted) for one in analysis.ranges] == [3] * len(analysis.ranges)
    kinds = [(one.kind.measure.value, one.kind.knee.value) for one in analysis.ranges]
    assert kinds == list(dict.fromkeys((t.measure, t.knee) for t in found.truth.trials))
    for one in analysis.ranges:
        assert one.kind.side == "L"
        true = true_deg(found, one.kind.measure, one.kind.knee)
        np.testing.assert_allclose(one.values_deg, true, atol=2.5)


def test_the_trials_of_a_range_are_no_reps() -> None:
    found, analysis = session(f"exercise=ankle_range,{CLEAN}")
    assert analysis.sets == ()
    assert analysis.problems == ()
    assert not [rep for rep in live_updates(found) if isinstance(rep, Rep)]


def test_live_trials_come_one_by_one_and_match_the_offline_ones() -> None:
    found, analysis = session(f"exercise=ankle_range,{CLEAN}")
    ranges, counts = LiveRanges(), []
    for update in live_updates(found):
        if isinstance(update, AngleBlock | SessionEvent | Calibrated):
            ranges.feed(update)
            if ranges.running is not None:
                counts.append(len(ranges.running.trials))
    assert set(counts) == {0, 1, 2, 3}
    assert [one.kind for one in ranges.done] == [one.kind for one in analysis.ranges]
    for live, offline in zip(ranges.done, analysis.ranges, strict=True):
        np.testing.assert_allclose(live.values_deg, offline.values_deg, atol=1.0)


def live_updates(found: SimulatedSession) -> list[object]:
    assembler = Assembler(found.header.sensors, found.header.start_ns)
    pipeline = Pipeline(found.header)
    updates: list[object] = []
    for item in found.items:
        blocks = assembler.feed(item)
        updates += pipeline.feed([*blocks, item] if isinstance(item, Event) else blocks)
    return [*updates, *pipeline.finish()]


def test_the_summary_and_the_report_hold_the_ranges(tmp_path: Path) -> None:
    _, analysis = session(f"exercise=ankle_range,{CLEAN}")
    summary = summarise(analysis, WORDING)
    assert [len(one.trials_deg) for one in summary.ranges] == [3] * 4
    first = summary.ranges[0]
    assert first.mean_deg == pytest.approx(np.mean(first.trials_deg), abs=0.02)
    assert (first.lowest_deg, first.highest_deg) == (min(first.trials_deg), max(first.trials_deg))
    page, _ = write_report(tmp_path, analysis, "A session", WORDING)
    text = page.read_text(encoding="utf-8")
    assert "toes up, knee bent, left" in text
    assert "no diagnosis" in text
    assert "limited" not in text


def test_a_straight_knee_is_compared_with_a_bent_one_of_the_same_side() -> None:
    found, analysis = session(f"exercise=ankle_range,{CLEAN}")
    lost = knee_difference(analysis.ranges, "L")
    assert lost is not None
    bent, straight = (np.mean(true_deg(found, Measure.DORSIFLEXION, knee)) for knee in Knee)
    assert lost.change_deg == pytest.approx(straight - bent, abs=1.5)
    assert knee_difference(analysis.ranges, "R") is None


def test_a_difference_can_be_told_from_the_published_change_on() -> None:
    assert not Difference(4.6).can_be_told
    assert not Difference(-4.6).can_be_told
    assert Difference(-4.8).can_be_told
    assert "smaller than can be told" in ENGLISH.ranges.difference(Difference(2.0))
    assert "changed by 6°" in ENGLISH.ranges.difference(Difference(-6.0))


def test_a_measure_comes_back_from_the_fields_of_its_event() -> None:
    for measure in Measure:
        kind = RangeKind(measure, Knee.STRAIGHT, "R")
        assert read_kind(kind_data(kind)) == kind
    assert read_kind({"set_type": "B"}) is None
    assert read_kind({"measure": "inversion"}) is None
    assert read_kind({"measure": 3, "knee": []}) is None


def test_two_measures_at_once_are_no_cramp() -> None:
    found, analysis = session(f"exercise=ankle_range,{CLEAN}")
    marks = [e.t_ns for e in found.items if isinstance(e, Event) and e.kind == EventKind.SET_START]
    assert len(analysis.ranges) == len(marks) == 4
