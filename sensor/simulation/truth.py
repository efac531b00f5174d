"""What really happened in a simulated session, and the file that keeps it beside the recording."""

import dataclasses
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from sensor.errors import RecordingError, RecordingFault
from sensor.types import BoolArray, FloatArray, Segment, frozen, frozen_bool

FORMAT = "toepoint-truth"
VERSION = 1
RATE_HZ = 100.0
SUFFIX = ".truth.npz"

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # a method of compression that zipfile does not know
    RuntimeError,  # a member that says it is encrypted
    MemoryError,  # an array that says it is huge
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
)
"""What reading a file that is damaged, or none of ours, ends in."""


@dataclass(frozen=True, slots=True)
class TrueRep:
    """A rep as the true curl angle shows it, by the rules of the rep phases; times in s.

    The leg is at the bottom or at the top while its speed is below 10 degrees a second within a
    tenth of the rep's range from there. Concentric from ``t_start`` to ``t_top``, top until
    ``t_ecc``, eccentric until ``t_bottom``, bottom until ``t_end``: the next lift, or ``t_bottom``
    after the last rep of a set. Speeds are those of the intended movement, without tremor.
    ``rom`` in rad; ``fault`` is a :class:`sensor.simulation.parameters.Fault` or "".
    """

    set_index: int
    number: int
    set_type: str
    t_start: float
    t_top: float
    t_ecc: float
    t_bottom: float
    t_end: float
    rom: float
    fault: str
    partial: bool


@dataclass(frozen=True, slots=True)
class TrueSensor:
    """A sensor as it really was.

    ``sample_t`` (n,) s are the true times of its samples, ``delivered`` (n,) which of them reached
    the host. ``rotation`` (3, 3) turns its vectors into the segment's frame; ``acc_offset`` (3,) is
    in m/s², ``gyr_offset`` (3,) in rad/s.
    """

    source: str
    segment: Segment
    sample_t: FloatArray
    delivered: BoolArray
    rotation: FloatArray
    acc_offset: FloatArray
    gyr_offset: FloatArray


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of a simulated session.

    ``t`` (n,) s at 100 Hz; ``ankle`` (n,) rad, the foot's angle about the talocrural axis
    (dorsiflexion positive); ``curl`` (n,) rad, the shin's angle since the start pose; ``knee`` (n,)
    rad, the knee's bending since then, None in a file of before there was a sensor on the thigh.
    """

    t: FloatArray
    ankle: FloatArray
    curl: FloatArray
    reps: tuple[TrueRep, ...]
    sensors: tuple[TrueSensor, ...]
    knee: FloatArray | None = None

    def save(self, path: Path) -> None:
        """Write the truth to ``path``; angles to 1e-6 rad and times to 1 ns.

        Raises
        ------
        RecordingError
            If the file cannot be written.
        """
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "reps": [dataclasses.asdict(rep) for rep in self.reps],
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
            "facts": np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8),
            "ankle_urad": _differences(self.ankle, 1e-6),
            "curl_urad": _differences(self.curl, 1e-6),
        }
        if self.knee is not None:
            arrays["knee_urad"] = _differences(self.knee, 1e-6)
        for i, sensor in enumerate(self.sensors):
            arrays[f"sample_t_ns_{i}"] = _differences(sensor.sample_t, 1e-9)
            arrays[f"delivered_{i}"] = np.packbits(sensor.delivered)
        try:
            with Path(path).open("wb") as file:
                np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # numpy's stub names a flag before **arrays
        except OSError as error:
            raise RecordingError(
                path, RecordingFault.NOT_WRITABLE, f"the truth cannot be written: {error.strerror}"
            ) from error

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        RecordingError
            If there is no such file, it is none of these, is damaged or of a newer version.
        """
        try:
            with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return cls._of(path, {name: arrays[name] for name in arrays.files})
        except FileNotFoundError:
            raise RecordingError(
                path, RecordingFault.MISSING, "there is no such file of truth"
            ) from None
        except _DAMAGE as error:
            raise RecordingError(
                path,
                RecordingFault.NOT_A_RECORDING,
                f"not a file of truth, or damaged ({error}); simulate the session again",
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
                f"version {facts['version']} is newer than this program reads ({VERSION}); update",
            )
        ankle, curl = (_summed(arrays[name], 1e-6) for name in ("ankle_urad", "curl_urad"))
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
            curl,
            tuple(TrueRep(**rep) for rep in facts["reps"]),
            tuple(sensors),
            _summed(arrays["knee_urad"], 1e-6) if "knee_urad" in arrays else None,
        )


def truth_path(recording: Path) -> Path:
    """Return where the truth of ``recording`` is kept."""
    return recording.with_suffix(SUFFIX)


def _differences(values: FloatArray, unit: float) -> np.ndarray:
    """Return ``values`` as differences of whole ``unit``s, which compress to a fraction."""
    whole = np.rint(values / unit).astype(np.int64)
    return np.diff(whole, prepend=0)


def _summed(differences: np.ndarray, unit: float) -> FloatArray:
    return frozen(np.cumsum(differences.astype(np.int64)) * unit)
