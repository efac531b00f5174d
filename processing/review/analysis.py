"""A whole recording at once: angles, reps and what was lost.

The causal angles are those that the live path gives, bit for bit; the refined ones may look ahead,
and know where samples were lost.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.file import misfits
from processing.calibration.fit import OWN_MOVEMENT
from processing.coach.beginning import beginning_trouble
from processing.motion.calibrated import Calibration
from processing.motion.estimator import estimate_offline
from processing.pipeline.late_losses import in_hindsight
from processing.pipeline.marks import marked_sets, marks_calibrate, movements, strappings
from processing.pipeline.pipeline import Config, Pipeline, uncalibrated
from processing.pipeline.updates import Update
from processing.review.angle_remarks import AngleRemark, angle_remarks
from processing.review.read_recording import Progress, assembled, no_samples, paired_at_once
from processing.review.self_calibration import calibration_of
from processing.review.self_reports import Felt, felt
from processing.review.sets import TrainingSet, training_sets
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


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a recording says.

    ``angles`` are causal, ``refined`` offline on the same grid or finer alignment; ``calibration``
    is the last in force and ``calibration_origin`` says where it came from: ``"marked movements"``,
    ``"the recording's own movement"``, ``"given"`` or ``"none"``. ``calibrated`` are the changes of it
    in the recording, with what is to be said of each; ``angle_remarks`` say when the refined ankle
    angle is not to be believed.
    """

    header: SessionHeader
    statistics: Mapping[str, StreamStatistics]
    calibration: Calibration | None
    calibration_origin: str
    calibrated: tuple[Calibrated, ...]
    angles: AngleBlock
    refined: AngleBlock
    phases: tuple[PhaseChange, ...]
    sets: tuple[TrainingSet, ...]
    dropouts: tuple[Dropout, ...]
    problems: tuple[str, ...]
    angle_remarks: tuple[AngleRemark, ...]
    duration_s: float
    felt: Felt = field(default_factory=Felt)
    strapped: tuple[float, ...] = ()


def analyse(
    recording: Recording | Path | str,
    config: Config | None = None,
    calibration: Calibration | None = None,
    progress: Progress | None = None,
    until_s: float = math.inf,
) -> Analysis:
    """Analyse a whole recording.

    Parameters
    ----------
    recording
        An open recording, or the path of one.
    calibration
        One from elsewhere, which is then used whatever movements are marked; without it the marked
        movements of the recording are used, and where there are none, its own movement.
    until_s
        What came later is left out, in s of the session: a first look at a long one.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    config = config or Config()
    rec = recording if isinstance(recording, Recording) else open_recording(recording)
    report = progress or (lambda _: None)
    blocks, events, assembler = assembled(rec, until_s, lambda share: report(0.5 * share))
    settled = in_hindsight(blocks)
    problems: list[str] = []
    paired: PairedBlock | None = None
    origin = "given"
    if calibration is not None:
        config = replace(config, calibrating=replace(config.calibrating, fixed=True))
        if config.calibrating.own_neutral:
            calibration = replace(calibration, neutral_angle=0.0)
        paired = paired_at_once(settled, config.pairing, rec.header.sensors)
        problems += misfits(calibration, calibration_of(paired, config, []), rec.header)
    updates: list[Update] = []
    live_paired: PairedBlock | None = None
    if calibration is None:
        origin = "marked movements"
        if marks_calibrate(events):
            updates, live_paired = _run(rec.header, blocks, config, None)
        if not any(isinstance(u, Calibrated) for u in updates):
            origin, updates = OWN_MOVEMENT, []
            paired = paired_at_once(settled, config.pairing, rec.header.sensors)
            calibration = calibration_of(paired, config, problems, movements(rec.header, events))
    report(0.6)
    if not updates:
        updates, live_paired = _run(rec.header, blocks, config, calibration)
    known = updates
    if any(new is not old for new, old in zip(settled, blocks, strict=True)):
        known, live_paired = _run(rec.header, settled, config, calibration)
    # Where no sensor was too late, waiting longer for it changes nothing.
    paired = paired or live_paired or paired_at_once(settled, config.pairing, rec.header.sensors)
    report(0.8)
    problems += [str(u.error) for u in known if isinstance(u, CalibrationFailed)]
    problems += beginning_trouble(rec.header)
    changes = [u for u in known if isinstance(u, Calibrated)]
    in_force = changes[-1].calibration if changes else calibration
    refined, angle_remarks = _refine(paired, calibration, changes, config)
    angles = _joined([u for u in updates if isinstance(u, AngleBlock)])
    live = [u for u in updates if isinstance(u, Rep)]
    dropouts = tuple(u for u in known if isinstance(u, Dropout))
    t_last = float(refined.t[-1]) if len(refined.t) else 0.0
    marked = marked_sets(rec.header, events, t_last)
    moved = movements(rec.header, events, t_last)
    reference_deg = in_force.reference_rom_deg if in_force is not None else None
    sets = training_sets(marked, moved, refined, live, dropouts, reference_deg)
    report(1.0)
    return Analysis(
        header=rec.header,
        statistics=assembler.statistics,
        calibration=in_force,
        calibration_origin=origin if in_force is not None else "none",
        calibrated=tuple(changes),
        angles=angles,
        refined=refined,
        phases=tuple(u for u in updates if isinstance(u, PhaseChange)),
        sets=sets,
        dropouts=dropouts,
        problems=tuple(dict.fromkeys(problems)),
        angle_remarks=angle_remarks,
        duration_s=min(rec.duration_s, until_s),
        felt=felt(rec.header, events),
        strapped=strappings(rec.header, events),
    )


def _run(
    header: SessionHeader,
    items: Sequence[ImuBlock | Event],
    config: Config,
    calibration: Calibration | None,
) -> tuple[list[Update], PairedBlock | None]:
    """Run the live path over everything, in large batches.

    Return its updates and the samples as it paired them; None if some came too late for it.
    """
    paired: list[PairedBlock] = []
    pipeline = Pipeline(header, config, calibration, paired.append)
    updates: list[Update] = []
    for first in range(0, len(items), _BATCH_ITEMS):
        updates += pipeline.feed(items[first : first + _BATCH_ITEMS])
    updates += pipeline.finish()
    return updates, join_blocks(paired) if paired and not pipeline.overtaken else None


def _refine(
    paired: PairedBlock,
    calibration: Calibration | None,
    changes: Sequence[Calibrated],
    config: Config,
) -> tuple[AngleBlock, tuple[AngleRemark, ...]]:
    """Estimate offline, each stretch with the calibration that was in force in it.

    Return also when that is not to be believed.
    """
    # The movements of a calibration are measured with it, so the first reaches back to the start.
    edges = [0, *(int(np.searchsorted(paired.t, c.t)) for c in changes[1:]), len(paired.t)]
    used: list[Calibration | None] = [c.calibration for c in changes]
    parts: list[AngleBlock] = []
    remarks: list[AngleRemark] = []
    for (first, last), own in zip(pairwise(edges), used or [calibration], strict=True):
        if own is not None and last > first:
            stretch = slice_block(paired, first, last)
            parts.append(estimate_offline(stretch, own, config.estimator))
            remarks += angle_remarks(stretch, parts[-1], own)
    return join_blocks(parts) if parts else uncalibrated(paired), tuple(remarks)


def _joined(blocks: Sequence[AngleBlock]) -> AngleBlock:
    return join_blocks(blocks) if blocks else uncalibrated(no_samples())
