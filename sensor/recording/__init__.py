"""The recording of a session: one MCAP file with the bytes as they arrived.

``docs/recording_format.md`` describes the format. :class:`RecordingWriter` writes it
as it happens, :func:`whole_recording` at once, and :func:`open_recording` reads it.
"""

from sensor.recording.compact import Compacted, LeftAsItIs, compact_recording, is_compact
from sensor.recording.health import Damage, Health
from sensor.recording.reader import Recording, open_recording
from sensor.recording.sink import RecordingMoved
from sensor.recording.whole_recording import whole_recording
from sensor.recording.writer import RecordingWriter

__all__ = [
    "Compacted",
    "Damage",
    "Health",
    "LeftAsItIs",
    "Recording",
    "RecordingMoved",
    "RecordingWriter",
    "compact_recording",
    "is_compact",
    "open_recording",
    "whole_recording",
]
