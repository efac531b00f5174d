"""JSON and TOML into plain values, with limits of size and depth."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from sensor.documents.origin import Origin
from sensor.errors import DocumentFault

MAX_DEPTH = 40
"""No file of ours nests deeper than ten. Deeper ones could exhaust the stack when written."""
MAX_INT_BITS = 1000
"""Larger whole numbers have no float, and whatever computes with them would raise OverflowError."""
_TOO_DEEP = "its lists and tables are nested too deeply"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Some Windows editors put it first when they save UTF-8."""
_NEWLINE = b"\n"
_POSITION = re.compile(r" \(byte (\d+)\)$")


def read_limited(path: Path, max_bytes: int, origin: Origin | None = None) -> bytes | None:
    """Read a whole file; return None if there is no such file.

    Raises
    ------
    DocumentError
        If it cannot be read or has more than ``max_bytes``.
    """
    origin = origin or Origin(path)
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        return None
    # A path with a null character is a ValueError.
    except (OSError, ValueError) as error:
        raise origin.error(DocumentFault.NOT_READABLE, f"it cannot be read ({error})") from error
    if len(data) > max_bytes:
        detail = f"it is too large; at most {max_bytes} bytes are read"
        raise origin.error(DocumentFault.TOO_LARGE, detail)
    return data


def read_file(path: Path, max_bytes: int) -> bytes:
    """Read a whole file that must be there.

    Raises
    ------
    DocumentError
        If there is no such file, it cannot be read, or has more than ``max_bytes``.
    """
    data = read_limited(path, max_bytes)
    if data is None:
        detail = "it cannot be read: there is no such file"
        raise Origin(path).error(DocumentFault.MISSING, detail)
    return data


def parse_json(data: bytes, origin: Origin) -> object:
    """Parse UTF-8 JSON; numbers are finite.

    Parameters
    ----------
    data
        The bytes of the document.
    origin
        Where the document comes from.

    Raises
    ------
    DocumentError
        If it is no JSON or nested too deeply.
    """
    return _parsed(data, origin, "JSON", msgspec.json.decode)


def parse_toml(data: bytes, origin: Origin) -> object:
    """Parse UTF-8 TOML; numbers may be infinite or NaN, and dates are dates.

    Parameters
    ----------
    data
        The bytes of the document.
    origin
        Where the document comes from.

    Raises
    ------
    DocumentError
        If it is no TOML or nested too deeply.
    """
    return _parsed(data, origin, "TOML", msgspec.toml.decode)


def _parsed(
    data: bytes, origin: Origin, language: str, decode: Callable[[bytes], object]
) -> object:
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        value = decode(data)
    except RecursionError:
        raise origin.error(DocumentFault.SYNTAX, _TOO_DEEP) from None
    except ValueError as error:
        # msgspec's errors are ValueErrors, as is Python's for a number of thousands of digits.
        detail = f"it is not {language}: {_located(data, str(error))}"
        raise origin.error(DocumentFault.SYNTAX, detail) from None
    if trouble := _beyond_limits(value):
        raise origin.error(DocumentFault.SYNTAX, trouble)
    return value


def _beyond_limits(value: object) -> str:
    """Return in words which limit a parsed value exceeds; empty if none."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        if any(isinstance(one, int) and one.bit_length() > MAX_INT_BITS for one in level):
            return "a number in it is too large"
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return ""
    return _TOO_DEEP


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _located(data: bytes, message: str) -> str:
    """Replace the position in bytes of a message by line and column."""
    found = _POSITION.search(message)
    if found is None:
        return message
    before = data[: int(found[1])]
    column = len(before) - before.rfind(_NEWLINE)
    # Text of one line is itself a line of a file, which the origin names.
    line = f"line {before.count(_NEWLINE) + 1}, " if _NEWLINE in data else ""
    return f"{message[: found.start()]} ({line}column {column})"
