"""The allowed values of a type, in words for a person."""

import sys
from typing import Any

from msgspec import inspect

_NUMERALS = {2: "two", 3: "three"}
_LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """Return a value as an error shows it."""
    # More digits than Python writes in decimal would raise ValueError.
    large = isinstance(value, int) and value.bit_length() > 1000
    return "a very large number" if large else cut(repr(value))


def cut(text: str) -> str:
    """Shorten a long text for an error."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"


def allowed_words(kind: Any) -> str:
    """Return what ``kind`` allows: its own description if it has one, else its limits in words."""
    return _words(inspect.type_info(kind))


def choices_of(kind: Any) -> list[str]:
    """Return the words that ``kind`` takes; none if it is no choice of words."""
    return [str(word) for word in _choices(_unwrapped(inspect.type_info(kind)))]


def _unwrapped(node: inspect.Type) -> inspect.Type:
    """Return the type without its metadata and without null, which only our own files hold."""
    if isinstance(node, inspect.Metadata):
        return _unwrapped(node.type)
    if isinstance(node, inspect.UnionType):
        others = [one for one in node.types if not isinstance(one, inspect.NoneType)]
        if len(others) == 1:
            return _unwrapped(others[0])
    return node


def _choices(node: inspect.Type) -> list[object]:
    if isinstance(node, inspect.EnumType):
        return [member.value for member in node.cls]
    return list(node.values) if isinstance(node, inspect.LiteralType) else []


def _words(node: inspect.Type) -> str:
    if isinstance(node, inspect.Metadata) and node.extra_json_schema:
        description = node.extra_json_schema.get("description")
        if description:
            return str(description)
    node = _unwrapped(node)
    words = "a table"
    match node:
        case inspect.EnumType() | inspect.LiteralType():
            words = "one of " + ", ".join(f'"{word}"' for word in _choices(node))
        case inspect.BoolType():
            words = "true or false"
        case inspect.IntType() | inspect.FloatType():
            words = f"a {_number(node, 'number')}"
        case inspect.StrType():
            words = _text(node)
        case inspect.TupleType():
            words = _tuple(node)
        case inspect.ListType() | inspect.VarTupleType():
            words = "a list"
        case inspect.UnionType():
            words = " or ".join(_words(one) for one in node.types)
        case inspect.NoneType():
            words = "null"
    return words


def _tuple(node: inspect.TupleType) -> str:
    count, item = len(node.item_types), node.item_types[0]
    numeral = _NUMERALS.get(count, str(count))
    alike = all(repr(one) == repr(item) for one in node.item_types)
    if alike and isinstance(item, inspect.IntType | inspect.FloatType):
        return f"{numeral} {_number(item, 'numbers')}"
    return f"a list of {numeral}"


def _number(node: inspect.IntType | inspect.FloatType, noun: str) -> str:
    whole = "whole " if isinstance(node, inspect.IntType) else ""
    low, high = node.ge, node.le
    if low is None or high is None or high >= sys.float_info.max:
        since = f" from {figure(low)} on" if low is not None and low > -sys.float_info.max else ""
        finite = "finite " if not whole and not since else ""
        return f"{finite}{whole}{noun}{since}"
    return f"{whole}{noun} from {figure(low)} to {figure(high)}"


def figure(value: float) -> str:
    """Return a limit as people write it: without an exponent up to a trillion."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e12 else f"{value:g}"


def _text(node: inspect.StrType) -> str:
    if node.max_length is None:
        return "a text"
    return f"a text of {node.min_length or 0} to {node.max_length} characters"
