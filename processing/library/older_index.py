"""An index of an older layout: its sessions, to be kept in view until their recordings are read again."""

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any

import msgspec

from processing.judge.set_metrics import SetMetrics

OLDER_LAYOUTS = frozenset({453315689})
"""The layouts that are carried over. An index of any other one is made again from the recordings."""
NEEDED_METRICS = tuple(
    f.name for f in fields(SetMetrics) if f.default is MISSING and f.default_factory is MISSING
)
"""The numbers of a set that every index of the present layout has; others have a default that says unknown."""
_SETS_OF = "SELECT * FROM training_set WHERE file = ? ORDER BY number"


@dataclass(frozen=True, slots=True)
class OlderSession:
    """A session of an older index, by column."""

    head: dict[str, Any]
    """Its row; the fingerprint is that of an older engine, so that its recording is read again."""
    sets: tuple[dict[str, Any], ...]
    """The rows of its sets; numbers that were not measured then are None."""


def older_sessions(database: sqlite3.Connection) -> Iterator[OlderSession]:
    """Yield the sessions of an index whose rows are :class:`sqlite3.Row`.

    Raises
    ------
    ValueError
        If the checksum of a session is wrong.
    sqlite3.Error
        If it cannot be read.
    """
    for row in database.execute("SELECT * FROM session").fetchall():
        head = dict(row)
        sets = [dict(one) for one in database.execute(_SETS_OF, (head.get("file"),))]
        # The checksum covers all columns in order, its own as zero.
        covered = [list({**head, "checksum": 0}.values()), *(list(one.values()) for one in sets)]
        if head.pop("checksum", None) != zlib.crc32(msgspec.msgpack.encode(covered)):
            raise ValueError(f"the checksum of {head.get('file')} is wrong")
        _, _, content = str(head.get("fingerprint")).partition(":")
        yield OlderSession(
            {**head, "fingerprint": f"0:{content}"},
            tuple({**one, "metrics": _completed(one.get("metrics", b""))} for one in sets),
        )


def _completed(metrics: bytes) -> bytes:
    """Return the numbers of a set with None for those that older versions did not have."""
    known = msgspec.msgpack.decode(metrics, type=dict[str, Any])
    return msgspec.msgpack.encode(dict.fromkeys(NEEDED_METRICS) | known)
