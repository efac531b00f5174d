"""The types of a compiled function, read from its signature as numba writes it."""

import re
from dataclasses import dataclass
from enum import Enum


class Number(Enum):
    """A kind of number, by the name that numba has for it."""

    FLOAT = "f8"
    INTEGER = "i8"
    BOOLEAN = "b1"


@dataclass(frozen=True, slots=True)
class ArrayType:
    """The type of an argument that is an array."""

    number: Number
    dimensions: int
    contiguous: bool
    """Whether its rows must follow each other in memory."""
    changed: bool
    """Whether the function may write to it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The types of a compiled function."""

    arguments: tuple[ArrayType | Number, ...]
    results: tuple[Number, ...]
    """None for a function that only fills arrays; one that returns a single number has one."""
    is_tuple: bool
    """Whether it returns a tuple."""


_WHOLE = re.compile(
    r"(?P<result>void|\w\w|UniTuple\(\w\w, \d\)|Tuple\(\([^)]*\)\))\((?P<arguments>.*)\)"
)
_ARGUMENT = re.compile(
    r"(?P<array>Array\((?P<of>\w\w), (?P<dimensions>\d), '(?P<layout>[AC])', True\))"
    r"|(?P<number>\w\w)(?:\[(?P<shape>[^\]]*)\])?"
)


def read_signature(text: str) -> Signature:
    """Read a signature such as ``f8(f8[:, ::1], i8)``.

    Raises
    ------
    ValueError
        If it holds a type that no compiled function here has.
    """
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        raise ValueError(f"{text} is no signature of a compiled function")
    arguments = tuple(_argument(match) for match in _ARGUMENT.finditer(whole["arguments"]))
    result = whole["result"]
    return Signature(arguments, _results(result), result.startswith(("Tuple", "UniTuple")))


def _argument(match: re.Match[str]) -> ArrayType | Number:
    if match["array"]:
        # numba has this longer form for arrays that may be read-only.
        number, dimensions = Number(match["of"]), int(match["dimensions"])
        return ArrayType(number, dimensions, contiguous=match["layout"] == "C", changed=False)
    number, shape = Number(match["number"]), match["shape"]
    if shape is None:
        return number
    return ArrayType(number, shape.count(",") + 1, contiguous=shape.endswith("::1"), changed=True)


def _results(text: str) -> tuple[Number, ...]:
    if text == "void":
        return ()
    names = re.findall(r"\b[fib]\d\b", text)
    times = int(text[-2]) if text.startswith("UniTuple") else 1
    return tuple(map(Number, names)) * times
