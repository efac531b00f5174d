"""The errors of the phases of found reps against the truth, and which kinds of reps have them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from processing.types import Rep
from sensor.simulation import TrueRep

NORMAL_S = (1.0, 6.0)
SLOWEST_DPS = 15.0
"""A normal tempo: a lowering of ``NORMAL_S`` that is clearly faster than a hold."""
_PHASES = ("lift", "top", "lowering")
_BOUNDARIES = ("start", "top", "lowering", "bottom")


@dataclass(frozen=True, slots=True)
class PhaseError:
    """The delays of the four boundaries of a rep in s, and the kind of the rep.

    ``lowered_s`` and ``speed_dps`` describe the true lowering; ``losses`` is whether messages of the
    session were lost, ``tissue_deg`` the turn of the shin's sensor on soft tissue.
    """

    late_s: tuple[float, float, float, float]
    lowered_s: float
    speed_dps: float
    losses: bool
    tissue_deg: float

    @property
    def normal(self) -> bool:
        """Whether the lowering has a normal tempo."""
        return NORMAL_S[0] < self.lowered_s < NORMAL_S[1] and self.speed_dps > SLOWEST_DPS


def phase_error(rep: Rep, true: TrueRep, *, losses: bool, tissue_deg: float) -> PhaseError:
    """Return the error of a found rep."""
    lowered_s = true.t_bottom - true.t_ecc
    return PhaseError(
        (
            rep.t_start - true.t_start,
            rep.t_top - true.t_top,
            rep.t_ecc - true.t_ecc,
            rep.t_bottom - true.t_bottom,
        ),
        lowered_s,
        float(np.rad2deg(true.rom)) / lowered_s,
        losses,
        tissue_deg,
    )


def duration_errors(errors: Sequence[PhaseError]) -> np.ndarray:
    """Return the errors (n, 3) of the durations of lift, hold and lowering in s."""
    return np.diff(np.array([e.late_s for e in errors]).reshape(-1, 4), axis=1)


def described_phases(name: str, errors: Sequence[PhaseError]) -> list[str]:
    """Return a table: mean and SD in ms of each phase and each boundary, by kind of rep."""
    kinds: dict[str, Callable[[PhaseError], bool]] = {
        "normal tempo": lambda e: e.normal,
        "  without losses": lambda e: e.normal and not e.losses,
        "  with losses": lambda e: e.normal and e.losses,
        "  tissue below 2°": lambda e: e.normal and e.tissue_deg < 2.0,
        "  tissue of 2°": lambda e: e.normal and e.tissue_deg >= 2.0,
        "  1 to 2.5 s": lambda e: e.normal and e.lowered_s < 2.5,
        "  2.5 to 3.5 s": lambda e: e.normal and 2.5 <= e.lowered_s < 3.5,
        "  3.5 to 6 s": lambda e: e.normal and e.lowered_s >= 3.5,
        "quicker than 1 s": lambda e: e.lowered_s <= NORMAL_S[0],
        "slower": lambda e: not e.normal and e.lowered_s > NORMAL_S[0],
    }
    head = "".join(f"{phase:>12}" for phase in _PHASES)
    ends = "".join(f"{boundary:>12}" for boundary in _BOUNDARIES)
    lines = [
        f"phases, {name}: durations too long, and boundaries late, by mean ± SD in ms",
        f"{'':18}{'reps':>6}{head}  |{ends}",
    ]
    for kind, belongs in kinds.items():
        own = [e for e in errors if belongs(e)]
        if own:
            late = np.array([e.late_s for e in own])
            durations = "".join(map(_spread, duration_errors(own).T))
            lines.append(f"{kind:18}{len(own):6}{durations}  |{''.join(map(_spread, late.T))}")
    return lines


def _spread(seconds: np.ndarray) -> str:
    return f"{f'{1e3 * seconds.mean():+.0f} ± {1e3 * seconds.std():.0f}':>12}"
