"""Single MCAP records, read so strictly that a changed byte in their frame is always noticed."""

import struct
from io import BytesIO
from typing import Protocol, TypeVar

from mcap.data_stream import ReadDataStream, RecordBuilder
from mcap.exceptions import McapError

from sensor.recording.format import FormatError


class _Record(Protocol):
    def write(self, stream: RecordBuilder) -> None: ...
    @staticmethod
    def read(stream: ReadDataStream) -> "_Record": ...


R = TypeVar("R", bound=_Record)


def parse_record(kind: type[R], content: bytes) -> R:
    """Return the record that ``content`` encodes.

    The record must give the same bytes when it is written again; for an attachment that includes
    its checksum.

    Raises
    ------
    FormatError
        If the bytes are no such record, or are not the same when written again.
    """
    name = kind.__name__.lower()
    try:
        # MCAP's own reader ignores wrong lengths and bytes behind the fields; writing shows them.
        record = kind.read(ReadDataStream(BytesIO(content)))
        builder = RecordBuilder()
        record.write(builder)
    except (McapError, struct.error, UnicodeError, OverflowError):
        raise FormatError(f"a record that is not {name}") from None
    if not isinstance(record, kind) or builder.end()[9:] != content:
        raise FormatError(f"a record whose lengths or checksum are not those of {name}")
    return record
