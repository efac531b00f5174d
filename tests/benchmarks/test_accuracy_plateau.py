"""What data that are left out say of a constant."""

import numpy as np

from tests.benchmarks.accuracy import plateau
from tests.benchmarks.accuracy.variants import CONSTANTS, value_of, with_factors

CHANGED = [("walk_dps", 0.5), ("walk_dps", 2.0)]
SOURCES: list[tuple[str, str | int]] = [
    ("rig", "a"),
    ("rig", "b"),
    ("brace", "c"),
    ("hinge", 1),
    ("hinge", 2),
]


def errors(halved: float, doubled: float) -> list[tuple[float, float]]:
    """Return live and offline errors of the method as it is and with the constant changed."""
    return [(1.0, 2.0), (halved, 2.0 * halved), (doubled, 2.0 * doubled)]


def test_the_others_choose_without_the_one_left_out() -> None:
    # All but c would double the constant, for which c would pay.
    found = plateau.units(
        SOURCES, [errors(1.1, 3.0 if s[1] == "c" else 0.7) for s in SOURCES], CHANGED
    )
    assert [unit.name for unit in found] == ["rig, a", "rig, b", "brace, c", "hinge"]
    chosen = {unit.name: unit.chosen["walk_dps"] for unit in found}
    assert chosen == {"rig, a": 1.0, "rig, b": 1.0, "brace, c": 2.0, "hinge": 1.0}
    row = next(
        line
        for line in plateau.constant_table(found, CHANGED[:2]).splitlines()
        if "integral" in line
    )
    assert "3 × as it is, 1 × times 2" in row
    assert row.endswith("+50.0%, +200.0% |")


def test_groups_weigh_alike_however_many_recordings_they_have() -> None:
    found = plateau.units(
        SOURCES, [errors(1.0, 0.9 if s[0] == "rig" else 1.05) for s in SOURCES], CHANGED
    )
    assert np.allclose(found[0].changed, [1.0, 0.9])
    # Without one of the two recordings of the rig, the other still counts as much as both did.
    assert found[0].chosen == found[1].chosen


def test_every_constant_is_changed_in_its_place() -> None:
    for constant in CONSTANTS:
        changed = with_factors({constant: 2.0})
        plain = with_factors({})
        differ = [
            side
            for side in ("fit", "joint", "window_s")
            if getattr(changed, side) != getattr(plain, side)
        ]
        assert len(differ) == 1
        assert value_of(constant) > 0.0
