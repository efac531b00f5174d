"""The small files that are kept for a person: how each is written, and how it is read."""

from collections.abc import Callable
from pathlib import Path

from gui.models.settings import Settings, load_settings, save_settings
from processing.calibration.calibration_file import load_calibration, save_calibration
from processing.review.edit_file import append_edit, read_edits
from processing.review.edits import Edit, EditKind
from sensor.recording import open_recording, whole_recording
from sensor.store.pairs import PAIRS, Pair
from tests.sensor.recordings import HEADER, session

CALIBRATION = load_calibration(Path(__file__).parent / "data" / "calibration_v2.json")


def add_edit(path: Path, number: int) -> None:
    """Append the edit that is due, to the edits in ``path``."""
    due = len(read_edits(path)) + 1
    append_edit(path, Edit(due, EditKind.LOAD, t=1.0, value=float(number)))


def read_calibration(path: Path) -> object:
    """Return the calibration in ``path``; None without one."""
    return load_calibration(path) if path.exists() else None


def write_recording(path: Path, number: int) -> None:
    """Write a whole recording in place of an older one."""
    with whole_recording(path, HEADER, overwrite=True) as writer:
        for item in session(30, seed=number):
            writer.write(item)


def read_items(path: Path) -> object:
    """Return the items of the recording in ``path``, which is whole; None without one."""
    if not path.exists():
        return None
    recording = open_recording(path)
    assert recording.health.complete
    return list(recording.items())


WRITERS: dict[str, tuple[Callable[[Path, int], object], Callable[[Path], object]]] = {
    "settings": (lambda p, n: save_settings(Settings(load=float(n)), p), load_settings),
    "calibration": (
        lambda p, n: save_calibration(CALIBRATION, p, overwrite=True),
        read_calibration,
    ),
    "pairs": (lambda p, n: PAIRS.save([Pair(str(n), ())], p), PAIRS.load),
    "edits": (add_edit, read_edits),
    "recording": (write_recording, read_items),
}
"""The writer of version ``n`` of each kind of file, and its reader."""
