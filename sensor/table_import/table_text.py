"""The text of a table, read into numbers; an error names the line and column."""

import csv
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from sensor.errors import ImportFault, TableError
from sensor.table_import.table_columns import TableColumns, read_columns
from sensor.table_import.table_values import TableValues
from sensor.types import FloatArray

DELIMITERS = (";", "\t", ",")
"""Delimiters in the order of preference: with ";" a comma may be the decimal sign."""
MAX_FILE_BYTES = 2**29
"""Largest table: its text is held in memory."""
BLOCK_LINES = 20_000
"""Lines that are parsed together, between two reports of progress."""

Progress = Callable[[float], None]
"""A function that is called with the fraction that is done, from 0 to 1."""


def read_text(path: Path, progress: Progress | None = None) -> TableValues:
    """Return the numbers of the table in ``path``.

    Blank lines and lines that begin with ``#`` before the header, and blank lines after it, are
    ignored.

    Raises
    ------
    TableError
        If the file cannot be read as such a table.
    """
    lines = _lines(path)
    head = next((i for i, text in enumerate(lines) if text.strip() and text[0] != "#"), None)
    if head is None:
        raise TableError(path, ImportFault.EMPTY, "the file has no header and no rows")
    delimiter = next((d for d in DELIMITERS if d in lines[head]), ",")
    header = _fields(path, lines[head], head, delimiter)
    columns = read_columns(path, head + 1, header)
    filled = [i for i in range(head + 1, len(lines)) if lines[i].strip()]
    if not filled:
        raise TableError(path, ImportFault.EMPTY, "there is a header, but no row under it")
    blocks = []
    for start in range(0, len(filled), BLOCK_LINES):
        numbers = filled[start : start + BLOCK_LINES]
        texts = [lines[i] for i in numbers]
        # Spreadsheets of countries with a decimal comma put ; between the columns.
        if delimiter == ";":
            texts = [text.replace(",", ".") for text in texts]
        blocks.append(_read_block(path, columns, texts, numbers, delimiter))
        if progress is not None:
            progress((start + len(numbers)) / len(filled))
    return TableValues(columns, np.concatenate(blocks), [i + 1 for i in filled])


def _lines(path: Path) -> list[str]:
    try:
        if path.exists() and not path.is_file():
            raise TableError(path, ImportFault.MISSING, "it is a folder or a device, not a file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise TableError(
                path, ImportFault.VALUE, f"it has more than {MAX_FILE_BYTES} bytes. Split the table"
            )
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise TableError(path, ImportFault.MISSING, "there is no such file") from None
    except UnicodeDecodeError as error:
        raise TableError(
            path,
            ImportFault.VALUE,
            f"line {_line_of(data, error.start)} is not UTF-8 text. Save the table as CSV in UTF-8",
        ) from None
    except (OSError, ValueError) as error:
        raise TableError(path, ImportFault.MISSING, f"it cannot be read ({error})") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line_of(data: bytes, position: int) -> int:
    """Return the number of the line in which the byte at ``position`` is."""
    return data.count(b"\n", 0, position) + 1


def _read_block(
    path: Path, columns: TableColumns, texts: list[str], numbers: list[int], delimiter: str
) -> FloatArray:
    """Return the used columns of some rows; ``numbers`` are their indices in the file."""
    # numpy reads a block many times faster than the loop, but cannot name a bad field.
    wanted = len(columns.names) - 1
    if all(text.count(delimiter) == wanted for text in texts):
        try:
            block: FloatArray = np.loadtxt(
                texts, delimiter=delimiter, comments=None, usecols=columns.used, ndmin=2
            )
        except ValueError:
            pass
        else:
            if len(block) == len(texts):
                return block
    return _read_slowly(path, columns, texts, numbers, delimiter)


def _read_slowly(
    path: Path, columns: TableColumns, texts: list[str], numbers: list[int], delimiter: str
) -> FloatArray:
    """Read some rows one field at a time, so that an error can name line and column."""
    rows = []
    for number, text in zip(numbers, texts, strict=True):
        fields = _fields(path, text, number, delimiter)
        if len(fields) != len(columns.names):
            hint = (
                " (a decimal comma needs ; between the columns)"
                if delimiter == "," and len(fields) > len(columns.names)
                else ""
            )
            raise TableError(
                path,
                ImportFault.COLUMNS,
                f"{len(fields)} fields under a header of {len(columns.names)}{hint}",
                row=number + 1,
            )
        rows.append([_number(path, columns, fields, i, number) for i in columns.used])
    return np.array(rows, np.float64)


def _fields(path: Path, text: str, number: int, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter))
    except csv.Error as error:
        raise TableError(path, ImportFault.VALUE, f"{error}", row=number + 1) from None


def _number(
    path: Path, columns: TableColumns, fields: Sequence[str], index: int, number: int
) -> float:
    try:
        # Python's float accepts 1_000, which is no number in a table.
        return float(fields[index].replace("_", "?"))
    except ValueError:
        empty = not fields[index].strip()
        if empty and index == columns.reference:
            return math.nan
        what = "it is empty" if empty else f"{fields[index]!r:.40} is not a number"
        what += ". Leave out rows without a measurement; they count as lost"
        raise TableError(
            path, ImportFault.VALUE, what, row=number + 1, column=columns.names[index]
        ) from None
