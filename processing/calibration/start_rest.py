"""The part of an unloaded movement that begins and ends in the start pose.

After the pumps a person lies down on the machine, kneels down or puts the foot back on the floor before the curls.
That way is no curl: its first large turn would be taken for the bending of the knee. The start pose is where the
leg rests at the end, so the movement begins with the first rest in the same pose.
"""

import numpy as np

from processing.calibration.swapped_sensors import RESTING_DPS
from processing.calibration.worn_links import worn_links
from processing.motion.grid import GRID_HZ
from processing.types import PairedBlock, slice_block
from sensor.types import BoolArray, FloatArray

_REST_S = 0.3
"""A shorter moment without movement is no rest, s: the leg turns round at the top of a curl."""
_BEGUN_S = 0.1
"""Time that shows the pose in which a block begins, s."""
_SAME_POSE = 1.0 / 3.0
"""A pose is the same within this share of the largest difference between two rests …"""
_SAME_POSE_DEG = (4.0, 25.0)
"""… which is at least what a person who stands sways, and at most what nobody is off who comes back, °."""


def from_start_pose(block: PairedBlock) -> PairedBlock | None:
    """Return the part of a movement from where it was first in the pose of its last rest.

    None if the leg is not back in a pose that it left, as while it is held at the top of a curl.
    """
    rests = _rests(block)
    if not rests:
        return None
    links = list(worn_links(block).values())

    def pose(rest: slice) -> list[FloatArray]:
        return [link.acc[rest].mean(axis=0) for link in links]

    last = pose(rests[-1])
    # A block may begin when the leg is about to move.
    begun = slice(0, max(round(_BEGUN_S * GRID_HZ), 1))
    earlier = [begun, *rests[:-1]]
    apart = [_apart_deg(pose(one), last) for one in earlier]
    # The thigh turns by 15 degrees in a bend at the hips.
    same_deg = float(np.clip(_SAME_POSE * max(apart), *_SAME_POSE_DEG))
    first = next((one for one, deg in zip(earlier, apart, strict=True) if deg < same_deg), None)
    if first is None:
        return None
    return block if first.start == 0 else slice_block(block, first.start, len(block.t))


def _rests(block: PairedBlock) -> list[slice]:
    """Return the stretches in which all sensors rest."""
    width = round(_REST_S * GRID_HZ)
    if len(block.t) < width:
        return []
    still: BoolArray = np.ones(len(block.t), dtype=np.bool_)
    for link in worn_links(block).values():
        dps = np.degrees(np.linalg.norm(link.gyr, axis=1))
        still &= np.convolve(dps, np.full(width, 1.0 / width), mode="same") < RESTING_DPS
    edges = np.flatnonzero(np.diff(still.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    return [slice(start, stop) for start, stop in edges.tolist() if stop - start >= width]


def _apart_deg(one: list[FloatArray], other: list[FloatArray]) -> float:
    """Return the largest angle (°) between the directions of gravity in two poses."""
    cosines = [
        float(a @ b) / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-9)
        for a, b in zip(one, other, strict=True)
    ]
    return float(np.degrees(np.arccos(np.clip(min(cosines), -1.0, 1.0))))
