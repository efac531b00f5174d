"""A saved calibration: there and back without loss, and every bad text refused by name."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.motion.calibrated import (
    Calibration,
    CalibrationError,
    CalibrationFault,
    CalibrationQuality,
    KneeCalibration,
    SensorCalibration,
)

SENSOR = SensorCalibration(
    (0.01, -0.02, 0.003), (0.1, 0.2, -0.3), (0.0, 0.6, 0.8), (0.1, 0.0, 0.02), (0.0, 9.8, 0.5)
)
QUALITY = CalibrationQuality(1.2, 0.4, 3.0, 0.2, 0.1, 5.0)
CALIBRATION = Calibration(
    SENSOR, SENSOR, (1.0, 0.0, 0.0), (0.0, 9.8, 0.5), QUALITY,
    dorsiflexion_max=0.25, plantarflexion_max=0.8, reference_rom=1.8,
    origin="marked movements", created_utc="2026-01-01T12:00:00+00:00", sensors=("aa", "bb"),
)  # fmt: skip

OLD = Path(__file__).parents[2] / "data" / "calibration_v1.json"
finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, st.none() | finite, st.text(), st.lists(st.text()))
def test_there_and_back_without_loss(
    angle: float, reach: float | None, origin: str, sensors: list[str]
) -> None:
    changed = replace(
        CALIBRATION,
        neutral_angle=angle,
        dorsiflexion_max=reach,
        origin=origin,
        sensors=tuple(sensors),
    )
    assert Calibration.from_json(changed.to_json()) == changed


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("type",), "something else", "type"),
        (("version",), "1", "version"),
        (("version",), True, "version"),
        (("shin",), 5, "shin"),
        (("shin", "lever_arm"), [1.0, 2.0], "shin.lever_arm"),
        (("foot", "joint_axis"), [1.0, 1.0, 0.0], "foot.joint_axis"),
        (("curl_axis",), [0.0, 0.0, 0.0], "curl_axis"),
        (("foot", "gyr_offset"), [1.0, "2", 3.0], "foot.gyr_offset"),
        (("quality", "still_dps"), None, "quality.still_dps"),
        (("reference_rom",), "wide", "reference_rom"),
        (("origin",), 3, "origin"),
        (("sensors",), "aa", "sensors"),
        (("unheard_of",), 1, "unheard_of"),
    ],
)
def test_a_wrong_field_is_named(path: tuple[str, ...], value: object, where: str) -> None:
    data = json.loads(CALIBRATION.to_json())
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(CalibrationError) as caught:
        Calibration.from_json(json.dumps(data))
    assert caught.value.where == where
    assert caught.value.fault is CalibrationFault.FORMAT


@pytest.mark.parametrize("name", ["shin", "quality", "neutral_angle", "origin"])
def test_a_missing_field_is_named(name: str) -> None:
    data = json.loads(CALIBRATION.to_json())
    del data[name]
    with pytest.raises(CalibrationError) as caught:
        Calibration.from_json(json.dumps(data))
    assert caught.value.where == name


def test_a_newer_version_is_refused_as_such() -> None:
    data = json.loads(CALIBRATION.to_json())
    data["version"] = 3
    with pytest.raises(CalibrationError) as caught:
        Calibration.from_json(json.dumps(data))
    assert caught.value.fault is CalibrationFault.NEWER_VERSION


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(bad: str) -> None:
    text = CALIBRATION.to_json().replace('"neutral_angle": 0.0', f'"neutral_angle": {bad}')
    with pytest.raises(CalibrationError):
        Calibration.from_json(text)


@given(st.binary())
def test_any_bytes_are_refused_with_a_typed_error(data: bytes) -> None:
    with pytest.raises(CalibrationError):
        Calibration.from_json(data)


@given(st.integers(0, 2000))
def test_a_text_cut_short_is_refused_with_a_typed_error(length: int) -> None:
    text = CALIBRATION.to_json()
    with pytest.raises(CalibrationError):
        Calibration.from_json(text[: min(length, len(text) - 1)])


def test_a_calibration_of_format_1_is_read() -> None:
    text = OLD.read_text(encoding="utf-8")
    stored = json.loads(text)
    assert stored["version"] == 1
    read = Calibration.from_json(text)
    assert list(read.foot.joint_axis) == stored["foot"]["ankle_axis"]
    assert read.neutral_angle == stored["neutral_angle"]
    assert read.knee is None
    assert Calibration.from_json(read.to_json()) == read


def test_a_knee_comes_back_and_a_wrong_field_of_it_is_named() -> None:
    worn = replace(CALIBRATION, knee=KneeCalibration(SENSOR, SENSOR))
    assert Calibration.from_json(worn.to_json()) == worn
    data = json.loads(worn.to_json())
    data["knee"]["thigh"]["lever_arm"] = [1.0]
    with pytest.raises(CalibrationError) as caught:
        Calibration.from_json(json.dumps(data))
    assert caught.value.where == "knee.thigh.lever_arm"
