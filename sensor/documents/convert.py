"""Plain values into typed ones, or one error that says where and what is allowed."""

import sys
from typing import Annotated, Any, TypeAlias, TypeVar

import msgspec
from msgspec import Meta

from sensor.documents.flaws import Flaw, Keys, flaws
from sensor.documents.origin import Origin
from sensor.errors import DocumentFault, SettingError
from sensor.types import JsonValue

T = TypeVar("T")

_LARGEST = sys.float_info.max
Finite: TypeAlias = Annotated[float, Meta(ge=-_LARGEST, le=_LARGEST)]
"""A number that is neither infinite nor NaN; TOML and code can say both."""


def convert(
    data: object, kind: type[T], origin: Origin, keys: Keys | None = None, where: str = ""
) -> T:
    """Convert what was parsed of a document to a value of ``kind``.

    Parameters
    ----------
    data
        The parsed document, or a part of it.
    kind
        The type; its limits stand in ``Annotated[…, msgspec.Meta(…)]``, and a ``description`` there
        replaces their words.
    origin
        Where the document comes from.
    keys
        Which keys every table may and must have; by default unknown ones are left out.
    where
        Path of ``data`` within the document.

    Raises
    ------
    DocumentError
        If it is not such a value; it says where, what was found and what is allowed.
    """
    flaw: Flaw | None
    try:
        value = msgspec.convert(data, kind)
    except (ValueError, SettingError) as error:
        found = flaws(kind, data, keys or Keys(), where)
        flaw = next(found, Flaw(where, data, "", str(error)))
    else:
        flaw = next(flaws(kind, data, keys, where), None) if keys else None
        if flaw is None:
            return value
    raise origin.error(
        DocumentFault.CONTENT,
        flaw.text,
        where=flaw.where,
        value=flaw.value,
        allowed=flaw.allowed,
    )


def as_table(value: object) -> dict[str, JsonValue]:
    """Return a dataclass as a table that JSON and TOML can hold; fields that are None are left out."""
    table: dict[str, JsonValue] = _plain(msgspec.to_builtins(value))
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    # Lists, as they come back from a file: a header equals the one that is read again.
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
