"""The words of a session card: the same on the page, the picture and the printed page."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gui.models.next_time import LoadChange
from gui.models.session_card import SessionCard
from gui.translations import texts
from gui.translations.decimals import decimal, plain
from gui.translations.load_words import kept_load_words, shown_load
from gui.translations.set_words import exercise_words, side_words
from processing.coach.protocol import SetType
from processing.judge.bands import Band

NO_VALUE = "–"


@dataclass(frozen=True, slots=True)
class CardNumber:
    """A number of the card."""

    value: str
    """The number."""
    unit: str
    """Its unit, or what it is a part of."""
    name: str
    """Its name."""

    @property
    def words(self) -> str:
        """The number with its unit."""
        gap = "" if self.unit.startswith("°") else " "
        return f"{self.value}{gap}{self.unit}" if self.unit else self.value


def title(card: SessionCard) -> str:
    """Return the title of the session: its protocol, or its exercise where nothing was asked."""
    if all(judged.type is SetType.FREE for judged in card.sets) or not card.title:
        return exercise_words(card.exercise.key)
    return texts().plan.protocol_title(card.protocol, card.title)


def day(card: SessionCard) -> str:
    """Return the day of the session."""
    when = card.when
    return QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM yyyy")


def about(card: SessionCard, unit: str) -> list[str]:
    """Return exercise, leg, sets, load and tempo; loads in ``unit``."""
    parts = [exercise_words(card.exercise.key), leg_words(card), sets_words(card)]
    parts += [load_range(card, unit), card.tempo]
    return [part for part in parts if part]


def leg_words(card: SessionCard) -> str:
    """Return which leg it was; empty if not known, or if it was both in turn."""
    words = {
        "L": QCoreApplication.translate("card", "left leg"),
        "R": QCoreApplication.translate("card", "right leg"),
        "BOTH": side_words("BOTH"),
    }
    return " + ".join(words[side] for side in card.sides if side in words)


def sets_words(card: SessionCard) -> str:
    """Return sets and reps."""
    reps = {judged.metrics.reps for judged in card.sets}
    if len(reps) == 1:
        return f"{len(card.sets)} × {reps.pop()}"
    if len(card.sets) == 1:
        return QCoreApplication.translate("card", "1 set")
    text = QCoreApplication.translate("card", "{sets} sets, {reps} reps")
    return text.format(sets=len(card.sets), reps=card.numbers.reps)


def load_range(card: SessionCard, unit: str) -> str:
    """Return the load of the sets, from the lightest to the heaviest; empty if none is known."""
    loads = card.loads_kg
    if not loads:
        return ""
    heaviest = kept_load_words(loads[-1], unit, card.exercise)
    least, _ = shown_load(loads[0], unit)
    return heaviest if len(loads) == 1 else f"{plain(least)}–{heaviest}"


def numbers(card: SessionCard) -> list[CardNumber]:
    """Return the three numbers of the card."""
    return [_good(card), _dose(card), _lowering(card)]


def following(card: SessionCard, unit: str) -> str:
    """Return what to do the next time."""
    advice = card.following
    parts = []
    if advice.load_kg is not None:
        parts.append(kept_load_words(advice.load_kg, unit, card.exercise))
    if advice.fault is not None:
        parts.append(texts().rest.advice(advice.fault))
    elif advice.change is LoadChange.SAME:
        parts.append(QCoreApplication.translate("card", "the same again"))
    text = QCoreApplication.translate("card", "Next time: {what}")
    return text.format(what=", ".join(parts))


def load_why(card: SessionCard) -> str:
    """Return why the load of the next time is another one; empty if it is the same."""
    return texts().end.load_change(card.following.change)


def effort_words(card: SessionCard) -> str:
    """Return how hard the session was; empty without an answer."""
    if card.reports.exertion is None:
        return ""
    text = QCoreApplication.translate("card", "effort {value} of 10")
    return text.format(value=plain(card.reports.exertion))


def _good(card: SessionCard) -> CardNumber:
    n = card.numbers
    if not n.judged:
        return CardNumber(str(n.reps), "", QCoreApplication.translate("card", "reps"))
    name = QCoreApplication.translate("card", "good reps")
    if n.reps > n.judged:
        text = QCoreApplication.translate("card", "good reps, {count} not judged")
        name = text.format(count=n.reps - n.judged)
    return CardNumber(str(n.good), f"/ {n.judged}", name)


def _dose(card: SessionCard) -> CardNumber:
    n = card.numbers
    if n.work_index is not None:
        name = QCoreApplication.translate("card", "height × reps")
        return CardNumber(f"{math.degrees(n.work_index):.0f}", "°", name)
    asked = any(s.target.lower is Band.PLANTARFLEXED for s in card.sets)
    if asked or n.pointed_eccentric_s > 0.0:
        name = QCoreApplication.translate("card", "pointed lowering")
        return CardNumber(f"{n.pointed_eccentric_s:.0f}", "s", name)
    name = QCoreApplication.translate("card", "lowering in all")
    return CardNumber(f"{n.eccentric_s:.0f}", "s", name)


def _lowering(card: SessionCard) -> CardNumber:
    n = card.numbers
    name = QCoreApplication.translate("card", "a lowering")
    if n.eccentric_mean_s is None:
        return CardNumber(NO_VALUE, "", name)
    if n.target_s is not None:
        text = QCoreApplication.translate("card", "a lowering, of {target}")
        name = text.format(target=plain(n.target_s))
    return CardNumber(decimal(n.eccentric_mean_s), "s", name)
