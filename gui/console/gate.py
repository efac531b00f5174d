"""The gate before supramaximal sets on a terminal: the warning, and a deliberate answer."""

from gui.models import wall_clock
from gui.models.settings import load_settings
from gui.texts.catalogue import ENGLISH
from processing.coach.loads import Athlete
from processing.coach.protocol import Protocol, SetType
from processing.coach.supramaximal import gate_of, weeks_of
from processing.library import Library, times_of


def ask_at_gate(protocol: Protocol) -> Athlete:
    """Return the person who is to train by ``protocol``, after the warning if it has a gate.

    Without the typed words, as from a script, sets of B take the place of supramaximal ones.

    Raises
    ------
    ToepointError
        If the settings or the recordings cannot be read.
    """
    if not protocol.is_supramaximal:
        return Athlete()
    now = wall_clock.now()
    sessions = Library(load_settings().recordings_folder).sessions()
    athlete = Athlete(b_weeks=weeks_of(times_of(sessions, SetType.B, now)))
    gate, words = gate_of(protocol, athlete), ENGLISH.plan
    # A closed gate is told when the session begins.
    if gate is None or not gate.is_open:
        return athlete
    print(words.supramaximal_warning())
    try:
        answer = input(f'Type "{words.understood()}" to go on: ')
    except EOFError:
        answer = ""
    understood = answer.strip().strip('"').lower() == words.understood().lower()
    return Athlete(b_weeks=athlete.b_weeks, understood=understood)
