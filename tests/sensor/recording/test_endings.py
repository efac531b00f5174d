"""Tests of recordings whose process is killed, whose disk fails or is full, or whose folder is taken away."""

import errno
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import RecordingMoved, RecordingWriter, open_recording
from sensor.types import Item, Notification
from tests.failing_disk import LOSE_THE_FOLDER, FailingDisk, Fault, every_fault
from tests.sensor.recordings import HEADER, START_NS, session

ROOT = Path(__file__).parents[3]
ITEMS = session(450)
LARGEST_CHUNK_ITEMS = 31
"""The writer closes a chunk after 0.3 s; the items come every 10 ms."""
LAST_CALLS = 2
"""The calls that close the file and its copy."""
SYNC_EVERY = 100
"""Items between two synchronisations: one second."""


def write_all(writer: RecordingWriter, items: Iterable[Item]) -> None:
    """Write ``items`` as a session does, with a synchronisation each second."""
    for number, item in enumerate(items, start=1):
        writer.write(item)
        if number % SYNC_EVERY == 0:
            writer.sync()


# A killed process -----------------------------------------------------------------------------

NURSERY = """
import os, sys, time
from pathlib import Path
from sensor.recording import RecordingWriter
from sensor.types import Notification
from tests.sensor.recordings import CHARACTERISTIC, HEADER

def record(name):
    written = open(f"{name}.times", "wb", buffering=0)
    writer = RecordingWriter(Path(f"{name}.mcap"), HEADER)
    number = 0
    while True:
        now_ns = time.monotonic_ns()
        payload = number.to_bytes(20, "big")
        writer.write(Notification(now_ns, "a/b c", CHARACTERISTIC, payload))
        written.write(now_ns.to_bytes(8, "big"))
        number += 1
        time.sleep(0.005)
        writer.flush_if_due(time.monotonic_ns())

for name in sys.argv[1:]:
    pid = os.fork()
    if pid == 0:
        record(name)
    print(pid, flush=True)
for _ in sys.argv[1:]:
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked to save time")
def test_a_process_killed_at_any_moment_loses_less_than_a_second(tmp_path: Path) -> None:
    rng = random.Random(1)
    names = [tmp_path / f"{number}" for number in range(6)]
    command = [sys.executable, "-c", NURSERY, *map(str, names)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as nursery:
        assert nursery.stdout is not None
        alive = {name: int(nursery.stdout.readline()) for name in names}
        # The moment is a random number of items, so that a slow machine gives the same test.
        moments = {name: 8 * rng.randrange(1, 120) for name in names}
        try:
            while alive:
                assert nursery.poll() is None
                for name in [n for n in alive if _size(n) >= moments[n]]:
                    os.kill(alive.pop(name), signal.SIGKILL)
        finally:
            for pid in alive.values():
                os.kill(pid, signal.SIGKILL)
        assert nursery.stdout.read().split() == [str(-signal.SIGKILL)] * len(names)
    recovered = [_check_killed(name) for name in names]
    assert max(recovered) > 50


def _size(name: Path) -> int:
    written = name.with_suffix(".times")
    return written.stat().st_size if written.exists() else 0


def _check_killed(name: Path) -> int:
    written = (name.with_suffix(".times")).read_bytes()
    times = [int.from_bytes(written[i : i + 8], "big") for i in range(0, len(written) - 7, 8)]
    recording = open_recording(name.with_suffix(".mcap"))
    items = list(recording.items())
    for number, item in enumerate(items):
        assert isinstance(item, Notification)
        assert item.payload == number.to_bytes(20, "big")
    assert [item.t_ns for item in items][: len(times)] == times[: len(items)]
    missing = times[len(items) :]
    assert not missing or missing[-1] - missing[0] < 1e9
    assert not recording.health.closed
    assert recording.health.items == len(items)
    assert f"recovered {len(items)} items" in recording.health.summary
    return len(items)


# A disk that is full or fails -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (errno.ENOSPC, RecordingFault.DISK_FULL),
        (errno.EFBIG, RecordingFault.DISK_FULL),
        (errno.EIO, RecordingFault.NOT_WRITABLE),
        (errno.EACCES, RecordingFault.NOT_WRITABLE),
    ],
)
@pytest.mark.parametrize("room", [0, 700, 9_000])
def test_after_a_disk_failure_every_call_raises_the_same_error(
    tmp_path: Path, error: int, fault: RecordingFault, room: int
) -> None:
    path = tmp_path / "a.mcap"
    with FailingDisk(tmp_path, room=room, full=error):
        if room < 1000:
            with pytest.raises(RecordingError) as caught:
                RecordingWriter(path, HEADER)
            assert caught.value.fault is fault
            assert not path.exists(), "a file without a head is of no use, and in the way"
            return
        writer = RecordingWriter(path, HEADER)
        with pytest.raises(RecordingError) as caught:
            write_all(writer, ITEMS)
        assert caught.value.fault is fault
        with pytest.raises(RecordingError) as repeated:
            writer.write(ITEMS[0])
        assert repeated.value is caught.value
        with pytest.raises(RecordingError) as repeated:
            writer.flush()
        assert repeated.value is caught.value
        with pytest.raises(RecordingError) as repeated:
            writer.attach("a", "text/plain", b"b")
        assert repeated.value is caught.value
        assert writer.failure is caught.value
        writer.close()
    recording = open_recording(path)
    items = list(recording.items())
    assert items == ITEMS[: len(items)]
    assert not recording.health.closed
    assert not recording.health.damages, "the file ends with a whole chunk"
    if fault is RecordingFault.DISK_FULL:
        assert "no room is left" in str(caught.value)
        assert "kept" in str(caught.value)


def test_a_disk_that_cannot_synchronise_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = tmp_path / "a.mcap"
    writer = RecordingWriter(path, HEADER)
    write_all(writer, ITEMS)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(RecordingError) as caught:
        writer.close()
    assert caught.value.fault is RecordingFault.NOT_WRITABLE
    writer.close()
    assert list(open_recording(path).items()) == ITEMS


# Another folder -------------------------------------------------------------------------------


def recorded(
    folder: Path, fallbacks: list[Path], at: int, error: int, partial: bool = False
) -> tuple[RecordingWriter, list[RecordingMoved]]:
    """Record ``ITEMS`` on a disk that fails for good from the call ``at`` on."""
    moves: list[RecordingMoved] = []
    with FailingDisk(folder, Fault(at, error, lasting=True, partial=partial)):
        writer = RecordingWriter(
            folder / "a.mcap", HEADER, fallbacks=fallbacks, on_move=moves.append
        )
        with writer:
            write_all(writer, ITEMS)
    return writer, moves


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (errno.ENOSPC, RecordingFault.DISK_FULL),
        (errno.EIO, RecordingFault.NOT_WRITABLE),
        (LOSE_THE_FOLDER, RecordingFault.MISSING),
    ],
)
def test_a_recording_whose_place_fails_goes_on_elsewhere(
    tmp_path: Path, error: int, fault: RecordingFault
) -> None:
    folder, other = tmp_path / "stick", tmp_path / "disk" / "sessions"
    folder.mkdir()
    writer, moves = recorded(folder, [other], at=20, error=error, partial=True)
    assert moves == [RecordingMoved(folder / "a.mcap", other / "a.mcap", fault)]
    assert writer.path == other / "a.mcap"
    recording = open_recording(writer.path)
    assert recording.health.complete
    assert list(recording.items()) == ITEMS
    assert not writer.path.stat().st_mode & 0o077


def test_a_deleted_folder_is_made_again_where_it_is_the_only_one(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    writer, moves = recorded(folder, [folder], at=20, error=LOSE_THE_FOLDER)
    assert [move.new for move in moves] == [folder / "a.mcap"]
    assert list(open_recording(writer.path).items()) == ITEMS


def test_an_older_recording_in_the_other_folder_stays(tmp_path: Path) -> None:
    folder, other = tmp_path / "stick", tmp_path / "disk"
    folder.mkdir()
    other.mkdir()
    (other / "a.mcap").write_bytes(b"older")
    writer, _ = recorded(folder, [other], at=20, error=errno.EIO)
    assert writer.path == other / "a_2.mcap"
    assert (other / "a.mcap").read_bytes() == b"older"
    assert not list(folder.glob("*.mcap")) or not open_recording(writer.path).health.damages


def test_without_another_folder_the_person_is_told_that_the_file_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(RecordingError, match="moved, deleted or disconnected") as caught:
        recorded(folder, [], at=20, error=LOSE_THE_FOLDER)
    assert caught.value.fault is RecordingFault.MISSING


def test_what_the_old_disk_no_longer_gives_is_damage_and_the_rest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.read

    def read(descriptor: int, length: int) -> bytes:
        if length > 1000:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(descriptor, length)

    folder, other = tmp_path / "stick", tmp_path / "disk"
    folder.mkdir()
    monkeypatch.setattr(os, "read", read)
    writer, (move,) = recorded(folder, [other], at=20, error=errno.EIO)
    recording = open_recording(writer.path)
    items = list(recording.items())
    assert move.lost_bytes > 0
    assert recording.health.lost_items == len(ITEMS) - len(items) > 0
    # The channels were opened in the first second; without them nothing later could be read.
    assert items[:LARGEST_CHUNK_ITEMS] == ITEMS[:LARGEST_CHUNK_ITEMS]
    assert items[-100:] == ITEMS[-100:]
    assert (folder / "a.mcap").exists(), "the old file has what its copy lacks"


# Any fault ------------------------------------------------------------------------------------


def test_whatever_fails_is_told_or_the_recording_is_whole(tmp_path: Path) -> None:
    rng = random.Random(2)
    with FailingDisk(tmp_path / "sound") as sound:
        (tmp_path / "sound").mkdir()
        with RecordingWriter(tmp_path / "sound" / "a.mcap", HEADER) as writer:
            write_all(writer, ITEMS)
    for number, fault in zip(range(120), every_fault(sound.calls, rng), strict=False):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        fallbacks = [tmp_path / f"{number} other"] * rng.randint(0, 1)
        written = 0
        try:
            with FailingDisk(folder, fault) as disk:
                writer = RecordingWriter(folder / "a.mcap", HEADER, fallbacks=fallbacks)
                with writer:
                    for item in ITEMS:
                        writer.write(item)
                        written += 1
                        if written % SYNC_EVERY == 0:
                            writer.sync()
        except RecordingError:
            moved = folder.with_name(f"{folder.name} elsewhere") / "a.mcap"
            found = [path for path in (folder / "a.mcap", moved) if path.exists()]
            if written > 0:
                items = list(open_recording(found[0]).items())
                assert items == ITEMS[: len(items)]
                assert len(items) >= written - SYNC_EVERY - LARGEST_CHUNK_ITEMS
        else:
            # Taken away while the file is closed, after the last look at its name.
            after = fault.error == LOSE_THE_FOLDER and disk.calls <= fault.at + LAST_CALLS
            taken = folder.with_name(f"{folder.name} elsewhere") / "a.mcap"
            recording = open_recording(taken if after else writer.path)
            assert recording.health.complete, fault
            assert list(recording.items()) == ITEMS


def test_a_power_cut_loses_only_what_was_not_synchronised(tmp_path: Path) -> None:
    rng = random.Random(3)
    for number in range(20):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        with FailingDisk(folder) as disk:
            writer = RecordingWriter(folder / "a.mcap", HEADER)
            written = rng.randrange(len(ITEMS))
            write_all(writer, ITEMS[:written])
            disk.cut_power(tmp_path / f"{number} left", rng)
            writer.close()
        items = list(open_recording(tmp_path / f"{number} left" / "a.mcap").items())
        assert items == ITEMS[: len(items)]
        assert len(items) >= written - SYNC_EVERY - LARGEST_CHUNK_ITEMS


def test_a_slow_synchronisation_keeps_no_item_waiting(tmp_path: Path) -> None:
    """A synchronisation that never ends, in the thread of a session, delays neither items nor end."""
    moments: list[int] = []
    path = tmp_path / "a.mcap"
    with RecordingWriter(path, HEADER) as writer:

        def meanwhile(descriptor: int) -> None:
            # The thread of the synchronisation stands still; the one that records goes on.
            if not moments:
                moments.append(START_NS)
                write_all_without_sync(writer)
                assert len(list(open_recording(path).items())) >= len(ITEMS) - LARGEST_CHUNK_ITEMS

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", meanwhile)
            writer.sync()
    assert moments
    assert list(open_recording(path).items()) == ITEMS


def write_all_without_sync(writer: RecordingWriter) -> None:
    """Write ``ITEMS`` without a synchronisation."""
    for item in ITEMS:
        writer.write(item)
