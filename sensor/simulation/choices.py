"""The options of a simulated session that are chosen by name."""

from enum import StrEnum

from sensor.errors import SettingError


class SimulatedExercise(StrEnum):
    """The machine, named by the position of the person on it."""

    LYING = "lying"
    SEATED = "seated"
    STANDING = "standing"


class ExerciseKind(StrEnum):
    """The exercise of a session, or another movement that must not be taken for one."""

    LEG_CURL = "leg_curl"
    HEEL_RAISE = "heel_raise"
    GLUTE_HAM_RAISE = "glute_ham_raise"
    NORDIC_CURL = "nordic_curl"
    STIFF_LEGGED_DEADLIFT = "stiff_legged_deadlift"
    ANKLE_RANGE = "ankle_range"
    """Three trials of active dorsiflexion and plantarflexion, with the knee bent and straight."""
    LUNGE_RANGE = "lunge_range"
    """Three trials of the weight-bearing lunge."""
    SQUAT = "squat"
    LUNGE = "lunge"
    WALK = "walk"


DISTRACTORS = frozenset({ExerciseKind.SQUAT, ExerciseKind.LUNGE, ExerciseKind.WALK})
"""The movements without any rep of an exercise."""
RANGES = frozenset({ExerciseKind.ANKLE_RANGE, ExerciseKind.LUNGE_RANGE})
"""The measurements of a range, which have trials in place of reps."""


class FootPlace(StrEnum):
    """The place of the foot in a heel raise."""

    FLOOR = "floor"
    STEP = "step"
    """The ball of the foot is on the edge of a step, and the heel drops below it."""
    SEATED = "seated"
    """The person sits, with the foot on the floor."""


class Legs(StrEnum):
    """The number of legs that work."""

    ONE = "one"
    TWO = "two"


class SimulatedSide(StrEnum):
    """The leg that wears the sensors."""

    LEFT = "left"
    RIGHT = "right"


class AnkleKind(StrEnum):
    """The ankle joint."""

    HINGE = "hinge"
    """A hinge about one oblique axis, but for what the other keys say."""
    IMPERFECT = "imperfect"
    """A random ankle with axes, turns that go along, and soft tissue of its own."""
    ANATOMICAL = "anatomical"
    """A random ankle from the anatomy of the talocrural and subtalar joints, whose axis moves as it
    bends, with soft tissue on both segments."""
    BALL = "ball"
    """No ankle: a joint that turns freely about three axes."""
    TWO_AXES = "two_axes"
    """No ankle: a joint that turns freely about a second axis, at right angles to the first."""


class SimulatedProtocol(StrEnum):
    """The types of the sets of a session. A set has the type of that name; ``A`` alternates."""

    A = "A"
    """Alternating sets: toes up, toes pointed."""
    B = "B"
    """Toes up to lift, pointed to lower."""
    DF = "DF"
    """Toes up throughout (half of A)."""
    PF = "PF"
    """Toes pointed throughout (the other half)."""
    FREE = "FREE"
    """No sets: walking, loading plates, fidgeting."""


class RestActivity(StrEnum):
    """The activity of the person between sets."""

    STILL = "still"
    FIDGET = "fidget"
    """Small movements of foot and knee on the machine."""
    WALK = "walk"
    """Getting up, walking, lying down again."""
    OFF = "off"
    """Getting off, turning round, walking and other things, coming back; after the last set too."""
    PAD = "pad"
    """Adjusting the pad: the leg comes out from under it and goes back."""
    PHONE = "phone"
    """Lying on the machine with a phone in hand; the leg lies, swings, or is bent for long."""
    MIXED = "mixed"
    """One of the others, drawn for each rest."""


class FreeActivity(StrEnum):
    """The free movement of a session."""

    FEET = "feet"
    """On the feet: walking, standing, loading plates, tapping a foot."""
    EVERYTHING = "everything"
    """Everything but reps, on the machine and off it."""


class TableActivity(StrEnum):
    """The use of a table before the sensors are strapped on."""

    NOTHING = "nothing"
    BENCH = "bench"
    """The sensors lie still for a while."""
    FACES = "faces"
    """Each sensor is laid on its six faces; the session has nothing else."""


class SimulatedFault(StrEnum):
    """A fault of a rep."""

    FAST = "fast"
    """The lowering takes much less than the target time."""
    DROP = "drop"
    """The lowering is slow at first, then the leg falls."""
    LATE = "late"
    """Protocol B: the toes point only half-way down."""
    NEVER = "never"
    """The foot stays neutral instead of pointed (or, in a toes-up set, instead of up)."""
    SLIP = "slip"
    """The foot leaves its position half-way down."""
    PARTIAL = "partial"
    """The rep has half of the range or less."""
    BOUNCE = "bounce"
    """There are two small rebounds at the bottom."""
    PAUSE = "pause"
    """There is a long rest at the bottom."""
    STALL = "stall"
    """The lowering stops half-way for two seconds."""
    EARLY = "early"
    """Protocol B: the toes point during the lift."""
    POINTED = "pointed"
    """Protocol B: the toes stay pointed in the lift."""
    SHORT = "short"
    """The rep has 63 to 68 % of the range: too little, but no partial rep."""


B_FAULTS = frozenset({SimulatedFault.LATE, SimulatedFault.EARLY, SimulatedFault.POINTED})
"""The faults of a switch, which only protocol B has."""


EXERCISE_FAULTS = frozenset(
    {
        SimulatedFault.FAST,
        SimulatedFault.DROP,
        SimulatedFault.PARTIAL,
        SimulatedFault.SHORT,
        SimulatedFault.BOUNCE,
        SimulatedFault.PAUSE,
        SimulatedFault.STALL,
    }
)
"""The faults of exercises other than leg curls: those that do not concern the toes."""


class MotionKind(StrEnum):
    """The course of a lift or lowering: how the share of the way grows with time."""

    GLIDE = "glide"
    """Even speed with soft ends of 0.4 s, and lifts that are soft throughout."""
    MINIMUM_JERK = "minimum_jerk"
    """The smoothest movement between two rests (Flash and Hogan 1985)."""
    SKEWED = "skewed"
    """One peak of the speed, at a random time."""
    EVEN = "even"
    """Even speed, with ends of 3 to 10 % of the time."""
    EARLY = "early"
    """The leg falls at first, and is braked later."""
    LATE = "late"
    """The leg is held at first, and falls later."""
    STEPPED = "stepped"
    """Two to five steps with slow times between them."""
    SOFT = "soft"
    """Even speed, then a long soft landing."""
    CREEPING = "creeping"
    """The leg arrives 1 to 5 degrees before the end of its way, and creeps on."""
    MIXED = "mixed"
    """One of the others, except ``glide``, drawn for each lift and each lowering."""


def choice(key: str, value: object, kind: type[StrEnum]) -> StrEnum:
    """Return the member of ``kind`` with the name ``value``, in upper or lower case.

    Raises
    ------
    SettingError
        If there is none; it names the setting ``key``.
    """
    # People type protocol=b as well as protocol=B.
    for member in kind:
        if str(value).lower() == member.value.lower():
            return member
    raise SettingError(key, value, "one of " + ", ".join(kind))
