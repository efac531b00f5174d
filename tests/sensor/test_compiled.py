"""Compiled functions give what plain Python gives, whatever became of the cache."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sensor.compiled import compiled

USE = """
from tests.sensor.test_compiled import series
print(series(0.5, 40).hex())
"""


@compiled("f8(f8, i8)")
def _power(base: float, exponent: int) -> float:
    return base**exponent


@compiled("f8(f8, i8)")
def series(x: float, terms: int) -> float:
    """Return the start of the series of 1 / (1 - x)."""
    total = 0.0
    for i in range(terms):
        total += _power(x, i)
    return total


def used_in_another_process(cache: Path) -> str:
    command = [sys.executable, "-c", USE]
    environment = os.environ | {"NUMBA_CACHE_DIR": str(cache)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=120, env=environment
    )
    assert not done.stderr
    return done.stdout.strip()


def test_a_compiled_function_calls_another_one() -> None:
    assert series(0.5, 60) == pytest.approx(2.0)


def test_arguments_of_other_types_are_refused_instead_of_compiled() -> None:
    with pytest.raises(TypeError):
        series("half", 3)  # type: ignore[arg-type]


def test_a_damaged_cache_is_renewed(tmp_path: Path) -> None:
    first = used_in_another_process(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert used_in_another_process(tmp_path) == first
    assert any(path.stat().st_size > 1000 for path in tmp_path.rglob("*.nbc"))
    for path in tmp_path.rglob("*.nb?"):
        path.write_bytes(b"no machine code" * 20)
    assert used_in_another_process(tmp_path) == first


def test_a_folder_that_cannot_be_made_breaks_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert float.fromhex(used_in_another_process(blocked / "cache")) == series(0.5, 40)
