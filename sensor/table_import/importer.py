"""The importer: reads a table, checks it and writes it as a recording."""

import itertools
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from sensor.families import table as family
from sensor.recording import whole_recording
from sensor.table_import.frames import Frame, read_frame
from sensor.table_import.reference import ATTACHMENT, MEDIA_TYPE, encode_reference
from sensor.table_import.samples import Gap, TableSamples, check
from sensor.table_import.spans import Marks, mark_events
from sensor.table_import.table_text import Progress, read_text
from sensor.types import (
    Event,
    Item,
    JsonValue,
    Notification,
    Segment,
    SensorInfo,
    SessionHeader,
    StreamSettings,
)

_READING_SHARE = 0.6
"""Share of the time that reading the text needs, for the progress."""
_NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import."""

    recording: Path
    """The file that was written."""
    rows: int
    """Number of samples of each sensor."""
    duration_s: float
    """Time from the first to the last sample."""
    rate_hz: float
    """Mean rate, gaps left out."""
    segments: tuple[Segment, ...]
    """The parts of the leg in the table."""
    has_reference: bool
    """Whether the table has a reference angle."""
    gaps: tuple[Gap, ...]
    """The gaps; they are not filled."""
    repairs: tuple[str, ...]
    """The changes, in words. Everything else is as in the table."""
    remarks: tuple[str, ...]
    """Facts that a person should know, in words; they changed nothing."""

    @property
    def lost(self) -> int:
        """The number of missing rows in all gaps."""
        return sum(gap.lost for gap in self.gaps)


def import_table(
    table: Path | str | Frame,
    out_path: Path | str,
    marks: Marks = _NO_MARKS,
    *,
    metadata: Mapping[str, JsonValue] | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write ``table`` as the recording ``out_path``.

    The table, a CSV or a frame, has one row per sample and a unit in every column name: ``t_s`` (or ``t_ms``,
    ``t_us``), then for ``shin``, ``foot`` and optionally ``thigh`` the columns ``shin_acc_x_mps2``
    (or ``g``, ``mg``) to ``shin_gyr_z_radps`` (or ``dps``), and optionally ``reference_deg``. The
    time of the table becomes the time of the session.

    Parameters
    ----------
    table, out_path
        The path of the CSV or a pandas or polars frame, and the recording to write.
    marks
        The calibration movements, in the time of the table.
    metadata
        More facts for the head of the recording.
    overwrite
        Whether to replace an existing recording.
    progress
        Called with the fraction that is done.

    Raises
    ------
    TableError
        If the table cannot be used; then nothing is written.
    RecordingError
        If the recording cannot be written; then no part of it is left.
    """
    report, out_path = progress or _ignore, Path(out_path)
    path: Path | None = None
    if isinstance(table, (str, Path)):
        path = Path(table)
        samples = check(path, read_text(path, lambda done: report(_READING_SHARE * done)))
    else:
        samples = check(None, read_frame(table))
    # Every check comes before the writer, so that a bad table leaves no file.
    first_ns, last_ns = int(samples.t_ns[0]), int(samples.t_ns[-1])
    events = mark_events(path, marks, samples.t_ns, samples.shift_s)
    with whole_recording(
        out_path, _header(path, samples, metadata or {}), overwrite=overwrite
    ) as writer:
        if samples.reference_deg is not None:
            data = encode_reference(samples.t_ns, samples.reference_deg)
            writer.attach(ATTACHMENT, MEDIA_TYPE, data)
        for written, item in enumerate(_items(samples, events)):
            writer.write(item)
            if written % 1000 == 0:
                share = (item.t_ns - first_ns) / (last_ns - first_ns)
                report(_READING_SHARE + (1 - _READING_SHARE) * share)
    report(1.0)
    return ImportReport(
        recording=out_path,
        rows=len(samples.t_ns),
        duration_s=(last_ns - first_ns) / 1e9,
        rate_hz=samples.rate_hz,
        segments=tuple(samples.measured),
        has_reference=samples.reference_deg is not None,
        gaps=samples.gaps,
        repairs=samples.repairs,
        remarks=samples.remarks,
    )


def _ignore(done: float) -> None:
    del done


def _header(
    path: Path | None, samples: TableSamples, more: Mapping[str, JsonValue]
) -> SessionHeader:
    if path is None:
        name, changed = "a frame", datetime.now(UTC)
    else:
        # A file name may contain bytes that are no text, which JSON cannot hold.
        name = path.name.encode(errors="replace").decode()
        # The table has no date; the file's is the best that is known.
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return SessionHeader(
        start_ns=0,
        created_utc=changed.isoformat(timespec="seconds"),
        sensors=tuple(
            SensorInfo(
                source=f"table-{segment}",
                segment=segment,
                family=family.NAME,
                name=f"{segment} of {name}",
                settings=StreamSettings(
                    rate_hz=samples.rate_hz,
                    extra=family.stops_extra(
                        samples.stops[segment].low, samples.stops[segment].high
                    ),
                ),
            )
            for segment in samples.measured
        ),
        software=f"toepoint {version('toepoint')}",
        metadata={
            "imported_from": name,
            "time_shift_s": samples.shift_s,
            "repairs": list(samples.repairs),
            **more,
        },
    )


def _items(samples: TableSamples, events: Sequence[Event]) -> Iterator[Item]:
    """Yield notifications and events in order of time.

    A notification arrives at the time of its last sample and never extends over an event or a gap;
    an event comes before the sample of the same time.
    """
    t_ns = samples.t_ns
    payloads = {}
    for segment, six in samples.measured.items():
        payloads[f"table-{segment}"] = family.pack_samples(t_ns, six[:, :3], six[:, 3:])
    # As with a live sensor, a notification arrives when its last sample is complete.
    waiting = deque(events)
    for start, stop in _notification_bounds(samples, events):
        while waiting and waiting[0].t_ns <= t_ns[start]:
            yield waiting.popleft()
        arrival_ns = int(t_ns[stop - 1])
        for source, packed in payloads.items():
            payload = packed[start:stop].tobytes()
            yield Notification(arrival_ns, source, family.CHARACTERISTIC, payload)
    yield from waiting


def _notification_bounds(
    samples: TableSamples, events: Sequence[Event]
) -> Iterator[tuple[int, int]]:
    """Yield the index of the first sample of each notification, and of the one after its last."""
    t_ns = samples.t_ns
    at_events = np.searchsorted(t_ns, [event.t_ns for event in events])
    at_gaps = np.searchsorted(t_ns, [gap.t_ns for gap in samples.gaps])
    bounds = np.unique(np.concatenate([[0, len(t_ns)], at_events, at_gaps])).tolist()
    for part_start, part_stop in itertools.pairwise(bounds):
        for start in range(part_start, part_stop, family.SAMPLES_PER_NOTIFICATION):
            yield start, min(start + family.SAMPLES_PER_NOTIFICATION, part_stop)
