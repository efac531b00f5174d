"""Run the command line with a terminal of its own: ``python -m tests.rig.on_terminal TTY command …``."""

import os
import signal
import sys

from gui.cli.main import main

if __name__ == "__main__":
    # A shell starts what runs in the background with these ignored, and so they would stay.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    # The first terminal that the leader of a session opens becomes its own: closing it hangs it up.
    os.close(os.open(sys.argv[1], os.O_RDWR))
    raise SystemExit(main(sys.argv[2:]))
