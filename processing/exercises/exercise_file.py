"""Exercises as TOML files and as tables in the head of a recording.

The built-in exercises and a person's own are the same kind of file; ``README.md`` describes it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_args

import platformdirs
from msgspec import Meta

from processing.exercises.exercise import (
    SENSORS_OF,
    TOE_CHECKS,
    ArmName,
    CheckName,
    Driving,
    Exercise,
    LanguageName,
    MeasureName,
    PictureName,
    Start,
    StepName,
    Words,
)
from processing.exercises.rep_limits import RepLimits
from processing.exercises.variants import NO_VARIANTS, Variants
from sensor.documents.convert import as_table
from sensor.documents.named_files import (
    SUFFIX,
    names_in,
    read_described,
    read_named,
    unknown_name,
)
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_toml, read_file
from sensor.errors import DocumentError, DocumentFault
from sensor.types import JsonValue, Segment

FORMAT = 1
"""Version of the layout; it rises for a change that an older reader would misread."""
_WHAT = "exercise"
"""The kind of the files, as errors name it."""
MAX_BYTES = 100_000
"""The built-in exercises have some thousand."""

_Refuse: TypeAlias = Callable[[str, object, str, str], DocumentError]
"""Makes an error of a key, its value, what is wrong and what is allowed."""
_Key: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z][a-z0-9_]{0,39}\Z",
        description="up to 40 small letters, digits and underscores",
    ),
]
_Word: TypeAlias = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\S")]
_Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
_Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsTable:
    """A ``[words.…]`` of a file; the fields are those of :class:`.Words`."""

    name: _Word
    """Its name."""
    start: _Text
    """The start pose, as one is asked for it."""
    lift: _Word
    """The lift, in a word."""
    top: _Word
    """The hold at the top, in a word."""
    lower: _Word
    """The lowering, in a word."""
    bottom: _Word
    """The rest at the bottom, in a word."""
    angle: _Word
    """The driving angle, in a word or two."""
    cannot_see: _Text | None = None
    """The part of it that the sensors do not show."""
    fallback_angle: _Word | None = None
    """The angle that stands in for the driving angle, in a word or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseTable:
    """An exercise of a file; the fields are those of :class:`.Exercise`."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    """Version of this description."""
    key: _Key
    """Its name in files and on the command line."""
    driving: Driving
    """The angle whose rise and fall make a rep."""
    sensors: Annotated[tuple[Segment, ...], Meta(min_length=1, max_length=4)]
    """The sensors that it needs."""
    optional: Annotated[tuple[Segment, ...], Meta(max_length=4)] = ()
    """The sensors that show more if they are worn."""
    fallback: Driving | None = None
    """The driving angle without an optional sensor."""
    fallback_reps: RepLimits | None = None
    """The limits of reps by the fallback."""
    fallback_arm: ArmName | None = None
    """The way in which a set may begin by the fallback."""
    start: Start
    """The start of a set."""
    calibration: Annotated[tuple[StepName, ...], Meta(min_length=1, max_length=3)]
    """The movements that its calibration needs, in order."""
    reps: RepLimits
    """The limits by which its reps are found."""
    checks: Annotated[tuple[CheckName, ...], Meta(max_length=len(get_args(CheckName)))] = ()
    """The checks of a rep that apply."""
    measures: Annotated[tuple[MeasureName, ...], Meta(max_length=3)] = ()
    """The ranges that are measured in it, in trials; an exercise with any has no reps."""
    protocols: Annotated[tuple[_Name, ...], Meta(max_length=50)] = ()
    """The protocols that fit it, the one to begin with first."""
    variants: Variants = NO_VARIANTS
    """Its variants."""
    picture: PictureName
    """The picture of the body."""
    words: Annotated[dict[LanguageName, WordsTable], Meta(min_length=1)]
    """Its words, by language."""


def built_in_keys() -> tuple[str, ...]:
    """Return the keys of the exercises that come with the program."""
    return names_in(resources.files("processing.exercises"))


@cache
def built_in(key: str) -> Exercise:
    """Read an exercise that comes with the program.

    Raises
    ------
    DocumentError
        If there is none of this key.
    """
    data = read_named(resources.files("processing.exercises"), key, _WHAT)
    return parse_exercise(data, f"{key}{SUFFIX}")


def own_folder() -> Path:
    """Return the folder of a person's own exercises, which need not exist."""
    return platformdirs.user_data_path("toepoint", appauthor=False) / "exercises"


def own_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of exercises in ``folder``, in the order of their names."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix == SUFFIX))
    except OSError:
        # Most people have no such folder.
        return ()


def exercise_named(name: str, folder: Path | None = None) -> Exercise:
    """Read an exercise by its key, or from the file of this name.

    Parameters
    ----------
    name
        The key of a built-in exercise or of one in ``folder``; or a file, if it ends with ``.toml``.
    folder
        The person's own exercises; None for :func:`own_folder`.

    Raises
    ------
    DocumentError
        If there is none, or the file holds something that is not allowed.
    """
    if name.endswith(SUFFIX):
        return load_own_exercise(Path(name))
    if name in built_in_keys():
        return built_in(name)
    files = own_files(own_folder() if folder is None else folder)
    own = next((path for path in files if path.stem == name), None)
    if own is None:
        raise unknown_name(name, (*built_in_keys(), *(path.stem for path in files)), _WHAT)
    return load_own_exercise(own)


def load_exercise(path: Path) -> Exercise:
    """Read an exercise from a file.

    Raises
    ------
    DocumentError
        If the file cannot be read, or holds something that is not allowed.
    """
    return parse_exercise(read_file(path, MAX_BYTES), path)


def load_own_exercise(path: Path) -> Exercise:
    """Read a person's own exercise.

    Raises
    ------
    DocumentError
        If the file cannot be read, holds something that is not allowed, or has the key of an exercise that
        comes with the program: its sessions could not be told from those of that one.
    """
    exercise = load_exercise(path)
    if exercise.key in built_in_keys():
        raise Origin(path).error(
            DocumentFault.CONTENT,
            f'"{exercise.key}" is an exercise that comes with the program',
            where="key",
            value=exercise.key,
            allowed="a key of its own",
        )
    return exercise


def parse_exercise(data: bytes, source: Path | str) -> Exercise:
    """Read the exercise that TOML describes.

    Parameters
    ----------
    data
        The content of a file.
    source
        The file, or in words where the content stands, for the error.

    Raises
    ------
    DocumentError
        If it is no TOML, or holds something that is not allowed; it names the key.
    """
    origin = Origin(source)
    return read_exercise(parse_toml(data, origin), origin)


def read_exercise(table: Any, origin: Origin, where: str = "") -> Exercise:
    """Read the exercise that a parsed table describes.

    Parameters
    ----------
    table
        What was parsed.
    origin
        Where it comes from.
    where
        Path of the table within its document.

    Raises
    ------
    DocumentError
        If it holds something that is not allowed, or contradicts itself; it names the key.
    """
    read = read_described(table, ExerciseTable, FORMAT, origin, where)
    _refuse_contradictions(read, origin, f"{where}." if where else "")
    return Exercise(
        key=read.key,
        driving=read.driving,
        sensors=read.sensors,
        optional=read.optional,
        fallback=read.fallback,
        fallback_reps=read.fallback_reps,
        fallback_arm=read.fallback_arm,
        start=read.start,
        calibration=read.calibration,
        reps=read.reps,
        checks=read.checks,
        measures=read.measures,
        protocols=read.protocols,
        variants=read.variants,
        picture=read.picture,
        words={name: _words(words) for name, words in read.words.items()},
    )


def exercise_table(exercise: Exercise) -> dict[str, JsonValue]:
    """Return the table that :func:`read_exercise` reads as ``exercise``."""
    table = as_table(exercise)
    for words in exercise.words:
        own = as_table(exercise.words[words])
        # A file has no empty texts: there the key is left out.
        table["words"] = {**_dict(table.get("words")), words: {k: v for k, v in own.items() if v}}
    return {"format": FORMAT, **table}


def _dict(value: JsonValue) -> dict[str, JsonValue]:
    return dict(value) if isinstance(value, dict) else {}


def _words(table: WordsTable) -> Words:
    return Words(
        name=table.name.strip(),
        start=table.start.strip(),
        lift=table.lift.strip(),
        top=table.top.strip(),
        lower=table.lower.strip(),
        bottom=table.bottom.strip(),
        angle=table.angle.strip(),
        cannot_see=(table.cannot_see or "").strip(),
        fallback_angle=(table.fallback_angle or "").strip(),
    )


def _refuse_contradictions(read: ExerciseTable, origin: Origin, within: str) -> None:
    """Raise an error if one key of an exercise contradicts another."""

    def refuse(key: str, value: object, detail: str, allowed: str) -> DocumentError:
        return origin.error(
            DocumentFault.CONTENT, detail, where=f"{within}{key}", value=value, allowed=allowed
        )

    _refuse_sensors(read, refuse)
    toes = next((check for check in read.checks if check in TOE_CHECKS), None)
    if toes is not None and "pumps" not in read.calibration:
        detail = f'"{toes}" has no band: the movement "pumps" shows the range of the ankle'
        raise refuse("checks", toes, detail, 'calibration with "pumps"')
    if toes is not None and read.driving is Driving.PLANTARFLEXION:
        detail = f'"{toes}" has no band: the ankle drives this exercise'
        raise refuse("checks", toes, detail, "another driving angle")
    if read.calibration[0] != "still":
        raise refuse("calibration", read.calibration[0], "it must begin with a pose", '"still"')
    if read.calibration == ("still",) and read.driving is not Driving.SHIN_INCLINATION:
        detail = "a pose alone shows no axis; a movement must follow"
        raise refuse("calibration", list(read.calibration), detail, '"pumps" or "curls"')
    if read.measures and read.checks:
        detail = "a measured range has no reps to check; leave it out"
        raise refuse("checks", list(read.checks), detail, "left out")
    if read.measures and read.start.arm != "mark":
        detail = "nothing shows which range is measured, so a mark must begin it"
        raise refuse("start.arm", read.start.arm, detail, '"mark"')
    if read.reps.most_shin_percent is not None and read.driving is not Driving.PLANTARFLEXION:
        detail = f'the driving angle "{read.driving}" is no angle of the ankle; leave it out'
        raise refuse("reps.most_shin_percent", read.reps.most_shin_percent, detail, "left out")


def _refuse_sensors(read: ExerciseTable, refuse: _Refuse) -> None:
    """Raise an error if a driving angle lacks its sensors."""
    worn = {*read.sensors, *(read.optional if read.fallback is not None else ())}
    lacking = [place for place in SENSORS_OF[read.driving] if place not in worn]
    if lacking:
        needed = ", ".join(SENSORS_OF[read.driving])
        detail = (
            f'"{read.driving}" needs a sensor on the {lacking[0]}, which is not among the sensors'
        )
        if lacking[0] in read.optional:
            detail = f'"{read.driving}" needs the {lacking[0]}, which is optional: name a fallback'
        raise refuse("driving", read.driving.value, detail, f"sensors on {needed}")
    if read.fallback is not None:
        lacking = [place for place in SENSORS_OF[read.fallback] if place not in read.sensors]
        if lacking:
            needed = ", ".join(SENSORS_OF[read.fallback])
            detail = (
                f'"{read.fallback}" needs a sensor on the {lacking[0]}, which is not always worn'
            )
            raise refuse("fallback", read.fallback.value, detail, f"sensors on {needed}")
    _refuse_fallback(read, refuse)
    _refuse_unseen(read, refuse)
    twice = [place for place in read.optional if place in read.sensors]
    if twice:
        raise refuse("optional", twice[0].value, f"the {twice[0]} is needed already", "another one")


def _refuse_fallback(read: ExerciseTable, refuse: _Refuse) -> None:
    """Raise an error if what is said of the fallback contradicts the rest."""
    limits = read.fallback_reps
    if read.fallback is None:
        said: tuple[tuple[str, object], ...] = (
            ("fallback_reps", None if limits is None else "a table"),
            ("fallback_arm", read.fallback_arm),
        )
        for key, value in said:
            if value is not None:
                raise refuse(key, value, "no fallback is named", "left out")
    if limits is not None and limits.first != read.reps.first:
        detail = f'a rep begins with "{read.reps.first}", whichever angle shows it'
        raise refuse("fallback_reps.first", limits.first, detail, f'"{read.reps.first}"')


def _refuse_unseen(read: ExerciseTable, refuse: _Refuse) -> None:
    """Raise an error if a check, a measure or a movement needs a sensor that is never worn."""
    ankle, knee = (Segment.SHIN, Segment.FOOT), (Segment.SHIN, Segment.THIGH)
    needs: list[tuple[str, str, tuple[Segment, ...]]] = [
        *(("checks", one, ankle) for one in read.checks if one in TOE_CHECKS),
        *(("checks", one, knee) for one in read.checks if one == "knee"),
        *(("measures", one, ankle) for one in read.measures if one != "inclination"),
        *(("measures", one, (Segment.SHIN,)) for one in read.measures if one == "inclination"),
        *(("calibration", one, (Segment.THIGH,)) for one in read.calibration if one == "hinges"),
    ]
    worn = {*read.sensors, *read.optional}
    for key, value, places in needs:
        lacking = [place for place in places if place not in worn]
        if lacking:
            detail = f'"{value}" needs a sensor on the {lacking[0]}, which is not among the sensors'
            raise refuse(key, value, detail, f"sensors on {', '.join(places)}")
    if "knee" in read.checks and read.driving in (Driving.CURL, Driving.KNEE):
        detail = '"knee" has no band: the knee drives this exercise'
        raise refuse("checks", "knee", detail, "another driving angle")
