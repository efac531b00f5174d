"""The losses between the blocks of each sensor."""

from processing.types import Dropout
from sensor.types import ImuBlock, Segment


class Dropouts:
    """The losses of all sensors, block after block."""

    def __init__(self) -> None:
        self._last_t: dict[Segment, float] = {}

    def feed(self, block: ImuBlock) -> Dropout | None:
        """Return the loss before ``block``, None if there is none."""
        if not len(block.t):
            return None
        last_t = self._last_t.get(block.segment)
        self._last_t[block.segment] = block.t.item(-1)
        # Before its first sample a sensor has lost nothing.
        if not block.lost or last_t is None:
            return None
        t_end = float(block.t[0])
        # Where time runs back, the samples before it were placed too late.
        return Dropout(block.segment, min(last_t, t_end), t_end, block.lost, block.unnoticed_s)
