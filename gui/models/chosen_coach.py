"""The coach and the protocol of the settings."""

from dataclasses import asdict, replace
from datetime import timedelta

from gui.models import wall_clock
from gui.models.chosen_exercise import exercise_of
from gui.models.settings import Settings
from processing.coach.coach import Coach
from processing.coach.cues import CueConfig, Level
from processing.coach.loads import Athlete
from processing.coach.protocol import Protocol, SetType
from processing.coach.protocol_file import protocol_named
from processing.coach.stop_rule import StopRule
from processing.exercises.exercise import LEG_CURL
from processing.judge.set_metrics import CONTROL_LOSS_FLAG_PERCENT
from processing.library import Past
from sensor.errors import DocumentError

KG_PER_LB = 0.45359237
"""Exact by the international agreement of 1959."""

STOP_RULES = {
    "off": StopRule(),
    # The loss from which the numbers of a set remark on it; and more than a break point varies.
    "control_loss": StopRule(control_loss_percent=CONTROL_LOSS_FLAG_PERCENT),
    "break_point": StopRule(break_rise_deg=20.0),
    "quality": StopRule(missed_reps=3),
}
"""The stop rule of each choice in the settings."""


def coach_of(settings: Settings, audio_delay_s: float = 0.0, past: Past | None = None) -> Coach:
    """Return a new coach for a session.

    Parameters
    ----------
    settings
        Name the protocol, the load and the feedback.
    audio_delay_s
        Delay of the sound output, by which cues are sent earlier.
    past
        The earlier sessions of the person; None if they are not known.

    Raises
    ------
    DocumentError
        If there is no such protocol.
    """
    protocol = protocol_of(settings)
    kg = KG_PER_LB if settings.unit == "lb" else 1.0
    # The fields of the past carry the names of those of the athlete.
    known = asdict(past or Past())
    sessions_done = known.pop("sessions_done")
    athlete = Athlete(
        step_kg=settings.load_step * kg,
        loads_kg=dict.fromkeys(SetType, settings.load * kg),
        understood=settings.understood == settings.protocol,
        **known,
    )
    config = CueConfig(
        level=Level(settings.feedback),
        # The coach looks ahead by a second at most.
        audio_delay_s=min(audio_delay_s, 1.0),
        sessions_done=sessions_done,
        glide=settings.sound_scheme == "tone",
        misses_only=settings.exercise == LEG_CURL and settings.posture == "seated",
    )
    return Coach(protocol, athlete, config)


def protocol_of(settings: Settings) -> Protocol:
    """Return the protocol of ``settings``, with the bands and the stop rule that are in force for it.

    The more specific choice wins: that of the person for this protocol, then that of the protocol
    itself, then that of the person in general. The start of a set records which.

    Raises
    ------
    DocumentError
        If there is no such protocol.
    """
    return in_force(settings, planned_protocol(settings))


def planned_protocol(settings: Settings) -> Protocol:
    """Return the protocol of ``settings`` with the person's changes of its sets.

    Raises
    ------
    DocumentError
        If there is no such protocol.
    """
    protocol = protocol_named(settings.protocol)
    changes = settings.plan
    return protocol if changes is None else changes.applied(settings.protocol, protocol)


def in_force(settings: Settings, protocol: Protocol) -> Protocol:
    """Return ``protocol`` with the bands and the stop rule that ``settings`` put into force for it."""
    chosen = (settings.bands_for or {}).get(settings.protocol)
    rule = STOP_RULES[settings.stop_rule]
    return replace(
        protocol,
        bands=chosen or protocol.bands or settings.band_preset,
        sets=tuple(
            replace(asked, stop=rule) if asked.stop == StopRule() else asked
            for asked in protocol.sets
        ),
    )


def preset_choice(settings: Settings, preset: str) -> dict[str, object]:
    """Return the settings that the choice of ``preset`` changes: in general, or for this protocol.

    A protocol that names its own bands is only overruled by a choice for that protocol.
    """
    if not protocol_named(settings.protocol).bands:
        return {"band_preset": preset}
    return {"bands_for": {**(settings.bands_for or {}), settings.protocol: preset}}


def in_days(days: int = 0) -> str:
    """Return the day in so many days as a change of the plan names it."""
    return (wall_clock.now().date() + timedelta(days=days)).isoformat()


def plan_is_over(settings: Settings) -> bool:
    """Return whether the last day of a change of the plan is over."""
    return settings.plan is not None and settings.plan.until < in_days()


def usable(settings: Settings) -> tuple[Settings, str]:
    """Return ``settings`` with what the window can open with, and the error of what it cannot; else empty.

    Files of the person's own protocols and exercises may have been deleted.
    """
    usual, trouble = Settings(), ""
    if plan_is_over(settings):
        settings = replace(settings, plan=None)
    try:
        protocol_of(settings)
    except DocumentError as error:
        trouble = str(error)
        settings = replace(settings, protocol=usual.protocol)
    try:
        exercise_of(settings)
    except DocumentError as error:
        trouble = trouble or str(error)
        settings = replace(settings, exercise=usual.exercise, protocol=usual.protocol)
    return settings, trouble
