"""Tests of damaged recordings: a typed error, or all sound items with a true report of the rest."""

import os
import random
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcap.data_stream import RecordBuilder
from mcap.opcode import Opcode
from mcap.records import Chunk

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import Recording, RecordingWriter, open_recording
from sensor.types import Item
from tests.sensor.recordings import HEADER, session

ITEMS = session(450)
ATTACHED = b"t_s,reference_deg\n" * 20
LARGEST_CHUNK_ITEMS = 31
"""The writer closes a chunk after 0.3 s; the items come every 10 ms."""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a recording that was closed, with an attachment in the middle."""
    path = tmp_path_factory.mktemp("closed") / "a.mcap"
    with RecordingWriter(path, HEADER) as writer:
        for item in ITEMS[:200]:
            writer.write(item)
        writer.attach("reference.csv", "text/csv", ATTACHED)
        for item in ITEMS[200:]:
            writer.write(item)
    return path.read_bytes()


@pytest.fixture(scope="module")
def stopped(closed: bytes) -> bytes:
    """Return the same bytes without the end, as a killed process leaves them."""
    end = bytes([Opcode.DATA_END]) + (4).to_bytes(8, "little")
    return closed[: closed.rindex(end)]


def is_subsequence(part: Iterable[Item], whole: Iterable[Item]) -> bool:
    rest = iter(whole)
    return all(item in rest for item in part)


def opened(path: Path, data: bytes) -> tuple[Recording, list[Item]] | RecordingFault:
    """Open ``data``, and check what must be true of any damaged recording of ``ITEMS``."""
    path.write_bytes(data)
    try:
        recording = open_recording(path)
    except RecordingError as error:
        return error.fault
    items = list(recording.items())
    health = recording.health
    assert recording.header == HEADER
    assert is_subsequence(items, ITEMS), "an item that was never written, or out of order"
    assert health.items == len(items)
    assert health.lost_items <= len(ITEMS) - len(items)
    assert all(name == "reference.csv" for name in recording.attachments())
    assert all(data == ATTACHED for data in recording.attachments().values())
    assert sum(d.length for d in health.damages) == health.damaged_bytes <= len(data)
    return recording, items


# Cut and changed bytes ------------------------------------------------------------------------


def test_a_recording_that_was_cut_opens_up_to_the_cut(tmp_path: Path, closed: bytes) -> None:
    path = tmp_path / "a.mcap"
    most = 0
    for length in sorted({*range(0, len(closed), 307), *range(0, 600, 11), len(closed) - 1}):
        result = opened(path, closed[:length])
        if isinstance(result, RecordingFault):
            assert most == 0, "once the head is there, every longer file opens"
            mcap_head = 8 + 9 + 4 + len("toepoint") + 4 + len(HEADER.software)
            known = (
                RecordingFault.DAMAGED if length >= mcap_head else RecordingFault.NOT_A_RECORDING
            )
            assert result is known
            continue
        recording, items = result
        assert items == ITEMS[: len(items)], "nothing before the cut is missing"
        assert len(items) >= most
        most = len(items)
        assert not recording.health.complete
        damages = recording.health.damages
        assert all(d.offset + d.length == length for d in damages), "the damage is at the cut"
    assert most == len(ITEMS)


@pytest.mark.parametrize("bits", [0x01, 0x08, 0xFF])
def test_a_changed_byte_costs_at_most_one_chunk_and_is_always_noticed(
    tmp_path: Path, closed: bytes, bits: int
) -> None:
    path = tmp_path / "a.mcap"
    for at in range(bits % 7, len(closed), 293):
        data = bytearray(closed)
        data[at] ^= bits
        result = opened(path, bytes(data))
        if isinstance(result, RecordingFault):
            assert at < 8
            assert result is RecordingFault.NOT_A_RECORDING
            continue
        recording, items = result
        assert len(items) >= len(ITEMS) - LARGEST_CHUNK_ITEMS
        assert recording.health.closed
        assert not recording.health.complete
        assert recording.health.damages
        assert recording.health.lost_items == len(ITEMS) - len(items)
        assert "damaged" in recording.health.summary


def test_a_changed_byte_in_a_recording_that_was_not_closed(tmp_path: Path, stopped: bytes) -> None:
    path = tmp_path / "a.mcap"
    for at in range(8, len(stopped), 197):
        data = bytearray(stopped)
        data[at] ^= 1 << (at % 8)
        result = opened(path, bytes(data))
        assert not isinstance(result, RecordingFault)
        recording, items = result
        assert len(items) >= len(ITEMS) - LARGEST_CHUNK_ITEMS
        assert not recording.health.closed
        if len(items) < len(ITEMS):
            assert recording.health.damages


Change = Callable[[bytes], bytes]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Return a way in which a file may be damaged."""
    kind = draw(st.sampled_from(["zeros", "insert", "delete", "repeat", "swap", "noise"]))
    where = draw(st.floats(0.0, 1.0))
    length = draw(st.integers(1, 3000))
    seed = draw(st.integers(0, 2**32))

    def change(data: bytes) -> bytes:
        at = 8 + int(where * (len(data) - 8))
        part = data[at : at + length]
        noise = random.Random(seed).randbytes(len(part))
        middle = {
            "zeros": bytes(len(part)),
            "insert": noise + part,
            "delete": b"",
            "repeat": part + part,
            "swap": part[len(part) // 2 :] + part[: len(part) // 2],
            "noise": noise,
        }[kind]
        return data[:at] + middle + data[at + length :]

    return change


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=changes(), again=changes(), ended=st.booleans())
def test_any_damage_gives_a_typed_error_or_items_that_were_written(
    tmp_path: Path, closed: bytes, stopped: bytes, change: Change, again: Change, ended: bool
) -> None:
    original = closed if ended else stopped
    data = again(change(original))
    result = opened(tmp_path / "a.mcap", data)
    if isinstance(result, RecordingFault):
        assert result in {RecordingFault.DAMAGED, RecordingFault.NOT_A_RECORDING}
    elif data != original and ended:
        assert not result[0].health.complete


def test_reading_goes_on_after_damage_and_counts_what_is_missing(
    tmp_path: Path, closed: bytes
) -> None:
    at = closed.index(ATTACHED) - 2000
    data = closed[:at] + bytes(1000) + closed[at + 1000 :]
    result = opened(tmp_path / "a.mcap", data)
    assert not isinstance(result, RecordingFault)
    recording, items = result
    health = recording.health
    assert items[-1] == ITEMS[-1]
    assert health.lost_items == len(ITEMS) - len(items) > 0
    lost = [item for item in ITEMS if item not in items]
    assert health.lost_s == pytest.approx((lost[-1].t_ns - lost[0].t_ns) / 1e9 + 0.02)
    assert health.damages[0].offset <= at
    assert health.damages[0].length >= 1000
    assert recording.attachments() == {"reference.csv": ATTACHED}
    assert f"{health.lost_items} items lost" in health.summary
    # The place in a person's terms: the time until which all is there, and no position in the file.
    kept = [item for item in ITEMS if item.t_ns < lost[0].t_ns]
    after_s = (kept[-1].t_ns - HEADER.start_ns) / 1e9
    assert f"the first after {after_s:.1f} s" in health.summary
    assert health.damages[0].after_s == pytest.approx(after_s)


def test_the_index_shows_what_is_missing_at_the_end(tmp_path: Path, closed: bytes) -> None:
    end = bytes([Opcode.DATA_END]) + (4).to_bytes(8, "little")
    at = closed.rindex(end)
    result = opened(tmp_path / "a.mcap", closed[: at - 2500] + bytes(2500) + closed[at:])
    assert not isinstance(result, RecordingFault)
    recording, items = result
    missing = ITEMS[len(items) :]
    assert items == ITEMS[: len(items)]
    assert recording.health.closed
    assert recording.health.lost_items == len(missing) > 0
    assert recording.health.lost_s == pytest.approx((ITEMS[-1].t_ns - items[-1].t_ns) / 1e9)


# Files that are no recording ------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"t_s,shin_acc_x_mps2\n0,1\n",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        bytes(4096),
        b"\x89MCAP1\r\n" + bytes(100),
        b"\x89MCAP",
    ],
    ids=["empty", "text", "picture", "zeros", "another MCAP", "part of the magic"],
)
def test_a_file_of_another_kind_is_no_recording(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mcap"
    path.write_bytes(data)
    with pytest.raises(RecordingError) as caught:
        open_recording(path)
    assert caught.value.fault is RecordingFault.NOT_A_RECORDING
    assert caught.value.offset == 0


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError) as caught:
        open_recording(tmp_path / "nowhere.mcap")
    assert caught.value.fault is RecordingFault.MISSING
    with pytest.raises(RecordingError) as caught:
        open_recording(tmp_path)
    assert caught.value.fault is RecordingFault.NOT_A_RECORDING
    with pytest.raises(RecordingError) as caught:
        open_recording(tmp_path / "a\0b")
    assert caught.value.fault in {RecordingFault.MISSING, RecordingFault.NOT_READABLE}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RecordingError) as caught:
        open_recording(tmp_path / "pipe")
    assert caught.value.fault is RecordingFault.NOT_A_RECORDING


def chunk_record(raw: bytes, **changed: object) -> bytes:
    """Return a chunk record of ``raw``, with wrong fields if any are given."""
    fields: dict[str, object] = {
        "compression": "zstd",
        "data": zstandard.compress(raw),
        "message_start_time": 0,
        "message_end_time": 0,
        "uncompressed_crc": zlib.crc32(raw),
        "uncompressed_size": len(raw),
        **changed,
    }
    builder = RecordBuilder()
    Chunk(**fields).write(builder)  # type: ignore[arg-type]
    return bytes(builder.end())


def record(opcode: int, content: bytes) -> bytes:
    return bytes([opcode]) + len(content).to_bytes(8, "little") + content


BAD_CHUNKS = {
    "a bomb": chunk_record(bytes(2**28)),
    "a bomb that lies": chunk_record(bytes(2**28), uncompressed_size=100),
    "no size in the frame": chunk_record(
        b"a", data=zstandard.ZstdCompressor(write_content_size=False).compress(b"a")
    ),
    "another compression": chunk_record(b"", compression="lz4"),
    "bytes after the frame": chunk_record(b"ab", data=zstandard.compress(b"ab") + b"x"),
    "no frame": chunk_record(b"ab", data=b"ab"),
    "an unknown channel": chunk_record(record(5, (99).to_bytes(22, "little"))),
    "a short message": chunk_record(record(5, bytes(21))),
    "half a record": chunk_record(record(5, bytes(30))[:-1]),
    "half a head": chunk_record(b"\x05\x00"),
    "a chunk in it": chunk_record(record(6, b"")),
    "a channel that is none": chunk_record(record(4, b"\x01\x00\x00\x00\xff\xff\xff\xff")),
    "a channel defined again": chunk_record(
        record(4, b"\x01\x00\x00\x00" + b"\x02\0\0\0/x" + b"\0\0\0\0" + b"\0\0\0\0")
    ),
}


@pytest.mark.parametrize("chunk", BAD_CHUNKS.values(), ids=BAD_CHUNKS.keys())
def test_a_malicious_chunk_is_left_out(tmp_path: Path, stopped: bytes, chunk: bytes) -> None:
    result = opened(tmp_path / "a.mcap", stopped + chunk)
    assert not isinstance(result, RecordingFault)
    recording, items = result
    assert items == ITEMS
    (damage,) = recording.health.damages
    assert (damage.offset, damage.length) == (len(stopped), len(chunk))


def test_a_file_that_would_waste_time_is_given_up(
    tmp_path: Path, stopped: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sensor.recording.file_scan._WORK_FIXED", 10**6)
    claim = 60_000
    nested = b"".join(record(9, b"")[:1] + claim.to_bytes(8, "little") for _ in range(10_000))
    (tmp_path / "a.mcap").write_bytes(stopped + b"\xff" + nested + bytes(claim))
    with pytest.raises(RecordingError, match="too long") as caught:
        open_recording(tmp_path / "a.mcap")
    assert caught.value.fault is RecordingFault.DAMAGED
