"""The coach that the settings ask for."""

from dataclasses import asdict, replace

from gui.settings import Settings
from processing.coach.bands import PRESETS
from processing.coach.cues import CueConfig, Level
from processing.coach.live import Coach
from processing.coach.loads import Athlete
from processing.coach.protocol import SetType, built_in
from processing.library import Past

KG_PER_LB = 0.45359237


def coach_of(settings: Settings, audio_delay_s: float = 0.0, past: Past | None = None) -> Coach:
    """Return a new coach for a session with ``settings``, of a person with this ``past``.

    Raises
    ------
    SettingError
        If the protocol is none of the built-in ones.
    """
    protocol = built_in(settings.protocol)
    if settings.band_preset in PRESETS:
        chosen = replace(PRESETS[settings.band_preset], hard_pf=protocol.band_rule.hard_pf)
        protocol = replace(protocol, band_rule=chosen)
    kg = KG_PER_LB if settings.unit == "lb" else 1.0
    athlete = Athlete(
        step_kg=settings.load_step * kg,
        loads_kg=tuple((kind, settings.load * kg) for kind in SetType),
        **({} if past is None else asdict(past)),
    )
    config = CueConfig(
        level=Level(settings.feedback),
        audio_delay_s=min(audio_delay_s, 1.0),
        glide=settings.sound_scheme == "tone",
        misses_only=settings.exercise == "seated",
    )
    return Coach(protocol, athlete, config)
