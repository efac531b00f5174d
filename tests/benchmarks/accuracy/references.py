"""The angle of another instrument, and the time between its clock and the sensors'."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import Akima1DInterpolator

from sensor.types import BoolArray, FloatArray

ROUNDS = 8
"""Gauss-Newton steps of a clock: the last ones change a lag by less than a microsecond."""
SLOPE_S = 0.02
"""Half the span over which the reference's rate is taken: longer than the steps of an encoder last."""


class Reference:
    """The ankle angle of another instrument or of a simulation, at any time.

    Parameters
    ----------
    t
        (n,) s on the session's time base.
    angle_deg
        (n,) degrees; nan while nothing was measured.
    absolute
        Whether its zero and its sign are those of the ankle angle.
    """

    def __init__(self, t: FloatArray, angle_deg: FloatArray, *, absolute: bool) -> None:
        known = np.isfinite(angle_deg)
        # Straight lines between samples at 50 Hz would be wrong by half a degree in a fast swing.
        self._curve = Akima1DInterpolator(t[known], angle_deg[known])
        self.absolute = absolute

    def at(self, t: FloatArray) -> FloatArray:
        """Return the angle in degrees at ``t`` (n,) s; nan before its first and after its last sample."""
        angle: FloatArray = self._curve(t)
        return angle


@dataclass(frozen=True, slots=True)
class Comparison:
    """The errors of an angle against a reference, as it is and with the reference's clock fitted."""

    raw: FloatArray
    """(n,) degrees; nan where there is nothing to compare."""
    timed: FloatArray
    """(n,) degrees, with the clock fitted."""
    late_s: float
    """Time by which the angle is later than the reference, in the middle of the recording."""
    rate_ppm: float
    """Growth of that time, in millionths; 0 if none was fitted."""


def compare(
    reference: Reference,
    t: FloatArray,
    angle_deg: FloatArray,
    parts: Sequence[BoolArray],
    *,
    rate: bool,
) -> Comparison:
    """Return the errors of an angle.

    Parameters
    ----------
    reference
        The other instrument.
    t
        (n,) s on the session's time base.
    angle_deg
        (n,) degrees; nan where the angle is not known.
    parts
        Masks (n,) of the parts that are compared. Unless the reference is absolute, the mean error
        of each part is removed.
    rate
        Whether the reference's clock has a rate of its own, which is fitted as well.
    """
    middle = float(t.mean())
    sides = [np.ones(len(t)), t - middle][: 2 if rate else 1]
    clock = np.zeros(len(sides))
    raw = _errors(reference, t, angle_deg, parts)
    for _ in range(ROUNDS):
        late = clock @ np.stack(sides)
        error = _errors(reference, t - late, angle_deg, parts)
        slope = (reference.at(t - late + SLOPE_S) - reference.at(t - late - SLOPE_S)) / (
            2.0 * SLOPE_S
        )
        # An angle that is later by x than the reference has x times the rate less.
        columns = [_centred(-side * slope, reference, parts) for side in sides]
        used = np.isfinite(error) & np.isfinite(np.sum(columns, axis=0))
        change, *_ = np.linalg.lstsq(np.stack([c[used] for c in columns], 1), error[used])
        clock = clock + change
    late = clock @ np.stack(sides)
    return Comparison(
        raw,
        _errors(reference, t - late, angle_deg, parts),
        float(clock[0]),
        float(clock[1]) * 1e6 if rate else 0.0,
    )


def rms(error: FloatArray) -> float:
    """Return the root mean square of what is known."""
    return float(np.sqrt(np.nanmean(error * error)))


def _errors(
    reference: Reference, t: FloatArray, angle_deg: FloatArray, parts: Sequence[BoolArray]
) -> FloatArray:
    return _centred(angle_deg - reference.at(t), reference, parts)


def _centred(values: FloatArray, reference: Reference, parts: Sequence[BoolArray]) -> FloatArray:
    """Return the values in the parts, nan elsewhere, and without their means if these say nothing."""
    out = np.full(len(values), np.nan)
    for part in parts:
        inside = part & np.isfinite(values)
        if inside.any():
            out[inside] = values[inside]
            if not reference.absolute:
                out[inside] -= values[inside].mean()
    return out
