"""The analysis of a whole recording: angles, reps, losses.

The live angles are those of the live path, bit for bit; the offline angles are computed with the
whole recording, and with late losses where they happened.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from processing.calibration.calibration_file import misfits
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.fit import OWN_MOVEMENT
from processing.coach.beginning import beginning_trouble
from processing.motion.calibrated import Calibration
from processing.motion.estimator import estimate_offline
from processing.pipeline.late_losses import place_late_losses
from processing.pipeline.marks import marked_sets, marks_calibrate, movements, strappings
from processing.pipeline.pipeline import Pipeline, PipelineConfig, uncalibrated
from processing.pipeline.update_kinds import Update
from processing.review.angle_remarks import AngleRemark, angle_remarks
from processing.review.read_recording import Progress, assembled, no_samples, paired_at_once
from processing.review.self_calibration import calibration_of
from processing.review.self_reports import Felt, felt
from processing.review.training_sets import TrainingSet, training_sets
from processing.types import (
    AngleBlock,
    Dropout,
    PairedBlock,
    PhaseChange,
    Rep,
    join_blocks,
    slice_block,
)
from sensor.assembler import StreamStatistics
from sensor.recording import Recording, open_recording
from sensor.types import Event, ImuBlock, SessionHeader

_BATCH_ITEMS = 4096
"""Items that the pipeline gets at once: large, because a batch costs as much as its samples."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of a recording."""

    header: SessionHeader
    """The header of the recording."""
    statistics: Mapping[str, StreamStatistics]
    """What arrived from each sensor, by its source."""
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
    """What could not be used, and why, in sentences."""
    angle_remarks: tuple[AngleRemark, ...]
    """When the offline ankle angle is not to be believed."""
    duration_s: float
    """Length of the recording, or of the part that was analysed, s."""
    felt: Felt = field(default_factory=Felt)
    """Self-reported soreness and exertion."""
    strapped: tuple[float, ...] = ()
    """When the sensors were strapped on again, s."""


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
    config = config or PipelineConfig()
    rec = recording if isinstance(recording, Recording) else open_recording(recording)
    report = progress or (lambda _: None)
    blocks, events, assembler = assembled(rec, until_s, lambda share: report(0.5 * share))
    settled = place_late_losses(blocks)
    problems: list[str] = []
    paired: PairedBlock | None = None
    origin = "given"
    if calibration is not None:
        config = replace(config, fixed_calibration=True)
        if config.own_neutral:
            calibration = replace(calibration, neutral_angle=0.0)
        paired = paired_at_once(settled, rec.header.sensors)
        problems += misfits(calibration, calibration_of(paired, config, []), rec.header)
    updates: list[Update] = []
    live_paired: PairedBlock | None = None
    if calibration is None:
        origin = "marked movements"
        if marks_calibrate(events):
            updates, live_paired = _run(rec.header, blocks, config, None)
        if not any(isinstance(u, Calibrated) for u in updates):
            origin, updates = OWN_MOVEMENT, []
            paired = paired_at_once(settled, rec.header.sensors)
            calibration = calibration_of(paired, config, problems, movements(rec.header, events))
    report(0.6)
    if not updates:
        updates, live_paired = _run(rec.header, blocks, config, calibration)
    known = updates
    if any(new is not old for new, old in zip(settled, blocks, strict=True)):
        known, live_paired = _run(rec.header, settled, config, calibration)
    # If no sensor was too late for the live path, pairing again would give the same samples.
    paired = paired or live_paired or paired_at_once(settled, rec.header.sensors)
    report(0.8)
    problems += [str(u.error) for u in known if isinstance(u, CalibrationFailed)]
    problems += beginning_trouble(rec.header)
    changes = [u for u in known if isinstance(u, Calibrated)]
    in_force = changes[-1].calibration if changes else calibration
    offline, remarks = _estimate(paired, calibration, changes)
    live = [u for u in updates if isinstance(u, Rep)]
    dropouts = tuple(u for u in known if isinstance(u, Dropout))
    t_last = float(offline.t[-1]) if len(offline.t) else 0.0
    marked = marked_sets(rec.header, events, t_last)
    moved = movements(rec.header, events, t_last)
    reference_deg = in_force.reference_rom_deg if in_force is not None else None
    sets = training_sets(marked, moved, offline, live, dropouts, reference_deg)
    report(1.0)
    return Analysis(
        header=rec.header,
        statistics=assembler.statistics,
        calibration=in_force,
        calibration_origin=origin if in_force is not None else "none",
        calibrated=tuple(changes),
        live_angles=_joined([u for u in updates if isinstance(u, AngleBlock)]),
        offline_angles=offline,
        phases=tuple(u for u in updates if isinstance(u, PhaseChange)),
        sets=sets,
        dropouts=dropouts,
        problems=tuple(dict.fromkeys(problems)),
        angle_remarks=remarks,
        duration_s=min(rec.duration_s, until_s),
        felt=felt(rec.header, events),
        strapped=strappings(rec.header, events),
    )


def _run(
    header: SessionHeader,
    items: Sequence[ImuBlock | Event],
    config: PipelineConfig,
    calibration: Calibration | None,
) -> tuple[list[Update], PairedBlock | None]:
    """Return the updates of the live path, and its paired samples; None if some came too late."""
    paired: list[PairedBlock] = []
    pipeline = Pipeline(header, config, calibration, paired.append)
    updates: list[Update] = []
    for first in range(0, len(items), _BATCH_ITEMS):
        updates += pipeline.feed(items[first : first + _BATCH_ITEMS])
    updates += pipeline.finish()
    return updates, join_blocks(paired) if paired and not pipeline.overtaken else None


def _estimate(
    paired: PairedBlock, calibration: Calibration | None, changes: Sequence[Calibrated]
) -> tuple[AngleBlock, tuple[AngleRemark, ...]]:
    """Return the offline angles and the remarks about them.

    Each stretch is estimated with the calibration that was in force in it.
    """
    # The movements of a calibration are measured with it, so the first one reaches back to the start.
    edges = [0, *(int(np.searchsorted(paired.t, c.t)) for c in changes[1:]), len(paired.t)]
    used: list[Calibration | None] = [c.calibration for c in changes]
    parts: list[AngleBlock] = []
    remarks: list[AngleRemark] = []
    for (first, last), own in zip(pairwise(edges), used or [calibration], strict=True):
        if own is not None and last > first:
            stretch = slice_block(paired, first, last)
            parts.append(estimate_offline(stretch, own))
            remarks += angle_remarks(stretch, parts[-1], own)
    return join_blocks(parts) if parts else uncalibrated(paired), tuple(remarks)


def _joined(blocks: Sequence[AngleBlock]) -> AngleBlock:
    """Return ``blocks`` as one, which is empty if there are none."""
    return join_blocks(blocks) if blocks else uncalibrated(no_samples())
