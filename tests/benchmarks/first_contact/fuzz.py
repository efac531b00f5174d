"""A million damaged messages into every decoder, and damaged files of every kind: only typed errors.

``python -m tests.benchmarks.first_contact.fuzz --messages 1000``; each decoder gets at most
:data:`LIMIT_S`, and the table says how many messages it had by then.
"""

import io
import random
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from processing.coach.protocol import SetType
from processing.judge.set_metrics import SetMetrics
from processing.library.index import INDEX_NAME, LibraryIndex
from processing.library.records import LibraryError, LibrarySession, LibrarySet
from processing.review.self_reports import SelfReports
from sensor.errors import DocumentError, RecordingError
from sensor.families import families
from sensor.families.base import Family
from tests.benchmarks.first_contact import REPORTED_FROM
from tests.documents.kinds import KINDS, Kind
from tests.sensor.families.driver import stream_settings
from tests.sensor.families.mutation import check_decoder, mutated, stream_of

SEED = REPORTED_FROM
MESSAGES = 1_000_000
"""Damaged messages for each decoder."""
LIMIT_S = 600.0
"""Longest time of the processor for one decoder: a million messages take 10 to 40 s of it."""
BATCH_BYTES = 400
"""Random bytes that one stream of damaged messages is made from, some 70 messages."""
FILES = 4_000
"""Damaged files of each kind, and indexes with one changed bit."""


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES, help="messages a decoder")
    wanted = parser.parse_args(arguments).messages
    print(f"seed {SEED}; to reach: 0 untyped errors\n")
    print(f"{'input':<28}{'tried':>10}{'refused':>10}{'untyped':>9}")
    for family in families().values():
        done, untyped = fuzz_decoder(family, wanted)
        _row(f"decoder {family.name}", done, None, untyped)
    for name, kind in KINDS.items():
        refused, untyped = fuzz_files(kind)
        _row(f"file: {name}", FILES, refused, untyped)
    refused, silent = flip_index_bits()
    _row("index, one bit changed", FILES, refused, silent)


def _row(name: str, tried: int, refused: int | None, untyped: list[str]) -> None:
    print(f"{name:<28}{tried:>10}{'' if refused is None else refused:>10}{len(untyped):>9}")
    for one in untyped[:3]:
        print(f"    {one}")


def fuzz_decoder(family: Family, wanted: int) -> tuple[int, list[str]]:
    """Return the number of damaged messages that a decoder got, and its untyped errors."""
    rng = random.Random(f"{SEED} {family.name}")
    good, settings = stream_of(family), stream_settings(family)
    end = time.process_time() + LIMIT_S
    done, untyped = 0, []
    while done < wanted and time.process_time() < end:
        data = rng.randbytes(BATCH_BYTES)
        messages = mutated(good, io.BytesIO(data).read)
        try:
            check_decoder(family, family.decoder(settings), messages)
        # Whatever is raised is what this looks for.
        except Exception as error:  # noqa: BLE001
            untyped.append(f"{type(error).__name__}: {error}; {data.hex()}")
        done += len(messages)
    return done, untyped


def fuzz_files(kind: Kind) -> tuple[int, list[str]]:
    """Return how many damaged files of a kind were refused, and the untyped errors."""
    rng = random.Random(f"{SEED} {kind.sample}")
    refused, untyped = 0, []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for data in damaged(kind.sound, rng):
            path.write_bytes(data)
            try:
                kind.load(path)
            except (DocumentError, RecordingError):
                refused += 1
            except Exception as error:  # noqa: BLE001
                untyped.append(f"{type(error).__name__}: {error}"[:200])
    return refused, untyped


SPLICES = (
    b"null",
    b"-1",
    b"1e308",
    b"9" * 400,
    b'"x"',
    b"[" * 5000,
    b"{}",
    b"[]",
    b"\xff",
    b"true",
)
"""The bytes that are written over a part of a file, besides random ones."""


def damaged(sound: bytes, rng: random.Random) -> Iterator[bytes]:
    """Yield :data:`FILES` damaged copies of ``sound``."""
    for _ in range(FILES):
        data = bytearray(sound)
        for _ in range(rng.choice((1, 1, 1, 2, 5))):
            at = rng.randrange(len(data) + 1)
            length = rng.choice((0, 1, 1, 2, 5, 20))
            match rng.randrange(4):
                case 0:
                    data[at : at + length] = rng.randbytes(length)
                case 1:
                    data[at : at + length] = rng.choice(SPLICES)
                case 2:
                    del data[at : at + length]
                case _:
                    data[at : at + 1] = bytes(
                        [data[at] ^ 1 << rng.randrange(8)] if data[at:] else []
                    )
        yield bytes(data)


def flip_index_bits() -> tuple[int, list[str]]:
    """Return how many indexes with one changed bit were made again, and what was not noticed."""
    rng = random.Random(SEED)
    refused, wrong = 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = LibraryIndex(folder)
        for number in range(12):
            index.put(_session(folder / f"{number}.mcap", rng), f"fingerprint {number}")
        sound, data = index.sessions(), (folder / INDEX_NAME).read_bytes()
        for _ in range(FILES):
            changed = bytearray(data)
            at, bit = rng.randrange(len(data)), rng.randrange(8)
            changed[at] ^= 1 << bit
            (folder / INDEX_NAME).write_bytes(changed)
            try:
                found = index.sessions()
            except LibraryError:
                wrong.append(f"byte {at}, bit {bit}: cannot be used")
                continue
            except Exception as error:  # noqa: BLE001
                wrong.append(f"byte {at}, bit {bit}: {type(error).__name__}: {error}")
                continue
            refused += found == {}
            # Some bytes of an SQLite file mean nothing.
            if found not in ({}, sound):
                wrong.append(f"byte {at}, bit {bit}: another content")
    return refused, wrong


def _session(path: Path, rng: random.Random) -> LibrarySession:
    metrics = msgspec.convert(
        {name: _number(kind, rng) for name, kind in SetMetrics.__annotations__.items()},
        SetMetrics,
        strict=False,
    )
    sets = tuple(
        LibrarySet(
            n + 1, SetType(rng.choice(list(SetType))), "R", rng.uniform(10, 80), 3.0, metrics
        )
        for n in range(rng.randint(1, 6))
    )
    return LibrarySession(
        path, "2026-01-01T12:00:00+00:00", rng.uniform(60, 3000), True, True, "complete", sets,
        "", SelfReports(2.0, 5.0), "",
    )  # fmt: skip


def _number(kind: object, rng: random.Random) -> object:
    return rng.randint(0, 20) if "int" in str(kind) else rng.uniform(0.0, 50.0)


if __name__ == "__main__":
    main(sys.argv[1:])
