"""The troubles of a step of the guided calibration, as data."""

from dataclasses import dataclass
from typing import TypeAlias

from sensor.types import Segment


@dataclass(frozen=True, slots=True)
class SensorMoves:
    """A sensor moves in a step that asks for rest."""

    segment: Segment
    """The sensor that moves; the first of them where several do."""
    on_bench: bool
    """Whether it should lie on the bench, before it is strapped on."""


@dataclass(frozen=True, slots=True)
class SendsNothing:
    """A sensor sends nothing."""

    segment: Segment
    """The sensor; the first of them where several are silent."""


@dataclass(frozen=True, slots=True)
class LookSwapped:
    """The shin sensor pumps and the foot sensor rests: they look swapped."""

    shin_deg: float
    """Turn of the shin sensor while the foot sensor rested, there and back in all."""
    foot_deg: float
    """Turn of the foot sensor while the shin sensor rested."""


@dataclass(frozen=True, slots=True)
class ThighLooksSwapped:
    """The thigh's sensor does what another one should: the two look swapped."""

    other: Segment
    """The sensor whose movement it makes: the foot's in the pumps, the shin's in the curls."""
    thigh_deg: float
    """Turn of the thigh's sensor."""
    other_deg: float
    """Turn of the other sensor."""


@dataclass(frozen=True, slots=True)
class MoveAsOne:
    """Shin and foot sensor turn as one body in the pumps: both may be on the same segment."""

    turned_deg: float
    """Turn of both, there and back in all."""


@dataclass(frozen=True, slots=True)
class FewMovements:
    """The leg came to rest before all movements were done."""

    seen: int
    """Number of movements that were seen."""
    wanted: int
    """Number of movements that were asked for."""


StepTrouble: TypeAlias = (
    SensorMoves | SendsNothing | LookSwapped | ThighLooksSwapped | MoveAsOne | FewMovements
)
