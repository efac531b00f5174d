"""The planned sets of a training and their loads. Without Qt."""

import pytest

from gui.models.settings import Settings
from gui.models.train_plan import Stage, TrainPlan
from processing.coach.loads import Athlete, Suggestion
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import SessionPlan
from processing.library.goal_file import Goals
from processing.library.own_weeks import Aim, SetKind
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from sensor.types import EventKind, JsonValue

AIMS = Goals(aims=(Aim(SetKind("leg_curl", SetType.B, "R"), 3.5, 98.0, 75.0),))


def test_a_beginner_gets_a_lighter_plan_than_the_protocol() -> None:
    """The ramp-in of B: two sets of six at most."""
    plan = TrainPlan(Settings(protocol="B"))
    assert plan.protocol.planned_sets == 2
    assert plan.planned(1).reps <= 6


def test_the_lighter_set_of_a_wave_has_the_ratio_of_the_load() -> None:
    plan = TrainPlan(Settings(protocol="A", load=40.0, load_step=2.5))
    assert [plan.planned(n).prescription.type for n in (1, 2, 3)] == [
        SetType.DF,
        SetType.PF,
        SetType.DF,
    ]
    # 0.90 of 40 kg is 36 kg, and the machine has steps of 2.5 kg.
    assert plan.planned(2).load == 35.0


def test_the_load_keys_move_by_the_step_of_the_machine_and_stop_at_zero() -> None:
    plan = TrainPlan(Settings(load=5.0, load_step=2.5))
    plan.change_load(1, +2)
    assert plan.planned(1).load == 10.0
    plan.change_load(1, -9)
    assert plan.planned(1).load == 0.0


def test_the_load_keys_start_from_the_load_of_the_set() -> None:
    plan = TrainPlan(Settings(load=40.0, load_step=2.5))
    plan.start_set(1, {"load_kg": 60.0})
    plan.change_load(1, +1)
    assert plan.planned(1).load == 62.5
    assert plan.load == 62.5


def test_pounds_are_shown_and_kilograms_are_recorded() -> None:
    plan = TrainPlan(Settings(unit="lb", load=100.0))
    assert plan.announcement(1)["load_kg"] == pytest.approx(45.359237)
    plan.start_set(1, {"load_kg": 45.359237})
    assert plan.planned(1).load == pytest.approx(100.0)


def test_plates_have_no_weight() -> None:
    plan = TrainPlan(Settings(unit="plates", load=7.0))
    assert "load_kg" not in plan.announcement(1)
    assert plan.planned(1).load == 7.0


def test_a_set_of_another_protocol_changes_the_protocol() -> None:
    plan = TrainPlan(Settings(protocol="B"))
    plan.start_set(1, {"set_type": "DF", "tempo": "5-0-2-0", "planned_reps": 10, "load_kg": 30})
    planned = plan.planned(1)
    assert plan.protocol.name == "A"
    assert (planned.prescription.type, planned.tempo, planned.reps) == (SetType.DF, "5-0-2-0", 10)


@pytest.mark.parametrize(
    "data",
    [
        {"set_type": 7, "tempo": "fast", "planned_reps": "many", "load_kg": "heavy"},
        {"planned_reps": -3, "load_kg": -40.0, "tempo": "4-0"},
        {"planned_reps": 10**9, "load_kg": float("nan")},
        {"set_type": None, "load_kg": True},
    ],
)
def test_any_recorded_data_of_a_set_is_survived(data: dict[str, JsonValue]) -> None:
    plan = TrainPlan(Settings())
    usual = plan.planned(1)
    plan.start_set(1, data)
    planned = plan.planned(1)
    assert (planned.prescription.type, planned.reps, planned.tempo) == (
        usual.prescription.type,
        usual.reps,
        usual.tempo,
    )
    assert planned.load is None


def test_the_next_load_is_that_of_the_coach() -> None:
    plan = TrainPlan(Settings(load=40.0))
    plan.suggest(Suggestion(1, built_in("B").sets[0], 42.5))
    assert plan.planned(2).load == 42.5


def test_the_rows_include_the_present_set_of_any_number_of_sets() -> None:
    plan = TrainPlan(Settings(protocol="free"))
    done = dict.fromkeys(range(1, 20), (8, 6, 8))
    rows = plan.rows(done, 20)
    assert [row.stage for row in rows].count(Stage.NOW) == 1
    assert all(row.stage is Stage.DONE for row in rows if row.number < 20)
    assert len(rows) <= 4


def test_an_aim_replaces_the_lowering_of_the_plan_alone() -> None:
    plan = TrainPlan(Settings(protocol="B"), goals=AIMS)
    before = built_in("B").sets[0].tempo
    assert before is not None
    assert before.notation == "4-0-1-1"
    assert plan.planned(1).tempo == "3.5-0-1-1"
    assert plan.aim(SetType.B) == AIMS.aims[0]
    # Neither the other leg nor another kind of set.
    assert TrainPlan(Settings(protocol="B", side="left"), goals=AIMS).planned(1).tempo == "4-0-1-1"
    assert TrainPlan(Settings(protocol="A"), goals=AIMS).planned(1).tempo == "3-0-1-0"
    free = Goals(aims=(Aim(SetKind("leg_curl", SetType.FREE, "R"), 3.5),))
    assert TrainPlan(Settings(protocol="free"), goals=free).planned(1).tempo == ""


def test_the_coach_asks_and_records_the_lowering_that_is_aimed_at() -> None:
    plan = TrainPlan(Settings(protocol="B"), goals=AIMS)
    coach = SessionPlan(built_in("B"), Athlete())
    coach.begin()
    coach.feed(SessionEvent(1.0, PlanEventKind.NEXT, dict(plan.announcement(1))))
    # Started by a key, as hands-free sets are: nothing but the announcement says what is asked.
    coach.feed(SessionEvent(2.0, EventKind.KEY, {"key": "space"}))
    tempo = coach.present_prescription().tempo
    assert tempo is not None
    assert tempo.eccentric_s == 3.5
    assert coach.announced("tempo") == "3.5-0-1-1"


def test_the_suggestion_of_the_coach_keeps_the_aim() -> None:
    plan = TrainPlan(Settings(protocol="B"), goals=AIMS)
    plan.suggest(Suggestion(1, built_in("B").sets[0], 42.5))
    assert plan.planned(2).tempo == "3.5-0-1-1"
    plan.goals = Goals()
    plan.suggest(Suggestion(1, built_in("B").sets[0], 42.5))
    assert plan.planned(2).tempo == "4-0-1-1"


def test_the_planned_dose_is_load_times_lowering_time() -> None:
    # A beginner's two sets of B: six reps of four seconds with 40 kg.
    plan = TrainPlan(Settings(protocol="B", load=40.0))
    assert plan.planned(1).reps == 6
    assert plan.planned_dose() == (2 * 6 * 4.0 * 40.0, 2 * 6 * 4.0)
    assert TrainPlan(Settings(protocol="B"), goals=AIMS).planned_dose()[1] == 2 * 6 * 3.5
    assert TrainPlan(Settings(protocol="B", unit="plates")).planned_dose() == (0.0, 48.0)
    assert TrainPlan(Settings(protocol="free")).planned_dose() == (0.0, 0.0)


def test_what_is_chosen_for_the_next_set_stays_when_its_rest_ends() -> None:
    """The coach suggests the set when the rest begins, and the same one when it ends."""
    plan = TrainPlan(Settings(protocol="B", load=40.0, load_step=2.5))
    suggested = Suggestion(1, built_in("B").prescription(1), 40.0)
    plan.suggest(suggested)
    plan.change_load(2, +1)
    plan.change_reps(2, -2)
    plan.change_lowering(2, +2)
    before = plan.planned(2)
    plan.suggest(suggested)
    assert plan.planned(2) == before
    announced = plan.announcement(2)
    assert announced["load_kg"] == 42.5
    assert announced["planned_reps"] == 4
    assert announced["tempo"] == "5-0-1-1"
    # Reps and lowering are chosen for one set, the load for all that follow.
    assert plan.planned(3).tempo == "4-0-1-1"
    assert plan.load == 42.5


def test_the_coach_asks_what_was_chosen_for_the_next_set() -> None:
    plan = TrainPlan(Settings(protocol="B", load=40.0))
    plan.change_reps(1, -1)
    plan.change_lowering(1, -1)
    coach = SessionPlan(built_in("B"), Athlete(weeks_trained=10.0))
    coach.begin()
    coach.feed(SessionEvent(1.0, PlanEventKind.NEXT, plan.announcement(1)))
    coach.feed(SessionEvent(2.0, EventKind.SET_START, {}))
    assert coach.planned_reps == plan.planned(1).reps == 5
    tempo = coach.present_prescription().tempo
    assert tempo is not None
    assert tempo.notation == "3.5-0-1-1"


def test_a_choice_for_another_kind_of_set_is_dropped() -> None:
    """After a cramp the coach offers a neutral set in place of the planned one."""
    plan = TrainPlan(Settings(protocol="B", load=40.0))
    plan.suggest(Suggestion(1, built_in("B").prescription(1), 40.0))
    plan.change_reps(2, -3)
    neutral = Suggestion(1, built_in("free").prescription(0), 40.0)
    plan.suggest(neutral)
    assert plan.planned(2).reps == TrainPlan(Settings(protocol="free")).planned(2).reps


def test_reps_and_lowering_stay_within_what_can_be_done() -> None:
    plan = TrainPlan(Settings(protocol="B"))
    plan.change_reps(1, -50)
    plan.change_lowering(1, -50)
    assert plan.planned(1).reps == 1
    assert plan.planned(1).tempo.startswith("1-")
    plan.change_lowering(1, +500)
    assert plan.planned(1).tempo.startswith("15-")
