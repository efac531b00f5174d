"""Settings are read as they were saved, and an invalid one is named."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gui.models.settings import Settings, changed, load_settings, range_of, save_settings
from sensor.errors import DocumentError, DocumentFault, SettingError

BEFORE = Path(__file__).parents[2] / "data" / "settings_v1.json"


def test_settings_of_version_1_are_read_and_written_with_the_same_values(tmp_path: Path) -> None:
    settings = load_settings(BEFORE)
    assert settings.places == {
        "main": "1440x900+0+0 on HDMI-1",
        "coach": "800x600+10+20 maximized on eDP-1",
    }
    save_settings(settings, tmp_path / "settings.json")
    before, after = (json.loads(path.read_bytes()) for path in (BEFORE, tmp_path / "settings.json"))
    # Some settings are newer than that file, and two no longer exist.
    assert (after.pop("understood"), after.pop("protocols")) == ("", None)
    assert (after.pop("stop_rule"), after.pop("loads"), after.pop("plan")) == ("off", None, None)
    assert after.pop("athlete_key") == "first"
    assert after.pop("easy_week_answered") == ""
    assert all(after.pop(key) for key in ("show_streak", "show_next_day", "offer_easy_week"))
    assert after.pop("variants") is None
    assert after.pop("reduced_motion") is False
    # Who has used the program before needs no first steps.
    assert after.pop("first_step") == "done"
    # What it called the exercise is now the posture of a leg curl.
    assert (after.pop("version"), before.pop("version")) == (2, 1)
    assert (after.pop("exercise"), after.pop("posture")) == ("leg_curl", before.pop("exercise"))
    assert after == {k: v for k, v in before.items() if k not in ("shin_source", "foot_source")}
    assert list(after) == [key for key in before if key in after]


def test_an_exercise_and_its_protocols_are_read_from_version_2() -> None:
    settings = load_settings(BEFORE.with_name("settings_v2.json"))
    assert (settings.exercise, settings.posture) == ("heel_raise", "seated")
    assert settings.protocols == {"heel_raise": "free"}
    assert settings == replace(
        load_settings(BEFORE), exercise="heel_raise", protocols={"heel_raise": "free"}
    )


@pytest.mark.parametrize(
    ("key", "value", "where", "says"),
    [
        ("type", "other", "", "not a settings file"),
        ("version", 3, "", "update Toepoint"),
        ("theme", "drak", "theme", 'one of "dark", "light" .did you mean "dark"'),
        ("text_scale", 4, "text_scale", "4 must be a number from 0.75 to 3"),
        ("load", True, "load", "True must be a number from 0 to 1000"),
        ("bands_for", {"A": "soft"}, "bands_for.A", 'one of "relaxed"'),
        ("audio_delays_s", {"x": "1"}, "audio_delays_s.x", "finite number"),
        ("places", {"main": "here"}, "places.main", "such as 1440x900"),
        ("sound", 1, "sound", "true or false"),
    ],
)
def test_a_wrong_value_is_named(
    tmp_path: Path, key: str, value: object, where: str, says: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(json.loads(BEFORE.read_bytes()) | {key: value}))
    with pytest.raises(DocumentError, match=says) as caught:
        load_settings(path)
    assert caught.value.where == where
    assert str(path) in str(caught.value)


def test_without_a_file_the_defaults_apply(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()
    with pytest.raises(DocumentError) as caught:
        load_settings(tmp_path)
    assert caught.value.fault is DocumentFault.NOT_READABLE


@pytest.mark.parametrize(
    ("values", "key"),
    [({"volume": 1.5}, "volume"), ({"side": "both"}, "side"), ({"colour": "red"}, "colour")],
)
def test_a_change_that_is_not_allowed_names_the_key(values: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        changed(Settings(), **values)
    assert caught.value.key == key
    assert changed(Settings(), volume=1).volume == 1.0


def test_the_range_of_a_setting_is_known() -> None:
    assert range_of("load_step") == (0.1, 100.0)
    assert range_of("theme") is None
