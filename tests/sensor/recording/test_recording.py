"""Tests of recordings: both our reader and MCAP's own read back what was written, without delay."""

import json
import os
import re
import runpy
import shutil
import stat
import sys
from pathlib import Path

import pytest
from mcap.reader import make_reader

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import RecordingWriter, open_recording, whole_recording
from sensor.recording import format as fmt
from sensor.types import Event, Item, Notification, SessionHeader
from tests.sensor.recordings import CHARACTERISTIC, HEADER, START_NS, session, write

DATA = Path(__file__).parents[2] / "data"
SECOND_NS = 10**9


def test_everything_is_read_back_unchanged(tmp_path: Path) -> None:
    items = session(450)
    recording = open_recording(write(tmp_path / "a.mcap", items, attach=b"t_s\n1\n"))
    assert recording.header == HEADER
    assert list(recording.items()) == items
    assert list(recording.items()) == items, "a second pass gives the same"
    assert recording.attachments() == {"reference.csv": b"t_s\n1\n"}
    assert recording.duration_s == pytest.approx(4.49)
    assert recording.health.complete
    assert recording.health.items == 450
    assert recording.health.damaged_bytes == 0
    assert "complete" in recording.health.summary


def test_a_recording_without_items_is_complete(tmp_path: Path) -> None:
    recording = open_recording(write(tmp_path / "a.mcap", []))
    assert list(recording.items()) == []
    assert recording.duration_s == 0.0
    assert recording.health.complete


def test_the_librarys_reader_sees_the_same_messages(tmp_path: Path) -> None:
    items = session(300)
    path = write(tmp_path / "a.mcap", items, attach=b"abc")
    with path.open("rb") as file:
        reader = make_reader(file, validate_crcs=True)
        head = reader.get_header()
        summary = reader.get_summary()
        messages = list(reader.iter_messages(log_time_order=False))
        attached = [(a.name, a.media_type, a.data) for a in reader.iter_attachments()]
    assert head.profile == "toepoint"
    assert summary is not None
    assert summary.statistics is not None
    assert summary.statistics.message_count == 301
    assert attached == [("reference.csv", "text/csv", b"abc")]
    session_message, *rest = messages
    assert json.loads(session_message[2].data)["format_version"] == fmt.LIVE_VERSION
    seen: list[Item] = []
    for number, (_, channel, message) in enumerate(rest, start=1):
        assert message.sequence == number
        if channel.topic == "/event":
            value = json.loads(message.data)
            seen.append(Event(message.log_time, value["kind"], value["data"]))
        else:
            source, characteristic = (channel.metadata[k] for k in ("source", "characteristic"))
            assert channel.topic == f"/sensor/{source}/{characteristic}"
            seen.append(Notification(message.log_time, source, characteristic, message.data))
    assert seen == items


def test_the_sample_file_of_version_1_stays_readable() -> None:
    recording = open_recording(DATA / "recording_v1.mcap")
    expected = json.loads((DATA / "recording_v1.json").read_text(encoding="utf-8"))
    assert recording.health.complete
    assert recording.header == HEADER
    assert {k: v.decode() for k, v in recording.attachments().items()} == expected["attachments"]
    listed = [
        [item.t_ns, item.kind, dict(item.data)]
        if isinstance(item, Event)
        else [item.t_ns, item.source, item.characteristic, item.payload.hex()]
        for item in recording.items()
    ]
    assert listed == expected["items"]


def test_the_examples_in_the_format_page_run_on_the_sample_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DATA.parents[1] / "docs" / "recording_format.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    shutil.copy(DATA / "recording_v1.mcap", tmp_path / "session.mcap")
    monkeypatch.chdir(tmp_path)
    for example in examples:
        (tmp_path / "example.py").write_text(example, encoding="utf-8")
        runpy.run_path("example.py")
    printed = capsys.readouterr().out
    assert "note 50 – ½" in printed
    assert "complete: 120 items" in printed


@pytest.mark.parametrize("gap_ns", [SECOND_NS // 100, SECOND_NS // 4, 2 * SECOND_NS])
def test_an_item_is_in_the_file_within_half_a_second(tmp_path: Path, gap_ns: int) -> None:
    path = tmp_path / "a.mcap"
    written: list[Item] = []
    with RecordingWriter(path, HEADER) as writer:
        for step in range(300):
            now_ns = START_NS + step * SECOND_NS // 100
            if step * (SECOND_NS // 100) % gap_ns == 0:
                written.append(Notification(now_ns, "a/b c", CHARACTERISTIC, bytes([step % 256])))
                writer.write(written[-1])
            writer.flush_if_due(now_ns)
            if step % 10 == 0:
                recording = open_recording(path)
                there = list(recording.items())
                assert there == written[: len(there)]
                assert all(item.t_ns > now_ns - SECOND_NS // 2 for item in written[len(there) :])
                assert not recording.health.closed
                assert not recording.health.damages


def test_the_writer_flushes_by_the_time_of_the_items(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    items = session(400)
    with RecordingWriter(path, HEADER) as writer:
        for count, item in enumerate(items, start=1):
            writer.write(item)
            if count % 25 == 0:
                missing = items[open_recording(path).health.items : count]
                assert not missing or item.t_ns - missing[0].t_ns < SECOND_NS // 2


def test_the_same_items_give_the_same_file(tmp_path: Path) -> None:
    first = write(tmp_path / "a.mcap", session(200)).read_bytes()
    assert write(tmp_path / "b.mcap", session(200)).read_bytes() == first


def test_times_that_are_out_of_order_are_kept(tmp_path: Path) -> None:
    items: list[Item] = [
        Notification(START_NS + t, "a/b c", CHARACTERISTIC, b"x") for t in (0, 5, 3, 9 * 10**9, 4)
    ]
    assert list(open_recording(write(tmp_path / "a.mcap", items)).items()) == items


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_and_new_folders_are_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = write(tmp_path / "x" / "y" / "a.mcap", [])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_a_recording_is_replaced_only_on_request(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mcap", session(10))
    before = path.read_bytes()
    with pytest.raises(RecordingError, match="already") as caught:
        RecordingWriter(path, HEADER)
    assert caught.value.fault is RecordingFault.EXISTS
    assert path.read_bytes() == before
    with pytest.raises(RecordingError, match="already"), whole_recording(path, HEADER):
        pass
    with whole_recording(path, HEADER, overwrite=True):
        # Until the new one is complete, the old one stays.
        assert path.read_bytes() == before
    assert open_recording(path).health.items == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(RecordingError) as caught:
        RecordingWriter(tmp_path / "file" / "a.mcap", HEADER)
    assert caught.value.fault is RecordingFault.NOT_WRITABLE
    assert "file" in str(caught.value)


@pytest.mark.parametrize(
    ("item", "says"),
    [
        (Notification(-1, "s", CHARACTERISTIC, b""), "t_ns"),
        (Notification(2**63, "s", CHARACTERISTIC, b""), "t_ns"),
        (Notification(0, "s", CHARACTERISTIC, bytes(70_000)), "70000 bytes"),
        (Notification(0, "", "event", b""), "from ''"),
        (Notification(0, "\ud800", CHARACTERISTIC, b""), "surrogates"),
        (Event(0, "note", {"x": float("nan")}), "not JSON compliant"),
        (Event(0, "note", {"x": "y" * 2**20}), "bytes of JSON"),
    ],
    ids=["before 0", "after 2**63", "too long", "no source", "no text", "nan", "too large"],
)
def test_an_item_that_could_not_be_read_back_is_not_written(
    tmp_path: Path, item: Item, says: str
) -> None:
    good = session(3)
    with RecordingWriter(tmp_path / "a.mcap", HEADER) as writer:
        writer.write(good[0])
        with pytest.raises(ValueError, match=says):
            writer.write(item)
        writer.write(good[1])
    recording = open_recording(tmp_path / "a.mcap")
    assert list(recording.items()) == good[:2]
    assert recording.health.complete


def test_a_head_that_could_not_be_read_back_makes_no_file(tmp_path: Path) -> None:
    bad = SessionHeader(-1, "now", ())
    with pytest.raises(ValueError, match="start_ns"):
        RecordingWriter(tmp_path / "a.mcap", bad)
    assert not (tmp_path / "a.mcap").exists()


def test_attachments_have_different_names(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "a.mcap", HEADER) as writer:
        writer.attach("x", "text/plain", b"1")
        with pytest.raises(ValueError, match="already"):
            writer.attach("x", "text/plain", b"2")
    assert open_recording(tmp_path / "a.mcap").attachments() == {"x": b"1"}


def test_closing_twice_changes_nothing(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "a.mcap", HEADER)
    writer.close()
    size = writer.path.stat().st_size
    writer.close()
    assert writer.path.stat().st_size == size


def test_a_file_that_changes_while_it_is_open_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mcap", session(300))
    recording = open_recording(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(RecordingError, match="changed") as caught:
        list(recording.items())
    assert caught.value.fault is RecordingFault.DAMAGED
    path.unlink()
    with pytest.raises(RecordingError) as caught:
        recording.attachments()
    assert caught.value.fault is RecordingFault.MISSING
