"""Settings of all tests: NumPy and SciPy, which read theirs when they load, run as in the program."""

import os

from gui.cli.main import ONE_THREAD

os.environ.setdefault(*ONE_THREAD)
