"""The picture of a set right after it is that of Review, and a gap in it is drawn as one."""

from dataclasses import replace

import numpy as np

from gui.models.live import LiveModel
from gui.models.set_picture import SetPicture, set_fault, set_picture
from gui.models.settings import Settings
from gui.models.train import TrainModel
from processing.exercises.session_exercises import session_exercises
from processing.judge.checks import Grade
from processing.judge.reasons import Correction
from processing.review.judged_sets import judge_sets
from tests.gui.recorded_session import SIMULATION, analysed
from tests.gui.session_batches import session_batches, simulated

GAP = "sim:protocol=B,sets=1,reps=4,motion=even,seed=4,foot_dropouts_s=38+2.5"


def live_sets(text: str) -> TrainModel:
    """Return the model of Train after the session of ``text``."""
    settings = Settings(protocol="B")
    live = LiveModel()
    live.use_exercises(session_exercises(simulated(text).header))
    train = TrainModel(live, settings)
    train.begin(0.0)
    for batch in session_batches(text):
        live.take(batch)
        train.take(batch, 0.0)
    return train


def heights_of(picture: SetPicture) -> list[float]:
    """Return the share of the curl at which the foot passes neutral in each lowering, in percent."""
    found = []
    for loop in picture.loops:
        below = np.flatnonzero(loop.lower.ankle_deg < 0.0)
        found.append(float(loop.lower.curl_percent[below[0]]) if below.size else 0.0)
    return found


def test_the_picture_after_a_set_is_that_of_review() -> None:
    train, analysis = live_sets(SIMULATION), analysed()
    reviewed = judge_sets(analysis)
    assert len(train.sets) == len(reviewed) == 2
    for live, judged in zip(train.sets, reviewed, strict=True):
        picture, later = live.picture, set_picture(judged, analysis.offline_angles)
        assert picture is not None
        for band, same_band in zip(picture.bands, later.bands, strict=True):
            # Review calibrates by the whole recording.
            assert replace(band, limit_deg=same_band.limit_deg) == same_band
            assert abs(band.limit_deg - same_band.limit_deg) < 0.1
        assert [(c.number, c.grade, c.partial) for c in picture.loops] == [
            (c.number, c.grade, c.partial) for c in later.loops
        ]
        # The foot is switched at the same height of the leg; the late one far below the others.
        np.testing.assert_allclose(heights_of(picture), heights_of(later), atol=4.0)
        assert heights_of(picture)[2] < 75.0
        assert min(heights_of(picture)[:2]) > 90.0
        for one, other in zip(picture.loops, later.loops, strict=True):
            for path, same in ((one.lift, other.lift), (one.lower, other.lower)):
                ends = [abs(path.ankle_deg[at] - same.ankle_deg[at]) for at in (0, -1)]
                assert max(ends) < 3.0
        fault, known = live.fault, set_fault(judged)
        assert fault is not None
        assert known is not None
        assert (fault.numbers, fault.grade) == (known.numbers, known.grade) == ((3,), Grade.MISS)
        assert fault.reason.correction is Correction.POINT_EARLIER


def test_a_set_that_goes_on_has_no_picture_until_it_is_over() -> None:
    current = live_sets(SIMULATION).sets[-1]
    before = current.picture, current.fault
    current.reopen()
    assert None not in before
    assert (current.picture, current.fault) == (None, None)


def test_a_gap_is_drawn_as_one_and_its_rep_is_not_judged() -> None:
    current = live_sets(GAP).sets[-1]
    assert current.picture is not None
    grades = [loop.grade for loop in current.picture.loops]
    assert Grade.NOT_JUDGED in grades
    missing = [
        bool(np.isnan(np.concatenate([y for _, y in loop.lines])).any())
        for loop in current.picture.loops
    ]
    assert missing == [grade is Grade.NOT_JUDGED for grade in grades]


def test_reps_that_share_the_worst_fault_are_named_together() -> None:
    judged = judge_sets(analysed())[0]
    late = judged.verdicts[2]
    again = replace(late, rep=replace(late.rep, number=4))
    fault = set_fault(replace(judged, verdicts=(*judged.verdicts, again)))
    assert fault is not None
    assert fault.numbers == (3, 4)
    assert set_fault(replace(judged, verdicts=judged.verdicts[:2])) is None
