"""Measures reps whose times a person set, like any other."""

from dataclasses import replace

import numpy as np

from processing.reps import rep_limits as limits
from processing.reps.boundaries import Boundaries, ankle_median, gap_in
from processing.reps.gaps import find_gaps
from processing.types import AngleBlock, Rep, Withheld, WithheldCause


def remeasured(rep: Rep, angles: AngleBlock) -> Rep:
    """Return ``rep`` with its range and ankle angles as ``angles`` show them between its times.

    It can be judged from then on, unless samples are missing in its moving phases.
    """
    valid = angles.both_judged
    t, curl, ankle = angles.t[valid], angles.driving[valid], angles.ankle[valid]
    curl = -curl if rep.lowers_first else curl
    first, last = np.searchsorted(t, (rep.t_begin, rep.t_over))
    if last - first < 2:
        return replace(rep, withheld=Withheld(WithheldCause.NO_SAMPLES))
    # Just before the start that the person set: the visible movement begins beside the start pose.
    rest = int(np.searchsorted(t, rep.t_begin - limits.LANDED_S))
    rom = float(curl[first:last].max() - curl[rest : first + 1].min())
    bounds = Boundaries(rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom, rom)
    withheld = gap_in(bounds, find_gaps(t, float(np.median(np.diff(t)))), ())
    return replace(
        rep,
        rom=rom,
        ankle_con=ankle_median(t, ankle, rep.t_start, rep.t_top),
        ankle_ecc=ankle_median(t, ankle, rep.t_ecc, rep.t_bottom),
        withheld=withheld,
    )
