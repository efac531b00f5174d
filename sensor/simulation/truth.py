"""The truth of a simulated session, and its file beside the recording."""

import dataclasses
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from sensor.documents.damaged_arrays import DAMAGE
from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import write_private
from sensor.types import BoolArray, FloatArray, JsonValue, Segment, frozen, frozen_bool

FORMAT = "toepoint-truth"
VERSION = 3
"""Version of the file; files of a newer one are refused. In version 1, a phase began and ended at a
speed of 10°/s within a tenth of the range. Version 3 has exercises other than leg curls; the truth of a
leg curl is written in version 2, which older programs read."""
_LEG_CURL_VERSION = 2
RATE_HZ = 100.0
"""Rate of the true angles, that of usual sensors."""
_MORE_ANGLES = ("knee", "sagittal", "driving", "heel", "inclination", "hip", "trunk")
"""The angles that not every truth has, in the order in which they are written."""
SUFFIX = ".truth.npz"
"""End of the file's name, in place of the recording's."""


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A rep with its true phase times, in s on the session's time base.

    They are what a coach sees of the intended movement, without tremor
    (:mod:`sensor.simulation.visible_phases`). In an exercise whose reps begin with the lowering,
    ``t_ecc`` and ``t_bottom`` come before ``t_start`` and ``t_top``.
    """

    set_index: int
    """Index of its set, from 0."""
    number: int
    """Its number in the set, from 1."""
    set_type: str
    """``DF``, ``PF`` or ``B``."""
    t_start: float
    """Start of the concentric phase."""
    t_top: float
    """End of the concentric phase, start of the top."""
    t_ecc: float
    """Start of the eccentric phase."""
    t_bottom: float
    """End of the eccentric phase, start of the bottom."""
    t_end: float
    """Start of the next rep; for the last rep of a set the end of its last movement."""
    rom: float
    """Range of the driving angle, rad: in a leg curl, of the knee."""
    fault: str
    """A :class:`sensor.simulation.choices.SimulatedFault`, or ""."""
    partial: bool
    """Whether it is a partial rep."""
    lift_motion: str = ""
    """Kind of the course of the lift, a :class:`sensor.simulation.choices.MotionKind`; "" in files of
    version 1."""
    lower_motion: str = ""
    """Kind of the course of the lowering."""
    break_point: float | None = None
    """Driving angle above the bottom of the rep at which control of the lowering is lost, rad; None if
    it is kept."""


@dataclass(frozen=True, slots=True)
class TrueTrial:
    """A trial of a range."""

    measure: str
    """``dorsiflexion``, ``plantarflexion`` or ``inclination`` (of the shin in a lunge)."""
    knee: str
    """``bent`` or ``straight``."""
    number: int
    """Its number among those of its kind, from 1."""
    t_start: float
    """Start of the hold at the end of the range, in s on the session's time base."""
    t_end: float
    """End of that hold."""
    value: float
    """The range that the person holds, rad, positive."""


@dataclass(frozen=True, slots=True)
class TrueActivity:
    """Something that the person did around the sets, and that is no rep."""

    name: str
    """Its name in English, as ``getting off``."""
    t_start: float
    """Its start, in s on the session's time base."""
    t_end: float
    """Its end."""


@dataclass(frozen=True, slots=True)
class TrueSensor:
    """A sensor with its true sample times, mounting and offsets."""

    source: str
    """The sensor, as in :attr:`sensor.types.SensorInfo.source`."""
    segment: Segment
    """The part of the leg that wears it."""
    sample_t: FloatArray
    """(n,) true times of the movement in its samples, in s on the session's time base."""
    delivered: BoolArray
    """(n,) whether a sample reached the host."""
    rotation: FloatArray
    """(3, 3) rotation from the sensor into the segment's frame."""
    acc_offset: FloatArray
    """(3,) m/s²."""
    gyr_offset: FloatArray
    """(3,) rad/s."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of a simulated session."""

    t: FloatArray
    """(n,) s on the session's time base, at 100 Hz."""
    ankle: FloatArray
    """(n,) rad, rotation of the foot about the talocrural axis, dorsiflexion positive."""
    shin_turn: FloatArray
    """(n,) rad, rotation of the shin about the knee axis since the start pose."""
    reps: tuple[TrueRep, ...]
    """The reps, in order of time."""
    sensors: tuple[TrueSensor, ...]
    """The sensors, in the order of the header."""
    knee: FloatArray | None = None
    """(n,) rad, flexion of the knee since the start pose; None in files that are older than the
    thigh sensor."""
    activities: tuple[TrueActivity, ...] = ()
    """The activities around the sets, in order of time; empty in files of version 1."""
    sagittal: FloatArray | None = None
    """(n,) rad, the foot against the shin in the sagittal plane (:func:`.sagittal_angle`); None in
    files that are older than the anatomical ankle."""
    exercise: str = "leg_curl"
    """The exercise, a :class:`sensor.simulation.choices.ExerciseKind`."""
    driving: FloatArray | None = None
    """(n,) rad, the intended driving angle of the exercise in its sets, without sway and tremor. This
    and the next four are None in a leg curl."""
    heel: FloatArray | None = None
    """(n,) rad, the foot against the ground: the height of the heel as an angle."""
    inclination: FloatArray | None = None
    """(n,) rad, the shin against the vertical, positive with the knee in front of the ankle."""
    hip: FloatArray | None = None
    """(n,) rad, flexion of the hip: the pelvis against the thigh."""
    trunk: FloatArray | None = None
    """(n,) rad, tilt of the pelvis to the front."""
    trials: tuple[TrueTrial, ...] = ()
    """The trials of a range, in order of time."""

    def save(self, path: Path) -> None:
        """Write the truth to ``path``, with angles to 1e-6 rad and times to 1 ns.

        Raises
        ------
        RecordingError
            If the file cannot be written.
        """
        facts = {
            "format": FORMAT,
            "version": VERSION if self._is_new else _LEG_CURL_VERSION,
            "reps": [_without_nothing(rep) for rep in self.reps],
            "activities": [dataclasses.asdict(activity) for activity in self.activities],
            "sensors": [
                {
                    "source": sensor.source,
                    "segment": sensor.segment.value,
                    "rotation": sensor.rotation.tolist(),
                    "acc_offset": sensor.acc_offset.tolist(),
                    "gyr_offset": sensor.gyr_offset.tolist(),
                }
                for sensor in self.sensors
            ],
        }
        if self._is_new:
            facts["exercise"] = self.exercise
            facts["trials"] = [dataclasses.asdict(trial) for trial in self.trials]
        arrays = {
            # As bytes: an array of objects would need pickle to read, which runs code.
            "facts": np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8),
            "ankle_urad": _differences(self.ankle, 1e-6),
            # The shin turn has this older name in the files.
            "curl_urad": _differences(self.shin_turn, 1e-6),
        }
        for name in _MORE_ANGLES:
            angle: FloatArray | None = getattr(self, name)
            if angle is not None:
                arrays[f"{name}_urad"] = _differences(angle, 1e-6)
        for i, sensor in enumerate(self.sensors):
            arrays[f"sample_t_ns_{i}"] = _differences(sensor.sample_t, 1e-9)
            arrays[f"delivered_{i}"] = np.packbits(sensor.delivered)
        try:
            packed = io.BytesIO()
            np.savez_compressed(packed, **arrays)  # type: ignore[arg-type]  # numpy's stub names a flag before **arrays
            write_private(Path(path), packed.getvalue())
        except OSError as error:
            raise RecordingError(
                path, RecordingFault.NOT_WRITABLE, f"the truth cannot be written: {error.strerror}"
            ) from error

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the truth that :meth:`save` wrote to ``path``.

        Raises
        ------
        RecordingError
            If there is no such file, or it is of another kind, damaged or of a newer version.
        """
        try:
            with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return cls._of(path, {name: arrays[name] for name in arrays.files})
        except FileNotFoundError:
            raise RecordingError(path, RecordingFault.MISSING, "there is no such file") from None
        except DAMAGE as error:
            raise RecordingError(
                path,
                RecordingFault.NOT_A_RECORDING,
                f"it is not the truth of a session, or damaged ({error}). Simulate the session again",
            ) from error

    @classmethod
    def _of(cls, path: Path, arrays: dict[str, np.ndarray]) -> Self:
        facts = json.loads(arrays["facts"].tobytes())
        if facts["format"] != FORMAT:
            raise ValueError(f"its format is {facts['format']!r}")
        if facts["version"] > VERSION:
            raise RecordingError(
                path,
                RecordingFault.NEWER_VERSION,
                f"version {facts['version']} is newer than this program reads ({VERSION}). Update "
                "Toepoint",
            )
        ankle, shin_turn = (_summed(arrays[name], 1e-6) for name in ("ankle_urad", "curl_urad"))
        sensors = []
        for i, item in enumerate(facts["sensors"]):
            sample_t = _summed(arrays[f"sample_t_ns_{i}"], 1e-9)
            sensors.append(
                TrueSensor(
                    item["source"],
                    Segment(item["segment"]),
                    sample_t,
                    frozen_bool(np.unpackbits(arrays[f"delivered_{i}"], count=sample_t.size)),
                    frozen(item["rotation"]),
                    frozen(item["acc_offset"]),
                    frozen(item["gyr_offset"]),
                )
            )
        return cls(
            frozen(np.arange(ankle.size) / RATE_HZ),
            ankle,
            shin_turn,
            tuple(TrueRep(**rep) for rep in facts["reps"]),
            tuple(sensors),
            activities=tuple(TrueActivity(**item) for item in facts.get("activities", ())),
            exercise=facts.get("exercise", "leg_curl"),
            trials=tuple(TrueTrial(**item) for item in facts.get("trials", ())),
            **{
                name: _summed(arrays[f"{name}_urad"], 1e-6)
                for name in _MORE_ANGLES
                if f"{name}_urad" in arrays
            },
        )

    @property
    def _is_new(self) -> bool:
        """Whether it has what version 2 of the file does not have."""
        return self.exercise != "leg_curl" or any(rep.break_point is not None for rep in self.reps)


def _without_nothing(rep: TrueRep) -> dict[str, JsonValue]:
    """Return the fields of ``rep`` without a break point that it does not have."""
    fields = dataclasses.asdict(rep)
    if rep.break_point is None:
        del fields["break_point"]
    return fields


def truth_path(recording: Path) -> Path:
    """Return the file of the truth of ``recording``."""
    return recording.with_suffix(SUFFIX)


def _differences(values: FloatArray, unit: float) -> np.ndarray:
    """Return ``values`` as differences of whole ``unit``s, which compress very well."""
    whole = np.rint(values / unit).astype(np.int64)
    return np.diff(whole, prepend=0)


def _summed(differences: np.ndarray, unit: float) -> FloatArray:
    return frozen(np.cumsum(differences.astype(np.int64)) * unit)
