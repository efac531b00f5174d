"""The differences between the outputs of two checkouts, and the storage of outputs in a file."""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

from tests.benchmarks.identical.outputs import Output, Value

Outcome: TypeAlias = Mapping[str, Output] | str
"""The outputs of a checkout for one input by name, or the reason why there are none."""
ABSENT = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first value of an output that differs, and how many of its values are gone and new."""

    place: str
    was: str
    now: str
    gone: int = 0
    new: int = 0

    def __str__(self) -> str:
        """Return the difference as a line of text."""
        return f"{self.place}: {self.now}, was {self.was} ({self.gone} gone, {self.new} new)"


def first_difference(was: Output | None, now: Output | None) -> Difference | None:
    """Return the first value that differs; None if all are equal."""
    if was is None or now is None:
        return None if was is now else Difference("output", _there(was), _there(now))
    before, after = (Counter(content for _, content in one.values) for one in (was, now))
    gone, new = (before - after).total(), (after - before).total()
    if not was.ordered:
        missing = sorted(before - after)
        return Difference("bits", missing[0], ABSENT, gone, new) if missing else None
    for old, present in zip_longest(was.values, now.values):
        if old != present:
            return replace(_at(old, present), gone=gone, new=new)
    return None


def different_texts(was: Output, now: Output) -> list[tuple[str, str]]:
    """Return each pair of different texts in the same place, old and new."""
    if was.texts == now.texts:
        return []
    pairs: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, was.texts, now.texts, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what != "equal":
            found = zip_longest(was.texts[i:j], now.texts[k:m], fillvalue=("", ABSENT))
            pairs += [(old[1], new[1]) for old, new in found if old[1] != new[1]]
    return pairs


def save(path: Path, outcomes: Mapping[str, Outcome]) -> None:
    """Write the outcomes of all inputs to a JSON file, their values compressed."""
    packed = {
        name: found if isinstance(found, str) else {kind: _pack(o) for kind, o in found.items()}
        for name, found in outcomes.items()
    }
    path.write_text(json.dumps(packed, indent=0), encoding="utf-8")


def load(path: Path) -> dict[str, Outcome]:
    """Return the outcomes that :func:`save` wrote."""
    packed = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: found if isinstance(found, str) else {kind: _unpack(t) for kind, t in found.items()}
        for name, found in packed.items()
    }


def _there(output: Output | None) -> str:
    return ABSENT if output is None else f"{len(output.values)} values"


def _at(old: Value | None, new: Value | None) -> Difference:
    if old is not None and new is not None and old[0] == new[0]:
        return Difference(old[0], old[1], new[1])
    was, now = (ABSENT if value is None else f"{value[0]} = {value[1]}" for value in (old, new))
    return Difference("first", was, now)


def _pack(output: Output) -> str:
    text = json.dumps([output.values, output.texts, output.ordered])
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode()


def _unpack(packed: str) -> Output:
    values, texts, ordered = json.loads(zlib.decompress(base64.b64decode(packed)))
    return Output(tuple(map(tuple, values)), tuple(map(tuple, texts)), ordered)
