"""Files that are dropped on the window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

SUFFIX = ".mcap"


def dropped(event: QDropEvent) -> Path | None:
    """Return the first recording or folder that ``event`` brings; None if there is none."""
    # A browser may drop addresses of the web, which are no files.
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix == SUFFIX or path.is_dir()), None)
