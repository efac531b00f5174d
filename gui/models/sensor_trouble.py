"""The trouble of the sensors in a session: lost, moved, or one that the exercise needs and nobody wears. No Qt."""

from gui.models.live import LiveModel
from gui.models.silence import AngleSilence
from gui.models.train_view import Alarm, Trouble
from processing.exercises.exercise import SENSORS_OF, Exercise
from processing.pipeline.pairing import PAIRED_SEGMENTS
from sensor.types import Segment

_LIVE_LINKS = ("", "streaming")


def sensor_trouble(
    live: LiveModel, silence: AngleSilence, exercise: Exercise, wall_s: float
) -> Trouble | None:
    """Return the trouble of the sensors themselves; None for none.

    Parameters
    ----------
    live
        The newest values of the session.
    silence
        Notices that no angle comes any more.
    exercise
        The exercise in hand.
    wall_s
        Time of the monotonic clock, s.
    """
    if silence.lost(live.now, wall_s):
        lost = [s for s, seen in live.sensors.items() if seen.state not in _LIVE_LINKS]
        if not lost and not silence.ankle_lost(live.now, wall_s):
            # A session without links says nothing, but the ankle's own sensors are there.
            lost = [s for s in live.sensors if s not in PAIRED_SEGMENTS]
        return Trouble(Alarm.LOST, tuple(sorted(lost)))
    if live.strapped:
        return Trouble(Alarm.STRAPPED)
    lacking = _lacking(live, exercise)
    return Trouble(Alarm.NO_DRIVING, lacking) if lacking else None


def _lacking(live: LiveModel, exercise: Exercise) -> tuple[Segment, ...]:
    """Return the sensors that the driving angle needs and nobody wears."""
    worn = live.sensors
    # Until the sensors of the session are known, none is missed.
    if not set(PAIRED_SEGMENTS) <= set(worn) or exercise.driving_with(worn) is not None:
        return ()
    return tuple(place for place in SENSORS_OF[exercise.driving] if place not in worn)
