"""The variants of an exercise: where the foot stands, how the knee is, how many legs work.

They change no limit of a rep. They are stored with each set, so that only sets of the same kind are
compared by those who read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sensor.types import JsonValue

VariantName: TypeAlias = Literal["place", "knee", "legs"]
"""The key of a variant in a file, and in the data of the event that begins a set."""
PlaceName: TypeAlias = Literal["floor", "step", "seated"]
KneeName: TypeAlias = Literal["straight", "bent"]
LegsName: TypeAlias = Literal["one", "two"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """The variants of an exercise: the table ``[variants]`` of a file. What is left out has none."""

    place: tuple[PlaceName, ...] = ()
    """Place of the foot: on the floor, with the ball on a step, or seated."""
    knee: tuple[KneeName, ...] = ()
    """Position of the knee."""
    legs: tuple[LegsName, ...] = ()
    """Number of legs that work."""

    def options(self) -> dict[VariantName, tuple[str, ...]]:
        """Return the values of each variant that the exercise has."""
        found: dict[VariantName, tuple[str, ...]] = {
            "place": self.place,
            "knee": self.knee,
            "legs": self.legs,
        }
        return {name: values for name, values in found.items() if values}

    def read(self, data: Mapping[str, JsonValue]) -> dict[VariantName, str]:
        """Return the variant that ``data`` names, as far as the exercise has it."""
        return {
            name: value
            for name, values in self.options().items()
            if isinstance(value := data.get(name), str) and value in values
        }


NO_VARIANTS = Variants()
"""Those of an exercise that is always done in one way."""
