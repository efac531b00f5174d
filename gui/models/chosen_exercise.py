"""The exercise of the settings, and how another one is chosen. No Qt."""

from contextlib import suppress

from gui.models.sensors import TRY_SOURCE
from gui.models.settings import Settings
from processing.coach.protocol_file import built_in_names
from processing.exercises.exercise import LEG_CURL, SENSORS_OF, Exercise
from processing.exercises.exercise_file import (
    built_in_keys,
    exercise_named,
    load_own_exercise,
    own_files,
    own_folder,
)
from processing.exercises.variants import VariantName
from sensor.errors import DocumentError
from sensor.types import Segment

ADDED = (Segment.THIGH, Segment.PELVIS)
"""The places that a simulated leg wears a sensor on only if it is asked to."""


def exercise_keys() -> tuple[str, ...]:
    """Return the keys of all exercises that can be chosen: the built-in ones, then the person's own."""
    built_in = built_in_keys()
    own = (path.stem for path in own_files(own_folder()))
    return (*built_in, *(key for key in own if key not in built_in))


def usable_exercises() -> dict[str, Exercise]:
    """Return all exercises that can be chosen, by key; one whose file is wrong is left out."""
    found: dict[str, Exercise] = {}
    for key in exercise_keys():
        # A person may still be writing a file; its error is told when it is named.
        with suppress(DocumentError):
            found[key] = exercise_named(key)
    return found


def refused_exercises() -> tuple[DocumentError, ...]:
    """Return the errors of the person's own exercises whose files hold something that is not allowed."""
    refused = []
    for path in own_files(own_folder()):
        try:
            load_own_exercise(path)
        except DocumentError as error:
            refused.append(error)
    return tuple(refused)


def own_exercises() -> tuple[Exercise, ...]:
    """Return the person's own exercises whose files are right, which a session may change to."""
    built_in = built_in_keys()
    return tuple(one for key, one in usable_exercises().items() if key not in built_in)


def exercise_of(settings: Settings) -> Exercise:
    """Return the exercise of ``settings``.

    Raises
    ------
    DocumentError
        If there is no such exercise, or its file holds something that is not allowed.
    """
    return exercise_named(settings.exercise)


def fitting_protocols(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of the protocols that fit ``exercise``, the one to begin with first."""
    known = built_in_names()
    return tuple(name for name in exercise.protocols if name in known) or ("free",)


def exercise_choice(settings: Settings, key: str) -> dict[str, object]:
    """Return the settings that the choice of another exercise changes.

    Each exercise comes back with the protocol and the load that were last used for it.

    Raises
    ------
    DocumentError
        If there is no such exercise, or its file holds something that is not allowed.
    """
    chosen = exercise_named(key)
    kept = {**(settings.protocols or {}), settings.exercise: settings.protocol}
    protocol = kept.get(key, fitting_protocols(chosen)[0])
    loads = {**(settings.loads or {}), settings.exercise: settings.load}
    # Nobody begins with the load of another exercise: on the body there is none at first.
    load = loads.get(key, 0.0 if chosen.lifts_body else Settings().load)
    return {
        "exercise": key,
        "protocol": protocol,
        "protocols": kept,
        "load": load,
        "loads": loads,
    }


def variant_of(settings: Settings, exercise: Exercise) -> dict[VariantName, str]:
    """Return the variant of ``exercise`` that the settings choose; nothing where they choose none."""
    return exercise.variants.read((settings.variants or {}).get(exercise.key, {}))


def variant_choice(settings: Settings, key: str, name: str, value: str) -> dict[str, object]:
    """Return the settings that the choice of ``value`` for the variant ``name`` changes."""
    known = settings.variants or {}
    return {"variants": {**known, key: {**known.get(key, {}), name: value}}}


def try_source(settings: Settings) -> str:
    """Return the simulated session that shows the exercise of ``settings`` to people without sensors."""
    exercise = settings.exercise
    if exercise == LEG_CURL or exercise not in built_in_keys():
        return TRY_SOURCE
    # The simulated leg knows every exercise that is built in.
    chosen = exercise_of(settings)
    places = {*chosen.sensors, *SENSORS_OF[chosen.driving]}
    worn = "".join(f",{place}=yes" for place in ADDED if place in places)
    return f"sim:exercise={exercise},sets=2,reps=8,rest_s=20{worn}"
