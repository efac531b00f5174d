"""Drawn examples: the same in every run of the suite, others in a hunt.

A suite that draws at random fails at random. ``HUNT=50 pytest tests/sensor/clock`` draws new examples,
50 times as many, and prints how to repeat one that fails.
"""

import os

from hypothesis import HealthCheck, settings

HUNT = int(os.environ.get("HUNT", "0"))
"""The factor by which a hunt draws more examples; 0 for no hunt."""


def load_profile() -> None:
    """Make the examples of all tests repeatable, unless this is a hunt."""
    settings.register_profile(
        "drawn",
        derandomize=not HUNT,
        max_examples=examples(100),
        print_blob=True,
        # Both race the wall clock.
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("drawn")


def examples(count: int) -> int:
    """Return how many examples to draw where the suite draws ``count``."""
    return count * max(HUNT, 1)
