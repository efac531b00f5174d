"""The ankle angle of your own arrays, in one call.

    >>> angles = ankle_angle(t, shin_acc, shin_gyr, foot_acc, foot_gyr)  # doctest: +SKIP
    >>> np.degrees(angles.ankle)  # doctest: +SKIP

For a stream use :class:`processing.pipeline.pipeline.Pipeline`; its live angles are the same.
"""

import numpy as np

from processing.calibration.fit import calibrate, self_calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.pipeline.pairing import Pairing
from processing.types import AngleBlock, PairedBlock, join_blocks, slice_block
from sensor.errors import SettingError
from sensor.types import FloatArray, ImuBlock, Segment, frozen, frozen_bool

Times = tuple[float, float]
"""Start and end, s."""


def ankle_angle(
    t: FloatArray,
    shin_acc: FloatArray,
    shin_gyr: FloatArray,
    foot_acc: FloatArray,
    foot_gyr: FloatArray,
    *,
    still: Times | None = None,
    pumps: Times | None = None,
    curls: Times | None = None,
    calibration: Calibration | None = None,
    offline: bool = False,
) -> AngleBlock:
    """Return the ankle and curl angle of one recording on a grid of 100 Hz.

    Parameters
    ----------
    t
        (n,) s, strictly increasing; the same times for both sensors.
    shin_acc, foot_acc
        (n, 3) specific force in m/s², each in its sensor's own frame.
    shin_gyr, foot_gyr
        (n, 3) angular rate in rad/s.
    still, pumps, curls
        Times of the calibration movements, s; ``still`` and ``curls`` at least. Without them, and
        without ``calibration``, the recording calibrates itself from its own movement; the zero
        and the sign of the angles are then a convention.
    calibration
        A calibration of the same strapping, used instead of the movements.
    offline
        Whether to return the offline angles instead of the live ones.

    Raises
    ------
    SettingError
        If the arrays differ in length, are not finite, or time does not increase.
    CalibrationError
        If the calibration movements cannot be used.
    """
    paired = _paired(t, {Segment.SHIN: (shin_acc, shin_gyr), Segment.FOOT: (foot_acc, foot_gyr)})
    if calibration is None and still is not None and curls is not None:
        calibration = calibrate(
            _between(paired, still),
            _between(paired, pumps) if pumps is not None else None,
            _between(paired, curls),
        )
    elif calibration is None:
        calibration = self_calibrate(paired)
    if offline:
        return estimate_offline(paired, calibration)
    return AngleEstimator(calibration).feed(paired)


def _paired(t: FloatArray, sensors: dict[Segment, tuple[FloatArray, FloatArray]]) -> PairedBlock:
    """Return the arrays on one grid; ``sensors`` holds acc and gyr (n, 3) of each segment."""
    t = frozen(t)
    if t.ndim != 1 or len(t) < 2 or not np.isfinite(t).all() or not (np.diff(t) > 0).all():
        raise SettingError("t", f"shape {t.shape}", "(n,) finite and strictly increasing")
    blocks: list[ImuBlock | float] = []
    for segment, (acc, gyr) in sensors.items():
        for name, array in ((f"{segment}_acc", acc), (f"{segment}_gyr", gyr)):
            if np.shape(array) != (len(t), 3) or not np.isfinite(array).all():
                raise SettingError(name, f"shape {np.shape(array)}", f"({len(t)}, 3) and finite")
        # Arrays do not say which samples a sensor clipped.
        clipped = frozen_bool(np.zeros(len(t)))
        blocks.append(ImuBlock(segment, t, frozen(acc), frozen(gyr), clipped))
    # No sample is ever too late here, since all of them are there.
    pairing = Pairing(np.inf)
    parts = [p for p in (pairing.feed(blocks), pairing.finish()) if p is not None]
    if not parts:
        raise SettingError("t", f"{t[-1] - t[0]:.3f} s", "longer than a step of the 100 Hz grid")
    return join_blocks(parts)


def _between(paired: PairedBlock, span: Times) -> PairedBlock:
    """Return the samples within ``span``; raise SettingError if there are none."""
    first, last = np.searchsorted(paired.t, span)
    if not 0 <= first < last:
        raise SettingError("span", span, f"within {paired.t[0]:g} to {paired.t[-1]:g} s")
    return slice_block(paired, int(first), int(last))
