"""Analyses with and without marks, on a leg computed from geometry."""

from pathlib import Path

import numpy as np
import pytest

from gui.cli.main import main
from processing.judge.reasons import NotCalibrated
from processing.review.analysis import Analysis, analyse
from processing.review.judged_sets import judge_sets
from sensor.simulation import simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation
from sensor.table_import import Marks, TimeSpan, import_table
from tests.processing.two_links import Move, drawn, two_links, write_table

REPS = 6
STILL, PUMPS, CURLS = TimeSpan(0.5, 3.5), TimeSpan(4.0, 10.0), TimeSpan(11.5, 20.5)

Span = TimeSpan | None


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A still pose, two pumps and two curls; then fidgeting and a set."""
    fidget: list[Move] = [(6.0, 0.5), (0.0, 0.5), (0.0, 1.0)] * 4
    curl: list[Move] = [(90.0, 2.0), (0.0, 2.0)]
    rep: list[Move] = [(85.0, 1.4), (85.0, 0.6), (0.0, 3.0), (0.0, 0.4)]
    shin = drawn([(0.0, 12.0), *curl, *curl, *fidget, *rep * REPS, (0.0, 4.0)])
    pump: list[Move] = [(15.0, 0.8), (-40.0, 1.2), (0.0, 0.8)]
    ankle = drawn([(0.0, 4.2), *pump * 2, (0.0, 18.0), (12.0, 1.0), (12.0, 60.0)])[: len(shin)]
    path = tmp_path_factory.mktemp("table") / "leg.csv"
    write_table(path, two_links(shin, np.resize(ankle, len(shin)), seed=7))
    return path


def analysed(table: Path, folder: Path, marks: Marks) -> Analysis:
    """Return the analysis of ``table`` with ``marks``."""
    recording = folder / "leg.mcap"
    import_table(table, recording, marks=marks)
    return analyse(recording)


def counts(analysis: Analysis) -> list[tuple[int, int]]:
    """Return how many whole reps each set has, offline and live."""
    return [
        (sum(not r.partial for r in s.reps), sum(not r.partial for r in s.live))
        for s in analysis.sets
    ]


def test_a_set_soon_after_the_marked_curls_is_found(table: Path, tmp_path: Path) -> None:
    analysis = analysed(table, tmp_path, Marks(STILL, PUMPS, CURLS))
    assert analysis.calibration_origin == "marked movements"
    assert counts(analysis) == [(REPS, REPS)]


@pytest.mark.parametrize(
    ("still", "pumps", "curls"),
    [(None, PUMPS, CURLS), (TimeSpan(61.5, 63.5), None, CURLS)],
)
def test_marks_without_a_calibration_leave_it_to_the_movement(
    still: Span, pumps: Span, curls: Span, table: Path, tmp_path: Path
) -> None:
    analysis = analysed(table, tmp_path, Marks(still, pumps, curls))
    assert analysis.calibration_origin == "the recording's own movement"
    assert analysis.problems == ()
    assert counts(analysis) == [(REPS, REPS)]


def test_a_marked_pose_alone_defines_the_zero(table: Path, tmp_path: Path) -> None:
    # At the end, in the rest of the set, the toes are up by 12 degrees.
    analysis = analysed(table, tmp_path, Marks(still=TimeSpan(61.5, 64.0)))
    assert analysis.calibration_origin == "the recording's own movement"
    at_start = analysis.offline_angles.ankle[
        (analysis.offline_angles.t > 1.0) & (analysis.offline_angles.t < 3.0)
    ]
    assert np.degrees(np.median(at_start)) == pytest.approx(-12.0, abs=1.0)


def test_a_pose_that_was_not_still_is_named_and_the_movement_used(
    table: Path, tmp_path: Path
) -> None:
    analysis = analysed(table, tmp_path, Marks(TimeSpan(5.2, 5.9), None, CURLS))
    assert [p.partition(":")[0] for p in analysis.problems] == ["still pose"]
    assert analysis.calibration_origin == "the recording's own movement"
    assert counts(analysis) == [(REPS, REPS)]


def test_without_a_calibration_nothing_is_judged(tmp_path: Path) -> None:
    path = tmp_path / "b.mcap"
    save_session(
        simulate(parse_simulation("sim:protocol=B,sets=1,reps=3,seed=3,calibration=no")), path
    )
    (judged,) = judge_sets(analyse(path))
    assert [v.grade.value for v in judged.verdicts] == ["not judged"] * 3
    assert {v.reason for v in judged.verdicts} == {NotCalibrated()}


def test_a_replay_without_marks_counts_reps_or_says_why_not(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, part = tmp_path / "whole.mcap", tmp_path / "part.mcap"
    import_table(table, whole)
    assert main(["replay", str(whole), "--fast"]) == 0
    printed = capsys.readouterr().out
    assert "calibration: the recording's own movement" in printed
    # The two unmarked curls look like a set as well.
    assert f"{REPS + 2} reps" in printed.splitlines()[-1]
    still = tmp_path / "still.csv"
    still.write_text("".join(table.read_text().splitlines(keepends=True)[:300]))
    import_table(still, part)
    for command in ("replay", "coach"):
        assert main([command, str(part), "--fast"]) == 3
        assert "the leg hardly moves" in capsys.readouterr().out
