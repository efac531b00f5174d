"""The angles of the set that runs: what its reps are judged by. No Qt."""

from collections import deque

from processing.types import AngleBlock, join_blocks, slice_block

LONGEST_S = 900.0
"""Of a longer set only the end is kept."""


class AngleHistory:
    """Angles since a time that moves on; memory is bounded by :data:`LONGEST_S`."""

    def __init__(self) -> None:
        self._blocks: deque[AngleBlock] = deque()

    def append(self, block: AngleBlock) -> None:
        """Take the newest angles."""
        if len(block.t):
            self._blocks.append(block)
            self.forget_before(float(block.t[-1]) - LONGEST_S)

    def forget_before(self, t: float) -> None:
        """Let go of whole blocks that ended before ``t`` s."""
        while self._blocks and self._blocks[0].t[-1] < t:
            self._blocks.popleft()

    def clear(self) -> None:
        """Forget everything."""
        self._blocks.clear()

    def since(self, t: float) -> AngleBlock | None:
        """Return the angles from ``t`` s on, None if there are none."""
        if not self._blocks:
            return None
        whole = join_blocks(self._blocks)
        first = int(whole.t.searchsorted(t))
        return slice_block(whole, first, len(whole.t)) if first < len(whole.t) else None
