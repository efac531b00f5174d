"""The index of many sessions: a write to it, and what History waits for after an engine change."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest import mock

from processing.library import Library
from processing.library.index import LibraryIndex
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.performance.start import MINUTE
from tests.benchmarks.sessions import recorded

SESSIONS, OLD_SESSIONS = 5000, 2000
WRITES = 101


def measure() -> Iterator[Figure]:
    """Fill an index with copies of one session."""
    path = recorded(MINUTE)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / path.name).write_bytes(path.read_bytes())
        session = Library(folder).read(folder / path.name)
        index = LibraryIndex(folder)
        for number in range(SESSIONS):
            index.put(replace(session, path=folder / f"{number:05}.mcap"), "")
        spent_ms = []
        for number in range(WRITES):
            started = time.perf_counter()
            index.put(replace(session, path=folder / f"{number:05}.mcap"), "")
            spent_ms.append(1e3 * (time.perf_counter() - started))
    yield Figure(
        work=f"a write to the index of {SESSIONS} sessions",
        value=median(spent_ms),
        unit="ms",
        reach=1,
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "00000.mcap"
        first.write_bytes(path.read_bytes())
        session = Library(folder).read(first)
        library = Library(folder)
        ((_, (fingerprint, _)),) = LibraryIndex(folder).sessions().items()
        index = LibraryIndex(folder)
        for number in range(1, OLD_SESSIONS):
            copy = folder / f"{number:05}.mcap"
            os.link(first, copy)
            index.put(replace(session, path=copy), fingerprint)
        with mock.patch("processing.library.folder.ENGINE_VERSION", "newer"):
            started = time.perf_counter()
            shown = library.sessions()
            waiting = library.waiting()
            spent_s = time.perf_counter() - started
    if not len(shown) == len(waiting) == OLD_SESSIONS:
        raise AssertionError("old numbers are not shown, or not renewed")
    yield Figure(
        work=f"History lists {OLD_SESSIONS} sessions after an engine change",
        value=spent_s,
        unit="s",
        reach=2,
    )
