"""The exercises of a session: the one that it begins with, in its head, and those of its events.

The head names an exercise, and holds the table of every one that is not built in, so that a replay needs
no file. A recording that names none is of leg curls.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from processing.exercises.exercise import LEG_CURL, Exercise
from processing.exercises.exercise_file import (
    built_in,
    built_in_keys,
    exercise_table,
    read_exercise,
)
from sensor.documents.origin import Origin
from sensor.errors import DocumentError, DocumentFault
from sensor.types import Event, EventKind, JsonValue, SessionHeader

KEY = "exercise"
"""The key of an exercise in the metadata of a header, and in the data of an event."""
OWN_KEY = "own_exercises"
"""The key of the tables of a person's own exercises in the metadata of a header."""
NEXT_SET = "plan.next"
"""The event of the choices for the next set, see :class:`processing.pipeline.marks.PlanEventKind`."""
CHANGING = (EventKind.SET_START, NEXT_SET)
"""The events that may change the exercise."""
_ORIGIN = Origin("the recording's exercise")
"""The place that an error names."""


@dataclass(frozen=True, slots=True)
class SessionExercises:
    """The exercises that a session may be of."""

    first: Exercise
    """The one that it begins with."""
    own: Mapping[str, Exercise] = field(default_factory=dict)
    """A person's own ones, by key."""
    fitted: Mapping[str, Exercise] = field(default_factory=dict)
    """The built-in ones that go by their fallback with the sensors of the session, by key."""
    fixed: bool = False
    """Whether it is :attr:`first` throughout, whatever its events say."""

    def after(self, kind: str, data: Mapping[str, JsonValue], now: Exercise) -> Exercise:
        """Return the exercise after an event of ``kind``; it was ``now`` before."""
        if self.fixed or kind not in CHANGING:
            return now
        key = data.get(KEY)
        if not isinstance(key, str):
            return now
        if key in self.own:
            return self.own[key]
        if key in self.fitted:
            return self.fitted[key]
        # An exercise that nobody knows changes nothing; the analysis says so.
        return built_in(key) if key in built_in_keys() else now

    def at_events(self, events: Iterable[Event], start_ns: int) -> list[tuple[float, Exercise]]:
        """Return the exercises in force with the time (s) at which each begins, the first at 0."""
        found = [(0.0, self.first)]
        for event in events:
            following = self.after(event.kind, event.data, found[-1][1])
            if following is not found[-1][1]:
                found.append(((event.t_ns - start_ns) / 1e9, following))
        return found

    def unknown(self, events: Iterable[Event]) -> tuple[str, ...]:
        """Return the names of exercises in ``events`` that nobody knows."""
        named = (event.data.get(KEY) for event in events if event.kind in CHANGING)
        known = {*built_in_keys(), *self.own}
        return tuple(dict.fromkeys(n for n in named if isinstance(n, str) and n not in known))


def session_exercises(header: SessionHeader, given: Exercise | None = None) -> SessionExercises:
    """Return the exercises of the session of ``header``; of leg curls if its head cannot be read.

    Each goes by its fallback where the sensors of the session lack its driving angle. ``given`` is the
    exercise whatever the recording says.
    """
    worn = [sensor.segment for sensor in header.sensors]
    if given is not None:
        return SessionExercises(given.fitted(worn), fixed=True)
    try:
        read = read_exercises(header)
    except DocumentError:
        read = SessionExercises(built_in(LEG_CURL))
    own = {key: one.fitted(worn) for key, one in read.own.items()}
    known = {key: built_in(key).fitted(worn) for key in built_in_keys()}
    fitted = {key: one for key, one in known.items() if one.stands_in_for is not None}
    # The same object as by its key: an exercise that is chosen again changes nothing.
    own_key = next((key for key, one in read.own.items() if one is read.first), None)
    first = known[read.first.key] if own_key is None else own[own_key]
    return SessionExercises(first, own, fitted)


def read_exercises(header: SessionHeader) -> SessionExercises:
    """Read the exercises in a head.

    Raises
    ------
    DocumentError
        If it names one that is not known, or holds a table that is not allowed.
    """
    tables = header.metadata.get(OWN_KEY, {})
    own: dict[str, Exercise] = {}
    if not isinstance(tables, Mapping):
        raise _ORIGIN.error(
            DocumentFault.CONTENT,
            "it must be a table",
            where=OWN_KEY,
            value=tables,
            allowed="a table",
        )
    for key, table in tables.items():
        own[str(key)] = read_exercise(table, _ORIGIN, f"{OWN_KEY}.{key}")
    name = header.metadata.get(KEY, LEG_CURL)
    if isinstance(name, str) and name in own:
        return SessionExercises(own[name], own)
    if not isinstance(name, str) or name not in built_in_keys():
        listed = ", ".join(built_in_keys())
        detail = f"there is no exercise {name!r}; there are {listed}"
        raise _ORIGIN.error(DocumentFault.CONTENT, detail, where=KEY, value=name, allowed=listed)
    return SessionExercises(built_in(name), own)


def with_exercise(
    header: SessionHeader, exercise: Exercise, others: Iterable[Exercise] = ()
) -> SessionHeader:
    """Return ``header`` with the exercise that its session begins with.

    Parameters
    ----------
    header
        The head of a session.
    exercise
        What it begins with.
    others
        A person's own exercises that may follow in the session.
    """
    metadata = {k: v for k, v in header.metadata.items() if k not in (KEY, OWN_KEY)}
    own = {
        one.key: exercise_table(one)
        for one in (exercise, *others)
        if one.key not in built_in_keys() or one != built_in(one.key)
    }
    # As before there were others: a head without an exercise is one of leg curls.
    if exercise.key != LEG_CURL or own:
        metadata[KEY] = exercise.key
    if own:
        metadata[OWN_KEY] = {key: dict(table) for key, table in own.items()}
    return replace(header, metadata=metadata)


def exercise_metadata(exercise: Exercise | None) -> Mapping[str, JsonValue]:
    """Return what the head of a session of ``exercise`` holds about it; nothing for None."""
    if exercise is None:
        return {}
    return with_exercise(SessionHeader(0, "", ()), exercise).metadata
