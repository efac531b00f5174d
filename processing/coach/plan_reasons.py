"""The reasons for the state of a session: a set ended, a rest is over, the person is too sore."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from processing.types import Ending


class PlanCause(StrEnum):
    """The causes that carry no number."""

    MARKED = "marked"
    """A person marked the end of the set."""
    KEY = "key"
    """A key ended the set."""
    LAY_STILL = "lay still"
    """The leg lay at the bottom for longer than a breath."""
    NOTHING_LIFTED = "nothing was lifted"
    """Nothing was lifted, or so little without a mark that it was another movement."""
    PACE_LOST = "pace lost"
    """Too many reps of a test were missed."""
    CRAMP = "cramp"
    """A cramp: the foot should relax to neutral."""
    RESTED = "rested"
    """The planned rest is over."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Too sore too soon after the last session: today is no day for this protocol."""

    soreness: float
    """Self-reported, 0 to 10."""
    hours: float
    """Since the last session of this protocol, h."""
    wait_h: float
    """Time to wait after a session while this sore, h."""


@dataclass(frozen=True, slots=True)
class ShortRest:
    """The set began before the least rest was over."""

    rested_s: float
    """Length of the rest, s."""


@dataclass(frozen=True, slots=True)
class ProtocolWarning:
    """The warning of the protocol itself."""

    text: str
    """The warning, as the file of the protocol words it."""


RAMP_IN_WEEKS = 4
"""Weeks with a set of B before the first supramaximal one."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate before supramaximal sets. While it is closed, sets of B take their place."""

    weeks_done: int
    """Weeks in which sets of B were done."""
    understood: bool = False
    """Whether the person confirmed the warning."""
    weeks_needed: int = RAMP_IN_WEEKS
    """Weeks that the ramp-in takes."""

    @property
    def is_open(self) -> bool:
        """Whether the ramp-in is done, so that such sets can be chosen."""
        return self.weeks_done >= self.weeks_needed

    @property
    def admits(self) -> bool:
        """Whether such sets are planned: they can be chosen, and the warning is understood."""
        return self.is_open and self.understood


PlanReason: TypeAlias = PlanCause | Ending | Refusal | ShortRest | ProtocolWarning | Gate
"""``Ending`` is why the leg came out of a set that nobody marked."""
