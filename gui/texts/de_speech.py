"""The words of the German voice."""

from typing import assert_never

from processing.coach.speech import Key, Phrase
from processing.judge.reasons import Correction, Fault


def spoken(key: Key) -> str:
    """Return what the clip of ``key`` says."""
    match key:
        case Phrase():
            return _phrase(key)
        case Correction():
            return _correction(key)
        case Fault():
            return _fault(key)
        case _:
            assert_never(key)


def _correction(what: Correction) -> str:
    match what:
        case Correction.NOT_JUDGED:
            return "nicht gewertet"
        case Correction.HIGHER:
            return "höher"
        case Correction.POINT_TOES:
            return "Zehen strecken"
        case Correction.POINT_EARLIER:
            return "früher strecken"
        case Correction.TOES_UP:
            return "Zehen hoch"
        case Correction.NO_DROP:
            return "du lässt fallen"
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


def _fault(counted: Fault) -> str:
    match counted:
        case Fault.TOO_LOW:
            return "zu wenig Weg"
        case Fault.NEVER_POINTED:
            return "nie gestreckt"
        case Fault.LATE_SWITCH:
            return "später Wechsel"
        case Fault.TOES_SLIPPED:
            return "Zehen verrutscht"
        case Fault.DROPPED:
            return "fallen gelassen"
        case Fault.TOO_FAST:
            return "zu schnell"
        case Fault.TOO_SLOW:
            return "zu langsam"
        case Fault.LIFT_TOO_FAST:
            return "zu schnell gehoben"
        case Fault.LIFT_TOO_SLOW:
            return "zu langsam gehoben"
        case Fault.LONG_TOP:
            return "lange Pause oben"
        case Fault.LONG_BOTTOM:
            return "lange Pause unten"
        case Fault.TOES_DOWN:
            return "Zehen unten beim Heben"
        case _:
            assert_never(counted)


def _phrase(phrase: Phrase) -> str:  # noqa: PLR0915 - one line for each phrase
    match phrase:
        case Phrase.READY:
            return "bereit"
        case Phrase.TWO_MORE:
            return "noch zwei"
        case Phrase.LAST_ONE:
            # Feminine, as „die Wiederholung“.
            return "die Letzte"
        case Phrase.CONTROL_LOSS:
            return "Kontrollverlust"
        case Phrase.PERCENT:
            return "Prozent"
        case Phrase.DEGREES_SOONER:
            return "Grad früher"
        case Phrase.SWITCH_FOOT:
            return "Fuß wechseln"
        case Phrase.NO_REPS:
            return "keine Wiederholung"
        case Phrase.TEST_OVER:
            return "der Test ist vorbei"
        case Phrase.REP:
            return "Wiederholung"
        case Phrase.REPS:
            return "Wiederholungen"
        case Phrase.MISSED:
            return "verfehlt"
        case Phrase.GOOD:
            return "gut"
        case Phrase.LOWERING:
            return "Absenken"
        case Phrase.HEIGHT:
            return "Höhe"
        case Phrase.DEGREES:
            return "Grad"
        case Phrase.POINT:
            # The name of the decimal comma, between two numbers.
            return "Komma"
        case Phrase.SECONDS:
            return "Sekunden"
        case Phrase.ON_REP:
            return "bei Wiederholung"
        case Phrase.ON_REPS:
            return "bei den Wiederholungen"
        case Phrase.TIMES:
            return "mal"
        case Phrase.AND:
            return "und"
        case Phrase.NEXT:
            return "als Nächstes"
        case Phrase.TOES_UP:
            return "Zehen hoch"
        case Phrase.TOES_POINTED:
            return "Zehen gestreckt"
        case Phrase.UP_TO_LIFT:
            return "hoch mit Zehen hoch"
        case Phrase.POINTED_TO_LOWER:
            return "runter mit gestreckten Zehen"
        case Phrase.BOTH_LIFT:
            return "mit beiden Beinen heben"
        case Phrase.ONE_LOWERS:
            return "mit dem Sensorbein senken"
        case Phrase.ABOVE_MAXIMUM:
            return "das ist mehr als dein Maximum"
        case Phrase.WITH_EXPERIENCE:
            return "nur mit Erfahrung und nach der Eingewöhnung"
        case Phrase.SOMEONE_BESIDE:
            return "mit jemandem neben dir"
        case Phrase.FREE:
            return "frei"
        case Phrase.BODYWEIGHT:
            return "Körpergewicht"
        case Phrase.KILO:
            return "Kilo"
        case Phrase.SHIN_LOST:
            return "Schienbeinsensor verloren"
        case Phrase.FOOT_LOST:
            return "Fußsensor verloren"
        case Phrase.THIGH_LOST:
            return "Oberschenkelsensor verloren"
        case Phrase.PELVIS_LOST:
            return "Beckensensor verloren"
        case Phrase.KEEP_GOING:
            return "weitermachen"
        case Phrase.NOT_COUNTED:
            return "nicht gezählt"
        case Phrase.CALIBRATE_FIRST:
            return "erst kalibrieren"
        case Phrase.CHECK_SENSORS:
            return "Sensoren prüfen"
        case Phrase.LEG_STRAIGHT:
            return "Bein strecken"
        case Phrase.LAY_ON_BENCH:
            return "beide Sensoren auf die Bank legen"
        case Phrase.STRAP_ON:
            return "beide Sensoren anlegen"
        case Phrase.FOOT_FLAT:
            return "Fuß flach"
        case Phrase.HOLD_STILL:
            return "stillhalten"
        case Phrase.THREE_PUMPS:
            return "dreimal den Fuß wippen"
        case Phrase.TWO_CURLS:
            return "zwei langsame Beugungen"
        case Phrase.TWO_HINGES:
            return "zweimal in der Hüfte beugen"
        case Phrase.AGAIN:
            return "noch einmal"
        case Phrase.SHIN_MOVED:
            return "Schienbeinsensor wurde bewegt"
        case Phrase.FOOT_MOVED:
            return "Fußsensor wurde bewegt"
        case Phrase.THIGH_MOVED:
            return "Oberschenkelsensor wurde bewegt"
        case Phrase.PELVIS_MOVED:
            return "Beckensensor wurde bewegt"
        case Phrase.LOOK_SWAPPED:
            return "Sensoren wohl vertauscht"
        case Phrase.CALIBRATED:
            return "kalibriert"
        case Phrase.ZEROED:
            return "Nullpunkt gesetzt"
        case Phrase.NOT_USABLE:
            return "nicht brauchbar"
        case Phrase.ANGLES_ONLY:
            return "nur Winkel"
        case Phrase.KNEE_FORWARD:
            return "Knie über die Zehen"
        case Phrase.HOLD:
            return "halten"
        case Phrase.LET_GO:
            return "loslassen"
        case Phrase.MEAN:
            return "Mittel"
        case _:
            assert_never(phrase)
