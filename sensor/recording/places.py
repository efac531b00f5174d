"""The folders of the recordings of this account."""

from collections.abc import Sequence
from pathlib import Path

import platformdirs


def usual_folder() -> Path:
    """Return the folder in which sessions are recorded unless the person chose another."""
    return platformdirs.user_data_path("toepoint", appauthor=False) / "sessions"


def fallback_folders() -> Sequence[Path]:
    """Return the folders in which a recording can go on if its own fails, the best first."""
    # The person finds a file in the home folder, should the data folder be on the disk that failed.
    return (usual_folder(), Path.home())
