"""The knee angle with a thigh sensor, compared with simulated legs, through the whole path."""

import asyncio
import csv
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from processing.output.angles import write_angles
from processing.review.analysis import Analysis, analyse
from processing.session import Session, SessionOutput
from processing.types import AngleBlock, WithheldCause, counted, join_blocks
from sensor.recording import open_recording
from sensor.simulation import Truth, simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation
from sensor.sources import open_source
from sensor.types import FloatArray, Segment

WORN = "thigh=yes,acc_offset_mg=20/-20/15,gyr_offset_dps=1/-1/0.5,soft_tissue_deg=1.5"
CURLS = f"sim:protocol=B,sets=1,reps=3,{WORN}"
RAISES = f"{CURLS},shin_held=yes"
LOST_S = 38.0, 43.0
"""Start and end of a loss of the thigh's sensor, from the second rep into the third."""


@cache
def analysed(text: str) -> tuple[Analysis, Truth]:
    session = simulate(parse_simulation(text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "session.mcap")
        save_session(session, path)
        return analyse(path), session.truth


def rmse_deg(own: FloatArray, angles: AngleBlock, truth: Truth, true: FloatArray | None) -> float:
    assert true is not None
    error = (own - np.interp(angles.t, truth.t, true))[angles.both_valid]
    return float(np.degrees(np.sqrt(np.mean(error**2))))


@pytest.mark.parametrize("text", [f"{CURLS},seed=1", f"{RAISES},seed=1", f"{RAISES},seed=2"])
def test_the_knee_angle_is_that_of_the_truth_and_reps_are_counted_on_it(
    text: str,
) -> None:
    analysis, truth = analysed(text)
    assert analysis.problems == ()
    for angles in (analysis.live_angles, analysis.offline_angles):
        assert rmse_deg(angles.curl, angles, truth, truth.knee) < 2.0
        assert rmse_deg(angles.shin_turn, angles, truth, truth.shin_turn) < 2.5
    (training_set,) = analysis.sets
    for reps in (training_set.reps, training_set.live):
        assert len(counted(reps)) == 3
    for rep, true in zip(training_set.reps, truth.reps, strict=True):
        assert rep.t_top == pytest.approx(true.t_top, abs=0.1)
        assert np.degrees(rep.rom) == pytest.approx(np.degrees(true.rom), abs=4.0)


def test_a_lost_thigh_makes_the_knee_unknown_and_nothing_else() -> None:
    whole, truth = analysed(f"{CURLS},seed=1")
    lost, _ = analysed(f"{CURLS},seed=1,thigh_dropouts_s={LOST_S[0]:.0f}+5")
    for before, angles in (
        (whole.live_angles, lost.live_angles),
        (whole.offline_angles, lost.offline_angles),
    ):
        # The ankle does not change by a bit, though a sensor that is not beside it is silent.
        for name in ("t", "ankle", "ankle_rate", "valid", "uncertainty", "shin_turn"):
            assert getattr(angles, name).tobytes() == getattr(before, name).tobytes()
        silent = (angles.t > LOST_S[0] + 0.1) & (angles.t < LOST_S[1])
        assert angles.valid[silent].all()
        assert not angles.curl_valid[silent].any()
        # Known again soon, and right where it is known: nothing is guessed.
        assert angles.curl_valid[angles.t > LOST_S[1] + 1.0][:500].all()
        assert rmse_deg(angles.curl, angles, truth, truth.knee) < 2.0
    (training_set,) = lost.sets
    for reps in (training_set.reps, training_set.live):
        assert reps[0].withheld is None
        withheld = reps[1].withheld
        assert withheld is not None
        assert withheld.cause is WithheldCause.GAP
        assert withheld.segments == (Segment.THIGH,)


def test_a_glute_ham_raise_turns_the_thigh_and_not_the_shin() -> None:
    truth = simulate(parse_simulation(f"{RAISES},unsteady_deg=0,tremor_deg=0")).truth
    assert truth.knee is not None
    assert np.degrees(np.ptp(truth.shin_turn)) < 0.01
    assert np.degrees(np.ptp(truth.knee)) == pytest.approx(105.0, abs=12.0)


def test_the_knee_is_found_without_marks() -> None:
    analysis, truth = analysed(f"{CURLS},marks=no,seed=3")
    assert analysis.calibration_origin == "the recording's own movement"
    assert rmse_deg(analysis.offline_angles.curl, analysis.offline_angles, truth, truth.knee) < 3.0


@pytest.mark.parametrize(("worn", "columns"), [("yes", True), ("no", False)])
def test_only_a_thigh_sensor_adds_the_column_of_the_knee(
    worn: str, columns: bool, tmp_path: Path
) -> None:
    analysis, truth = analysed(f"sim:sets=1,reps=1,thigh={worn}")
    write_angles(tmp_path / "angles.csv", analysis)
    with (tmp_path / "angles.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert ("knee_deg" in rows[0]) is columns
    if columns:
        known = [row for row in rows if row["knee_deg"] != "nan"]
        knee = np.array([float(row["knee_deg"]) for row in known])
        t = np.array([float(row["t_s"]) for row in known])
        assert truth.knee is not None
        true = np.degrees(np.interp(t, truth.t, truth.knee))
        assert float(np.sqrt(np.mean((knee - true) ** 2))) < 2.0


def angles_of(source: str, recording: Path | None, batch_s: float) -> list[AngleBlock]:
    blocks: list[AngleBlock] = []

    def listen(outputs: Sequence[SessionOutput]) -> None:
        blocks.extend(one for one in outputs if isinstance(one, AngleBlock))

    session = Session(open_source(source, speed=None), listen, recording=recording, batch_s=batch_s)
    asyncio.run(session.run())
    return blocks


def test_live_replayed_and_analysed_give_the_same_bits(tmp_path: Path) -> None:
    path = tmp_path / "session.mcap"
    text = f"{RAISES},seed=5,loss_percent=1,reps=1,thigh_dropouts_s=30+2"
    live = join_blocks(angles_of(text, path, 0.2))
    replayed = join_blocks(angles_of(f"file:{path}", None, 1.3))
    found = analyse(open_recording(path)).live_angles
    lost = (live.t > 30.5) & (live.t < 31.5)
    assert live.valid[lost].all()
    assert not live.curl_valid[lost].any()
    for field in fields(AngleBlock):
        bits = getattr(live, field.name).tobytes()
        assert getattr(replayed, field.name).tobytes() == bits
        assert getattr(found, field.name).tobytes() == bits
