"""The examples print the right results, each in its own process, as a newcomer runs it."""

import csv
import json
import math
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
LONGEST = 45


def run(name: str) -> str:
    """Return what an example prints."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / f"{name}.py"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_angle_from_arrays_prints_the_true_range() -> None:
    found, true = map(float, re.findall(r"\d+\.\d", run("angle_from_arrays")))
    assert true == 50.0
    assert abs(found - true) < 0.5


def test_recording_to_table_prints_the_verdicts_of_the_truth() -> None:
    rows = list(csv.DictReader(run("recording_to_table").splitlines()))
    expected = json.loads((ROOT / "recordings" / "b_faults.expected.json").read_text("utf-8"))
    # Without a fault the simulated person is at worst near: one lowering is 0.1 s short of green.
    for row, rep in zip(rows, expected["reps"], strict=True):
        assert (
            (row["verdict"] in ("good", "near")) if not rep["fault"] else row["verdict"] != "good"
        )


def test_live_stream_prints_every_rep() -> None:
    lines = run("live_stream").splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [f"rep {n}" for n in range(1, 5)]
    # The protocol lowers with the toes pointed, which is a negative ankle angle.
    assert all(re.search(r"ankle -\d+ degrees", line) for line in lines[:-1])
    assert lines[-1].startswith("simulated")


def test_own_protocol_counts_its_reps() -> None:
    lines = [line.split(" s  ")[1] for line in run("own_protocol").splitlines()]
    summaries = [words for words in lines if words.startswith("summary: ")]
    assert len(summaries) == 2
    assert all(words.startswith("summary: four reps") for words in summaries)
    counted = [words.split()[1] for words in lines if words.startswith("count: ")]
    assert [words.rstrip(",") for words in counted] == ["one", "two", "three", "four"] * 2


def test_own_sensor_family() -> None:
    last = {words[0]: words[1:] for words in map(str.split, run("own_sensor_family").splitlines())}
    assert set(last) == {"shin", "foot"}
    for numbers in last.values():
        acc, gyr = [float(n) for n in numbers[:3]], [float(n) for n in numbers[3:]]
        # The leg rests at the end: gravity alone acts, and nothing turns.
        assert abs(math.hypot(*acc) - 9.81) < 0.3
        assert math.hypot(*gyr) < 0.1


def test_examples_are_short() -> None:
    """An example should be read in a minute; a longer explanation belongs in the docs."""
    for file in sorted(EXAMPLES.glob("*.py")):
        assert len(file.read_text("utf-8").splitlines()) < LONGEST, file.name
