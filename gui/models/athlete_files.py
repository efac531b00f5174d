"""All files of an athlete: exported whole, and deleted whole. No Qt."""

import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.models.athletes import FILE_NAME, FORMAT, AthleteEntry, settings_table
from gui.models.end import SAVED, SAVED_KINDS
from processing.coach.own_protocols import FOLDER as PLANS
from processing.library import KeptAnalyses, Library
from processing.library.folder import SUFFIX
from processing.library.index import INDEX_NAME
from processing.review.edit_file import SUFFIX as EDITS
from processing.review.read_recording import Progress
from sensor.documents.named_files import SUFFIX as TOML
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import private_replacement

_CHUNK = 1 << 20
"""Bytes between two reports of progress."""


@dataclass(frozen=True, slots=True)
class AthleteFiles:
    """The files that belong to an athlete."""

    recordings: tuple[Path, ...] = ()
    """The recordings of the athlete's folder."""
    beside: tuple[Path, ...] = ()
    """Corrections, and other files beside a recording that have its name."""
    goals: Path | None = None
    """The file of the goals; None if there is none."""
    shared: bool = False
    """Whether another athlete records into the same folder: its files then belong to both."""
    size_bytes: int = 0
    """All of them together."""


def files_of(entry: AthleteEntry, everybody: Sequence[AthleteEntry]) -> AthleteFiles:
    """Return the files of an athlete; ``everybody`` are all athletes of the account."""
    folder = entry.settings.recordings_folder
    others = [one for one in everybody if one.key != entry.key]
    shared = any(_same(one.settings.recordings_folder, folder) for one in others)
    found = sorted(folder.glob(f"*{SUFFIX}"))
    beside = sorted(set(_beside(folder, found)))
    goals = entry.goals if entry.goals.is_file() else None
    size = sum(_size(path) for path in (*found, *beside, *([goals] if goals else [])))
    return AthleteFiles(tuple(found), tuple(beside), goals, shared, size)


def export_athlete(
    entry: AthleteEntry, files: AthleteFiles, target: Path, progress: Progress | None = None
) -> Path:
    """Write everything of an athlete into one zip file, and return it.

    It holds ``athlete.json`` (alias and settings), ``goals.json``, and in ``sessions/`` the recordings
    with their corrections, as they are. It replaces a file of that name.

    Raises
    ------
    DocumentError
        If a file cannot be read or the zip file not be written; no half of one is left.
    """
    about = FORMAT.head() | {"settings": settings_table(entry.settings)}
    done = 0
    try:
        with (
            private_replacement(target) as descriptor,
            os.fdopen(descriptor, "wb", closefd=False) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file,
        ):
            file.writestr(FILE_NAME, json.dumps(about, indent=2, ensure_ascii=False))
            for name, path in _named(files):
                info = zipfile.ZipInfo.from_file(path, name)
                # Recordings are compressed already.
                packed = path.suffix == SUFFIX
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                with path.open("rb") as source, file.open(info, "w") as sink:
                    while part := source.read(_CHUNK):
                        sink.write(part)
                        done += len(part)
                        if progress is not None:
                            progress(min(done / max(files.size_bytes, 1), 1.0))
    except OSError as error:
        detail = f"the athlete's files are not exported: {error.strerror}"
        raise DocumentError(target, DocumentFault.NOT_WRITABLE, detail) from error
    return target


def delete_athlete(entry: AthleteEntry, files: AthleteFiles, kept: KeptAnalyses) -> int:
    """Delete everything of an athlete: recordings, corrections, index, kept analyses, goals, settings.

    What others put into the folder stays, and so do the sessions of a folder that another athlete uses.
    Returns the number of recordings that were deleted.

    Raises
    ------
    RecordingError
        If a recording cannot be deleted; what is left can be deleted again.
    DocumentError
        If another file cannot be deleted.
    """
    folder = entry.settings.recordings_folder
    if not files.shared:
        library = Library(folder, kept)
        library.empty()
        for path in files.recordings:
            library.remove(path)
        rest = [*files.beside, *folder.glob(f"{INDEX_NAME}*")]
    else:
        rest = []
    rest += [entry.goals, entry.folder / FILE_NAME]
    for path in rest:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            detail = f"it cannot be deleted: {error.strerror}"
            raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error
    for home in (folder / PLANS, folder / SAVED, folder, entry.folder):
        if home.is_dir() and not any(home.iterdir()):
            home.rmdir()
    return 0 if files.shared else len(files.recordings)


def _named(files: AthleteFiles) -> Iterator[tuple[str, Path]]:
    """Yield each file with its name in the zip file."""
    if files.goals is not None:
        yield "goals.json", files.goals
    for path in (*files.recordings, *files.beside):
        own_plan = path.suffix == TOML
        yield f"{'plans' if own_plan else 'sessions'}/{path.name}", path


def _beside(folder: Path, recordings: Sequence[Path]) -> Iterator[Path]:
    yield from folder.glob(f"*{EDITS}")
    # The plans of one's own.
    yield from (folder / PLANS).glob(f"*{TOML}")
    # The saved pictures and pages of sessions.
    for kind in SAVED_KINDS:
        yield from (folder / SAVED).glob(f"*{kind}")
    for recording in recordings:
        yield from (p for p in folder.glob(f"{recording.stem}.*.json") if p.is_file())


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # It was deleted meanwhile.
        return 0
