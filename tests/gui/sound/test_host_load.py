"""The load of the machine: other programs count, this one does not."""

import numpy as np
import pytest

from gui.sound.host_load import CALM_AFTER_S, HostLoad

EVERY_S = 0.005


def run(load: HostLoad, waits_s: list[float], computed_share: float, start_s: float) -> float:
    """Call after each wait, of which this process computed a share; return the time of the last call."""
    now_s, computed_s = start_s, computed_share * start_s
    for wait_s in waits_s:
        now_s += EVERY_S + wait_s
        computed_s += computed_share * (EVERY_S + wait_s)
        load.called(now_s, computed_s)
    return now_s


def waits_beside_loops(seed: int) -> list[float]:
    """Return waits as measured beside ten loops: 6 ms median, 27 ms in one of 20."""
    rng = np.random.default_rng(seed)
    return [0.006 * float(wait) for wait in rng.lognormal(0.0, 0.95, 500)]


@pytest.mark.parametrize(("computed_share", "busy"), [(0.1, True), (1.0, False)])
def test_waits_count_unless_this_process_computed_meanwhile(
    computed_share: float, busy: bool
) -> None:
    load = HostLoad(EVERY_S)
    run(load, waits_beside_loops(1), computed_share, 100.0)
    assert load.is_busy is busy


def test_single_stalls_do_not_make_a_machine_busy() -> None:
    load = HostLoad(EVERY_S)
    run(load, ([0.001] * 1_000 + [0.3]) * 5, 0.1, 100.0)
    assert not load.is_busy


def test_a_machine_is_calm_again_after_a_minute() -> None:
    load = HostLoad(EVERY_S)
    end_s = run(load, waits_beside_loops(2), 0.1, 100.0)
    calm = [0.0] * round(CALM_AFTER_S / EVERY_S / 2)
    end_s = run(load, calm, 0.1, end_s)
    assert load.is_busy
    run(load, calm + [0.0] * 10, 0.1, end_s)
    assert not load.is_busy
