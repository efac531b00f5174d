"""The table that is printed while inputs are compared."""

import time
from collections import Counter
from collections.abc import Mapping

from tests.benchmarks.identical.compare import Outcome, different_texts, first_difference
from tests.benchmarks.identical.outputs import Output

SHOWN_TEXTS = 100


class Table:
    """Prints one row for what is the same of an input, and one for each output that differs.

    Attributes
    ----------
    same, different
        Numbers of outputs.
    texts
        How often each pair of texts differs: as it was, and as it is.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.same = 0
        self.different = 0
        self.texts: Counter[tuple[str, str]] = Counter()

    def row(self, name: str, state: str, what: str) -> None:
        """Print one row."""
        print(f"{name:28} {state:8} {what}", flush=True)

    def add(self, name: str, was: Outcome, now: Outcome) -> None:
        """Compare the outputs of both checkouts for one input; a text says why there are none."""
        if isinstance(now, str):
            self._fail(name, now)
        elif isinstance(was, str):
            self._fail(name, f"in the other checkout: {was}")
        else:
            self._compare(name, was, now)

    def finish(self) -> None:
        """Print the texts that differ, the most frequent first, and the totals."""
        for (was, now), count in self.texts.most_common(SHOWN_TEXTS):
            print(f"text differs ({count} times)\n  was: {was}\n  now: {now}")
        if len(self.texts) > SHOWN_TEXTS:
            print(f"… and {len(self.texts) - SHOWN_TEXTS} other pairs of texts")
        print(
            f"{self.same} outputs are the same, {self.different} differ, "
            f"{len(self.texts)} texts differ; {time.monotonic() - self._began:.0f} s"
        )

    def _fail(self, name: str, why: str) -> None:
        """Print that an input has no outputs, which counts as a difference."""
        self.different += 1
        self.row(name, "FAILED", why)

    def _compare(self, name: str, was: Mapping[str, Output], now: Mapping[str, Output]) -> None:
        same: list[str] = []
        for kind in {**was, **now}:
            old, new = was.get(kind), now.get(kind)
            difference = first_difference(old, new)
            if difference is None:
                same.append(kind)
            else:
                self.different += 1
                self.row(name, "DIFFERS", f"{kind}: {difference}")
            if old is not None and new is not None:
                self.texts.update(different_texts(old, new))
        self.same += len(same)
        if same:
            self.row(name, "same", ", ".join(same))
