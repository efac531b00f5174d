"""Whether all is ready for a set: sensors, calibration, sound, batteries. It may block judging, never training."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from gui.models.sensors import LOW_BATTERY_PERCENT
from processing.calibration.grade import CalibrationGrade
from processing.types import STREAMS, SensorStatus
from sensor.types import Segment

if (
    TYPE_CHECKING
):  # It loads the session, which a command that only shows a recording does not need.
    from gui.models.live import LiveModel


class Heard(Enum):
    """The state of the sound."""

    ON = auto()
    OFF = auto()
    """The person switched it off."""
    NONE = auto()
    """It is wanted, and there is no output that plays it."""


class NotReady(Enum):
    """A lack, the worst first."""

    SENSOR = auto()
    """A sensor does not stream: nothing is judged without it."""
    STRAPPED = auto()
    """The sensors were strapped on again: nothing is judged until a calibration."""
    NOT_CALIBRATED = auto()
    """No calibration is in force: nothing is judged."""
    NOT_USABLE = auto()
    """The calibration is not usable: nothing is judged."""
    BATTERY = auto()
    """A battery is nearly empty."""
    SOUND = auto()
    """Sound is wanted and cannot be heard."""


BLOCKS_JUDGING = frozenset(
    {NotReady.SENSOR, NotReady.STRAPPED, NotReady.NOT_CALIBRATED, NotReady.NOT_USABLE}
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state of all that a set needs."""

    missing: tuple[NotReady, ...]
    """The lacks, the worst first; empty if all is ready."""
    streaming: int
    """Sensors that stream."""
    worn: int
    """Sensors of the session."""
    silent: Segment | None
    """The first sensor that does not stream; None for none."""
    calibrated_s: float | None
    """Age of the calibration, s; None without one."""
    heard: Heard
    """The state of the sound."""
    battery: tuple[Segment, float] | None
    """The lowest charge of a sensor, %, and where it is worn; None where none tells it."""

    @property
    def judged(self) -> bool:
        """Whether the reps of a set would be judged."""
        return not BLOCKS_JUDGING & set(self.missing)


def readiness(live: "LiveModel", now_s: float, heard: Heard) -> Readiness:
    """Return whether all is ready for a set.

    Parameters
    ----------
    live
        The newest values of the session.
    now_s
        Session time, s.
    heard
        The state of the sound.
    """
    silent = [segment for segment, seen in live.sensors.items() if not _streams(seen)]
    battery = _lowest(live.sensors)
    missing: list[NotReady] = []
    if silent:
        missing.append(NotReady.SENSOR)
    if live.calibrated is None:
        missing.append(NotReady.NOT_CALIBRATED)
    elif live.strapped:
        missing.append(NotReady.STRAPPED)
    elif live.calibration.grade is CalibrationGrade.NOT_USABLE:
        missing.append(NotReady.NOT_USABLE)
    if battery is not None and battery[1] < LOW_BATTERY_PERCENT:
        missing.append(NotReady.BATTERY)
    if heard is Heard.NONE:
        missing.append(NotReady.SOUND)
    return Readiness(
        missing=tuple(missing),
        streaming=len(live.sensors) - len(silent),
        worn=len(live.sensors),
        silent=min(silent) if silent else None,
        calibrated_s=live.calibration_age_s(now_s),
        heard=heard,
        battery=battery,
    )


def _streams(seen: SensorStatus) -> bool:
    # A recording and a simulation have no links.
    return not seen.state or seen.state in STREAMS


def _lowest(sensors: Mapping[Segment, SensorStatus]) -> tuple[Segment, float] | None:
    known = [
        (segment, seen.battery_percent)
        for segment, seen in sensors.items()
        if seen.battery_percent is not None
    ]
    return min(known, key=lambda one: one[1], default=None)
