"""The course of a session in German: its states, its loads, and counts that changed."""

from typing import assert_never

from gui.texts.de_numbers import decimal, plain
from processing.coach.count_watch import CountTrouble
from processing.coach.plan_reasons import (
    Gate,
    PlanCause,
    PlanReason,
    ProtocolWarning,
    Refusal,
    ShortRest,
)
from processing.coach.stop_rule import StopKey, StopReached
from processing.judge.recount import CountChange, CountDifference
from processing.types import Ending
from sensor.errors import RecordingFault
from sensor.recording import LeftAsItIs, RecordingMoved

_TITLES = {
    "A": "Abwechselnde Sätze: Zehen hoch, dann Zehen gestreckt",
    "B": "Hoch heben, gestreckt senken",
    "B-two-legs-up": "Mit zwei Beinen heben, mit einem senken",
    "deadlift-3-0-2": "Kreuzheben mit gestreckten Beinen: 3 s runter, 2 s hoch",
    "deadlift-3-2-2": "Kreuzheben mit Pause: 3 s runter, 2 s in der Dehnung, 2 s hoch",
    "free": "Freies Training",
    "nordic-slow": "Nordic Curls: 4 s senken, die Hände bringen zurück",
    "ratio-test": "Wie viel weniger mit gestreckten Zehen? Ein Testtag",
    "raise-3-0-3": "Langsames Wadenheben: 3 s hoch, 3 s runter",
    "raise-2-2-2": "Wadenheben mit Halten: 2 s hoch, 2 s halten, 2 s runter",
    "raise-lower-one": "Mit beiden Beinen hoch, mit einem langsam runter",
    "raise-to-failure": "Wadenheben, bis du aufhörst, im eigenen Tempo",
    "raise-30-a-minute": "Test: 30-mal Wadenheben in der Minute, so oft es geht",
    "research-dose": "Die Dosis der Studien zum Beinbeugen",
}


def protocol_title(name: str, title: str) -> str:
    """Return the title of the built-in protocol called ``name``; its file words it as ``title``."""
    # A protocol of one's own has no translation and keeps its title.
    return _TITLES.get(name, title)


def plan_reason(why: PlanReason) -> str:
    """Return why the session came into its state."""
    match why:
        case PlanCause():
            return _cause(why)
        case Ending():
            return _ending(why)
        case Refusal(soreness=soreness, hours=hours, wait_h=wait):
            return (
                f"Muskelkater {plain(soreness)} von 10, {hours:.0f} h nach der letzten Sitzung: "
                f"warte, bis {plain(wait)} h vorbei sind, oder mach einen neutralen Satz"
            )
        case ShortRest(rested_s=rested):
            return f"nur {rested:.0f} s geruht"
        case ProtocolWarning(text=text):
            return text
        case Gate():
            return (
                f"{ramp_in_missing(why)} Sätze von B treten an ihre Stelle."
                if not why.is_open
                else (
                    "Das Senken über dem Maximum braucht dein „Ich habe verstanden“: Wähle sein Protokoll in den "
                    "Einstellungen noch einmal. Bis dahin treten Sätze von B an seine Stelle"
                )
            )
        case _:
            assert_never(why)


def _cause(why: PlanCause) -> str:
    match why:
        case PlanCause.MARKED:
            return "markiert"
        case PlanCause.KEY:
            return "Taste"
        case PlanCause.LAY_STILL:
            return "still gelegen"
        case PlanCause.NOTHING_LIFTED:
            return "nichts wurde gehoben"
        case PlanCause.PACE_LOST:
            return "der Takt ist verloren: Der Test ist vorbei"
        case PlanCause.CRAMP:
            return "Krampf: Fuß locker auf neutral"
        case PlanCause.RESTED:
            return "ausgeruht"
        case _:
            assert_never(why)


def _ending(why: Ending) -> str:
    match why:
        case Ending.RESTED:
            return "keine Bewegung"
        case Ending.LEFT:
            return "die Startlage wurde verlassen"
        case Ending.EXPIRED:
            return "zu lang für eine Wiederholung"
        case Ending.MARKED:
            return "markiert"
        case Ending.CALIBRATION:
            return "Kalibrierung"
        case _:
            assert_never(why)


def load_ratio(ratio: float, waves: int) -> str:
    """Return the ratio of the pointed to the toes-up load, and what it was learned from."""
    source = f"{waves} Welle{'n' if waves != 1 else ''}" if waves else "Schätzung"
    return f"Verhältnis PF/DF {decimal(ratio, 2)} ({source})"


def count_change(live: int, final: int) -> str:
    """Return how the count of a set came out."""
    if live == final:
        return f"{final} Wdh., wie live gezählt"
    return f"live {live} gezählt, nach dem Satz {final}"


def cannot_count(why: CountTrouble) -> str:
    """Return why no reps are counted, and what to do."""
    match why:
        case CountTrouble.NOT_CALIBRATED:
            return (
                "es wird nichts gezählt, weil die Sensoren nicht kalibriert sind: erst kalibrieren"
            )
        case CountTrouble.NO_ANGLES:
            return (
                "es wird nichts gezählt, weil keine Winkel ankommen: "
                "prüfen, ob beide Sensoren an und in der Nähe sind"
            )
        case CountTrouble.NOT_STILL:
            return (
                "es wird nichts gezählt, weil das Bein nie zur Ruhe kam: "
                "Knie strecken, eine Sekunde stillhalten, dann heben"
            )
        case _:
            assert_never(why)


def stop_reached(found: StopReached) -> str:
    """Return which stop rule of the set is reached, and that the next rep should be the last."""
    match found.key:
        case StopKey.CONTROL_LOSS:
            return f"Kontrollverlust {found.value:.0f} %: die Letzte"
        case StopKey.BREAK_POINT:
            return f"Kontrolle {found.value:.0f}° früher verloren: die Letzte"
        case StopKey.QUALITY:
            return f"{found.value:.0f} Wdh. verfehlt: die Letzte"
        case _:
            assert_never(found.key)


def difference(found: CountDifference) -> str:
    """Return why the count of a set changed when it was over."""
    number = found.rep.number
    match found.why:
        case CountChange.SEEN_LATER:
            return f"Wdh. {number} wurde erst hinterher erkannt"
        case CountChange.WHOLE:
            return f"Wdh. {number} war doch eine ganze"
        case CountChange.PARTIAL:
            return f"Wdh. {number} ging nicht durch den ganzen Bereich"
        case CountChange.NONE:
            return f"was als Wdh. {number} zählte, war keine"
        case _:
            assert_never(found.why)


def supramaximal_warning() -> str:
    """Return the warning before sets above the person's maximum."""
    return (
        "Mehr als dein Maximum: Beide Beine heben die Last, das Bein mit den Sensoren senkt sie. Nur mit "
        "Erfahrung, mit jemandem neben dir und nicht bei Schmerzen. Studien fanden nicht mehr Zuwachs als "
        "unter dem Maximum."
    )


def ramp_in_missing(gate: Gate) -> str:
    """Return why such sets cannot be chosen yet."""
    return (
        f"Noch nicht: Das Senken über dem Maximum kommt nach {gate.weeks_needed} Wochen mit Protokoll B, "
        f"und du hast {gate.weeks_done} geschafft. Trainiere bis dahin weiter nach B."
    )


def understood() -> str:
    """Return the words of the button by which a person accepts the warning."""
    return "Ich habe verstanden"


def recording_moved(moved: RecordingMoved) -> str:
    """Return why a recording goes on in another file, and what became of its first part."""
    why = {
        RecordingFault.DISK_FULL: "ihr Datenträger voll ist",
        RecordingFault.MISSING: "ihre Datei oder ihr Ordner verschoben, gelöscht oder getrennt wurde",
    }.get(moved.fault, "ihr Datenträger ausfällt")
    kept = (
        "Alles bisher Aufgenommene ist dort."
        if not moved.lost_bytes
        else f"{moved.lost_bytes} Bytes von {moved.old} ließen sich nicht kopieren; behalte "
        "diese Datei."
    )
    return f"Die Aufnahme geht in {moved.new} weiter, weil {why}. {kept}"


def stays_large(why: LeftAsItIs | RecordingFault) -> str:
    """Return why a recording was not made compact."""
    match why:
        case LeftAsItIs.COMPACT_ALREADY:
            return "Die Aufnahme ist schon kompakt."
        case LeftAsItIs.NOT_SMALLER:
            return "Die Aufnahme bleibt, wie sie ist, weil sie nicht kleiner würde."
        case LeftAsItIs.NOT_COMPLETE:
            because = "sie nicht vollständig ist und eine spätere Version des Programms mehr darin finden kann"
        case LeftAsItIs.FOREIGN:
            because = "ein anderes Programm etwas hinzugefügt hat"
        case LeftAsItIs.BEING_WRITTEN:
            because = "sie gerade geschrieben wird"
        case RecordingFault.DISK_FULL:
            because = "ihr Datenträger voll ist"
        case RecordingFault.MISSING:
            because = "ihre Datei oder ihr Ordner verschoben, gelöscht oder getrennt wurde"
        case RecordingFault.NOT_WRITABLE | RecordingFault.EXISTS:
            because = "ihr Ordner nicht beschrieben werden kann"
        case (
            RecordingFault.NOT_READABLE
            | RecordingFault.NOT_A_RECORDING
            | RecordingFault.DAMAGED
            | RecordingFault.NEWER_VERSION
        ):
            because = "sie nicht gelesen werden kann"
        case _:
            assert_never(why)
    return f"Die Aufnahme bleibt groß, weil {because}. Nichts von ihr geht verloren."
