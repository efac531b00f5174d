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
from sensor.types import BoolArray, FloatArray, Segment, frozen, frozen_bool

FORMAT = "toepoint-truth"
VERSION = 2
"""Version of the file; files of a newer one are refused. In version 1, a phase began and ended at a
speed of 10°/s within a tenth of the range."""
RATE_HZ = 100.0
"""Rate of the true angles, that of usual sensors."""
SUFFIX = ".truth.npz"
"""End of the file's name, in place of the recording's."""


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A rep with its true phase times, in s on the session's time base.

    They are what a coach sees of the intended movement, without tremor
    (:mod:`sensor.simulation.visible_phases`).
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
    """Start of the next lift; ``t_bottom`` for the last rep of a set."""
    rom: float
    """Range of the knee, rad."""
    fault: str
    """A :class:`sensor.simulation.choices.SimulatedFault`, or ""."""
    partial: bool
    """Whether it is a partial rep."""
    lift_motion: str = ""
    """Kind of the course of the lift, a :class:`sensor.simulation.choices.MotionKind`; "" in files of
    version 1."""
    lower_motion: str = ""
    """Kind of the course of the lowering."""


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

    def save(self, path: Path) -> None:
        """Write the truth to ``path``, with angles to 1e-6 rad and times to 1 ns.

        Raises
        ------
        RecordingError
            If the file cannot be written.
        """
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "reps": [dataclasses.asdict(rep) for rep in self.reps],
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
        arrays = {
            # As bytes: an array of objects would need pickle to read, which runs code.
            "facts": np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8),
            "ankle_urad": _differences(self.ankle, 1e-6),
            # The shin turn has this older name in the files.
            "curl_urad": _differences(self.shin_turn, 1e-6),
        }
        if self.knee is not None:
            arrays["knee_urad"] = _differences(self.knee, 1e-6)
        if self.sagittal is not None:
            arrays["sagittal_urad"] = _differences(self.sagittal, 1e-6)
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
            _summed(arrays["knee_urad"], 1e-6) if "knee_urad" in arrays else None,
            tuple(TrueActivity(**item) for item in facts.get("activities", ())),
            _summed(arrays["sagittal_urad"], 1e-6) if "sagittal_urad" in arrays else None,
        )


def truth_path(recording: Path) -> Path:
    """Return the file of the truth of ``recording``."""
    return recording.with_suffix(SUFFIX)


def _differences(values: FloatArray, unit: float) -> np.ndarray:
    """Return ``values`` as differences of whole ``unit``s, which compress very well."""
    whole = np.rint(values / unit).astype(np.int64)
    return np.diff(whole, prepend=0)


def _summed(differences: np.ndarray, unit: float) -> FloatArray:
    return frozen(np.cumsum(differences.astype(np.int64)) * unit)
