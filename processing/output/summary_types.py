"""The layout of ``toepoint analyse --json``; ``docs/analysis.schema.json`` is made from it.

Times are in s since the start of the session, angles in degrees. None becomes null.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType

from processing.calibration.grade import CalibrationGrade
from processing.coach.protocol import SetType
from processing.judge.break_point import Control
from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.ranges.measures import Knee, Measure
from processing.review.angle_remarks import AngleFlag
from sensor.types import Segment

SCHEMA_NAME: Final = "toepoint.analysis"
"""Name of the layout, by which a reader recognises it."""
SCHEMA_VERSION: Final = 1
"""Rises when a field changes its meaning or goes."""

Origin: TypeAlias = Annotated[
    str,
    Meta(
        extra_json_schema={
            "enum": ["marked movements", "the recording's own movement", "given", "none"]
        }
    ),
]
"""Text in :class:`~processing.review.analysis.Analysis`, and one of four."""
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Limits: TypeAlias = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorSummary:
    """The samples of one sensor."""

    segment: Segment
    """Segment that wears the sensor"""
    family: str
    """Make of the sensor"""
    name: str
    """The name that the sensor reports; may be empty"""
    received_samples: Count
    """Samples that arrived"""
    lost_samples: Count
    """Known to be missing, or estimated where the sensor has no clock"""
    malformed_messages: Count
    """Messages that could not be decoded"""
    rate_hz: float | None
    """Estimated true rate"""
    longest_gap_s: float
    """Longest time without samples"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSummary:
    """The last calibration: its origin, its quality and its zero.

    The fields that may be missing are there only if there is a calibration.
    """

    origin: Origin
    """Source of the calibration"""
    quality: dict[str, float] | None
    """Numbers with their unit in the name"""
    # Unset and not null: without a calibration these fields do not exist.
    knee: bool | UnsetType = UNSET
    """Whether a sensor on the thigh gives the true knee angle; reps are then those of the knee"""
    neutral_deg: float | UnsetType = UNSET
    """Ankle angle of the still pose: 0 where it is the person's own neutral, else what was set with
    a goniometer or a box corner
    """
    grade: CalibrationGrade | UnsetType = UNSET
    """Only where the recording holds the calibration movements"""
    remarks: list[str] | UnsetType = UNSET
    """Remarks on the calibration"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSummary:
    """One check of a rep."""

    check: CheckKey
    """The check"""
    grade: Grade
    """Outcome of the check"""
    value: float | None
    """Measured value; null where there is none"""
    unit: str
    """Unit of the value and of the limits"""
    good: Limits
    """Least and most that are good; null: open"""
    near: Limits
    """Least and most that are near; null: open"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightsSummary:
    """The heights of a set of heel raises, which are ranges of the ankle."""

    work_index_deg: float | None
    """Height times reps: the sum of the heights of the counted reps"""
    mean_deg: float | None
    """Mean height of the counted reps"""
    best_deg: float | None
    """Largest height of a counted rep"""
    loss_percent: float | None
    """Loss of height of the last two reps against the first two; null with fewer than four"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceSummary:
    """The reps of a set against the pace of its metronome."""

    asked_per_minute: float
    """Reps a minute that were asked for"""
    per_minute: float | None
    """Measured reps a minute, from the median time between two lifts"""
    off: Count
    """Reps that started too early or too late by more than a quarter of the time of a rep"""
    missed: Count
    """Reps of the metronome without a counted rep"""
    kept: Count
    """Counted reps until too many were missed: the result of the test"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepSummary:
    """One rep."""

    number: Count
    """Counts the whole reps of the set from 1"""
    verdict: Grade
    """The sum of the checks"""
    reason: str
    """The one check to speak of, as a sentence"""
    spoken: str
    """The same as one or two words"""
    t_start_s: float
    """Start of the lift"""
    concentric_s: float
    """Duration of the lift"""
    top_s: float
    """Duration of the hold at the top"""
    eccentric_s: float
    """Duration of the lowering"""
    bottom_s: float
    """Duration of the rest at the bottom"""
    rom_deg: float | None
    """Range of the driving angle: of a leg curl the curl angle, of a heel raise its height"""
    ankle_concentric_deg: float | None
    """Median while lifting"""
    ankle_eccentric_deg: float | None
    """Median while lowering"""
    pointed_share_percent: float | None
    """Share of the lowering"""
    switch_s: float | None
    """From reaching the top to pointed toes; null: never"""
    control: Control
    """Whether the lowering stayed under control: held, lost at the break point, or unknown because
    samples are missing or no tempo is asked
    """
    break_point_deg: float | None
    """Driving angle above the bottom at which control of the lowering is lost; null unless it is"""
    partial: bool
    """True: kept, but not counted"""
    judged: bool
    """False: samples are missing"""
    checks: list[CheckSummary]
    """Every check that applies to the set"""
    best_percent: float | UnsetType = UNSET
    """Heel raises: height in % of the best of this side in the session until then"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSummary:
    """One set."""

    number: Count
    """Counts the sets of the recording from 1"""
    type: SetType
    """Toes up, toes pointed, up to lift and pointed to lower, or free"""
    exercise: str
    """Key of the exercise, as leg_curl"""
    marked: bool
    """False: found from the movement alone"""
    t_start_s: float
    """Start of the set"""
    t_end_s: float
    """End of the set"""
    # Stays open: an event of a recording may hold any fields.
    plan: dict[str, Any]
    """The prescription: set_type, load_kg, planned_reps, tempo …"""
    tempo: str | None
    """Eccentric, bottom, concentric, top, as in 4-0-1-1"""
    live_count: Count
    """Reps counted while the set ran"""
    count: Count
    """Reps of the offline segmentation; partial reps do not count"""
    partial: Count
    """Partial reps"""
    not_judged: Count
    """Whole reps without a verdict"""
    good: Count
    """Reps with the verdict good"""
    quality_percent: float | None
    """Good of judged reps"""
    pointed_eccentric_s: float | None
    """Time under tension with pointed toes while lowering"""
    time_under_tension_s: float | None
    """Rest at the bottom beyond 2 s is left out"""
    eccentric_time_s: float | None
    """Time of all lowerings"""
    eccentric_mean_s: float | None
    """Mean duration of a lowering"""
    eccentric_variation_percent: float | None
    """Coefficient of variation of the duration of the lowering"""
    control_loss_percent: float | None
    """Shortening of the last two lowerings against the first two"""
    control_known: Count
    """Reps of which it is known whether control of the lowering was held"""
    control_lost: Count
    """Those of them in which it was lost"""
    break_point_deg: float | None
    """Median break point of the reps in which control was lost; null if there is none"""
    break_change_deg: float | None
    """Angle down to which control was held in the last two reps less that in the first two, 0 being all
    the way down; null with fewer than four known reps, and where control was never lost
    """
    ankle_fade_deg: float | None
    """Ankle angle of the last two lowerings less that of the first two"""
    rom_loss_percent: float | None
    """Loss of range of the last rep against the best"""
    velocity_loss_percent: float | None
    """Only where the lift is explosive"""
    volume_kg: float | None
    """Reps x load"""
    eccentric_volume_kgs: float | None
    """Load x time of the lowering, kg·s"""
    reserve: float | None
    """Repetitions in reserve, as reported after the set"""
    one_rm_kg: float | None
    """Epley's estimate, only where the reserve is known"""
    engine_version: str
    """Changes when the same angles would be judged otherwise"""
    reps: list[RepSummary]
    """Reps in order of time"""
    heights: HeightsSummary | UnsetType = UNSET
    """Heel raises: the heights of the reps"""
    pace: PaceSummary | UnsetType = UNSET
    """Only where a metronome gave a pace"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeSummary:
    """A measured range: trials that were held, their mean, and what a difference must exceed."""

    measure: Measure
    """Toes pulled up, toes pointed, or the shin over the standing foot (against the still pose)"""
    knee: Knee
    """The knee in the trials"""
    side: str
    """L or R; empty if not stated"""
    t_start_s: float
    """Start of the measure"""
    t_end_s: float
    """End of the measure"""
    trials_deg: list[float]
    """Values of the trials that count, each the median of its hold"""
    left_out: Count
    """Trials that were not held, or did not go to the end of the range"""
    mean_deg: float | None
    """Mean of the trials that count; null without any"""
    lowest_deg: float | None
    """Lowest of them"""
    highest_deg: float | None
    """Highest of them"""
    least_change_deg: float
    """A smaller difference of two means cannot be told from chance"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """Numbers of the whole session."""

    pointed_eccentric_s: float | None
    """Pointed eccentric time under tension of all sets"""
    time_under_tension_s: float | None
    """Time under tension of all sets"""
    density_percent: float | None
    """Share of the recording's duration that was under tension"""
    hard_sets: dict[str, Count]
    """Sets with at most 3 reps in reserve, by type; only where the reserve was reported"""
    load_ratio: float | None
    """Toes-pointed to toes-up load: the median over waves with matched reps"""
    strength_gap_percent: float | None
    """Loss of the estimated 1RM with pointed toes, of that with the toes up"""
    soreness: float | None
    """Of hamstrings and calves before the first set, 0 to 10, as reported"""
    exertion: float | None
    """Reported exertion of the session, 0 to 10"""
    session_load: float | None
    """Exertion times minutes of the recording"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutSummary:
    """A time without samples of one sensor."""

    segment: Segment
    """Sensor whose samples are missing"""
    t_start_s: float
    """Start of the gap"""
    t_end_s: float
    """End of the gap"""
    lost_samples: Count
    """Number of missing samples"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleRemarkSummary:
    """A time in which the offline ankle angle cannot be trusted, and why."""

    flag: AngleFlag
    """The fault of the angle"""
    t_start_s: float
    """From when"""
    t_end_s: float
    """Until when"""
    value_deg: float
    """The largest value that was seen"""
    advice: str
    """The meaning of the fault, and the remedy"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSummary:
    """The error of the ankle angle against a reference."""

    rmse_deg: float
    """Root mean square of the difference without its mean"""
    offset_deg: float
    """Mean of the difference, which is removed"""
    sign: Literal[-1, 1]
    """-1: the reference counts the other way, so the measured angle is turned"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSummary:
    """Error against an imported reference angle.

    Its constant offset is removed, its sign chosen by correlation.
    """

    causal: ErrorSummary | None
    """Error of the live angle; null: less than a second can be compared"""
    offline: ErrorSummary | None
    """Error of the offline angle; null: less than a second can be compared"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The output of ``toepoint analyse --json``.

    Times in s since the start of the session, angles in degrees; the ankle is positive in
    dorsiflexion (toes up).
    """

    schema: Literal["toepoint.analysis"]
    """Name of this layout"""
    version: Literal[1]
    """Changes when a field changes its meaning or goes"""
    simulated: bool
    """True if any data come from a simulated leg"""
    created_utc: str
    """ISO 8601 time at which the recording began"""
    duration_s: float
    """Duration of the recording"""
    sensors: list[SensorSummary]
    """The sensors of the session"""
    calibration: CalibrationSummary
    """The last calibration in force"""
    sets: list[SetSummary]
    """Sets in order of time"""
    ranges: list[RangeSummary]
    """Measured ranges in order of time"""
    session: SessionSummary
    """Numbers of the whole session"""
    dropouts: list[DropoutSummary]
    """Times without samples"""
    problems: list[str]
    """Problems of reading, and their consequences"""
    angle_remarks: list[AngleRemarkSummary]
    """When the offline ankle angle cannot be trusted, and why"""
    reference: ReferenceSummary | None
    """Error against an imported reference angle; null without one"""
