"""The words of the printed page of a session."""

import math

from PySide6.QtCore import QCoreApplication

from gui.models.session_card import SessionCard
from gui.models.session_facts import SessionFacts
from gui.pages.end.card_words import NO_VALUE, effort_words
from gui.translations import texts
from gui.translations.decimals import decimal, plain
from gui.translations.load_words import kept_load_words
from gui.translations.set_words import angle_words, side_words
from processing.calibration.grade import CalibrationGrade
from processing.coach.protocol import SetType
from processing.judge.exercise_target import judges_toes
from processing.judge.set_metrics import SetMetrics
from processing.review.judged_sets import JudgedSet


def set_row(judged: JudgedSet, unit: str) -> list[str]:
    """Return the cells of a set, in the order of :func:`set_heads`."""
    metrics = judged.metrics
    tempo = judged.target.tempo
    return [
        str(judged.number),
        asked_words(judged.type),
        side_words(judged.side) or NO_VALUE,
        kept_load_words(judged.load_kg, unit, judged.source.exercise) or NO_VALUE,
        NO_VALUE if tempo is None else tempo.notation,
        str(metrics.reps),
        f"{metrics.good} / {metrics.judged}" if metrics.judged else NO_VALUE,
        _dose(judged),
        NO_VALUE if metrics.eccentric_mean_s is None else decimal(metrics.eccentric_mean_s),
        NO_VALUE if metrics.rom_mean is None else f"{math.degrees(metrics.rom_mean):.0f}°",
        _control(metrics),
        NO_VALUE if judged.reserve is None else plain(judged.reserve),
    ]


def set_heads(card: SessionCard) -> list[str]:
    """Return the heads of the table of the sets."""
    raises = card.exercise.measures_height
    angle = angle_words(card.exercise.key) or QCoreApplication.translate("sheet", "curl")
    return [
        QCoreApplication.translate("sheet", "set"),
        QCoreApplication.translate("sheet", "toes"),
        QCoreApplication.translate("sheet", "leg"),
        QCoreApplication.translate("sheet", "load"),
        QCoreApplication.translate("sheet", "tempo"),
        QCoreApplication.translate("sheet", "reps"),
        QCoreApplication.translate("sheet", "good"),
        QCoreApplication.translate("sheet", "height × reps")
        if raises
        else QCoreApplication.translate("sheet", "pointed lowering, s"),
        QCoreApplication.translate("sheet", "a lowering, s"),
        QCoreApplication.translate("sheet", "height") if raises else angle,
        QCoreApplication.translate("sheet", "control lost"),
        QCoreApplication.translate("sheet", "more possible"),
    ]


def reason_lines(card: SessionCard, facts: SessionFacts) -> list[str]:
    """Return why reps were not good or not judged, the commonest first."""
    lines = [f"{count} × {texts().weeks.fault(fault)}" for fault, count in card.faults.items()]
    text = QCoreApplication.translate("sheet", "{count} × not judged: {why}")
    lines += [
        text.format(count=count, why=texts().verdicts.reason(reason))
        for reason, count in facts.unjudged.items()
    ]
    return lines or [QCoreApplication.translate("sheet", "none: every judged rep was good")]


def said_lines(card: SessionCard, facts: SessionFacts) -> list[str]:
    """Return what the person said: soreness, effort, cramps, notes."""
    lines = []
    soreness = card.reports.soreness
    if soreness is not None:
        text = QCoreApplication.translate("sheet", "soreness before: {value} of 10")
        lines.append(text.format(value=plain(soreness)))
    else:
        lines.append(QCoreApplication.translate("sheet", "soreness before: no answer"))
    lines.append(effort_words(card) or QCoreApplication.translate("sheet", "effort: no answer"))
    if facts.cramps:
        text = QCoreApplication.translate("sheet", "stopped for a cramp at {times}")
        lines.append(text.format(times=", ".join(map(_clock, facts.cramps))))
    lines += [f"{_clock(t)}  {note}" for t, note in facts.notes]
    return lines


def measured_lines(facts: SessionFacts) -> list[str]:
    """Return how the session was measured."""
    lines = [
        QCoreApplication.translate("sheet", "sensors: {makes}").format(
            makes=", ".join(facts.sensors)
        )
    ]
    if not facts.calibrated:
        lines.append(
            QCoreApplication.translate(
                "sheet", "no calibration by marked movements: the zero is a convention"
            )
        )
    elif facts.age_s is not None and facts.grade is not None:
        text = QCoreApplication.translate(
            "sheet", "calibration: {grade}, {minutes} min before the first set"
        )
        if facts.age_s < 60.0:
            text = QCoreApplication.translate(
                "sheet", "calibration: {grade}, less than a minute before the first set"
            )
        minutes = f"{facts.age_s / 60.0:.0f}"
        lines.append(text.format(grade=grade_words(facts.grade), minutes=minutes))
    else:
        lines.append(QCoreApplication.translate("sheet", "calibrated before the session"))
    lines += [texts().calibration.remark(one) for one in facts.remarks[:2]]
    if facts.zeros:
        text = QCoreApplication.translate("sheet", "zero taken again: {count} ×")
        lines.append(text.format(count=facts.zeros))
    if facts.uncertainty_deg is not None:
        text = QCoreApplication.translate(
            "sheet", "ankle angle: ± {degrees}°, meant to hold in 95 of 100 samples"
        )
        lines.append(text.format(degrees=decimal(facts.uncertainty_deg)))
    return lines


def good_lines(card: SessionCard) -> list[str]:
    """Return what a good rep had to be, once for each different target of the sets."""
    lines: dict[str, list[str]] = {}
    for judged in card.sets:
        means = "; ".join(texts().end.good_means(judged.target))
        lines.setdefault(means, []).append(str(judged.number))
    if list(lines) == [""]:
        return [QCoreApplication.translate("sheet", "nothing was asked: no rep was judged")]
    if len(lines) == 1:
        return list(lines)
    text = QCoreApplication.translate("sheet", "set {numbers}: {what}")
    return [
        text.format(numbers=", ".join(numbers), what=means or NO_VALUE)
        for means, numbers in lines.items()
    ]


def asked_words(kind: SetType) -> str:
    """Return what a kind of set asks of the toes."""
    words = {
        SetType.DF: QCoreApplication.translate("sheet", "up"),
        SetType.PF: QCoreApplication.translate("sheet", "pointed"),
        SetType.B: QCoreApplication.translate("sheet", "up, pointed"),
        SetType.B2: QCoreApplication.translate("sheet", "two legs up"),
        SetType.FREE: QCoreApplication.translate("sheet", "free"),
    }
    return words[kind]


def grade_words(grade: CalibrationGrade) -> str:
    """Return the grade of a calibration."""
    words = {
        CalibrationGrade.GOOD: QCoreApplication.translate("sheet", "good"),
        CalibrationGrade.USABLE: QCoreApplication.translate("sheet", "usable"),
        CalibrationGrade.NOT_USABLE: QCoreApplication.translate("sheet", "not usable"),
    }
    return words[grade]


def axis_words() -> dict[str, str]:
    """Return the words at the ends of the axes of the small pictures."""
    return {
        "bottom": QCoreApplication.translate("sheet", "bottom"),
        "top": QCoreApplication.translate("sheet", "top"),
        "up": QCoreApplication.translate("sheet", "toes up"),
        "pointed": QCoreApplication.translate("sheet", "pointed"),
    }


def pictures_title(card: SessionCard) -> str:
    """Return what the small pictures of the sets show, as the title of a part."""
    note = pictures_note(card)
    if not note:
        return QCoreApplication.translate("sheet", "Every set")
    title = QCoreApplication.translate("sheet", "{what}, every set").format(what=note)
    return title[:1].upper() + title[1:]


def pictures_note(card: SessionCard) -> str:
    """Return what the small pictures of the sets show; empty where they show several things."""
    exercises = {one.source.exercise.key: one.source.exercise for one in card.sets}
    if len(exercises) > 1:
        return ""
    exercise = next(iter(exercises.values()), card.exercise)
    angle = angle_words(exercise.key) or QCoreApplication.translate("sheet", "the curl")
    if judges_toes(exercise):
        return QCoreApplication.translate("sheet", "ankle against {angle}").format(angle=angle)
    if exercise.measures_height:
        angle = QCoreApplication.translate("sheet", "height of the heel")
    return QCoreApplication.translate("sheet", "{angle} over time").format(angle=angle)


def _dose(judged: JudgedSet) -> str:
    metrics = judged.metrics
    if judged.source.exercise.measures_height:
        work = metrics.work_index
        return NO_VALUE if work is None else f"{math.degrees(work):.0f}°"
    return f"{metrics.pointed_eccentric_s:.0f}"


def _control(metrics: SetMetrics) -> str:
    points = metrics.break_points
    return f"{points.lost} / {points.known}" if points.known else NO_VALUE


def _clock(t: float) -> str:
    minutes, seconds = divmod(round(t), 60)
    return f"{minutes}:{seconds:02d}"
