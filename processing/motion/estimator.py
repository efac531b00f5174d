"""The ankle and curl angle: causal, block after block, or refined over a whole recording."""

from dataclasses import dataclass, field

import numpy as np

from processing.motion.ankle import AnkleAngle, AnkleConfig
from processing.motion.calibrated import Calibration
from processing.motion.curl import CurlAngle
from processing.motion.geometry import along, rows
from processing.motion.grid import Run, Runs, filled
from processing.motion.joint_fit import JointFitConfig
from processing.motion.knee import knee_joint, knee_links, with_knee
from processing.motion.offline import refined_ankle, refined_curl
from processing.types import AngleBlock, PairedBlock
from sensor.types import FloatArray, frozen, frozen_bool


@dataclass(frozen=True, slots=True)
class EstimatorConfig:
    """Parameters of both angles.

    ``refit`` is for the refined angles only. ``latency_s`` is how late a sample is because of its sensor's own low pass: the angles are
    carried ahead by it. ``curl_tau_s`` is the time constant of the shin's inclination.
    After a gap of more than ``bridge_s`` the inclination is taken anew, and the angles count as
    not valid for ``recover_s``.
    """

    ankle: AnkleConfig = field(default_factory=AnkleConfig)
    refit: JointFitConfig = field(default_factory=JointFitConfig)
    grid_hz: float = 100.0
    latency_s: float = 0.0025
    curl_tau_s: float = 3.0
    bridge_s: float = 0.3
    recover_s: float = 0.3


class AngleEstimator:
    """Causal angles of a calibrated leg. Any split of the input gives the same bits."""

    def __init__(self, calibration: Calibration, config: EstimatorConfig | None = None) -> None:
        self.calibration = calibration
        self.config = config or EstimatorConfig()
        self.reset()

    def reset(self) -> None:
        """Forget all samples: a new session with the same calibration."""
        cal, config = self.calibration, self.config
        self._ankle = AnkleAngle(cal, config.grid_hz, config.ankle)
        start = np.array(cal.start_acc) - np.array(cal.shin.acc_offset)
        self._curl_axis = np.array(cal.curl_axis)
        self._curl = CurlAngle(
            self._curl_axis,
            start,
            config.grid_hz,
            config.curl_tau_s,
            config.bridge_s * config.grid_hz,
        )
        self._shin_gyr_offset = np.array(cal.shin.gyr_offset)
        self._foot_gyr_offset = np.array(cal.foot.gyr_offset)
        self._shin_acc_offset = np.array(cal.shin.acc_offset)
        knee = knee_joint(cal)
        self._knee = None if knee is None else AngleEstimator(knee, config)
        self._last_t: float | None = None
        self._shin_runs, self._both_runs = Runs(), Runs()
        self._unsettled = round(config.recover_s * config.grid_hz)

    def feed(self, block: PairedBlock) -> AngleBlock:
        """Return the angles of ``block``, sample for sample."""
        if not len(block.t):
            return _angles(block.t, np.zeros((6, 0)))
        whole, present = filled(block, self._last_t, self.config.grid_hz)
        self._last_t = float(block.t[-1])
        values = self._advance(whole)
        angles = _angles(block.t, values if present is None else values[:, present])
        links = knee_links(block)
        if self._knee is None or links is None:
            return angles
        return with_knee(angles, self._knee.feed(links))

    def doubt(self, missing_s: float) -> None:
        """Trust what is known of the ankle less from here on, see :meth:`AnkleAngle.doubt`."""
        self._ankle.doubt(missing_s)

    def _advance(self, block: PairedBlock) -> FloatArray:
        """Return rows: ankle, curl, their rates, valid, uncertainty."""
        shin, foot = block.shin_valid, block.foot_valid
        both = shin & foot
        shin_gyr = block.shin_gyr - self._shin_gyr_offset
        shin_gyr *= shin[:, None]
        foot_gyr = block.foot_gyr - self._foot_gyr_offset
        foot_gyr *= foot[:, None]
        shin_runs, both_runs = self._shin_runs.cut(shin), self._both_runs.cut(both)
        shin_rows = rows(shin_gyr)
        out = np.empty((6, len(block.t)))
        out[0], out[2], out[5], known = self._ankle.feed(
            rows(block.shin_acc),
            shin_rows,
            rows(block.foot_acc),
            rows(foot_gyr),
            both,
            block.shin_clipped | block.foot_clipped,
            both_runs,
        )
        out[1] = self._curl.feed(block.shin_acc - self._shin_acc_offset, shin_gyr, shin_runs)
        out[3] = along(self._curl_axis, shin_rows)
        out[:2] += self.config.latency_s * out[2:4]
        out[4] = known
        self._withhold(out[4], both_runs)
        return out

    def _withhold(self, valid: FloatArray, runs: list[Run]) -> None:
        """Clear ``valid`` in gaps, and for a while after long ones."""
        recover = round(self.config.recover_s * self.config.grid_hz)
        for run in runs:
            if not run.valid:
                valid[run.start : run.stop] = 0.0
                continue
            if run.missing > self.config.bridge_s * self.config.grid_hz:
                self._unsettled = recover
            held = min(self._unsettled, run.stop - run.start)
            valid[run.start : run.start + held] = 0.0
            self._unsettled -= held


def estimate_offline(
    block: PairedBlock, calibration: Calibration, config: EstimatorConfig | None = None
) -> AngleBlock:
    """Return the refined angles of a whole recording, sample for sample; they look ahead.

    Axes, lever arms and accelerometer offsets are fitted anew to the whole of ``block``; zero,
    start pose and gyro offsets are the calibration's. The knee's angle, where a thigh is worn, is the
    causal one.
    """
    config = config or EstimatorConfig()
    if not len(block.t):
        return _angles(block.t, np.zeros((6, 0)))
    whole, present = filled(block, None, config.grid_hz)
    ankle, ankle_rate, width = refined_ankle(
        whole, calibration, config.grid_hz, config.ankle, config.refit
    )
    curl, curl_rate = refined_curl(whole, calibration, config.grid_hz, config.curl_tau_s)
    ahead = config.latency_s
    values = np.stack(
        [
            ankle + ahead * ankle_rate,
            curl + ahead * curl_rate,
            ankle_rate,
            curl_rate,
            whole.shin_valid & whole.foot_valid & (width < np.pi),
            width,
        ]
    )
    angles = _angles(block.t, values if present is None else values[:, present])
    knee, links = knee_joint(calibration), knee_links(block)
    if knee is None or links is None:
        return angles
    # Where a link is held, a fit to the whole has nothing to hold its axis by: the causal filter
    # errs less there (tests/benchmarks/knee.py).
    return with_knee(angles, AngleEstimator(knee, config).feed(links))


def _angles(t: FloatArray, values: FloatArray) -> AngleBlock:
    values.flags.writeable = False
    ankle, curl, ankle_rate, curl_rate, valid, width = values
    return AngleBlock(
        t,
        frozen(ankle),
        frozen(curl),
        frozen(ankle_rate),
        frozen(curl_rate),
        frozen_bool(valid > 0.0),
        frozen(width),
    )
