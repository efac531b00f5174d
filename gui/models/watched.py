"""Simulated sessions that a person only watches, kept apart from the person's own. No Qt."""

import shutil
import tempfile
from concurrent.futures import Future
from pathlib import Path

from processing.session import SessionReport


class WatchedSessions:
    """The recordings of watched sessions, in folders that last as long as the window."""

    def __init__(self) -> None:
        self.running = False
        """Whether the session that runs is only watched."""
        self._folders: list[Path] = []
        self._closing: tuple[Future[SessionReport], Path] | None = None

    def new_recording(self) -> Path:
        """Return the file of another one."""
        folder = Path(tempfile.mkdtemp(prefix="toepoint-watched-"))
        self._folders.append(folder)
        return folder / "simulated.mcap"

    def end(self, closing: Future[SessionReport], recording: Path | None) -> None:
        """Take note that the running session ends; ``closing`` is done when its file is closed."""
        if self.running and recording is not None:
            self._closing = closing, recording
        self.running = False

    def take_ended(self) -> Path | None:
        """Return the recording of a session that has just been closed, None if there is none."""
        if self._closing is None or not self._closing[0].done():
            return None
        path, self._closing = self._closing[1], None
        return path if path.exists() else None

    def close(self) -> None:
        """Delete all of them."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()
