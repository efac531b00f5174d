"""A goal tells how far it is, and the commonest reason of the reps that are not good."""

import pytest

from processing.coach.protocol import SetType
from processing.judge.reasons import Fault
from processing.library.goals import (
    CommonFault,
    FewReps,
    Goal,
    GoalPart,
    GoalProgress,
    LoadBelow,
    LoadMissing,
    LoweringShort,
    NothingJudged,
    NothingYet,
    ReasonsUnknown,
    goal_progress,
)
from processing.library.history import Change
from processing.library.own_weeks import SetKind
from processing.library.records import LibrarySession
from tests.processing.library.hand_made import at_day, made_set, on_day

KIND = SetKind("leg_curl", SetType.B, "R")
GOAL = Goal(KIND, 80.0, 45.0, 4.0)
LATE, FAST = Fault.LATE_SWITCH, Fault.TOO_FAST


def progress(*sessions: LibrarySession, goal: Goal = GOAL, day: float = 30.0) -> GoalProgress:
    return goal_progress(goal, sessions, at_day(day))


def values(found: GoalProgress) -> dict[GoalPart, float | None]:
    return {part.part: part.value for part in found.parts}


def test_the_parts_come_from_the_last_three_sessions_near_the_load() -> None:
    found = progress(
        # The fourth last near the load, and one far below it.
        on_day(2, made_set(42.5, good=0, lowering_s=1.0)),
        on_day(10, made_set(42.5, good=4, lowering_s=3.0)),
        on_day(13, made_set(30.0, good=8, lowering_s=9.0)),
        on_day(17, made_set(42.5, good=5, lowering_s=3.5)),
        on_day(24, made_set(40.5, good=6, lowering_s=4.0)),
    )
    # 15 of 24 good, (3 + 3.5 + 4) / 3 s; 40.5 kg is just 90 % of 45 kg.
    assert values(found) == {
        GoalPart.LOAD: 42.5,
        GoalPart.QUALITY: pytest.approx(62.5),
        GoalPart.LOWERING: pytest.approx(3.5),
    }
    shares = [part.share for part in found.parts]
    assert shares == pytest.approx([42.5 / 45, 62.5 / 80, 3.5 / 4])
    assert found.sessions == 3
    assert found.reached == 0
    assert (found.verdict, found.known) == (Change.TOO_EARLY, 4)


def test_the_commonest_reason_near_the_load_limits_the_goal() -> None:
    found = progress(
        # Far below the load: its reasons do not count.
        on_day(1, made_set(20.0, good=0, faults={Fault.DROPPED: 8})),
        on_day(10, made_set(45.0, good=4, faults={LATE: 3, FAST: 1})),
        on_day(17, made_set(45.0, good=4, faults={FAST: 2, LATE: 2})),
    )
    # 5 late switches among the 8 reps that were not good.
    assert found.limit == CommonFault(LATE, 5, 8)
    assert isinstance(found.limit, CommonFault)
    assert found.limit.percent == pytest.approx(62.5)


def test_a_goal_is_reached_by_a_session_at_its_load() -> None:
    at_45 = made_set(45.0, good=7, lowering_s=3.6)
    found = progress(on_day(10, at_45, made_set(30.0, good=0)), on_day(20, at_45))
    # A lowering may be half a second short, as a good rep may.
    assert found.limit is None
    assert found.reached == 2
    assert progress(on_day(20, made_set(45.0, good=7, lowering_s=3.4))).reached == 0


def test_below_the_load_nothing_is_said_about_the_execution() -> None:
    found = progress(on_day(20, made_set(30.0, good=8, lowering_s=5.0)))
    assert values(found) == {
        GoalPart.LOAD: 30.0,
        GoalPart.QUALITY: None,
        GoalPart.LOWERING: None,
    }
    assert found.limit == LoadBelow(30.0, 45.0)
    assert [part.share for part in found.parts][1:] == [0.0, 0.0]


def test_what_is_missing_is_told_in_the_order_in_which_it_matters() -> None:
    assert progress().limit == NothingYet(8)
    # More than eight weeks ago.
    assert progress(on_day(0, made_set(45.0)), day=60.0).limit == NothingYet(8)
    assert progress(on_day(9, made_set(45.0, judged=0, good=0))).limit == NothingJudged()
    assert progress(on_day(9, made_set(45.0, good=4))).limit == ReasonsUnknown(4)
    short = made_set(42.5, good=8, lowering_s=3.0)
    assert progress(on_day(9, short)).limit == LoweringShort(3.0, 4.0)
    light = made_set(42.5, good=8, lowering_s=4.2)
    assert progress(on_day(9, light)).limit == LoadMissing(42.5, 45.0)
    few = made_set(45.0, good=3, judged=3, reps=3, lowering_s=4.2)
    assert progress(on_day(9, few)).limit == FewReps(5)


def test_other_sides_types_and_exercises_do_not_count() -> None:
    others = on_day(
        9,
        made_set(45.0, side="L"),
        made_set(45.0, kind=SetType.DF),
        made_set(45.0, exercise="heel_raise"),
    )
    assert progress(others).limit == NothingYet(8)
    either = Goal(SetKind("leg_curl", SetType.B, ""), 80.0, 45.0)
    assert values(progress(others, goal=either))[GoalPart.QUALITY] == pytest.approx(75.0)


def test_a_goal_without_a_load_counts_every_set() -> None:
    heels = Goal(SetKind("heel_raise", SetType.FREE, "R"), 75.0)
    done = made_set(None, exercise="heel_raise", kind=SetType.FREE)
    found = progress(on_day(9, done), goal=heels)
    assert [part.part for part in found.parts] == [GoalPart.QUALITY]
    assert found.reached == 1
    assert found.limit is None


def test_a_load_in_pounds_is_the_same_load() -> None:
    kg = 100.0 * 0.45359237
    found = progress(
        on_day(9, made_set(kg - 1e-9, good=8, lowering_s=4.0)), goal=Goal(KIND, 80.0, kg, 4.0)
    )
    assert found.reached == 1


def test_a_real_change_needs_six_sessions() -> None:
    days = [on_day(3 * n, made_set(45.0, good=g)) for n, g in enumerate((4, 5, 4, 5, 4))]
    assert progress(*days).verdict is Change.TOO_EARLY
    # 50 to 62.5 %, SD 6.85 %: a change of less than 19 % is chance.
    assert progress(*days, on_day(20, made_set(45.0, good=5))).verdict is Change.NONE
    assert progress(*days, on_day(20, made_set(45.0, good=8))).verdict is Change.INCREASE
