"""Cues as values: what to say, sound and show, when, until when, and why.

A cue is made where the session's time and data are known; a sink turns it into sound, light or a
line of text. What is played is recorded, and never an input of a replay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from processing.coach import spoken as words
from processing.judge.checks import Grade
from processing.judge.reasons import Fault
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import Verdict
from sensor.errors import SettingError
from sensor.types import Event, EventKind

SUMMARY_LIMIT_S = 8.0
SUGGEST_SETS = 3
SUGGEST_QUALITY_PERCENT = 80.0


class CueKind(StrEnum):
    """The moment a cue belongs to."""

    READY = "ready"
    SWITCH = "switch"
    TICK = "tick"
    LEFT_ZONE = "left zone"
    TOO_FAST = "too fast"
    COUNT = "count"
    LAST_REPS = "last reps"
    SUMMARY = "summary"
    REST = "rest"
    NEXT_SET = "next set"
    SENSOR_LOST = "sensor lost"


class Sound(StrEnum):
    """Short pitched sounds that differ from each other and from music."""

    RISING_PAIR = "rising pair"
    HIGH_TICK = "high tick"
    SOFT_TICK = "soft tick"
    LOW_BUZZ = "low buzz"
    FALLING_PAIR = "falling pair"
    CADENCE = "cadence"
    TRIPLE = "triple"


class Level(StrEnum):
    """How much is said: it fades as the person learns."""

    LEARN = "learn"
    """Every rep."""
    TRAIN = "train"
    """The count, and misses."""
    TEST = "test"
    """The count only."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue. ``t`` and ``deadline`` in s of the session: play it at ``t``, or not at all.

    ``t`` is already earlier by the measured delay of the sound device where the moment was
    predicted. ``why`` is the fact behind it, for the record. ``pitch`` is what the sound's pitches
    are multiplied by.
    """

    kind: CueKind
    t: float
    deadline: float
    speech: str = ""
    sound: Sound | None = None
    screen: str = ""
    why: str = ""
    pitch: float = 1.0

    def to_event(self, start_ns: int) -> Event:
        """Return the event that records that the cue was played in a session from ``start_ns``."""
        return Event(
            start_ns + round(self.t * 1e9),
            EventKind.CUE,
            {
                "kind": self.kind.value,
                "speech": self.speech,
                "sound": self.sound.value if self.sound else None,
                "screen": self.screen,
                "why": self.why,
                "pitch": self.pitch,
            },
        )

    def __str__(self) -> str:
        parts = [f"“{self.speech}”" if self.speech else "", f"({self.sound})" if self.sound else ""]
        return " ".join(part for part in (*parts, self.screen) if part)


@dataclass(frozen=True, slots=True)
class CueConfig:
    """How cues are given.

    Attributes
    ----------
    level
        How much is said.
    audio_delay_s
        Measured delay of the sound device; predicted cues are earlier by it.
    sessions_done
        Sessions before this one, for cues that only beginners get.
    switch_sessions
        So many first sessions have the switch cue on every rep; later only after a late switch.
    zone_grace_s
        The toes may leave their zone for so long.
    sensor_lost_s
        A longer silence of a sensor is said.
    glide
        The ticks of the lowering sink in pitch with an ankle out of its zone.
    misses_only
        For whoever sees the screen (a seated curl): only misses and lost sensors are heard.
    """

    level: Level = Level.LEARN
    audio_delay_s: float = 0.0
    sessions_done: int = 0
    switch_sessions: int = 3
    zone_grace_s: float = 0.3
    sensor_lost_s: float = 1.0
    glide: bool = False
    misses_only: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.audio_delay_s <= 1.0:
            raise SettingError("audio_delay_s", self.audio_delay_s, "a number from 0 to 1")


_HEARD_ANYWAY = (CueKind.LEFT_ZONE, CueKind.TOO_FAST, CueKind.SENSOR_LOST)


def hushed(cue: Cue, config: CueConfig, *, missed: bool = False) -> Cue:
    """Return the cue as far as ``config`` lets it be heard; what is shown stays.

    ``missed``: it tells of a rep that was a miss.
    """
    if not config.misses_only or missed or cue.kind in _HEARD_ANYWAY:
        return cue
    return replace(cue, speech="", sound=None)


def suggest_level(level: Level, qualities: Sequence[float | None]) -> Level:
    """Return the level to offer after sets of these qualities (in %, the newest last)."""
    latest = qualities[-SUGGEST_SETS:]
    ready = len(latest) == SUGGEST_SETS and all(
        quality is not None and quality >= SUGGEST_QUALITY_PERCENT for quality in latest
    )
    fading = list(Level)
    return fading[min(fading.index(level) + ready, len(fading) - 1)]


def summary(verdicts: Sequence[Verdict], metrics: SetMetrics) -> str:
    """Return what is said of a set, shorter than eight seconds.

    The count comes first, then what went wrong most often and on which reps, then the mean time of
    the lowering; what does not fit is left out from the end.
    """
    if metrics.reps == 0:
        return "no reps"
    parts = [f"{words.number(metrics.reps)} rep{'s' if metrics.reps != 1 else ''}"]
    if metrics.judged:
        parts.append(f"{words.number(metrics.good)} good")
    elif any(verdict.reason is not None for verdict in verdicts):
        return f"{parts[0]}, not judged"
    lowering = (
        f"lowering {words.decimal(metrics.eccentric_mean_s)} seconds"
        if metrics.eccentric_mean_s is not None
        else ""
    )
    fault = _commonest_fault(verdicts)
    said = ", ".join(parts)
    for part in (fault, lowering):
        if part and words.speech_s(f"{said}, {part}") < SUMMARY_LIMIT_S:
            said = f"{said}, {part}"
    return said


_REPS_NAMED = 3


def _commonest_fault(verdicts: Sequence[Verdict]) -> str:
    """Return the most frequent reason and its reps, misses before near ones."""
    by_fault: dict[Fault, list[Verdict]] = {}
    whole = [v for v in verdicts if not v.rep.partial and v.reason is not None]
    missed = [v for v in whole if v.grade is Grade.MISS]
    for verdict in missed or [v for v in whole if v.grade is Grade.NEAR]:
        if verdict.reason is not None and verdict.reason.fault is not None:
            by_fault.setdefault(verdict.reason.fault, []).append(verdict)
    if not by_fault:
        return ""
    fault, guilty = max(by_fault.items(), key=lambda item: len(item[1]))
    numbers = [verdict.rep.number for verdict in guilty]
    if len(numbers) > _REPS_NAMED:
        return f"{fault} on {words.number(len(numbers))}"
    return f"{fault} on {words.listed(numbers)}"
