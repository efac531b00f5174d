"""A whole recording at once: angles, reps and what was lost.

The causal angles are those that the live path gives, bit for bit; the refined ones may look ahead,
and know where samples were lost.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from processing.calibrating import checked_neutral
from processing.coach.beginning import beginning_trouble
from processing.felt import Felt, felt
from processing.marks import Span, marked_sets, movements, strappings
from processing.motion.calibration import OWN_MOVEMENT, self_calibrate
from processing.motion.calibration_data import Calibration, CalibrationError
from processing.motion.calibration_file import misfits
from processing.motion.estimator import estimate_offline
from processing.motion.guide_steps import Step
from processing.motion.hindsight import in_hindsight
from processing.motion.pairing import Pairing, PairingConfig, segments_of
from processing.motion.plausibility import AngleRemark, angle_remarks
from processing.pipeline import Config, Pipeline, rep_config, uncalibrated
from processing.reps.config import RepConfig
from processing.reps.segmentation import segment_sets
from processing.types import (
    AngleBlock,
    Calibrated,
    CalibrationFailed,
    Dropout,
    PairedBlock,
    PhaseChange,
    Rep,
    Update,
    join_blocks,
    slice_block,
)
from sensor.assembler import Assembler, StreamStatistics
from sensor.recording import Recording, open_recording
from sensor.types import Event, EventKind, ImuBlock, JsonValue, SensorInfo, SessionHeader

_BATCH_ITEMS = 4096

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A set of reps between ``t_start`` and ``t_end`` s.

    ``live`` are the reps as they were counted while the set ran, ``reps`` the refined ones.
    ``marked`` is False where the set was found from the movement alone.
    """

    number: int
    t_start: float
    t_end: float
    reps: tuple[Rep, ...]
    live: tuple[Rep, ...]
    marked: bool
    plan: Mapping[str, JsonValue]


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
    recording: Recording | Path,
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
    rec = open_recording(recording) if isinstance(recording, Path) else recording
    report = progress or (lambda _: None)
    blocks, events, assembler = _assemble(rec, until_s, lambda share: report(0.5 * share))
    settled = in_hindsight(blocks)
    problems: list[str] = []
    paired: PairedBlock | None = None
    origin = "given"
    if calibration is not None:
        config = replace(config, calibrating=replace(config.calibrating, fixed=True))
        if config.calibrating.own_neutral:
            calibration = replace(calibration, neutral_angle=0.0)
        paired = _pair(settled, config.pairing, rec.header.sensors)
        problems += misfits(calibration, _own(paired, config, []), rec.header)
    updates: list[Update] = []
    live_paired: PairedBlock | None = None
    if calibration is None:
        origin = "marked movements"
        if _marks_calibrate(events):
            updates, live_paired = _run(rec.header, blocks, config, None)
        if not any(isinstance(u, Calibrated) for u in updates):
            origin, updates = OWN_MOVEMENT, []
            paired = _pair(settled, config.pairing, rec.header.sensors)
            calibration = _own(paired, config, problems, movements(rec.header, events))
    report(0.6)
    if not updates:
        updates, live_paired = _run(rec.header, blocks, config, calibration)
    known = updates
    if any(new is not old for new, old in zip(settled, blocks, strict=True)):
        known, live_paired = _run(rec.header, settled, config, calibration)
    # Where no sensor was too late, waiting longer for it changes nothing.
    paired = paired or live_paired or _pair(settled, config.pairing, rec.header.sensors)
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
    sets = _sets(marked, moved, refined, live, dropouts, rep_config(config.reps, in_force))
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


def own_calibration(
    rec: Recording, config: Config | None = None
) -> tuple[Calibration | None, tuple[str, ...]]:
    """Return what a replay of ``rec`` has to be given to be calibrated, and what is wrong.

    That is the calibration from its own movement; None where marked movements make one.

    Raises
    ------
    RecordingError
        If the recording cannot be read.
    """
    config = config or Config()
    blocks, events, _ = _assemble(rec, math.inf, lambda _: None)
    if _marks_calibrate(events):
        return None, ()
    problems: list[str] = []
    found = _own(
        _pair(blocks, config.pairing, rec.header.sensors),
        config,
        problems,
        movements(rec.header, events),
    )
    return found, tuple(problems)


def _own(
    paired: PairedBlock, config: Config, problems: list[str], moved: Sequence[Span] = ()
) -> Calibration | None:
    """Return the calibration that the movement itself gives, or None, with why in ``problems``.

    A still pose that was marked is its zero, or the angle that was said of it.
    """
    poses = [m for m in moved if m.plan.get("step") == Step.STILL]
    edges = np.searchsorted(paired.t, [(m.t_start, m.t_end) for m in poses[-1:]], side="right")
    stills = [slice_block(paired, first, last) for first, last in edges.tolist() if last > first]
    for still in [*stills, None]:
        try:
            made = self_calibrate(paired, config.calibrating.movements, still)
            if still is None or config.calibrating.own_neutral:
                return made
            said = checked_neutral(poses[-1].plan.get("neutral_deg", 0.0))
            return replace(made, neutral_angle=math.radians(said))
        except CalibrationError as error:
            problems.append(str(error))
    return None


def _assemble(
    rec: Recording, until_s: float, progress: Progress
) -> tuple[list[ImuBlock | Event], list[Event], Assembler]:
    assembler = Assembler(rec.header.sensors, rec.header.start_ns)
    blocks: list[ImuBlock | Event] = []
    events: list[Event] = []
    total_ns = max(rec.duration_s * 1e9, 1.0)
    for count, item in enumerate(rec.items()):
        if item.t_ns - rec.header.start_ns > 1e9 * until_s:
            break
        blocks += assembler.feed(item)
        if isinstance(item, Event):
            events.append(item)
            blocks.append(item)
        if count % 4096 == 0:
            progress(min((item.t_ns - rec.header.start_ns) / total_ns, 1.0))
    return blocks, events, assembler


def _pair(
    items: Sequence[ImuBlock | Event], config: PairingConfig, sensors: Sequence[SensorInfo]
) -> PairedBlock:
    """Pair everything at once: offline nothing is late."""
    patient = PairingConfig(config.grid_hz, config.max_gap_s, patience_s=np.inf)
    pairing = Pairing(patient, segments_of(sensors))
    parts = [pairing.feed([i for i in items if isinstance(i, ImuBlock)]), pairing.finish()]
    found = [p for p in parts if p is not None]
    return join_blocks(found) if found else _no_samples()


def _no_samples() -> PairedBlock:
    vectors, flags = np.empty((0, 3)), np.empty(0, dtype=np.bool_)
    return PairedBlock(np.empty(0), vectors, vectors, vectors, vectors, flags, flags, flags, flags)


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
    return join_blocks(blocks) if blocks else uncalibrated(_no_samples())


def _sets(
    marked: Sequence[Span],
    moved: Sequence[Span],
    refined: AngleBlock,
    live: Sequence[Rep],
    dropouts: Sequence[Dropout],
    config: RepConfig,
) -> tuple[TrainingSet, ...]:
    """Segment each marked set; where none is marked, the sets that the movement shows.

    The movements of a calibration, ``moved``, are not sets, whatever they look like.
    """
    if not len(refined.t):
        return ()
    if marked:
        times = [(span.t_start, span.t_end) for span in marked]
        found = segment_sets(refined, config, sets=times, dropouts=dropouts)
        # A cramp before the first lift leaves no set.
        kept = [(s, r) for s, r in zip(marked, found, strict=True) if r or not s.cramp]
        spans, found = [span for span, _ in kept], [reps for _, reps in kept]
    else:
        # A movement of the calibration ends whatever came before it, as it does live.
        edges = [-math.inf, *(t for m in moved for t in (m.t_start, m.t_end)), math.inf]
        found = [
            reps
            for first, last in np.searchsorted(refined.t, edges).reshape(-1, 2).tolist()
            for reps in segment_sets(slice_block(refined, first, last), config, dropouts=dropouts)
            if reps
        ]
        spans = [Span(reps[0].t_start, reps[-1].t_end, {}) for reps in found]
    return tuple(
        TrainingSet(
            number=number,
            t_start=span.t_start,
            t_end=span.t_end,
            reps=reps,
            live=tuple(r for r in live if span.holds(r.t_top)),
            marked=bool(marked),
            plan=span.plan,
        )
        for number, (span, reps) in enumerate(zip(spans, found, strict=True), start=1)
    )


def _marks_calibrate(events: Sequence[Event]) -> bool:
    """Return whether the marked movements hold what a calibration needs: a pose, then curls."""
    done = [
        event.data.get("step")
        for event in events
        if event.kind == EventKind.CALIBRATION_END and event.data.get("accepted", True) is True
    ]
    return Step.STILL in done and Step.CURLS in done[done.index(Step.STILL) :]
