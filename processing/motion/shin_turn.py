"""The shin turn: rotation of the shin about the knee axis since the set's start pose.

VQF (Laidig & Seel, Information Fusion 91:187, 2023) gives the direction of gravity in the shin's
frame; in the plane across the curl axis it turns against the shin. Whole turns are counted, so
that curls beyond half a turn work, and lying, seated and standing curls are treated alike.
"""

import math

import numpy as np
from vqf import VQF

from processing.motion.geometry import along, columns, joint_frame, rows
from processing.motion.grid import BRIDGE_S, Run
from processing.motion.settling import STEP_S, Settling
from processing.motion.shin_pivot import STRETCH_S, ShinPivot, per_lever_arm, turning
from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray

TAU_ACC_S = 3.0
"""Time constant with which the accelerometer corrects the gyro in VQF: the default of VQF.

In simulated curls it is better than 1 s, for the walkers of docs/accuracy.md 1 s is better.
"""
SETTLED_S = 2.0 * TAU_ACC_S
"""So long after a gap the turn is taken as known in any case: what VQF began with is forgotten then."""
_LEAST_TURN_RAD = -2.0 * math.pi / 3.0
"""The whole turns of a shin are chosen so that its turn is from here to 240°.

The shin of a person who calibrates standing and trains prone or seated begins a quarter turn off zero
either way, and a curl adds up to 150°.
"""


class ShinTurn:
    """Live shin turn. Any split of the input gives the same bits.

    Parameters
    ----------
    axis
        (3,) unit vector in the sensor's frame about which the shin turns as the knee bends.
    start_acc
        (3,) m/s², mean of the accelerometer in the start pose, offset removed.
    rate_hz
        Rate of the grid.
    """

    def __init__(self, axis: FloatArray, start_acc: FloatArray, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._frame = joint_frame(axis)
        self._start = inclination(self._frame, start_acc[:, None])[0]
        self._vqf = VQF(1.0 / rate_hz, tauAcc=TAU_ACC_S)
        self._bridge = BRIDGE_S * rate_hz
        self._look = round(STEP_S * rate_hz)
        self._stretch = round(STRETCH_S * rate_hz)
        self._pivot = ShinPivot()
        self._settling = Settling(SETTLED_S)
        self._last: float | None = None  # None after a gap: the whole turn is chosen again
        self._held = 0.0
        self._turned = 0.0
        self._before: tuple[FloatArray, FloatArray] | None = None
        self._replaced = 0  # samples of a gap that is no gap
        self._count = 0
        self._learning: list[tuple[FloatArray, FloatArray]] = []

    def feed(
        self, acc: FloatArray, gyr: FloatArray, runs: list[Run]
    ) -> tuple[FloatArray, BoolArray]:
        """Return the shin turn (n,) rad, held in gaps, and whether it is known (n,).

        After a gap longer than :data:`.grid.BRIDGE_S` VQF starts again from the accelerometer, with
        the gyro offset that it had found, and the turn is not known until it has settled.

        Parameters
        ----------
        acc
            (n, 3) m/s², offset removed.
        gyr
            (n, 3) rad/s, offset removed.
        runs
            The runs of valid samples, which cover all n.
        """
        out, known = np.empty(len(acc)), np.zeros(len(acc), dtype=np.bool_)
        for run in runs:
            if not run.valid:
                out[run.start : run.stop] = self._held
                continue
            if run.missing > max(self._bridge, self._replaced):
                self._restart()
            elif run.missing > self._replaced:
                self._cross(acc[run.start], gyr[run.start], run.missing)
            self._replaced = 0
            at = run.start
            while at < run.stop:
                # Cut by the count of samples, not by blocks, so that any split gives the same bits.
                whole = self._stretch if self._settling.settled else self._look
                upto = min(run.stop, at + whole - self._count)
                # Known from the sample on with which the correction had settled.
                known[at:upto] = self._settling.settled
                out[at:upto] = self._advance(rows(acc[at:upto]), rows(gyr[at:upto]), whole)
                at = upto
            self._held = float(out[run.stop - 1])
        return out, known

    def replace_gap(self, turned: FloatArray, gap_s: float) -> None:
        """Turn the shin by the rotation vector ``turned`` (3,) rad in place of a gap of ``gap_s`` s.

        Call it before the first sample after that gap: the samples on both sides of it are consecutive,
        and what is missing was lost earlier.
        """
        self._vqf.updateGyr(turned * self._rate_hz)
        self._turned += float(self._frame[2] @ turned)
        # The grid lacks one sample more where the gap lies across two of them.
        self._replaced = math.ceil(gap_s * self._rate_hz) + 1

    def _restart(self) -> None:
        bias, sigma = self._vqf.getBiasEstimate()
        self._vqf.resetState()
        self._vqf.setBiasEstimate(bias, sigma)
        self._settling.restart()
        self._last = self._before = None
        self._count = 0
        self._turned = 0.0
        self._learning = []

    def _cross(self, acc: FloatArray, gyr: FloatArray, missing: int) -> None:
        """Turn on through a short gap of ``missing`` samples that ends with ``acc`` and ``gyr`` (3,).

        Both are assumed to have changed evenly.
        """
        if self._before is None:
            return
        share = np.arange(1, missing + 1)[:, None] / (missing + 1)
        old_acc, old_gyr = self._before
        self._vqf.updateBatch(old_gyr + share * (gyr - old_gyr), old_acc + share * (acc - old_acc))
        self._turned += missing * 0.5 * float(self._frame[2] @ (old_gyr + gyr)) / self._rate_hz

    def _advance(self, acc: FloatArray, gyr: FloatArray, whole: int) -> FloatArray:
        """Return the shin turn (n,) rad of the next samples of a stretch of ``whole`` samples.

        Parameters
        ----------
        acc, gyr
            (3, n) m/s² and rad/s; they may complete the stretch, but reach no further.
        whole
            Length of the stretch in hand.
        """
        before = gyr[:, 0] if self._before is None else self._before[1]
        per_arm = per_lever_arm(gyr, before, self._rate_hz)
        self._before = acc[:, -1].copy(), gyr[:, -1].copy()
        still = acc - turning(per_arm, self._pivot.arm)
        up = upward(self._vqf.updateBatch(columns(gyr), columns(still))["quat6D"])
        turned: FloatArray = self._start - inclination(self._frame, up)
        steps = turned.copy()
        steps[1:] -= turned[:-1]
        if self._last is None:
            steps[0] = turned[0] - within_machine(float(turned[0]))
        else:
            steps[0] -= self._last
        # The angle from gravity jumps by a whole turn; two samples never differ by half of one.
        turned -= 2.0 * np.pi * np.cumsum(np.rint(steps / (2.0 * np.pi)))
        self._last = float(turned[-1])
        self._turned = float(
            np.cumsum(np.append(self._turned, along(self._frame[2], gyr) / self._rate_hz))[-1]
        )
        self._count += len(turned)
        self._learning.append((per_arm, acc - STANDARD_GRAVITY_MPS2 * up))
        if self._count < whole:
            return turned
        self._count = 0
        arms, excess = (
            np.concatenate(parts, axis=-1) for parts in zip(*self._learning, strict=True)
        )
        self._learning = []
        if self._settling.settled:
            self._pivot.learn(arms, excess)
            return turned
        left = excess - turning(arms, self._pivot.arm)
        size = math.sqrt(3.0 * float(np.mean(left * left)))
        if self._settling.look(self._last - self._turned, size):
            self._remember()
        return turned

    def _remember(self) -> None:
        """Let VQF treat what it knows as if it had known it for long.

        In its first seconds it weighs all samples alike, so the next movement would count for more
        than the rest before it.
        """
        state, coeffs = self._vqf.state, self._vqf.coeffs
        b, a = np.array(coeffs["accLpB"]), np.array(coeffs["accLpA"])
        values = [self._vqf.filterInitialState(acc, b, a) for acc in state["lastAccLp"]]
        state["accLpState"] = np.concatenate(values)
        self._vqf.state = state


def within_machine(turned: float) -> float:
    """Return ``turned`` (rad) plus the whole turns that bring it where a shin on a machine can be."""
    return _LEAST_TURN_RAD + (turned - _LEAST_TURN_RAD) % (2.0 * np.pi)


def upward(quaternions: FloatArray) -> FloatArray:
    """Return the upward direction (3, n) in the sensor's frame, a unit vector.

    ``quaternions`` (n, 4), w first, turn vectors of the sensor's frame into the earth's.
    """
    w, x, y, z = np.ascontiguousarray(quaternions.T)
    out = np.empty((3, len(w)))
    out[0] = 2.0 * (x * z - w * y)
    out[1] = 2.0 * (y * z + w * x)
    out[2] = 1.0 - 2.0 * (x * x + y * y)
    return out


def inclination(frame: FloatArray, up: FloatArray) -> FloatArray:
    """Return the angle (n,) rad of ``up`` (3, n) in the plane across the third axis of ``frame``."""
    out: FloatArray = np.arctan2(along(frame[1], up), along(frame[0], up))
    return out
