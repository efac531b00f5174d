"""The flaws of a plain value that should have been of a type: where, what, and what is allowed."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from sensor.documents.allowed import allowed_words, choices_of, cut, shown
from sensor.errors import SettingError


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a document."""

    where: str
    """Path within the document, such as ``set[2].rest_s``, the items of a list counted from 1."""
    value: object
    """The value that was found; None where something is missing."""
    allowed: str
    """The allowed values, in words."""
    text: str
    """Both as a sentence."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Rules for the keys of a table."""

    closed: bool = False
    """Keys that the type does not have are refused."""
    complete: bool = False
    """Keys that the type has a default for are required all the same."""


def flaws(kind: Any, data: object, keys: Keys, where: str = "") -> Iterator[Flaw]:
    """Yield what is wrong with ``data`` as a value of ``kind``, in the order of its fields.

    Parameters
    ----------
    kind
        A dataclass, or any type that msgspec can convert to.
    data
        What was parsed.
    keys
        Which keys every table of it may and must have.
    where
        Path of ``data`` within the document.
    """
    sound = True
    for flaw in _flaws_within(kind, data, keys, where):
        sound = False
        yield flaw
    if sound:
        # What only the whole can show is found when the value is made.
        yield from _flaws_of_whole(kind, data, where)


def _flaws_within(kind: Any, data: object, keys: Keys, where: str) -> Iterator[Flaw]:
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    origin, arguments = get_origin(plain), get_args(plain)
    if origin in (Union, UnionType):
        others = [one for one in arguments if one is not NoneType]
        if data is not None and len(others) == 1:
            yield from _flaws_within(others[0], data, keys, where)
    elif is_dataclass(plain) and isinstance(data, dict):
        yield from _flaws_of_fields(plain, data, keys, where)
    elif isinstance(data, list) and _is_list(origin, arguments):
        for number, item in enumerate(data, start=1):
            yield from flaws(arguments[0], item, keys, f"{where}[{number}]")
    elif isinstance(data, dict) and origin in (dict, Mapping):
        for key, item in data.items():
            yield from flaws(arguments[1], item, keys, _joined(where, key))


def _is_list(origin: object, arguments: tuple[Any, ...]) -> bool:
    return origin in (list, Sequence) or (origin is tuple and arguments[1:] == (Ellipsis,))


def _flaws_of_fields(kind: Any, data: dict[str, Any], keys: Keys, where: str) -> Iterator[Flaw]:
    known = {field.name: field for field in fields(kind)}
    if keys.closed:
        yield from (_unknown(key, list(known), where) for key in data if key not in known)
    hints = get_type_hints(kind, include_extras=True)
    for name, field in known.items():
        hint, path = _ranged(field, hints[name]), _joined(where, name)
        if name in data:
            yield from flaws(hint, data[name], keys, path)
        elif keys.complete or (field.default is MISSING and field.default_factory is MISSING):
            allowed = allowed_words(hint)
            yield Flaw(path, None, allowed, f"it is missing; it must be {allowed}")


def _ranged(field: Field[Any], hint: Any) -> Any:
    """Add the range that a field's own class checks when a value is made."""
    if "low" not in field.metadata:
        return hint
    return Annotated[hint, Meta(ge=field.metadata["low"], le=field.metadata["high"])]


def _flaws_of_whole(kind: Any, data: object, where: str) -> Iterator[Flaw]:
    try:
        msgspec.convert(data, kind)
    except SettingError as error:
        text = f"{shown(error.value)} must be {error.allowed}"
        yield Flaw(_joined(where, error.key), error.value, error.allowed, text)
    except ValueError:
        allowed = allowed_words(kind)
        text = f"{shown(data)} must be {allowed}{_hint(data, choices_of(kind))}"
        yield Flaw(where, data, allowed, text)


def _unknown(key: str, known: list[str], where: str) -> Flaw:
    listed = ", ".join(sorted(known))
    hint = _hint(key, known) or f"; known are {listed}"
    return Flaw(_joined(where, key), key, listed, f"there is no such key{hint}")


def _hint(found: object, words: Sequence[str]) -> str:
    if not isinstance(found, str):
        return ""
    near = difflib.get_close_matches(found, words, n=1)
    return f' (did you mean "{near[0]}"?)' if near else ""


def _joined(where: str, key: object) -> str:
    name = cut(str(key))
    return f"{where}.{name}" if where else name
