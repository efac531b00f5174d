"""The values that the processing hands on. Radians and seconds inside; degrees only at the edge.

Signs: the ankle angle is positive in dorsiflexion and zero at the neutral pose; the curl angle is
zero at the start pose (knee straight) and grows while curling.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from sensor.types import BoolArray, FloatArray, JsonValue, Segment


@dataclass(frozen=True, slots=True)
class LinkSamples:
    """Samples of one more sensor on the grid of a :class:`PairedBlock`, in the same units."""

    acc: FloatArray
    gyr: FloatArray
    valid: BoolArray
    clipped: BoolArray


@dataclass(frozen=True, slots=True)
class PairedBlock:
    """Samples of shin and foot on one uniform time grid.

    ``t`` (n,) in s; ``*_acc`` (n, 3) in m/s² and ``*_gyr`` (n, 3) in rad/s in each sensor's own
    frame. Each grid sample is the mean over the grid interval that ends at ``t``, so that the gyro
    integrates exactly. ``*_valid`` (n,) is False where a sensor has no samples within 50 ms; the
    values there are zero. ``*_clipped`` (n,) marks samples at full scale. ``thigh`` is the third
    sensor, None where none is worn.
    """

    t: FloatArray
    shin_acc: FloatArray
    shin_gyr: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    shin_valid: BoolArray
    foot_valid: BoolArray
    shin_clipped: BoolArray
    foot_clipped: BoolArray
    thigh: LinkSamples | None = None


@dataclass(frozen=True, slots=True)
class AngleBlock:
    """Ankle and curl angle on the grid.

    ``t`` (n,) s; ``ankle``, ``curl`` (n,) rad; ``ankle_rate``, ``curl_rate`` (n,) rad/s; ``valid``
    (n,) False where a sensor was silent or nothing is calibrated; ``uncertainty`` (n,) rad, the
    half-width that should hold the true ankle angle in 95 of 100 samples. Where a sensor is worn on
    the thigh, ``curl`` is the true bending of the knee, and ``shin_turn`` (n,) rad how far the shin
    has turned; without one the two are the same.
    """

    t: FloatArray
    ankle: FloatArray
    curl: FloatArray
    ankle_rate: FloatArray
    curl_rate: FloatArray
    valid: BoolArray
    uncertainty: FloatArray
    shin_turn: FloatArray = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        if len(self.shin_turn) != len(self.t):
            object.__setattr__(self, "shin_turn", self.curl)


Block = TypeVar("Block", PairedBlock, AngleBlock, LinkSamples)
Samples: TypeAlias = npt.NDArray[Any]


class Phase(StrEnum):
    """Where in a rep the leg is."""

    IDLE = "idle"
    """Not in a set, or not ready."""
    BOTTOM = "bottom"
    """Knee straight, before or between reps."""
    CONCENTRIC = "concentric"
    """The lift: the curl angle grows."""
    TOP = "top"
    """Held at the peak."""
    ECCENTRIC = "eccentric"
    """The lowering."""


class Ending(StrEnum):
    """Why the leg came out of a set."""

    RESTED = "no movement"
    """It lay still at the bottom for so long."""
    LEFT = "the start pose was left"
    EXPIRED = "too long for a rep"
    MARKED = "marked"
    """A set was marked as begun or ended."""
    CALIBRATION = "calibration"


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """The leg entered ``phase`` at ``t`` s (back-dated); it was noticed at ``noticed_t`` s.

    ``ending`` says why, if it came out of a set; None for every phase but idle.
    """

    t: float
    phase: Phase
    noticed_t: float
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition: the times of its phases in s and what was measured in them.

    The phases are contiguous: concentric from ``t_start`` to ``t_top``, top until ``t_ecc``,
    eccentric until ``t_bottom``, bottom until ``t_end``. ``rom`` is the curl range in rad;
    ``ankle_con`` and ``ankle_ecc`` are the median ankle angles in rad of the two moving phases.
    ``partial`` reps are kept but not counted; ``judged`` is False where data are missing, and
    ``reason`` then says why. ``final`` is True for the refined segmentation of a finished set;
    live, ``noticed_t`` s is when the rep was known to be complete.
    """

    number: int
    t_start: float
    t_top: float
    t_ecc: float
    t_bottom: float
    t_end: float
    rom: float
    ankle_con: float
    ankle_ecc: float
    partial: bool = False
    judged: bool = True
    reason: str = ""
    final: bool = False
    noticed_t: float | None = None


def counted(reps: Sequence[Rep]) -> list[Rep]:
    """Return the reps that count: all but partial ones."""
    return [rep for rep in reps if not rep.partial]


@dataclass(frozen=True, slots=True)
class SensorSilent:
    """A sensor has been silent since ``t_start`` s; at ``noticed_t`` s that was too long."""

    segment: Segment
    t_start: float
    noticed_t: float


@dataclass(frozen=True, slots=True)
class Dropout:
    """A sensor's samples are missing between ``t_start`` and ``t_end`` s.

    Of a sensor without clock and counter the loss is only noticed ``unnoticed_s`` later: it happened so
    long before ``t_start``, and what was measured since then is placed too early by its length.
    """

    segment: Segment
    t_start: float
    t_end: float
    lost: int
    unnoticed_s: float = 0.0

    @property
    def missing_s(self) -> float:
        """The time that the lost samples stand for."""
        return (self.t_end - self.t_start) * self.lost / (self.lost + 1)


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """An event took effect at ``t`` s: a set began, a key was pressed, a link broke.

    ``kind`` is one of :class:`sensor.types.EventKind`, ``data`` what was said with it.
    """

    t: float
    kind: str
    data: Mapping[str, JsonValue]


STREAMS = ("", "streaming")
"""The states of a link that stands; a source without links says nothing of it."""
LEAST_SHARE_ARRIVING = 0.5


@dataclass(frozen=True, slots=True)
class SensorStatus:
    """How a sensor stands at ``t`` s.

    ``state`` is the state of its link in a word (empty for a source without links);
    ``lost_percent`` counts from the start of the session. ``shaken`` is True while a person shakes
    this sensor and no other, to tell which one it is. ``asked_hz`` is the rate that it was asked
    for, ``arriving_hz`` how many samples a second came of late, None before that can be said.
    """

    t: float
    segment: Segment
    state: str
    rate_hz: float | None
    lost_percent: float
    battery_percent: float | None
    shaken: bool = False
    asked_hz: float | None = None
    arriving_hz: float | None = None

    @property
    def too_slow(self) -> bool:
        """Whether less than half of what it was asked for arrives, while its link stands.

        As of a sensor that went back to the rate it has from the factory: no rep could be judged.
        """
        if self.asked_hz is None or self.arriving_hz is None or self.state not in STREAMS:
            return False
        return self.arriving_hz < LEAST_SHARE_ARRIVING * self.asked_hz


def join_blocks(blocks: Sequence[Block]) -> Block:
    """Return consecutive ``blocks`` of one type as one. There must be at least one."""
    if len(blocks) == 1:
        return blocks[0]
    return type(blocks[0])(
        *(_joined([getattr(b, f.name) for b in blocks]) for f in fields(blocks[0]))
    )


def slice_block(block: Block, start: int, stop: int) -> Block:
    """Return the samples ``start:stop`` of ``block`` as views."""
    first = getattr(block, fields(block)[0].name)
    if start == 0 and stop == len(first):
        return block
    return type(block)(*(_sliced(getattr(block, f.name), start, stop) for f in fields(block)))


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
