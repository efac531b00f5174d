"""Settings of all tests: NumPy and SciPy, which read theirs when they load, run as in the program."""

import gc
import os

import pytest

from gui.cli.main import ONE_THREAD
from sensor.compiled import cache_folder
from tests.drawn import load_profile

os.environ.setdefault(*ONE_THREAD)
# Tests give the program other folders of the person; compiling again in each of them takes half a minute.
os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))
load_profile()

LONG = ("tests/recipes/", "tests/gui/test_page_layout.py", "tests/test_examples.py")
"""The files that take longest, and come late in the alphabet."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest files first: one at the end would keep one process busy and the others idle."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from what lives to the end: all modules and tests."""
    gc.collect()
    gc.freeze()
