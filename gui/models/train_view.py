"""What Train shows, as values without Qt; the words for them are in ``gui.texts.train``."""

from dataclasses import dataclass
from enum import Enum, auto

from processing.judge.bands import Zone
from processing.judge.checks import Grade
from processing.judge.reasons import Reason
from processing.judge.recount import Recount
from processing.types import Phase
from sensor.types import Segment


class Face(Enum):
    """What a person should make of the page at one glance."""

    NO_SESSION = auto()
    STARTING = auto()
    NOT_CALIBRATED = auto()
    CALIBRATING = auto()
    SETTING_UP = auto()
    READY = auto()
    IN_SET = auto()
    RESTING = auto()
    STOPPED = auto()
    """For a cramp."""
    REFUSED = auto()
    """The coach advises against training today."""
    DONE = auto()
    """All planned sets are done; the session still runs."""
    OVER = auto()


class Alarm(Enum):
    """What is wrong while a session runs."""

    LOST = auto()
    """No angle: a sensor is silent."""
    STRAPPED = auto()
    """The sensors were strapped on anew and not calibrated since."""
    TOO_SMALL = auto()
    """The person's range is too small to tell toes up from toes pointed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An alarm, and the sensors it is about, if that is known."""

    alarm: Alarm
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """What is read from three metres.

    Angles in degrees, the ankle positive with the toes up; times in s. ``wanted`` is where the toes
    shall be now, ``held`` whether they are there, ``target_deg`` where that begins. ``band`` and
    ``other_band`` are the ranges for now and for the other phase. ``fast`` says that the phase
    shall be as quick as control allows, with ``target_s`` its limit. ``movement`` names the
    movement of a calibration that runs.
    """

    face: Face
    phase: Phase = Phase.IDLE
    ankle_deg: float | None = None
    curl_deg: float | None = None
    wanted: Zone | None = None
    held: bool = False
    target_deg: float | None = None
    band: tuple[float, float] | None = None
    other_band: tuple[float, float] | None = None
    elapsed_s: float | None = None
    target_s: float = 0.0
    fast: bool = False
    movement: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class RepView:
    """One rep of the set: done (it has a grade), running, or still to come.

    ``ankle_deg`` is the median of the lowering; ``reason`` the one to speak of. A rep that
    runs has its ``phase``.
    """

    number: int
    grade: Grade | None = None
    partial: bool = False
    phase: Phase = Phase.IDLE
    lowering_s: float | None = None
    target_s: float = 0.0
    ankle_deg: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SetView:
    """The set in hand, or the last one. ``sets`` planned are None if the end is open."""

    number: int
    sets: int | None
    count: int
    planned: int
    good: int
    judged: int
    load: float | None
    reps: tuple[RepView, ...] = ()
    recount: Recount | None = None
    lowering_s: float | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """The pause after a set, in s. ``left_s`` goes below zero when it is over."""

    left_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Span:
    """A phase between two times in s, and its target band in degrees, if it has one."""

    phase: Phase
    t_start: float
    t_end: float
    band: tuple[float, float] | None = None
