"""Synchronisation of several Movella DOTs: the vendor's messages, and the order of the actions."""

from collections.abc import Generator, Mapping

import pytest

from sensor.errors import DecodeError, SettingError
from sensor.families import movella_dot_messages as messages
from sensor.families.movella_dot import DotPeripheral
from sensor.families.movella_dot_messages import ServiceMessage, SyncResult
from sensor.families.movella_dot_sync import (
    Action,
    Connect,
    Disconnect,
    On,
    synchronise,
)
from sensor.families.steps import Pause, Read, Write
from tests.sensor.families.driver import Conversation

# From the vendor's specification XD0506P rev C, with its checksums.
PUBLISHED = {
    "020108f5": messages.get_sync_status(),
    "02025109a2": messages.sync_status(synced=False),
    "02025104a7": messages.sync_status(synced=True),
    "020701ccbbaacd22d402": messages.start_sync("D4:22:CD:AA:BB:CC"),
    "02020300f9": messages.start_sync_result(SyncResult.SUCCESS),
    "020102fb": messages.stop_sync(),
    "02025000ac": messages.stop_sync_result(success=True),
    "010102fc": messages.encode_message(ServiceMessage(1, b"\x02")),
    "0103010602f3": messages.encode_message(ServiceMessage(1, b"\x01\x06\x02")),
    "010141bd": messages.encode_message(ServiceMessage(1, b"\x41")),
    "030104f8": messages.encode_message(ServiceMessage(3, b"\x04")),
    "03080000000000000000f5": messages.encode_message(ServiceMessage(3, bytes(8))),
}

ADDRESSES = {"shin": "D4:22:CD:AA:BB:CC", "foot": "D4:22:CD:AA:BB:DD"}


@pytest.mark.parametrize(("published", "built"), PUBLISHED.items())
def test_messages_are_the_published_ones(published: str, built: bytes) -> None:
    assert built.hex() == published
    message = messages.decode_message("", built)
    assert messages.encode_message(message) == built
    assert messages.decode_message("", built + bytes(160 - len(built))) == message


@pytest.mark.parametrize("published", PUBLISHED)
def test_a_message_cut_or_changed_anywhere_is_refused(published: str) -> None:
    whole = bytes.fromhex(published)
    for length in range(len(whole)):
        with pytest.raises(DecodeError):
            messages.decode_message("", whole[:length])
    with pytest.raises(DecodeError, match="after the end"):
        messages.decode_message("", whole + b"\x01")
    for index in (0, *range(2, len(whole))):
        changed = bytearray(whole)
        changed[index] ^= 0x40
        with pytest.raises(DecodeError, match="checksum"):
            messages.decode_message("", bytes(changed))


def run(
    script: Generator[Action, bytes, dict[str, SyncResult] | None],
    conversations: Mapping[str, Conversation],
) -> tuple[list[Action], dict[str, SyncResult] | None]:
    actions: list[Action] = []
    try:
        action = next(script)
        while True:
            actions.append(action)
            answer = (
                conversations[action.source].answer(action.step) if isinstance(action, On) else b""
            )
            action = script.send(answer)
    except StopIteration as end:
        return actions, end.value


def written(conversation: Conversation) -> list[bytes]:
    return [step.data for step in conversation.steps if isinstance(step, Write)]


def two_sensors(*, synced: bool = False) -> dict[str, Conversation]:
    return {source: Conversation(DotPeripheral(synced=synced)) for source in ADDRESSES}


def test_all_sensors_get_the_root_and_are_disconnected() -> None:
    conversations = two_sensors()
    actions, results = run(synchronise(ADDRESSES, 30.0), conversations)
    assert results == dict.fromkeys(ADDRESSES, SyncResult.SUCCESS)
    alone = actions.index(Pause(14.0))
    assert actions[alone - 2 : alone] == [Disconnect("shin"), Disconnect("foot")]
    read = Read(messages.MESSAGE_ACKNOWLEDGE)
    assert actions[alone + 1 :] == [
        Connect("shin"), On("shin", read), Connect("foot"), On("foot", read),
    ]  # fmt: skip
    for conversation in conversations.values():
        rate, status, start = written(conversation)
        assert rate[24:26] == bytes((30, 0))
        assert status == messages.get_sync_status()
        assert start.hex() == "020701ccbbaacd22d402"


def test_sensors_that_are_synchronised_already_start_over() -> None:
    conversations = two_sensors(synced=True)
    _, results = run(synchronise(ADDRESSES, 60.0), conversations)
    assert results == dict.fromkeys(ADDRESSES, SyncResult.SUCCESS)
    for conversation in conversations.values():
        assert written(conversation)[1] == messages.stop_sync()


def test_a_failure_names_its_sensor_and_its_reason() -> None:
    class Deaf(DotPeripheral):
        def read(self, characteristic: str) -> bytes:
            if characteristic == messages.MESSAGE_ACKNOWLEDGE:
                return messages.start_sync_result(SyncResult.SKEW_TOO_LARGE)
            return super().read(characteristic)

    conversations = two_sensors() | {"foot": Conversation(Deaf())}
    _, results = run(synchronise(ADDRESSES, 60.0), conversations)
    assert results == {"shin": SyncResult.SUCCESS, "foot": SyncResult.SKEW_TOO_LARGE}


def test_an_answer_about_something_else_is_refused() -> None:
    class Confused(DotPeripheral):
        def read(self, characteristic: str) -> bytes:
            if characteristic == messages.MESSAGE_ACKNOWLEDGE:
                return bytes.fromhex("0103010602f3")
            return super().read(characteristic)

    conversations = two_sensors() | {"foot": Conversation(Confused())}
    with pytest.raises(DecodeError, match="not the result"):
        run(synchronise(ADDRESSES, 60.0), conversations)


def test_one_sensor_alone_has_nothing_to_synchronise_with() -> None:
    with pytest.raises(SettingError, match="two or more"):
        next(synchronise({"shin": "D4:22:CD:AA:BB:CC"}, 60.0))
