"""The sets of a protocol as one list: shown, changed by the person, and recorded as an event.

A change within a session is an event, so that a replay plans the same sets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from processing.coach.plan_events import PlanTrigger, SessionState
from processing.coach.protocol import OPEN_END, Prescription, Protocol, SetType
from processing.coach.protocol_file import protocol_table, read_protocol
from processing.judge.bands import Band
from sensor.documents.origin import Origin
from sensor.errors import DocumentError
from sensor.types import JsonValue

MOST_SETS = 40
"""No session has more; the bound keeps a list of them readable."""
_KEYS = ("waves", "set")
"""The part of a protocol that a change of its sets changes."""
_TOES: Mapping[SetType, tuple[Band | None, Band | None]] = {
    SetType.DF: (Band.DORSIFLEXED, Band.DORSIFLEXED),
    SetType.PF: (Band.PLANTARFLEXED, Band.PLANTARFLEXED),
    SetType.B: (Band.DORSIFLEXED, Band.PLANTARFLEXED),
    SetType.B2: (Band.DORSIFLEXED, Band.PLANTARFLEXED),
    SetType.FREE: (None, None),
}
_ORIGIN = Origin("the changed plan")
"""The place that an error names."""


def toes_of(kind: SetType) -> tuple[Band | None, Band | None]:
    """Return the positions of the toes on the way up and down in a kind of set; None: any."""
    return _TOES[kind]


def listed_sets(protocol: Protocol) -> tuple[Prescription, ...]:
    """Return all sets of a session, one after the other; of an open plan those of one wave."""
    return protocol.sets * max(protocol.waves, 1)


def with_sets(protocol: Protocol, sets: Sequence[Prescription]) -> Protocol:
    """Return ``protocol`` with these sets of a session; an open plan repeats them until the end."""
    if protocol.waves == OPEN_END:
        return replace(protocol, sets=tuple(sets))
    wave = _shortest_wave(sets)
    return replace(protocol, sets=wave, waves=len(sets) // len(wave))


def sets_table(protocol: Protocol) -> dict[str, JsonValue]:
    """Return the data of the event by which these sets replace those of the session."""
    table = protocol_table(protocol)
    return {key: table[key] for key in _KEYS}


def read_sets(protocol: Protocol, data: Mapping[str, JsonValue]) -> Protocol:
    """Return ``protocol`` with the sets that ``data`` names.

    Raises
    ------
    DocumentError
        If they are not allowed in it; it names the key.
    """
    base = protocol_table(protocol)
    # Done sets of another exercise stay in the list.
    base.pop("exercises", None)
    named = {key: data[key] for key in _KEYS if key in data}
    found = read_protocol({**base, **named}, _ORIGIN)
    return replace(protocol, sets=found.sets, waves=found.waves)


def changed_sets(protocol: Protocol, data: Mapping[str, JsonValue]) -> Protocol | None:
    """Return ``protocol`` as an event changes its sets; None if the event makes no sense."""
    try:
        return read_sets(protocol, data)
    except DocumentError:
        # An event of a recording may hold anything.
        return None


def rest_after(protocol: Protocol, done: int) -> float:
    """Return the planned rest after the last of ``done`` sets, s."""
    return protocol.prescription(max(done - 1, 0)).rest_s


def after_change(state: SessionState, *, to_do: bool) -> PlanTrigger | None:
    """Return the trigger by which other sets end a session or go on with it; None for neither."""
    if state is SessionState.DONE:
        return PlanTrigger.MORE_SETS if to_do else None
    over = not to_do and state in (SessionState.READY, SessionState.REST)
    return PlanTrigger.FINISH if over else None


def _shortest_wave(sets: Sequence[Prescription]) -> tuple[Prescription, ...]:
    """Return the shortest sequence that repeated gives ``sets``."""
    for length in range(1, len(sets)):
        whole, rest = divmod(len(sets), length)
        # The format of protocols allows 20 waves.
        if not rest and whole <= 20 and tuple(sets) == tuple(sets[:length]) * whole:
            return tuple(sets[:length])
    return tuple(sets)
