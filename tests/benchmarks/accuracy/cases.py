"""The cases of the accuracy: an angle's samples, its calibration, and another instrument's angle."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.calibration.fit import self_calibrate
from processing.motion.calibrated import Calibration
from processing.pipeline.pairing import Pairing
from processing.types import PairedBlock, join_blocks
from sensor.assembler import Assembler
from sensor.recording import open_recording
from sensor.table_import import import_table, read_reference
from sensor.types import BoolArray, FloatArray, ImuBlock, Item, SensorInfo
from tests.benchmarks.accuracy.references import Reference
from tests.shared_data import SHARED

DATA = SHARED / "data"
PEOPLE, ENCODER, RIG = "people", "ankle_encoder", "hinge_rig"
"""Folders of the recordings."""
REAL = {
    PEOPLE: ("right_leg",),
    ENCODER: ("subject_02", "subject_07", "subject_25"),
    RIG: ("trial_02", "trial_03"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a recording that is judged by itself, with a zero of its own."""

    name: str
    """What the person does in it; empty if it is the whole recording."""
    spans: tuple[tuple[float, float], ...]
    """Start and stop of its stretches, s on the session's time base."""

    def of(self, t: FloatArray) -> BoolArray:
        """Return which of ``t`` (n,) belong to it."""
        inside = np.zeros(len(t), dtype=np.bool_)
        for start, stop in self.spans:
            inside |= (t >= start) & (t <= stop)
        return inside


WHOLE = (Part("", ((-np.inf, np.inf),)),)


@dataclass(frozen=True, slots=True)
class Case:
    """A recording with its samples, calibration, and the ankle angle of another instrument."""

    name: str
    """The recording, or the seed."""
    group: str
    """The kind of the recording."""
    block: PairedBlock
    """The samples of both sensors."""
    calibration: Calibration
    """The calibration of both angles, live and offline."""
    reference: Reference
    """The other instrument's angle."""
    parts: tuple[Part, ...] = WHOLE
    """The parts that are judged."""

    @property
    def rated(self) -> bool:
        """Whether the reference has a clock of its own: optical cameras beside the sensors."""
        return self.group == RIG


def real_names() -> list[tuple[str, str]]:
    """Return group and name of the recordings that are available."""
    return [
        (group, name)
        for group, names in REAL.items()
        for name in names
        if (DATA / group / f"{name}.csv").exists()
    ]


def real(group: str, name: str) -> Case:
    """Return the case of a table that is calibrated from its own movement."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "import.mcap"
        import_table(DATA / group / f"{name}.csv", path)
        recording = open_recording(path)
        measured = read_reference(recording)
        header, items = recording.header, list(recording.items())
    if measured is None:
        message = f"{name} has no reference"
        raise ValueError(message)
    block = paired(blocks_of(header.sensors, header.start_ns, items))
    reference = Reference(measured.t, measured.angle_deg, absolute=False)
    parts = _exercises(DATA / group / f"{name}.repetitions.csv")
    return Case(name, group, block, self_calibrate(block), reference, parts or WHOLE)


def blocks_of(
    sensors: Sequence[SensorInfo], start_ns: int, items: Sequence[Item]
) -> list[ImuBlock]:
    """Return the blocks of a session."""
    assembler = Assembler(sensors, start_ns)
    return [block for item in items for block in assembler.feed(item)]


def paired(blocks: Sequence[ImuBlock]) -> PairedBlock:
    """Return both sensors on one grid."""
    pairing = Pairing(np.inf)
    parts = [pairing.feed(list(blocks)), pairing.finish()]
    return join_blocks([part for part in parts if part is not None])


def _exercises(path: Path) -> tuple[Part, ...]:
    """Return the exercises of a recording, each with its repetitions; none without such a list."""
    if not path.exists():
        return ()
    spans: dict[str, list[tuple[float, float]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            span = (float(row["start_s"]), float(row["end_s"]))
            spans.setdefault(row["exercise"], []).append(span)
    return tuple(Part(name, tuple(found)) for name, found in spans.items())
