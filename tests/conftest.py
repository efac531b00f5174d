"""Settings of all tests: NumPy and SciPy, which read theirs when they load, run as in the program."""

import gc
import os

from gui.cli.main import ONE_THREAD
from sensor.compiled import cache_folder
from tests.drawn import load_profile

os.environ.setdefault(*ONE_THREAD)
# Tests give the program other folders of the person; compiling again in each of them takes half a minute.
os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))
load_profile()


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from what lives to the end: all modules and tests."""
    gc.collect()
    gc.freeze()
