"""The gate before supramaximal sets: four weeks of B, a warning, and a deliberate "I understand".

Lowering more than one can lift is a practice of gyms. Trials found gains similar to lowering below
the maximum, so nobody should come to it by accident.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from processing.coach.protocol import Protocol
from processing.coach.speech import PauseMark, Phrase, Speech

RAMP_IN_WEEKS = 4
"""Weeks with a set of B before the first supramaximal one."""
WARNING: Speech = (
    Phrase.ABOVE_MAXIMUM,
    PauseMark.COMMA,
    Phrase.WITH_EXPERIENCE,
    PauseMark.COMMA,
    Phrase.SOMEONE_BESIDE,
)
"""The warning that is read out."""
_WEEK_S = 7.0 * 86400.0


@dataclass(frozen=True, slots=True)
class Gate:
    """The way to a protocol with supramaximal sets."""

    weeks_done: int
    """Weeks in which sets of B were done."""
    weeks_needed: int = RAMP_IN_WEEKS
    """Weeks that the ramp-in takes."""

    @property
    def is_open(self) -> bool:
        """Whether the ramp-in is done, so that the protocol can be chosen."""
        return self.weeks_done >= self.weeks_needed


def gate_of(protocol: Protocol, trained: Iterable[datetime]) -> Gate | None:
    """Return the gate before ``protocol``, None if it has none.

    Parameters
    ----------
    protocol
        The protocol to choose.
    trained
        The times of the sessions in which sets of B were done.
    """
    if not protocol.is_supramaximal:
        return None
    times = sorted(trained)
    # Weeks count from the first session: four sessions in one week are no ramp-in.
    weeks = {int((t - times[0]).total_seconds() // _WEEK_S) for t in times}
    return Gate(len(weeks))
