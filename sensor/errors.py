"""The errors of the sensor side. Each carries facts; its text says what happened and what to do."""

from enum import StrEnum
from pathlib import Path


class ToepointError(Exception):
    """The base of every error that is written for a person."""


class DecodeError(ToepointError):
    """A payload that cannot be a message of its family.

    Attributes
    ----------
    family
        Name of the family that should have sent it.
    characteristic
        UUID on which it arrived.
    payload
        The bytes as received.
    reason
        The fault that the decoder found.
    """

    def __init__(self, family: str, characteristic: str, payload: bytes, reason: str) -> None:
        self.family = family
        self.characteristic = characteristic
        self.payload = bytes(payload)
        self.reason = reason
        head = self.payload[:32].hex(" ") + (" …" if len(self.payload) > 32 else "")
        super().__init__(
            f"{family}: {reason} ({len(self.payload)} bytes on {characteristic}: {head})"
        )


class RecordingFault(StrEnum):
    """The fault of a recording."""

    MISSING = "missing"
    EXISTS = "exists"
    NOT_A_RECORDING = "not a recording"
    DAMAGED = "damaged"
    NEWER_VERSION = "newer version"
    DISK_FULL = "disk full"
    NOT_READABLE = "not readable"
    NOT_WRITABLE = "not writable"


class RecordingError(ToepointError):
    """A recording that cannot be read or written.

    Attributes
    ----------
    path
        The file.
    fault
        The kind of fault.
    offset
        Byte position of the fault in the file, for tools; None if it has no position.
    """

    def __init__(
        self, path: Path, fault: RecordingFault, detail: str, *, offset: int | None = None
    ) -> None:
        self.path = Path(path)
        self.fault = fault
        self.offset = offset
        super().__init__(f"{path}: {detail}")


class ImportFault(StrEnum):
    """The fault of a table that cannot be imported."""

    MISSING = "missing"
    COLUMNS = "columns"
    UNIT = "unit"
    VALUE = "value"
    TIME = "time"
    EMPTY = "empty"
    MARKS = "marks"


class TableError(ToepointError):
    """A table that cannot be imported.

    Attributes
    ----------
    path
        The file; None for a frame or arrays.
    fault
        The kind of fault.
    row
        Line of the file (the header is line 1), or row of the frame or arrays, from 0; None if the fault
        concerns the whole table.
    column
        Name of the column or array; None if the fault concerns no single one.
    """

    def __init__(
        self,
        path: Path | None,
        fault: ImportFault,
        detail: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.path = path
        self.fault = fault
        self.row = row
        self.column = column
        number = "row" if path is None else "line"
        parts = [
            "the data" if path is None else str(path),
            f"{number} {row}" if row is not None else "",
            f"column {column}" if column is not None else "",
        ]
        super().__init__(f"{', '.join(filter(None, parts))}: {detail}")


class SourceError(ToepointError):
    """A source string that names no source.

    Attributes
    ----------
    text
        The source as given.
    position
        Index of the first wrong character; None if there is no such character.
    """

    def __init__(self, text: str, detail: str, *, position: int | None = None) -> None:
        self.text = text
        self.position = position
        super().__init__(f"source {text!r}: {detail}")


class DocumentFault(StrEnum):
    """The fault of a file of settings, plans, edits or remembered devices."""

    MISSING = "missing"
    NOT_READABLE = "not readable"
    NOT_WRITABLE = "not writable"
    TOO_LARGE = "too large"
    SYNTAX = "no JSON or TOML"
    ANOTHER_KIND = "another kind of file"
    NEWER_VERSION = "newer version"
    CONTENT = "a value that is not allowed"


class DocumentError(ToepointError):
    """A document that cannot be read or written.

    Attributes
    ----------
    source
        The file, or the place of the document in words.
    fault
        The kind of fault.
    where
        Path within the document, such as ``set[2].rest_s``, the items of a list counted from 1;
        empty for the whole.
    value
        The value that was found there.
    allowed
        The allowed values, in words.
    """

    def __init__(
        self,
        source: Path | str,
        fault: DocumentFault,
        detail: str,
        *,
        where: str = "",
        value: object = None,
        allowed: str = "",
    ) -> None:
        self.source = source
        self.fault = fault
        self.where = where
        self.value = value
        self.allowed = allowed
        super().__init__(": ".join(part for part in (str(source), where, detail) if part))


class SettingError(ToepointError):
    """A setting with a value that a sensor, stage or simulation cannot use.

    Attributes
    ----------
    key
        Name of the setting.
    value
        The value as given.
    allowed
        The allowed values, in words that follow "it must be".
    """

    def __init__(self, key: str, value: object, allowed: str) -> None:
        self.key = key
        self.value = value
        self.allowed = allowed
        super().__init__(f"{key} = {value!r}: it must be {allowed}")


class FamilyClashError(ToepointError):
    """A sensor family that was registered under the name of another one.

    Attributes
    ----------
    name
        The name that both have.
    title
        What people call the family that has it already.
    """

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title
        super().__init__(f"{name} is the name of the family {title} already: choose another one")


class DeviceError(ToepointError):
    """A sensor that answered that it cannot stream as asked.

    Attributes
    ----------
    family
        Name of its family.
    reason
        Its answer, and what to do about it.
    """

    def __init__(self, family: str, reason: str) -> None:
        self.family = family
        self.reason = reason
        super().__init__(f"{family}: {reason}")


class UnfitDeviceError(DeviceError):
    """A sensor of a model that cannot do what is needed: asking it again does not help."""
