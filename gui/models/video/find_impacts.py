"""Finds the impacts of the leg in a recording."""

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import median_filter
from scipy.signal import find_peaks

from gui.models.video.impacts import Impact, Impacts
from processing.review.read_recording import assembled, settled_samples
from processing.types import PairedBlock
from sensor.recording import Recording
from sensor.types import BoolArray, FloatArray, Segment

LEAST_JOLT = 4.0
"""Smaller jolts, m/s², are steps of a normal rep: nobody sees them as a tap."""
_MEDIAN_S = 0.25
"""Window of the median that a jolt is measured from: a rep is slower, a tap is shorter."""
_APART_S = 0.2
"""A tap rebounds; its largest jolt within this time counts."""


def read_impacts(recording: Recording) -> Impacts:
    """Read the impacts of a recording.

    Raises
    ------
    RecordingError
        If it cannot be read.
    """
    read = assembled(recording, np.inf, lambda _: None)
    # The live samples are not needed; asked for, they leave their temporary files.
    next(iter(read.live), None)
    return impacts_of(settled_samples(read).paired)


def impacts_of(paired: PairedBlock) -> Impacts:
    """Find the impacts in the samples of shin and foot."""
    t = paired.t
    if len(t) < 3:
        return Impacts(t, np.zeros_like(t), ())
    step_s = float(np.median(np.diff(t)))
    jolts = {
        Segment.SHIN: _jolts(paired.shin_acc, paired.shin_valid, step_s),
        Segment.FOOT: _jolts(paired.foot_acc, paired.foot_valid, step_s),
    }
    larger = np.maximum(jolts[Segment.SHIN], jolts[Segment.FOOT])
    peaks, _ = find_peaks(larger, height=LEAST_JOLT, distance=max(round(_APART_S / step_s), 1))
    # A sample is the mean over the step that ends at its time.
    times: Sequence[float] = (t[peaks] - 0.5 * step_s).tolist()
    found = [
        Impact(at, float(larger[peak]), max(jolts, key=lambda one: float(jolts[one][peak])))
        for at, peak in zip(times, peaks.tolist(), strict=True)
    ]
    return Impacts(t, larger, tuple(found))


def _jolts(acc: FloatArray, valid: BoolArray, step_s: float) -> FloatArray:
    """Return (n,) how far the acceleration (n, 3), m/s², is from its median nearby."""
    strength = np.linalg.norm(acc, axis=1)
    width = 2 * max(round(0.5 * _MEDIAN_S / step_s), 1) + 1
    jolts: FloatArray = np.abs(strength - median_filter(strength, width, mode="nearest"))
    # The values in a gap are zero, and its edges would look like impacts.
    near_gap = np.convolve(~valid, np.ones(5), mode="same") > 0
    return np.where(near_gap, 0.0, jolts)
