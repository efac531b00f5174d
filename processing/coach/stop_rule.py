"""Stop rules of a set: when control or quality gets lost, the coach announces the last rep. It ends nothing.

A rule is off unless the protocol, or the plan of the set, names it. Those of control compare the last two
reps with the first two of the set, as the numbers of the set do; that of quality counts its missed reps.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from processing.coach.cues import Cue, CueKind
from processing.coach.facts import Facts
from processing.coach.speech import PauseMark, Phrase, Speech
from processing.judge.break_point import BreakPoint
from processing.judge.checks import Grade
from processing.judge.set_metrics import break_points, control_loss_percent
from processing.judge.verdict import Verdict
from sensor.errors import SettingError

LossPercent: TypeAlias = Annotated[float, Meta(ge=5.0, le=90.0)]
RiseDeg: TypeAlias = Annotated[float, Meta(ge=5.0, le=120.0)]
MissedReps: TypeAlias = Annotated[int, Meta(ge=1, le=50)]
_STALE_S = 3.0
"""The announcement waits for the count before it, s; later the next rep runs."""


class StopKey(StrEnum):
    """The stop rules, as recordings name them."""

    CONTROL_LOSS = "control loss"
    BREAK_POINT = "break point"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class StopRule:
    """The limits at which a set should end; None: not watched. A table ``stop`` of a protocol."""

    control_loss_percent: LossPercent | None = None
    """The last two lowerings are this much shorter than the first two, %."""
    break_rise_deg: RiseDeg | None = None
    """Control of the last two lowerings is lost this much higher than of the first two, °."""
    missed_reps: MissedReps | None = None
    """So many reps of the set were missed."""

    def __post_init__(self) -> None:
        for key, value, low, high in (
            ("control_loss_percent", self.control_loss_percent, 5.0, 90.0),
            ("break_rise_deg", self.break_rise_deg, 5.0, 120.0),
            ("missed_reps", self.missed_reps, 1, 50),
        ):
            if value is not None and not low <= value <= high:
                raise SettingError(key, value, f"a number from {low:g} to {high:g}")


@dataclass(frozen=True, slots=True)
class StopReached:
    """A stop rule whose limit is reached, which the coach announces."""

    t: float
    """Time at which the rule fired, s."""
    key: StopKey
    """The rule."""
    value: float
    """The measured value, in the unit of the rule."""
    limit: float
    """Its limit."""

    @property
    def speech(self) -> Speech:
        """The announcement: ``control loss twenty-five percent: last one``, ``three reps missed: last one``."""
        last = PauseMark.COLON, Phrase.LAST_ONE
        if self.key is StopKey.QUALITY:
            reps = round(self.value)
            return (reps, Phrase.REP if reps == 1 else Phrase.REPS, Phrase.MISSED, *last)
        unit = Phrase.PERCENT if self.key is StopKey.CONTROL_LOSS else Phrase.DEGREES_SOONER
        return (Phrase.CONTROL_LOSS, round(self.value), unit, *last)

    @property
    def facts(self) -> Facts:
        """The rule with its numbers, for the recording."""
        unit = _UNITS[self.key]
        return (
            ("rule", self.key.value),
            (f"value_{unit}", self.value),
            (f"limit_{unit}", self.limit),
        )


_UNITS = {StopKey.CONTROL_LOSS: "percent", StopKey.BREAK_POINT: "deg", StopKey.QUALITY: "reps"}
"""Unit of the value and limit of a rule, as the names of fields in a recording end."""


class StopWatch:
    """The stop rule of one set; it announces once.

    Parameters
    ----------
    rule
        The rule of the set.
    """

    def __init__(self, rule: StopRule) -> None:
        self.rule = rule
        self._lowerings_s: list[float] = []
        self._points: list[BreakPoint] = []
        self._missed = 0
        self._announced = False

    def feed(self, t: float, verdict: Verdict) -> StopReached | None:
        """Take the verdict on the next rep at ``t`` s; return the rule whose limit is reached first."""
        # A rep with a gap shows neither how long its lowering was nor where it broke nor how good it was.
        if verdict.rep.partial or not verdict.rep.judged:
            return None
        self._lowerings_s.append(verdict.measures.eccentric_s)
        self._points.append(verdict.measures.break_point)
        self._missed += verdict.grade is Grade.MISS
        reached = None if self._announced else self._reached(t)
        self._announced = self._announced or reached is not None
        return reached

    def _reached(self, t: float) -> StopReached | None:
        percent, limit = control_loss_percent(self._lowerings_s), self.rule.control_loss_percent
        if limit is not None and percent is not None and percent >= limit:
            return StopReached(t, StopKey.CONTROL_LOSS, percent, limit)
        rise, limit = break_points(self._points).change, self.rule.break_rise_deg
        if limit is not None and rise is not None and math.degrees(rise) >= limit:
            return StopReached(t, StopKey.BREAK_POINT, math.degrees(rise), limit)
        most = self.rule.missed_reps
        if most is not None and self._missed >= most:
            return StopReached(t, StopKey.QUALITY, self._missed, most)
        return None


def stop_cue(reached: StopReached) -> Cue:
    """Return the announcement of a stop rule."""
    t = reached.t
    return Cue(CueKind.STOP, t, t + _STALE_S, reached.speech, None, reached.speech, reached.facts)
