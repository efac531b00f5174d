"""Other people's tables: a CSV with one row a sample becomes a recording.

:func:`import_table` reads it, checks it and writes the recording; :func:`read_reference` returns
the reference angle that came with it.
"""

from sensor.importing.checks import Gap
from sensor.importing.marks import Marks, TimeSpan, parse_span
from sensor.importing.reference import Reference, read_reference
from sensor.importing.table import ImportReport, import_table

__all__ = [
    "Gap",
    "ImportReport",
    "Marks",
    "Reference",
    "TimeSpan",
    "import_table",
    "parse_span",
    "read_reference",
]
