"""The verdicts and numbers of every set of an analysis, for review, history and exports."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from processing.calibration.grade import Remark
from processing.coach.beginning import recorded_beginning
from processing.coach.protocol import PROTOCOL_OF, Prescription, Protocol, SetType
from processing.coach.protocol_file import built_in
from processing.coach.set_fields import read_number, recorded_prescription
from processing.exercises.exercise import Exercise
from processing.judge.bands import BandRule, Bands, personal_bands
from processing.judge.checks import DataQuality, Target, data_quality
from processing.judge.exercise_target import judges_toes, quality_for, target_for
from processing.judge.recount import judge_reps, reference_rom
from processing.judge.set_metrics import SetMetrics, set_metrics
from processing.judge.thresholds import Thresholds
from processing.judge.verdict import Verdict
from processing.judge.zero_watch import ZeroMove, zero_moves
from processing.motion.driving import unloaded_rom
from processing.review.analysis import Analysis
from processing.review.edit_file import edits_path, read_edits
from processing.review.edits import (
    Edit,
    EditedSession,
    EditError,
    EditKind,
    apply_edits,
    in_force,
)
from processing.review.training_sets import TrainingSet
from processing.types import AngleBlock, Dropout, Rep
from sensor.errors import DocumentError, SettingError
from sensor.types import JsonValue, SessionHeader

DEFAULT_UNCERTAINTY_DEG = 3.0
"""The uncertainty of the ankle angle in a set without a valid sample, the same as live."""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A set with a verdict on each of its reps."""

    source: TrainingSet
    """The set with its corrections applied."""
    target: Target
    """The target of its reps."""
    verdicts: tuple[Verdict, ...]
    """One verdict per rep."""
    metrics: SetMetrics
    """The numbers of the set."""
    reserve: float | None = None
    """Reps in reserve as the person stated them, None if they did not."""
    band_rule: BandRule = field(default_factory=BandRule)
    """The rule that gave the bands of the target."""

    @property
    def number(self) -> int:
        """The number of the set in the session, from 1."""
        return self.source.number

    @property
    def type(self) -> SetType:
        """Kind of the set, FREE if nothing was planned."""
        return self.source.type

    @property
    def load_kg(self) -> float | None:
        """Load, kg; None if not stated."""
        return self.source.load_kg

    @property
    def side(self) -> str:
        """``L``, ``R`` or ``BOTH``; empty if not stated."""
        return self.source.side


@dataclass(frozen=True, slots=True)
class SessionNumbers:
    """The numbers of a session."""

    sets: int
    """Number of sets."""
    reps: int
    """Number of reps that count."""
    judged: int
    """Number of reps with a verdict."""
    good: int
    """Number of good reps."""
    asks_toes: bool
    """Whether an exercise of the session asks for toes up or pointed."""
    pointed_eccentric_s: float
    """Time of lowering with the toes pointed, s."""
    eccentric_s: float
    """Time of lowering, s."""
    eccentric_mean_s: float | None
    """Mean time of a lowering, s; None without reps."""
    eccentric_variation_percent: float | None
    """Standard deviation of that time over its mean; None with fewer than two reps."""
    target_s: float | None
    """Planned time of a lowering, s; None if none was planned or the sets differ in it."""
    volume_kg: float | None
    """Sum of load times reps, kg; None if no load is known."""
    work_index: float | None = None
    """Height times reps, rad; None where a set has no height."""
    height_mean: float | None = None
    """Mean height of the reps, rad; None where a set has no height."""
    height_best: float | None = None
    """Largest height of a rep, rad; None where a set has no height."""

    @property
    def quality_percent(self) -> float | None:
        """Share of good reps among the judged ones; None if none was judged."""
        return 100.0 * self.good / self.judged if self.judged else None


def judge_sets(analysis: Analysis, edits: Sequence[Edit] = ()) -> tuple[JudgedSet, ...]:
    """Return every set of ``analysis`` with its verdicts, by the protocol of its plan.

    Parameters
    ----------
    analysis
        The analysis of the whole recording.
    edits
        The corrections of a person.

    Raises
    ------
    EditError
        If an edit does not apply to any set or rep, or has a value that is not allowed.
    """
    changes = {e.key: e.value for e in in_force(edits) if e.kind is EditKind.THRESHOLD}
    edited = apply_edits(EditedSession(analysis.sets), edits, analysis.offline_angles)
    moves = zero_moves(analysis.offline_angles, analysis.calibrated)
    return tuple(
        _judged(analysis, part, _Changes(changes, edited.bands, moves)) for part in edited.sets
    )


def judge_recording(path: Path, analysis: Analysis) -> tuple[tuple[JudgedSet, ...], str]:
    """Return the judged sets with the edits beside the recording ``path``, and the trouble if any.

    If the edits cannot be read or applied, all of them are left out and the second value says so.
    """
    try:
        return judge_sets(analysis, read_edits(edits_path(path))), ""
    except (EditError, DocumentError, SettingError) as error:
        # All or none: later edits may build on the one that cannot be used.
        return judge_sets(analysis), f"shown without its edits: {error}"


def session_numbers(sets: Sequence[JudgedSet]) -> SessionNumbers:
    """Return the numbers of a session, which are sums over its ``sets``."""
    numbers = [s.metrics for s in sets]
    volumes = [m.volume_kg for m in numbers if m.volume_kg is not None]
    lowerings = [v.measures.eccentric_s for s in sets for v in s.verdicts if not v.rep.partial]
    mean_s = float(np.mean(lowerings)) if lowerings else None
    spread_s = float(np.std(lowerings, ddof=1)) if len(lowerings) > 1 else None
    raised = [m for m in numbers if m.work_index is not None]
    work = math.fsum(m.work_index or 0.0 for m in raised)
    raises = bool(raised) and all(s.source.exercise.measures_height for s in sets)
    # One target line is drawn for the session, so it must hold for all its sets.
    targets = {s.target.tempo.eccentric_s for s in sets if s.target.tempo is not None}
    return SessionNumbers(
        sets=len(sets),
        reps=sum(m.reps for m in numbers),
        judged=sum(m.judged for m in numbers),
        good=sum(m.good for m in numbers),
        asks_toes=any(judges_toes(s.source.exercise) for s in sets),
        pointed_eccentric_s=math.fsum(m.pointed_eccentric_s for m in numbers),
        eccentric_s=math.fsum(m.eccentric_s for m in numbers),
        eccentric_mean_s=mean_s,
        eccentric_variation_percent=100.0 * spread_s / mean_s if spread_s and mean_s else None,
        target_s=targets.pop() if len(targets) == 1 else None,
        volume_kg=math.fsum(volumes) if volumes else None,
        work_index=work if raises else None,
        height_mean=work / sum(m.reps for m in raised) if raises else None,
        height_best=max(m.rom_best or 0.0 for m in raised) if raises else None,
    )


def protocol_name(types: Sequence[SetType]) -> str:
    """Return the protocols that sets of these ``types`` belong to: ``"A"``, ``"A + B"``, and so on."""
    names = dict.fromkeys(PROTOCOL_OF[kind] for kind in types)
    return " + ".join(sorted(names))


def plan_name(header: SessionHeader) -> str:
    """Return the name of the protocol of a coached session, empty if it had no coach."""
    # A session may hold sets of another protocol: a person can choose them freely.
    own = _own_protocol(header)
    return own.name if own is not None else ""


@dataclass(frozen=True, slots=True)
class _Changes:
    """Changes for all sets: thresholds and bands by a person, and moves of the zero."""

    thresholds: Mapping[str, object]
    bands: BandRule | None
    moves: Sequence[ZeroMove]


def _judged(analysis: Analysis, part: TrainingSet, changes: _Changes) -> JudgedSet:
    """Return a set of the session, ``part``, judged with its corrections."""
    calibration = analysis.calibration
    protocol, planned = _planned(analysis.header, part.type, part.prescription)
    # Corrections go before the limits of the protocol, key by key.
    thresholds = Thresholds.from_table({**asdict(protocol.thresholds), **changes.thresholds})
    protocol = replace(protocol, thresholds=thresholds)
    rule = changes.bands or protocol.band_rule(part.prescription.get("bands"))
    bands = _bands(analysis, part, rule)
    unloaded = unloaded_rom(part.exercise, calibration)
    target = target_for(part.exercise, protocol.target(planned, bands, unloaded))
    quality = [_quality(analysis, changes.moves, rep, part.exercise) for rep in part.reps]
    verdicts = judge_reps(part.reps, analysis.offline_angles, target, quality)
    reserve = read_number(part.prescription.get("reserve"))
    return JudgedSet(
        source=part,
        target=replace(target, reference_rom=reference_rom(part.reps, unloaded)),
        verdicts=verdicts,
        metrics=set_metrics(
            verdicts,
            part.load_kg,
            reserve_known=reserve is not None,
            rest_counted_s=thresholds.rest_counted_s,
        ),
        reserve=reserve,
        band_rule=rule,
    )


def _remarks(analysis: Analysis, t: float, exercise: Exercise) -> Sequence[Remark] | None:
    """Return the remarks on the calibration in force at ``t`` s, None if nothing can be judged."""
    marked = analysis.calibration_origin in ("marked movements", "given")
    if not marked and (judges_toes(exercise) or analysis.calibration is None):
        # Without marked movements neutral is not known: the zero is a convention.
        return None
    if _is_older_than_straps(analysis, t):
        return None
    remarks: Sequence[Remark] = ()
    for change in analysis.calibrated:
        # The movements of a calibration are measured with it, so the first one reaches back.
        if change.t <= t or change is analysis.calibrated[0]:
            remarks = change.remarks
    return remarks


def _is_older_than_straps(analysis: Analysis, t: float) -> bool:
    """Return whether the calibration in force at ``t`` s is older than the strap-on before it."""
    strapped_t = max((s for s in analysis.strapped if s <= t), default=-math.inf)
    made = [c.t for c in analysis.calibrated if c.whole]
    # The first calibration reaches back to the movements before it.
    in_force_t = max((m for m in made if m <= t), default=min(made, default=-math.inf))
    return in_force_t < strapped_t


def _quality(
    analysis: Analysis, moves: Sequence[ZeroMove], rep: Rep, exercise: Exercise
) -> DataQuality:
    """Return the quality of a rep's data, including what showed only after the rep."""
    known = data_quality(_remarks(analysis, rep.t_begin, exercise))
    # A slip shows only in the next rest, so it counts for the reps since the last one.
    moved = [m.moved for m in moves if m.t_start < rep.t_over and rep.t_begin < m.t_end]
    known = replace(
        known,
        zero_moved=max(known.zero_moved, *moved, key=abs) if moved else known.zero_moved,
        dropouts=tuple(d for d in analysis.dropouts if _near(d, rep)),
    )
    return quality_for(exercise, known)


def _near(gap: Dropout, rep: Rep) -> bool:
    """Return whether samples of ``rep`` may be lost."""
    return gap.t_end > rep.t_begin and gap.lost_t < rep.t_over


def _planned(
    header: SessionHeader, kind: SetType, recorded: Mapping[str, JsonValue]
) -> tuple[Protocol, Prescription]:
    """Return the protocol of a set of this kind, and the prescription of the set.

    It is the session's own protocol if that has such sets, else the built-in one.
    """
    own = _own_protocol(header)
    known = own is not None and any(each.type is kind for each in own.sets)
    protocol = own if own is not None and known else built_in(PROTOCOL_OF[kind])
    return protocol, recorded_prescription(
        protocol, protocol.sets[0], {**recorded, "set_type": kind.value}
    )


def _own_protocol(header: SessionHeader) -> Protocol | None:
    try:
        begun = recorded_beginning(header)
    except DocumentError:
        # The analysis lists it among its problems.
        return None
    return None if begun is None else begun.protocol


def _bands(analysis: Analysis, training_set: TrainingSet, rule: BandRule) -> Bands:
    calibration = analysis.calibration
    return personal_bands(
        calibration.dorsiflexion_max if calibration is not None else None,
        calibration.plantarflexion_max if calibration is not None else None,
        _uncertainty(analysis.live_angles, training_set.t_start),
        rule,
    )


def _uncertainty(angles: AngleBlock, t: float) -> float:
    """Return the newest uncertainty of the ankle angle that is known at ``t`` s, rad.

    One number for the set, and the live one, so that its reps have the same bands live and offline.
    """
    known = np.flatnonzero(angles.valid[: int(np.searchsorted(angles.t, t, side="right"))])
    if not known.size:
        return math.radians(DEFAULT_UNCERTAINTY_DEG)
    return float(angles.uncertainty[known[-1]])
