"""The plan of speech: one voice at a time, the more important first, nothing that is too late."""

from dataclasses import dataclass, replace
from enum import IntEnum

from sensor.types import FloatArray


class Priority(IntEnum):
    """The priorities of speech: the lower gives way, so that nothing talks over the count."""

    TALK = 0
    """Summaries and plans."""
    CORRECTION = 1
    ALERT = 2
    COUNT = 3


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Something to say. Its times are frames of the stream."""

    label: str
    """Its name in the list of what was played."""
    samples: FloatArray
    """Its samples (n,), within -1 to 1."""
    priority: Priority
    """Its priority over other speech."""
    wanted: int
    """The frame at which it should begin."""
    latest: int
    """It is dropped if it cannot begin by this frame."""
    start: int = 0
    """The frame at which it is planned to begin."""
    end: int = 0
    """The frame after its last; less than its samples need, it is cut off."""


def plan_speech(planned: list[Utterance], new: Utterance, now: int, fade: int) -> list[Utterance]:
    """Return the plan with ``new`` in it, in order of time; sentences that would be too late are left out.

    A sentence that has started continues, unless ``new`` is more important: then it fades out in ``fade``
    frames. Of the sentences that wait, the more important is placed first, then the one wanted first.
    """
    begun = [u for u in planned if u.start <= now]
    waiting = [u for u in planned if u.start > now]
    if begun and begun[-1].priority < new.priority:
        last = begun[-1]
        # It may speak until the new sentence begins, which may follow a tone of its own.
        cut = max(new.wanted, now + fade)
        begun[-1] = replace(last, end=min(last.end, cut))
    placed = list(begun)
    for one in sorted([*waiting, new], key=lambda u: (-u.priority, u.wanted)):
        start = _first_gap(placed, max(one.wanted, now), len(one.samples))
        # A sentence that is late would be wrong: the rep that it is about is over.
        if start <= one.latest:
            placed.append(replace(one, start=start, end=start + len(one.samples)))
    return sorted(placed, key=lambda u: u.start)


def _first_gap(placed: list[Utterance], start: int, length: int) -> int:
    for other in sorted(placed, key=lambda u: u.start):
        if start < other.end and other.start < start + length:
            start = other.end
    return start
