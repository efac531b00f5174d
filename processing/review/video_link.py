"""The video of a session: a small document beside the recording, which itself never changes.

It holds where the video lies, how to recognise it, and its place on the time of the session. The video is
not copied, and may be moved with the recording.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from sensor.documents.convert import Finite, convert
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import write_private

FORMAT = Format("a video of a session", "toepoint.video", 1)
SUFFIX = ".video.json"
"""Beside the recording."""
MAX_BYTES = 20_000
"""It takes some 400 bytes, most of them the path."""
_SAMPLE_BYTES = 65_536
"""Bytes at the start and at the end that are hashed: a video has gigabytes."""

Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=4096)]
Digest: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class PlacedBy(StrEnum):
    """The origin of a place in time."""

    NOTHING = "nothing"
    """No clock fits: the video begins with the session."""
    CLOCK = "clock"
    """The times of its file."""
    IMPACT = "impact"
    """A tap or landing that is in the video and in the samples."""
    HAND = "hand"
    """Moved by hand."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The place of a video on the time of its session."""

    offset_s: Finite
    """Session time of its first frame, s."""
    by: PlacedBy
    """The origin of the offset."""
    uncertainty_s: Annotated[float, Meta(ge=0.0, le=1e9)] | None
    """Largest error to expect, s; None if not known."""


@dataclass(frozen=True, slots=True)
class VideoLink:
    """The video of a session."""

    path: Name
    """The file, relative to the recording's folder where it can be, with slashes."""
    size_bytes: Annotated[int, Meta(ge=0)]
    """Its size."""
    digest: Digest
    """SHA-256 of its size, its beginning and its end."""
    alignment: Alignment
    """Its place in time."""


class Found(StrEnum):
    """The result of looking for a video."""

    HERE = "here"
    GONE = "gone"
    ANOTHER = "another file of that name"


def video_link_path(recording: Path) -> Path:
    """Return the document about the video of ``recording``."""
    return recording.with_suffix(SUFFIX)


def link_to(video: Path, recording: Path, alignment: Alignment) -> VideoLink:
    """Describe a video for the session of ``recording``.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    size = video.stat().st_size
    try:
        shown = Path(os.path.relpath(video.absolute(), recording.parent.absolute()))
    except ValueError:
        # Another drive of Windows.
        shown = video.absolute()
    # Far away, the whole path is more likely to stay true than the way there.
    if shown.parts.count(os.pardir) > 1:
        shown = video.absolute()
    return VideoLink(shown.as_posix(), size, _digest(video), alignment)


def find_video(link: VideoLink, recording: Path) -> tuple[Path, Found]:
    """Look for the video of ``recording``: where it was, then beside the recording."""
    folder = recording.parent
    named = folder / link.path
    places = (named, folder / named.name)
    there = [place for place in places if place.is_file()]
    for place in there:
        try:
            if place.stat().st_size == link.size_bytes and _digest(place) == link.digest:
                return place, Found.HERE
        except OSError:
            continue
    return named, Found.ANOTHER if there else Found.GONE


def read_video_link(path: Path) -> VideoLink | None:
    """Read a document about a video; None if there is none.

    Raises
    ------
    DocumentError
        If it cannot be read, is another one, is damaged or of a newer version.
    """
    origin = Origin(path, "delete it to attach the video again")
    data = read_limited(path, MAX_BYTES, origin)
    if data is None:
        return None
    _, values = FORMAT.read_head(parse_json(data, origin), origin)
    link = convert(values, VideoLink, origin)
    if "\0" in link.path:
        raise origin.error(DocumentFault.CONTENT, "it is no path", where="path", value=link.path)
    return link


def write_video_link(path: Path, link: VideoLink | None) -> None:
    """Write a document about a video as a whole; None deletes it.

    Raises
    ------
    DocumentError
        If it cannot be written; the old one is still there.
    """
    try:
        if link is None:
            path.unlink(missing_ok=True)
        else:
            stored = {**FORMAT.head(), **msgspec.to_builtins(link)}
            write_private(path, json.dumps(stored, indent=1))
    except OSError as error:
        detail = f"the place of the video is not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error


def _digest(video: Path) -> str:
    with video.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        found = hashlib.sha256(f"{size}:".encode())
        found.update(file.read(_SAMPLE_BYTES))
        file.seek(max(size - _SAMPLE_BYTES, 0))
        found.update(file.read(_SAMPLE_BYTES))
    return found.hexdigest()
