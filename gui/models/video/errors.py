"""Errors of video files."""

from enum import StrEnum
from pathlib import Path

from sensor.errors import ToepointError


class VideoFault(StrEnum):
    """The fault of a video file."""

    MISSING = "there is no such file"
    NOT_READABLE = "it cannot be read"
    NOT_A_VIDEO = "it is no video of a known kind"
    NO_PICTURE = "no picture in it can be read"
    TOO_LARGE = "its pictures are too large"
    DAMAGED = "it is damaged here"
    NO_ENCODER = "no encoder for a clip was found"
    NOT_WRITABLE = "the clip cannot be written"


class VideoError(ToepointError):
    """A video that cannot be read or written.

    Attributes
    ----------
    path
        The file.
    fault
        The kind of fault.
    detail
        What the library says, for experts; may be empty.
    """

    def __init__(self, path: Path, fault: VideoFault, detail: str = "") -> None:
        self.path = path
        self.fault = fault
        self.detail = detail
        super().__init__(f"{path}: {fault.value}{f' ({detail})' if detail else ''}")
