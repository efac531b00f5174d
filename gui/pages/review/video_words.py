"""The video in words: its place in time, and what is wrong with it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from gui.models.video.errors import VideoError, VideoFault
from gui.translations.decimals import decimal
from processing.review.video_link import Alignment, Found, PlacedBy
from sensor.errors import ToepointError
from sensor.types import Segment

_FINE_S = 1.0
"""A smaller uncertainty is told in milliseconds."""


def place_words(alignment: Alignment) -> str:
    """Return what a video is laid by, and how well."""
    by = {
        PlacedBy.NOTHING: QCoreApplication.translate("video", "not laid on the time yet"),
        PlacedBy.CLOCK: QCoreApplication.translate("video", "by its clock"),
        PlacedBy.IMPACT: QCoreApplication.translate("video", "by a tap"),
        PlacedBy.HAND: QCoreApplication.translate("video", "by hand"),
    }[alignment.by]
    if alignment.uncertainty_s is None:
        return by
    if alignment.uncertainty_s < _FINE_S:
        return f"{by}, ± {1000 * alignment.uncertainty_s:.0f} ms"
    return f"{by}, ± {alignment.uncertainty_s:.0f} s"


def trouble_words(error: ToepointError) -> str:
    """Return what is wrong with a video; other errors say it themselves."""
    if not isinstance(error, VideoError):
        return str(error)
    texts = {
        VideoFault.MISSING: QCoreApplication.translate("video", "{name} is not there any more."),
        VideoFault.NOT_READABLE: QCoreApplication.translate(
            "video", "{name} cannot be read. Is the drive connected?"
        ),
        VideoFault.NOT_A_VIDEO: QCoreApplication.translate(
            "video", "{name} is no video that can be read. MP4, MOV, MKV, WebM and AVI can."
        ),
        VideoFault.NO_PICTURE: QCoreApplication.translate(
            "video", "No picture in {name} can be read. Convert it to MP4 with H.264."
        ),
        VideoFault.TOO_LARGE: QCoreApplication.translate(
            "video", "The pictures of {name} are larger than 8K. Convert it to a smaller size."
        ),
        VideoFault.DAMAGED: QCoreApplication.translate("video", "{name} is damaged here."),
        VideoFault.NO_ENCODER: QCoreApplication.translate(
            "video", "This computer has no encoder to write a clip with."
        ),
        VideoFault.NOT_WRITABLE: QCoreApplication.translate(
            "video", "{name} cannot be written. Choose another folder."
        ),
    }
    return texts[error.fault].format(name=error.path.name)


def missing_words(found: Found, path: Path) -> str:
    """Return that a video was not found."""
    text = (
        QCoreApplication.translate("video", "{name} is not where it was. Attach it again.")
        if found is Found.GONE
        else QCoreApplication.translate(
            "video", "{name} is another file than before. Attach the right one."
        )
    )
    return text.format(name=path.name)


def impact_words(segment: Segment, jolt: float, t: float) -> str:
    """Return an impact: its sensor, its size in m/s², and its session time in s."""
    where = {
        Segment.SHIN: QCoreApplication.translate("video", "shin"),
        Segment.FOOT: QCoreApplication.translate("video", "foot"),
    }.get(segment, segment.value)
    minutes, seconds = divmod(t, 60.0)
    moment = f"{minutes:.0f}:{decimal(seconds, 2).rjust(5, '0')}"
    return f"{moment} · {where} · {jolt:.0f} m/s²"
