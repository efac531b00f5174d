"""The facts of a video file and its pictures."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

SAME_TIME_S = 1e-6
"""Times that are closer are the same: sums of offsets are rounded. A tick is at least ten times as long."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """The facts that a video file states about itself."""

    width: int
    """Width of the upright picture, in pixels of its height."""
    height: int
    """Height of the upright picture, pixels."""
    turn_deg: int
    """Turn of the stored picture until it is upright: 0, 90, 180 or 270, counter-clockwise."""
    duration_s: float
    """Time from the first frame to the end of the last one, s; 0 if it does not say."""
    frame_s: float
    """Usual time between two frames, s."""
    created: datetime | None
    """Creation time in its metadata, UTC; None if it has none."""
    modified: datetime
    """Time of the last change of the file, UTC."""
    sound: bool = False
    """Whether it has a sound track."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame of a video, scaled and upright."""

    t: float
    """Time at which it is first shown, s from the first frame."""
    until: float
    """Time at which the next one is shown, s; infinity for the last one."""
    pixels: npt.NDArray[np.uint8]
    """(height, width, 4) blue, green, red, 255."""

    def covers(self, t: float) -> bool:
        """Return whether this is the picture at ``t`` s."""
        return self.t - SAME_TIME_S <= t < self.until - SAME_TIME_S


def read_created(text: str | None) -> datetime | None:
    """Return the creation time in a file's metadata, UTC; None if it is none."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    # The containers store UTC; many cameras leave the zone out. Those without a clock write 1904 or 1970.
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found if found.year > FIRST_YEAR else None


FIRST_YEAR = 1990
"""Earlier times come from cameras whose clock was never set."""
