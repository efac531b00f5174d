"""A measured figure, and the file that keeps the figures of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the performance page."""

    work: str
    """The work that was measured; names the row of the page."""
    value: float
    unit: str
    reach: float | None = None
    """The largest value that is asked for, in ``unit``."""
    others: str = ""
    """The same work by others in the same process, in words."""

    def yardsticks(self, yardstick_ms: float) -> float | None:
        """Return a time as a multiple of that of the yardstick; None for what is no time."""
        seconds = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}.get(self.unit)
        return None if seconds is None else 1e3 * seconds * self.value / yardstick_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The figures of one measurement."""

    name: str
    figures: Sequence[Figure]
    yardstick_ms: float
    """Median time of the yardstick in the same process, before and after the measurement."""


def load(path: Path) -> list[Run]:
    """Return the runs that ``path`` keeps; none without such a file."""
    return msgspec.json.decode(path.read_bytes(), type=list[Run]) if path.exists() else []


def keep(path: Path, runs: Iterable[Run]) -> None:
    """Write ``runs`` to ``path``; runs of other measurements stay there."""
    kept = {run.name: run for run in load(path)} | {run.name: run for run in runs}
    text = msgspec.json.format(msgspec.json.encode(list(kept.values())), indent=2)
    path.write_bytes(text + b"\n")
