"""The plan as a list in German: names of own plans, what is kept unseen, and limits."""

from collections.abc import Sequence
from typing import assert_never

from processing.coach.kept_features import Kept
from processing.coach.own_protocols import NameFlaw


def name_flaw(flaw: NameFlaw) -> str:
    """Return why a plan cannot have a name, and what to do."""
    match flaw:
        case NameFlaw.EMPTY:
            return "Gib ihm erst einen Namen."
        case NameFlaw.TOO_LONG:
            return "Der Name ist zu lang: höchstens 40 Zeichen."
        case NameFlaw.SIGNS:
            return 'Im Namen dürfen / \\ : * ? " < > | nicht stehen, und am Rand kein Punkt.'
        case NameFlaw.BUILT_IN:
            return "So heißt ein Plan des Programms. Wähle einen anderen Namen."
        case NameFlaw.DEVICE:
            return "Diesen Namen hält Windows für ein Gerät frei. Wähle einen anderen."
        case _:
            assert_never(flaw)


def kept(features: Sequence[Kept]) -> str:
    """Return which features of a plan are kept without being shown; empty for none."""
    if not features:
        return ""
    words = ", ".join(_kept(one) for one in features)
    return f"Hier nicht gezeigt, bleibt aber, wie es ist: {words}."


def _kept(one: Kept) -> str:
    match one:
        case Kept.TOES:
            return "eigene Stellungen der Zehen"
        case Kept.TO_FAILURE:
            return "Sätze, bis du aufhörst"
        case Kept.ADVISED_LOAD:
            return "die empfohlene Last in % deines Maximums"
        case Kept.STOP_RULE:
            return "die Stoppregel"
        case Kept.RATIO:
            return "das gelernte Verhältnis der beiden Lasten"
        case Kept.RAMP_IN:
            return "die sanfteren ersten Wochen"
        case Kept.BANDS:
            return "ein eigenes Ziel für die Zehen"
        case Kept.HARD_POINTING:
            return "stärkeres Strecken"
        case Kept.LIMITS:
            return "eigene Grenzen für gut und knapp"
        case Kept.PACE:
            return "das Metronom"
        case Kept.WEEKS:
            return "Sitzungen pro Woche und Wochen"
        case Kept.WARNING:
            return "die Warnung"
        case _:
            assert_never(one)


def limited(sets: int | None, reps: int) -> str:
    """Return to how much the coach limits a session in the first weeks."""
    most = f"{reps} Wdh." if sets is None else f"{sets} Sätze mit {reps} Wdh."
    return f"Deine ersten Wochen mit diesem Plan: der Trainer erlaubt höchstens {most} pro Sitzung."
