"""The cues of a session in a clip of it."""

from gui.models.review import ReviewedSession
from gui.models.settings import Settings
from gui.models.video.clip import SOUND_HZ, ClipPlan
from gui.sound.cue_track import cue_track
from processing.coach.cues import Cue
from sensor.types import FloatArray


def cue_sound(session: ReviewedSession, settings: Settings, plan: ClipPlan) -> FloatArray | None:
    """Return the cues that were played in a clip, in the voice of the settings; None if none are recorded.

    Raises
    ------
    RecordingError
        If the recording cannot be read again.
    SoundError
        If the clips of the voice cannot be read.
    """
    start_ns = session.recording.header.start_ns
    found = (Cue.from_event(event, start_ns) for event in session.recording.events())
    cues = sorted((cue for cue in found if cue is not None), key=lambda cue: cue.t)
    if not cues:
        return None
    return cue_track(
        cues,
        plan.start_s,
        plan.samples,
        SOUND_HZ,
        language=settings.language,
        scheme=settings.sound_scheme,
    )
