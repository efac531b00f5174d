"""Plain values into typed ones, or one error that says where and what is allowed."""

import sys
from typing import Annotated, TypeAlias, TypeVar

import msgspec
from msgspec import Meta

from sensor.documents.flaws import Flaw, flaws
from sensor.documents.origin import Origin
from sensor.errors import DocumentFault, SettingError

T = TypeVar("T")

_LARGEST = sys.float_info.max
Finite: TypeAlias = Annotated[float, Meta(ge=-_LARGEST, le=_LARGEST)]
"""A number that is neither infinite nor NaN; TOML and code can say both."""


def convert(
    data: object, kind: type[T], origin: Origin, *, exact: bool = False, where: str = ""
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
    exact
        Refuse keys that ``kind`` does not have, and the lack of those that it has a default for.
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
        found = flaws(kind, data, exact=exact, where=where)
        flaw = next(found, Flaw(where, data, "", str(error)))
    else:
        flaw = next(flaws(kind, data, exact=True, where=where), None) if exact else None
        if flaw is None:
            return value
    raise origin.error(
        DocumentFault.CONTENT,
        flaw.text,
        where=flaw.where,
        value=flaw.value,
        allowed=flaw.allowed,
    )
