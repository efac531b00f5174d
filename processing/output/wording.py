"""What exports say in words: handed in, since the processing itself has keys and numbers only."""

from collections.abc import Callable
from dataclasses import dataclass

from processing.judge.reasons import Reason


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of an export, in one language."""

    reason: Callable[[Reason], str]
    """What a check found."""
