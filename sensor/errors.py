"""Errors of the sensor side. Each carries facts; its text says what, where and what to do."""

from enum import StrEnum
from pathlib import Path


class ToepointError(Exception):
    """Base of every error that a person is meant to read."""


class DecodeError(ToepointError):
    """A payload that cannot be a message of its family.

    Attributes
    ----------
    family, characteristic
        Whose message it was meant to be, and where it arrived.
    payload
        The bytes as received.
    reason
        What is wrong with them.
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
    """What is wrong with a recording."""

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
        The kind of trouble.
    offset
        Byte position in the file where it shows, where there is one.
    """

    def __init__(
        self, path: Path, fault: RecordingFault, detail: str, *, offset: int | None = None
    ) -> None:
        self.path = Path(path)
        self.fault = fault
        self.offset = offset
        where = f" at byte {offset}" if offset is not None else ""
        super().__init__(f"{path}{where}: {detail}")


class ImportFault(StrEnum):
    """What is wrong with a table that was to be imported."""

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
    path, row, column
        Where: ``row`` is the line of the file (the header is line 1), None for the whole table.
    fault
        The kind of trouble.
    """

    def __init__(
        self,
        path: Path,
        fault: ImportFault,
        detail: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.path = Path(path)
        self.fault = fault
        self.row = row
        self.column = column
        where = "".join(
            [
                f", line {row}" if row is not None else "",
                f", column {column}" if column is not None else "",
            ]
        )
        super().__init__(f"{path}{where}: {detail}")


class SourceError(ToepointError):
    """A source string that names nothing that can be opened.

    Attributes
    ----------
    text
        The source as given.
    position
        Index of the character where it goes wrong, where there is one.
    """

    def __init__(self, text: str, detail: str, *, position: int | None = None) -> None:
        self.text = text
        self.position = position
        super().__init__(f"source {text!r}: {detail}")


class SettingError(ToepointError):
    """A setting that a sensor, stage or simulation cannot take.

    Attributes
    ----------
    key, value
        The setting and what it was.
    allowed
        What it may be, in words.
    """

    def __init__(self, key: str, value: object, allowed: str) -> None:
        self.key = key
        self.value = value
        self.allowed = allowed
        super().__init__(f"{key} = {value!r}: it must be {allowed}")


class DeviceError(ToepointError):
    """A sensor whose own answer shows that it cannot stream as asked.

    Attributes
    ----------
    family
        Its make.
    reason
        What it answered, and what to do about it.
    """

    def __init__(self, family: str, reason: str) -> None:
        self.family = family
        self.reason = reason
        super().__init__(f"{family}: {reason}")


class UnfitDeviceError(DeviceError):
    """A sensor whose model cannot do what is needed: to ask it again is of no use."""
