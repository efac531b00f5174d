"""The troubles of a recording with its exercises: one that is not known, or sensors that do not fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from processing.exercises.exercise import SENSORS_OF, Driving, Exercise
from processing.exercises.session_exercises import KEY, read_exercises
from sensor.errors import DocumentError
from sensor.types import Event, Segment, SessionHeader


class ExerciseFault(StrEnum):
    """A kind of trouble with an exercise."""

    NOT_KNOWN_AT_START = "not known at the start"
    """The head names an exercise that nobody knows; the session is taken for leg curls."""
    NOT_KNOWN_LATER = "not known later"
    """An event names an exercise that nobody knows; the one before it is kept."""
    TABLE_REFUSED = "table refused"
    """The head holds the table of an exercise that is not allowed; taken for leg curls."""
    NO_DRIVING_ANGLE = "no driving angle"
    """A sensor is lacking without which nothing can be counted or measured."""
    OTHER_ANGLE = "other angle"
    """A sensor is lacking, and another angle stands in for the driving angle."""


@dataclass(frozen=True, slots=True)
class ExerciseTrouble:
    """A trouble with an exercise of a recording."""

    fault: ExerciseFault
    """The kind of trouble."""
    key: str
    """The exercise as the recording names it, or the refused key of its table."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of the exercise by language; empty if it is not known."""
    lacking: tuple[Segment, ...] = ()
    """The sensors that are not there."""
    counted_by: Driving | None = None
    """The angle that stands in for the driving angle."""
    in_trials: bool = False
    """Whether the exercise measures ranges in trials, and has no reps."""
    detail: str = ""
    """The refused value of a table and what is allowed, as its error says it."""

    def name(self, language: str) -> str:
        """Return the name of the exercise in ``language``, or its key."""
        found = self.names.get(language) or next(iter(self.names.values()), "")
        return found or self.key


def exercise_troubles(header: SessionHeader, events: Sequence[Event]) -> list[ExerciseTrouble]:
    """Return the troubles with the exercises that a recording names."""
    try:
        exercises = read_exercises(header)
    except DocumentError as error:
        # Angles need no exercise, so a bad one is reported and stops no analysis.
        if error.where == KEY:
            return [ExerciseTrouble(ExerciseFault.NOT_KNOWN_AT_START, str(error.value))]
        return [ExerciseTrouble(ExerciseFault.TABLE_REFUSED, error.where, detail=str(error))]
    return [
        ExerciseTrouble(ExerciseFault.NOT_KNOWN_LATER, key) for key in exercises.unknown(events)
    ]


def sensor_troubles(header: SessionHeader, exercises: Iterable[Exercise]) -> list[ExerciseTrouble]:
    """Return which sensors the ``exercises`` of a session lack for their driving angle."""
    worn = [sensor.segment for sensor in header.sensors]
    found: list[ExerciseTrouble] = []
    for one in (each.fitted(worn) for each in exercises):
        driving, wanted = one.driving_with(worn), one.stands_in_for or one.driving
        if driving is wanted:
            continue
        trouble = ExerciseTrouble(
            ExerciseFault.NO_DRIVING_ANGLE if driving is None else ExerciseFault.OTHER_ANGLE,
            one.key,
            names={language: words.name for language, words in one.words.items()},
            lacking=tuple(place for place in SENSORS_OF[wanted] if place not in worn),
            counted_by=driving,
            in_trials=one.in_trials,
        )
        if trouble not in found:
            found.append(trouble)
    return found
