"""Calibrations and angles that are not to be believed, in German."""

import math
from typing import assert_never

from gui.texts.de_numbers import decimal
from gui.texts.de_segments import segment as named
from processing.calibration.grade import Finding, Remark, Side
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    MoveAsOne,
    SendsNothing,
    SensorMoves,
    StepTrouble,
    ThighLooksSwapped,
)
from processing.motion.foot_turns import FootTurns
from processing.review.angle_remarks import AngleFlag, AngleRemark


def trouble(found: StepTrouble) -> str:
    """Return what goes wrong in a step, and what to do."""
    match found:
        # Before the next case, which would take it as well.
        case SensorMoves(segment=segment, on_bench=True):
            return f"Sensor am {named(segment)} hat sich bewegt; lass alle liegen"
        case SensorMoves(segment=segment):
            return f"Sensor am {named(segment)} bewegt sich; still halten"
        case SendsNothing(segment=segment):
            return f"Sensor am {named(segment)} sendet nichts; warte oder verbinde ihn neu"
        case LookSwapped(shin_deg=shin, foot_deg=foot):
            return (
                f"Sensoren vertauscht: Der am Schienbein drehte sich {shin:.0f}°, der am Fuß nur "
                f"{foot:.0f}°; tausche sie in der Liste, oder bewege nur den Fuß"
            )
        case ThighLooksSwapped(other=other, thigh_deg=thigh, other_deg=turned):
            return (
                f"Sensoren vertauscht: Der am Oberschenkel drehte sich {thigh:.0f}°, der am "
                f"{named(other)} nur {turned:.0f}°; tausche sie in der Liste"
            )
        case MoveAsOne():
            return (
                "Sensoren an Schienbein und Fuß drehen sich wie einer: einen ans Schienbein, einen an "
                "den Fuß, oder nur den Fuß bewegen"
            )
        case FewMovements(seen=seen, wanted=wanted):
            return f"{seen} von {wanted} Bewegungen gesehen; mach alle, dann ruhe"
        case _:
            assert_never(found)


def remark(found: Remark) -> str:
    """Return what keeps a calibration from being better, what was measured, and what to do."""
    value = decimal(found.value)
    match found.finding:
        case Finding.AXIS_FIT:
            advice = "zieh beide Gurte fester und wiederhole die Bewegungen"
            return (
                f"Achse des Sprunggelenks: {value} ° um andere Achsen, nicht wie ein Scharnier; "
                f"{advice}"
            )
        case Finding.AXIS_UNKNOWN:
            advice = "wiederhole das Pumpen, und neige dabei das Schienbein vor und zurück"
            return f"Sensor am Schienbein: Achse unbekannt, vielleicht {value} ° daneben; {advice}"
        case Finding.NOT_STILL:
            advice = "stell den Fuß auf den Boden und wiederhole die Haltung"
            return f"ruhige Haltung: nicht ruhig, {value} °/s; {advice}"
        case Finding.SMALL_RANGE:
            advice = "zieh die Zehen hoch und streck sie, so weit es geht"
            return f"Pumpen: kleiner Bereich, {value} °; {advice}"
        case Finding.SIDE_LYING:
            advice = "lieg so, dass die Knieachse waagerecht ist; zeigt sie nach oben, driftet der Winkel"
            return f"Achse des Knies: Seitenlage, {value} ° über der Waagerechten; {advice}"
        case Finding.UPSIDE_DOWN:
            advice = "dreh ihn um, oder mach weiter, wenn es so gemeint war"
            return f"{_sensor(found)}: verkehrt herum, {value} ° gegen letztes Mal; {advice}"
        case Finding.WRONG_SIDE:
            # German endings follow the case, so one word for a side does not fit both places.
            chosen, seen = (
                ("linkes", "rechten") if found.side is Side.LEFT else ("rechtes", "linken")
            )
            advice = f"es sieht nach dem {seen} aus; prüfe, welches Bein gewählt ist"
            return f"{chosen} Bein: falsche Seite, Knöchelachse {value} ° geneigt; {advice}"
        case Finding.SLIPPED:
            advice = "zieh seinen Gurt fest und kalibriere neu"
            return f"{_sensor(found)}: Gurt verrutscht, {value} ° seit der Kalibrierung; {advice}"
        case _:
            assert_never(found.finding)


def _sensor(found: Remark) -> str:
    if found.segment is None:
        return "Sensor am Schienbein oder am Fuß"
    return f"Sensor am {named(found.segment)}"


def angle_remark(found: AngleRemark) -> str:
    """Return when the ankle angle is not to be believed, and what to do."""
    span = f"{found.t_start:.0f} bis {found.t_end:.0f} s"
    return f"Von {span} stimmt der Winkel vielleicht nicht: {angle_advice(found.flag)}"


def angle_why(found: AngleRemark) -> str:
    """Return why the ankle angle is not to be believed."""
    span = f"{found.t_start:.0f} bis {found.t_end:.0f} s"
    return f"{span}: {angle_flag(found.flag)}, {math.degrees(found.value):.0f}°"


def angle_flag(flag: AngleFlag) -> str:
    """Return what is wrong with the ankle angle."""
    match flag:
        case AngleFlag.STEEP_AXIS:
            return "Gelenkachse steil"
        case AngleFlag.CONTRADICTED:
            return "die Schwerkraft widerspricht dem Winkel"
        case AngleFlag.TURNED_ASIDE:
            return "Fuß nach innen oder außen gedreht"
        case AngleFlag.BEYOND_RANGE:
            return "weiter als ein Sprunggelenk reicht"
        case AngleFlag.NO_HINGE:
            return "kein Scharnier: dreht sich um andere Achsen"
        case _:
            assert_never(flag)


def angle_advice(flag: AngleFlag) -> str:
    """Return what a flag of the ankle angle means, and what to do."""
    match flag:
        case AngleFlag.STEEP_AXIS:
            return "in dieser Lage läuft er weg; auf dem Bauch liegen, sitzen oder stehen"
        case AngleFlag.CONTRADICTED:
            return "ein Sensor wurde wohl bewegt; neu kalibrieren"
        case AngleFlag.TURNED_ASIDE:
            return (
                "der Fuß oder sein Sensor war nach innen oder außen gedreht; den Fuß "
                "gerade halten oder neu kalibrieren"
            )
        case AngleFlag.BEYOND_RANGE:
            return "so weit beugt sich kein Sprunggelenk; neu kalibrieren"
        case AngleFlag.NO_HINGE:
            return (
                "dieses Gelenk bewegt sich nicht wie ein Scharnier; beide Gurte festziehen, "
                "neu kalibrieren"
            )
        case _:
            assert_never(flag)


def foot_turns(found: FootTurns) -> str:
    """Return how far the foot turned in and out in a rep, in a few words."""
    inversion, toes = math.degrees(found.inversion), math.degrees(found.toes)
    return f"Fuß ein- und auswärts {inversion:.0f}°, Zehen {toes:.0f}°"


def foot_turns_why(found: FootTurns) -> str:
    """Return how the foot's turns in and out were found."""
    inversion, toes = math.degrees(found.inversion), math.degrees(found.toes)
    aside = math.degrees(found.unexplained)
    return (
        f"Der Fuß bewegt sich um eine zweite Achse, die ihn um {aside:.0f}° neben der des Sprunggelenks "
        f"dreht. In einer Wiederholung kippt er über {inversion:.0f}° nach innen und außen (Inversion, "
        f"Eversion), und die Zehen drehen sich über {toes:.0f}° ein- und auswärts; auf etwa 5° genau. "
        "Der Winkel ist der Teil, der das Sprunggelenk beugt."
    )
