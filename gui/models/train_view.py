"""The values that Train shows, without Qt; their words are in ``gui.pages.train.train_words``."""

from dataclasses import dataclass
from enum import Enum, auto

from gui.models.notices import Notice
from processing.coach.count_watch import CountTrouble
from processing.coach.stop_rule import StopReached
from processing.judge.bands import Band
from processing.judge.checks import Grade
from processing.judge.reasons import Reason
from processing.judge.recount import Recount
from processing.types import Phase
from sensor.types import Segment


class Face(Enum):
    """The state of Train that a person sees at one glance."""

    NO_SESSION = auto()
    STARTING = auto()
    NOT_CALIBRATED = auto()
    CALIBRATING = auto()
    SETTING_UP = auto()
    READY = auto()
    IN_SET = auto()
    RESTING = auto()
    STOPPED = auto()
    """Stopped for a cramp."""
    REFUSED = auto()
    """The coach advises against training today."""
    DONE = auto()
    """All planned sets are done; the session still runs."""
    OVER = auto()
    IN_TRIALS = auto()
    """The exercise measures ranges in trials, which have a page of their own: nothing is counted here."""


class Alarm(Enum):
    """A kind of trouble in a running session."""

    LOST = auto()
    """No angle: a sensor is silent."""
    STRAPPED = auto()
    """The sensors were strapped on again and not calibrated since."""
    UNCOUNTED = auto()
    """Reps cannot be counted."""
    NO_DRIVING = auto()
    """A sensor is not worn without which the exercise has no driving angle: nothing is counted."""
    STOP = auto()
    """No trouble: a stop rule of the set is reached, and the next rep should be the last."""
    TOO_SMALL = auto()
    """The person's range is too small to tell toes up from toes pointed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An alarm with its sensors."""

    alarm: Alarm
    """Its kind."""
    segments: tuple[Segment, ...] = ()
    """Empty if the sensors are not known."""
    uncounted: CountTrouble | None = None
    """Why reps cannot be counted, None for any other alarm."""
    stop: StopReached | None = None
    """The stop rule that is reached, None for any other alarm."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The values that are read from three metres."""

    face: Face
    """The state of the page."""
    phase: Phase = Phase.IDLE
    """IDLE without a set."""
    ankle_deg: float | None = None
    """Positive with the toes up; None without an angle."""
    curl_deg: float | None = None
    """None without an angle."""
    driving_deg: float | None = None
    """The driving angle of the exercise; None without an angle."""
    wanted: Band | None = None
    """The band in which the toes should be now; None for any."""
    held: bool = False
    """Whether the toes are in it."""
    target_deg: float | None = None
    """The edge of that band."""
    band: tuple[float, float] | None = None
    """Low and high end of that band, in degrees."""
    other_band: tuple[float, float] | None = None
    """The band of the other phase, in degrees."""
    elapsed_s: float | None = None
    """Time since the phase or the rest began; None for none."""
    target_s: float = 0.0
    """Asked length of the phase or the rest; 0 for none."""
    fast: bool = False
    """Whether the phase should be as quick as control allows, with ``target_s`` as its limit."""
    movement: str = ""
    """The movement of a running calibration; empty for none."""
    trouble: Trouble | None = None
    """The worst trouble; None for none."""
    notice: Notice | None = None
    """The input that was taken just now; None for none."""


@dataclass(frozen=True, slots=True)
class RepView:
    """A rep of the set: done (with a grade), running, or still to come."""

    number: int
    """Among the counted reps."""
    grade: Grade | None = None
    """None until the rep is done."""
    partial: bool = False
    """Whether it is a partial rep."""
    phase: Phase = Phase.IDLE
    """The phase of a running rep."""
    lowering_s: float | None = None
    """None before the lowering."""
    target_s: float = 0.0
    """Asked time of the lowering; 0 for none."""
    ankle_deg: float | None = None
    """Median of the lowering."""
    range_deg: float | None = None
    """Range of the driving angle."""
    reason: Reason | None = None
    """The reason to show and say; None for none."""
    noticed_t: float | None = None
    """Session time at which the rep was seen to be over, s; None if it was found afterwards."""


@dataclass(frozen=True, slots=True)
class SetProgress:
    """The progress of the current set, or of the last one."""

    number: int
    """From 1."""
    sets: int | None
    """Planned sets of the session; None if the end is open."""
    count: int
    """Whole reps."""
    planned: int
    """Planned reps; 0 in a set until the person stops."""
    good: int
    """Good reps."""
    judged: int
    """Judged reps."""
    load: float | None
    """In the person's unit; None if not known."""
    reps: tuple[RepView, ...] = ()
    """Reps done, running and to come."""
    recount: Recount | None = None
    """Changes of the live count by the recount; None before the set is over."""
    lowering_s: float | None = None
    """Mean time of the lowerings; None without reps."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest after a set."""

    left_s: float
    """Below zero when the rest is over."""
    total_s: float
    """Planned length."""


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase of the last seconds."""

    phase: Phase
    """Not IDLE."""
    t_start: float
    """Session time, s."""
    t_end: float
    """Session time, s."""
    band: tuple[float, float] | None = None
    """Low and high end of its band, in degrees; None for none."""
