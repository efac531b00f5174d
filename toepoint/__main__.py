"""``python -m toepoint``: the command line."""

import sys

from gui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
