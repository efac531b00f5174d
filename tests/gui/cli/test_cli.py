"""The command line as a person uses it: its output, its files, its exit codes."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from gui.cli.main import build_parser, commands, main
from processing.output.schema import SCHEMA_PATH, analysis_schema
from sensor.simulation import simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation
from sensor.simulation.truth import Truth
from tests.failing_disk import FailingDisk

ROOT = Path(__file__).parents[3]
SESSION = "protocol=B,sets=1,reps=3,seed=5"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated session of three reps with its truth."""
    path = tmp_path_factory.mktemp("cli") / "session.mcap"
    assert main(["simulate", SESSION, "-o", str(path)]) == 0
    return path


def test_the_help_of_every_command_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for module in commands():
        with pytest.raises(SystemExit) as ended:
            build_parser().parse_args([module.NAME, "--help"])
        assert ended.value.code == 0
        assert f"toepoint {module.NAME}" in capsys.readouterr().out.replace("\n", " ")


def test_help_loads_nothing_heavy() -> None:
    heavy = ["msgspec", "numpy", "scipy", "bleak", "PySide6", "vqf", "mcap", "matplotlib", "rich"]
    code = (
        "import sys; from gui.cli.main import build_parser; build_parser().format_help();"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_simulation_is_marked_as_simulated(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recording.with_suffix(".truth.npz").exists()
    assert main(["analyse", str(recording)]) == 0
    assert "simulated data" in capsys.readouterr().out
    assert main(["inspect", str(recording)]) == 0
    assert "simulated data" in capsys.readouterr().out


def test_json_follows_its_schema_and_counts_the_reps(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", "--json", str(recording)]) == 0
    printed = json.loads(capsys.readouterr().out)
    schema = json.loads(analysis_schema())
    jsonschema.Draft202012Validator(schema).validate(printed)
    truth = Truth.load(recording.with_suffix(".truth.npz"))
    assert sum(s["count"] for s in printed["sets"]) == len(truth.reps) == 3
    assert printed["simulated"] is True


def test_the_schema_is_up_to_date_and_describes_every_field() -> None:
    committed = SCHEMA_PATH.read_text(encoding="utf-8")
    assert committed == analysis_schema(), "run: python -m processing.output.schema"
    parts = json.loads(committed)["$defs"]
    fields = [f for part in parts.values() for f in part.get("properties", {}).values()]
    assert len(fields) > 80
    assert all(field["description"] for field in fields)


def test_a_leg_on_its_side_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "side.mcap"
    assert main(["simulate", f"{SESSION},axis_incline_deg=75", "-o", str(path)]) == 0
    capsys.readouterr()
    assert main(["analyse", "--json", str(path)]) == 0
    flags = {one["flag"] for one in json.loads(capsys.readouterr().out)["angle_remarks"]}
    assert "joint axis steep" in flags


def test_export_writes_angles_that_are_true(recording: Path, tmp_path: Path) -> None:
    truth = Truth.load(recording.with_suffix(".truth.npz"))
    for offline in ([], ["--offline"]):
        path = tmp_path / "angles.csv"
        assert main(["export", str(recording), "-o", str(path), *offline]) == 0
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        valid = [r for r in rows if r["valid"] == "1"]
        assert len(valid) > 0.4 * len(rows)
        t = np.array([float(r["t_s"]) for r in valid])
        ankle = np.array([float(r["ankle_deg"]) for r in valid])
        error = ankle - np.degrees(np.interp(t, truth.t, truth.ankle))
        assert float(np.sqrt(np.mean(error**2))) < 3.0
        assert {"concentric", "eccentric", "idle"} <= {r["phase"] for r in rows}


def test_a_table_is_imported_and_its_reference_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, recording = tmp_path / "hinge.csv", tmp_path / "hinge.mcap"
    write_hinge(table)
    assert main(["import", str(table), "-o", str(recording)]) == 0
    assert "100.00 Hz" in capsys.readouterr().out
    angles = tmp_path / "angles.csv"
    assert main(["export", str(recording), "-o", str(angles)]) == 0
    with angles.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["valid"] == "1"]
    ankle, reference = (
        np.array([float(r[name]) for r in rows]) for name in ("ankle_deg", "reference_deg")
    )
    use = np.isfinite(reference)
    sign = np.sign(np.corrcoef(ankle[use], reference[use])[0, 1])
    assert float(np.std(sign * ankle[use] - reference[use])) < 2.0


def test_letters_that_the_output_cannot_encode_are_replaced(recording: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gui.cli.main", "analyse", str(recording)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"? good" in done.stdout


def test_a_full_disk_leaves_the_older_table(recording: Path, tmp_path: Path) -> None:
    table = tmp_path / "tables" / "angles.csv"
    table.parent.mkdir()
    table.write_text("older", encoding="utf-8")
    with FailingDisk(table.parent, room=100):
        assert main(["export", str(recording), "-o", str(table)]) == 1
    assert table.read_text(encoding="utf-8") == "older"
    assert list(table.parent.iterdir()) == [table]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["analyse", "nothing.mcap"], "nothing.mcap"),
        (["import", "."], "a folder or a device"),
        (["import", "nothing.csv"], "nothing.csv"),
        (["replay", "sim:protocol=Z", "--fast"], "protocol"),
        (["replay", "sim:colour=red", "--fast"], "colour"),
        (["simulate", "reps=many", "-o", "x.mcap"], "reps"),
    ],
)
def test_bad_input_is_one_clear_line(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(arguments) == 1
    message = capsys.readouterr().err
    assert words in message
    assert "Traceback" not in message
    assert not list(folder.iterdir())


def test_a_recording_is_overwritten_only_with_force(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = recording.read_bytes()
    assert main(["simulate", SESSION, "-o", str(recording)]) == 1
    assert recording.read_bytes() == before
    assert "--force" in capsys.readouterr().err


def test_a_cut_recording_is_analysed_with_exit_code_3(recording: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mcap"
    data = recording.read_bytes()
    cut.write_bytes(data[: int(0.8 * len(data))])
    assert main(["inspect", str(cut)]) == 3
    assert main(["analyse", str(cut)]) == 3


def test_replay_prints_a_line_for_every_rep(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(recording), "--fast"]) == 0
    printed = capsys.readouterr().out
    assert [f"rep {n}:" in printed for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_demo_writes_a_recording_a_picture_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    assert main(["demo", "--no-window", "-o", str(folder)]) == 0
    assert (folder / "session.mcap").stat().st_size > 10_000
    assert (folder / "set.png").read_bytes().startswith(b"\x89PNG")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Simulated data" in page
    assert "<svg" in page
    assert "http" not in page.replace("http://www.w3.org", "").replace(
        "http://purl.org", ""
    ).replace("http://creativecommons.org", "").replace("https://matplotlib.org", "")
    assert str(folder) in capsys.readouterr().out


def write_hinge(path: Path, rate_hz: float = 100.0, duration_s: float = 40.0) -> None:
    """Write the table of a hinge and a shin that both swing in the sagittal plane."""
    t = np.arange(int(duration_s * rate_hz)) / rate_hz
    move = np.clip((t - 3.0) / 2.0, 0.0, 1.0)
    shin = move * np.radians(30.0) * np.sin(2.1 * (t - 3.0))
    ankle = move * np.radians(25.0) * np.sin(3.3 * (t - 3.0))
    columns: dict[str, np.ndarray] = {"t_s": t}
    for name, angle in (("shin", shin), ("foot", shin + ankle)):
        rate = np.gradient(angle, t)
        zero = np.zeros_like(t)
        acc = (9.81 * np.sin(angle), 9.81 * np.cos(angle), zero)
        for axis, values in zip("xyz", acc, strict=True):
            columns[f"{name}_acc_{axis}_mps2"] = values
        for axis, values in zip("xyz", (zero, zero, rate), strict=True):
            columns[f"{name}_gyr_{axis}_radps"] = values
    columns["reference_deg"] = np.degrees(ankle)
    table = np.column_stack(list(columns.values()))
    np.savetxt(path, table, delimiter=",", header=",".join(columns), comments="", fmt="%.6f")


@pytest.mark.parametrize(
    ("level", "faults", "next_level"),
    [("train", "", "test"), ("learn", ",faults=fast,fault_every_reps=2", "")],
)
def test_the_coach_offers_the_next_level_after_three_good_sets(
    level: str, faults: str, next_level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = f"sim:protocol=B,sets=3,reps=2,rest_s=14,seed=3{faults}"
    assert main(["coach", source, "--fast", "--level", level]) == 0
    offered = [line for line in capsys.readouterr().out.splitlines() if "suggested" in line]
    assert len(offered) == (1 if next_level else 0)
    assert all(f"--level {next_level})" in line for line in offered)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
@pytest.mark.parametrize(
    ("display", "hidden"),
    [("", "nothing"), (":77", "nothing"), (":77", "PySide6.QtWidgets")],
    ids=["no screen", "a screen that does not answer", "without Qt's libraries"],
)
def test_a_window_that_cannot_be_opened_is_one_clear_line(display: str, hidden: str) -> None:
    code = (
        f"import sys; sys.modules[{hidden!r}] = None\n"
        "from gui.cli.main import main\n"
        "raise SystemExit(main(['window']))"
    )
    environment = {
        **os.environ,
        "DISPLAY": display,
        "WAYLAND_DISPLAY": "",
        "QT_QPA_PLATFORM": "xcb",
    }
    child = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 1
    assert "Traceback" not in child.stderr
    assert "no window can be opened here" in child.stderr
    assert "toepoint record" in child.stderr


def test_a_demo_that_cannot_be_written_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    for place in ("file", "file/folder"):
        assert main(["demo", "--no-window", "-o", str(tmp_path / place)]) == 1
        printed = capsys.readouterr().err
        assert str(tmp_path / place) in printed
        assert "-o FOLDER" in printed


def test_export_writes_the_trials_of_measured_ranges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recording, table = tmp_path / "ranges.mcap", tmp_path / "ranges.csv"
    text = "exercise=lunge_range,side=left,seed=11"
    save_session(simulate(parse_simulation(f"sim:{text}")), recording)
    assert main(["export", str(recording), "--ranges", "-o", str(table)]) == 0
    assert "3 trials in 1 measures" in capsys.readouterr().out
    rows = table.read_text().splitlines()[1:]
    assert [row.split(",")[1:5] for row in rows] == [
        ["inclination", "bent", "L", str(number)] for number in (1, 2, 3)
    ]
