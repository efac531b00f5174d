"""Damaged streams into every decoder and the assembler: typed errors, sound values, little memory.

The same checks run over millions of inputs in ``tests/fuzz/fuzz_decoders.py``.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensor.assembler import Assembler
from sensor.families import families
from sensor.families.base import Family
from sensor.types import Event, EventKind, Item, Notification, Segment, SensorInfo
from tests.drawn import examples
from tests.sensor.families.contract import Notifications
from tests.sensor.families.driver import stream_settings
from tests.sensor.families.mutation import check_decoder, mutated, retained_bytes, stream_of

FAMILIES = list(families().values())
GOOD = {family.name: stream_of(family) for family in FAMILIES}
BYTES = st.binary(min_size=0, max_size=400)

# The same inputs in every run, so that a new find does not fail an unrelated change; the separate
# fuzzer explores.
fuzz = settings(max_examples=examples(120))


def notifications(good: Notifications, data: bytes) -> Notifications:
    at = 0

    def choose(n: int) -> bytes:
        nonlocal at
        piece = data[at : at + n]
        at += n
        return piece

    return mutated(good, choose)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_anything_into_a_decoder(family: Family) -> None:
    @fuzz
    @given(BYTES)
    def anything(data: bytes) -> None:
        decoder = family.decoder(stream_settings(family))
        check_decoder(family, decoder, notifications(GOOD[family.name], data))

    anything()


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_a_decoder_keeps_little_however_long_it_runs(family: Family) -> None:
    rng = np.random.default_rng(1)
    decoder = family.decoder(stream_settings(family))
    for _ in range(30):
        check_decoder(family, decoder, notifications(GOOD[family.name], rng.bytes(2000)))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_anything_into_the_assembler(family: Family) -> None:
    good = GOOD[family.name]
    info = SensorInfo("s", Segment.FOOT, family.name, settings=stream_settings(family))
    times = st.lists(st.integers(-(2**62), 2**62), min_size=1, max_size=20)

    @fuzz
    @given(BYTES, times, st.integers(-(2**62), 2**62), st.booleans())
    def anything(data: bytes, jumps: list[int], start_ns: int, calm: bool) -> None:
        items: list[Item] = []
        for i, (characteristic, payload) in enumerate(notifications(good, data)):
            jump = jumps[i % len(jumps)]
            t_ns = start_ns + i * 40_000_000 + (jump % 10**9 if calm else jump)
            items.append(Notification(t_ns, "s", characteristic, payload))
            if jump % 7 == 0:
                state = {"source": "s", "state": "streaming"}
                items.append(Event(t_ns, EventKind.LINK, state))
        assembler = Assembler([info], start_ns)
        # From block to block time may run back: samples may have been dated too late.
        for item, block in [(i, b) for i in items for b in assembler.feed(i)]:
            assert np.isfinite(block.t).all()
            assert block.t[-1] <= (item.t_ns - start_ns) / 1e9
            assert (np.diff(block.t) > 0).all()
            assert block.acc.shape == block.gyr.shape == (len(block.t), 3)
            assert block.lost >= 0
        statistics = assembler.statistics["s"]
        assert statistics.malformed <= statistics.notifications
        assert retained_bytes(assembler._streams["s"]._decode) < 64 * 1024

    anything()
