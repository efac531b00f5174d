"""Measured ranges in German."""

from typing import assert_never

from gui.texts.de_numbers import decimal
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import Difference


def measure(kind: RangeKind) -> str:
    """Return the name of a measure, with the knee and the side."""
    side = {"L": ", links", "R": ", rechts"}.get(kind.side, "")
    knee = "Knie gebeugt" if kind.knee is Knee.BENT else "Knie gestreckt"
    match kind.measure:
        case Measure.DORSIFLEXION:
            return f"Zehen hoch, {knee}{side}"
        case Measure.PLANTARFLEXION:
            return f"Zehen gestreckt, {knee}{side}"
        case Measure.INCLINATION:
            return f"Ausfallschritt, Schienbein über dem Fuß{side}"
        case _:
            assert_never(kind.measure)


def short(kind: RangeKind) -> str:
    """Return knee and side of a measure, where its name stands above."""
    side = {"L": "links", "R": "rechts"}.get(kind.side, "")
    knee = "Knie " + ("gebeugt" if kind.knee is Knee.BENT else "gestreckt")
    return ", ".join(part for part in (knee, side) if part)


def how_to(kind: RangeKind) -> str:
    """Return how a measure is taken."""
    if kind.measure is Measure.INCLINATION:
        return (
            "Den Fuß flach hinstellen. Das Knie so weit über die Zehen schieben, wie es geht; die Ferse bleibt "
            "am Boden. Zwei Sekunden halten, wieder aufrichten. Dreimal."
        )
    sit = (
        "Mit gebeugtem Knie sitzen, der Fuß hängt locker in der Luft."
        if kind.knee is Knee.BENT
        else "Mit ausgestrecktem Bein sitzen, die Ferse über einer Kante, der Fuß locker."
    )
    move = "hochziehen" if kind.measure is Measure.DORSIFLEXION else "strecken"
    return f"{sit} Die Zehen so weit wie möglich {move}. Zwei Sekunden halten, loslassen. Dreimal."


def range_method() -> str:
    """Return how ranges are measured, and what that cannot show."""
    return (
        "Jeder Versuch ist der Median seines Haltens. In der ruhigen Haltung der Kalibrierung steht der Fuß auf 0 "
        "und das Schienbein senkrecht; ihre Neigung verschiebt das Ergebnis. Gemessen mit zwei "
        "Inertialsensoren; keine Diagnose."
    )


def contrast(found: Difference) -> str:
    """Return how two means of one day differ, and whether that can be told from chance."""
    least = decimal(found.least_deg)
    if not found.can_be_told:
        return f"kein erkennbarer Unterschied (weniger als {least}°)"
    way = "mehr" if found.change_deg > 0 else "weniger"
    return f"{abs(found.change_deg):.0f}° {way} (ab {least}° zu erkennen)"


def difference(found: Difference) -> str:
    """Return whether a difference of two means can be told from chance."""
    least = decimal(found.least_deg)
    if not found.can_be_told:
        return f"Unterschied kleiner, als sich sagen lässt ({least}°)"
    way = "mehr" if found.change_deg > 0 else "weniger"
    return f"um {abs(found.change_deg):.0f}° verändert ({way}; ab {least}° zu erkennen)"
