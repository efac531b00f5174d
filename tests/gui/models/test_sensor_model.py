"""The model of the sensors: their order, places, links, and which are not shown."""

import pytest

from gui.models.sensors import FORGET_S, LinkView, SensorModel
from processing.types import SensorStatus
from sensor.ble.discovery import FoundDevice
from sensor.ble.remedies import LinkFault
from sensor.ble.states import LinkState
from sensor.sources import open_source
from sensor.store.pairs import Identity, compare, load_pairs
from sensor.types import Event, EventKind, Segment, SensorInfo

A, B, C = "00:00:5E:00:53:0A", "00:00:5E:00:53:0B", "00:00:5E:00:53:0C"


def seen(
    model: SensorModel, address: str, rssi: int | None, now_s: float = 0.0, **more: object
) -> None:
    values = {"name": f"WT {address[-1]}", "family": "witmotion"} | more
    model.see(FoundDevice(address=address, rssi=rssi, **values), now_s)  # type: ignore[arg-type]  # test values


def link(source: str, state: str, **more: str) -> Event:
    return Event(0, EventKind.LINK, {"source": source, "state": state, **more})


def order(model: SensorModel, *, unknown: bool = False, now_s: float = 0.0) -> list[str]:
    return [row.source for row in model.rows(now_s, {}, unknown=unknown)]


def test_the_nearest_sensor_is_first_and_small_changes_move_no_row() -> None:
    model = SensorModel()
    seen(model, A, -70)
    seen(model, B, -50)
    assert order(model) == [B, A]
    for at in range(20):
        seen(model, A, -52 + at % 5)
        seen(model, B, -52 - at % 5)
    assert order(model) == [B, A]
    for _ in range(20):
        seen(model, A, -40)
    assert order(model) == [A, B]


def test_a_sensor_already_connected_has_no_signal_and_counts_as_near() -> None:
    model = SensorModel()
    seen(model, A, -40)
    seen(model, B, None, connected=True)
    assert order(model) == [B, A]
    assert model.rows(0.0, {})[0].held


def test_unknown_and_silent_devices_are_not_shown() -> None:
    model = SensorModel()
    seen(model, A, -60, now_s=0.0)
    seen(model, B, -50, now_s=0.0, family=None, name="headphones")
    assert order(model) == [A]
    assert order(model, unknown=True) == [B, A]
    assert order(model, now_s=FORGET_S + 1.0) == []
    model.assign(A, Segment.SHIN)
    assert order(model, now_s=FORGET_S + 1.0) == [A]


def test_a_place_holds_one_sensor_and_a_sensor_one_place() -> None:
    model = SensorModel()
    for address, rssi in ((A, -40), (B, -50), (C, -60)):
        seen(model, address, rssi)
    model.assign(A, Segment.SHIN)
    model.assign(B, Segment.SHIN)
    assert model.places == {Segment.SHIN: B}
    model.assign(B, Segment.FOOT)
    assert model.places == {Segment.FOOT: B}
    assert not model.ready
    model.assign_nearest()
    assert model.places == {Segment.FOOT: B, Segment.SHIN: A}
    model.assign(A, Segment.FOOT)
    assert model.places == {Segment.FOOT: A, Segment.SHIN: B}
    model.assign(A, None)
    assert model.places == {Segment.SHIN: B}


def test_the_chosen_sensors_are_a_source_that_opens() -> None:
    model = SensorModel()
    seen(model, A, -40)
    seen(model, B, -50)
    model.assign_nearest()
    source = open_source(model.source_text)
    wanted = [(w.segment, w.address, w.family) for w in source.wanted]  # type: ignore[attr-defined]  # of BleSource
    assert wanted == [(Segment.SHIN, A, "witmotion"), (Segment.FOOT, B, "witmotion")]


def test_a_third_sensor_has_a_place_that_no_session_needs() -> None:
    model = SensorModel()
    for address, rssi in ((A, -40), (B, -50)):
        seen(model, address, rssi)
    assert model.offered() == (Segment.SHIN, Segment.FOOT)
    seen(model, C, -60)
    assert model.offered() == (Segment.SHIN, Segment.FOOT, Segment.THIGH)
    model.assign(A, Segment.THIGH)
    model.assign_nearest()
    assert model.places == {Segment.THIGH: A, Segment.SHIN: B, Segment.FOOT: C}
    assert model.worn() == (Segment.SHIN, Segment.FOOT, Segment.THIGH)
    source = open_source(model.source_text)
    wanted = [(w.segment, w.address) for w in source.wanted]  # type: ignore[attr-defined]  # of BleSource
    assert wanted == [(Segment.SHIN, B), (Segment.FOOT, C), (Segment.THIGH, A)]
    # If it fails, the others go on without it; those that are needed stay.
    model.without_optional((Segment.THIGH, Segment.FOOT))
    assert model.places == {Segment.SHIN: B, Segment.FOOT: C}


def test_three_sensors_are_remembered_in_their_places() -> None:
    infos = [
        SensorInfo(address, place, "board", place.value, identity=address[-1])
        for address, place in ((A, Segment.SHIN), (B, Segment.FOOT), (C, Segment.THIGH))
    ]
    SensorModel().remember(infos)
    later = SensorModel()
    later.recall()
    assert later.remembered is not None
    later.expect(later.remembered)
    assert later.places == {info.segment: info.source for info in infos}
    assert f"thigh={C}" in later.source_text


def test_sensors_of_refused_families_are_never_placed_automatically() -> None:
    model = SensorModel()
    seen(model, A, -40, family="sensortag", refused="too slow")
    seen(model, B, -50)
    model.assign_nearest()
    assert model.places == {Segment.SHIN: B}
    assert not model.rows(0.0, {})[0].usable


def test_a_failed_link_shows_its_stage_reason_and_remedy() -> None:
    model = SensorModel()
    model.assign(A, Segment.FOOT)
    for state in ("searching", "found", "connecting"):
        model.take_link(link(A, state))
    model.take_link(link(A, "retrying", fault="time-out", reason="no answer", detail="5 s"))
    news = model.place(Segment.FOOT, None).link
    assert news == LinkView("retrying", 1, LinkFault.TIMEOUT, "5 s")
    assert news.failed
    model.take_link(link(A, "stopped"))
    assert model.place(Segment.FOOT, None).link == news
    model.take_link(link(A, "found"))
    assert not model.place(Segment.FOOT, None).link.failed
    model.begin()
    assert model.place(Segment.FOOT, None).link == LinkView()


def test_every_state_of_a_link_is_shown() -> None:
    for state in LinkState:
        model = SensorModel()
        model.take_link(link(A, state))
        assert model.links[A].state == state


@pytest.mark.parametrize("data", [{}, {"source": 5}, {"state": "dancing", "source": A}])
def test_a_malformed_link_event_is_ignored(data: dict[str, object]) -> None:
    model = SensorModel()
    model.take_link(Event(0, EventKind.LINK, data))  # type: ignore[arg-type]  # as a file may say
    assert not model.place(Segment.SHIN, None).link.failed


def test_a_session_without_link_events_is_shown_as_streaming() -> None:
    info = SensorInfo("sim-shin", Segment.SHIN, "witmotion", "Simulated")
    status = SensorStatus(1.0, Segment.SHIN, "", 99.7, 1.5, 80.0, shaken=True)
    model = SensorModel()
    view = model.place(Segment.SHIN, status, [info])
    assert (view.name, view.link.state, view.rate_hz) == ("Simulated", "streaming", 99.7)
    (row,) = model.rows(0.0, {Segment.SHIN: status}, [info])
    assert row.shaken
    assert row.battery_percent == 80.0


def test_the_sensors_of_a_session_are_offered_the_next_time() -> None:
    infos = [
        SensorInfo(A, Segment.SHIN, "witmotion", "WT A", identity="1"),
        SensorInfo(B, Segment.FOOT, "board", "Board", identity="2"),
    ]
    SensorModel().remember(infos)
    later = SensorModel()
    later.recall()
    assert later.remembered is not None
    assert set(compare(later.remembered, infos).values()) == {Identity.SAME}
    later.expect(later.remembered)
    assert later.ready
    assert "shin.identity=1" in later.source_text
    assert [row.name for row in later.rows(1e6, {})] == ["WT A", "Board"]
    later.remember(infos)
    # A session may stream before it knows its header.
    later.remember([])
    assert len(load_pairs()) == 1
    # A replaced sensor is refused until the person chooses it.
    later.assign(A, None)
    later.assign(A, Segment.SHIN)
    assert "shin.identity" not in later.source_text
    assert "foot.identity=2" in later.source_text
