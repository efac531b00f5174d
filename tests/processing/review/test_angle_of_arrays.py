"""The ankle angle of one's own arrays, in one call."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from gui.cli.main import main
from processing.review.analysis import analyse
from processing.review.angle_of_arrays import ankle_angle
from processing.session import Session, SessionOutput
from processing.types import AngleBlock, join_blocks
from sensor.errors import TableError
from sensor.sources import open_source
from tests.gui.cli.test_cli import write_hinge

ARRAYS = ("t", "shin_acc", "shin_gyr", "foot_acc", "foot_gyr")


def hinge(path: Path) -> dict[str, np.ndarray]:
    write_hinge(path)
    table = np.genfromtxt(path, delimiter=",", names=True)
    vectors = {
        f"{s}_{k}": np.column_stack([table[f"{s}_{k}_{a}_{u}"] for a in "xyz"])
        for s in ("shin", "foot")
        for k, u in (("acc", "mps2"), ("gyr", "radps"))
    }
    return {"t": table["t_s"], "reference_deg": table["reference_deg"], **vectors}


def test_the_angle_of_a_known_hinge_is_found(tmp_path: Path) -> None:
    data = hinge(tmp_path / "hinge.csv")
    reference = data.pop("reference_deg")
    for offline in (False, True):
        angles = ankle_angle(*(data[n] for n in ARRAYS), offline=offline)
        truth = np.interp(angles.t, data["t"], reference)
        found = np.degrees(angles.ankle)
        use = angles.valid
        sign = np.sign(np.corrcoef(found[use], truth[use])[0, 1])
        assert float(np.std(sign * found[use] - truth[use])) < 1.0


def test_the_same_data_give_the_same_bits_as_a_recording(tmp_path: Path) -> None:
    table, recording = tmp_path / "hinge.csv", tmp_path / "hinge.mcap"
    data = hinge(table)
    del data["reference_deg"]
    assert main(["import", str(table), "-o", str(recording)]) == 0
    analysis = analyse(recording)
    angles = ankle_angle(*(data[n] for n in ARRAYS), calibration=analysis.calibration)
    assert np.array_equal(angles.ankle, analysis.live_angles.ankle)
    updates: list[SessionOutput] = []
    session = Session(
        open_source(f"file:{recording}", speed=None),
        updates.extend,
        calibration=analysis.calibration,
    )
    asyncio.run(session.run())
    live = join_blocks([u for u in updates if isinstance(u, AngleBlock)])
    assert np.array_equal(live.ankle, angles.ankle)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("t", np.zeros(4000)),
        ("t", np.arange(3999.0)),
        ("shin_acc", np.zeros((4000, 2))),
        ("foot_gyr", np.full((4000, 3), np.nan)),
        ("foot_acc", np.full((4000, 3), "up")),
    ],
)
def test_arrays_that_do_not_fit_are_named(tmp_path: Path, name: str, value: np.ndarray) -> None:
    data = hinge(tmp_path / "hinge.csv")
    del data["reference_deg"]
    data[name] = value
    with pytest.raises(TableError) as caught:
        ankle_angle(*(data[n] for n in ARRAYS))
    assert caught.value.path is None
    assert name in str(caught.value)
