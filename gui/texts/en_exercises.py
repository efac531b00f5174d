"""Exercises and the troubles of recordings with them in English."""

from typing import assert_never

from processing.exercises.exercise import Driving
from processing.exercises.exercise_troubles import ExerciseFault, ExerciseTrouble
from processing.exercises.variants import VariantName


def driving_angle(what: Driving) -> str:
    """Return the name of a driving angle, as within a sentence."""
    match what:
        case Driving.CURL:
            return "curl angle"
        case Driving.PLANTARFLEXION:
            return "ankle angle"
        case Driving.KNEE:
            return "knee angle"
        case Driving.HIP:
            return "hip angle"
        case Driving.THIGH_TURN:
            return "thigh turn"
        case Driving.SHIN_INCLINATION:
            return "shin tilt"
        case _:
            assert_never(what)


def variant_title(name: VariantName) -> str:
    """Return the name of a choice among variants."""
    titles: dict[VariantName, str] = {"place": "Foot", "knee": "Knee", "legs": "Legs"}
    return titles[name]


def variant(name: VariantName, value: str) -> str:
    """Return the word of a variant of an exercise."""
    words: dict[VariantName, dict[str, str]] = {
        "place": {"floor": "on the floor", "step": "on a step", "seated": "seated"},
        "knee": {"straight": "knee straight", "bent": "knee bent"},
        "legs": {"one": "one leg", "two": "two legs"},
    }
    return words[name][value]


def exercise_trouble(found: ExerciseTrouble) -> str:
    """Return what is wrong with an exercise of a recording, and what is still shown."""
    name = found.name("en")
    match found.fault:
        case ExerciseFault.NOT_KNOWN_AT_START:
            return f'the recording names the exercise "{name}", which is not known; it is taken for leg curls'
        case ExerciseFault.NOT_KNOWN_LATER:
            return f'the recording names the exercise "{name}", which is not known; the one before it was kept'
        case ExerciseFault.TABLE_REFUSED:
            return f"{found.detail}; the recording is taken for leg curls"
        case ExerciseFault.NO_DRIVING_ANGLE:
            result = "no ranges are measured" if found.in_trials else "no reps are counted"
            return (
                f"{name}: there is no sensor on the {_places(found)}, so {result}; "
                "the angles of the sensors that are there are shown"
            )
        case ExerciseFault.OTHER_ANGLE:
            by = "" if found.counted_by is None else driving_angle(found.counted_by)
            return (
                f"{name}: there is no sensor on the {_places(found)}; reps are counted by the {by}"
            )
        case _:
            assert_never(found.fault)


def _places(found: ExerciseTrouble) -> str:
    return " and the ".join(found.lacking)
