"""Heel raises of a real person are counted; squats, lunges, steps and walking are none."""

import csv
from pathlib import Path

import numpy as np
import pytest

from processing.exercises.exercise import HEEL_RAISE
from processing.exercises.exercise_file import built_in
from processing.exercises.session_exercises import with_exercise
from processing.motion.grid import GRID_HZ
from processing.pipeline.pipeline import Pipeline, PipelineConfig
from processing.review.analysis import analyse
from processing.review.read_recording import assembled
from processing.review.self_calibration import own_calibration
from processing.types import Rep, counted
from sensor.recording import Recording, RecordingWriter, open_recording
from sensor.table_import import import_table
from sensor.types import Event, EventKind, FloatArray, JsonValue
from tests.shared_data import shared_file

CONFIG = PipelineConfig(exercise=built_in(HEEL_RAISE))


def recorded(folder: Path, name: str) -> Recording:
    table = shared_file("data", "people", f"{name}.csv")
    import_table(table, folder / "recording.mcap")
    return open_recording(folder / "recording.mcap")


def seconds_between(t: FloatArray, begin: float, end: float) -> float:
    """Return how long a stretch of the grid times ``t`` s lies between two times, s."""
    return float(np.count_nonzero((t >= begin) & (t <= end))) / GRID_HZ


def test_ten_of_ten_are_counted_live_and_offline(tmp_path: Path) -> None:
    analysis = analyse(recorded(tmp_path, "right_leg_heel_raises"), CONFIG)
    (found,) = analysis.sets
    assert found.exercise.key == HEEL_RAISE
    assert [rep.number for rep in counted(found.reps)] == list(range(1, 11))
    assert [rep.number for rep in counted(found.live)] == list(range(1, 11))


def test_ten_of_ten_are_counted_in_a_marked_set_that_the_head_names(tmp_path: Path) -> None:
    rec = recorded(tmp_path, "right_leg_heel_raises")
    header = with_exercise(rec.header, built_in(HEEL_RAISE))
    calibration, _ = own_calibration(rec, CONFIG)
    pipeline = Pipeline(header, calibration=calibration)
    marks = ((2.0, EventKind.SET_START), (rec.duration_s, EventKind.SET_END))
    events = [Event(header.start_ns + round(t * 1e9), kind) for t, kind in marks]
    blocks = assembled(rec, rec.duration_s, lambda _: None).live
    updates = [*pipeline.feed([events[0], *blocks, events[1]]), *pipeline.finish()]
    reps = counted([one for one in updates if isinstance(one, Rep)])
    assert [rep.number for rep in reps] == list(range(1, 11))


def test_ten_of_ten_are_counted_offline_in_a_marked_set(tmp_path: Path) -> None:
    rec = recorded(tmp_path, "right_leg_heel_raises")
    header = with_exercise(rec.header, built_in(HEEL_RAISE))
    done: dict[str, JsonValue] = {
        "place": "floor",
        "knee": "straight",
        "legs": "two",
        "load_kg": 0.0,
    }
    marks = [
        Event(header.start_ns + round(t * 1e9), kind, data)
        for t, kind, data in (
            (2.0, EventKind.SET_START, done),
            (rec.duration_s, EventKind.SET_END, {}),
        )
    ]
    writer = RecordingWriter(tmp_path / "marked.mcap", header)
    for item in sorted([*rec.items(), *marks], key=lambda one: one.t_ns):
        writer.write(item)
    writer.close()
    # The head names the exercise, so nothing is said on the way.
    (found,) = analyse(tmp_path / "marked.mcap").sets
    assert found.marked
    assert [rep.number for rep in counted(found.reps)] == list(range(1, 11))
    assert [rep.number for rep in counted(found.live)] == list(range(1, 11))
    assert found.exercise.variants.read(found.prescription) == {
        "place": "floor", "knee": "straight", "legs": "two",
    }  # fmt: skip


def test_only_heel_raises_are_counted_among_squats_lunges_steps_and_walking(tmp_path: Path) -> None:
    analysis = analyse(recorded(tmp_path, "right_leg"), CONFIG)
    table = shared_file("data", "people", "right_leg.repetitions.csv")
    with table.open(encoding="utf-8") as file:
        done = [row for row in csv.DictReader(file) if row["exercise"] == "HeelRaise"]
    final = [rep for found in analysis.sets for rep in counted(found.reps)]
    live = [rep for found in analysis.sets for rep in counted(found.live)]
    assert len(final) == len(done) == 10
    # Each was cut out with a gap of more than a second before it, and until the live angle is known again most of
    # a lift may be over: live, a rep is asked for if half of a quick lift is seen.
    angles = analysis.live_angles
    known_t = angles.t[angles.valid]
    seen = [rep for rep in final if seconds_between(known_t, rep.t_start, rep.t_top) >= 0.15]
    assert len(seen) >= 5
    for rep in seen:
        assert any(rep.t_start < one.t_top < rep.t_bottom for one in live), rep
    assert len(live) <= 10
    for rep in (*final, *live):
        assert any(float(row["start_s"]) <= rep.t_top <= float(row["end_s"]) for row in done), rep


@pytest.mark.parametrize("name", ["right_leg_heel_raises", "right_leg"])
def test_a_recording_that_names_no_exercise_is_one_of_leg_curls(tmp_path: Path, name: str) -> None:
    analysis = analyse(recorded(tmp_path, name))
    assert {found.exercise.key for found in analysis.sets} <= {"leg_curl"}
    angles = analysis.offline_angles
    assert np.array_equal(angles.driving, angles.curl)
