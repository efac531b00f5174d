"""The shin turn: rotation of the shin about the knee axis since the set's start pose.

The direction of gravity in the shin's frame (:mod:`processing.motion.gravity_filter`), in the plane
across the curl axis, turns against the shin. Whole turns are counted, so that curls beyond half a
turn work, and lying, seated and standing curls are treated alike.
"""

import math
from itertools import pairwise

import numpy as np

from processing.motion.attitude import (
    IDENTITY,
    matrices,
    turned_back,
    turned_by,
    turned_into,
    turned_on,
)
from processing.motion.geometry import along, joint_frame, rows
from processing.motion.gravity_filter import GravityFilter
from processing.motion.gravity_steps import SPEEDS
from processing.motion.gravity_windows import WINDOW_S, Edge, gravity_windows, planes_across
from processing.motion.grid import BRIDGE_S, Run
from sensor.types import BoolArray, FloatArray

_ACC, _GYR, _MIDDLE, _END = slice(3), slice(3, 6), slice(6, 10), slice(10, 14)
UNSURE_FRACTION = 0.25
"""Share of a turn that no sample shows which is uncertain.

The rate at the loss gives it; in simulation it is wrong by up to a fifth where a leg changes its speed.
"""
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
        self._step_s = 1.0 / rate_hz
        self._frame = joint_frame(axis)
        self._start = inclination(self._frame, start_acc[:, None])[0]
        self._bridge = BRIDGE_S * rate_hz
        self._length = round(WINDOW_S * rate_hz)
        self._filter = GravityFilter()
        self._attitude = IDENTITY
        self._held = 0.0
        self._was_known = False
        self._restart()

    def feed(
        self, acc: FloatArray, gyr: FloatArray, runs: list[Run]
    ) -> tuple[FloatArray, BoolArray]:
        """Return the shin turn (n,) rad, held in gaps, and whether it is known (n,).

        After a gap longer than :data:`.grid.BRIDGE_S` gravity is looked for again, with the lever arm
        and the gyro offset that were found, and the turn is not known until the gap makes no
        difference.

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
            if run.missing > self._bridge:
                self._filter.restart()
                self._restart()
            elif run.missing and self._before is not None:
                # In a short gap the samples are assumed to have changed evenly.
                share = np.arange(1, run.missing + 1) / (run.missing + 1)
                crossed = [
                    old[:, None] + (new - old)[:, None] * share
                    for old, new in zip(self._before, (acc[run.start], gyr[run.start]), strict=True)
                ]
                self._advance(*crossed)
            part = slice(run.start, run.stop)
            out[part], known[part] = self._advance(rows(acc[part]), rows(gyr[part]))
            self._held = float(out[run.stop - 1])
        return out, known

    def _restart(self) -> None:
        self._up: FloatArray | None = None  # gravity's reaction; at first, the first sample
        self._last: float | None = None  # the whole turn is chosen again
        self._before: tuple[FloatArray, FloatArray] | None = None
        self._edge: Edge | None = None
        self._waiting: list[FloatArray] = []  # samples of the window in hand, rows (14, n) each
        self._count = 0

    def turn(self, turned: FloatArray, since_s: float) -> None:
        """Turn the shin by the rotation vector ``turned`` (3,) rad, which no sample shows.

        It was lost ``since_s`` s ago. What gravity seemed to be since then is forgotten: the filter took
        the missing turn for a drift of the gyro.
        """
        _, _, self._attitude = turned_on(self._attitude, turned[:, None], 1.0)
        for samples in self._waiting:
            samples[_MIDDLE] = turned_by(samples[_MIDDLE], turned)
            samples[_END] = turned_by(samples[_END], turned)
        self._edge = None
        up = self._filter.go_back(since_s, UNSURE_FRACTION * math.sqrt(turned @ turned))
        if up is not None:
            self._up = up

    def _advance(self, acc: FloatArray, gyr: FloatArray) -> tuple[FloatArray, BoolArray]:
        """Return the shin turn (n,) rad of the next samples, rows (3, n), and whether it is known."""
        middle, end, self._attitude = turned_on(self._attitude, gyr, self._step_s)
        if self._up is None:
            self._up = turned_into(matrices(middle[:, :1]), acc[:, :1])[:, 0]
        self._before = acc[:, -1].copy(), gyr[:, -1].copy()
        waited, length = self._count, self._length
        self._waiting.append(np.concatenate([acc, gyr, middle, end]))
        self._count += acc.shape[1]
        toward = matrices(end)
        if self._count < length:
            turned = self._start - inclination(self._frame, turned_back(toward, self._up[:, None]))
            known = np.full(len(turned), not self._filter.settling)
            return self._continued(turned, known=bool(known[0])), known
        samples = np.concatenate(self._waiting, axis=1)
        ups, its_known = self._corrected(samples)
        self._waiting = [samples[:, (len(ups) - 1) * length :].copy()]
        # A window's samples are turned by what was known before it, for it is not over yet.
        window = np.arange(waited, self._count) // length
        self._count %= length
        known = its_known[window]
        turned = self._start - inclination(self._frame, turned_back(toward, ups[window].T))
        changes = (np.flatnonzero(known[1:] != known[:-1]) + 1).tolist()
        for first, stop in pairwise([0, *changes, len(turned)]):
            turned[first:stop] = self._continued(turned[first:stop], known=bool(known[first]))
        return turned, known

    def _corrected(self, samples: FloatArray) -> tuple[FloatArray, BoolArray]:
        """Return gravity's reaction (m + 1, 3) and whether it is known, before and after m windows.

        The windows are those of ``samples`` (14, n) that are whole.
        """
        length = self._length
        count = samples.shape[1] // length
        ups, known = np.empty((count + 1, 3)), np.empty(count + 1, dtype=np.bool_)
        ups[0], known[0] = self._up, not self._filter.settling
        whole = samples[:, : count * length]
        windows, self._edge = gravity_windows(
            matrices(whole[_MIDDLE]), whole[_ACC], whole[_GYR], self._edge, self._step_s
        )
        ends = matrices(whole[_END, length - 1 :: length])
        steps = self._filter.advance(windows, planes_across(self._frame, ends))
        ups[1:], known[1:] = ups[0], known[0]
        if steps is not None:
            # The first windows after a gap make their steps only together with the last of them.
            its = min(count, len(steps) - (SPEEDS - 1 if steps.begins else 0))
            ups[-its:] = steps.up[-its:]
            known[-its:] = np.append(
                steps.settling[len(steps) - its + 1 :] == 0, not self._filter.settling
            )
        self._up = ups[-1]
        return ups, known

    def _continued(self, turned: FloatArray, *, known: bool) -> FloatArray:
        """Return ``turned`` (n,) rad with the whole turns that continue those before it.

        Where it becomes ``known`` the whole turn is chosen again, for it was chosen before gravity was.
        """
        if self._last is None or (known and not self._was_known):
            self._last = within_machine(float(turned[0]))
        self._was_known = known
        # The angle from gravity jumps by a whole turn; two samples never differ by half of one.
        steps = turned.copy()
        steps[0] -= self._last
        steps[1:] -= turned[:-1]
        out: FloatArray = turned - 2.0 * np.pi * np.cumsum(np.rint(steps / (2.0 * np.pi)))
        self._last = float(out[-1])
        return out


def within_machine(turned: float) -> float:
    """Return ``turned`` (rad) plus the whole turns that bring it where a shin on a machine can be."""
    return _LEAST_TURN_RAD + (turned - _LEAST_TURN_RAD) % (2.0 * np.pi)


def inclination(frame: FloatArray, up: FloatArray) -> FloatArray:
    """Return the angle (n,) rad of ``up`` (3, n) in the plane across the third axis of ``frame``."""
    out: FloatArray = np.arctan2(along(frame[1], up), along(frame[0], up))
    return out
