"""Exercises in files: the built-in ones, own ones, and what is refused."""

from pathlib import Path

import pytest

from processing.exercises.exercise import Driving
from processing.exercises.exercise_file import (
    built_in,
    built_in_keys,
    exercise_named,
    exercise_table,
    parse_exercise,
    read_exercise,
)
from sensor.documents.origin import Origin
from sensor.errors import DocumentError, DocumentFault
from sensor.types import Segment

OWN = """
format = 1
key = "toe_raise"
driving = "plantarflexion"
sensors = ["shin", "foot"]
calibration = ["still", "pumps"]
checks = ["rom"]
picture = "heel_raise"

[start]
pose = "seated"

[reps]
start_deg = 5
turn_deg = 4
leave_deg = 2
smallest_deg = 10
most_shin_percent = 50

[words.en]
name = "Toe raise"
start = "Sit with the foot flat"
lift = "up"
top = "hold"
lower = "down"
bottom = "rest"
angle = "heel height"
"""


def refused(text: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        parse_exercise(text.encode(), "own.toml")
    assert caught.value.fault is DocumentFault.CONTENT
    return caught.value


@pytest.mark.parametrize("key", built_in_keys())
def test_every_built_in_exercise_has_its_key_and_words_and_survives_a_head(key: str) -> None:
    exercise = built_in(key)
    assert exercise.key == key
    assert {"en", "de"} <= set(exercise.words)
    assert read_exercise(exercise_table(exercise), Origin("a head")) == exercise


def test_the_leg_curl_names_every_limit_as_it_always_was() -> None:
    reps = built_in("leg_curl").reps
    figures = (reps.start_deg, reps.turn_deg, reps.leave_deg, reps.smallest_deg, reps.longest_s)
    assert figures == (8.0, 5.0, 3.0, 30.0, 20.0)
    assert (reps.pose_deg, reps.left_deg, reps.below_deg, reps.most_shin_percent) == (
        15,
        15,
        8,
        None,
    )


def test_an_own_exercise_is_found_in_its_folder_by_its_name_and_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "toe_raise.toml").write_text(OWN, encoding="utf-8")
    found = exercise_named("toe_raise", tmp_path)
    assert found == exercise_named(str(tmp_path / "toe_raise.toml"))
    assert found.driving is Driving.PLANTARFLEXION
    assert found.words_in("de").name == "Toe raise"


def test_an_unknown_name_lists_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "toe_raise.toml").write_text(OWN, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"heel_raise.*leg_curl.*toe_raise") as caught:
        exercise_named("squat", tmp_path)
    assert caught.value.fault is DocumentFault.MISSING


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ('driving = "plantarflexion"', 'driving = "hip"', "driving", "thigh"),
        ('driving = "plantarflexion"', 'driving = "twist"', "driving", "one of"),
        ('sensors = ["shin", "foot"]', 'sensors = ["shin"]', "driving", "foot"),
        ('checks = ["rom"]', 'checks = ["hold"]', "checks", "no band"),
        ('["still", "pumps"]', '["still"]', "calibration", "no axis"),
        ('["still", "pumps"]', '["pumps", "still"]', "calibration", "pose"),
        ("turn_deg = 4", "turn_deg = 6", "reps.turn_deg", "start_deg"),
        ("smallest_deg = 10", "smallest_deg = 1000", "reps.smallest_deg", "0.5 to 120"),
        ('pose = "seated"', 'pose = "floating"', "start.pose", "one of"),
        ('angle = "heel height"', "", "words.en.angle", "missing"),
        ("format = 1", "format = 1\ncolour = 3", "colour", "colour"),
        ('key = "toe_raise"', 'key = "Toe raise"', "key", "small letters"),
        ('checks = ["rom"]', 'checks = ["knee"]', "checks", "thigh"),
        ('["still", "pumps"]', '["still", "hinges"]', "calibration", "thigh"),
        ("format = 1", 'format = 1\nfallback_arm = "mark"', "fallback_arm", "no fallback"),
        ("[start]", "[fallback_reps]\n[start]", "fallback_reps", "no fallback"),
    ],
)
def test_a_contradiction_is_refused_with_its_key_and_reason(
    old: str, new: str, where: str, words: str
) -> None:
    assert old in OWN
    error = refused(OWN.replace(old, new))
    assert error.where == where
    assert words in str(error)


def test_a_check_of_the_toes_needs_the_movement_that_shows_their_range() -> None:
    curl = OWN.replace('"plantarflexion"', '"curl"').replace("most_shin_percent = 50", "")
    with_hold = curl.replace('checks = ["rom"]', 'checks = ["rom", "hold"]')
    assert parse_exercise(with_hold.encode(), "own.toml").checks == ("rom", "hold")
    error = refused(with_hold.replace('"pumps"', '"curls"'))
    assert (error.where, error.value) == ("checks", "hold")
    assert "pumps" in str(error)


def test_an_angle_of_an_optional_sensor_needs_a_fallback_that_is_always_known() -> None:
    knee = (
        OWN.replace('driving = "plantarflexion"', 'driving = "knee"\noptional = ["thigh"]')
        .replace('"pumps"', '"curls"')
        .replace("most_shin_percent = 50", "")
    )
    assert "fallback" in str(refused(knee))
    assert refused(knee.replace("\noptional", '\nfallback = "hip"\noptional')).where == "fallback"
    found = parse_exercise(
        knee.replace("\noptional", '\nfallback = "curl"\noptional').encode(), "x"
    )
    assert found.driving_with(["shin", "foot"]) is Driving.CURL
    assert found.driving_with(["shin", "foot", "thigh"]) is Driving.KNEE
    assert found.driving_with(["foot"]) is None
    assert found.missing(["foot"]) == (Segment.SHIN,)
    other_way = knee.replace("\noptional", '\nfallback = "curl"\noptional')
    error = refused(other_way + '\n[fallback_reps]\nfirst = "lowering"\n')
    assert error.where == "fallback_reps.first"


def test_what_needs_a_sensor_that_is_never_worn_is_refused() -> None:
    tilt = (
        OWN.replace('"plantarflexion"', '"shin_inclination"')
        .replace('sensors = ["shin", "foot"]', 'sensors = ["shin"]')
        .replace("most_shin_percent = 50", "")
    )
    assert parse_exercise(tilt.encode(), "own.toml").driving is Driving.SHIN_INCLINATION
    error = refused(tilt.replace('checks = ["rom"]', 'checks = ["hold"]'))
    assert (error.where, error.value, error.allowed) == ("checks", "hold", "sensors on shin, foot")
    measured = tilt.replace('checks = ["rom"]', 'measures = ["dorsiflexion"]').replace(
        'pose = "seated"', 'pose = "seated"\narm = "mark"'
    )
    error = refused(measured)
    assert (error.where, error.value) == ("measures", "dorsiflexion")
    assert "foot" in str(error)


def test_the_knee_is_no_note_where_it_drives() -> None:
    curl = OWN.replace('"plantarflexion"', '"knee"').replace("most_shin_percent = 50", "")
    worn = curl.replace('["shin", "foot"]', '["shin", "foot", "thigh"]')
    error = refused(worn.replace('checks = ["rom"]', 'checks = ["knee"]'))
    assert (error.where, error.value) == ("checks", "knee")
    assert "drives" in str(error)
