"""Simulated legs as cases: each kind has another leg, another way of training, or worse sensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.spatial.transform import Rotation

from processing.calibration.fit import calibrate
from processing.motion.calibrated import Calibration, SensorCalibration
from processing.motion.joint_fit import JointFitConfig
from processing.types import PairedBlock, slice_block
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
from sensor.simulation.choices import AnkleKind
from sensor.simulation.drawn_ankles import with_drawn_ankle
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.worn_leg import WornLeg
from sensor.types import Event, EventKind, FloatArray, Segment, frozen
from tests.benchmarks.accuracy.cases import Case, blocks_of, paired
from tests.benchmarks.accuracy.references import Reference

DESYNC_S = 0.010
"""Time by which the foot's clock is late in a hard session."""
AXIS_OFF_DEG = 10.0
"""Turn of both axes after the calibration of a hard session."""


class Kind(StrEnum):
    """The kinds of simulated sessions, by the name of their group."""

    OWN = "hinge"
    """An ankle that is a hinge about an oblique axis, with 1.5° of soft tissue."""
    HARD = "hinge_hard"
    """The same with 1 % loss, a foot clock that is 10 ms late, and both axes 10° off."""
    POSTURE = "hinge_posture"
    """The same, calibrated standing and trained prone or seated."""
    IMPERFECT = "imperfect"
    """An ankle with drawn axes, turns that go along, and soft tissue; half of them change posture."""
    ANATOMICAL = "anatomical"
    """The same with an ankle as anatomists describe it."""
    BALL = "ball joint"
    """No ankle: a joint that turns about three axes, half of them after a change of posture."""
    TWO_AXES = "two axes"
    """No ankle: a joint that turns about two axes at right angles, likewise."""


ANKLES = {
    Kind.IMPERFECT: AnkleKind.IMPERFECT,
    Kind.ANATOMICAL: AnkleKind.ANATOMICAL,
    Kind.BALL: AnkleKind.BALL,
    Kind.TWO_AXES: AnkleKind.TWO_AXES,
}
"""The ankles that are no hinges. Their truth is the sagittal angle; a hinge's is its own turn."""


NO_HINGES = (Kind.BALL, Kind.TWO_AXES)
"""The kinds of which a program that measures a hinge should say that they are none."""


@dataclass(frozen=True, slots=True)
class SimulatedCase:
    """A case with what its calibration was made from."""

    case: Case
    """The case."""
    steps: Mapping[str, PairedBlock]
    """The calibration movements."""
    axes_off: int | None
    """Seed by which the axes were turned; None if they were not."""
    leg: WornLeg
    """The leg and its sensors."""

    def shown_deg(self) -> FloatArray:
        """Return the angle (n,) ° that exact sensors on this leg would show at the times of the samples."""
        t = self.case.block.t
        # The calibration's still pose ends where the samples begin.
        shown = self.leg.shown_ankle(t, float(t[0]))
        return np.degrees(shown.sagittal if self.case.group in ANKLES else shown.ankle)

    def calibrated(self, config: JointFitConfig) -> Case:
        """Return the case with other priors of the calibration's fit."""
        return replace(self.case, calibration=_calibrated(self.steps, self.axes_off, config))


def unchanged(parameters: SimulationParameters) -> SimulationParameters:
    """Return ``parameters``."""
    return parameters


def simulated(
    kind: Kind,
    seed: int,
    change: Callable[[SimulationParameters], SimulationParameters] = unchanged,
) -> SimulatedCase:
    """Return ten minutes of training: 20 mg, 1 °/s, random mounting.

    Machine, protocol, side and rests change with the seed. The zero is that of the calibration. ``change``
    changes what was drawn, such as the soft tissue.
    """
    parameters = _parameters(kind, seed)
    if change is not unchanged:
        # As in the simulation itself, which leaves a drawn ankle as it is.
        ankle_seed = np.random.SeedSequence(seed).spawn(8)[6]
        parameters = change(with_drawn_ankle(parameters, np.random.default_rng(ankle_seed)))
    session = simulate(parameters)
    start_ns = session.header.start_ns
    blocks = blocks_of(session.header.sensors, start_ns, session.items)
    hard = kind is Kind.HARD
    if hard:
        blocks = [
            b._replace(t=frozen(b.t + DESYNC_S)) if b.segment is Segment.FOOT else b for b in blocks
        ]
    block = paired(blocks)
    steps, axes_off = _marked(session, block), seed if hard else None
    truth = session.truth
    angle = truth.sagittal if kind in ANKLES and truth.sagittal is not None else truth.ankle
    begin = int(np.searchsorted(block.t, steps["still"].t[-1]))
    case = Case(
        f"seed {seed}",
        kind,
        slice_block(block, begin, len(block.t)),
        _calibrated(steps, axes_off, JointFitConfig()),
        Reference(truth.t, np.degrees(angle), absolute=True),
    )
    return SimulatedCase(case, steps, axes_off, session.leg)


def _calibrated(
    steps: Mapping[str, PairedBlock], axes_off: int | None, config: JointFitConfig
) -> Calibration:
    calibration = calibrate(steps["still"], steps["pumps"], steps["curls"], config)
    if axes_off is None:
        return calibration
    rng = np.random.default_rng(axes_off)
    return replace(
        calibration,
        shin=_tilted(calibration.shin, rng),
        foot=_tilted(calibration.foot, rng),
    )


def _parameters(kind: Kind, seed: int) -> SimulationParameters:
    rng = np.random.default_rng(1000 + seed)

    def vector(size: float) -> tuple[float, float, float]:
        v = rng.standard_normal(3)
        x, y, z = (float(c) for c in size * v / np.linalg.norm(v))
        return (x, y, z)

    hard = kind is Kind.HARD

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

    exercise = tuple(SimulatedExercise)[seed % 3]
    moved = kind is Kind.POSTURE or (kind in ANKLES and seed // 4 % 2 == 1)
    if moved:
        exercise = (SimulatedExercise.LYING, SimulatedExercise.SEATED)[seed % 2]
    return SimulationParameters(
        seed=seed,
        protocol=(SimulatedProtocol.A, SimulatedProtocol.B)[seed // 2 % 2 if moved else seed % 2],
        sets=9,
        rest=(RestActivity.STILL, RestActivity.FIDGET, RestActivity.WALK)[seed // 2 % 3],
        rest_s=20.0,
        person=PersonParameters(
            exercise=exercise,
            calibrated=SimulatedExercise.STANDING if moved else None,
            side=(SimulatedSide.LEFT, SimulatedSide.RIGHT)[seed // 3 % 2],
        ),
        joint=JointParameters(ankle=ANKLES.get(kind, AnkleKind.HINGE)),
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
