"""The inputs of the comparison: reference sessions, simulated sessions, measured tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.shared_data import SHARED

RECORDINGS = Path(__file__).parents[3] / "recordings"
MEASURED = SHARED / "data"
FIRST_SEED = 1000
SHORT = {"sets": "1", "reps": "3", "rest_s": "5"}
SIMULATIONS = (
    "faults=fast+drop",
    "faults=late+never+slip",
    "family=movella_dot,loss_percent=1",
    "family=polar,foot_dropouts_s=40+2",
    "family=metamotion,stalls_per_min=8",
    "family=movesense,thigh=yes",
    "exercise=seated,side=left,sets=2",
    "exercise=standing,rest=walk,sets=2",
    "marks=no,thigh=yes",
    "thigh=yes,shin_held=yes",
    "family=board,rate_hz=200,faults=partial+bounce",
    "family=thingy52,rate_error_percent=-0.8,foot_rate_error_percent=0.3,faults=pause+stall",
    "family=adafruit,unsteady_deg=3",
    "family=bluest,axis_incline_deg=60",
    "calibration=no,free_s=10",
    "foot_slip_deg=12,foot_slip_at_s=38",
    "rest=fidget,sets=2,spread_percent=20",
    "loss_percent=5,faults=late,fault_strength_percent=40",
    "tempo=2-1-1-0,dropouts_s=36+3",
    "table=bench,family=board,clock_error_ppm=500,rate_drift_ppm_per_min=50,latency_ms=300",
)
"""Every family, fault, machine and way to lose samples at least once; protocols A and B in turn."""
TABLES = (
    ("ankle_encoder", "subject_02", ()),
    ("ankle_encoder", "subject_07", ()),
    ("ankle_encoder", "subject_25", ("--still", "0:2")),
    ("hinge_rig", "trial_02", ()),
    ("hinge_rig", "trial_03", ()),
    ("people", "right_leg", ()),
    ("people", "right_leg_heel_raises", ()),
)
"""Folder and name of a measured table, and the marks with which it is imported."""


class Kind(StrEnum):
    """The source of an input."""

    REFERENCE = "reference"
    SIMULATED = "simulated"
    MEASURED = "measured"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: a recording, the text of a simulation, a table, or a command without a file."""

    name: str
    kind: Kind
    source: str
    options: tuple[str, ...] = ()


def absent(measured: Path) -> list[str]:
    """Return the names of the measured tables that are not in the folder ``measured``."""
    return [
        f"{group}/{name}"
        for group, name, _ in TABLES
        if not (measured / group / f"{name}.csv").exists()
    ]


def inputs(measured: Path) -> Iterator[Input]:
    """Yield every available input; ``measured`` is the folder of the measured tables."""
    yield Input("demo", Kind.COMMAND, "demo")
    yield Input("families", Kind.COMMAND, "sensors")
    yield Input("six faces", Kind.COMMAND, "bench-calibrate")
    for group, name, options in TABLES:
        path = measured / group / f"{name}.csv"
        if path.exists():
            yield Input(f"{group}/{name}", Kind.MEASURED, str(path), options)
    for path in sorted(RECORDINGS.glob("*.mcap")):
        yield Input(path.stem, Kind.REFERENCE, str(path))
    for i, text in enumerate(SIMULATIONS):
        protocol = "AB"[i % 2]
        keys = SHORT | dict(key.split("=") for key in text.split(","))
        simulation = f"protocol={protocol},seed={FIRST_SEED + i}," + ",".join(
            f"{key}={value}" for key, value in keys.items()
        )
        yield Input(f"seed {FIRST_SEED + i}", Kind.SIMULATED, simulation, ("--protocol", protocol))
