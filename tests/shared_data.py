"""Finds measured data beside the repository, which is not part of it."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[1].parent / "shared"


def shared_file(*parts: str) -> Path:
    """Return a file of the data beside the repository; skip the test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared/{'/'.join(parts)} is not beside the repository")
    return path


def device_vectors() -> list[dict[str, Any]]:
    """Return the published byte vectors of all families; skip the test where they are absent."""
    vectors: list[dict[str, Any]] = json.loads(
        shared_file("devices", "vectors.json").read_text(encoding="utf-8")
    )
    return vectors
