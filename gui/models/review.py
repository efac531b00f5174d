"""The opened session of the review, with the chosen set and rep. No Qt.

Angles that leave this module are in degrees, the ankle positive with the toes up.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from gui.models.notes import Note, NoteKind, notes_of
from gui.models.versions import Versions, versions_of
from processing.judge.bands import Band
from processing.judge.checks import Grade, Target
from processing.judge.verdict import PRIORITY, Verdict
from processing.library.kept import KeptAnalyses
from processing.library.records import session_of
from processing.pipeline.marks import cramps
from processing.review.analysis import Analysis, analyse
from processing.review.edit_file import append_edit, edits_path, read_edits
from processing.review.edits import Edit
from processing.review.judged_sets import (
    JudgedSet,
    SessionNumbers,
    judge_recording,
    judge_sets,
    session_numbers,
)
from processing.review.read_recording import Progress
from processing.types import Phase, Rep
from sensor.recording import Recording, open_recording
from sensor.types import EventKind

_WORST_FIRST = (Grade.MISS, Grade.NEAR)
_LEAD_S = 1.0
"""Time that a replay shows before the first rep and after the last one."""
LONG_S = 600.0
"""A session of this length is first shown up to the end of its first set."""
_MOST_FIRST = 0.8
"""If the first set ends later than this share of the session, reading all takes no longer."""
_AFTER_SET_S = 2.0
"""After this long, s, the offline angles of a set do not change any more."""
UPMOST_DEG, LOWEST_DEG = 26.0, -52.0
"""Ends of the drawn bands, near the limits of an ankle."""


@dataclass(frozen=True, slots=True)
class ReviewedSession:
    """A recording with its analysis, judged sets, notes and corrections."""

    recording: Recording
    """The file."""
    analysis: Analysis
    """Offline angles, reps and calibration."""
    sets: tuple[JudgedSet, ...]
    """The judged sets, corrected."""
    numbers: SessionNumbers
    """Sums over the sets."""
    when: datetime
    """Start of the session, local time."""
    recorded_notes: tuple[Note, ...] = ()
    """Notes that were made while the session ran."""
    edits: tuple[Edit, ...] = ()
    """All corrections in the file, undone ones too."""
    trouble: str = ""
    """Why the corrections could not be applied; empty if they could."""
    whole: bool = True
    """Whether all of it is read; else only the first set of a long session is known."""
    versions: Versions = field(default_factory=Versions)
    """The verdicts before limits were changed."""

    @property
    def knows_knee(self) -> bool:
        """Whether the curl is the angle of the knee, because a sensor was worn on the thigh."""
        made = self.analysis.calibration
        return made is not None and made.knee is not None

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes in order of time."""
        return notes_of(self.recorded_notes, self.edits)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a replay."""

    t: float
    """Session time, s."""
    ankle_deg: float | None
    """None without data."""
    curl_deg: float | None
    """None without data."""
    driving_deg: float | None
    """The driving angle of the exercise; None without data."""
    phase: Phase
    """IDLE between reps."""
    rep: int | None
    """The number of the rep; None between reps."""
    uncertainty_deg: float | None = None
    """The ± of the ankle angle; None without data."""


class ReviewModel:
    """The session on the page, with the chosen set and rep."""

    def __init__(self) -> None:
        self.session: ReviewedSession | None = None
        self.set_index = 0
        self.rep_index = 0

    @property
    def current(self) -> JudgedSet | None:
        """The chosen set."""
        if self.session is None or not self.session.sets:
            return None
        return self.session.sets[self.set_index]

    @property
    def selected(self) -> Verdict | None:
        """The chosen rep."""
        current = self.current
        return current.verdicts[self.rep_index] if current and current.verdicts else None

    def show(self, session: ReviewedSession) -> None:
        """Show another session, or the same one judged again; the choice stays where it can."""
        # After a correction the person wants to see the same rep.
        same = self.session is not None and self.session.recording.path == session.recording.path
        self.session = session
        set_index, rep_index = (self.set_index, self.rep_index) if same else (0, 0)
        self.choose_set(set_index)
        self.choose_rep(rep_index)

    def close(self) -> None:
        """Show nothing."""
        self.session = None
        self.choose_set(0)

    def choose_set(self, index: int) -> None:
        """Choose a set by its index, limited to the existing ones, and its first rep."""
        count = len(self.session.sets) if self.session is not None else 0
        self.set_index = min(max(index, 0), max(count - 1, 0))
        self.rep_index = 0

    def choose_rep(self, index: int) -> None:
        """Choose a rep of the set by its index, limited to the existing ones."""
        count = len(self.current.verdicts) if self.current is not None else 0
        self.rep_index = min(max(index, 0), max(count - 1, 0))

    def step_rep(self, step: int) -> None:
        """Choose the next rep (``step`` 1) or the previous one (-1), also in another set."""
        if self.current is None or self.session is None:
            return
        index = self.rep_index + step
        if index >= len(self.current.verdicts) and self.set_index + 1 < len(self.session.sets):
            self.choose_set(self.set_index + 1)
        elif index < 0 and self.set_index > 0:
            self.choose_set(self.set_index - 1)
            self.choose_rep(len(self.current.verdicts) - 1)
        else:
            self.choose_rep(index)

    def span(self) -> tuple[float, float]:
        """Return start and end of the replay of the chosen set, s."""
        current = self.current
        if current is None:
            return 0.0, 0.0
        reps = [v.rep for v in current.verdicts]
        if not reps:
            return current.source.t_start, current.source.t_end
        return max(reps[0].t_begin - _LEAD_S, 0.0), reps[-1].t_end + _LEAD_S

    def moment(self, t: float) -> Moment:
        """Return the moment at ``t`` s of the session."""
        index = self.rep_at(t)
        found = Moment(t, None, None, None, Phase.IDLE, None)
        if self.session is None:
            return found
        if index is not None and self.current is not None:
            rep = self.current.verdicts[index].rep
            found = replace(found, phase=_phase(rep, t), rep=rep.number)
        angles = self.session.analysis.offline_angles
        at = int(np.searchsorted(angles.t, t))
        if at >= len(angles.t):
            return found
        return replace(
            found,
            ankle_deg=float(np.degrees(angles.ankle[at])) if angles.valid[at] else None,
            uncertainty_deg=float(np.degrees(angles.uncertainty[at])) if angles.valid[at] else None,
            curl_deg=float(np.degrees(angles.curl[at])) if angles.curl_valid[at] else None,
            driving_deg=float(np.degrees(angles.driving[at])) if angles.driving_valid[at] else None,
        )

    def rep_at(self, t: float) -> int | None:
        """Return the index of the rep of the chosen set that runs at ``t`` s; None for none."""
        for index, verdict in enumerate(self.current.verdicts if self.current else ()):
            if verdict.rep.t_begin <= t < verdict.rep.t_end:
                return index
        return None


@dataclass(frozen=True, slots=True)
class OpenedRecording:
    """A recording whose events have been read."""

    recording: Recording
    """The file."""
    notes: tuple[Note, ...]
    """Notes of the session and stops for cramps."""
    first_set_end_s: float | None
    """End of the first set, session time; None without a marked set."""


def open_events(path: Path) -> OpenedRecording:
    """Open a recording and read its events.

    Raises
    ------
    RecordingError
        If it cannot be read.
    """
    recording = open_recording(path)
    start_ns = recording.header.start_ns
    events = list(recording.events())
    ends = [(e.t_ns - start_ns) / 1e9 for e in events if e.kind == EventKind.SET_END]
    notes = [
        Note((e.t_ns - start_ns) / 1e9, str(e.data.get("text", "")))
        for e in events
        if e.kind == EventKind.NOTE
    ]
    notes += [
        Note((e.t_ns - start_ns) / 1e9, kind=NoteKind.MARK)
        for e in events
        if e.kind == EventKind.MARK
    ]
    notes += [Note(t, kind=NoteKind.CRAMP) for t in cramps(recording.header, events)]
    return OpenedRecording(recording, tuple(notes), min(ends, default=None))


def first_look(opened: OpenedRecording) -> ReviewedSession | None:
    """Return a long session up to the end of its first set; None if reading all takes no longer.

    Raises
    ------
    RecordingError
        If it cannot be read.
    """
    recording, end_s = opened.recording, opened.first_set_end_s
    # A short recording is analysed before anyone would notice.
    if end_s is None or recording.duration_s < LONG_S:
        return None
    if end_s > _MOST_FIRST * recording.duration_s:
        return None
    analysis = analyse(recording, until_s=end_s + _AFTER_SET_S)
    session = judged_session(recording, analysis, opened.notes)
    # Corrections may refer to sets that are not read yet, which is no trouble.
    return replace(session, trouble="", whole=False)


def whole_session(
    opened: OpenedRecording, kept: KeptAnalyses, progress: Progress | None = None
) -> ReviewedSession:
    """Analyse and judge a recording.

    It takes long if the analysis is not ``kept``, so the thread of the window must not call it.

    Raises
    ------
    RecordingError
        If it cannot be read.
    """
    analysis = kept.analyse(opened.recording, progress=progress)
    return judged_session(opened.recording, analysis, opened.notes)


def judged_session(
    recording: Recording, analysis: Analysis, recorded_notes: tuple[Note, ...]
) -> ReviewedSession:
    """Return the session judged with the edits in the file beside its recording."""
    sets, trouble = judge_recording(recording.path, analysis)
    edits = () if trouble else tuple(read_edits(edits_path(recording.path)))
    return ReviewedSession(
        recording,
        analysis,
        sets,
        session_numbers(sets),
        session_of(recording, sets, analysis.self_reports).when,
        recorded_notes,
        edits,
        trouble,
        versions=versions_of(analysis, edits),
    )


def edited_session(session: ReviewedSession, edit: Edit) -> ReviewedSession:
    """Write another edit, numbered, beside the recording; return the session judged again.

    Raises
    ------
    EditError
        If the edit cannot be applied; nothing is written then.
    DocumentError
        If it cannot be written.
    """
    path = edits_path(session.recording.path)
    before = read_edits(path)
    numbered = replace(edit, number=len(before) + 1)
    # Tried before it is written: an edit that cannot be applied would spoil the file.
    judge_sets(session.analysis, [*before, numbered])
    append_edit(path, numbered)
    return judged_session(session.recording, session.analysis, session.recorded_notes)


def _phase(rep: Rep, t: float) -> Phase:
    starts = (
        (rep.t_start, Phase.CONCENTRIC),
        (rep.t_top, Phase.TOP),
        (rep.t_ecc, Phase.ECCENTRIC),
        (rep.t_bottom, Phase.BOTTOM),
    )
    # The later of two that begin together: a hold may be none.
    return max((start, at, phase) for at, (start, phase) in enumerate(starts) if t >= start)[2]


def band_of(target: Target, phase: Phase) -> tuple[float, float] | None:
    """Return low and high end of the band of a phase, in degrees; None without a band."""
    band = {Phase.CONCENTRIC: target.lift, Phase.ECCENTRIC: target.lower}.get(phase)
    if band is None or target.bands.too_small:
        return None
    if band is Band.DORSIFLEXED:
        return float(np.degrees(target.bands.dorsiflexed)), UPMOST_DEG
    return LOWEST_DEG, float(np.degrees(target.bands.plantarflexed))


def worst_rep(judged: JudgedSet) -> Verdict | None:
    """Return the worst rep, by its grade and the priority of its reason; None if all are good."""
    wrong = [v for v in judged.verdicts if v.grade in _WORST_FIRST and v.reason is not None]
    return min(wrong, key=_badness, default=None)


def _badness(verdict: Verdict) -> tuple[int, int]:
    key = verdict.reason.check if verdict.reason is not None else PRIORITY[-1]
    return _WORST_FIRST.index(verdict.grade), PRIORITY.index(key)
