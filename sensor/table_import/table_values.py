"""The numbers of a table, before they are checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sensor.table_import.table_columns import TableColumns
from sensor.types import FloatArray


@dataclass(frozen=True, slots=True)
class TableValues:
    """The numbers of a table as they were given."""

    columns: TableColumns
    """The columns, from their names."""
    values: FloatArray
    """(rows, columns.used) in the units of the columns."""
    lines: Sequence[int]
    """(rows,) line of each row in the file (the first line is 1), or row of the frame, from 0."""
