"""A set in words: its title, when it was, and what became of its count."""

import math
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gui.models.goals import loads_in
from gui.models.versions import Versions
from gui.translations import texts
from gui.translations.decimals import decimal, plain
from gui.translations.load_words import kept_load_words
from processing.coach.protocol import SetType
from processing.judge.recount import recount
from processing.review.judged_sets import JudgedSet
from processing.review.self_reports import SelfReports
from processing.review.session_numbers import best_one_rm_kg, session_load
from sensor.recording import Health


def set_title(judged: JudgedSet, unit: str) -> str:
    """Return number, load in the unit of the settings, kind and tempo of a set."""
    parts = [QCoreApplication.translate("set", "Set {number}").format(number=judged.number)]
    if judged.load_kg is not None:
        parts.append(kept_load_words(judged.load_kg, unit, judged.source.exercise))
    source = judged.source
    variant = source.exercise.variants.read(source.prescription)
    parts += [texts().exercises.variant(name, value) for name, value in variant.items()]
    if judged.type is not SetType.FREE:
        parts.append(judged.type.value)
    if judged.target.tempo is not None:
        parts.append(judged.target.tempo.notation)
    if judged.reserve is not None:
        text = QCoreApplication.translate("set", "{count} more possible")
        parts.append(text.format(count=plain(judged.reserve)))
    return " · ".join(parts)


def height_words(judged: JudgedSet) -> str:
    """Return height times reps of a set and its loss at the end; empty without heights."""
    metrics = judged.metrics
    work, loss = metrics.work_index, metrics.rom_fade_percent
    if not judged.source.exercise.measures_height or work is None:
        return ""
    text = QCoreApplication.translate("set", "height × reps {work}°")
    parts = [text.format(work=f"{math.degrees(work):.0f}")]
    if loss is not None:
        text = (
            QCoreApplication.translate("set", "{percent} % lower at the end")
            if loss > 0.0
            else QCoreApplication.translate("set", "{percent} % higher at the end")
        )
        parts.append(text.format(percent=f"{abs(loss):.0f}"))
    return " · ".join(parts)


def pace_words(judged: JudgedSet) -> str:
    """Return how a set kept to its metronome; empty without one."""
    pace = judged.metrics.pace
    if pace is None or pace.per_minute is None:
        return ""
    text = QCoreApplication.translate(
        "set",
        "{pace} a minute, asked {asked}: {off} off the pace, {missed} missed, {kept} in the pace",
    )
    return text.format(
        pace=f"{pace.per_minute:.0f}",
        asked=plain(pace.asked_per_minute),
        off=pace.off,
        missed=pace.missed,
        kept=pace.kept,
    )


def count_words(judged: JudgedSet) -> str:
    """Return how the live count became the final one, and why they differ if they do."""
    change = recount(judged.source.live, [verdict.rep for verdict in judged.verdicts])
    plan = texts().plan
    why = ", ".join(plan.difference(one) for one in change.differences)
    text = plan.count_change(change.live, change.final)
    return f"{text}: {why}" if why else text


def version_words(judged: JudgedSet, versions: Versions) -> str:
    """Return how many verdicts of a set changed with what they are judged by; empty if none could."""
    if versions.number == 1:
        return ""
    text = QCoreApplication.translate("set", "v1 → v{number}: {count} verdicts changed")
    return text.format(number=versions.number, count=versions.changed(judged))


def damage_words(health: Health) -> str:
    """Return how much of a damaged recording there is."""
    minutes, seconds = divmod(round(health.end_s), 60)
    text = QCoreApplication.translate(
        "set",
        "The file is damaged: everything until {minutes}:{seconds:02d} min that could be read is here.",
    )
    return text.format(minutes=minutes, seconds=seconds)


def day_words(when: datetime) -> str:
    """Return a day and a time."""
    day = QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM yyyy")
    return f"{day}, {when:%H:%M}"


def self_report_words(reports: SelfReports, duration_s: float) -> list[str]:
    """Return how sore a person was, and how hard the session was with its load; empty without answers."""
    parts: list[str] = []
    if reports.soreness is not None:
        text = QCoreApplication.translate("set", "soreness {value} of 10")
        parts.append(text.format(value=plain(reports.soreness)))
    if reports.exertion is not None:
        text = QCoreApplication.translate("set", "effort {value} of 10, load {load}")
        load = session_load(reports.exertion, duration_s)
        parts.append(text.format(value=plain(reports.exertion), load=f"{load:.0f}"))
    return parts


def one_rm_words(sets: Sequence[JudgedSet], unit: str) -> list[str]:
    """Return both estimated 1RM in ``unit`` of the settings and their ratio, where a session tells both."""
    up, pointed = (best_one_rm_kg(sets, kind) for kind in (SetType.DF, SetType.PF))
    if not up or not pointed:
        return []
    text = QCoreApplication.translate(
        "set", "1RM (estimate) toes up {up}, pointed {pointed} {unit}: ratio {ratio}"
    )
    per_kg, word = loads_in(unit)
    up_words, pointed_words = (f"{per_kg * load:.0f}" for load in (up, pointed))
    ratio = decimal(pointed / up, 2)
    return [text.format(up=up_words, pointed=pointed_words, unit=word, ratio=ratio)]
