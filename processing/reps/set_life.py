"""The life of a set: how long it may rest, and which lift still belongs to it. Live and offline share it.

A pause is judged by what it can mean. In a set that a person marked it is a breath: rest-pause sets,
clusters, the last hard rep. In a set that nobody marked it is all there is to show the end.
"""

MARKED_REST_S = 30.0
"""A marked set is over after this long without a rep, s: longer than the pauses of rest-pause sets."""
DONE_REST_S = 6.0
"""An unmarked set is over after this long at the bottom once its planned reps are done, s.

The same where none are planned. A breath between two reps is shorter.
"""
UNDONE_REST_S = 12.0
"""The same while planned reps are missing, s: the last hard ones need their breaths."""
RESUME_S = 25.0
"""A lift from the same pose within this time after the last rep goes on with the same set, s.

Rest-pauses take up to 25 s; the shortest rest between two sets is longer.
"""
LEFT_S = 1.5
"""A set is over when the leg has been out of the start pose for this long, s.

A person who only shifts on the pad is back before.
"""
START_POSE_S = 1.0
"""A set that nobody marked begins this long before its first lift, s: it lay still for that."""
UNMARKED_REPS = 2
"""Without a mark, fewer whole reps than this are some other movement.

Seated, sitting down and standing up again within 20 s looks like one slow rep
(tests/processing/reps/test_simulated.py).
"""


def longest_rest_s(reps: int, planned_reps: int | None, *, marked: bool) -> float:
    """Return how long (s) the leg may rest at the bottom before the set is over.

    Parameters
    ----------
    reps
        The whole reps so far.
    planned_reps
        The reps that are asked for; None if the set has no plan.
    marked
        Whether a person marked the start of the set.
    """
    if marked:
        return MARKED_REST_S
    if planned_reps is None or reps >= planned_reps or not reps:
        return DONE_REST_S
    return UNDONE_REST_S
