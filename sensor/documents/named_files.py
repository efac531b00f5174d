"""TOML files that are known by their names: those that come with the program, and a person's own."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from sensor.documents.convert import convert
from sensor.documents.flaws import Keys
from sensor.documents.header import read_version
from sensor.documents.origin import Origin
from sensor.errors import DocumentError, DocumentFault

SUFFIX = ".toml"
"""A name that ends with it is a file, any other the name of one that is known."""
Table = TypeVar("Table")


def names_in(folder: Traversable) -> tuple[str, ...]:
    """Return the names of the files in ``folder``, without their suffix, sorted."""
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


def read_named(folder: Traversable, name: str, what: str) -> bytes:
    """Read the file of this name.

    Parameters
    ----------
    folder
        The folder of the files.
    name
        The name of one, without its suffix.
    what
        The kind of the files in a word, for the error.

    Raises
    ------
    DocumentError
        If there is none of this name.
    """
    known = names_in(folder)
    if name not in known:
        raise unknown_name(name, known, what)
    return (folder / f"{name}{SUFFIX}").read_bytes()


def unknown_name(name: str, known: Sequence[str], what: str) -> DocumentError:
    """Return the error for a ``name`` that is not among the ``known`` ones of a kind."""
    listed = ", ".join(known)
    detail = f"there is no such {what}; there are {listed}"
    return DocumentError(name, DocumentFault.MISSING, detail, value=name, allowed=listed)


def read_described(
    table: Any, kind: type[Table], newest: int, origin: Origin, where: str = ""
) -> Table:
    """Read a parsed table that says in its key ``format`` which version of its description it follows.

    Parameters
    ----------
    table
        What was parsed.
    kind
        The type that describes the table.
    newest
        The newest version that is read.
    origin
        Where the table comes from.
    where
        Path of the table within its document.

    Raises
    ------
    DocumentError
        If it is of a newer version, or holds something that is not allowed; it names the key.
    """
    # First, so that a later format is refused for its version and not for its unknown keys.
    if isinstance(table, dict) and "format" in table:
        read_version(table, "format", newest, origin)
    return convert(table, kind, origin, Keys(closed=True), where)
