"""The model of Train with simulated sessions, against their truth. Without Qt."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from gui.models.live import LiveModel
from gui.models.settings import Settings
from gui.models.train import TrainModel
from gui.models.train_plan import Stage
from gui.models.train_view import Alarm, Face
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.plan_reasons import PlanCause
from processing.coach.set_record import SetRecord
from processing.coach.stop_rule import StopKey, StopReached
from processing.judge.bands import Band
from processing.judge.checks import Grade
from processing.session import SessionOutput
from processing.types import Phase, Rep
from sensor.types import Segment
from tests.gui.session_batches import session_batches, simulated

FAULTY = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
LOST = "sim:protocol=B,sets=1,reps=3,seed=3,foot_dropouts_s=34+4"


@dataclass
class Watched:
    """A model, and the values that it showed after every batch."""

    model: TrainModel
    live: LiveModel
    faces: list[Face] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    live_reps: int = 0

    def feed(self, batches: Sequence[Sequence[SessionOutput]], wall_s: float = 0.0) -> None:
        for batch in batches:
            self.live.take(batch)
            self.model.take(batch, wall_s)
            self.faces.append(self.model.glance(wall_s).face)
            self.counts.append(self.model.set_view().count)


def watched(settings: Settings | None = None) -> Watched:
    live = LiveModel()
    model = TrainModel(live, settings or Settings())
    model.begin(0.0)
    return Watched(model, live)


@pytest.fixture(scope="module")
def whole() -> Watched:
    """A session of two sets, played to its end."""
    seen = watched()
    seen.feed(session_batches(FAULTY))
    return seen


def test_the_model_needs_no_qt() -> None:
    code = "import sys, gui.models.train; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_rep_of_the_truth_is_counted(whole: Watched) -> None:
    truth = simulated(FAULTY).truth
    assert [s.count for s in whole.model.sets] == [4, 4]
    assert len(truth.reps) == 8


def test_verdicts_are_those_of_the_simulated_faults(whole: Watched) -> None:
    words = {"fast": "slower", "late": "point earlier"}
    verdicts = [v for s in whole.model.sets for v in s.verdicts]
    for verdict, rep in zip(verdicts, simulated(FAULTY).truth.reps, strict=True):
        if rep.fault:
            assert verdict.grade is Grade.MISS
            assert verdict.reason is not None
            assert verdict.reason.correction == words[rep.fault]
        else:
            assert verdict.grade is Grade.GOOD


def test_the_count_never_runs_ahead_of_the_tiles(whole: Watched) -> None:
    view = whole.model.set_view()
    assert view.count == sum(r.grade is not None and not r.partial for r in view.reps)
    assert max(whole.counts) == 4


def test_the_faces_follow_the_order_of_a_session(whole: Watched) -> None:
    shown = [face for at, face in enumerate(whole.faces) if at == 0 or face != whole.faces[at - 1]]
    assert shown[0] is Face.STARTING
    assert Face.CALIBRATING in shown
    training = shown[shown.index(Face.READY) :]
    in_set = [Face.READY, Face.IN_SET]
    assert training == [*in_set, Face.RESTING, *in_set, Face.DONE]


def test_the_plan_marks_the_present_set() -> None:
    seen = watched()
    batches = session_batches(FAULTY)
    stages = set()
    for batch in batches:
        seen.feed([batch])
        stages.add(tuple(row.stage for row in seen.model.plan_rows()))
    assert (Stage.NOW, Stage.NEXT) in stages
    assert (Stage.DONE, Stage.NOW) in stages
    assert (Stage.DONE, Stage.DONE) in stages


def test_the_prescription_at_the_start_of_a_set_is_shown() -> None:
    seen = watched()
    seen.feed(session_batches(FAULTY))
    view = seen.model.set_view()
    assert (view.planned, view.load, view.sets) == (4, 40.0, 2)
    assert seen.model.sets[-1].planned.tempo == "4-0-1-1"


def test_the_instruction_while_lowering_is_to_point_the_toes() -> None:
    seen = watched()
    lowered = lifted = False
    for batch in session_batches(FAULTY):
        seen.feed([batch])
        glance = seen.model.glance(0.0)
        if glance.face is Face.IN_SET and glance.phase is Phase.ECCENTRIC:
            lowered = True
            assert glance.wanted is Band.PLANTARFLEXED
            assert glance.target_s == 4.0
            assert glance.target_deg is not None
            assert glance.target_deg < 0.0
        if glance.face is Face.IN_SET and glance.phase is Phase.CONCENTRIC:
            lifted = True
            assert glance.wanted is Band.DORSIFLEXED
            assert glance.band is not None
            assert glance.band[0] > 0.0
    assert lowered
    assert lifted


def test_the_rest_counts_down_from_that_of_the_protocol() -> None:
    seen = watched()
    lefts = []
    for batch in session_batches(FAULTY):
        seen.feed([batch])
        rest = seen.model.rest()
        if seen.faces[-1] is Face.RESTING:
            assert rest is not None
            assert rest.total_s == 150.0
            lefts.append(rest.left_s)
    assert lefts == sorted(lefts, reverse=True)
    assert lefts[0] == pytest.approx(150.0, abs=1.0)


def test_a_lost_sensor_is_named_and_no_value_is_shown() -> None:
    seen = watched()
    alarms = []
    for batch in session_batches(LOST):
        seen.feed([batch])
        glance = seen.model.glance(0.0)
        if glance.trouble is not None and glance.trouble.alarm is Alarm.LOST:
            alarms.append(glance)
    assert alarms
    assert any(glance.trouble.segments == (Segment.FOOT,) for glance in alarms if glance.trouble)
    for glance in alarms:
        assert glance.ankle_deg is None
        assert glance.elapsed_s is None
        assert glance.phase is Phase.IDLE
    # The sensor came back and the set continued.
    assert seen.model.glance(0.0).trouble is None
    grades = [v.grade for v in seen.model.sets[0].verdicts]
    assert Grade.NOT_JUDGED in grades
    assert grades[-1] is not Grade.NOT_JUDGED


def test_a_lost_thigh_leaves_the_ankle_on_the_screen() -> None:
    seen = watched()
    alarms = []
    for batch in session_batches(LOST.replace("foot_", "thigh=yes,thigh_")):
        seen.feed([batch])
        glance = seen.model.glance(0.0)
        if glance.trouble is not None and glance.trouble.alarm is Alarm.LOST:
            alarms.append(glance)
    assert alarms
    for glance in alarms:
        assert glance.trouble is not None
        assert glance.trouble.segments == (Segment.THIGH,)
        assert glance.curl_deg is None
        assert glance.phase is Phase.IDLE
        assert glance.ankle_deg is not None
    # It came back, and the knee is known again.
    last = seen.model.glance(0.0)
    assert last.trouble is None
    assert last.curl_deg is not None
    grades = [v.grade for v in seen.model.sets[0].verdicts]
    assert Grade.NOT_JUDGED in grades


def test_silence_of_both_sensors_is_noticed_by_the_wall_clock() -> None:
    seen = watched()
    batches = session_batches(FAULTY)
    seen.feed(batches[: len(batches) // 2], wall_s=10.0)
    assert seen.model.glance(10.5).trouble is None
    glance = seen.model.glance(11.5)
    assert glance.trouble is not None
    assert glance.trouble.alarm is Alarm.LOST
    assert glance.ankle_deg is None


def test_a_stop_rule_is_shown_until_its_set_ends() -> None:
    seen = watched()
    batches = session_batches(FAULTY)
    for batch in batches:
        seen.feed([batch])
        if seen.model.in_set:
            break
    reached = StopReached(seen.model.now, StopKey.CONTROL_LOSS, 31.4, 25.0)
    seen.model.take([reached], 0.0)
    trouble = seen.model.trouble(0.0)
    assert trouble is not None
    assert (trouble.alarm, trouble.stop) == (Alarm.STOP, reached)
    seen.feed(batches[batches.index(batch) + 1 :])
    assert not seen.model.in_set
    assert seen.model.trouble(0.0) is None


def test_a_range_that_is_too_small_is_shown_and_not_judged() -> None:
    text = "sim:protocol=B,sets=1,reps=2,seed=3,dorsiflexion_max_deg=3,plantarflexion_max_deg=9"
    seen = watched()
    seen.feed(session_batches(text))
    # The session still runs; the model has just taken its last items.
    assert seen.model.bands.too_small
    glance = seen.model.glance(0.0)
    assert glance.trouble is not None
    assert glance.trouble.alarm is Alarm.TOO_SMALL
    assert glance.band is None
    assert glance.ankle_deg is not None


def test_a_cramp_stops_the_set() -> None:
    seen = watched()
    batches = session_batches(FAULTY)
    seen.feed(batches[: len(batches) // 2])
    assert seen.model.in_set
    stop = PlanChange(seen.live.now, SessionState.STOPPED, why=PlanCause.CRAMP)
    seen.feed([[stop]])
    assert seen.faces[-1] is Face.STOPPED
    assert not seen.model.in_set


def test_a_set_without_a_lift_is_not_kept() -> None:
    seen = watched()
    batches = session_batches(FAULTY)
    at = next(i for i in range(len(batches)) if any(isinstance(u, Rep) for u in batches[i]))
    none = SetRecord(1, 0.0, 0.0, marked=True, over=True, kept=False)
    ready = PlanChange(0.0, SessionState.READY, record=none)
    for batch in batches[:at]:
        seen.feed([batch])
        if seen.model.in_set:
            break
    assert seen.model.in_set
    seen.feed([[ready]])
    assert not seen.model.sets
    assert seen.model.number == 1


def test_the_end_of_the_session_ends_the_set_and_keeps_it_on_screen() -> None:
    seen = watched()
    batches = session_batches(FAULTY)
    seen.feed(batches[: 2 * len(batches) // 3])
    seen.model.end()
    assert seen.model.glance(99.0).face is Face.OVER
    assert seen.model.glance(99.0).ankle_deg is None
    assert seen.model.set_view().count > 0


def test_another_session_starts_empty(whole: Watched) -> None:
    seen = watched()
    seen.feed(session_batches(FAULTY)[:-1])
    seen.live.clear()
    seen.model.begin(0.0)
    assert seen.model.face() is Face.STARTING
    assert seen.model.set_view().count == 0
