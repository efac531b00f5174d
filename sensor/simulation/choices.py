"""What can be chosen by name in a simulated session."""

from enum import StrEnum

from sensor.errors import SettingError


class SimulatedExercise(StrEnum):
    """The machine: how the thigh lies in it."""

    LYING = "lying"
    SEATED = "seated"
    STANDING = "standing"


class Side(StrEnum):
    """The leg that wears the sensors."""

    LEFT = "left"
    RIGHT = "right"


class SimulatedProtocol(StrEnum):
    """What is trained. A set's type has the same name, except in ``A``, which alternates."""

    A = "A"
    """Alternating sets: toes up, toes pointed."""
    B = "B"
    """Toes up to lift, pointed to lower."""
    DF = "DF"
    """Toes up throughout (half of A)."""
    PF = "PF"
    """Toes pointed throughout (the other half)."""
    FREE = "FREE"
    """No sets: walking about, loading plates, fidgeting."""


class RestActivity(StrEnum):
    """What the person does between sets."""

    STILL = "still"
    FIDGET = "fidget"
    """Small movements of foot and knee, still on the machine."""
    WALK = "walk"
    """Gets up, walks about, lies down again."""


class TableActivity(StrEnum):
    """What is done with the sensors on a table before they are strapped on."""

    NOTHING = "nothing"
    BENCH = "bench"
    """They lie still for a while."""
    FACES = "faces"
    """Each is laid on its six faces, and nothing else happens in the session."""


class Fault(StrEnum):
    """What can be wrong with a rep."""

    FAST = "fast"
    """Lowered in well under the target time."""
    DROP = "drop"
    """Lowered slowly at first, then let go."""
    LATE = "late"
    """Protocol B: the toes point only when half of the way down is done."""
    NEVER = "never"
    """The foot stays neutral where it should be pointed (or, in a toes-up set, up)."""
    SLIP = "slip"
    """The foot loses its position half-way down."""
    PARTIAL = "partial"
    """Less than half of the range."""
    BOUNCE = "bounce"
    """Two small rebounds at the bottom."""
    PAUSE = "pause"
    """A long rest at the bottom."""
    STALL = "stall"
    """The lowering stops half-way for two seconds."""


def choice(key: str, value: object, kind: type[StrEnum]) -> StrEnum:
    """Return the member of ``kind`` called ``value``, whatever its case.

    Raises
    ------
    SettingError
        If there is none; ``key`` is the setting that it was meant for.
    """
    for member in kind:
        if str(value).lower() == member.value.lower():
            return member
    raise SettingError(key, value, "one of " + ", ".join(kind))
