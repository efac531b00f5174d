"""What arrives during a configuration: answers are taken out, the stream is left."""

import asyncio

import pytest

from sensor.ble.conversation import Inbox, same_uuid
from sensor.families.base import Expect
from sensor.types import Notification

CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"


def note(payload: bytes, characteristic: str = CONTROL) -> Notification:
    return Notification(0, "sensor", characteristic, payload)


def test_an_answer_that_came_before_it_was_asked_for_is_found() -> None:
    inbox = Inbox()
    inbox.begin_write()
    inbox.put(note(b"\x01 other"))
    inbox.put(note(b"\xf0 answer"))
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0"))) == b"\xf0 answer"


def test_the_same_bytes_elsewhere_are_no_answer() -> None:
    inbox = Inbox()
    inbox.put(note(b"\xf0", DATA))
    assert asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0", 0.01, optional=True))) == b""


def test_a_missing_answer_is_a_time_out_unless_it_is_optional() -> None:
    inbox = Inbox()
    with pytest.raises(TimeoutError):
        asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0", 0.01)))


def test_two_answers_of_one_exchange_come_in_their_order() -> None:
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


def test_what_follows_the_last_write_is_the_stream_without_its_answers() -> None:
    inbox = Inbox()
    inbox.begin_write()
    inbox.put(note(b"with old settings", DATA))
    inbox.begin_write()
    inbox.put(note(b"\xf0 started"))
    inbox.put(note(b"first", DATA))
    inbox.put(note(b"second", DATA))
    asyncio.run(inbox.expect(Expect(CONTROL, b"\xf0")))
    assert [n.payload for n in inbox.stream()] == [b"first", b"second"]


def test_units_of_one_make_with_other_tails_are_the_same() -> None:
    # devices/witmotion.md: one source reports the tail of the Bluetooth base.
    assert same_uuid("0000FFE4-0000-1000-8000-00805f9a34fb", "0000ffe4-0000-1000-8000-00805f9b34fb")
    assert not same_uuid(CONTROL, DATA)
