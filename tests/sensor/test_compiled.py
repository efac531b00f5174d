"""Compiled functions give what plain Python gives, whatever became of the cache."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sensor.compiled import Compiled, compiled, layout
from sensor.compiled.signature import read_signature
from sensor.types import FloatArray, IntArray
from tests.patience import PATIENCE_S

USE = """
from tests.sensor.test_compiled import series
print(series(0.5, 40).hex())
"""


@compiled("f8(f8, i8)")
def _power(base: float, exponent: int) -> float:
    return base**exponent


def _terms(x: float, terms: int) -> float:
    """Return the start of the series of 1 / (1 - x)."""
    total = 0.0
    for i in range(terms):
        total += _power(x, i)
    return total


series = compiled("f8(f8, i8)")(_terms)


def used_in_another_process(cache: Path, more: str = "") -> str:
    command = [sys.executable, "-c", USE + more]
    environment = os.environ | {"NUMBA_CACHE_DIR": str(cache)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=PATIENCE_S, env=environment
    )
    assert not done.stderr
    return done.stdout.strip()


def test_a_compiled_function_calls_another_one() -> None:
    assert series(0.5, 60) == pytest.approx(2.0)


@compiled("Tuple((f8, i8, b1))(f8[:, ::1], Array(i8, 1, 'A', True), b1, f8[:])")
def _mixed(
    matrix: FloatArray, numbers: IntArray, doubled: bool, out: FloatArray
) -> tuple[float, int, bool]:
    """Fill ``out`` with the sums of the rows; return their sum, that of ``numbers`` and ``doubled``."""
    total, count = 0.0, 0
    for row in range(matrix.shape[0]):
        out[row] = 0.0
        for column in range(matrix.shape[1]):
            out[row] += matrix[row, column] * (2.0 if doubled else 1.0)
        total += out[row]
    for i in range(len(numbers)):
        count += numbers[i]
    return total, count, doubled


@compiled("f8(f8, f8)")
def _share(part: float, whole: float) -> float:
    return part / whole


MATRIX = np.arange(6.0).reshape(2, 3)
NUMBERS = np.arange(8)
NUMBERS.setflags(write=False)


def test_arrays_of_all_kinds_reach_a_compiled_function() -> None:
    out = np.full(5, -1.0)
    assert _mixed(MATRIX, NUMBERS[::2], True, out[1::2]) == (30.0, 12, True)
    assert out.tolist() == [-1.0, 6.0, -1.0, 24.0, -1.0]
    mapped = MATRIX.view(np.memmap)
    total, count, doubled = _mixed(mapped, NUMBERS, False, np.empty(2))
    assert (total, count, doubled) == (15.0, 28, False)
    assert (type(total), type(count), type(doubled)) == (float, int, bool)
    assert _share(np.float64(1.0), 4) == 0.25


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (0, MATRIX.T),
        (0, MATRIX[0]),
        (0, MATRIX.astype(np.float32)),
        (0, MATRIX.astype(">f8")),
        (0, MATRIX.tolist()),
        (0, None),
        (1, NUMBERS.astype(np.int32)),
        (1, NUMBERS.astype(float)),
        (3, "text"),
    ],
)
def test_arguments_of_other_types_are_refused_instead_of_compiled(
    place: int, wrong: object
) -> None:
    arguments = [MATRIX, NUMBERS, True, np.empty(2)]
    arguments[place] = wrong
    with pytest.raises(TypeError):
        _mixed(*arguments)  # type: ignore[arg-type]


def test_an_array_that_may_not_change_is_refused_where_it_would_be_filled() -> None:
    out = np.empty(2)
    out.setflags(write=False)
    with pytest.raises(TypeError):
        _mixed(MATRIX, NUMBERS, True, out)


def test_numbers_of_other_types_and_missing_arguments_are_refused() -> None:
    with pytest.raises(TypeError):
        series("half", 3)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        series(0.5, 3.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        series(0.5)  # type: ignore[call-arg, misc]


def test_where_objects_are_laid_out_otherwise_numba_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    assert layout.is_as_known()
    monkeypatch.setattr(layout, "is_as_known", lambda: False)
    by_numba = compiled("f8(f8, i8)")(_terms)
    assert by_numba(0.3, 40) == series(0.3, 40)
    with pytest.raises(TypeError):
        by_numba("half", 3)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", ["TYPE", "ITEMS", "DATA", "SHAPE", "FLAGS", "NUMBER"])
def test_a_field_at_another_place_is_noticed(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(layout, place, getattr(layout, place) + 8)
    assert not layout.is_as_known.__wrapped__()


def test_a_division_by_zero_is_an_error() -> None:
    with pytest.raises(ArithmeticError):
        _share(1.0, 0.0)


def test_nothing_is_kept_alive_by_a_call() -> None:
    out = np.empty(2)
    before = [sys.getrefcount(one) for one in (MATRIX, NUMBERS, out)]
    for _ in range(100):
        _mixed(MATRIX, NUMBERS, True, out)
        with pytest.raises(TypeError):
            _mixed(MATRIX.T, NUMBERS, True, out)
    assert [sys.getrefcount(one) for one in (MATRIX, NUMBERS, out)] == before


def _needs_more(values: FloatArray) -> float:
    return float(np.sort(values)[0])


def test_a_function_that_would_need_numba_where_it_runs_is_refused() -> None:
    # Not among those that a session loads: other tests begin one in this process.
    function = Compiled(_needs_more, "f8(f8[::1])")
    with pytest.raises(NotImplementedError, match="needs_more"):
        function(np.ones(3))


@pytest.mark.parametrize("text", ["f4(f8)", "f8", "f8(c16)", "f8(f8[::1]", "i8(optional(f8))"])
def test_other_signatures_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"signature|not a valid"):
        read_signature(text)


def test_a_damaged_cache_is_renewed(tmp_path: Path) -> None:
    first = used_in_another_process(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert used_in_another_process(tmp_path) == first
    assert any(path.stat().st_size > 1000 for path in tmp_path.rglob("*.o"))
    for path in tmp_path.rglob("*.o"):
        path.write_bytes(b"no machine code" * 20)
    assert used_in_another_process(tmp_path) == first


def test_what_is_kept_runs_without_the_compiler(tmp_path: Path) -> None:
    first = used_in_another_process(tmp_path)
    again = used_in_another_process(tmp_path, "import sys\nassert 'numba' not in sys.modules\n")
    assert again == first


def test_what_an_earlier_version_left_goes_after_a_month(tmp_path: Path) -> None:
    days = {"terms-earlier.o": 40, "terms-other.o": 2, "else-earlier.o": 40}
    for name, age in days.items():
        (tmp_path / name).write_bytes(b"")
        then_s = time.time() - 86400 * age
        os.utime(tmp_path / name, (then_s, then_s))
    used_in_another_process(tmp_path)
    assert [name for name in days if (tmp_path / name).exists()] == [
        "terms-other.o",
        "else-earlier.o",
    ]


def test_a_folder_that_cannot_be_made_breaks_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert float.fromhex(used_in_another_process(blocked / "cache")) == series(0.5, 40)


def test_the_share_that_is_ready_is_told_while_functions_are_compiled(tmp_path: Path) -> None:
    told = """
import sensor.compiled.compiler as compiler
from sensor.compiled import load_compiled, preparing
from tests.sensor import test_compiled
assert preparing() is None
told, whole = [], compiler.machine_code
def watched(*given):
    told.append(preparing())
    return whole(*given)
compiler.machine_code = watched
load_compiled()
assert len(told) > 1 and told == sorted(told) and told[-1] < 1.0, told
assert preparing() is None
"""
    used_in_another_process(tmp_path, told)
