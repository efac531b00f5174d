"""Simulation parameters as a line of text: ``sim:protocol=B,reps=8,faults=fast+late``.

The keys are the names of the fields of the parameters:

- those of :class:`SimulationParameters` and its groups, unchanged;
- those of :class:`SensorParameters` and :class:`RadioParameters` for all sensors, or for one with
  ``shin_``, ``foot_``, ``thigh_`` or ``pelvis_`` in front (``foot_loss_percent=2``);
- ``exercise=heel_raise``: an exercise, or the machine of a leg curl (``exercise=seated``);
- ``tempo=4-0-1-1``: lowering, bottom, lift and top in seconds; ``thigh=yes`` and ``pelvis=yes`` add
  sensors.

Several faults are joined by ``+`` and three numbers by ``/``. Drop-outs and hold-ups are written as
``dropouts_s=30+3/70+2``: for 3 s from 30 s on, and for 2 s from 70 s on.
"""

import dataclasses
import difflib
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from sensor.errors import SettingError, SourceError
from sensor.simulation.choices import (
    ExerciseKind,
    SimulatedExercise,
    SimulatedFault,
    choice,
)
from sensor.simulation.exercise_parameters import ExerciseParameters
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.movement_parameters import MovementParameters
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.sensor_parameters import RadioParameters, SensorParameters
from sensor.simulation.surroundings_parameters import SurroundingsParameters
from sensor.types import Segment

SCHEME = "sim:"
"""The beginning of a source that is simulated."""
_ADDED_POSITION_M = {Segment.THIGH: (0.08, 0.0, -0.25), Segment.PELVIS: (-0.1, 0.0, 0.08)}
"""Position of further sensors: on the front of the thigh, half-way down, and on the sacrum."""
_OWN_GROUPS: dict[str, type[Any]] = {
    "training": ExerciseParameters,
    "person": PersonParameters,
    "movement": MovementParameters,
    "joint": JointParameters,
    "around": SurroundingsParameters,
}
"""The fields of a session that hold parameters of their own."""
_GROUPS = frozenset({*_OWN_GROUPS, *Segment, "radio"})
"""All fields that hold parameters."""
_NO_FIELD = "tempo", "thigh", "pelvis"
"""The keys that are no field of the parameters."""


def parse_simulation(text: str) -> SimulationParameters:
    """Return the parameters of ``text``, which is ``sim:`` and its keys.

    Raises
    ------
    SourceError
        If a key is unknown or a value is not allowed; it names the place and the allowed values.
    """
    parameters = SimulationParameters()
    # Each change is checked against the others, so those that others depend on come first.
    for position, key, value in sorted(_settings(text), key=_rank):
        try:
            parameters = _with(parameters, key.strip(), value.strip())
        except KeyError:
            raise SourceError(text, _unknown(key.strip()), position=position) from None
        except SettingError as error:
            raise SourceError(text, str(error), position=position + len(key) + 1) from error
    return parameters


def _settings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the position, key and value of every setting in ``text``."""
    position = len(SCHEME)
    if not text.startswith(SCHEME):
        raise SourceError(text, f"it must start with {SCHEME}", position=0)
    body = text[position:]
    for part in body.split(",") if body else []:
        key, equals, value = part.partition("=")
        if not equals:
            raise SourceError(text, f"{part!r} must be key=value", position=position)
        yield position, key, value
        position += len(part) + 1


def _rank(setting: tuple[int, str, str]) -> tuple[int, int]:
    """Return a sort key that puts a setting after those it depends on, as a rate on its family."""
    position, key, _ = setting
    first = ("thigh", "pelvis", "exercise", "protocol", "family")
    # The ends of the keys, since a family may be that of one sensor (`foot_family`).
    return next((i for i, word in enumerate(first) if key.endswith(word)), len(first)), position


def keys() -> tuple[str, ...]:
    """Return every key; those of the sensors without a prefix."""
    kinds: tuple[type[Any], ...] = (
        SimulationParameters,
        *_OWN_GROUPS.values(),
        SensorParameters,
        RadioParameters,
    )
    names = [item.name for kind in kinds for item in dataclasses.fields(kind)]
    # The exercise is one key for the exercise and for the machine of a leg curl.
    return tuple(dict.fromkeys([*(name for name in names if name not in _GROUPS), *_NO_FIELD]))


def _unknown(key: str) -> str:
    # Most wrong keys are slips of the finger.
    near = difflib.get_close_matches(key, keys(), n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"there is no key {key!r}; {hint}the keys are {', '.join(sorted(keys()))}"


def _with(parameters: SimulationParameters, key: str, value: str) -> SimulationParameters:
    """Return ``parameters`` with ``key`` set to ``value``.

    Raises
    ------
    KeyError
        If there is no such key.
    """
    if key == "tempo":
        lower, bottom, lift, top = _tempo(value)
        return dataclasses.replace(
            parameters, lower_s=lower, bottom_s=bottom, lift_s=lift, top_s=top
        )
    if key in _ADDED_POSITION_M:
        position_m = _ADDED_POSITION_M[Segment(key)]
        added: Any = SensorParameters(position_m=position_m) if _yes(key, value) else None
        return dataclasses.replace(parameters, **{key: added})
    if key == "exercise":
        return _with_exercise(parameters, value)
    if _has(SimulationParameters, key):
        return dataclasses.replace(parameters, **{key: _value(SimulationParameters, key, value)})
    for group, kind in _OWN_GROUPS.items():
        if _has(kind, key):
            own = {key: _value(kind, key, value)}
            changed_group: Any = dataclasses.replace(getattr(parameters, group), **own)
            return dataclasses.replace(parameters, **{group: changed_group})
    segments = [segment.value for segment in Segment]
    prefix, _, rest = key.partition("_")
    if prefix in segments:
        segments, key = [prefix], rest
    named: dict[str, Any] = {name: getattr(parameters, name) for name in segments}
    # A key for the thigh alone; a key for all sensors passes over a thigh without one.
    if list(named.values()) == [None]:
        raise SettingError(f"{prefix}_{key}", value, f"left out, or used with {prefix}=yes")
    worn = {name: sensor for name, sensor in named.items() if sensor is not None}
    changed: dict[str, Any] = {
        name: _sensor_with(sensor, key, value) for name, sensor in worn.items()
    }
    return dataclasses.replace(parameters, **changed)


def _with_exercise(parameters: SimulationParameters, value: str) -> SimulationParameters:
    """Return ``parameters`` with an exercise, or with the machine of a leg curl."""
    machines, exercises = list(SimulatedExercise), list(ExerciseKind)
    if value.lower() in machines:
        machine = SimulatedExercise(value.lower())
        person = dataclasses.replace(parameters.person, exercise=machine)
        return dataclasses.replace(parameters, person=person)
    if value.lower() not in exercises:
        raise SettingError("exercise", value, "one of " + ", ".join([*machines, *exercises]))
    training = dataclasses.replace(parameters.training, exercise=ExerciseKind(value.lower()))
    return dataclasses.replace(parameters, training=training)


def _sensor_with(sensor: SensorParameters, key: str, value: str) -> SensorParameters:
    if _has(RadioParameters, key):
        changed = {key: _value(RadioParameters, key, value)}
        return dataclasses.replace(sensor, radio=dataclasses.replace(sensor.radio, **changed))
    if not _has(SensorParameters, key):
        raise KeyError(key)
    return dataclasses.replace(sensor, **{key: _value(SensorParameters, key, value)})


def _has(kind: type[Any], key: str) -> bool:
    return key not in _GROUPS and any(item.name == key for item in dataclasses.fields(kind))


def _value(kind: type[Any], key: str, text: str) -> Any:
    """Return ``text`` as a value of the field ``key`` of ``kind``."""
    if key in _READERS:
        return _READERS[key](key, text)
    (declared,) = (item.type for item in dataclasses.fields(kind) if item.name == key)
    if isinstance(declared, type) and issubclass(declared, StrEnum):
        return choice(key, text, declared)
    if declared is str:
        return text
    if declared is bool:
        return _yes(key, text)
    return _whole(key, text) if declared is int else _number(key, text)


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingError(key, text, "a number") from None


def _whole(key: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SettingError(key, text, "a whole number") from None


def _yes(key: str, text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise SettingError(key, text, "yes or no")
    return text.lower() == "yes"


def _three(key: str, text: str) -> tuple[float, ...]:
    return tuple(_number(key, part) for part in text.split("/"))


def _faults(key: str, text: str) -> tuple[Any, ...]:
    return tuple(choice(key, part, SimulatedFault) for part in text.split("+"))


def _times(key: str, text: str) -> tuple[tuple[float, float], ...]:
    spans = []
    for part in text.split("/"):
        start, plus, duration = part.partition("+")
        if not plus:
            raise SettingError(key, text, "start+duration in s, several joined by /")
        spans.append((_number(key, start), _number(key, duration)))
    return tuple(spans)


def _tempo(text: str) -> tuple[float, ...]:
    parts = text.split("-")
    if len(parts) != 4:
        raise SettingError("tempo", text, "four times in s, such as 4-0-1-1")
    return tuple(_number("tempo", part) for part in parts)


_READERS: dict[str, Callable[[str, str], Any]] = {
    "faults": _faults,
    "dropouts_s": _times,
    "hold_ups_s": _times,
    "calibrated": lambda key, text: choice(key, text, SimulatedExercise),
    "position_m": _three,
    "acc_offset_mg": _three,
    "gyr_offset_dps": _three,
}
