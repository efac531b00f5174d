"""Reps that begin with the lowering: found, timed and named on a course that a person drew by hand."""

import numpy as np
import pytest

from processing.exercises.exercise import Exercise
from processing.exercises.exercise_file import built_in
from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment
from processing.types import AngleBlock, Phase, PhaseChange, Rep, counted
from sensor.types import Event, EventKind
from tests.processing.reps.curves import block

LOWERED_S = ((5.0, 8.0), (12.0, 16.0), (20.0, 22.5))
"""Start and end of each lowering; two seconds below, then 1.5 s back up."""
DEPTH_DEG = 75.0


def course() -> AngleBlock:
    """Return a driving angle that is 0 at the top and is lowered evenly, sharp corners and all."""
    t = np.arange(0.0, 32.0, 0.01)
    corners_s, corners_deg = [0.0], [0.0]
    for start, stop in LOWERED_S:
        corners_s += [start, stop, stop + 2.0, stop + 3.5]
        corners_deg += [0.0, -DEPTH_DEG, -DEPTH_DEG, 0.0]
    angle_deg = np.interp(t, corners_s, corners_deg)
    return block(t, angle_deg, np.gradient(angle_deg, t), np.zeros_like(t))


@pytest.fixture(params=["nordic_curl", "stiff_legged_deadlift"])
def exercise(request: pytest.FixtureRequest) -> Exercise:
    return built_in(request.param)


def live(exercise: Exercise, block: AngleBlock) -> list[Rep | PhaseChange]:
    detector = RepDetector(None, exercise.reps)
    marked = detector.feed(Event(0, EventKind.SET_START))
    return [*marked, *detector.feed(block), *detector.finish()]


def test_each_lowering_with_its_lift_is_a_rep_live_and_offline(exercise: Exercise) -> None:
    block = course()
    seen = counted([one for one in live(exercise, block) if isinstance(one, Rep)])
    final = counted(segment(block, sets=[(0.0, 32.0)], own=exercise.reps))
    # 2° of an even movement pass in this share of its time.
    visible = 2.0 / DEPTH_DEG
    for reps in (seen, final):
        assert [rep.number for rep in reps] == [1, 2, 3]
        for rep, (start, stop) in zip(reps, LOWERED_S, strict=True):
            edge_s = visible * (stop - start)
            assert rep.t_ecc == pytest.approx(start + edge_s, abs=0.06)
            assert rep.t_bottom == pytest.approx(stop - edge_s, abs=0.06)
            assert rep.bottom_s == pytest.approx(2.0 + edge_s + 1.5 * visible, abs=0.1)
            assert rep.t_top - rep.t_start == pytest.approx(1.5 * (1 - 2 * visible), abs=0.06)
            assert np.degrees(rep.rom) == pytest.approx(DEPTH_DEG, abs=1.0)
    # The hold at the top lasts until the next lowering.
    assert final[0].top_s == pytest.approx(12.0 - 11.5, abs=0.3)


def test_the_phases_begin_with_the_lowering(exercise: Exercise) -> None:
    found = live(exercise, course())
    phases = [one.phase for one in found if isinstance(one, PhaseChange)]
    first = phases.index(Phase.ECCENTRIC)
    assert phases[first : first + 4] == [
        Phase.ECCENTRIC,
        Phase.BOTTOM,
        Phase.CONCENTRIC,
        Phase.TOP,
    ]
    changes = [one for one in found if isinstance(one, PhaseChange)]
    assert all(one.rests == (one.phase is Phase.TOP) for one in changes)
