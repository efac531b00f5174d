"""An exercise of one's own needs a file and no Python: from the folder to the numbers of a set."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gui.cli.main import main
from processing.exercises.exercise import Driving
from processing.exercises.exercise_file import built_in, exercise_named, exercise_table
from processing.exercises.exercise_troubles import (
    ExerciseFault,
    exercise_troubles,
    sensor_troubles,
)
from processing.exercises.session_exercises import session_exercises, with_exercise
from processing.judge.reasons import CheckKey
from processing.reps.rep_detector import RepDetector
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from processing.types import Rep, counted
from sensor.recording import RecordingWriter
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, Segment, SessionHeader
from tests.processing.exercises.test_exercise_file import OWN
from tests.processing.reps.curves import lying

RAISES = (
    "sim:exercise=heel_raise,place=floor,legs=two,tempo=2-1-1-0,sets=1,reps=4,rest=still,seed=9"
)


def recorded(path: Path, header: SessionHeader, items: Sequence[Item]) -> Path:
    writer = RecordingWriter(path, header)
    for item in items:
        writer.write(item)
    writer.close()
    return path


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recording whose head holds an exercise that no Python knows."""
    folder = tmp_path_factory.mktemp("exercises")
    (folder / "toe_raise.toml").write_text(OWN, encoding="utf-8")
    own = exercise_named("toe_raise", folder)
    simulated = simulate(parse_simulation(RAISES))
    # The set says nothing of its exercise: it is that of the head.
    items = [
        replace(item, data={k: v for k, v in item.data.items() if k != "exercise"})
        if isinstance(item, Event)
        else item
        for item in simulated.items
    ]
    return recorded(folder / "own.mcap", with_exercise(simulated.header, own), items)


def test_its_reps_are_counted_and_checked_by_its_file(session: Path) -> None:
    analysis = analyse(session)
    (found,) = analysis.sets
    assert found.exercise.key == "toe_raise"
    assert len(counted(found.reps)) == len(counted(found.live)) == 4
    assert not analysis.problems
    assert not analysis.exercise_troubles
    (judged,) = judge_sets(analysis)
    assert {check.key for v in judged.verdicts for check in v.checks} == {CheckKey.ROM}


def test_the_command_line_names_it(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", str(session), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["sets"]
    assert (found["exercise"], found["count"]) == ("toe_raise", 4)


def test_a_choice_on_the_command_line_goes_before_the_head(
    session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["analyse", str(session), "--json", "--exercise", "heel_raise"])
    (found,) = json.loads(capsys.readouterr().out)["sets"]
    assert (found["exercise"], found["count"]) == ("heel_raise", 4)


def test_an_event_changes_the_exercise_and_an_unknown_one_is_told() -> None:
    header = SessionHeader(0, "", ())
    exercises = session_exercises(header)
    events = [
        Event(0, EventKind.SET_START, {}),
        Event(5_000_000_000, "plan.next", {"exercise": "heel_raise"}),
        Event(9_000_000_000, EventKind.SET_START, {"exercise": "handstand"}),
        Event(12_000_000_000, EventKind.SET_START, {"exercise": "leg_curl"}),
        # The record of the coach is an output: it changes nothing.
        Event(20_000_000_000, EventKind.SET_BEGUN, {"exercise": "heel_raise"}),
    ]
    found = [(t, one.key) for t, one in exercises.at_events(events, 0)]
    assert found == [(0.0, "leg_curl"), (5.0, "heel_raise"), (12.0, "leg_curl")]
    (trouble,) = exercise_troubles(header, events)
    assert (trouble.fault, trouble.key) == (ExerciseFault.NOT_KNOWN_LATER, "handstand")


def test_a_head_with_a_bad_exercise_is_one_of_leg_curls_and_says_so() -> None:
    header = SessionHeader(0, "", (), metadata={"exercise": "handstand"})
    assert session_exercises(header).first.key == "leg_curl"
    (trouble,) = exercise_troubles(header, [])
    assert (trouble.fault, trouble.key) == (ExerciseFault.NOT_KNOWN_AT_START, "handstand")


def test_a_refused_table_in_a_head_is_named_with_its_key() -> None:
    table = dict(exercise_table(built_in("heel_raise"))) | {"driving": "knee"}
    header = SessionHeader(0, "", (), metadata={"exercise": "x", "own_exercises": {"x": table}})
    (trouble,) = exercise_troubles(header, [])
    assert trouble.fault is ExerciseFault.TABLE_REFUSED
    assert trouble.key == "own_exercises.x.driving"
    assert "thigh" in trouble.detail


def test_a_recording_without_its_sensor_counts_nothing_and_says_what_is_shown() -> None:
    worn = simulate(parse_simulation("sim:seed=1,sets=1,reps=2")).header
    header = with_exercise(worn, built_in("glute_ham_raise"))
    (trouble,) = sensor_troubles(header, [session_exercises(header).first])
    assert trouble.fault is ExerciseFault.NO_DRIVING_ANGLE
    assert trouble.lacking == (Segment.THIGH,)
    assert trouble.name("en") == "Glute-ham raise"


def test_a_recording_whose_fallback_angle_counts_names_it() -> None:
    worn = simulate(parse_simulation("sim:seed=1,sets=1,reps=2")).header
    two_ways = replace(
        built_in("glute_ham_raise"), key="raise", fallback=Driving.CURL, sensors=(Segment.SHIN,)
    )
    (trouble,) = sensor_troubles(worn, [two_ways, two_ways])
    assert (trouble.fault, trouble.counted_by) == (ExerciseFault.OTHER_ANGLE, Driving.CURL)


@pytest.mark.parametrize("marked", [False, True])
def test_an_exercise_that_only_a_mark_begins_counts_nothing_else(marked: bool) -> None:
    detector = RepDetector(mark_only=True)
    reps = []
    if marked:
        reps += detector.feed(Event(0, EventKind.SET_START))
    reps += detector.feed(lying(n=3).angles())
    assert len([one for one in reps if isinstance(one, Rep)]) == 3 * marked


def test_a_recording_without_its_sensor_shows_its_angles_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simulated = simulate(parse_simulation("sim:protocol=B,sets=1,reps=2,seed=5"))
    items = [
        replace(item, data={k: v for k, v in item.data.items() if k != "exercise"})
        if isinstance(item, Event)
        else item
        for item in simulated.items
    ]
    header = with_exercise(simulated.header, built_in("glute_ham_raise"))
    path = recorded(tmp_path / "two_sensors.mcap", header, items)
    assert main(["analyse", str(path)]) == 3
    printed = " ".join(capsys.readouterr().out.split())
    assert "Glute-ham raise: there is no sensor on the thigh, so no reps are counted" in printed
    analysis = analyse(path)
    assert analysis.offline_angles.valid.mean() > 0.5
    assert not analysis.offline_angles.driving_valid.any()
