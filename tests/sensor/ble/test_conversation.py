"""Tests of the inbox: answers of a configuration are taken out, the stream is left."""

import asyncio

import pytest

from sensor.ble.conversation import Inbox, same_uuid
from sensor.families.steps import Expect
from sensor.types import Notification

CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"


def note(payload: bytes, characteristic: str = CONTROL) -> Notification:
    return Notification(0, "sensor", characteristic, payload)


def test_an_answer_that_arrived_early_is_found() -> None:
    inbox = Inbox()
    inbox.begin_write()
    inbox.put(note(b"\x01 other"))
    inbox.put(note(b"\xf0 answer"))
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0"))) == b"\xf0 answer"


def test_the_same_bytes_on_another_characteristic_are_no_answer() -> None:
    inbox = Inbox()
    inbox.put(note(b"\xf0", DATA))
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0", 0.01, optional=True))) == b""


def test_a_missing_answer_is_a_time_out_unless_it_is_optional() -> None:
    inbox = Inbox()
    with pytest.raises(TimeoutError):
        asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0", 0.01)))


def test_two_answers_of_one_exchange_keep_their_order() -> None:
    inbox = Inbox()
    inbox.begin_write()
    inbox.begin_write()
    inbox.put(note(b"\xf0 first"))
    inbox.put(note(b"\xf0 second"))
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0"))) == b"\xf0 first"
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0"))) == b"\xf0 second"


def test_a_late_answer_of_an_old_exchange_is_not_taken_for_a_new_one() -> None:
    inbox = Inbox()
    inbox.begin_write()
    asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0", 0.01, optional=True)))
    inbox.put(note(b"\xf0 late"))
    inbox.begin_write()
    inbox.put(note(b"\xf0 now"))
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0"))) == b"\xf0 now"


def test_notifications_after_the_last_write_are_the_stream_without_its_answers() -> None:
    inbox = Inbox()
    inbox.begin_write()
    inbox.put(note(b"with old settings", DATA))
    inbox.begin_write()
    inbox.put(note(b"\xf0 started"))
    inbox.put(note(b"first", DATA))
    inbox.put(note(b"second", DATA))
    asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0")))
    assert [n.payload for n in inbox.stream()] == [b"first", b"second"]


def test_uuids_that_differ_only_in_their_tails_are_the_same() -> None:
    # Most WitMotion sensors have the tail …9a34fb; some are reported with that of the Bluetooth base.
    assert same_uuid("0000FFE4-0000-1000-8000-00805f9a34fb", "0000ffe4-0000-1000-8000-00805f9b34fb")
    assert not same_uuid(CONTROL, DATA)
