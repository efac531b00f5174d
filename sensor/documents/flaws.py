"""What is wrong with a plain value that should have been of a type: where, what, what is allowed."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from sensor.documents.allowed import allowed_words, choices_of, shown
from sensor.errors import SettingError


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a document."""

    where: str
    """Path within the document, such as ``set[2].rest_s``, the items counted from 1; empty for the whole."""
    value: object
    """What was found; None where something is missing."""
    allowed: str
    """What may stand there, in words."""
    text: str
    """Both as a sentence."""


def flaws(kind: Any, data: object, *, exact: bool, where: str = "") -> Iterator[Flaw]:
    """Yield what is wrong with ``data`` as a value of ``kind``, in the order of its fields.

    Parameters
    ----------
    kind
        A dataclass, or any type that msgspec can convert to.
    data
        What was parsed.
    exact
        Whether keys that ``kind`` does not have are wrong, and those missing that it has a default for.
    where
        Path of ``data`` within the document.
    """
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    origin, arguments = get_origin(plain), get_args(plain)
    if origin in (Union, UnionType):
        others = [one for one in arguments if one is not NoneType]
        if data is not None and len(others) == 1:
            yield from flaws(others[0], data, exact=exact, where=where)
            return
    if is_dataclass(plain) and isinstance(data, dict):
        yield from _flaws_of_fields(plain, data, exact=exact, where=where)
    elif isinstance(data, list) and _is_list(origin, arguments):
        for number, item in enumerate(data, start=1):
            yield from flaws(arguments[0], item, exact=exact, where=f"{where}[{number}]")
    elif isinstance(data, dict) and origin in (dict, Mapping):
        for key, item in data.items():
            yield from flaws(arguments[1], item, exact=exact, where=_joined(where, key))
    else:
        yield from _flaws_of_value(kind, data, where)


def _is_list(origin: object, arguments: tuple[Any, ...]) -> bool:
    return origin in (list, Sequence) or (origin is tuple and arguments[1:] == (Ellipsis,))


def _flaws_of_fields(kind: Any, data: dict[str, Any], *, exact: bool, where: str) -> Iterator[Flaw]:
    hints = get_type_hints(kind, include_extras=True)
    known = {field.name: field for field in fields(kind)}
    before = 0
    for key in data if exact else ():
        if key not in known:
            before += 1
            yield _unknown(key, list(known), where)
    for name, field in known.items():
        optional = field.default is not MISSING or field.default_factory is not MISSING
        if name in data:
            for flaw in flaws(hints[name], data[name], exact=exact, where=_joined(where, name)):
                before += 1
                yield flaw
        elif exact or not optional:
            before += 1
            allowed = allowed_words(hints[name])
            yield Flaw(_joined(where, name), None, allowed, f"it is missing; it must be {allowed}")
    if not before:
        # What only the fields together can say is checked when the value is made.
        yield from _flaws_of_value(kind, data, where)


def _flaws_of_value(kind: Any, data: object, where: str) -> Iterator[Flaw]:
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
    near = difflib.get_close_matches(str(found), words, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _joined(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)
