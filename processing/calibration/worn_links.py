"""The samples of every sensor that is worn, by the part of the leg: two to four of them."""

import numpy as np

from processing.motion.stillness import spread
from processing.types import LinkSamples, PairedBlock
from sensor.types import FloatArray, Segment


def worn_links(block: PairedBlock) -> dict[Segment, LinkSamples]:
    """Return the samples of each sensor of ``block``, from the foot upwards."""
    links = {
        Segment.FOOT: LinkSamples(
            block.foot_acc, block.foot_gyr, block.foot_valid, block.foot_clipped
        ),
        Segment.SHIN: LinkSamples(
            block.shin_acc, block.shin_gyr, block.shin_valid, block.shin_clipped
        ),
    }
    if block.thigh is not None:
        links[Segment.THIGH] = block.thigh
    if block.pelvis is not None:
        links[Segment.PELVIS] = block.pelvis
    return links


def spread_dps(gyr: FloatArray) -> float:
    """Return the standard deviation of ``gyr`` (n, 3) rad/s, °/s."""
    return float(np.degrees(spread(gyr, len(gyr))[0]))
