"""A table as the text of a TOML file."""

from collections.abc import Mapping

from sensor.types import JsonValue

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_ESCAPES["\n"] = "\\n"
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def toml_text(table: Mapping[str, JsonValue]) -> str:
    """Return the text of a document: values first, then its tables, then its lists of tables.

    Tables within them are written inline. None has no text in TOML; leave such keys out.
    """
    values: list[str] = []
    tables: list[str] = []
    lists: list[str] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            tables += ["", f"[{_key(key)}]", *_lines(value)]
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for item in value:
                if not isinstance(item, Mapping):
                    raise TypeError(item)
                lists += ["", f"[[{_key(key)}]]", *_lines(item)]
        else:
            values.append(_line(key, value))
    return "\n".join([*values, *tables, *lists]) + "\n"


def _lines(table: Mapping[str, JsonValue]) -> list[str]:
    return [_line(key, value) for key, value in table.items()]


def _line(key: str, value: JsonValue) -> str:
    return f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if key and set(key) <= _BARE else _string(key)


def _value(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_line(k, v) for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    raise TypeError(value)


def _number(value: float) -> str:
    # A whole number is read as either kind where a decimal one is asked for.
    whole = float(value).is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def _string(text: str) -> str:
    return '"' + "".join(_character(one) for one in text) + '"'


def _character(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    return one if one.isprintable() else f"\\U{ord(one):08X}"
