"""The folders of the recordings of this account."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import platformdirs


def usual_folder() -> Path:
    """Return the folder in which sessions are recorded unless the person chose another."""
    return platformdirs.user_data_path("toepoint", appauthor=False) / "sessions"


def fallback_folders() -> Sequence[Path]:
    """Return the folders in which a recording can go on if its own fails, the best first."""
    # The person finds a file in the home folder, should the data folder be on the disk that failed.
    return (usual_folder(), Path.home())


def new_recording(folder: Path) -> Path:
    """Return a new name in ``folder``, which is made; it tells the local time, which people remember."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    path = folder / f"{stamp}.mcap"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stamp}_{number}.mcap"
    return path
