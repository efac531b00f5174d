"""A saved calibration is read back without loss; every bad field is refused by name."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.calibration.calibration_file import (
    LARGEST,
    calibration_text,
    load_calibration,
    parse_calibration,
)
from processing.motion.calibrated import (
    Calibration,
    CalibrationQuality,
    KneeCalibration,
    SensorCalibration,
)
from sensor.errors import DocumentError, DocumentFault

SENSOR = SensorCalibration(
    (0.01, -0.02, 0.003), (0.1, 0.2, -0.3), (0.0, 0.6, 0.8), (0.1, 0.0, 0.02), (0.0, 9.8, 0.5)
)
QUALITY = CalibrationQuality(1.2, 1.1, 0.4, 3.0, 0.2, 0.1, 5.0, 3.0)
CALIBRATION = Calibration(
    SENSOR, SENSOR, (1.0, 0.0, 0.0), (0.0, 9.8, 0.5), QUALITY,
    dorsiflexion_max=0.25, plantarflexion_max=0.8, reference_rom=1.8,
    origin="marked movements", created_utc="2026-01-01T12:00:00+00:00", sensors=("aa", "bb"),
)  # fmt: skip
WORN = replace(CALIBRATION, knee=KneeCalibration(SENSOR, SENSOR))

DATA = Path(__file__).parents[2] / "data"
finite = st.floats(-LARGEST, LARGEST)


def parsed(data: object) -> Calibration:
    """Return the calibration of a file with the fields ``data``."""
    return parse_calibration(json.dumps(data).encode(), "x.json")


def fields() -> dict[str, Any]:
    """Return the fields of a file, with those of the knee."""
    written: dict[str, Any] = json.loads(calibration_text(WORN))
    return written


@given(finite, st.none() | finite, st.text(), st.lists(st.text()))
def test_a_calibration_is_read_back_without_loss(
    angle: float, reach: float | None, origin: str, sensors: list[str]
) -> None:
    changed = replace(
        WORN,
        neutral_angle=angle,
        dorsiflexion_max=reach,
        origin=origin,
        sensors=tuple(sensors),
    )
    assert parse_calibration(calibration_text(changed).encode(), "x.json") == changed


@pytest.mark.parametrize(
    ("path", "value", "where", "says"),
    [
        (("version",), "1", "version", "whole number from 1"),
        (("version",), True, "version", "whole number from 1"),
        (("shin",), 5, "shin", "5 must be a table"),
        (("shin", "lever_arm"), [1.0, 2.0], "shin.lever_arm", "three finite numbers"),
        (("foot", "joint_axis"), [1.0, 1.0, 0.0], "foot.joint_axis", "length one"),
        (("curl_axis",), [0.0, 0.0, 0.0], "curl_axis", "length one"),
        (("foot", "gyr_offset"), [1.0, "2", 3.0], "foot.gyr_offset", "three finite numbers"),
        (("quality", "still_dps"), None, "quality.still_dps", "None must be a finite number"),
        (("reference_rom",), "wide", "reference_rom", "'wide' must be a finite number"),
        (("origin",), 3, "origin", "3 must be a text"),
        (("sensors",), "aa", "sensors", "'aa' must be a list"),
        (("sensors",), ["aa", 3], "sensors[2]", "3 must be a text"),
        (("orgin",), 1, "orgin", 'did you mean "origin"'),
        (("knee", "thigh", "lever_arm"), [1.0], "knee.thigh.lever_arm", "three finite numbers"),
    ],
)
def test_a_wrong_field_is_named(
    path: tuple[str, ...], value: object, where: str, says: str
) -> None:
    data = fields()
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(DocumentError, match=says) as caught:
        parsed(data)
    assert caught.value.where == where
    assert str(caught.value).startswith(f"x.json: {where}: ")
    assert "calibrate again" in str(caught.value)


@pytest.mark.parametrize("name", ["shin", "quality", "neutral_angle", "origin"])
def test_a_missing_field_is_named(name: str) -> None:
    data = fields()
    del data[name]
    with pytest.raises(DocumentError, match="it is missing") as caught:
        parsed(data)
    assert caught.value.where == name


def test_another_kind_of_file_is_refused_with_its_kind() -> None:
    with pytest.raises(DocumentError, match="it is not a calibration") as caught:
        parsed(fields() | {"type": "something else"})
    assert caught.value.fault is DocumentFault.ANOTHER_KIND


def test_a_newer_version_is_refused_with_its_number() -> None:
    with pytest.raises(DocumentError, match="update Toepoint") as caught:
        parsed(fields() | {"version": 5})
    assert caught.value.fault is DocumentFault.NEWER_VERSION


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_not_finite_is_refused(bad: str) -> None:
    text = calibration_text(CALIBRATION).replace('"neutral_angle": 0.0', f'"neutral_angle": {bad}')
    with pytest.raises(DocumentError):
        parse_calibration(text.encode(), "x.json")


def test_a_calibration_of_format_1_is_read() -> None:
    stored = json.loads((DATA / "calibration_v1.json").read_bytes())
    assert stored["version"] == 1
    read = load_calibration(DATA / "calibration_v1.json")
    assert list(read.foot.joint_axis) == stored["foot"]["ankle_axis"]
    assert read.neutral_angle == stored["neutral_angle"]
    assert read.knee is None
    assert parse_calibration(calibration_text(read).encode(), "x.json") == read


def test_a_calibration_of_format_2_is_read() -> None:
    read = load_calibration(DATA / "calibration_v2.json")
    assert read.knee is not None
    assert read.hip is None
    assert parse_calibration(calibration_text(read).encode(), "x.json") == read


def test_a_calibration_of_format_3_is_read() -> None:
    read = load_calibration(DATA / "calibration_v3.json")
    assert read.quality.axis_deg == read.quality.shin_axis_deg == 0.0
    assert parse_calibration(calibration_text(read).encode(), "x.json") == read


def test_a_calibration_of_format_4_is_read_and_written_unchanged() -> None:
    path = DATA / "calibration_v4.json"
    read = load_calibration(path)
    assert read.hip is not None
    assert calibration_text(read) == path.read_text(encoding="utf-8")
