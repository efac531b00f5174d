"""An exercise as a value: what drives it, what it needs, and its words.

:mod:`processing.exercises.exercise_file` reads the files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, TypeAlias

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.exercises.variants import NO_VARIANTS, VariantName, Variants
from sensor.types import Segment

LEG_CURL = "leg_curl"
"""The exercise of every recording that names none."""
HEEL_RAISE = "heel_raise"


class Driving(StrEnum):
    """The angle whose rise and fall make a rep."""

    CURL = "curl"
    """The knee angle if a sensor is worn on the thigh, else the shin turn."""
    PLANTARFLEXION = "plantarflexion"
    """The ankle angle, growing as the toes point."""
    KNEE = "knee"
    """The bending of the knee."""
    HIP = "hip"
    """The straightening of the hip since the start pose, below 0 where it is bent: the turn of the pelvis
    against the thigh."""
    THIGH_TURN = "thigh_turn"
    """The turn of the thigh since the start pose, growing as its upper end goes forward."""
    SHIN_INCLINATION = "shin_inclination"
    """The tilt of the shin since the start pose."""


SENSORS_OF: Mapping[Driving, tuple[Segment, ...]] = {
    Driving.CURL: (Segment.SHIN,),
    Driving.PLANTARFLEXION: (Segment.SHIN, Segment.FOOT),
    Driving.KNEE: (Segment.SHIN, Segment.THIGH),
    Driving.HIP: (Segment.THIGH, Segment.PELVIS),
    Driving.THIGH_TURN: (Segment.SHIN, Segment.THIGH),
    Driving.SHIN_INCLINATION: (Segment.SHIN,),
}
"""The sensors without which a driving angle is not known.

The turn of the thigh is measured as that of the shin less the bending of the knee.
"""
CheckName: TypeAlias = Literal[
    "rom", "switch", "hold", "drop", "eccentric", "concentric", "top pause", "bottom pause", "lift",
    "return", "knee",
]  # fmt: skip
"""A check of a rep, as :class:`processing.judge.reasons.CheckKey` names it."""
TOE_CHECKS: tuple[CheckName, ...] = ("switch", "hold", "lift", "return")
"""The checks of where the toes are, which need the active range of the ankle."""
StepName: TypeAlias = Literal["still", "pumps", "curls", "hinges"]
"""A movement of the calibration, as :class:`processing.calibration.calibration_steps.CalibrationStep`
names it."""
MeasureName: TypeAlias = Literal["dorsiflexion", "plantarflexion", "inclination"]
"""A range that is measured in trials, as :class:`processing.ranges.measures.Measure` names it."""
PoseName: TypeAlias = Literal["lying", "seated", "standing", "kneeling"]
ArmName: TypeAlias = Literal["still", "mark"]
"""``still``: a set may begin by itself after a moment of rest; ``mark``: only a person begins it."""
PictureName: TypeAlias = Literal[
    "leg_curl", "heel_raise", "kneeling", "hip_hinge", "ankle", "lunge"
]
LanguageName: TypeAlias = Literal["en", "de"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of an exercise in one language: the table ``[words.en]`` of its file."""

    name: str
    """Its name."""
    start: str
    """The start pose, as one is asked for it."""
    lift: str
    """The lift, in a word."""
    top: str
    """The hold at the top, in a word."""
    lower: str
    """The lowering, in a word."""
    bottom: str
    """The rest at the bottom, in a word."""
    angle: str
    """The driving angle, in a word or two."""
    cannot_see: str = ""
    """The part of it that the sensors do not show."""
    fallback_angle: str = ""
    """The angle that stands in for the driving angle, in a word or two; empty without a fallback."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The start of a set: the table ``[start]`` of a file."""

    pose: PoseName
    """Position of the body."""
    arm: ArmName = "still"
    """The way in which a set may begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An exercise: everything that differs between two of them."""

    key: str
    """Its name in files and on the command line."""
    driving: Driving
    """The angle whose rise and fall make a rep."""
    sensors: tuple[Segment, ...]
    """The sensors that it needs."""
    optional: tuple[Segment, ...] = ()
    """The sensors that show more if they are worn."""
    fallback: Driving | None = None
    """The driving angle if an optional sensor that :attr:`driving` needs is not worn."""
    fallback_reps: RepLimits | None = None
    """The limits of reps by the fallback; None for :attr:`reps`."""
    fallback_arm: ArmName | None = None
    """The way in which a set may begin by the fallback; None for that of :attr:`start`."""
    stands_in_for: Driving | None = None
    """The angle for which :attr:`driving` stands in, because its sensors are not worn; no key of a file."""
    start: Start
    """The start of a set."""
    calibration: tuple[StepName, ...]
    """The movements that its calibration needs, in order."""
    reps: RepLimits = LEG_CURL_LIMITS
    """The limits by which its reps are found."""
    checks: tuple[CheckName, ...] = ()
    """The checks of a rep that apply."""
    measures: tuple[MeasureName, ...] = ()
    """The ranges that are measured in it, in trials; an exercise with any has no reps."""
    protocols: tuple[str, ...] = ()
    """The protocols that fit it, the one to begin with first."""
    variants: Variants = NO_VARIANTS
    """Its variants, which are stored with each set."""
    picture: PictureName
    """The picture of the body."""
    words: Mapping[LanguageName, Words] = field(default_factory=dict)
    """Its words, by language."""

    @property
    def in_trials(self) -> bool:
        """Whether ranges are measured in it in trials; it then has no reps to train."""
        return bool(self.measures)

    @property
    def asks_toes(self) -> bool:
        """Whether it is judged by its toes: then the ankle is the number to show."""
        return any(check in TOE_CHECKS for check in self.checks)

    @property
    def measures_height(self) -> bool:
        """Whether the range of a rep is a height: the toes point, and the heel rises."""
        return self.driving is Driving.PLANTARFLEXION and self.picture == "heel_raise"

    @property
    def lifts_body(self) -> bool:
        """Whether the person lifts the own body, so that a load is what is added to it."""
        return self.picture not in ("leg_curl", "hip_hinge")

    def driving_with(self, worn: Iterable[str]) -> Driving | None:
        """Return the driving angle that the ``worn`` sensors show; None if they show none."""
        known = set(worn)
        wanted = [self.driving] if self.fallback is None else [self.driving, self.fallback]
        return next((one for one in wanted if known.issuperset(SENSORS_OF[one])), None)

    def fitted(self, worn: Iterable[str]) -> "Exercise":
        """Return it as the ``worn`` sensors show it: by its fallback where they lack its driving angle."""
        if self.fallback is None or self.driving_with(worn) is not self.fallback:
            return self
        words = {
            language: replace(own, angle=own.fallback_angle or own.angle)
            for language, own in self.words.items()
        }
        return replace(
            self,
            driving=self.fallback,
            fallback=None,
            stands_in_for=self.driving,
            start=replace(self.start, arm=self.fallback_arm or self.start.arm),
            reps=self.fallback_reps or self.reps,
            fallback_reps=None,
            fallback_arm=None,
            words=words,
        )

    def as_done(self, variant: Mapping[VariantName, str]) -> "Exercise":
        """Return it with the start pose of a ``variant``: who raises the heel seated, sits."""
        if variant.get("place") != "seated" or self.start.pose == "seated":
            return self
        return replace(self, start=replace(self.start, pose="seated"))

    def missing(self, worn: Iterable[str]) -> tuple[Segment, ...]:
        """Return the needed sensors that are not ``worn``."""
        known = set(worn)
        return tuple(place for place in self.sensors if place not in known)

    def words_in(self, language: str) -> Words:
        """Return its words in ``language``, or in the first language that it has."""
        found = next((words for name, words in self.words.items() if name == language), None)
        return found or next(iter(self.words.values()))
