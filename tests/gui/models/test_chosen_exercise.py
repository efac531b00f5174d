"""The choice of an exercise, which comes back with its own protocol and load."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gui.models.chosen_exercise import exercise_choice, own_exercises, refused_exercises
from gui.models.settings import Settings, changed
from gui.shell.window import MainWindow
from processing.exercises.exercise_file import exercise_named, load_exercise, own_folder
from sensor.errors import DocumentError


def test_each_exercise_keeps_its_own_load_and_protocol() -> None:
    curls = Settings(load=45.0, protocol="A")
    raises = changed(curls, **exercise_choice(curls, "heel_raise"))
    # The first heel raises are done with the bodyweight alone.
    assert (raises.load, raises.protocol) == (0.0, "raise-3-0-3")
    loaded = changed(raises, load=10.0, protocol="raise-2-2-2")
    again = changed(loaded, **exercise_choice(loaded, "leg_curl"))
    assert (again.load, again.protocol) == (45.0, "A")
    back = changed(again, **exercise_choice(again, "heel_raise"))
    assert (back.load, back.protocol) == (10.0, "raise-2-2-2")


def test_a_leg_curl_after_other_exercises_alone_begins_with_the_usual_load() -> None:
    first = Settings(exercise="heel_raise", load=5.0, protocol="free")
    assert exercise_choice(first, "leg_curl")["load"] == Settings().load


def test_own_exercises_may_follow_and_refused_ones_are_named_with_key_and_reason() -> None:
    built_in = (Path(__file__).parents[2] / "data" / "exercise_v1.toml").read_text()
    right = built_in.replace('key = "heel_raise"', 'key = "my_raise"')
    wrong = right.replace('driving = "plantarflexion"', 'driving = "knee"')
    assert wrong != right
    folder = own_folder()
    folder.mkdir(parents=True)
    (folder / "right.toml").write_text(right)
    (folder / "wrong.toml").write_text(wrong)
    (own,) = own_exercises()
    assert own == load_exercise(folder / "right.toml")
    (error,) = refused_exercises()
    assert all(word in str(error) for word in ("wrong.toml", "driving", "thigh"))


def test_an_own_exercise_with_the_key_of_a_built_in_one_is_refused() -> None:
    built_in = (Path(__file__).parents[2] / "data" / "exercise_v1.toml").read_text()
    folder = own_folder()
    folder.mkdir(parents=True)
    (folder / "my_raise.toml").write_text(built_in)
    assert own_exercises() == ()
    (error,) = refused_exercises()
    assert all(word in str(error) for word in ("my_raise.toml", "key", "heel_raise"))
    with pytest.raises(DocumentError, match="comes with the program"):
        exercise_named("my_raise")


def test_the_window_opens_and_names_a_refused_exercise(
    open_window: Callable[..., MainWindow],
) -> None:
    folder = own_folder()
    folder.mkdir(parents=True)
    (folder / "hostile.toml").write_bytes(b"\x00\xff" * 500)
    assert "hostile.toml" in open_window().banner.text.text()
