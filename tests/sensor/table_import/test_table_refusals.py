"""A table that cannot be right is refused, and the error names its line and column."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sensor.errors import ImportFault, TableError
from sensor.recording import open_recording
from sensor.table_import import (
    import_table,
)
from sensor.types import Segment
from tests.drawn import examples
from tests.sensor.table_import.tables import (
    COLUMNS,
    good_lines,
    imported,
    lines_of,
    motion,
    refused,
    samples,
)


@pytest.mark.parametrize(
    ("old", "new", "fault", "says"),
    [
        ("t_s,", "time,", ImportFault.COLUMNS, "no column of time"),
        ("t_s,", "t_min,", ImportFault.UNIT, "'min'"),
        ("foot_gyr_z_radps", "foot_gyr_z_rpm", ImportFault.UNIT, "'rpm'"),
        ("foot_gyr_z_radps", "foot_gyr_z_g", ImportFault.UNIT, "'g'"),
        ("foot_gyr_z_radps", "foot_gyr_z", ImportFault.COLUMNS, "foot_gyr_z_radps (or in dps)"),
        ("foot_gyr_z_radps", "toe_gyr_z_radps", ImportFault.COLUMNS, "foot_gyr_z_radps"),
        ("foot_gyr_z_radps", "foot_gyr_y_radps", ImportFault.COLUMNS, "twice"),
        ("foot_gyr_z_radps", "foot_gyr_y_dps", ImportFault.COLUMNS, "already"),
        ("foot_gyr_z_radps", "t_ms", ImportFault.COLUMNS, "two columns of time"),
        ("foot_gyr_z_radps", "thigh_gyr_z_radps", ImportFault.COLUMNS, "foot_gyr_z"),
    ],
)
def test_wrong_columns_are_named(
    tmp_path: Path, old: str, new: str, fault: ImportFault, says: str
) -> None:
    lines = good_lines()
    lines = ["# comment", lines[0].replace(old, new), *lines[1:]]
    error = refused(tmp_path, lines)
    assert (error.fault, error.row) == (fault, 2)
    assert says in str(error)


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("nan", "nan"),
        ("inf", "inf"),
        ("-1e999", "inf"),
        ("", "empty"),
        ("n/a", "'n/a' is not a number"),
        ("1_0", "is not a number"),
        ("0x10", "is not a number"),
        ("=1+1", "is not a number"),
        ("1e5", "more than any sensor"),
    ],
)
def test_a_bad_value_is_named_by_line_and_column(tmp_path: Path, field: str, says: str) -> None:
    lines = good_lines()
    fields = lines[33].split(",")
    fields[4] = field
    lines[33] = ",".join(fields)
    error = refused(tmp_path, [*lines[:10], "", *lines[10:]])
    assert (error.fault, error.row, error.column) == (ImportFault.VALUE, 35, "shin_gyr_x_radps")
    assert says in str(error)


@pytest.mark.parametrize("change", [lambda x: x + ",1", lambda x: x.rsplit(",", 1)[0]])
def test_a_row_of_another_length_is_named(tmp_path: Path, change: Callable[[str], str]) -> None:
    lines = good_lines()
    lines[12] = change(lines[12])
    error = refused(tmp_path, lines)
    assert (error.fault, error.row) == (ImportFault.COLUMNS, 13)
    assert "fields under a header of 13" in str(error)


def test_a_decimal_comma_between_commas_is_explained(tmp_path: Path) -> None:
    lines = good_lines()
    error = refused(tmp_path, [lines[0], *(line.replace(".", ",") for line in lines[1:])])
    assert (error.fault, error.row) == (ImportFault.COLUMNS, 2)
    assert "decimal comma needs ;" in str(error)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", ImportFault.EMPTY),
        (b"# only a comment\n\n", ImportFault.EMPTY),
        (",".join(COLUMNS).encode(), ImportFault.EMPTY),
        ("\n".join(good_lines(1)).encode(), ImportFault.EMPTY),
        ("\n".join(good_lines()).encode("utf-16"), ImportFault.VALUE),
        (b"\x00" * 300, ImportFault.COLUMNS),
        (b"PK\x03\x04\xff\xfe", ImportFault.VALUE),
        (b"\n".join([b"1,2,3"] * 9), ImportFault.COLUMNS),
    ],
    ids=["nothing", "comment", "header", "one row", "utf-16", "zeros", "zip", "no header"],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, data: bytes, fault: ImportFault
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(TableError) as caught:
        import_table(path, tmp_path / "a.mcap")
    assert caught.value.fault is fault


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(TableError) as caught:
            import_table(path, tmp_path / "a.mcap")
        assert caught.value.fault is ImportFault.MISSING


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_bytes_is_a_typed_error_or_a_table(
    tmp_path: Path, data: st.DataObject
) -> None:
    original = "\n".join(good_lines(25)).encode()
    at = data.draw(st.integers(0, len(original)))
    junk = data.draw(st.binary(min_size=1, max_size=6) | st.sampled_from([b",", b"\n", b'"', b";"]))
    path = tmp_path / "table.csv"
    path.write_bytes(original[:at] + junk + original[at + data.draw(st.integers(0, 9)) :])
    try:
        report = import_table(path, tmp_path / "a.mcap", overwrite=True)
    except TableError:
        return
    t, values = samples(open_recording(report.recording), Segment.FOOT)
    assert len(t) == report.rows
    assert np.isfinite(values).all()
    assert (np.diff(t) > 0).all()


@pytest.mark.parametrize(
    ("named", "factor", "likely"),
    [
        ("mps2", 1 / 9.80665, "g"),
        ("mps2", 1000 / 9.80665, "mg"),
        ("g", 1.0, "mps2"),
        ("mg", 1 / 9.80665, "g"),
    ],
)
def test_a_wrong_unit_of_acceleration_is_found_by_gravity(
    tmp_path: Path, named: str, factor: float, likely: str
) -> None:
    values = motion(50)
    values[:, 6:9] *= factor
    lines = lines_of(np.arange(50) / 100, values)
    shin, foot = lines[0].split("foot", 1)
    lines[0] = f"{shin}foot{foot.replace('mps2', named)}"
    error = refused(tmp_path, lines)
    assert (error.fault, error.column) == (ImportFault.UNIT, f"foot_acc_x_{named}")
    assert f"look like {likely}:" in str(error)


def test_acceleration_without_gravity_is_refused(tmp_path: Path) -> None:
    values = motion(50)
    values[:, 2] -= 9.8
    values[:, :3] *= 0.01
    error = refused(tmp_path, lines_of(np.arange(50) / 100, values))
    assert (error.fault, error.column) == (ImportFault.UNIT, "shin_acc_x_mps2")
    assert "includes gravity" in str(error)


def with_foot_rates(factor: float, unit: str) -> list[str]:
    """Return a table in which the turn rates of the foot are scaled and named otherwise."""
    values = motion(50)
    values[:, 9:] *= factor
    lines = lines_of(np.arange(50) / 100, values)
    shin, foot = lines[0].split("foot", 1)
    lines[0] = f"{shin}foot{foot.replace('radps', unit)}"
    return lines


def test_a_doubtful_unit_of_angular_rate_is_remarked(tmp_path: Path) -> None:
    (remark,) = imported(tmp_path, with_foot_rates(0.01, "dps")).remarks
    assert "foot" in remark
    assert "(radps)?" in remark


def test_turn_rates_that_no_leg_has_are_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, with_foot_rates(57.3, "radps"))
    assert (error.fault, error.column) == (ImportFault.UNIT, "foot_gyr_x_radps")
    assert "foot_gyr_x_dps" in str(error)


@pytest.mark.parametrize(("unit", "factor"), [("radps", 57.3), ("dps", 1.0)])
def test_gravity_shows_the_unit_of_slow_turns(tmp_path: Path, unit: str, factor: float) -> None:
    # A rigid link that tilts by 40° in 10 s: its gravity turns as its gyroscope says.
    t = np.arange(2000) / 100
    angle = np.radians(20.0) * np.sin(2.0 * np.pi * 0.05 * t)
    still = np.zeros_like(t)
    acc = 9.81 * np.stack([-np.sin(angle), still, np.cos(angle)], axis=1)
    gyr = np.stack([still, np.gradient(angle, t), still], axis=1)
    good = np.concatenate([acc, gyr, acc, gyr], axis=1)
    assert imported(tmp_path, lines_of(t, good)).remarks == ()
    (tmp_path / "a.mcap").unlink()
    bad = lines_of(t, np.concatenate([acc, gyr, acc, factor * gyr], axis=1))
    shin, foot = bad[0].split("foot", 1)
    bad[0] = f"{shin}foot{foot.replace('radps', unit)}"
    error = refused(tmp_path, bad)
    assert (error.fault, error.column) == (ImportFault.UNIT, f"foot_gyr_x_{unit}")
