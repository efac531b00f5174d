"""A progress bar for work that takes longer than two seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SHOWN_AFTER_S = 2.0
"""A bar for shorter work would only flicker."""


@contextmanager
def progress_bar(what: str, *, quiet: bool = False) -> Iterator[Callable[[float], None]]:
    """Yield a function to be called with the share that is done, 0 to 1.

    The bar appears on a terminal's standard error, once the work has taken two seconds.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    # Imported late: a run without a terminal does not need it.
    from rich.console import Console
    from rich.progress import Progress

    started = time.monotonic()
    # Standard output belongs to the result, which may go to a file.
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1.0, visible=False)

        def report(share: float) -> None:
            late = time.monotonic() - started > SHOWN_AFTER_S
            bar.update(task, completed=share, visible=late)

        yield report
