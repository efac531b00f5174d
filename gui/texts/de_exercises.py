"""Exercises and the troubles of recordings with them in German."""

from typing import assert_never

from gui.texts.de_segments import segment
from processing.exercises.exercise import Driving
from processing.exercises.exercise_troubles import ExerciseFault, ExerciseTrouble
from processing.exercises.variants import VariantName


def driving_angle(what: Driving) -> str:
    """Return the name of a driving angle, as within a sentence."""
    match what:
        case Driving.CURL:
            return "Beugewinkel"
        case Driving.PLANTARFLEXION:
            return "Fußwinkel"
        case Driving.KNEE:
            return "Kniewinkel"
        case Driving.HIP:
            return "Hüftwinkel"
        case Driving.THIGH_TURN:
            return "Oberschenkeldrehung"
        case Driving.SHIN_INCLINATION:
            return "Schienbeinneigung"
        case _:
            assert_never(what)


def variant_title(name: VariantName) -> str:
    """Return the name of a choice among variants."""
    titles: dict[VariantName, str] = {"place": "Fuß", "knee": "Knie", "legs": "Beine"}
    return titles[name]


def variant(name: VariantName, value: str) -> str:
    """Return the word of a variant of an exercise."""
    words: dict[VariantName, dict[str, str]] = {
        "place": {"floor": "auf dem Boden", "step": "auf einer Stufe", "seated": "im Sitzen"},
        "knee": {"straight": "Knie gestreckt", "bent": "Knie gebeugt"},
        "legs": {"one": "ein Bein", "two": "zwei Beine"},
    }
    return words[name][value]


def exercise_trouble(found: ExerciseTrouble) -> str:
    """Return what is wrong with an exercise of a recording, and what is still shown."""
    name = found.name("de")
    match found.fault:
        case ExerciseFault.NOT_KNOWN_AT_START:
            return f"die Aufnahme nennt die unbekannte Übung „{name}“; sie gilt als Beinbeuger"
        case ExerciseFault.NOT_KNOWN_LATER:
            return f"die Aufnahme nennt die unbekannte Übung „{name}“; die vorige blieb gültig"
        case ExerciseFault.TABLE_REFUSED:
            return (
                f"die Aufnahme gilt als Beinbeuger, weil eine ihrer Übungen nicht erlaubt ist ({found.key}): "
                f"{found.detail}"
            )
        case ExerciseFault.NO_DRIVING_ANGLE:
            what = (
                "keine Beweglichkeit gemessen"
                if found.in_trials
                else "keine Wiederholungen gezählt"
            )
            return (
                f"{name}: {_places(found)} ohne Sensor, daher werden {what}; "
                "die Winkel der vorhandenen Sensoren werden gezeigt"
            )
        case ExerciseFault.OTHER_ANGLE:
            by = "" if found.counted_by is None else driving_angle(found.counted_by)
            return f"{name}: {_places(found)} ohne Sensor; gezählt wird nach: {by}"
        case _:
            assert_never(found.fault)


def _places(found: ExerciseTrouble) -> str:
    return " und ".join(segment(place) for place in found.lacking)
