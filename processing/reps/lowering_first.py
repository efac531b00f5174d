"""Reps that begin with the lowering, found by the rules of those that begin with the lift.

A Nordic curl or a deadlift starts at the top, goes down and comes back. With its driving angle upside
down that is the course of a leg curl: out of the start pose, a turn, and back. So everything that finds
reps sees the angle upside down, and what it found is given its names here.
"""

from dataclasses import replace

from processing.types import AngleBlock, Phase, PhaseChange, Rep
from sensor.types import frozen

_OTHER = {
    Phase.IDLE: Phase.IDLE,
    Phase.BOTTOM: Phase.TOP,
    Phase.CONCENTRIC: Phase.ECCENTRIC,
    Phase.TOP: Phase.BOTTOM,
    Phase.ECCENTRIC: Phase.CONCENTRIC,
}


def upside_down(angles: AngleBlock) -> AngleBlock:
    """Return ``angles`` with a driving angle that grows as the body is lowered."""
    return replace(
        angles, driving=frozen(-angles.driving), driving_rate=frozen(-angles.driving_rate)
    )


def change_named(change: PhaseChange) -> PhaseChange:
    """Return a ``change`` that was found upside down under the name of its phase."""
    return replace(change, phase=_OTHER[change.phase], lowers_first=True)


def rep_named(rep: Rep) -> Rep:
    """Return a ``rep`` that was found upside down with its lowering before its lift."""
    return replace(
        rep,
        t_ecc=rep.t_start,
        t_bottom=rep.t_top,
        t_start=rep.t_ecc,
        t_top=rep.t_bottom,
        ankle_con=rep.ankle_ecc,
        ankle_ecc=rep.ankle_con,
    )
