"""The six faces of a sensor: finds the poses in which it lies, and fits its accelerometer to gravity.

The table need not be level: in every pose at rest the accelerometer must show the size of gravity,
in any direction. The fit uses no clock and no file; any split of the samples gives the same result.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from sensor.accelerometer.trim import AccTrim, Vector
from sensor.errors import ToepointError
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, ImuBlock

FACES = ("+x", "-x", "+y", "-y", "+z", "-z")
"""The faces, named by the axis of the sensor that points up."""

WINDOW_S = 0.5
"""Stillness is judged in windows of this length."""
STILL_GYR_DPS = 1.0
"""Largest spread of the angular rate in a still window: a few times the noise of usual parts."""
STILL_ACC_MPS2 = 0.15
"""Largest spread of the specific force in a still window, likewise."""
HOLD_S = 2.0
"""A pose is this much of still windows in a row, so that its mean has little noise."""
MIN_UPRIGHT = 0.85
"""On a face one axis shows at least this share of gravity; less means that it lies on an edge."""
OFFSET_SD_MPS2 = 0.5
"""Prior standard deviation of an offset, about 50 mg: cheap parts are specified up to that."""
SCALE_SD = 0.01
"""Prior standard deviation of a scale: data sheets give about 1 %."""
NOISE_MPS2 = 0.01
"""Standard deviation of the mean of a pose: the part left by cross-axis errors and temperature."""
MAX_FITTED_SCALE_SD = 0.002
"""The scale is used only if its standard deviation is below this; else offsets alone are fitted."""
MAX_OFFSET_MPS2 = 1.5
"""A larger offset, three prior standard deviations, is a sensor that was not at rest."""
MAX_MISFIT_MPS2 = 0.1
"""A larger misfit after the fit, ten times the noise, is a sensor that moved or filters its values."""


class FacesFault(StrEnum):
    """The reason why there is no fit."""

    MISSING = "faces missing"
    IMPLAUSIBLE = "implausible"


class FacesError(ToepointError):
    """Poses from which no trim can be found.

    Attributes
    ----------
    fault
        The kind of fault.
    value
        The measured number, if there is one; else 0.
    unit
        Its unit; else empty.
    """

    def __init__(self, fault: FacesFault, detail: str, value: float = 0.0, unit: str = "") -> None:
        self.fault = fault
        self.value = value
        self.unit = unit
        super().__init__(f"{fault}: {detail}")


@dataclass(frozen=True, slots=True)
class FaceDone:
    """A face on which the sensor has lain long enough."""

    t: float
    """Time, in s on the session's time base."""
    face: str
    """One of :data:`FACES`."""
    missing: tuple[str, ...]
    """The faces that are still missing."""

    @property
    def detail(self) -> str:
        """The face that is done and those that are missing, in words."""
        return f"{self.face} done, still to do: {', '.join(self.missing) or 'none'}"


@dataclass(frozen=True, slots=True)
class FaceRefused:
    """A pose that does not count."""

    t: float
    """Time, in s on the session's time base."""
    detail: str
    """The reason and what to do."""


@dataclass(slots=True)
class _Pose:
    """Still windows in a row: the sum of their means (3,) m/s², and how many there are."""

    total: FloatArray = field(default_factory=lambda: np.zeros(3))
    windows: int = 0
    reported: bool = False

    @property
    def mean(self) -> FloatArray:
        out: FloatArray = self.total / self.windows
        return out


class SixFaces:
    """The poses of one sensor. Add its blocks; call :meth:`trim` when :attr:`missing` is empty.

    Parameters
    ----------
    rate_hz
        Nominal rate of the sensor.

    Attributes
    ----------
    poses
        Face and mean specific force (3,) m/s² of each pose, in order of time.
    """

    def __init__(self, rate_hz: float) -> None:
        self.poses: list[tuple[str, FloatArray]] = []
        self._length = max(4, round(rate_hz * WINDOW_S))
        self._needed = max(1, round(HOLD_S / WINDOW_S))
        self._rows = np.empty((0, 7))
        self._pose = _Pose()

    @property
    def missing(self) -> tuple[str, ...]:
        """The faces that the sensor has not lain on yet."""
        done = {face for face, _ in self.poses}
        return tuple(face for face in FACES if face not in done)

    def add(self, block: ImuBlock) -> list[FaceDone | FaceRefused]:
        """Add the next samples; return the faces that they complete and the poses they spoil."""
        new = np.column_stack([block.t, block.acc, block.gyr])
        if block.lost:
            # The sensor may have moved while samples were lost.
            self._rows = np.empty((0, 7))
        self._rows = np.concatenate([self._rows, new])
        found: list[FaceDone | FaceRefused] = []
        while len(self._rows) >= self._length:
            window, self._rows = self._rows[: self._length], self._rows[self._length :]
            found += self._add_window(window)
        return found

    def trim(self) -> AccTrim:
        """Return the offset and scale with which gravity has its size in all poses.

        Raises
        ------
        FacesError
            If a face is missing, or if the fit is implausible because the sensor was not at rest.
        """
        if self.missing:
            detail = f"it has not lain with {', '.join(self.missing)} up; lay it there for a moment"
            raise FacesError(FacesFault.MISSING, detail, len(self.missing), "faces")
        return fit_trim(np.array([mean for _, mean in self.poses]))

    def _add_window(self, window: FloatArray) -> list[FaceDone | FaceRefused]:
        t, acc, gyr = float(window[-1, 0]), window[:, 1:4], window[:, 4:7]
        # The spread and not the size of the rate: a gyroscope has an offset of its own.
        moved = np.degrees(np.sqrt(gyr.var(axis=0).sum())) > STILL_GYR_DPS
        moved = moved or np.sqrt(acc.var(axis=0).sum()) > STILL_ACC_MPS2
        if moved:
            short = 0 < self._pose.windows < self._needed
            self._pose = _Pose()
            return [FaceRefused(t, "it moved; do not touch it until it is done")] if short else []
        self._pose.total = self._pose.total + acc.mean(axis=0)
        self._pose.windows += 1
        # A sensor that lies on is one pose, however long it lies.
        if self._pose.reported or self._pose.windows < self._needed:
            return []
        self._pose.reported = True
        return [self._done(t, self._pose.mean)]

    def _done(self, t: float, mean: FloatArray) -> FaceDone | FaceRefused:
        axis = int(np.argmax(np.abs(mean)))
        if abs(mean[axis]) < MIN_UPRIGHT * STANDARD_GRAVITY_MPS2:
            return FaceRefused(t, "it lies on an edge; lay it flat on a face")
        face = ("+" if mean[axis] > 0 else "-") + "xyz"[axis]
        self.poses.append((face, mean))
        return FaceDone(t, face, self.missing)


def fit_trim(means: FloatArray, noise_mps2: float = NOISE_MPS2) -> AccTrim:
    """Return the trim of an accelerometer from its poses at rest.

    The fit is least squares with priors (maximum a posteriori). The scale stays 1 if the poses do
    not determine it well.

    Parameters
    ----------
    means
        (n, 3) mean specific force of each pose in m/s², in the sensor's frame.
    noise_mps2
        Standard deviation of a mean.

    Raises
    ------
    FacesError
        If no accelerometer has such an offset or misfit.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - slow to load

    prior = np.array([OFFSET_SD_MPS2] * 3 + [SCALE_SD] * 3)

    def residuals(p: FloatArray) -> FloatArray:
        x = np.concatenate([p, np.zeros(6 - len(p))]) * prior
        size = np.linalg.norm((means - x[:3]) / (1.0 + x[3:]), axis=1)
        # The parameters count prior standard deviations, so each is a residual of its own prior.
        return np.concatenate([(size - STANDARD_GRAVITY_MPS2) / noise_mps2, p])

    def solve(count: int) -> tuple[FloatArray, FloatArray]:
        found = least_squares(residuals, np.zeros(count))
        slope = np.asarray(found.jac)
        # Every residual has a standard deviation of 1, so this is the covariance of the parameters.
        sd = np.sqrt(np.diag(np.linalg.inv(slope.T @ slope)))
        return found.x * prior[:count], sd * prior[:count]

    # Scale and offset can only be distinguished with both directions of an axis.
    x, sd = solve(6)
    if sd[3:].max() > MAX_FITTED_SCALE_SD:
        x, sd = solve(3)
        x = np.concatenate([x, np.zeros(3)])
    offset, scale = x[:3], 1.0 + x[3:]
    size = np.linalg.norm((means - offset) / scale, axis=1)
    misfit = float(np.sqrt(np.mean((size - STANDARD_GRAVITY_MPS2) ** 2)))
    most = float(np.abs(offset).max())
    if most > MAX_OFFSET_MPS2 or misfit > MAX_MISFIT_MPS2:
        detail = (
            f"an offset of {most:.2f} m/s², and gravity is off by {misfit:.2f} m/s² after it; "
            "lay the sensor down without touching it, and check that it sends no filtered values"
        )
        raise FacesError(FacesFault.IMPLAUSIBLE, detail, misfit, "m/s²")
    return AccTrim(_vector(offset), _vector(scale), float(sd[:3].max()), misfit)


def _vector(values: FloatArray) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
