"""The features of a protocol beyond its list of sets."""

from enum import StrEnum

from processing.coach.plan_sets import toes_of
from processing.coach.protocol import Protocol
from processing.coach.stop_rule import StopRule
from processing.judge.thresholds import Thresholds


class Kept(StrEnum):
    """A feature of a protocol that the list does not show; a copy keeps it."""

    TOES = "toes"
    """Positions of the toes that are not those of the kind of set."""
    TO_FAILURE = "to failure"
    ADVISED_LOAD = "advised load"
    STOP_RULE = "stop rule"
    RATIO = "ratio"
    RAMP_IN = "ramp-in"
    BANDS = "bands"
    HARD_POINTING = "hard pointing"
    LIMITS = "limits"
    PACE = "pace"
    WEEKS = "weeks"
    WARNING = "warning"


def kept_features(protocol: Protocol) -> tuple[Kept, ...]:
    """Return what the list of ``protocol`` does not show, in a fixed order."""
    sets = protocol.sets
    found = {
        Kept.TOES: any((s.lift, s.lower) != toes_of(s.type) for s in sets),
        Kept.TO_FAILURE: any(s.to_failure for s in sets),
        Kept.ADVISED_LOAD: any(s.intensity_percent is not None for s in sets),
        Kept.STOP_RULE: any(s.stop != StopRule() for s in sets),
        Kept.RATIO: protocol.ratio is not None,
        Kept.RAMP_IN: protocol.ramp_in is not None,
        Kept.BANDS: bool(protocol.bands),
        Kept.HARD_POINTING: protocol.hard_pf,
        Kept.LIMITS: protocol.thresholds != Thresholds(),
        Kept.PACE: protocol.pace_per_minute is not None,
        Kept.WEEKS: protocol.per_week is not None or protocol.weeks is not None,
        Kept.WARNING: bool(protocol.warning),
    }
    return tuple(kept for kept, there in found.items() if there)
