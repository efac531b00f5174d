"""The analysis of a whole recording: angles, reps, losses.

The live angles are those of the live path, bit for bit; the offline angles are computed with the
whole recording, from samples whose times are fitted to all of it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import assert_never

import numpy as np

from processing.calibration.calibration_file import misfits
from processing.calibration.calibration_steps import completing_step
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.fit import OWN_MOVEMENT
from processing.coach.beginning import beginning_trouble
from processing.exercises.exercise_troubles import (
    ExerciseTrouble,
    exercise_troubles,
    sensor_troubles,
)
from processing.exercises.session_exercises import SessionExercises, session_exercises
from processing.motion.calibrated import Calibration
from processing.motion.estimator import estimate_offline
from processing.motion.foot_turns import FootTurns, foot_turns
from processing.motion.long_block import LongBlock, joined
from processing.pipeline.marked_calibrations import calibrations_of
from processing.pipeline.marks import marked_sets, marks_calibrate, movements, strappings
from processing.pipeline.pipeline import Pipeline, PipelineConfig, uncalibrated
from processing.pipeline.update_kinds import Update
from processing.ranges.results import RangeResult, range_results
from processing.review.angle_remarks import AngleRemark, angle_remarks
from processing.review.read_recording import (
    Progress,
    assembled,
    in_batches,
    no_samples,
    settled_samples,
)
from processing.review.self_calibration import calibration_of
from processing.review.self_reports import SelfReports, read_self_reports
from processing.review.set_exercises import SetExercises
from processing.review.training_sets import TrainingSet, known_sets, training_sets
from processing.types import (
    AngleBlock,
    Dropout,
    PairedBlock,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
    slice_block,
)
from sensor.assembler import StreamStatistics
from sensor.recording import Recording, open_recording
from sensor.types import Event, ImuBlock, SessionHeader


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of a recording."""

    header: SessionHeader
    """The header of the recording."""
    statistics: Mapping[str, StreamStatistics]
    """Counts of the samples that arrived from each sensor, by its source."""
    calibration: Calibration | None
    """The last calibration in force, None if there was none."""
    calibration_origin: str
    """``"marked movements"``, ``"the recording's own movement"``, ``"given"`` or ``"none"``."""
    calibrated: tuple[Calibrated, ...]
    """The changes of the calibration, each with its remarks."""
    live_angles: AngleBlock
    """The angles as the live path gives them."""
    offline_angles: AngleBlock
    """The angles with the whole recording in view."""
    phases: tuple[PhaseChange, ...]
    """The phases as the live path gives them."""
    sets: tuple[TrainingSet, ...]
    """The sets, their reps found offline."""
    dropouts: tuple[Dropout, ...]
    """The losses, late ones where they happened."""
    problems: tuple[str, ...]
    """Problems of the recording, in sentences."""
    angle_remarks: tuple[AngleRemark, ...]
    """When the offline ankle angle is not to be believed."""
    duration_s: float
    """Length of the recording, or of the part that was analysed, s."""
    self_reports: SelfReports = field(default_factory=SelfReports)
    """Self-reported soreness and exertion."""
    strapped: tuple[float, ...] = ()
    """When the sensors were strapped on again, s."""
    foot_turns: FootTurns | None = None
    """The foot's turns in and out in the reps since the last calibration; None if they are not known."""
    ranges: tuple[RangeResult, ...] = ()
    """The measured ranges, in order of time, by the offline angles."""
    exercise_troubles: tuple[ExerciseTrouble, ...] = ()
    """The troubles with its exercises."""


def analyse(
    recording: Recording | Path | str,
    config: PipelineConfig | None = None,
    calibration: Calibration | None = None,
    progress: Progress | None = None,
    until_s: float = math.inf,
) -> Analysis:
    """Analyse a whole recording.

    Parameters
    ----------
    recording
        An open recording, or the path of one.
    config
        The person's choices; None for the defaults.
    calibration
        A calibration of the same strapping, used instead of the marked movements; without one, the
        marked movements of the recording are used, or its own movement if there are none.
    progress
        Called with the share of the work that is done.
    until_s
        Only the first ``until_s`` s are analysed: a first look at a long session.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    report = progress or (lambda _: None)
    rec = recording if isinstance(recording, Recording) else open_recording(recording)
    read = assembled(rec, until_s, lambda share: report(0.5 * share))
    events = read.events
    settled = settled_samples(read)
    paired = settled.paired
    problems: list[str] = []
    config = config or PipelineConfig()
    if calibration is not None:
        start = _with_given(calibration, rec, paired, config, problems)
    else:
        start = _with_found(rec, paired, events, config, problems)
    report(0.6)
    seen_live = _run(rec.header, read.live, start)
    report(0.8)
    made = start.made
    if made is None:
        made = _calibrations(
            rec.header, paired, events, start.config, start.calibration, start.exercises
        )
    problems += [str(one.error) for one in made if isinstance(one, CalibrationFailed)]
    problems += beginning_trouble(rec.header)
    changes = [one for one in made if isinstance(one, Calibrated)]
    # The last one: it is the one to keep for the next session.
    in_force = changes[-1].calibration if changes else start.calibration
    offline, remarks = _estimate(paired, start.calibration, changes)
    t_last = float(offline.t[-1]) if len(offline.t) else 0.0
    known = known_sets(rec.header, events, t_last)
    exercises = SetExercises(rec.header, events, start.exercises)
    offline = exercises.driven(offline, known)
    sets = training_sets(
        known,
        movements(rec.header, events, t_last),
        offline,
        seen_live.reps,
        settled.dropouts,
        in_force,
        exercises,
    )
    turns = None
    if in_force is not None:
        since = changes[-1].t if changes else 0.0
        spans = [(r.t_begin, r.t_end) for s in sets for r in s.reps if r.t_begin > since]
        turns = foot_turns(paired, offline, in_force, spans)
    report(1.0)
    return Analysis(
        header=rec.header,
        statistics=settled.statistics,
        calibration=in_force,
        calibration_origin=start.origin if in_force is not None else "none",
        calibrated=tuple(changes),
        live_angles=seen_live.angles.whole() or uncalibrated(no_samples()),
        offline_angles=offline,
        phases=tuple(seen_live.phases),
        sets=sets,
        dropouts=settled.dropouts,
        problems=tuple(dict.fromkeys(problems)),
        angle_remarks=remarks,
        duration_s=min(rec.duration_s, until_s),
        self_reports=read_self_reports(rec.header, events),
        strapped=strappings(rec.header, events),
        foot_turns=turns,
        ranges=range_results(
            marked_sets(rec.header, events, t_last),
            offline,
            changes or ([] if in_force is None else [in_force]),
        ),
        exercise_troubles=tuple(start.troubles(rec.header, events)),
    )


@dataclass(frozen=True, slots=True)
class _Updates:
    """The updates of a run that an analysis needs, by kind, each in order of time."""

    angles: LongBlock[AngleBlock] = field(default_factory=LongBlock)
    phases: list[PhaseChange] = field(default_factory=list)
    reps: list[Rep] = field(default_factory=list)

    def add(self, updates: Sequence[Update]) -> None:
        """Add ``updates`` to those of their kind."""
        for update in updates:
            match update:
                case AngleBlock():
                    self.angles.add(update)
                case PhaseChange():
                    self.phases.append(update)
                case Rep():
                    self.reps.append(update)
                case Dropout() | RevisedAngles() | Calibrated() | CalibrationFailed():
                    # The analysis has these from the settled samples.
                    pass
                case SensorSilent() | SensorStatus() | SessionEvent():
                    # The dropouts and the events of the recording say the same, and more.
                    pass
                case _:
                    assert_never(update)


@dataclass(frozen=True, slots=True)
class _Start:
    """The calibration to begin with, and what was already computed to find it."""

    config: PipelineConfig
    calibration: Calibration | None
    origin: str
    exercises: SessionExercises
    made: Sequence[Calibrated | CalibrationFailed] | None = None

    def troubles(self, header: SessionHeader, events: Sequence[Event]) -> list[ExerciseTrouble]:
        """Return the troubles with the exercises of the session."""
        if self.exercises.fixed:
            return sensor_troubles(header, [self.exercises.first])
        used = [one for _, one in self.exercises.at_events(events, header.start_ns)]
        return [*exercise_troubles(header, events), *sensor_troubles(header, used)]


def _with_given(
    calibration: Calibration,
    rec: Recording,
    paired: PairedBlock,
    config: PipelineConfig,
    problems: list[str],
) -> _Start:
    """Begin with a calibration from elsewhere; what speaks against it is added to ``problems``."""
    if config.own_neutral:
        calibration = replace(calibration, neutral_angle=0.0)
    # The caller's choice: the marked movements of the recording must not replace it.
    config = replace(config, fixed_calibration=True)
    exercises = session_exercises(rec.header, config.exercise)
    own = calibration_of(paired, config, [], exercise=exercises.first)
    problems += misfits(calibration, own, rec.header)
    return _Start(config, calibration, "given", exercises)


def _with_found(
    rec: Recording,
    paired: PairedBlock,
    events: Sequence[Event],
    config: PipelineConfig,
    problems: list[str],
) -> _Start:
    """Begin with the marked movements, or with the recording's own movement if they give nothing."""
    exercises = session_exercises(rec.header, config.exercise)
    if marks_calibrate(events, completing_step(exercises.first)):
        made = _calibrations(rec.header, paired, events, config, None, exercises)
        # Marks alone are not enough: their movements may not have given a calibration.
        if any(isinstance(one, Calibrated) for one in made):
            return _Start(config, None, "marked movements", exercises, made)
    moved = movements(rec.header, events)
    calibration = calibration_of(paired, config, problems, moved, exercise=exercises.first)
    return _Start(config, calibration, OWN_MOVEMENT, exercises)


def _calibrations(
    header: SessionHeader,
    paired: PairedBlock,
    events: Sequence[Event],
    config: PipelineConfig,
    calibration: Calibration | None,
    exercises: SessionExercises,
) -> list[Calibrated | CalibrationFailed]:
    return calibrations_of(
        paired,
        events,
        header.start_ns,
        calibration,
        fixed=config.fixed_calibration,
        own_neutral=config.own_neutral,
        exercises=exercises,
    )


def _run(header: SessionHeader, items: Iterable[ImuBlock | Event], start: _Start) -> _Updates:
    """Run the live path over all ``items``."""
    pipeline = Pipeline(header, start.config, start.calibration)
    found = _Updates()
    for batch in in_batches(items):
        found.add(pipeline.feed(batch))
    found.add(pipeline.finish())
    return found


def _estimate(
    paired: PairedBlock, calibration: Calibration | None, changes: Sequence[Calibrated]
) -> tuple[AngleBlock, tuple[AngleRemark, ...]]:
    """Return the offline angles and the remarks about them.

    Each stretch is estimated with the calibration that was in force in it.
    """
    # The movements of a calibration are measured with it, so the first one reaches back to the start.
    edges = [0, *(int(np.searchsorted(paired.t, c.t)) for c in changes[1:]), len(paired.t)]
    used: list[Calibration | None] = [c.calibration for c in changes]
    angles: list[AngleBlock] = []
    remarks: list[AngleRemark] = []
    for (first, last), own in zip(pairwise(edges), used or [calibration], strict=True):
        if own is not None and last > first:
            stretch = slice_block(paired, first, last)
            estimated = estimate_offline(stretch, own)
            remarks += angle_remarks(stretch, estimated, own)
            angles.append(estimated)
    return joined(angles) or uncalibrated(paired), tuple(remarks)
