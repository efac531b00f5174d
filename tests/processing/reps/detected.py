"""The output of the live detector on constructed curves."""

from processing.reps.rep_detector import RepDetector
from processing.types import AngleBlock, PhaseChange, Rep
from sensor.types import Event, EventKind

SET_START = Event(0, EventKind.SET_START)
SET_END = Event(0, EventKind.SET_END)


def detect(angles: AngleBlock, rom: float | None = 100.0) -> list[PhaseChange | Rep]:
    return RepDetector(rom).feed(angles)


def reps_of(outputs: list[PhaseChange | Rep]) -> list[Rep]:
    return [output for output in outputs if isinstance(output, Rep)]


def changes_of(outputs: list[PhaseChange | Rep]) -> list[PhaseChange]:
    return [output for output in outputs if isinstance(output, PhaseChange)]


def whole(reps: list[Rep]) -> int:
    return sum(not rep.partial for rep in reps)
