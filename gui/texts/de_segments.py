"""The parts of the leg in German."""

from typing import assert_never

from sensor.types import Segment


def segment(where: Segment) -> str:
    """Return the name of a part of the leg."""
    match where:
        case Segment.SHIN:
            return "Schienbein"
        case Segment.FOOT:
            return "Fuß"
        case Segment.THIGH:
            return "Oberschenkel"
        case _:
            assert_never(where)
