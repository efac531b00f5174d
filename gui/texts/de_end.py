"""The end of a session in German: why a load changes, and what good meant."""

import math
from typing import assert_never

from gui.models.next_time import LoadChange
from gui.texts.de_numbers import plain
from processing.judge.bands import Band
from processing.judge.checks import Target
from processing.judge.reasons import CheckKey


def load_change(change: LoadChange) -> str:
    """Return why the load changes; empty if it does not."""
    match change:
        case LoadChange.MORE:
            return "alle Wiederholungen, und es wären noch einige gegangen"
        case LoadChange.SAME:
            return ""
        case LoadChange.LESS:
            return "weniger Wiederholungen als geplant"
        case _:
            assert_never(change)


def good_means(target: Target) -> list[str]:
    """Return what a good rep had to be, check by check; empty where nothing was asked."""
    limits, bands, tempo = target.thresholds, target.bands, target.tempo
    toes = not bands.too_small and target.lower is not None
    said: list[str] = []

    def asks(key: CheckKey) -> bool:
        return target.checks is None or key.value in target.checks

    if toes:
        up, down = math.degrees(bands.dorsiflexed), -math.degrees(bands.plantarflexed)
        said.append(
            f"Zehen hoch beginnt bei {up:.0f}°, gestreckt bei {down:.0f}° des eigenen Bereichs"
        )
    if toes and target.switches and asks(CheckKey.LIFT):
        said.append("Zehen hoch beim Heben")
    if toes and target.switches and asks(CheckKey.SWITCH):
        height = 100 * limits.switch_good_height
        said.append(f"gestreckt, solange das Bein noch auf {height:.0f} % seiner Höhe ist")
    if toes and asks(CheckKey.HOLD):
        share = f"{limits.hold_good_percent:.0f} % der Zeit"
        if target.lower is Band.DORSIFLEXED:
            said.append(f"{share} die Zehen hoch")
        else:
            said.append((f"von da an {share}" if target.switches else share) + " gestreckt")
    if target.reference_rom is not None and asks(CheckKey.ROM):
        said.append(f"{limits.rom_good_percent:.0f} % des vollen Wegs")
    if tempo is not None and asks(CheckKey.ECCENTRIC):
        least = tempo.eccentric_s - limits.eccentric_under_s
        most = tempo.eccentric_s + limits.eccentric_over_s
        said.append(f"in {plain(least)} bis {plain(most)} s gesenkt")
    if tempo is not None and asks(CheckKey.DROP):
        said.append(
            f"kein Teil davon schneller als das {plain(limits.drop_good_ratio)}-Fache des Mittels"
        )
    if tempo is not None and asks(CheckKey.CONCENTRIC):
        lift_s, about = tempo.concentric_s, limits.concentric_good_s
        if lift_s is None:
            said.append(f"in höchstens {plain(limits.explosive_s)} s gehoben")
        else:
            least, most = max(lift_s - about, 0.0), lift_s + about
            said.append(f"in {plain(least)} bis {plain(most)} s gehoben")
    if tempo is not None and asks(CheckKey.TOP_PAUSE):
        said.append(f"Pausen höchstens {plain(limits.pause_good_s)} s länger als gefragt")
    return said


def limits() -> str:
    """Return what a session page cannot say."""
    return (
        "Toepoint ist eine Trainingshilfe und kein Medizinprodukt: dieses Blatt ist nie eine Diagnose. Es "
        "kommt von zwei oder mehr Sensoren am Bein; es zeigt ein Sprunggelenk in einer Ebene, keine Kraft, "
        "keinen Schmerz und keinen Muskel. Das ± gilt für die Sensoren, wie sie angelegt waren. Nach "
        "Schmerz wird nicht gefragt: Notizen sind die eigenen Worte der Person."
    )
