"""The part of a target that an exercise asks for: its checks, and whether toes and zero count."""

from dataclasses import replace

from processing.exercises.exercise import TOE_CHECKS, Exercise
from processing.judge.checks import DataQuality, Target
from processing.judge.reasons import CheckKey

_ALL = frozenset(key.value for key in CheckKey) - {CheckKey.DATA.value}


def judges_toes(exercise: Exercise) -> bool:
    """Return whether a check of ``exercise`` depends on where the toes are, and so on the zero."""
    return any(check in TOE_CHECKS for check in exercise.checks)


def target_for(exercise: Exercise, target: Target) -> Target:
    """Return ``target`` with what ``exercise`` judges, and nothing else."""
    checks = frozenset(exercise.checks)
    target = replace(target, checks=None if checks == _ALL else checks)
    if judges_toes(exercise):
        return target
    # Under load the ankle goes further than by its own muscles: no sign of a strap that slipped.
    bands = replace(target.bands, reach=None)
    return replace(target, lift=None, lower=None, bands=bands)


def quality_for(exercise: Exercise, quality: DataQuality) -> DataQuality:
    """Return ``quality`` as it counts for ``exercise``: a moved zero changes no range and no time."""
    return quality if judges_toes(exercise) else replace(quality, zero_moved=0.0)
