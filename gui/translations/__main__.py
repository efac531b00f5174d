"""``python -m gui.translations``: brings every catalogue up to date and compiles it.

New texts of the sources come into the ``.ts`` files as unfinished; translate them there (a text
editor or ``pyside6-linguist`` will do) and run this again. The compiled files are committed, so
that nothing needs to be built to run the program.
"""

import subprocess
import sys
from pathlib import Path

from gui.translations import FOLDER

TOOLS = Path(sys.executable).parent


def main() -> int:
    """Update and compile the catalogues, and print the number of texts without a translation."""
    sources = sorted(str(path) for path in FOLDER.parent.rglob("*.py"))
    for path in sorted(FOLDER.glob("*.ts")):
        update = ["-no-obsolete", "-locations", "none", *sources]
        _run("pyside6-lupdate", *update, "-ts", str(path))
        _run("pyside6-lrelease", str(path), "-qm", str(path.with_suffix(".qm")))
    return 0


def _run(tool: str, *arguments: str) -> None:
    # Tools of PySide6 itself, beside the interpreter that runs this.
    subprocess.run([str(TOOLS / tool), *arguments], check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
