"""Lists that are kept for this user: versioned JSON files in the platform's data folder.

Only their owner may read them, and each is replaced at one go. What stands in them is not believed:
:func:`fields_of`, :func:`items_of` and :func:`text_of` check what an entry is made of.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

import platformdirs

from sensor.errors import ToepointError
from sensor.store.private_file import write_private
from sensor.types import JsonValue

T = TypeVar("T")

VERSION = 1
MAX_BYTES = 1_000_000
_MOVE_AWAY = "move it away to begin anew"


class RememberedFault(StrEnum):
    """What is wrong with a list that was kept."""

    NOT_READABLE = "not readable"
    NOT_WRITABLE = "not writable"
    ANOTHER_FORMAT = "not a file of this kind"
    DAMAGED = "damaged"
    NEWER_VERSION = "newer version"


class RememberedError(ToepointError):
    """A list that was kept cannot be used.

    Attributes
    ----------
    path
        The file.
    fault
        The kind of trouble.
    """

    def __init__(self, path: Path, fault: RememberedFault, detail: str) -> None:
        self.path = path
        self.fault = fault
        super().__init__(f"{path}: {fault}: {detail}")


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """A kind of list: what it is called, and how an entry is read and written.

    ``read`` may raise KeyError, TypeError, ValueError or a ToepointError for an entry that is none.
    """

    name: str
    """``pairs`` stands in pairs.json, as "toepoint-pairs"."""
    key: str
    """Where in the file the entries stand."""
    read: Callable[[object], T]
    write: Callable[[T], JsonValue]

    @property
    def path(self) -> Path:
        """Where the list of this user is kept."""
        return platformdirs.user_data_path("toepoint", appauthor=False) / f"{self.name}.json"

    @property
    def _format(self) -> str:
        return f"toepoint-{self.name}"

    def load(self, path: Path | None = None) -> list[T]:
        """Return what was kept in ``path`` (else in the user's own file); nothing if there is none.

        Raises
        ------
        RememberedError
            If the file cannot be read, is another one, is damaged or of a newer version.
        """
        path = path or self.path
        try:
            with path.open("rb") as file:
                text = file.read(MAX_BYTES)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RememberedError(path, RememberedFault.NOT_READABLE, str(error)) from error
        try:
            stored = json.loads(text)
        except (ValueError, RecursionError) as error:
            detail = f"it is no JSON ({error}); {_MOVE_AWAY}"
            raise RememberedError(path, RememberedFault.DAMAGED, detail) from error
        if not isinstance(stored, dict) or stored.get("format") != self._format:
            detail = f'its "format" is not "{self._format}"'
            raise RememberedError(path, RememberedFault.ANOTHER_FORMAT, detail)
        version = stored.get("version")
        if not isinstance(version, int) or version > VERSION:
            detail = f"version {version}; this program knows {VERSION}: update it"
            raise RememberedError(path, RememberedFault.NEWER_VERSION, detail)
        try:
            return [self.read(entry) for entry in items_of(stored[self.key])]
        except (KeyError, TypeError, ValueError, ToepointError) as error:
            detail = f"{type(error).__name__}: {error}; {_MOVE_AWAY}"
            raise RememberedError(path, RememberedFault.DAMAGED, detail) from error

    def save(self, entries: Sequence[T], path: Path | None = None) -> None:
        """Keep ``entries`` in place of those that were kept.

        Raises
        ------
        RememberedError
            If the file cannot be written.
        """
        path = path or self.path
        stored: JsonValue = {
            "format": self._format,
            "version": VERSION,
            self.key: [self.write(entry) for entry in entries],
        }
        try:
            write_private(path, json.dumps(stored, indent=1))
        except OSError as error:
            raise RememberedError(path, RememberedFault.NOT_WRITABLE, str(error)) from error


def fields_of(value: object) -> dict[str, object]:
    """Return ``value`` if it is an object of JSON, else raise TypeError."""
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not an object")
    return value


def items_of(value: object) -> list[object]:
    """Return ``value`` if it is a list, else raise TypeError."""
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return value


def text_of(value: object) -> str:
    """Return ``value`` if it is a text, else raise TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
