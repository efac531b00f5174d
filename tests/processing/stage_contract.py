"""The contract of every stage of the pipeline, inherited by each stage's test.

A test class derives from :class:`StageContract` and defines how a new stage is made and which input
it is fed. Values are compared bit for bit: a replay must be the session, not something like it.
"""

import dataclasses
import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
import pytest


class Stage(Protocol):
    """A stage as the contract uses it."""

    def feed(self, item: Any, /) -> Any:
        """Take a block of input and return a block of output, or a list of values."""
        ...

    def reset(self) -> None:
        """Forget everything that the data changed."""
        ...


def arrays(value: Any) -> dict[str, np.ndarray[Any, Any]]:
    """Return the array fields of a dataclass by name (empty for anything else)."""
    if not dataclasses.is_dataclass(value):
        return {}
    fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return {name: field for name, field in fields.items() if isinstance(field, np.ndarray)}


def cut(block: Any, start: int, stop: int) -> Any:
    """Return the samples ``start:stop`` of a block; the count of losses stays with its first sample."""
    changes: dict[str, Any] = {
        name: np.ascontiguousarray(array[start:stop]) for name, array in arrays(block).items()
    }
    if start > 0 and hasattr(block, "lost"):
        changes["lost"] = 0
    return dataclasses.replace(block, **changes)


def pieces(block: Any, cuts: Sequence[int]) -> Iterator[Any]:
    """Yield a block cut before each of the sample numbers ``cuts``; yield any other item whole."""
    if not arrays(block):
        yield block
        return
    edges = [0, *cuts, len(block.t)]
    for start, stop in itertools.pairwise(edges):
        yield cut(block, start, stop)


def run(stage: Stage, items: Sequence[Any]) -> list[Any]:
    """Feed every item and return the outputs in order, lists flattened."""
    outputs: list[Any] = []
    for item in items:
        output = stage.feed(item)
        outputs.extend(output if isinstance(output, list) else [output])
    return outputs


def fingerprint(outputs: Sequence[Any]) -> list[Any]:
    """Return the part of the output that must not depend on how the input is cut.

    Consecutive blocks are joined field by field, as bytes; every other value is kept.
    """
    marks: list[Any] = []
    joined: dict[str, list[bytes]] = {}

    def close() -> None:
        if joined:
            marks.append({name: b"".join(parts) for name, parts in joined.items()})
            joined.clear()

    for output in outputs:
        fields = arrays(output)
        if not fields:
            close()
            marks.append(output)
        for name, array in fields.items():
            joined.setdefault(name, []).append(np.ascontiguousarray(array).tobytes())
    close()
    return marks


class StageContract(ABC):
    """The tests of the contract, for subclasses that implement :meth:`stage` and :meth:`signal`."""

    @abstractmethod
    def stage(self) -> Stage:
        """Return a new stage."""

    @abstractmethod
    def signal(self) -> list[Any]:
        """Return the input: blocks with a field ``t``, and other items, in order of time.

        It should last some seconds and make the stage produce output.
        """

    def dropout(self, signal: Sequence[Any]) -> list[Any]:
        """Return the signal with the middle fifth of every block's samples missing."""
        out: list[Any] = []
        for item in signal:
            if not arrays(item):
                out.append(item)
                continue
            n = len(item.t)
            out += [cut(item, 0, 2 * n // 5), cut(item, 3 * n // 5, n)]
        return out

    def test_the_signal_produces_output(self) -> None:
        assert fingerprint(run(self.stage(), self.signal()))

    @pytest.mark.parametrize("seed", range(4))
    def test_any_split_gives_the_same_bits(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        signal = self.signal()
        split: list[Any] = []
        for item in signal:
            n = len(item.t) if arrays(item) else 0
            count = min(n, int(rng.integers(1, 60)))
            split += pieces(item, np.sort(rng.integers(0, n + 1, count)).tolist())
        assert fingerprint(run(self.stage(), split)) == fingerprint(run(self.stage(), signal))

    def test_sample_by_sample_gives_the_same_bits(self) -> None:
        signal = self.signal()
        split = [
            piece
            for item in signal
            for piece in pieces(item, range(1, len(item.t)) if arrays(item) else [])
        ]
        assert fingerprint(run(self.stage(), split)) == fingerprint(run(self.stage(), signal))

    def test_a_reset_stage_equals_a_new_one(self) -> None:
        signal = self.signal()
        stage = self.stage()
        first = fingerprint(run(stage, signal))
        stage.reset()
        assert fingerprint(run(stage, signal)) == first

    def test_an_empty_block_changes_nothing(self) -> None:
        signal = self.signal()
        with_empty: list[Any] = []
        for item in signal:
            if arrays(item):
                middle = len(item.t) // 2
                with_empty += pieces(item, [0, middle, middle])
            else:
                with_empty.append(item)
        assert fingerprint(run(self.stage(), with_empty)) == fingerprint(run(self.stage(), signal))

    def test_any_split_of_a_dropout_gives_the_same_bits(self) -> None:
        signal = self.dropout(self.signal())
        split = [
            piece
            for item in signal
            for piece in pieces(item, range(7, len(item.t), 7) if arrays(item) else [])
        ]
        assert fingerprint(run(self.stage(), split)) == fingerprint(run(self.stage(), signal))

    def test_the_input_is_not_changed(self) -> None:
        signal = self.signal()
        before = fingerprint(signal)
        run(self.stage(), signal)
        assert fingerprint(signal) == before

    def test_every_output_is_finite(self) -> None:
        for signal in (self.signal(), self.dropout(self.signal())):
            for output in run(self.stage(), signal):
                for name, array in arrays(output).items():
                    if array.dtype.kind == "f":
                        assert np.isfinite(array).all(), name
