"""Lists of devices that are kept for this user: versioned JSON files in the platform's data folder.

Only their owner may read them, and each is replaced as a whole.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import GenericAlias
from typing import Any, Generic, TypeVar

import msgspec
import platformdirs

from sensor.documents.convert import convert
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import write_private

T = TypeVar("T")

VERSION = 1
"""Version of every list; a file of a newer one is refused, and kept."""
MAX_BYTES = 1_000_000
"""A device takes some 300 bytes; no person has thousands."""


@dataclass(frozen=True, slots=True)
class KnownDevices(Generic[T]):
    """A list of entries of one kind in one file."""

    title: str
    """The list in words, for errors: ``a list of pairs``."""
    name: str
    """Name of the file and end of the format: ``pairs`` is in pairs.json, as "toepoint-pairs"."""
    key: str
    """Key of the entries in the file."""
    kind: type[T]
    """The type of an entry."""

    @property
    def path(self) -> Path:
        """The list of this user."""
        return platformdirs.user_data_path("toepoint", appauthor=False) / f"{self.name}.json"

    @property
    def _format(self) -> Format:
        return Format(self.title, f"toepoint-{self.name}", VERSION, name_key="format")

    def load(self, path: Path | None = None) -> list[T]:
        """Return the entries in ``path`` or else in the user's own list; none if there is no file.

        Raises
        ------
        DocumentError
            If the file cannot be read, is another one, is damaged or of a newer version.
        """
        path = path or self.path
        origin = Origin(path, "move the file away to start again")
        data = read_limited(path, MAX_BYTES, origin)
        if data is None:
            return []
        _, fields = self._format.read_head(parse_json(data, origin), origin)
        # The type is known only at run time.
        entries: Any = GenericAlias(list, (self.kind,))
        read: list[T] = convert(fields.get(self.key), entries, origin, where=self.key)
        return read

    def save(self, entries: Sequence[T], path: Path | None = None) -> None:
        """Write ``entries`` in place of those in the file.

        Raises
        ------
        DocumentError
            If the file cannot be written.
        """
        path = path or self.path
        stored = {**self._format.head(), self.key: msgspec.to_builtins(list(entries))}
        try:
            write_private(path, json.dumps(stored, indent=1))
        except OSError as error:
            detail = f"it cannot be written ({error})"
            raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error
