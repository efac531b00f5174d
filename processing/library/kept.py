"""Analyses that were made before: a cache that can be deleted at any time.

A kept analysis belongs to the bytes of a recording, to the source of the program that analysed it
and to its parameters; after a change of any of them, or damage, it is not used. Each is one file of
arrays (NumPy's ``.npz``).
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec
import numpy as np
from numpy.lib import format as npy

import processing
import sensor
from processing.calibration.changes import Calibrated
from processing.exercises.exercise_troubles import ExerciseTrouble
from processing.library.angle_arrays import read_angles, write_angles, write_array
from processing.motion.calibrated import Calibration
from processing.motion.foot_turns import FootTurns
from processing.pipeline.pipeline import PipelineConfig
from processing.ranges.results import RangeResult
from processing.review.analysis import Analysis, analyse
from processing.review.angle_remarks import AngleRemark
from processing.review.read_recording import Progress
from processing.review.self_reports import SelfReports
from processing.review.training_sets import TrainingSet
from processing.types import Dropout, PhaseChange
from sensor.assembler import StreamStatistics
from sensor.documents.damaged_arrays import DAMAGE
from sensor.private_files import private_replacement
from sensor.recording import Recording

_BLOCKS = ("live_angles", "offline_angles")
"""The fields of an analysis that are arrays."""
_REST = "rest"
"""The array with the bytes of everything that is no array, as MessagePack: JSON has no NaN."""
LIMIT_BYTES = 500_000_000
"""Some thousand sessions; the ones used longest ago make room."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """The fields of an :class:`Analysis` beside its angles and the head of its recording."""

    statistics: tuple[tuple[str, StreamStatistics], ...]
    calibration: Calibration | None
    calibration_origin: str
    calibrated: tuple[Calibrated, ...]
    phases: tuple[PhaseChange, ...]
    sets: tuple[TrainingSet, ...]
    dropouts: tuple[Dropout, ...]
    problems: tuple[str, ...]
    angle_remarks: tuple[AngleRemark, ...]
    duration_s: float
    self_reports: SelfReports
    strapped: tuple[float, ...]
    foot_turns: FootTurns | None
    ranges: tuple[RangeResult, ...]
    exercise_troubles: tuple[ExerciseTrouble, ...]


class KeptAnalyses:
    """The analyses that are kept in a folder.

    Parameters
    ----------
    folder
        Where they are kept; it is made when it is needed.
    limit_bytes
        Size of all files together; those used last stay.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder, self._limit = folder, limit_bytes

    def analyse(
        self,
        recording: Recording,
        config: PipelineConfig | None = None,
        progress: Progress | None = None,
    ) -> Analysis:
        """Return the kept analysis of ``recording``, or make and keep a new one.

        Raises
        ------
        RecordingError
            If the recording cannot be read.
        """
        config = config or PipelineConfig()
        known = self.find(recording, config)
        if known is not None:
            return known
        made = analyse(recording, config, progress=progress)
        self._keep(recording.path, config, made)
        return made

    def find(self, recording: Recording, config: PipelineConfig | None = None) -> Analysis | None:
        """Return the kept analysis of ``recording``; None if there is none that can be used.

        A damaged file is deleted.
        """
        path = self._place(recording.path, config or PipelineConfig())
        if path is None or not path.is_file():
            return None
        try:
            analysis = _read(path, recording)
            # The time of the last use decides which files make room.
            path.touch()
        except DAMAGE:
            path.unlink(missing_ok=True)
            return None
        return analysis

    def holds(self, recording: Recording) -> bool:
        """Return whether a file of the analysis of ``recording`` is there, damaged or not."""
        path = self._place(recording.path, PipelineConfig())
        return path is not None and path.is_file()

    def forget(self, recording: Path) -> None:
        """Delete every kept analysis of a recording, which must still exist."""
        for path in self.of(recording):
            path.unlink(missing_ok=True)

    def of(self, recording: Path) -> list[Path]:
        """Return the files of every kept analysis of a recording."""
        digest = _digest(recording)
        return list(self._folder.glob(f"{digest}-*.npz")) if digest else []

    def follow(self, files: Sequence[Path], recording: Path) -> None:
        """Let kept analyses belong to a recording whose bytes, but not its content, have changed."""
        digest = _digest(recording)
        for path in files:
            # Without it the analysis is only made again.
            with contextlib.suppress(OSError):
                path.replace(path.with_name(f"{digest}-{path.name.partition('-')[2]}"))

    def _place(self, recording: Path, config: PipelineConfig) -> Path | None:
        digest = _digest(recording)
        made_by = hashlib.sha256(f"{_engine()} {config!r}".encode()).hexdigest()
        # By the content and not the name, so that a recording may be renamed or moved.
        return self._folder / f"{digest}-{made_by[:32]}.npz" if digest else None

    def _keep(self, recording: Path, config: PipelineConfig, analysis: Analysis) -> None:
        """Keep ``analysis`` unless the disk refuses it."""
        path = self._place(recording, config)
        # A bad message carries the exception of its decoder, which is not kept.
        if path is None or any(s.bad_messages for s in analysis.statistics.values()):
            return
        try:
            with private_replacement(path) as descriptor:
                _write(descriptor, analysis)
            self._make_room()
        except OSError:
            # On a full disk or in a foreign folder the analysis is made again next time.
            return

    def _make_room(self) -> None:
        newest_first = sorted(
            ((p.stat().st_mtime, p.stat().st_size, p) for p in self._folder.glob("*.npz")),
            reverse=True,
        )
        used = 0
        for _, size, path in newest_first:
            used += size
            if used > self._limit:
                path.unlink(missing_ok=True)


def _write(descriptor: int, analysis: Analysis) -> None:
    rest = _Rest(
        statistics=tuple(analysis.statistics.items()),
        **{f.name: getattr(analysis, f.name) for f in fields(_Rest) if f.name != "statistics"},
    )
    with (
        os.fdopen(descriptor, "wb", closefd=False) as stream,
        zipfile.ZipFile(stream, "w") as file,
    ):
        for name in _BLOCKS:
            write_angles(file, name, getattr(analysis, name))
        write_array(file, _REST, np.frombuffer(msgspec.msgpack.encode(rest), dtype=np.uint8))


def _read(path: Path, recording: Recording) -> Analysis:
    # No pickle: a file of the cache folder must not be able to run code.
    with zipfile.ZipFile(path) as file:
        with file.open(f"{_REST}.npy") as stream:
            packed = npy.read_array(stream, allow_pickle=False)
        rest = msgspec.msgpack.decode(packed.tobytes(), type=_Rest)
        live, offline = (read_angles(file, name) for name in _BLOCKS)
    others = {f.name: getattr(rest, f.name) for f in fields(_Rest) if f.name != "statistics"}
    return Analysis(
        header=recording.header,
        statistics=dict(rest.statistics),
        live_angles=live,
        offline_angles=offline,
        **others,
    )


def _digest(path: Path) -> str:
    """Return the digest of the bytes of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:
        return ""


@cache
def _engine() -> str:
    """Return a digest of everything that could change an analysis: our sources and the numerics."""
    found = hashlib.sha256(f"{version('numpy')} {version('scipy')}".encode())
    for package in (sensor, processing):
        for folder in package.__path__:
            for source in sorted(Path(folder).rglob("*.py")):
                found.update(source.read_bytes())
    return found.hexdigest()
