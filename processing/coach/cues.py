"""Cues as values: speech, tone and screen with a time, a deadline and the facts behind them.

A cue is made where the session's time and data are known; a sink turns it into sound, light or a
line of text. What is played is recorded, and never an input of a replay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from processing.coach.facts import Facts, recorded
from processing.coach.speech import SILENCE, Speech, read_written, shown, written
from sensor.errors import SettingError
from sensor.types import Event, EventKind

_PATIENCE_S = 1.0
"""The patience of a cue that is read from a recording, where its deadline is not: most have about that."""
SUGGEST_SETS = 3
"""Sets in a row that must be good before the next level is offered."""
SUGGEST_QUALITY_PERCENT = 80.0
"""Share of good reps from which a set shows that fewer cues are enough, %."""


class CueKind(StrEnum):
    """The moments that cues belong to."""

    READY = "ready"
    SWITCH = "switch"
    TICK = "tick"
    # Recordings keep the older word for a band.
    LEFT_BAND = "left zone"
    TOO_FAST = "too fast"
    COUNT = "count"
    LAST_REPS = "last reps"
    STOP = "stop rule"
    SUMMARY = "summary"
    REST = "rest"
    NEXT_SET = "next set"
    SENSOR_LOST = "sensor lost"
    NOT_COUNTED = "not counted"


class Sound(StrEnum):
    """Short pitched sounds that differ from each other and from music."""

    RISING_PAIR = "rising pair"
    HIGH_TICK = "high tick"
    SOFT_TICK = "soft tick"
    RISING_LOW = "rising low pair"
    """Toes up."""
    FALLING_LOW = "falling low pair"
    """Point the toes."""
    BEATS = "beats"
    """Slower: a rhythm on one pitch."""
    CLICK = "click"
    """The rep was near."""
    CADENCE = "cadence"
    TRIPLE = "triple"


class Level(StrEnum):
    """The feedback levels: less is said as the person learns."""

    LEARN = "learn"
    """Every rep."""
    TRAIN = "train"
    """The count, and misses."""
    TEST = "test"
    """The count only."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to say, sound and show at one moment, or not at all."""

    kind: CueKind
    """The moment it belongs to."""
    t: float
    """When to begin, s; earlier by the delay of the sound device where the moment was predicted."""
    deadline: float
    """A cue that cannot begin by then is left out, s."""
    speech: Speech = SILENCE
    """The spoken words."""
    sound: Sound | None = None
    """The tone before the words."""
    screen: Speech = SILENCE
    """The words on the screen."""
    why: Facts = ()
    """The facts behind it, for the recording."""
    pitch: float = 1.0
    """Factor on the pitches of ``sound``."""

    def to_event(self, start_ns: int) -> Event:
        """Return the event that records that the cue was played in a session from ``start_ns``."""
        return Event(
            start_ns + round(self.t * 1e9),
            EventKind.CUE,
            {
                "kind": self.kind.value,
                # English words whatever the language of the voice.
                "speech": written(self.speech),
                "sound": self.sound.value if self.sound else None,
                "screen": shown(self.screen),
                "why": recorded(self.why),
                "pitch": self.pitch,
            },
        )

    @classmethod
    def from_event(cls, event: Event, start_ns: int) -> "Cue | None":
        """Return the cue that an event records in a session from ``start_ns``; None if it is none.

        It has what can be heard of it. A kind that this version does not know is none either.
        """
        kinds = {one.value: one for one in CueKind}
        kind = kinds.get(str(event.data.get("kind")))
        if event.kind != EventKind.CUE or kind is None:
            return None
        t, pitch = (event.t_ns - start_ns) / 1e9, event.data.get("pitch")
        return cls(
            kind,
            t,
            t + _PATIENCE_S,
            speech=read_written(str(event.data.get("speech") or "")),
            sound={one.value: one for one in Sound}.get(str(event.data.get("sound"))),
            pitch=float(pitch) if isinstance(pitch, int | float) else 1.0,
        )


@dataclass(frozen=True, slots=True)
class CueConfig:
    """The settings of the cues."""

    level: Level = Level.LEARN
    """The feedback level."""
    audio_delay_s: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.0
    """Measured delay of the sound device, s; predicted cues are earlier by it."""
    sessions_done: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    """Sessions before this one, for cues that only beginners get."""
    switch_sessions: Annotated[int, Meta(ge=0, le=1_000_000)] = 3
    """First sessions with the switch cue on every rep; later it follows a late switch only."""
    # The head of a recording has this name, with the older word for a band.
    zone_grace_s: Annotated[float, Meta(ge=0.0, le=60.0)] = 0.3
    """Longest time that the toes may leave their band, s."""
    sensor_lost_s: Annotated[float, Meta(ge=0.0, le=60.0)] = 1.0
    """A longer silence of a sensor is announced, s."""
    glide: bool = False
    """The ticks of the lowering sink in pitch while the ankle is out of its band."""
    misses_only: bool = False
    """Only misses and lost sensors are heard: in a seated curl the screen is in sight."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.audio_delay_s <= 1.0:
            raise SettingError("audio_delay_s", self.audio_delay_s, "a number from 0 to 1")


_HEARD_ANYWAY = (
    CueKind.LEFT_BAND,
    CueKind.TOO_FAST,
    CueKind.SENSOR_LOST,
    CueKind.NOT_COUNTED,
    CueKind.STOP,
)
"""Corrections, a lost sensor and the stop rule: the cues that a person with the screen in sight still hears."""


def heard(cue: Cue, config: CueConfig, *, missed: bool = False) -> Cue:
    """Return ``cue`` without sound and speech if ``config`` silences it; what is shown stays.

    Parameters
    ----------
    cue
        The cue.
    config
        The settings of the cues.
    missed
        Whether it is about a rep that was a miss.
    """
    if not config.misses_only or missed or cue.kind in _HEARD_ANYWAY:
        return cue
    return replace(cue, speech=SILENCE, sound=None)


def suggest_level(level: Level, qualities: Sequence[float | None]) -> Level:
    """Return the level to offer after sets of these qualities (in %, the newest last)."""
    latest = qualities[-SUGGEST_SETS:]
    # A set in which nothing could be judged shows no progress.
    ready = len(latest) == SUGGEST_SETS and all(
        quality is not None and quality >= SUGGEST_QUALITY_PERCENT for quality in latest
    )
    fading = list(Level)
    return fading[min(fading.index(level) + ready, len(fading) - 1)]
