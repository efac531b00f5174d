"""Make a recording of a table: read, check, write."""

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from sensor.errors import RecordingError
from sensor.families import table as family
from sensor.recording import RecordingWriter
from sensor.table_import.reference import ATTACHMENT, MEDIA_TYPE, encode_reference
from sensor.table_import.samples import Gap, TableSamples, check
from sensor.table_import.spans import Marks, mark_events
from sensor.table_import.table_text import Progress, read_text
from sensor.types import (
    Event,
    Item,
    Notification,
    Segment,
    SensorInfo,
    SessionHeader,
    StreamSettings,
)

_READING_SHARE = 0.6
"""Part of the time that reading the text takes, for the progress."""
_NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table.

    Attributes
    ----------
    recording
        The file that was written.
    rows
        Number of samples of each sensor.
    duration_s
        Time from the first to the last of them.
    rate_hz
        Their mean rate, gaps left out.
    segments
        The parts of the leg that are in it.
    has_reference
        Whether there is a reference angle.
    gaps
        Where rows are missing. Nothing is filled in.
    repairs
        What was changed, in words. Everything else is as it stands in the table.
    remarks
        What was not changed but should be known.
    """

    recording: Path
    rows: int
    duration_s: float
    rate_hz: float
    segments: tuple[Segment, ...]
    has_reference: bool
    gaps: tuple[Gap, ...]
    repairs: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def lost(self) -> int:
        """How many rows are missing in all gaps together."""
        return sum(gap.lost for gap in self.gaps)


def import_table(
    csv_path: Path,
    out_path: Path,
    marks: Marks = _NO_MARKS,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Make the recording ``out_path`` of the table ``csv_path``.

    The table has one row a sample and a unit in every column name: ``t_s`` (or ``t_ms``,
    ``t_us``), then for ``shin``, ``foot`` and, if wanted, ``thigh`` the columns
    ``shin_acc_x_mps2`` (or ``g``, ``mg``) to ``shin_gyr_z_radps`` (or ``dps``), and, if there is
    one, ``reference_deg``. The time of the table becomes the time of the session.

    Parameters
    ----------
    marks
        When in it, in the time of the table, the calibration movements were made.
    overwrite
        Replace a recording that is there already.
    progress
        Is told the fraction that is done.

    Raises
    ------
    TableError
        If the table cannot be used as it is; nothing is written then.
    RecordingError
        If the recording cannot be written; no part of it is left.
    """
    csv_path, out_path = Path(csv_path), Path(out_path)
    tell = progress or _tell_nobody
    samples = check(csv_path, read_text(csv_path, lambda done: tell(_READING_SHARE * done)))
    first_ns, last_ns = int(samples.t_ns[0]), int(samples.t_ns[-1])
    events = mark_events(csv_path, marks, samples.t_ns, samples.shift_s)
    writer = RecordingWriter(out_path, _header(csv_path, samples), overwrite=overwrite)
    try:
        with writer:
            if samples.reference_deg is not None:
                data = encode_reference(samples.t_ns, samples.reference_deg)
                writer.attach(ATTACHMENT, MEDIA_TYPE, data)
            for written, item in enumerate(_items(samples, events)):
                writer.write(item)
                if written % 1000 == 0:
                    share = (item.t_ns - first_ns) / (last_ns - first_ns)
                    tell(_READING_SHARE + (1 - _READING_SHARE) * share)
    except RecordingError:
        out_path.unlink(missing_ok=True)
        raise
    tell(1.0)
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


def _tell_nobody(done: float) -> None:
    del done


def _header(csv_path: Path, samples: TableSamples) -> SessionHeader:
    name = csv_path.name.encode(errors="replace").decode()
    changed = datetime.fromtimestamp(csv_path.stat().st_mtime, UTC)
    return SessionHeader(
        start_ns=0,
        created_utc=changed.isoformat(timespec="seconds"),
        sensors=tuple(
            SensorInfo(
                source=f"table-{segment}",
                segment=segment,
                family=family.NAME,
                name=f"{segment} of {name}",
                settings=StreamSettings(rate_hz=samples.rate_hz),
            )
            for segment in samples.measured
        ),
        software=f"toepoint {version('toepoint')}",
        metadata={
            "imported_from": name,
            "time_shift_s": samples.shift_s,
            "repairs": list(samples.repairs),
        },
    )


def _items(samples: TableSamples, events: Sequence[Event]) -> Iterator[Item]:
    """Return notifications and events in order of time.

    A notification arrives at the time of its last sample, and none reaches across an event or a
    gap; an event comes before the sample of the same time.
    """
    t_ns = samples.t_ns
    payloads = {}
    for segment, six in samples.measured.items():
        payloads[f"table-{segment}"] = family.pack_samples(t_ns, six[:, :3], six[:, 3:])
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
    """Yield the first sample of each notification and the one after its last."""
    t_ns = samples.t_ns
    at_events = np.searchsorted(t_ns, [event.t_ns for event in events])
    at_gaps = np.searchsorted(t_ns, [gap.t_ns for gap in samples.gaps])
    bounds = np.unique(np.concatenate([[0, len(t_ns)], at_events, at_gaps])).tolist()
    for part_start, part_stop in itertools.pairwise(bounds):
        for start in range(part_start, part_stop, family.SAMPLES_PER_NOTIFICATION):
            yield start, min(start + family.SAMPLES_PER_NOTIFICATION, part_stop)
