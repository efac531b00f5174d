"""The kind and the version that every file of ours names."""

from dataclasses import dataclass
from typing import Any

from sensor.documents.allowed import shown
from sensor.documents.origin import Origin
from sensor.errors import DocumentFault


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and how far this version of the program reads it."""

    title: str
    """Name of the kind in errors, such as ``a calibration``."""
    name: str
    """Name of the kind in the file, such as ``toepoint.calibration``."""
    version: int
    """The newest version that is read; every older one from 1 on is read too."""
    name_key: str = "type"
    """The key of the name."""
    version_key: str = "version"
    """The key of the version."""

    def head(self) -> dict[str, str | int]:
        """Return what a file of this kind begins with."""
        return {self.name_key: self.name, self.version_key: self.version}

    def read_head(self, data: object, origin: Origin) -> tuple[int, dict[str, Any]]:
        """Split a parsed document into its version and the rest of its fields.

        Raises
        ------
        DocumentError
            If it is of another kind (ANOTHER_KIND), of a newer version (NEWER_VERSION), or has none
            (CONTENT).
        """
        if not isinstance(data, dict) or data.get(self.name_key) != self.name:
            found = data.get(self.name_key) if isinstance(data, dict) else None
            raise origin.error(
                DocumentFault.ANOTHER_KIND,
                f'it is not {self.title}: its "{self.name_key}" is not "{self.name}"',
                value=found,
                allowed=self.name,
            )
        version = read_version(data, self.version_key, self.version, origin)
        keys = (self.name_key, self.version_key)
        return version, {key: value for key, value in data.items() if key not in keys}


def read_version(data: dict[str, Any], key: str, newest: int, origin: Origin) -> int:
    """Read the version of a document.

    Parameters
    ----------
    data
        The document.
    key
        Where the version stands in it.
    newest
        The newest version that this program reads.
    origin
        Where the document comes from.

    Raises
    ------
    DocumentError
        If it is newer (NEWER_VERSION) or no whole number from 1 on (CONTENT).
    """
    version = data.get(key)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        allowed = "a whole number from 1 on"
        raise origin.error(
            DocumentFault.CONTENT,
            f"{shown(version)} must be {allowed}",
            where=key,
            value=version,
            allowed=allowed,
        )
    if version > newest:
        # The advice for a damaged file would lose what the newer program wrote.
        raise Origin(origin.name).error(
            DocumentFault.NEWER_VERSION,
            f"a newer Toepoint wrote it (format {shown(version)}, this one reads up to {newest}); "
            "update Toepoint",
            value=version,
            allowed=f"1 to {newest}",
        )
    return version
