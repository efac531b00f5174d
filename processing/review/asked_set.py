"""A set in someone's own data, with what was asked of it."""

from dataclasses import dataclass

from processing.coach.protocol import SetType
from processing.coach.set_fields import LARGEST, read_number, read_tempo, read_type
from sensor.errors import SettingError
from sensor.table_import import MarkedSet, TimeSpan
from sensor.types import JsonValue


@dataclass(frozen=True, slots=True)
class AskedSet:
    """A set from ``start_s`` to ``end_s``, and what its reps are judged against."""

    start_s: float
    """Its start, s, in the time of the data."""
    end_s: float
    """Its end, s."""
    set_type: str = SetType.FREE
    """``DF`` toes up, ``PF`` toes pointed, ``B`` up to lift and pointed to lower, ``FREE``."""
    load_kg: float | None = None
    """The load, kg."""
    tempo: str | None = None
    """Eccentric, bottom, concentric, top, as ``4-0-1-1``; None for that of the type's protocol."""
    planned_reps: int | None = None
    """The reps that were planned."""

    def __post_init__(self) -> None:
        if not self.start_s < self.end_s:
            raise SettingError("end_s", self.end_s, f"after start_s, which is {self.start_s}")
        if read_type(self.set_type) is None:
            raise SettingError("set_type", self.set_type, "one of " + ", ".join(SetType))
        if self.tempo is not None and read_tempo(self.tempo) is None:
            raise SettingError("tempo", self.tempo, "four times in s, as 4-0-1-1")
        for name in ("load_kg", "planned_reps"):
            value = getattr(self, name)
            if value is not None and read_number(value) is None:
                raise SettingError(name, value, f"a number from 0 to {LARGEST:g}")

    def marked(self) -> MarkedSet:
        """Return it as a mark of a table."""
        fields: dict[str, JsonValue] = {
            "set_type": str(self.set_type),
            "load_kg": self.load_kg,
            "tempo": self.tempo,
            "planned_reps": self.planned_reps,
        }
        asked = {name: value for name, value in fields.items() if value is not None}
        return MarkedSet(TimeSpan(self.start_s, self.end_s), asked)
