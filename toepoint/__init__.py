"""Ankle angle, phases, reps and verdicts from two inertial sensors on shin and foot.

    >>> import toepoint
    >>> analysis = toepoint.analyse("recordings/b_good.mcap")
    >>> [verdict.grade.value for verdict in toepoint.judge_sets(analysis)[0].verdicts]
    ['good', 'good', 'good', 'good', 'good', 'good']

Times are in seconds and angles in radians, dorsiflexion positive. Every error that a person can
put right is a :class:`ToepointError`.
"""

import importlib
from typing import TYPE_CHECKING

__version__ = "0.2.0"

if TYPE_CHECKING:
    # Type checkers and editors do not run `__getattr__`: they read the names here.
    from toepoint.names import *  # noqa: F403 - the list of the names stands there, once
    from toepoint.names import __all__ as __all__
else:
    # Hidden from type checkers, which would accept every name of a module that has this function.
    def __getattr__(name: str) -> object:
        """Load a public name when it is first used: SciPy alone takes a third of a second."""
        names = importlib.import_module("toepoint.names")
        # `from toepoint import *` asks for the list first.
        if name == "__all__":
            return names.__all__
        if name not in names.__all__:
            raise AttributeError(f"module 'toepoint' has no attribute {name!r}")
        return getattr(names, name)


def __dir__() -> list[str]:
    """Return the public names, for completion in a notebook."""
    return [*importlib.import_module("toepoint.names").__all__, "__version__"]
