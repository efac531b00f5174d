"""For every kind of file, any content is read or raises the one typed error."""

import copy
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sensor.errors import DocumentError, RecordingError
from tests.documents.kinds import KINDS, Kind
from tests.documents.toml_text import toml_text

DEEP = 100_000
NONSENSE: list[Any] = [None, True, -1, 1.5, 10**400, "", "x" * 10_000, [], {}, [None] * 5, {"": 1}]
HOSTILE = {
    "one bracket": b"{",
    "brackets": b"[" * DEEP,
    "closed brackets": b"[" * DEEP + b"]" * DEEP,
    "objects": b'{"a":' * DEEP,
    "a deep value": b'{"type":' + b"[" * 500 + b"]" * 500 + b"}",
    "TOML brackets": b"a = " + b"[" * DEEP,
    "TOML tables": b"[" + b"a." * 5000 + b"a]",
    "digits": b"9" * 100_000,
    "digits in a table": b'{"version":' + b"9" * 100_000 + b"}",
    "TOML digits": b"format = " + b"9" * 100_000,
    "a long exponent": b'{"version": 1e999999}',
    "not a number": b'{"version": NaN}',
    "infinity": b'{"version": -Infinity}',
    "no UTF-8": b'{"type": "\xff\xfe"}',
    "UTF-16": '{"type": 1}'.encode("utf-16"),
    "UTF-32": '{"type": 1}'.encode("utf-32"),
    "half a pair": b'{"type": "\\ud800"}',
    "nulls": bytes(1000),
    "too much": b" " * 20_000_000,
}
"""Content that no kind of file may have."""

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value within ``value``."""
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(item, (*path, key))


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return ``document`` with another ``value`` at ``path``."""
    if not path:
        return value
    changed = copy.copy(document)
    changed[path[0]] = with_value(document[path[0]], path[1:], value)
    return changed


def without(document: Any, path: tuple[Any, ...]) -> Any:
    """Return ``document`` without what is at ``path``."""
    *above, last = path
    at = document
    for key in above:
        at = at[key]
    shorter = copy.copy(at)
    del shorter[last]
    return with_value(document, tuple(above), shorter)


def parts(kind: Kind) -> list[Any]:
    """Return the documents of the sample: a line each in a file of edits, else one."""
    if kind.sample.endswith(".toml"):
        return [tomllib.loads(kind.sound.decode())]
    if kind.sample.endswith(".jsonl"):
        return [json.loads(line) for line in kind.sound.splitlines()]
    return [json.loads(kind.sound)]


def content(kind: Kind, documents: list[Any]) -> bytes:
    """Return ``documents`` as a file of ``kind`` holds them."""
    if kind.sample.endswith(".toml"):
        return toml_text(documents[0]).encode("utf-8", "surrogatepass")
    lines = [json.dumps(document) for document in documents]
    return "".join(f"{line}\n" for line in lines).encode()


def refused_or_read(kind: Kind, path: Path, data: bytes) -> bool:
    """Read ``data`` as a file of ``kind``; return whether it was refused with the typed error."""
    path.write_bytes(data)
    error: DocumentError | RecordingError | None = None
    try:
        kind.load(path)
    except (DocumentError, RecordingError) as raised:
        error = raised
    text = "" if error is None else str(error)
    within = text.startswith(("the recording's coach", "the simulation", "the foot sensor's"))
    assert error is None or ((str(path) in text or within) and len(text) < 2000)
    return error is not None


@every_kind
def test_the_sample_is_read(kind: Kind, tmp_path: Path) -> None:
    assert not refused_or_read(kind, tmp_path / "x", kind.sound)
    assert not refused_or_read(kind, tmp_path / "x", content(kind, parts(kind)))


@every_kind
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_content_is_refused(kind: Kind, tmp_path: Path, data: bytes) -> None:
    assert refused_or_read(kind, tmp_path / "x", data + b"\n")


@every_kind
def test_a_byte_order_mark_is_accepted(kind: Kind, tmp_path: Path) -> None:
    assert not refused_or_read(kind, tmp_path / "x", b"\xef\xbb\xbf" + kind.sound)


@every_kind
def test_a_folder_is_refused(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises((DocumentError, RecordingError), match="cannot be read"):
        kind.load(tmp_path)


@every_kind
@given(data=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_refused_or_read(kind: Kind, tmp_path: Path, data: bytes) -> None:
    refused_or_read(kind, tmp_path / "x", data)


@every_kind
def test_a_cut_file_is_refused_or_read(kind: Kind, tmp_path: Path) -> None:
    for length in range(0, len(kind.sound) - 1, 5):
        refused_or_read(kind, tmp_path / "x", kind.sound[:length])


@every_kind
def test_a_file_with_a_flipped_bit_is_refused_or_read(kind: Kind, tmp_path: Path) -> None:
    for at in range(0, len(kind.sound), 5):
        data = bytearray(kind.sound)
        data[at] ^= 1 << (at % 8)
        refused_or_read(kind, tmp_path / "x", bytes(data))


@every_kind
def test_a_wrong_type_at_any_path_is_refused(kind: Kind, tmp_path: Path) -> None:
    documents = parts(kind)
    refused = 0
    for number, document in enumerate(documents):
        for path in paths(document):
            for nonsense in NONSENSE:
                changed = [*documents]
                changed[number] = with_value(document, path, nonsense)
                if not isinstance(changed[0], dict):
                    continue
                refused += refused_or_read(kind, tmp_path / "x", content(kind, changed))
    assert refused > 20


@every_kind
def test_a_missing_value_is_refused_or_has_a_default(kind: Kind, tmp_path: Path) -> None:
    documents = parts(kind)
    for number, document in enumerate(documents):
        for path in paths(document):
            if path:
                changed = [*documents]
                changed[number] = without(document, path)
                refused_or_read(kind, tmp_path / "x", content(kind, changed))
