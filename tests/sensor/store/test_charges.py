"""Tests of the remembered charges of sensors."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from sensor.store.charges import CHARGES, Charge, load_charges, remember_charges

DATA = Path(__file__).parents[2] / "data"
NOON = datetime(2026, 3, 2, 13, 0, tzinfo=timezone(timedelta(hours=1)))


def test_a_charge_that_is_not_told_leaves_the_last_one_known(tmp_path: Path) -> None:
    path = tmp_path / "charges.json"
    assert load_charges(path) == {}
    remember_charges({"AA:01": 61.0, "AA:02": None}, NOON, path)
    remember_charges({"AA:01": None}, NOON + timedelta(days=1), path)
    assert load_charges(path) == {
        "AA:01": Charge("AA:01", 61.0, "2026-03-03T12:00:00+00:00"),
        "AA:02": Charge("AA:02", None, "2026-03-02T12:00:00+00:00"),
    }


def test_a_list_of_version_1_is_read_and_written_as_it_was(tmp_path: Path) -> None:
    before = DATA / "charges_v1.json"
    assert load_charges(before)["C7:36:4A:1B:E2:0D"].percent == 61.0
    CHARGES.save(list(load_charges(before).values()), tmp_path / "charges.json")
    assert (tmp_path / "charges.json").read_bytes() == before.read_bytes()
