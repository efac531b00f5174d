"""Finds a sensor's six faces as it is laid on them, and fits its accelerometer to gravity.

Nothing is asked of the table: in every pose at rest the accelerometer must show gravity, whatever
its direction. No clock, no file; any split of the samples gives the same.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from sensor.accelerometer.trim import AccTrim, Vector
from sensor.errors import ToepointError
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, ImuBlock

FACES = ("+x", "-x", "+y", "-y", "+z", "-z")
"""Which axis of the sensor points up."""


class FacesFault(StrEnum):
    """Why there is no fit."""

    MISSING = "faces missing"
    IMPLAUSIBLE = "implausible"


class FacesError(ToepointError):
    """Poses that tell no trim.

    Attributes
    ----------
    fault
        The kind of trouble.
    value, unit
        What was measured, where there is a number.
    """

    def __init__(self, fault: FacesFault, detail: str, value: float = 0.0, unit: str = "") -> None:
        self.fault = fault
        self.value = value
        self.unit = unit
        super().__init__(f"{fault}: {detail}")


@dataclass(frozen=True, slots=True)
class FacesConfig:
    """When a sensor lies, and what is believed of an accelerometer beforehand.

    A window of ``window_s`` is still below ``gyr_dps`` and ``acc_mps2``; a pose has ``hold_s`` of
    them in a row. On a face one axis has ``upright`` of gravity. ``offset_mps2`` and ``scale`` are
    prior standard deviations, ``noise_mps2`` that of the mean of a pose: what cross-axis errors and
    temperature leave. The scale is used where its standard deviation is below ``scale_sd``.
    """

    window_s: float = 0.5
    gyr_dps: float = 1.0
    acc_mps2: float = 0.15
    hold_s: float = 2.0
    upright: float = 0.85
    offset_mps2: float = 0.5
    scale: float = 0.01
    noise_mps2: float = 0.01
    scale_sd: float = 0.002
    most_offset_mps2: float = 1.5
    most_misfit_mps2: float = 0.1


@dataclass(frozen=True, slots=True)
class FaceDone:
    """At ``t`` s the sensor had lain on ``face`` long enough; ``missing`` are still to do."""

    t: float
    face: str
    missing: tuple[str, ...]

    @property
    def detail(self) -> str:
        """What was done and what is left, in words."""
        return f"{self.face} done, still to do: {', '.join(self.missing) or 'none'}"


@dataclass(frozen=True, slots=True)
class FaceRefused:
    """Until ``t`` s the sensor lay, but not so that it counts; ``detail`` says why."""

    t: float
    detail: str


@dataclass(slots=True)
class _Pose:
    """Windows of rest in a row: their means (3,), and how many."""

    total: FloatArray = field(default_factory=lambda: np.zeros(3))
    windows: int = 0
    told: bool = False

    @property
    def mean(self) -> FloatArray:
        out: FloatArray = self.total / self.windows
        return out


class SixFaces:
    """Watches one sensor. Feed it blocks; ask :meth:`trim` when :attr:`missing` is empty."""

    def __init__(self, rate_hz: float, config: FacesConfig | None = None) -> None:
        self.config = config or FacesConfig()
        self.poses: list[tuple[str, FloatArray]] = []
        self._length = max(4, round(rate_hz * self.config.window_s))
        self._needed = max(1, round(self.config.hold_s / self.config.window_s))
        self._rows = np.empty((0, 7))
        self._pose = _Pose()

    @property
    def missing(self) -> tuple[str, ...]:
        """The faces that the sensor has not lain on yet."""
        done = {face for face, _ in self.poses}
        return tuple(face for face in FACES if face not in done)

    def feed(self, block: ImuBlock) -> list[FaceDone | FaceRefused]:
        """Take the next samples; return what happened."""
        new = np.column_stack([block.t, block.acc, block.gyr])
        if block.lost:
            # A window across lost samples says nothing of rest.
            self._rows = np.empty((0, 7))
        self._rows = np.concatenate([self._rows, new])
        found: list[FaceDone | FaceRefused] = []
        while len(self._rows) >= self._length:
            window, self._rows = self._rows[: self._length], self._rows[self._length :]
            found += self._take(window)
        return found

    def trim(self) -> AccTrim:
        """Return the offset and scale that bring gravity to its size in all poses.

        Raises
        ------
        FacesError
            If a face is missing, or no accelerometer is that far off: then it was not at rest.
        """
        if self.missing:
            detail = f"it has not lain with {', '.join(self.missing)} up; lay it there for a moment"
            raise FacesError(FacesFault.MISSING, detail, len(self.missing), "faces")
        return fit_trim(np.array([mean for _, mean in self.poses]), self.config)

    def _take(self, window: FloatArray) -> list[FaceDone | FaceRefused]:
        t, acc, gyr = float(window[-1, 0]), window[:, 1:4], window[:, 4:7]
        moved = np.degrees(np.sqrt(gyr.var(axis=0).sum())) > self.config.gyr_dps
        moved = moved or np.sqrt(acc.var(axis=0).sum()) > self.config.acc_mps2
        if moved:
            short = 0 < self._pose.windows < self._needed
            self._pose = _Pose()
            return [FaceRefused(t, "it moved; leave it until it is told")] if short else []
        self._pose.total = self._pose.total + acc.mean(axis=0)
        self._pose.windows += 1
        if self._pose.told or self._pose.windows < self._needed:
            return []
        self._pose.told = True
        return [self._done(t, self._pose.mean)]

    def _done(self, t: float, mean: FloatArray) -> FaceDone | FaceRefused:
        axis = int(np.argmax(np.abs(mean)))
        if abs(mean[axis]) < self.config.upright * STANDARD_GRAVITY_MPS2:
            return FaceRefused(t, "it lies on an edge; lay it flat on a face")
        face = ("+" if mean[axis] > 0 else "-") + "xyz"[axis]
        self.poses.append((face, mean))
        return FaceDone(t, face, self.missing)


def fit_trim(means: FloatArray, config: FacesConfig) -> AccTrim:
    """Return the trim of poses at rest, ``means`` (n, 3) m/s².

    Least squares with priors (maximum a posteriori). The scale is left at one where the poses do not
    show it well.

    Raises
    ------
    FacesError
        If the offset or the misfit is none that an accelerometer has.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - slow to load

    prior = np.array([config.offset_mps2] * 3 + [config.scale] * 3)

    def residuals(p: FloatArray) -> FloatArray:
        x = np.concatenate([p, np.zeros(6 - len(p))]) * prior
        size = np.linalg.norm((means - x[:3]) / (1.0 + x[3:]), axis=1)
        return np.concatenate([(size - STANDARD_GRAVITY_MPS2) / config.noise_mps2, p])

    def solve(count: int) -> tuple[FloatArray, FloatArray]:
        found = least_squares(residuals, np.zeros(count))
        slope = np.asarray(found.jac)
        sd = np.sqrt(np.diag(np.linalg.inv(slope.T @ slope)))
        return found.x * prior[:count], sd * prior[:count]

    x, sd = solve(6)
    if sd[3:].max() > config.scale_sd:
        x, sd = solve(3)
        x = np.concatenate([x, np.zeros(3)])
    offset, scale = x[:3], 1.0 + x[3:]
    size = np.linalg.norm((means - offset) / scale, axis=1)
    misfit = float(np.sqrt(np.mean((size - STANDARD_GRAVITY_MPS2) ** 2)))
    most = float(np.abs(offset).max())
    if most > config.most_offset_mps2 or misfit > config.most_misfit_mps2:
        detail = (
            f"an offset of {most:.2f} m/s², and gravity is off by {misfit:.2f} m/s² after it; "
            "lay the sensor down without touching it, and check that it sends no filtered values"
        )
        raise FacesError(FacesFault.IMPLAUSIBLE, detail, misfit, "m/s²")
    return AccTrim(_vector(offset), _vector(scale), float(sd[:3].max()), misfit)


def _vector(values: FloatArray) -> Vector:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
