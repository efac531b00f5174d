"""The catalogue of all texts for people, from reasons and keys, in every language and without Qt.

Each language is a set of modules with the same functions, named by the language. The protocols here say which; the
type checker proves that no language lacks one, and each function matches its keys exhaustively, so
that no key lacks a sentence. What is a label of one widget and follows from no value of the
processing is translated by Qt instead (:mod:`gui.translations`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gui.models.next_time import LoadChange
from gui.models.readiness import Readiness
from gui.texts import (
    de_calibration,
    de_end,
    de_exercises,
    de_plan,
    de_ranges,
    de_ready,
    de_reminders,
    de_report,
    de_rest,
    de_sensors,
    de_sheet,
    de_speech,
    de_verdicts,
    de_weeks,
    en_calibration,
    en_end,
    en_exercises,
    en_plan,
    en_ranges,
    en_ready,
    en_reminders,
    en_report,
    en_rest,
    en_sensors,
    en_sheet,
    en_speech,
    en_verdicts,
    en_weeks,
)
from processing.calibration.grade import Remark
from processing.calibration.troubles import StepTrouble
from processing.coach.count_watch import CountTrouble
from processing.coach.kept_features import Kept
from processing.coach.own_protocols import NameFlaw
from processing.coach.plan_reasons import Gate, PlanReason
from processing.coach.speech import Key
from processing.coach.stop_rule import StopReached
from processing.exercises.exercise import Driving
from processing.exercises.exercise_troubles import ExerciseTrouble
from processing.exercises.variants import VariantName
from processing.judge.checks import Grade, Target
from processing.judge.reasons import Correction, Fault, Reason
from processing.judge.recount import CountDifference
from processing.library.dose import DoseJump
from processing.library.goals import GoalLimit
from processing.library.reminders import NextDay, SetStreak, WeekStreak
from processing.motion.foot_turns import FootTurns
from processing.output.report_words import ReportWords
from processing.ranges.measures import RangeKind
from processing.ranges.results import Difference
from processing.review.angle_remarks import AngleFlag, AngleRemark
from processing.types import Withheld
from sensor.ble.host_findings import ConflictingProgram, HostCheck, HostCheckKey
from sensor.ble.remedies import LinkFault, Remedy
from sensor.errors import RecordingFault
from sensor.recording import LeftAsItIs, RecordingMoved
from sensor.types import Segment


# Protocols and not base classes: a module with these functions is a language as it stands, and the
# type checker names the function that one of them lacks.
class VerdictTexts(Protocol):
    """The texts of reasons and of what to change."""

    def reason(self, found: Reason) -> str:
        """Return what a check found, as a sentence without capital and full stop."""

    def withheld(self, why: Withheld) -> str:
        """Return why a rep is not judged, whatever its angles are."""

    def correction(self, what: Correction) -> str:
        """Return what to change, in a word or two that fit on a tile."""

    def not_judged(self, found: Reason) -> str:
        """Return why a rep is not judged, in two words that fit on a tile."""

    def grade(self, found: Grade) -> str:
        """Return the word of a verdict."""


class SpeechTexts(Protocol):
    """The texts that the voice is recorded from."""

    def spoken(self, key: Key) -> str:
        """Return what the clip of ``key`` says."""


class CalibrationTexts(Protocol):
    """The texts of calibrations, and of angles that are not to be believed."""

    def trouble(self, found: StepTrouble) -> str:
        """Return what goes wrong in a step, and what to do."""

    def remark(self, found: Remark) -> str:
        """Return what keeps a calibration from being better, what was measured, and what to do."""

    def angle_remark(self, found: AngleRemark) -> str:
        """Return when the ankle angle is not to be believed, and what to do."""

    def angle_why(self, found: AngleRemark) -> str:
        """Return why the ankle angle is not to be believed."""

    # Apart from the remark: a list names a flag once for many stretches of time.
    def angle_flag(self, flag: AngleFlag) -> str:
        """Return what is wrong with the ankle angle."""

    def angle_advice(self, flag: AngleFlag) -> str:
        """Return what a flag of the ankle angle means, and what to do."""

    def foot_turns(self, found: FootTurns) -> str:
        """Return how far the foot turned in and out in a rep, in a few words."""

    def foot_turns_why(self, found: FootTurns) -> str:
        """Return how the foot's turns in and out were found."""


class SensorTexts(Protocol):
    """The texts of places on the leg, of links to sensors, and of the checks of this computer."""

    def place(self, where: Segment) -> str:
        """Return the name of a place on the leg, as within a sentence."""

    def worn_on(self, where: Segment) -> str:
        """Return where a sensor is worn, as in "on the shin"."""

    def sensor_of(self, where: Segment) -> str:
        """Return the name of the sensor of a place, with which a sentence begins."""

    def place_use(self, where: Segment, *, needed: bool) -> str:
        """Return what a sensor on a place is good for; empty where every session needs one."""

    def link_state(self, state: str) -> str:
        """Return a state of a link that does not stream, in a word or two."""

    def seen(self, days: int) -> str:
        """Return how long ago a sensor was worn."""

    def remedy(self, fault: LinkFault) -> Remedy:
        """Return what a fault of a link means, and what to do."""

    def check_name(self, key: HostCheckKey) -> str:
        """Return what was checked."""

    def check_passed(self, key: HostCheckKey) -> str:
        """Return what a check found where all is well and there is nothing to name."""

    def check_open(self) -> str:
        """Return that a check could not be made because one before it failed."""

    def disk_room(self, check: HostCheck) -> str:
        """Return how much room there is for recordings."""

    def program(self, found: ConflictingProgram) -> str:
        """Return why a running program matters."""

    def take_over(self) -> str:
        """Return what becomes of sensors that this computer holds already."""

    def end_program(self) -> str:
        """Return what to do about a program that disturbs Bluetooth."""

    def make_room(self, check: HostCheck) -> str:
        """Return what to do about a disk without room."""


class PlanTexts(Protocol):
    """The texts of the course of a session."""

    # Positional only, since English leaves the name unused and marks it with an underscore.
    def protocol_title(self, name: str, title: str, /) -> str:
        """Return the title of the built-in protocol ``name``, whose file words it as ``title``."""

    def plan_reason(self, why: PlanReason) -> str:
        """Return why the session came into its state."""

    def load_ratio(self, ratio: float, waves: int) -> str:
        """Return the ratio of the pointed to the toes-up load, and what it was learned from."""

    def count_change(self, live: int, final: int) -> str:
        """Return how the count of a set came out."""

    def cannot_count(self, why: CountTrouble) -> str:
        """Return why no reps are counted, and what to do."""

    def stop_reached(self, found: StopReached) -> str:
        """Return which stop rule of the set is reached, and that the next rep should be the last."""

    def difference(self, found: CountDifference) -> str:
        """Return why the count of a set changed when it was over."""

    def supramaximal_warning(self) -> str:
        """Return the warning before sets above the person's maximum."""

    def ramp_in_missing(self, gate: Gate) -> str:
        """Return why such sets cannot be chosen yet."""

    def understood(self) -> str:
        """Return the words of the button by which a person accepts the warning."""

    def recording_moved(self, moved: RecordingMoved) -> str:
        """Return why a recording goes on in another file, and what became of its first part."""

    def stays_large(self, why: LeftAsItIs | RecordingFault) -> str:
        """Return why a recording was not made compact."""


class WeekTexts(Protocol):
    """The texts of goals and doses over the weeks."""

    def fault(self, found: Fault) -> str:
        """Return the fault of a rep, in a few words."""

    def goal_limit(self, limit: GoalLimit, per_kg: float, unit: str) -> str:
        """Return what limits a goal; loads times ``per_kg`` are in ``unit``."""

    def dose_jump(self, jump: DoseJump) -> str:
        """Return that the dose of the lowerings jumps after soreness."""


class RangeTexts(Protocol):
    """The texts of measured ranges."""

    def measure(self, kind: RangeKind) -> str:
        """Return the name of a measure, with the knee and the side."""

    def short(self, kind: RangeKind) -> str:
        """Return knee and side of a measure, where its name stands above."""

    def how_to(self, kind: RangeKind) -> str:
        """Return how a measure is taken."""

    def range_method(self) -> str:
        """Return how ranges are measured, and what that cannot show."""

    def contrast(self, found: Difference) -> str:
        """Return how two means of one day differ, and whether that can be told from chance."""

    def difference(self, found: Difference) -> str:
        """Return whether a difference of two means can be told from chance."""


class ExerciseTexts(Protocol):
    """The texts of exercises."""

    def driving_angle(self, what: Driving) -> str:
        """Return the name of a driving angle, as within a sentence."""

    def variant_title(self, name: VariantName) -> str:
        """Return the name of a choice among variants."""

    def variant(self, name: VariantName, value: str) -> str:
        """Return the word of a variant of an exercise."""

    def exercise_trouble(self, found: ExerciseTrouble) -> str:
        """Return what is wrong with an exercise of a recording, and what is still shown."""


class RestTexts(Protocol):
    """The texts of the result of a set."""

    def set_result(
        self,
        count: int,
        judged: int,
        good: int,
        lowering_s: float | None,
        best_deg: float | None = None,
    ) -> str:
        """Return how many reps a set had, how many were good, how long they took and how high they were."""

    def next_time(self, numbers: Sequence[int], found: Reason) -> str:
        """Return the reps that had the same fault, and what to do about it in the next set."""

    def same_again(self) -> str:
        """Return what to do after a set without a fault."""

    def on_curve(self, number: int, found: Reason) -> str:
        """Return what was wrong with a rep, for the name of its curve."""

    def advice(self, found: Reason) -> str:
        """Return what to do the next time, as a sentence without capital and full stop."""


class EndTexts(Protocol):
    """The texts of the end of a session."""

    def load_change(self, change: LoadChange) -> str:
        """Return why the load changes; empty if it does not."""

    def good_means(self, target: Target) -> list[str]:
        """Return what a good rep had to be, check by check; empty where nothing was asked."""

    def limits(self) -> str:
        """Return what a session page cannot say."""


class ReminderTexts(Protocol):
    """The texts of the reminders on Home."""

    def streak(self, found: WeekStreak | SetStreak) -> str:
        """Return how long the plan has been kept, or sets have been good."""

    def next_day(self, found: NextDay, today: date) -> str:
        """Return when the next session is due by the plan."""

    def easy_week(self) -> str:
        """Return the offer of a week with less load."""


class SheetTexts(Protocol):
    """The texts of the plan as a list that is changed by clicks."""

    def name_flaw(self, flaw: NameFlaw) -> str:
        """Return why a plan cannot have a name, and what to do."""

    def kept(self, features: Sequence[Kept]) -> str:
        """Return which features of a plan are kept without being shown; empty for none."""

    def limited(self, sets: int | None, reps: int) -> str:
        """Return to how much the coach limits a session in the first weeks."""


class ReadyTexts(Protocol):
    """The texts of what a set needs."""

    def readiness(self, found: Readiness) -> str:
        """Return whether all is ready for a set, in one line."""

    def age(self, seconds: float) -> str:
        """Return how long ago the calibration was made."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, by subject."""

    verdicts: VerdictTexts
    """Reasons of verdicts, and corrections."""
    speech: SpeechTexts
    """The wording of the voice."""
    calibration: CalibrationTexts
    """Calibrations, and remarks on angles."""
    plan: PlanTexts
    """The course of a session."""
    sensors: SensorTexts
    """Places on the leg, links, and the checks of this computer."""
    weeks: WeekTexts
    """Goals and doses over the weeks."""
    ranges: RangeTexts
    """Measured ranges."""
    reminders: ReminderTexts
    """Reminders on Home."""
    sheet: SheetTexts
    """The plan as a list."""
    exercises: ExerciseTexts
    """Exercises, and what is wrong with those of a recording."""
    rest: RestTexts
    """The result of a set."""
    end: EndTexts
    """The end of a session."""
    ready: ReadyTexts
    """The readiness for a set."""
    report: ReportWords
    """The report of a session."""


# Here the type checker compares each module with its protocol.
ENGLISH = Texts(
    verdicts=en_verdicts,
    speech=en_speech,
    calibration=en_calibration,
    plan=en_plan,
    sensors=en_sensors,
    weeks=en_weeks,
    ranges=en_ranges,
    reminders=en_reminders,
    sheet=en_sheet,
    exercises=en_exercises,
    rest=en_rest,
    end=en_end,
    ready=en_ready,
    report=en_report.REPORT,
)
GERMAN = Texts(
    verdicts=de_verdicts,
    speech=de_speech,
    calibration=de_calibration,
    plan=de_plan,
    sensors=de_sensors,
    weeks=de_weeks,
    ranges=de_ranges,
    reminders=de_reminders,
    sheet=de_sheet,
    exercises=de_exercises,
    rest=de_rest,
    end=de_end,
    ready=de_ready,
    report=de_report.REPORT,
)
TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "de": GERMAN}
"""The languages by their names in the settings."""
