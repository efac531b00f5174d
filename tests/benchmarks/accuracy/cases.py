"""The cases of the accuracy: real recordings with a reference, and simulated legs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.spatial.transform import Rotation

from processing.calibration.fit import calibrate, self_calibrate
from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.joint_fit import JointFitConfig
from processing.pipeline.pairing import Pairing
from processing.types import PairedBlock, join_blocks, slice_block
from sensor.assembler import Assembler
from sensor.recording import open_recording
from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    RestActivity,
    SensorParameters,
    SimulatedExercise,
    SimulatedProtocol,
    SimulatedSession,
    SimulatedSide,
    SimulationParameters,
    simulate,
)
from sensor.table_import import import_table, read_reference
from sensor.types import Event, EventKind, FloatArray, ImuBlock, Item, Segment, SensorInfo, frozen
from tests.shared_data import SHARED

DATA = SHARED / "data"
REAL = {
    "ankle_encoder": ("subject_02", "subject_07", "subject_25"),
    "hinge_rig": ("trial_02", "trial_03"),
}
NOMINAL, HARD = "simulated", "simulated, hard"
DESYNC_S = 0.010
AXIS_OFF_DEG = 10.0


@dataclass(frozen=True, slots=True)
class Case:
    """A recording with its samples, calibration, and true ankle angle (n,) in degrees.

    ``absolute`` is whether the reference has the same zero; if not, a constant offset and the sign are
    removed before the comparison. ``steps`` are the calibration movements, if they are marked;
    ``axes_off`` is the seed by which the axes were turned, None if they were not.
    """

    name: str
    group: str
    block: PairedBlock
    calibration: Calibration
    reference_deg: FloatArray
    absolute: bool
    steps: Mapping[str, PairedBlock] = field(default_factory=dict)
    axes_off: int | None = None


def real_names() -> list[tuple[str, str]]:
    """Return group and name of the recordings that are available."""
    return [
        (group, name)
        for group, names in REAL.items()
        for name in names
        if (DATA / group / f"{name}.csv").exists()
    ]


def real(group: str, name: str) -> Case:
    """Return the case of a table that is calibrated from its own movement."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "import.mcap"
        import_table(DATA / group / f"{name}.csv", path)
        recording = open_recording(path)
        reference = read_reference(recording)
        header, items = recording.header, list(recording.items())
    if reference is None:
        message = f"{name} has no reference"
        raise ValueError(message)
    block = paired(blocks_of(header.sensors, header.start_ns, items))
    known = np.isfinite(reference.angle_deg)
    angle = np.interp(block.t, reference.t[known], reference.angle_deg[known])
    return Case(name, group, block, self_calibrate(block), angle, absolute=False)


def simulated(seed: int, *, hard: bool = False) -> Case:
    """Return ten minutes of training: 20 mg, 1 °/s, 1.5° of soft tissue, random mounting.

    Machine, protocol, side and rests change with the seed. ``hard`` adds 1 % loss, sensors 10 ms
    apart, and both joint axes 10° off in a random direction.
    """
    session = simulate(_parameters(seed, hard=hard))
    start_ns = session.header.start_ns
    blocks = blocks_of(session.header.sensors, start_ns, session.items)
    if hard:
        blocks = [
            b._replace(t=frozen(b.t + DESYNC_S)) if b.segment is Segment.FOOT else b for b in blocks
        ]
    block = paired(blocks)
    steps, axes_off = _marked(session, block), seed if hard else None
    truth = np.degrees(np.interp(block.t, session.truth.t, session.truth.ankle))
    begin = int(np.searchsorted(block.t, steps["still"].t[-1]))
    return Case(
        f"seed {seed}",
        HARD if hard else NOMINAL,
        slice_block(block, begin, len(block.t)),
        _calibrated(block, steps, axes_off, JointFitConfig()),
        truth[begin:],
        absolute=True,
        steps=steps,
        axes_off=axes_off,
    )


def calibrated(case: Case, config: JointFitConfig) -> Calibration:
    """Return the calibration of ``case`` with other priors of the fit."""
    return _calibrated(case.block, case.steps, case.axes_off, config)


def _calibrated(
    block: PairedBlock,
    steps: Mapping[str, PairedBlock],
    axes_off: int | None,
    config: JointFitConfig,
) -> Calibration:
    if not steps:
        return self_calibrate(block, config)
    calibration = calibrate(steps["still"], steps["pumps"], steps["curls"], config)
    if axes_off is None:
        return calibration
    rng = np.random.default_rng(axes_off)
    return replace(
        calibration,
        shin=_tilted(calibration.shin, rng),
        foot=_tilted(calibration.foot, rng),
    )


def blocks_of(
    sensors: Sequence[SensorInfo], start_ns: int, items: Sequence[Item]
) -> list[ImuBlock]:
    """Return the blocks of a session."""
    assembler = Assembler(sensors, start_ns)
    return [block for item in items for block in assembler.feed(item)]


def paired(blocks: Sequence[ImuBlock]) -> PairedBlock:
    """Return both sensors on one grid."""
    pairing = Pairing(np.inf)
    parts = [pairing.feed(list(blocks)), pairing.finish()]
    return join_blocks([part for part in parts if part is not None])


def _parameters(seed: int, *, hard: bool) -> SimulationParameters:
    rng = np.random.default_rng(1000 + seed)

    def vector(size: float) -> tuple[float, float, float]:
        v = rng.standard_normal(3)
        x, y, z = (float(c) for c in size * v / np.linalg.norm(v))
        return (x, y, z)

    def sensor(position: tuple[float, float, float]) -> SensorParameters:
        return SensorParameters(
            # With lost samples the family must count its samples, or its clock would be wrong.
            family="movella_dot" if hard else "witmotion",
            position_m=position,
            acc_offset_mg=vector(20.0),
            gyr_offset_dps=vector(1.0),
            soft_tissue_deg=1.5,
            radio=RadioParameters(loss_percent=1.0 if hard else 0.0),
        )

    return SimulationParameters(
        seed=seed,
        protocol=(SimulatedProtocol.A, SimulatedProtocol.B)[seed % 2],
        sets=9,
        rest=(RestActivity.STILL, RestActivity.FIDGET, RestActivity.WALK)[seed // 2 % 3],
        rest_s=20.0,
        person=PersonParameters(
            exercise=tuple(SimulatedExercise)[seed % 3],
            side=(SimulatedSide.LEFT, SimulatedSide.RIGHT)[seed // 3 % 2],
        ),
        shin=sensor((0.04, 0.01, -0.25)),
        foot=sensor((0.09, 0.0, -0.03)),
    )


def _marked(session: SimulatedSession, block: PairedBlock) -> dict[str, PairedBlock]:
    """Return the samples of each calibration movement."""
    times: dict[tuple[str, str], float] = {}
    for item in session.items:
        if isinstance(item, Event) and "step" in item.data:
            t = (item.t_ns - session.header.start_ns) / 1e9
            times[item.kind, str(item.data["step"])] = t
    steps: dict[str, PairedBlock] = {}
    for (kind, step), start in times.items():
        if kind == EventKind.CALIBRATION_START:
            span = [start, times[EventKind.CALIBRATION_END, step]]
            first, last = np.searchsorted(block.t, span, side="right").tolist()
            steps[step] = slice_block(block, first, last)
    return steps


def _tilted(sensor: SensorCalibration, rng: np.random.Generator) -> SensorCalibration:
    """Return ``sensor`` with its axis turned in a random direction."""
    axis = np.array(sensor.joint_axis)
    beside = np.cross(axis, rng.standard_normal(3))
    turn = Rotation.from_rotvec(np.radians(AXIS_OFF_DEG) * beside / np.linalg.norm(beside))
    x, y, z = (float(v) for v in turn.apply(axis))
    return replace(sensor, joint_axis=(x, y, z))
