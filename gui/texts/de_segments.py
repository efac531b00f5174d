"""The parts of the body in German."""

from typing import assert_never

from sensor.types import Segment


def segment(where: Segment) -> str:
    """Return the name of a part of the body."""
    match where:
        case Segment.SHIN:
            return "Schienbein"
        case Segment.FOOT:
            return "Fuß"
        case Segment.THIGH:
            return "Oberschenkel"
        case Segment.PELVIS:
            return "Becken"
        case _:
            assert_never(where)
