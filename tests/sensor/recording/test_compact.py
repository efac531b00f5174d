"""Compact recordings: every item stays the same, and no failure loses one."""

import contextlib
import errno
import json
import os
import random
import signal
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import zstandard
from mcap.reader import make_reader

from sensor.errors import RecordingError
from sensor.recording import LeftAsItIs, RecordingWriter, compact_recording, open_recording
from sensor.recording.format import FormatError
from sensor.recording.run import RunEncoder, decode_run
from sensor.types import Event, Item, Notification, NotificationRun
from tests.failing_disk import FailingDisk, Fault, every_fault
from tests.sensor.recordings import CHARACTERISTIC, HEADER, session, write

ITEMS = session(300)
DATA = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).parents[3]
KEY = ("a/b c", CHARACTERISTIC)


def walking(count: int, seed: int = 1) -> list[Item]:
    """Return notifications of a sensor that counts and wanders, with arrivals that jump back."""
    rng = np.random.default_rng(seed)
    samples = np.cumsum(rng.integers(-9, 10, (count * 4, 6)), axis=0).astype("<i2")
    times = HEADER.start_ns + np.cumsum(rng.integers(-10_000_000, 60_000_000, count))
    return [
        Notification(
            int(t), "a/b c", CHARACTERISTIC, struct.pack(">HB", n % 65536, 7) + block.tobytes()
        )
        for n, (t, block) in enumerate(zip(times, samples.reshape(count, 4, 6), strict=True))
    ]


@pytest.mark.parametrize(
    "items",
    [[], ITEMS[:1], ITEMS[50:51], ITEMS, walking(40_000 // 16), [*ITEMS, *walking(5)]],
    ids=["nothing", "a notification", "an event", "mixed", "long", "times that go back"],
)
def test_every_item_comes_back_as_it_was(tmp_path: Path, items: list[Item]) -> None:
    path = write(tmp_path / "a.mcap", items, attach=b"\x00reference")
    before = open_recording(path)
    attachments = before.attachments()
    done = compact_recording(path)
    after = open_recording(path)
    assert list(after.items()) == items
    events = [item for item in items if isinstance(item, Event)]
    assert list(before.events()) == list(after.events()) == events
    assert after.header == before.header
    assert after.attachments() == attachments
    assert after.health == before.health
    assert after.version == (1 if done.reason else 2)
    assert done.after_bytes == path.stat().st_size <= done.before_bytes
    # The one that was opened before reads the new file.
    assert list(before.items()) == items


def test_samples_take_little_more_room_than_their_entropy(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mcap", walking(3000))
    done = compact_recording(path)
    # Six values from -9 to 9 have log2(19) bits each; the times have some 26 bits.
    entropy = 3000 * (24 * np.log2(19) + 26) / 8
    assert entropy < done.after_bytes < 1.3 * entropy


@pytest.mark.parametrize("seed", range(4))
def test_payloads_of_any_lengths_come_back(seed: int) -> None:
    rng = random.Random(seed)
    payloads = [rng.randbytes(rng.choice((0, 1, 2, 19, 20, 21, 244))) for _ in range(200)]
    run = NotificationRun(
        *KEY,
        np.cumsum([rng.randint(1, 2**20) for _ in payloads]),
        np.array([rng.choice((0, 2**63 - 1, rng.getrandbits(62))) for _ in payloads]),
        b"".join(payloads),
        np.concatenate([[0], np.cumsum([len(p) for p in payloads])]),
    )
    data = RunEncoder().encode(run)
    back = decode_run(KEY, int(run.sequence[0]), int(run.t_ns[0]), data)
    assert back.payloads == run.payloads
    for name in ("sequence", "t_ns", "offsets"):
        np.testing.assert_array_equal(getattr(back, name), getattr(run, name))


def test_a_changed_run_is_an_error_and_no_crash() -> None:
    items = [item for item in walking(40) if isinstance(item, Notification)]
    run = NotificationRun(
        *KEY,
        np.arange(1, 41),
        np.array([item.t_ns for item in items]),
        b"".join(item.payload for item in items),
        np.arange(41) * len(items[0].payload),
    )
    data = RunEncoder().encode(run)
    length = int.from_bytes(data[:4], "little")
    raw = zstandard.decompress(data[4 + length :])
    rng = random.Random(7)
    refused = 0
    for _ in range(400):
        head, columns = bytearray(data[4 : 4 + length]), bytearray(raw)
        part = rng.choice((head, columns))
        part[rng.randrange(len(part))] ^= 1 << rng.randrange(8)
        changed = struct.pack("<I", length) + head + zstandard.compress(bytes(columns))
        try:
            back = decode_run(KEY, 1, items[0].t_ns, changed)
        except FormatError:
            refused += 1
        else:
            assert back.offsets.size == back.t_ns.size + 1
    assert refused > 0


def test_another_mcap_program_shows_events_and_runs(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mcap", ITEMS)
    compact_recording(path)
    with path.open("rb") as file:
        reader = make_reader(file)
        assert reader.get_summary() is not None
        found = [(c, m) for _, c, m in reader.iter_messages()]
    events = [(m.log_time, json.loads(m.data)) for c, m in found if c.topic == "/event"]
    assert events == [
        (i.t_ns, {"kind": str(i.kind), "data": i.data}) for i in ITEMS if isinstance(i, Event)
    ]
    assert {c.message_encoding for c, _ in found} == {"json", "x-toepoint-run"}


def test_the_sample_of_version_2_has_the_items_of_version_1() -> None:
    recording = open_recording(DATA / "recording_v2.mcap")
    assert recording.version == 2
    assert recording.health.complete
    old = open_recording(DATA / "recording_v1.mcap")
    assert list(recording.items()) == list(old.items())
    assert recording.header == old.header


def test_a_recording_that_is_not_whole_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    writer = RecordingWriter(path, HEADER)
    for item in ITEMS:
        writer.write(item)
    writer.flush()
    before = path.read_bytes()
    assert compact_recording(path).reason is LeftAsItIs.NOT_COMPLETE
    assert path.read_bytes() == before
    writer.close()
    assert not compact_recording(path).reason
    compact = path.read_bytes()
    assert compact_recording(path).reason is LeftAsItIs.COMPACT_ALREADY
    assert path.read_bytes() == compact


def test_a_damaged_chunk_costs_only_itself(tmp_path: Path) -> None:
    items = walking(3000)
    path = write(tmp_path / "a.mcap", items)
    compact_recording(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    recording = open_recording(path)
    found = list(recording.items())
    assert recording.health.lost_items == len(items) - len(found) > 0
    start = next(n for n, (a, b) in enumerate(zip(items, found, strict=False)) if a != b)
    assert found[start:] == items[start + recording.health.lost_items :]


def test_the_time_of_the_file_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mcap", ITEMS)
    before = path.stat().st_mtime_ns
    compact_recording(path)
    assert path.stat().st_mtime_ns == before


def test_no_fault_of_the_disk_loses_an_item(tmp_path: Path) -> None:
    items = ITEMS[:150]
    first = tmp_path / "sound"
    first.mkdir()
    path = write(first / "a.mcap", items)
    with FailingDisk(first) as disk:
        compact_recording(path)
    rng = random.Random(3)
    faults = every_fault(disk.calls, rng)
    for number in range(150):
        fault = next(faults)
        folder = tmp_path / f"{number}"
        folder.mkdir()
        path = write(folder / "a.mcap", items)
        with FailingDisk(folder, fault), contextlib.suppress(RecordingError):
            compact_recording(path)
        if not path.exists():
            path = folder.with_name(f"{folder.name} elsewhere") / "a.mcap"
        recording = open_recording(path)
        assert recording.health.complete, fault
        assert list(recording.items()) == items, fault


def test_a_power_cut_at_any_call_loses_no_item(tmp_path: Path) -> None:
    items = ITEMS[:150]
    (tmp_path / "sound").mkdir()
    with FailingDisk(tmp_path / "sound") as disk:
        path = write(tmp_path / "sound" / "a.mcap", items)
        first = disk.calls
        compact_recording(path)
    versions = set()
    rng = random.Random(5)
    for at in range(first, disk.calls + 1):
        folder, left = tmp_path / f"{at}", tmp_path / f"{at} left"
        folder.mkdir()
        # After the cut nothing more reaches the disk.
        fault = Fault(at=at, error=errno.EIO, lasting=True, partial=rng.random() < 0.5)
        with FailingDisk(folder, fault) as cut, contextlib.suppress(RecordingError):
            compact_recording(write(folder / "a.mcap", items))
        cut.cut_power(left, rng)
        recording = open_recording(left / "a.mcap")
        assert recording.health.complete, at
        assert list(recording.items()) == items, at
        versions.add(recording.version)
        compact_recording(left / "a.mcap")
        assert list(open_recording(left / "a.mcap").items()) == items, at
    assert versions == {1, 2}


NURSERY = """
import os, sys
from pathlib import Path
from sensor.recording import compact_recording
from tests.failing_disk import KILL, FailingDisk, Fault

for at, folder in enumerate(sys.argv[1:]):
    pid = os.fork()
    if pid == 0:
        with FailingDisk(Path(folder), Fault(at=at, error=KILL)):
            compact_recording(Path(folder, "a.mcap"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked to save time")
def test_a_process_killed_at_any_call_loses_no_item_and_leaves_nothing_for_long(
    tmp_path: Path,
) -> None:
    items = ITEMS[:150]
    (tmp_path / "sound").mkdir()
    path = write(tmp_path / "sound" / "a.mcap", items)
    with FailingDisk(tmp_path / "sound") as disk:
        compact_recording(path)
    folders = [tmp_path / f"{at}" for at in range(disk.calls + 1)]
    for folder in folders:
        folder.mkdir()
        write(folder / "a.mcap", items)
    command = [sys.executable, "-c", NURSERY, *map(str, folders)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout.split() == [*[str(-signal.SIGKILL)] * disk.calls, "0"]
    left = 0
    for folder in folders:
        recording = open_recording(folder / "a.mcap")
        assert recording.health.complete, folder
        assert list(recording.items()) == items, folder
        others = [one for one in folder.iterdir() if one.name != "a.mcap"]
        left += len(others)
        for one in others:
            os.utime(one, (0, 0))
        if recording.version == 1:
            compact_recording(folder / "a.mcap")
            assert [one.name for one in folder.iterdir()] == ["a.mcap"], folder
            assert list(open_recording(folder / "a.mcap").items()) == items, folder
    assert left > 0


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mcap", ITEMS)
    before = path.read_bytes()
    with (
        FailingDisk(tmp_path, Fault(at=6, error=errno.ENOSPC, lasting=False)),
        pytest.raises(RecordingError, match="stays as it was"),
    ):
        compact_recording(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.mcap"]
