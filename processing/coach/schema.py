"""Checks of a table that a person wrote: every error names the key and what is allowed there."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sensor.errors import ToepointError


class ProtocolError(ToepointError):
    """A protocol that cannot be used.

    Attributes
    ----------
    source
        The file or the name of the protocol.
    key
        Where in it, for example ``set[2].rest_s``; ``""`` for the whole.
    allowed
        What may stand there, in words.
    """

    def __init__(self, source: str, key: str, detail: str, allowed: str = "") -> None:
        self.source = source
        self.key = key
        self.allowed = allowed
        super().__init__(": ".join(part for part in (source, key, detail) if part))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a key may hold: ``read`` returns the value or raises ValueError; ``allowed`` says it."""

    allowed: str
    read: Callable[[Any], Any]
    required: bool = False


def number(low: float, high: float, *, whole: bool = False) -> Rule:
    """Return the rule of a number from ``low`` to ``high``."""
    kind = "whole number" if whole else "number"

    def read(value: Any) -> float:
        right = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
        if not (right and low <= value <= high):
            raise ValueError
        return value  # type: ignore[no-any-return]  # narrowed by isinstance above

    return Rule(f"a {kind} from {low:g} to {high:g}", read)


def pair(low: float, high: float) -> Rule:
    """Return the rule of a list of two numbers, the lesser first."""
    single = number(low, high)

    def read(value: Any) -> tuple[float, float]:
        if not isinstance(value, list) or len(value) != 2:
            raise ValueError
        least, most = single.read(value[0]), single.read(value[1])
        if least > most:
            raise ValueError
        return least, most

    return Rule(f"two numbers from {low:g} to {high:g}, the lesser first, as [5, 8]", read)


def choice(options: Mapping[str, Any]) -> Rule:
    """Return the rule of one of some words, each with what it stands for."""

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in options:
            raise ValueError
        return options[value]

    return Rule("one of " + ", ".join(f'"{option}"' for option in options), read)


def flag() -> Rule:
    """Return the rule of true or false."""

    def read(value: Any) -> bool:
        if value is True or value is False:
            return value is True
        raise ValueError

    return Rule("true or false", read)


def text(longest: int) -> Rule:
    """Return the rule of a text that is not empty."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= longest:
            raise ValueError
        return value.strip()

    return Rule(f"a text of 1 to {longest} characters", read)


def read_table(
    source: str, where: str, table: Any, rules: Mapping[str, Rule], others: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the values of a table, checked by ``rules``.

    Parameters
    ----------
    source, where
        The file, and the path of the table in it, for the errors.
    table
        What was read.
    rules
        What each key may hold.
    others
        Keys that may stand there and are read elsewhere.

    Raises
    ------
    ProtocolError
        If it is no table, a key is unknown or missing, or a value is not allowed.
    """
    if not isinstance(table, dict):
        raise ProtocolError(source, where, "it must be a table", "a table")
    values: dict[str, Any] = {}
    for key, value in table.items():
        path = f"{where}.{key}" if where else key
        if key in others:
            continue
        if key not in rules:
            raise _unknown(source, path, key, [*rules, *others])
        rule = rules[key]
        try:
            values[key] = rule.read(value)
        except ValueError as error:
            detail = str(error) or f"{value!r} must be {rule.allowed}"
            raise ProtocolError(source, path, detail, rule.allowed) from None
    for key, rule in rules.items():
        if rule.required and key not in values:
            path = f"{where}.{key}" if where else key
            detail = f"it is missing; it must be {rule.allowed}"
            raise ProtocolError(source, path, detail, rule.allowed)
    return values


def _unknown(source: str, path: str, key: str, known: list[str]) -> ProtocolError:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f'did you mean "{near[0]}"?' if near else "known are " + ", ".join(sorted(known))
    return ProtocolError(source, path, f"there is no such key; {hint}", ", ".join(sorted(known)))
