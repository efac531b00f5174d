"""Two sets in numbers, and the sets that are offered to compare with."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gui.models.compare import Compared, Measure, Partner, SetPlace, compare_sets, partners
from processing.judge.set_metrics import set_metrics
from processing.library import LibrarySession, LibrarySet
from processing.review.analysis import analyse
from processing.review.judged_sets import JudgedSet, judge_recording
from sensor.recording import open_recording
from tests.processing.library.hand_made import made_set, on_day

RECORDING = Path(__file__).parents[3] / "recordings" / "b_good.mcap"


@pytest.fixture(scope="module")
def judged() -> JudgedSet:
    recording = open_recording(RECORDING)
    sets, _ = judge_recording(recording.path, analyse(recording))
    return sets[0]


def with_lowerings(judged: JudgedSet, seconds: list[float]) -> JudgedSet:
    """Return the set with lowerings of these lengths."""
    verdicts = tuple(
        replace(v, measures=replace(v.measures, eccentric_s=s))
        for v, s in zip(judged.verdicts, seconds, strict=False)
    )
    return replace(judged, verdicts=verdicts, metrics=set_metrics(verdicts))


def row(rows: tuple[Compared, ...], measure: Measure) -> Compared:
    return next(one for one in rows if one.measure is measure)


def test_a_set_does_not_differ_from_itself(judged: JudgedSet) -> None:
    rows = compare_sets(judged, judged)
    assert all(one.first == one.second for one in rows)
    assert all(one.within_chance is not False for one in rows)


def test_a_difference_is_real_only_beyond_what_reps_vary(judged: JudgedSet) -> None:
    base = [3.9, 4.1, 4.0, 4.2, 3.8, 4.0]
    first = with_lowerings(judged, base)
    near = row(
        compare_sets(first, with_lowerings(judged, [s + 0.05 for s in base])), Measure.LOWERING
    )
    far = row(
        compare_sets(first, with_lowerings(judged, [s - 0.6 for s in base])), Measure.LOWERING
    )
    assert near.within_chance is True
    assert far.within_chance is False
    assert far.second == pytest.approx(np.mean(base) - 0.6)


def test_few_reps_tell_nothing_about_chance(judged: JudgedSet) -> None:
    few = with_lowerings(judged, [4.0, 3.0])
    found = row(compare_sets(judged, few), Measure.LOWERING)
    assert found.second == pytest.approx(3.5)
    assert found.within_chance is None


def test_angles_are_those_of_the_verdicts(judged: JudgedSet) -> None:
    found = row(compare_sets(judged, judged), Measure.TOES_LOWERING)
    expected = np.mean([math.degrees(v.measures.ankle_ecc) for v in judged.verdicts])
    assert found.first == pytest.approx(expected)
    # The toes are pointed while lowering in this recording.
    assert expected < 0.0


def session(day: float, *sets: LibrarySet) -> LibrarySession:
    return on_day(day, *(replace(one, number=n) for n, one in enumerate(sets, 1)))


def test_partners_are_of_the_same_kind_of_set() -> None:
    today = session(14, made_set(45, good=5), made_set(45, good=6), made_set(45, side="L"))
    last = session(
        7, made_set(40, good=7), made_set(40, exercise="heel_raise", good=8), made_set(40)
    )
    best = session(3, made_set(40, good=7), made_set(42.5, good=7), made_set(40, side="L", good=8))
    sessions = [today, last, best]
    found = dict(partners(sessions, SetPlace(today.path, 1)))
    assert found == {
        Partner.BEFORE: SetPlace(today.path, 0),
        Partner.OTHER_LEG: SetPlace(today.path, 2),
        Partner.LAST_TIME: SetPlace(last.path, 0),
        # As many good reps as two others, with more load.
        Partner.BEST: SetPlace(best.path, 1),
    }


def test_what_is_simulated_is_no_partner_of_what_is_not() -> None:
    today = session(14, made_set())
    simulated = replace(session(7, made_set()), simulated=True)
    assert partners([today, simulated], SetPlace(today.path, 0)) == ()


def test_the_other_leg_may_have_trained_earlier() -> None:
    today, before = session(14, made_set()), session(7, made_set(side="L"), made_set(side="L"))
    assert partners([today, before], SetPlace(today.path, 0)) == (
        (Partner.OTHER_LEG, SetPlace(before.path, 1)),
    )


def test_a_recording_from_elsewhere_has_no_partners() -> None:
    assert partners([session(14, made_set())], SetPlace(Path("elsewhere.mcap"), 0)) == ()
