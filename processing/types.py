"""The values that pass between the rooms. Radians and seconds inside; degrees only at the edge.

Signs: the ankle angle is positive in dorsiflexion and zero at the neutral pose; the curl angle is
zero at the start pose (knee straight) and grows as the knee bends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from sensor.types import BoolArray, FloatArray, JsonValue, Segment, frozen_bool

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


PARTLY_KNOWN = 1
"""So many more grid samples than a sensor's own are missing in a gap, at least: at its ends parts of their
intervals are known."""


@dataclass(frozen=True, slots=True)
class LinkSamples:
    """Samples of a further sensor on the grid of a :class:`PairedBlock`, in the same units."""

    acc: FloatArray
    """(n, 3) m/s², sensor frame."""
    gyr: FloatArray
    """(n, 3) rad/s, sensor frame."""
    valid: BoolArray
    """(n,) False where the sensor has no samples within 50 ms."""
    clipped: BoolArray
    """(n,) True where the sensor is at full scale."""


@dataclass(frozen=True, slots=True)
class PairedBlock:
    """Samples of shin and foot on one uniform time grid, each in its own sensor's frame.

    Each grid sample is the mean over the grid interval that ends at ``t``, so that the sum of the
    gyro samples is exactly the angle turned.
    """

    t: FloatArray
    """(n,) s since the start of the session."""
    shin_acc: FloatArray
    """(n, 3) m/s²."""
    shin_gyr: FloatArray
    """(n, 3) rad/s."""
    foot_acc: FloatArray
    """(n, 3) m/s²."""
    foot_gyr: FloatArray
    """(n, 3) rad/s."""
    shin_valid: BoolArray
    """(n,) False where the sensor has no samples within 50 ms; the values there are zero."""
    foot_valid: BoolArray
    """(n,) like ``shin_valid``."""
    shin_clipped: BoolArray
    """(n,) True where the sensor is at full scale."""
    foot_clipped: BoolArray
    """(n,) like ``shin_clipped``."""
    thigh: LinkSamples | None = None
    """The third sensor, None where none is worn."""
    pelvis: LinkSamples | None = None
    """The sensor on the pelvis, None where none is worn."""


@dataclass(frozen=True, slots=True)
class AngleBlock:
    """Ankle and curl angle on the grid."""

    t: FloatArray
    """(n,) s since the start of the session."""
    ankle: FloatArray
    """(n,) rad, dorsiflexion positive."""
    curl: FloatArray
    """(n,) rad: the knee angle if a sensor is worn on the thigh, else the shin turn."""
    ankle_rate: FloatArray
    """(n,) rad/s."""
    curl_rate: FloatArray
    """(n,) rad/s."""
    valid: BoolArray
    """(n,) where the ankle angle is known: False where a sensor beside the ankle was silent or nothing
    is calibrated, and after a gap as long as that makes a difference."""
    uncertainty: FloatArray
    """(n,) rad, the half-width meant to hold the true ankle angle in 95 of 100 samples."""
    shin_turn: FloatArray = field(default_factory=lambda: np.empty(0))
    """(n,) rad turned by the shin about the knee axis since the start pose; else ``curl``."""
    driving: FloatArray = field(default_factory=lambda: np.empty(0))
    """(n,) rad: the angle whose rise and fall make a rep of the exercise in hand; else ``curl``."""
    driving_rate: FloatArray = field(default_factory=lambda: np.empty(0))
    """(n,) rad/s: its rate; else ``curl_rate``."""
    curl_valid: BoolArray = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    """(n,) where the curl angle is known; else ``valid``. A thigh sensor that is lost costs the curl
    angle only."""
    driving_valid: BoolArray = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    """(n,) where the driving angle is known; else ``curl_valid``."""
    shin_rate: FloatArray = field(default_factory=lambda: np.empty(0))
    """(n,) rad/s: the rate of ``shin_turn``; else ``curl_rate``."""
    settling: BoolArray = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    """(n,) where the ankle angle is not valid but known within its uncertainty, after a gap so short that
    it was bridged; else nowhere."""

    def __post_init__(self) -> None:
        for name, otherwise in _OTHERWISE:
            if len(getattr(self, name)) != len(self.t):
                object.__setattr__(self, name, getattr(self, otherwise))
        if len(self.settling) != len(self.t):
            object.__setattr__(self, "settling", frozen_bool(np.zeros(len(self.t))))

    @property
    def both_valid(self) -> BoolArray:
        """(n,) where ankle and driving angle are known."""
        return self.valid & self.driving_valid

    @property
    def both_judged(self) -> BoolArray:
        """(n,) where both are known as well as it takes to measure and judge reps."""
        return (self.valid | self.settling) & self.driving_valid


_OTHERWISE = (
    ("shin_turn", "curl"),
    ("driving", "curl"),
    ("driving_rate", "curl_rate"),
    ("curl_valid", "valid"),
    ("driving_valid", "curl_valid"),
    ("shin_rate", "curl_rate"),
)
"""The fields of an :class:`AngleBlock` that may be left out, and the one that then stands in."""
Block = TypeVar("Block", bound="DataclassInstance")
"""A frozen dataclass of columns."""
Samples: TypeAlias = npt.NDArray[Any]


class Phase(StrEnum):
    """A phase of a rep, or none."""

    IDLE = "idle"
    """Not in a set, or not ready."""
    BOTTOM = "bottom"
    """Knee straight, before or between reps."""
    CONCENTRIC = "concentric"
    """The lift: the driving angle grows."""
    TOP = "top"
    """Held at the peak."""
    ECCENTRIC = "eccentric"
    """The lowering."""


class Lift(StrEnum):
    """The set that a lift from rest belongs to."""

    NEW = "new set"
    """It begins a set."""
    SAME = "same set"
    """It goes on with the set before it, which may have been over."""
    UNSURE = "unsure"
    """No rep was ever done from this pose: only a second whole rep makes it a set."""


class Ending(StrEnum):
    """The reason why the leg is no longer in a set."""

    RESTED = "no movement"
    """The leg lay at the bottom for so long that no lift goes on with the set."""
    LEFT = "the start pose was left"
    """The leg moved away from the start pose: the person got up."""
    EXPIRED = "too long for a rep"
    """A movement took longer than any rep."""
    MARKED = "marked"
    """The start or the end of a set was marked."""
    CALIBRATION = "calibration"
    """A calibration began or ended."""


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """The start of a phase."""

    t: float
    """When it began, s; dated back."""
    phase: Phase
    """The phase that began."""
    noticed_t: float
    """When that was noticed, s."""
    ending: Ending | None = None
    """Why the set ended, None unless this change ended one."""
    lift: Lift | None = None
    """The set that a movement out of the start pose belongs to, None for every other change."""
    lowers_first: bool = False
    """Whether the reps of the exercise begin with the lowering, so that the start pose is the top."""

    @property
    def rests(self) -> bool:
        """Whether the leg is in the start pose from here on, or back in it."""
        return self.phase is (Phase.TOP if self.lowers_first else Phase.BOTTOM)

    @property
    def leaves(self) -> bool:
        """Whether this is the first movement of a rep, or goes on with it."""
        return self.phase is (Phase.ECCENTRIC if self.lowers_first else Phase.CONCENTRIC)


class WithheldCause(StrEnum):
    """The causes for which a rep is not judged, whatever its angles are."""

    GAP = "gap"
    """Samples are missing in a moving phase."""
    BY_HAND = "by hand"
    """A person set its times, and nothing has been measured between them yet."""
    NO_SAMPLES = "no samples"
    """There are no valid samples between its times."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The reason that a rep is not judged."""

    cause: WithheldCause
    """Which of them it is."""
    gap_s: float = 0.0
    """Length of the longest gap in a moving phase, s; 0 for every other cause."""
    segments: tuple[Segment, ...] = ()
    """The sensors that lost the samples of the gap; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition: the times of its phases, which are contiguous, and what was measured.

    In an exercise whose reps begin with the lowering, ``t_ecc`` and ``t_bottom`` come before ``t_start``
    and ``t_top``, and the rest after the rep is at the top.
    """

    number: int
    """Count within the set, from 1; a partial rep has the number of the last one that counts."""
    t_start: float
    """Start of the lift, s."""
    t_top: float
    """End of the lift, start of the hold at the top, s."""
    t_ecc: float
    """Start of the lowering, s."""
    t_bottom: float
    """End of the lowering, start of the rest at the bottom, s."""
    t_end: float
    """End of the rest after the rep, s; live and in the last rep of a set the end of its last movement."""
    rom: float
    """Range of the driving angle, rad."""
    ankle_con: float
    """Median ankle angle in the lift, rad."""
    ankle_ecc: float
    """Median ankle angle in the lowering, rad."""
    partial: bool = False
    """Whether it is kept without being counted: its range or its duration is none of a rep."""
    withheld: Withheld | None = None
    """Why the rep is not judged, None if it is."""
    noticed_t: float | None = None
    """When the live detector knew that the rep was complete, s; None if it was found offline."""
    rested_t: float | None = None
    """End of the rep before it, s, as the whole rest between the two shows it; None where that says no more
    than that rep did, and in reps that were found offline."""

    @property
    def lowers_first(self) -> bool:
        """Whether the lowering comes before the lift."""
        return self.t_ecc < self.t_start

    @property
    def t_begin(self) -> float:
        """Start of the first movement, s."""
        return min(self.t_start, self.t_ecc)

    @property
    def t_turn(self) -> float:
        """End of the first movement, s: it is in the middle of the rep."""
        return self.t_bottom if self.lowers_first else self.t_top

    @property
    def t_over(self) -> float:
        """End of the last movement, s."""
        return max(self.t_top, self.t_bottom)

    @property
    def top_s(self) -> float:
        """Duration of the hold at the top, s; 0 while it follows the rep and is not known."""
        return self.t_end - self.t_top if self.lowers_first else self.t_ecc - self.t_top

    @property
    def bottom_s(self) -> float:
        """Duration of the rest at the bottom, s; 0 while it follows the rep and is not known."""
        return self.t_start - self.t_bottom if self.lowers_first else self.t_end - self.t_bottom

    @property
    def judged(self) -> bool:
        """Whether the rep may be judged."""
        return self.withheld is None


def counted(reps: Sequence[Rep]) -> list[Rep]:
    """Return the reps that count: all but partial ones."""
    return [rep for rep in reps if not rep.partial]


@dataclass(frozen=True, slots=True)
class SensorSilent:
    """A stall: a sensor sends nothing, and has not for too long."""

    segment: Segment
    """Segment that wears the sensor."""
    t_start: float
    """When its last sample came, s."""
    noticed_t: float
    """When the silence had become too long, s."""


@dataclass(frozen=True, slots=True)
class Dropout:
    """A loss: samples of a sensor that never arrived.

    A sensor without clock and counter shows a loss only some time after it happened. The samples in
    between have been placed too early, by what is missing.
    """

    segment: Segment
    """Segment that wears the sensor."""
    t_start: float
    """Time of the last sample before the loss, s."""
    t_end: float
    """Time of the first sample after the loss, s."""
    lost: int
    """Number of missing samples."""
    unnoticed_s: float = 0.0
    """Time from the loss to ``t_start``, s; 0 if it was noticed at once."""

    @property
    def lost_t(self) -> float:
        """When the samples were lost, s: unlike ``t_start`` if it was noticed late."""
        return self.t_start - self.unnoticed_s

    @property
    def missing_s(self) -> float:
        """The time that the lost samples stand for, s."""
        return (self.t_end - self.t_start) * self.lost / (self.lost + 1)


@dataclass(frozen=True, slots=True)
class RevisedAngles:
    """The angles again from a loss until its late notice: their samples had wrong times."""

    angles: AngleBlock
    """They replace those of the same times."""


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """An event that took effect: a set began, a key was pressed, a link broke."""

    t: float
    """When it took effect, s since the start of the session."""
    kind: str
    """One of :class:`sensor.types.EventKind`."""
    data: Mapping[str, JsonValue]
    """The fields of the event."""


STREAMS = ("", "streaming")
"""The states of a link that stands; a source without links has the empty one."""
LEAST_SHARE_ARRIVING = 0.5
"""Below this share of the rate that a sensor was asked for, no rep could be judged.

Some sensors go back to the rate they have from the factory.
"""


@dataclass(frozen=True, slots=True)
class SensorStatus:
    """The state of a sensor at one time."""

    t: float
    """Time, s since the start of the session."""
    segment: Segment
    """Segment that wears the sensor."""
    state: str
    """State of its link in a word, empty for a source without links."""
    rate_hz: float | None
    """Rate that its clock shows, None if not known yet."""
    lost_percent: float
    """Share of lost samples since the start of the session."""
    battery_percent: float | None
    """Charge of its battery, None if it does not say."""
    shaken: bool = False
    """Whether a person shakes this sensor and no other, to tell which one it is."""
    asked_hz: float | None = None
    """Rate that it was asked for, None if not known."""
    arriving_hz: float | None = None
    """Samples per second that arrived recently, None until that is known."""
    double_taps: int = 0
    """Double taps of a finger on it since the start of the session."""

    @property
    def too_slow(self) -> bool:
        """Whether less than half of the rate it was asked for arrives while its link stands."""
        if self.asked_hz is None or self.arriving_hz is None or self.state not in STREAMS:
            return False
        return self.arriving_hz < LEAST_SHARE_ARRIVING * self.asked_hz


def join_blocks(blocks: Sequence[Block]) -> Block:
    """Return consecutive ``blocks`` of one type, at least one, as one block."""
    if len(blocks) == 1:
        return blocks[0]
    # One array may stand for several fields, as the curl for the driving angle: it is joined once.
    joined: dict[tuple[int, ...], Any] = {}
    values = []
    for name in blocks[0].__dataclass_fields__:
        parts = [getattr(block, name) for block in blocks]
        key = tuple(map(id, parts))
        if key not in joined:
            joined[key] = _joined(parts)
        values.append(joined[key])
    return type(blocks[0])(*values)


def slice_block(block: Block, start: int, stop: int) -> Block:
    """Return the samples ``start:stop`` of ``block`` as views."""
    names = tuple(block.__dataclass_fields__)
    if start == 0 and stop == len(getattr(block, names[0])):
        return block
    sliced: dict[int, Any] = {}
    values = []
    for part in (getattr(block, name) for name in names):
        if id(part) not in sliced:
            sliced[id(part)] = _sliced(part, start, stop)
        values.append(sliced[id(part)])
    return type(block)(*values)


def _joined(parts: Sequence[Any]) -> Any:
    if any(part is None for part in parts):
        return None
    if isinstance(parts[0], LinkSamples):
        return join_blocks(parts)
    return _read_only(np.concatenate(parts))


def _sliced(part: Any, start: int, stop: int) -> Any:
    if part is None:
        return None
    return slice_block(part, start, stop) if isinstance(part, LinkSamples) else part[start:stop]


def _read_only(array: Samples) -> Samples:
    array.flags.writeable = False
    return array
