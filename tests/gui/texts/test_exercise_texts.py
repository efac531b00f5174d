"""Driving angles and the troubles of exercises have their words in every language."""

import pytest

from gui.texts.catalogue import ENGLISH, GERMAN, TEXTS, Texts
from processing.exercises.exercise import Driving
from processing.exercises.exercise_file import built_in
from processing.exercises.exercise_troubles import ExerciseFault, ExerciseTrouble
from sensor.types import Segment

DEADLIFT = ExerciseTrouble(
    ExerciseFault.OTHER_ANGLE,
    "stiff_legged_deadlift",
    names={"en": "Stiff-legged deadlift", "de": "Kreuzheben mit gestreckten Beinen"},
    lacking=(Segment.PELVIS,),
    counted_by=Driving.THIGH_TURN,
)


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_every_trouble_and_angle_has_words_with_its_facts(texts: Texts) -> None:
    words = texts.exercises
    assert len({words.driving_angle(what) for what in Driving}) == len(Driving)
    for fault in ExerciseFault:
        said = words.exercise_trouble(
            ExerciseTrouble(fault, "handstand", lacking=(Segment.SHIN,), detail="handstand: bad")
        )
        assert "handstand" in said
        assert not said.endswith(".")


def test_the_angle_that_stands_in_is_named() -> None:
    english, german = (one.exercises.exercise_trouble(DEADLIFT) for one in (ENGLISH, GERMAN))
    assert english == (
        "Stiff-legged deadlift: there is no sensor on the pelvis; reps are counted by the thigh turn"
    )
    assert german == (
        "Kreuzheben mit gestreckten Beinen: Becken ohne Sensor; gezählt wird nach: Oberschenkeldrehung"
    )


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_every_variant_of_a_heel_raise_has_its_word(texts: Texts) -> None:
    options = built_in("heel_raise").variants.options()
    words = [texts.exercises.variant(name, one) for name, all_ in options.items() for one in all_]
    assert len(set(words)) == len(words) == 7
    assert len({texts.exercises.variant_title(name) for name in options}) == 3
