"""The import of other people's tables: a CSV or a frame with one row per sample becomes a recording.

:func:`import_table` reads and checks it and writes the recording; :func:`read_reference` returns
the reference angle that the table contained.
"""

from sensor.table_import.importer import ImportReport, import_table
from sensor.table_import.reference import Reference, read_reference
from sensor.table_import.samples import Gap
from sensor.table_import.spans import MarkedSet, Marks, TimeSpan, parse_span

__all__ = [
    "Gap",
    "ImportReport",
    "MarkedSet",
    "Marks",
    "Reference",
    "TimeSpan",
    "import_table",
    "parse_span",
    "read_reference",
]
