"""The choice of an exercise, which comes back with its own protocol and load."""

from gui.models.chosen_exercise import exercise_choice
from gui.models.settings import Settings, changed


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
