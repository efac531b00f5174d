"""The calibration on the command line: guided, saved, used on recordings, refused if it is of another kind."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gui.cli.main import main
from gui.console.calibration_printer import lead
from processing.calibration.calibration_file import load_calibration
from processing.session import Session
from processing.types import PairedBlock
from tests.paced_session import Pacer, play_in_steps
from tests.processing.motion.legs import simulated_leg

PERSON = "protocol=B,sets=1,reps=2,lower_s=1.5"


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a calibration that the command guided, and its recording."""
    folder = tmp_path_factory.mktemp("guided")
    source = "sim:sets=0,marks=no,table=bench,seed=4"
    kept = ["-o", str(folder / "guided.json"), "--recording", str(folder / "guided.mcap")]
    options = ["--bench", "--side", "right", "--neutral-deg", "12"]
    pacer = Pacer()

    async def lead_in_steps(session: Session, *request: Any) -> None:
        assert pacer.source is not None
        await play_in_steps(session, pacer.source, run=lead(session, *request))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sensor.sources.open_source", pacer.open_source)
        patch.setattr("gui.console.calibration_printer.lead", lead_in_steps)
        assert main(["calibrate", source, *kept, *options]) == 0
    return folder


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two sessions, each with sensors strapped on again, and the calibration of the first."""
    folder = tmp_path_factory.mktemp("sessions")
    for name, seed in (("one", 4), ("two", 6)):
        assert main(["simulate", f"{PERSON},seed={seed}", "-o", str(folder / f"{name}.mcap")]) == 0
    one = str(folder / "one.mcap")
    assert main(["analyse", one, "--save-calibration", str(folder / "one.json")]) == 0
    return folder


def exported(recording: Path, output: Path, *options: str) -> tuple[int, dict[str, np.ndarray]]:
    """Return the exit code and the columns of an export."""
    code = main(["export", str(recording), "-o", str(output), *options])
    with output.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return code, {key: np.array([float(r[key]) for r in rows]) for key in ("t_s", "ankle_deg")}


def test_a_guided_calibration_is_saved_with_its_time_and_sensors(guided: Path) -> None:
    made = load_calibration(guided / "guided.json")
    assert np.degrees(made.neutral_angle) == pytest.approx(12.0)
    assert len(made.sensors) == 2
    assert made.created_utc.startswith("2026-01-01T12:00:")


def test_the_zero_is_at_the_given_angle(guided: Path) -> None:
    _, shown = exported(guided / "guided.mcap", guided / "given_zero.csv", "--offline")
    _, own = exported(guided / "guided.mcap", guided / "own.csv", "--offline", "--own-neutral")
    difference = shown["ankle_deg"] - own["ankle_deg"]
    np.testing.assert_allclose(difference[np.isfinite(difference)], 12.0, atol=0.01)


def test_a_saved_calibration_gives_the_angles_of_the_recordings_own(sessions: Path) -> None:
    own_code, own = exported(sessions / "one.mcap", sessions / "own.csv")
    given = ("--calibration", str(sessions / "one.json"))
    code, kept = exported(sessions / "one.mcap", sessions / "kept.csv", *given)
    assert (own_code, code) == (0, 0)
    both = np.isfinite(own["ankle_deg"]) & np.isfinite(kept["ankle_deg"])
    both &= own["t_s"] > 35.0
    assert both.any()
    np.testing.assert_allclose(own["ankle_deg"][both], kept["ankle_deg"][both], atol=1.0)


def test_a_calibration_of_another_strapping_is_reported(
    sessions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--calibration", str(sessions / "one.json")]
    assert main(["analyse", str(sessions / "two.mcap"), "--json", *given]) == 3
    printed = json.loads(capsys.readouterr().out)
    assert printed["calibration"]["origin"] == "given"
    named = [problem.partition(":")[0] for problem in printed["problems"]]
    assert named == ["shin sensor", "foot sensor"]


def broken(text: str) -> str:
    return text[: len(text) // 2]


def newer(text: str) -> str:
    return json.dumps(json.loads(text) | {"version": 99})


def of_another_kind(text: str) -> str:
    return json.dumps({"type": "something else", "version": 1})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (broken, "it is not JSON"),
        (newer, "update Toepoint"),
        (of_another_kind, "not a calibration"),
        (None, "read"),
    ],
)
def test_a_file_that_is_no_calibration_is_refused_with_the_reason(
    sessions: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[str], str] | None,
    message: str,
) -> None:
    bad = tmp_path / "bad.json"
    if spoil is not None:
        bad.write_text(spoil((sessions / "one.json").read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["analyse", str(sessions / "one.mcap"), "--calibration", str(bad)]) == 1
    error = capsys.readouterr().err
    assert "bad.json" in error
    assert message in error


def test_an_existing_calibration_is_replaced_only_with_force(
    sessions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = (sessions / "one.json").read_bytes()
    again = [
        "analyse",
        str(sessions / "two.mcap"),
        "--save-calibration",
        str(sessions / "one.json"),
    ]
    assert main(again) == 1
    assert "one.json" in capsys.readouterr().err
    assert (sessions / "one.json").read_bytes() == kept


def table_of(block: PairedBlock, path: Path) -> None:
    """Write the samples of shin and foot as a table with units in its names."""
    parts = ("shin_acc", "shin_gyr", "foot_acc", "foot_gyr")
    names = [
        f"{part}_{axis}_{'mps2' if 'acc' in part else 'radps'}" for part in parts for axis in "xyz"
    ]
    both = block.shin_valid & block.foot_valid
    rows = np.column_stack([block.t, *(getattr(block, part) for part in parts)])[both]
    np.savetxt(path, rows, delimiter=",", header=",".join(["t_s", *names]), comments="")


@pytest.mark.parametrize("movements", [[], ["--curls", "17.2:26.2"]])
def test_the_angle_of_a_pose_is_given_for_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], movements: list[str]
) -> None:
    leg = simulated_leg(3)
    table, recording = tmp_path / "leg.csv", tmp_path / "leg.mcap"
    table_of(leg.block, table)
    marks = ["--still", "1.6:4.4", "--neutral-deg", "-7.5", *movements]
    assert main(["import", str(table), "-o", str(recording), *marks]) == 0
    capsys.readouterr()
    assert main(["analyse", str(recording), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["calibration"]["neutral_deg"] == pytest.approx(-7.5)
    _, shown = exported(recording, tmp_path / "given_zero.csv", "--offline")
    # The simulated foot is at 0 in its still pose, so all angles are shifted by the given angle.
    truth = np.degrees(np.interp(shown["t_s"], leg.block.t, leg.ankle))
    error = shown["ankle_deg"] + 7.5 - truth
    assert abs(float(np.nanmean(error))) < 1.0


def test_an_angle_without_a_pose_or_beyond_any_ankle_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "leg.csv"
    table_of(simulated_leg(3).block, table)
    for wrong in (["--neutral-deg", "5"], ["--still", "1:4", "--neutral-deg", "nan"]):
        assert main(["import", str(table), *wrong]) == 1
        assert "neutral" in capsys.readouterr().err
    assert not table.with_suffix(".mcap").exists()
