"""The reserve of a stream: dry only where the device asked so late that it had nothing left to play."""

import numpy as np
import pytest

from gui.sound.reserve import FORGET_S, LONGEST_S, SHORTEST_S, Reserve

BLOCK_S = 0.005


def asked(reserve: Reserve, *, seconds: float, late_s: float = 0.0, start_s: float = 0.0) -> bool:
    """Ask every 5 ms for 5 ms; the last request is late by ``late_s``. Return what that one says."""
    dry = False
    blocks = round(seconds / BLOCK_S)
    for number in range(blocks):
        now_s = start_s + number * BLOCK_S + (late_s if number == blocks - 1 else 0.0)
        dry = reserve.asked(start_s + number * BLOCK_S, now_s)
    return dry


def test_even_requests_leave_the_reserve_full() -> None:
    assert not asked(Reserve(), seconds=5.0)


@pytest.mark.parametrize(("late_s", "dry"), [(0.02, False), (0.04, True)])
def test_a_request_later_than_the_reserve_is_long_found_it_dry(late_s: float, dry: bool) -> None:
    assert asked(Reserve(), seconds=5.0, late_s=late_s) is dry


def test_a_clock_that_runs_apart_is_no_dryness() -> None:
    """A device that is slow by 100 ppm asks 30 ms later after five minutes, without a tear."""
    reserve = Reserve()
    times = np.arange(0.0, 20 * FORGET_S, BLOCK_S)
    assert not any(reserve.asked(t, t * 1.0001) for t in times.tolist())


def test_it_grows_to_a_limit_and_then_mixes_more_at_once() -> None:
    reserve: Reserve | None = Reserve()
    lengths = []
    while reserve is not None:
        lengths.append(reserve.length_s)
        assert (reserve.block_s > 0.0) is (reserve.length_s > SHORTEST_S)
        assert reserve.block_s < 0.5 * reserve.length_s
        reserve = reserve.longer()
    assert lengths[0] == SHORTEST_S
    assert lengths[-1] == LONGEST_S
    assert lengths == sorted(set(lengths))


def test_a_device_that_starts_late_and_one_stall_are_one_tear_at_most() -> None:
    reserve = Reserve()
    stalls_s = {0.1: 2.0, 6.0: 0.5}
    late_s, tears = 0.0, []
    for start_s in np.arange(0.0, 12.0, BLOCK_S).round(3).tolist():
        late_s += stalls_s.get(start_s, 0.0)
        if reserve.asked(start_s, start_s + late_s):
            tears.append(start_s)
    assert tears == [6.0]
