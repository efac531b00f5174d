"""A session whose recording fails: it goes on elsewhere and says so, or ends with the error."""

import asyncio
import errno
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from processing.session import Session, SessionOutput, SessionReport
from sensor.ble.remedies import LinkFault
from sensor.errors import RecordingError, RecordingFault
from sensor.recording import RecordingMoved, open_recording
from sensor.types import Item, SessionHeader
from tests.failing_disk import LOSE_THE_FOLDER, FailingDisk, Fault
from tests.sensor.recordings import HEADER, session

ITEMS = session(450)


class Items:
    """A source of the items of a small session; see ``sensor.sources.Source``."""

    def __init__(self) -> None:
        self.closed = False

    async def open(self) -> SessionHeader:
        """Return the header."""
        return HEADER

    async def stream(self) -> AsyncIterator[Item]:
        """Yield the items."""
        for item in ITEMS:
            yield item

    def configure_again(self, source: str, fault: LinkFault) -> None:
        """Do nothing; see ``sensor.sources.Source``."""

    async def close(self) -> None:
        """Note that it is closed."""
        self.closed = True


def run(folder: Path, fault: Fault) -> tuple[SessionReport, list[RecordingMoved]]:
    """Record a simulated session on a disk that fails from the call ``fault.at`` on."""
    moves: list[RecordingMoved] = []

    def listen(outputs: Sequence[SessionOutput]) -> None:
        moves.extend(one for one in outputs if isinstance(one, RecordingMoved))

    folder.mkdir()
    run = Session(Items(), listen, recording=folder / "a.mcap", batch_s=1.0).run()
    with FailingDisk(folder, fault):
        report = asyncio.run(run)
    return report, moves


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of the person, on another disk."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    return home


@pytest.mark.parametrize(
    ("error", "fault"),
    [(errno.EIO, RecordingFault.NOT_WRITABLE), (LOSE_THE_FOLDER, RecordingFault.MISSING)],
)
def test_the_listener_and_the_report_name_the_file_in_which_it_went_on(
    tmp_path: Path, home: Path, error: int, fault: RecordingFault
) -> None:
    report, moves = run(tmp_path / "stick", Fault(20, error, lasting=True))
    assert [move.fault for move in moves] == [fault]
    assert report.recording == moves[0].new
    assert home in moves[0].new.parents
    recording = open_recording(moves[0].new)
    assert recording.health.complete
    assert list(recording.items()) == ITEMS


def test_a_session_that_can_be_recorded_nowhere_ends_with_the_error(
    tmp_path: Path, home: Path
) -> None:
    home.rmdir()
    home.write_bytes(b"no folder")
    with pytest.raises(RecordingError) as caught:
        run(tmp_path / "stick", Fault(20, errno.ENOSPC, lasting=True))
    assert caught.value.fault is RecordingFault.DISK_FULL
    assert not open_recording(tmp_path / "stick" / "a.mcap").health.damages


def test_a_recording_that_cannot_be_created_leaves_no_source_open(
    tmp_path: Path, home: Path
) -> None:
    source = Items()
    (tmp_path / "a.mcap").write_bytes(b"older")
    run = Session(source, lambda _: None, recording=tmp_path / "a.mcap").run()
    with pytest.raises(RecordingError):
        asyncio.run(run)
    assert source.closed
