"""The comparison of two checkouts: its numbers, texts and differences."""

import json
from pathlib import Path

import numpy as np
import pytest
from mcap.writer import Writer

from tests.benchmarks.identical import bits
from tests.benchmarks.identical.compare import (
    Outcome,
    different_texts,
    first_difference,
    load,
    save,
)
from tests.benchmarks.identical.outputs import (
    Output,
    read_bits,
    read_console,
    read_json,
    read_recording,
    read_table,
)
from tests.benchmarks.identical.table import Table

REP = {"number": 1, "verdict": "miss", "reason": "lowered in 1.4 s", "rom_deg": 98.25, "checks": []}


def as_json(**changed: object) -> Output:
    return read_json(json.dumps({"reps": [REP | changed]}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rom_deg", 98.25000000000001),
        ("number", 2),
        ("rom_deg", -98.25),
        ("verdict", "near"),
        ("checks", [None]),
        ("reason", None),
        ("partial", False),
    ],
)
def test_a_changed_number_name_or_shape_is_a_difference(key: str, value: object) -> None:
    found = first_difference(as_json(), as_json(**{key: value}))
    assert found is not None
    assert f"reps[0].{key}" in str(found)


def test_a_whole_number_may_be_written_with_a_point_but_keeps_its_sign() -> None:
    assert first_difference(read_json("[120, 1e3]"), read_json("[120.0, 1000]")) is None
    assert first_difference(read_json("[0.0]"), read_json("[-0.0]")) is not None


def test_a_sentence_may_change_and_is_shown() -> None:
    was, now = as_json(), as_json(reason="lowered within 1.4 s")
    assert first_difference(was, now) is None
    assert different_texts(was, now) == [("lowered in 1.4 s", "lowered within 1.4 s")]


def test_printed_numbers_are_compared_apart_from_their_words() -> None:
    was = read_console("35.1 s  rep 1: −12° up\n36.0 s  good\n")
    now = read_console("35.1 s  repetition 1: −12° up\n36.0 s  good\n")
    assert [number for _, number in was.values] == ["35.1", "1", "−12", "36.0"]
    assert first_difference(was, now) is None
    assert different_texts(was, now) == [("# s  rep #: #° up", "# s  repetition #: #° up")]
    assert first_difference(was, read_console("35.1 s  rep 1: 12° up\n36.0 s  good\n")) is not None


def test_the_first_row_that_changed_is_named(tmp_path: Path) -> None:
    path = tmp_path / "angles.csv"
    tables = []
    for last in ("2.000", "2.001", "2.000\n0.03,2.5"):
        path.write_text(f"t_s,ankle_deg\n0.01,1.000\n0.02,{last}\n", encoding="utf-8")
        tables.append(read_table(path))
    assert first_difference(tables[0], tables[0]) is None
    assert str(first_difference(tables[0], tables[1])) == (
        "row 2 (t_s,ankle_deg): 0.02,2.001, was 0.02,2.000 (1 gone, 1 new)"
    )
    assert first_difference(tables[0], tables[2]) is not None


def test_a_missing_or_empty_output_is_a_difference() -> None:
    assert first_difference(as_json(), None) is not None
    assert first_difference(None, as_json()) is not None
    assert first_difference(as_json(), Output(())) is not None


def test_every_bit_must_be_present_in_any_order() -> None:
    angle = np.linspace(0.0, 1.0, 5)
    was = read_bits("\n".join(bits.numbers({"ankle": angle, "curl": 0.1})))
    moved = read_bits("\n".join(bits.numbers([0.1, 7.0, {"dorsiflexion": (angle,)}])))
    assert first_difference(was, moved) is None
    for changed in ([angle, np.nextafter(0.1, 1.0)], [np.nextafter(angle, 2.0), 0.1]):
        now = read_bits("\n".join(bits.numbers(changed)))
        assert "(1 gone, 1 new)" in str(first_difference(was, now))


def recorded(path: Path, order: str, payload: bytes) -> Output:
    """Record three items, whose place in the file is given by ``order``."""
    with path.open("wb") as file:
        writer = Writer(file)
        writer.start()
        event = writer.register_channel("/event", "json", 0)
        sensor = writer.register_channel("/sensor/a/b", "x-toepoint-notification", 0)
        items = {
            "s": (sensor, 10, payload),
            "c": (event, 12, b'{"kind": "count", "data": {"rep": 1}}'),
            "l": (event, 11, b'{"kind": "link", "data": {}}'),
        }
        for number, key in enumerate(order):
            channel, t_ns, data = items[key]
            writer.add_message(channel, t_ns, data, t_ns, number)
        writer.finish()
    return read_recording(path)


def test_items_of_a_recording_may_interleave_but_not_change(tmp_path: Path) -> None:
    path = tmp_path / "session.mcap"
    was = recorded(path, "scl", b"\x01")
    assert first_difference(was, recorded(path, "lsc", b"\x01")) is None
    assert first_difference(was, recorded(path, "scl", b"\x02")) is not None
    assert first_difference(was, recorded(path, "sc", b"\x01")) is not None


def test_stored_outcomes_are_read_back_unchanged(tmp_path: Path) -> None:
    kept: dict[str, Outcome] = {
        "b_good": {"analyse": as_json(), "bits": read_bits("number 0x1p+0")},
        "demo": "exit 1",
    }
    save(tmp_path / "kept.json", kept)
    assert load(tmp_path / "kept.json") == kept


def test_the_totals_count_differences_failures_and_texts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = Table()
    table.add("one", {"a": as_json()}, {"a": as_json(reason="slower")})
    table.add("two", {"a": as_json(), "b": as_json()}, {"a": as_json(rom_deg=1.0), "b": as_json()})
    table.add("three", {"a": as_json()}, "analyse: exit code 1")
    table.add("four", "no outputs are stored", {"a": as_json()})
    table.finish()
    assert (table.same, table.different, len(table.texts)) == (2, 3, 1)
    assert "reps[0].rom_deg: 1, was 98.25" in capsys.readouterr().out
