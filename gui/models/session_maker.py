"""The session of a source as the settings of the person ask for it: its coach, recording and exercise. No Qt."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from gui.models.athletes import facts_of
from gui.models.chosen_coach import coach_of
from gui.models.chosen_exercise import exercise_of, own_exercises
from gui.models.settings import Settings
from processing.coach.beginning import recorded_beginning
from processing.coach.coach import Coach
from processing.library import Past
from processing.motion.calibrated import Calibration
from processing.session import Listener, Session, SessionOutput
from sensor.sources import Source
from sensor.store.trims import load_trims
from sensor.types import SessionHeader

Hear = Callable[[Sequence[SessionOutput]], None]
"""Takes the output of a session in its own thread."""


def session_maker(
    source: str,
    opened: Source,
    settings: Settings,
    past: Past,
    *,
    recording: Path | None,
    audio_delay_s: float,
    hear: Hear | None,
) -> Callable[[Listener], Session]:
    """Return a function that makes the session of a source for its listener.

    Parameters
    ----------
    source
        The text of the source.
    opened
        The source.
    settings
        Of the person.
    past
        The earlier sessions of the person.
    recording
        The file to record to; None for none.
    audio_delay_s
        Delay of the sound output, by which cues are sent earlier.
    hear
        Takes the output before the listener; None for nobody.

    Raises
    ------
    ToepointError
        If the protocol or the exercise of the settings cannot be used, or a file cannot be read.
    """
    of_person = source.startswith("ble:")
    ahead = partial(_calibration_ahead, source) if source.startswith("file:") else None
    # A recording has the trims of its sensors in its header; it and a simulated leg have their own exercise.
    trims = load_trims() if of_person else []
    exercise, others = (exercise_of(settings), own_exercises()) if of_person else (None, ())
    facts = facts_of(settings) if of_person else None
    own_coach = coach_of(settings, audio_delay_s, past)

    def coach(header: SessionHeader) -> Coach:
        # A recording is coached with the protocol and athlete of its own beginning.
        begun = recorded_beginning(header)
        if begun is None:
            return own_coach
        return Coach(begun.protocol, begun.athlete, own_coach.config)

    def make(listener: Listener) -> Session:
        def hear_and_show(outputs: Sequence[SessionOutput]) -> None:
            if hear is not None:
                hear(outputs)
            listener(outputs)

        return Session(
            opened,
            hear_and_show,
            recording=recording,
            calibration=ahead,
            coach=coach,
            trims=trims,
            shin_rates=True,
            exercise=exercise,
            own_exercises=others,
            facts=facts,
        )

    return make


def _calibration_ahead(source: str) -> Calibration | None:
    # The reader of recordings is loaded only here: the first paint does not wait for it.
    from gui.models.playback import calibration_ahead  # noqa: PLC0415

    return calibration_ahead(source)[0]
