"""Reasons of verdicts in German: a sentence for tables, reports and the console; a word for a tile."""

from typing import assert_never

from gui.texts.de_numbers import decimal, plain
from gui.texts.de_segments import segment
from processing.judge.checks import Grade
from processing.judge.reasons import (
    BeforeLift,
    BeyondReach,
    CalibrationNotUsable,
    Correction,
    FastestPart,
    FewSamples,
    HeldPointed,
    HeldUp,
    Incomplete,
    KneeBent,
    LiftAnkle,
    Lifted,
    Lowered,
    NeverPointed,
    NotCalibrated,
    Pointed,
    PointedEarly,
    RangeReached,
    Reason,
    RestedAtBottom,
    RestedAtTop,
    SmallRange,
    ZeroMoved,
)
from processing.types import Withheld, WithheldCause


def reason(found: Reason) -> str:
    """Return what a check found, as a sentence without capital and full stop."""
    match found:
        case Incomplete(withheld=why):
            return withheld(why)
        case NotCalibrated():
            return "seit dem Anlegen der Sensoren nicht kalibriert"
        case ZeroMoved():
            return "ein Sensor ist verrutscht"
        case CalibrationNotUsable():
            return "die Kalibrierung ist nicht brauchbar; nur die Winkel werden gezeigt"
        case FewSamples():
            return "zu wenige Messwerte kommen an"
        case BeyondReach(beyond_deg=beyond):
            return (
                f"Sprunggelenk {beyond:.0f}° über seinen Bereich hinaus: ein Sensor ist verrutscht"
            )
        case SmallRange():
            return "Bereich zu klein zum Werten; nur der Winkel wird gezeigt"
        case RangeReached(percent=percent):
            return f"{percent:.0f} % des vollen Wegs"
        case NeverPointed():
            return "die Zehen waren nie gestreckt"
        case Pointed(after_s=after, height=height):
            at = f"bei {100 * height:.0f} % Höhe"
            return f"Zehen gestreckt {decimal(after)} s nach dem Scheitel, {at}"
        case HeldPointed(percent=percent, last_third_percent=last, after_switch=after_switch):
            where = (
                "des Senkens nach dem Wechsel gestreckt"
                if after_switch
                else "von Heben und Senken mit gestreckten Zehen"
            )
            return f"{percent:.0f} % {where} ({last:.0f} % im letzten Drittel)"
        case HeldUp(percent=percent):
            return f"{percent:.0f} % von Heben und Senken mit den Zehen hoch"
        case FastestPart(ratio=ratio):
            return f"schnellster Teil {decimal(ratio)}-mal so schnell wie das Senken im Mittel"
        case Lowered(seconds=seconds, target_s=target, needlessly_slow=slow):
            note = ": langsamer als nötig" if slow else ""
            return f"in {decimal(seconds)} s gesenkt, Ziel {plain(target)} s{note}"
        case Lifted(seconds=seconds, target_s=target):
            aim = "so schnell du kannst" if target is None else f"{plain(target)} s"
            return f"in {decimal(seconds)} s gehoben, Ziel {aim}"
        case RestedAtTop(seconds=seconds, target_s=target):
            return f"oben {decimal(seconds)} s geruht, Ziel {plain(target)} s"
        case RestedAtBottom(seconds=seconds, target_s=target):
            return f"unten {decimal(seconds)} s geruht, Ziel {plain(target)} s"
        case LiftAnkle(ankle_deg=ankle):
            side = "hoch" if ankle >= 0 else "runter"
            # A side and no sign: toes up is plus in code and files only.
            return f"Zehen {abs(ankle):.0f}° {side} beim Heben"
        case PointedEarly(seconds=seconds):
            return f"Zehen zu früh gestreckt, {decimal(seconds)} s lang beim Heben"
        # Before the next case, which would take it as well.
        case BeforeLift(pointed=True):
            return "das Heben begann mit gestreckten Zehen"
        case BeforeLift():
            return "die Zehen waren vor dem Heben wieder oben"
        case KneeBent(changed_deg=changed):
            return f"das Knie wurde um {changed:.0f}° gebeugt oder gestreckt"
        case _:
            assert_never(found)


def withheld(why: Withheld) -> str:
    """Return why a rep is not judged, whatever its angles are."""
    match why.cause:
        case WithheldCause.GAP:
            names = " und ".join(segment(one) for one in why.segments)
            # The sensor that lost the samples is not always known.
            return f"Lücke {decimal(why.gap_s)} s" + (f" ({names})" if names else "")
        case WithheldCause.BY_HAND:
            return "von Hand ergänzt"
        case WithheldCause.NO_SAMPLES:
            return "keine Messwerte"
        case _:
            assert_never(why.cause)


def correction(what: Correction) -> str:
    """Return what to change, in a word or two that fit on a tile."""
    match what:
        case Correction.NOT_JUDGED:
            return "nicht gewertet"
        case Correction.HIGHER:
            return "höher"
        case Correction.POINT_TOES:
            return "Zehen strecken"
        case Correction.POINT_EARLIER:
            return "früher"
        case Correction.TOES_UP:
            return "Zehen hoch"
        case Correction.NO_DROP:
            return "fallen gelassen"
        case Correction.SLOWER:
            return "langsamer"
        case Correction.FASTER:
            return "schneller"
        case Correction.LIFT_FASTER:
            return "schneller heben"
        case Correction.LIFT_SLOWER:
            return "langsamer heben"
        case Correction.REST_LESS:
            return "kürzere Pause"
        case Correction.KEEP_KNEE:
            return "Knie halten"
        case _:
            assert_never(what)


def not_judged(found: Reason) -> str:
    """Return why a rep is not judged, in two words that fit on a tile."""
    match found:
        case Incomplete():
            return withheld(found.withheld)
        case NotCalibrated():
            return "nicht kalibriert"
        case ZeroMoved() | BeyondReach():
            return "Sensor verrutscht"
        case CalibrationNotUsable():
            return "Kalibrierung unbrauchbar"
        case FewSamples():
            return "zu wenige Daten"
        case SmallRange():
            return "Umfang zu klein"
        case _:
            return correction(Correction.NOT_JUDGED)


def grade(found: Grade) -> str:
    """Return the word of a verdict."""
    match found:
        case Grade.GOOD | Grade.NOTE:
            return "gut"
        case Grade.NEAR:
            return "knapp"
        case Grade.MISS:
            return "verfehlt"
        case Grade.NOT_JUDGED:
            return "nicht gewertet"
        case _:
            assert_never(found)
