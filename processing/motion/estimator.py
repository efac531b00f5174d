"""Ankle and curl angle: live, block after block, or offline from the whole recording."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from processing.motion.ankle import AnkleAngle, AnkleConfig
from processing.motion.calibrated import Calibration
from processing.motion.gravity_steps import ROUGH, SETTLED
from processing.motion.grid import GRID_HZ, Runs, filled
from processing.motion.hip import hip_joint, hip_links, with_hip
from processing.motion.knee import knee_joint, knee_links, with_knee
from processing.motion.long_block import PIECE_ROWS, LongBlock, release
from processing.motion.offline import OfflineAnkle
from processing.motion.offline_shin_turn import OfflineShinTurn
from processing.motion.shin_turn import ShinTurn
from processing.types import AngleBlock, PairedBlock, slice_block
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class EstimatorConfig:
    """Parameters of both angles that docs/accuracy.md varies."""

    ankle: AnkleConfig = field(default_factory=AnkleConfig)
    """Parameters of the ankle angle."""


class AngleEstimator:
    """Live angles of a calibrated leg. Any split of the input gives the same bits.

    Parameters
    ----------
    calibration
        Of this strapping.
    config
        Parameters; None for the defaults.
    """

    def __init__(self, calibration: Calibration, config: EstimatorConfig | None = None) -> None:
        self.calibration = calibration
        self.config = config or EstimatorConfig()
        self.reset()

    def reset(self) -> None:
        """Forget all samples: a new session with the same calibration."""
        cal, config = self.calibration, self.config
        self._ankle = AnkleAngle(cal, GRID_HZ, config.ankle)
        start = np.array(cal.start_acc) - np.array(cal.shin.acc_offset)
        self._curl_axis = np.array(cal.curl_axis)
        self._shin_turn = ShinTurn(self._curl_axis, start, GRID_HZ)
        self._offsets = np.array([cal.shin.acc_offset, cal.shin.gyr_offset, cal.foot.gyr_offset])
        knee = knee_joint(cal)
        # The knee is a joint of two links like the ankle, so the same estimator measures it.
        self._knee = None if knee is None else AngleEstimator(knee, config)
        hip = hip_joint(cal)
        self._hip = None if hip is None else AngleEstimator(hip, config)
        self._last_t: float | None = None
        self._shin_runs = Runs()

    def feed(self, block: PairedBlock) -> AngleBlock:
        """Return the angles of ``block``, sample for sample."""
        if not len(block.t):
            return _angles(block.t, np.zeros((5, 0)), np.zeros((4, 0), dtype=np.bool_))
        whole, present = filled(block, self._last_t, GRID_HZ)
        self._last_t = block.t.item(-1)
        values, known = self._advance(whole)
        if present is not None:
            values, known = values[:, present], known[:, present]
        return _with_joints(_angles(block.t, values, known), block, self._knee, self._hip)

    def copied(self) -> "AngleEstimator":
        """Return an estimator in the same state, which goes on by itself."""
        # What never changes is shared: copying it takes most of the time.
        owners = [one for one in (self, self._knee, self._hip) if one is not None]
        config = self.config
        fixed = [one.calibration for one in owners]
        shared = [*fixed, config, config.ankle, config.ankle.joint]
        return deepcopy(self, {id(one): one for one in shared})

    def _advance(self, block: PairedBlock) -> tuple[FloatArray, BoolArray]:
        """Return rows (5, n) and (4, n), see :func:`_angles`."""
        n = len(block.t)
        shin_acc, shin_gyr, foot_gyr = np.empty((3, n, 3))
        out, known = np.empty((5, n)), np.empty((4, n), dtype=np.bool_)
        _level(
            block.shin_acc, block.shin_gyr, block.foot_gyr, block.shin_valid, block.foot_valid,
            self._offsets, self._curl_axis, shin_acc, shin_gyr, foot_gyr, out[3],
        )  # fmt: skip
        self._ankle.feed(block, shin_gyr, foot_gyr, out[0], out[2], out[4], *known[::3])
        runs = self._shin_runs.cut(block.shin_valid)
        out[1], left = self._shin_turn.feed(shin_acc, shin_gyr, runs)
        _fill_known(block.shin_valid, block.foot_valid, left, _curls(self.calibration), known)
        return out, known


@compiled(
    "void(Array(f8, 2, 'A', True), Array(f8, 2, 'A', True), Array(f8, 2, 'A', True),"
    " Array(b1, 1, 'A', True), Array(b1, 1, 'A', True),"
    " f8[:, ::1], f8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1])"
)
def _level(
    shin_acc: FloatArray,
    shin_gyr: FloatArray,
    foot_gyr: FloatArray,
    shin_valid: BoolArray,
    foot_valid: BoolArray,
    offsets: FloatArray,
    curl_axis: FloatArray,
    level_shin_acc: FloatArray,
    level_shin_gyr: FloatArray,
    level_foot_gyr: FloatArray,
    curl_rate: FloatArray,
) -> None:
    """Fill samples (n, 3) less their ``offsets`` (3, 3), and the rate about the axis of the curl (n,).

    They are zero where samples are missing, so that the running integrals stand still there.
    """
    for i in range(len(curl_rate)):
        rate = 0.0
        for k in range(3):
            shin, foot = shin_valid[i], foot_valid[i]
            level_shin_acc[i, k] = shin_acc[i, k] - offsets[0, k] if shin else 0.0
            level_shin_gyr[i, k] = shin_gyr[i, k] - offsets[1, k] if shin else 0.0
            level_foot_gyr[i, k] = foot_gyr[i, k] - offsets[2, k] if foot else 0.0
            rate += curl_axis[k] * level_shin_gyr[i, k]
        curl_rate[i] = rate


def estimate_offline(
    block: PairedBlock, calibration: Calibration, config: EstimatorConfig | None = None
) -> AngleBlock:
    """Return the offline angles of a whole recording, sample for sample.

    The filter of the live angle is smoothed over the whole of ``block``; zero, start pose and gyro
    offsets are the calibration's. The angles of knee and hip, if sensors are worn on thigh and pelvis, are
    the live ones.
    """
    config = config or EstimatorConfig()
    if not len(block.t):
        return _angles(block.t, np.zeros((5, 0)), np.zeros((4, 0), dtype=np.bool_))
    whole, present = filled(block, None, GRID_HZ)
    ankle = OfflineAnkle(whole, calibration, GRID_HZ, config.ankle)
    turn = OfflineShinTurn(whole, calibration, GRID_HZ)
    knee = knee_joint(calibration)
    # If the thigh or the shin is held, a fit to the whole recording leaves its axis open: the live
    # filter errs less there (tests/benchmarks/knee.py).
    live_knee = None if knee is None else AngleEstimator(knee, config)
    hip = hip_joint(calibration)
    live_hip = None if hip is None else AngleEstimator(hip, config)
    angles = LongBlock[AngleBlock]()
    step, done = PIECE_ROWS // ankle.length * ankle.length, 0
    for start in range(0, len(whole.t), step):
        stop = min(start + step, len(whole.t))
        values, known = _offline_values(whole, ankle, turn, calibration, (start, stop))
        if present is not None:
            values, known = values[:, present[start:stop]], known[:, present[start:stop]]
        own = slice_block(block, done, done + known.shape[1])
        done += known.shape[1]
        if not len(own.t):
            continue
        angles.add(_with_joints(_angles(own.t, values, known), own, live_knee, live_hip))
        release(block)
    # There is one sample at least.
    return cast("AngleBlock", angles.whole())


def _with_joints(
    angles: AngleBlock,
    block: PairedBlock,
    knee: AngleEstimator | None,
    hip: AngleEstimator | None,
) -> AngleBlock:
    """Return ``angles`` with those of the knee and of the hip, as far as their sensors are worn."""
    links = knee_links(block)
    if links is None:
        return angles
    if knee is not None:
        angles = with_knee(angles, knee.feed(links))
    links = hip_links(block)
    if links is None:
        return angles
    return with_hip(angles, None if hip is None else hip.feed(links))


def _offline_values(
    whole: PairedBlock,
    ankle: OfflineAnkle,
    turn: OfflineShinTurn,
    calibration: Calibration,
    part: tuple[int, int],
) -> tuple[FloatArray, BoolArray]:
    """Return what :func:`_angles` needs of the samples from the first to the second of ``part``."""
    angle, rate, width, settling = ankle.part(*part)
    curl, curl_rate, left = turn.part(*part)
    own = slice(*part)
    shin, foot = whole.shin_valid[own], whole.foot_valid[own]
    there = width < np.pi
    known = np.stack([there & ~settling, there, there, there & settling])
    _fill_known(shin, foot, left, _curls(calibration), known)
    return np.stack([angle, curl, rate, curl_rate, width]), known


@compiled(
    "void(Array(b1, 1, 'A', True), Array(b1, 1, 'A', True), Array(i8, 1, 'A', True), b1, b1[:, ::1])"
)
def _fill_known(
    shin: BoolArray, foot: BoolArray, left: IntArray, curls: bool, known: BoolArray
) -> None:
    """Fill where the angles are known.

    Parameters
    ----------
    shin, foot
        (n,) whether the sensor has the sample.
    left
        (n,) what gaps leave of the shin turn.
    curls
        Whether reps are judged by the shin turn. Without curls nothing waits for it.
    known
        (4, n) whether the ankle is known, as far as its own filter says; changed by the sensors, as is the last:
        whether it is but for a gap that was bridged. The other two are filled: whether the shin turn is known
        as the curl angle, and as the driving angle.
    """
    for i in range(len(shin)):
        known[0, i] = known[0, i] and shin[i] and foot[i]
        known[1, i] = shin[i] and (not curls or left[i] == SETTLED)
        known[2, i] = shin[i] and (not curls or left[i] <= ROUGH)
        known[3, i] = known[3, i] and shin[i] and foot[i]


def _curls(calibration: Calibration) -> bool:
    """Return whether curls were calibrated, so that reps may be judged by the shin turn."""
    return calibration.reference_rom is not None


def _curls_by_shin(calibration: Calibration) -> bool:
    """Return whether reps are judged by the shin turn, so that angles without it are no use.

    They are not where a sensor on the thigh shows the knee, or no curls were calibrated.
    """
    return calibration.knee is None and _curls(calibration)


def _angles(t: FloatArray, values: FloatArray, known: BoolArray) -> AngleBlock:
    """Return a block of angles.

    Parameters
    ----------
    t
        (n,) s.
    values
        (5, n) ankle and curl (rad), their rates (rad/s), uncertainty of the ankle (rad).
    known
        (4, n) whether the ankle is known, and the curl as such and as the driving angle; and whether a gap
        that was bridged makes the ankle less than known.
    """
    values, known = np.ascontiguousarray(values), np.ascontiguousarray(known)
    values.setflags(write=False)
    known.setflags(write=False)
    valid, curl_valid, driving_valid, settling = known
    ankle, curl, ankle_rate, curl_rate, width = values
    # All fields, since this is done for every message, and those that are left out take time.
    return AngleBlock(
        t, ankle, curl, ankle_rate, curl_rate, valid, width,
        shin_turn=curl, shin_rate=curl_rate, curl_valid=curl_valid,
        driving=curl, driving_rate=curl_rate, driving_valid=driving_valid, settling=settling,
    )  # fmt: skip
