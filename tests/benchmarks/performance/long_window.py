"""The window with a session of ten hours: what Review costs to its first paint, and in all."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from tests.benchmarks.performance.children import KB_OF_RSS, environment
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.performance.long_sessions import repeated

HOURS = 10


def measure() -> Iterator[Figure]:
    """Open the session for the first time, and once more when its analysis is kept."""
    path = str(repeated(HOURS))
    home = mkdtemp(prefix="toepoint-bench-")
    first, again = _child(path, home), _child(path, home)
    yield Figure(
        work=f"Review of {HOURS} h: its first set painted",
        value=first["first_s"],
        unit="s",
        others=f"all of it after {first['whole_s']:.1f} s",
    )
    yield Figure(
        work=f"Review of {HOURS} h, opened again: painted", value=again["whole_s"], unit="s"
    )
    yield Figure(
        work=f"memory of the window with {HOURS} h",
        value=max(first["peak_mb"], again["peak_mb"]),
        unit="MB",
        others=f"without a session {first['empty_mb']:.0f} MB",
    )


def show(path: Path) -> dict[str, float]:
    """Open a recording in Review; return processor times since the click, s, and memory, MB."""
    from gui.models.settings import Settings
    from gui.pages.page_name import PageName
    from gui.pages.review.review_page import ReviewPage
    from gui.shell.app import make_application, make_window
    from tests.benchmarks.waiting import let_pass

    make_application()
    folder = Path(mkdtemp(prefix="toepoint-bench-"))
    window = make_window(Settings(first_run_done=True, storage_folder=str(folder)))
    window.resize(1440, 900)
    window.show_page(PageName.REVIEW)
    window.show()
    page = window.page
    assert isinstance(page, ReviewPage)
    let_pass(1.0)
    empty_mb, started = _peak_mb(), time.process_time()
    times: dict[bool, float] = {}
    page.open(path)
    while True not in times:
        let_pass(0.02)
        session = page.model.session
        if session is not None and session.whole not in times:
            # All of the window is painted, in whatever order its timers would.
            window.grab()
            times[session.whole] = time.process_time() - started
    window.close()
    return {
        "first_s": times.get(False, times[True]),
        "whole_s": times[True],
        "peak_mb": _peak_mb(),
        "empty_mb": empty_mb,
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KB_OF_RSS / 1024


def _child(path: str, home: str) -> dict[str, float]:
    folders = (
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    )
    own = {**environment(), **dict.fromkeys(folders, home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.performance.long_window", path]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=own)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(json.dumps(show(Path(sys.argv[1]))))
    sys.stdout.flush()
    # Qt may take long to end.
    os._exit(0)
