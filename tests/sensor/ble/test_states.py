"""Tests of the table of a link's states, as a graph."""

import pytest

from sensor.ble.states import TRANSITIONS, LinkInput, LinkState, next_state

LIVING = [state for state in LinkState if TRANSITIONS[state]]
CONNECTED = {
    LinkState.DISCOVERING,
    LinkState.CONFIGURING,
    LinkState.STREAMING,
    LinkState.STALLED,
    LinkState.LOST,
}


def reachable(start: LinkState) -> set[LinkState]:
    seen: set[LinkState] = set()
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += TRANSITIONS[state].values()
    return seen


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(TRANSITIONS) == set(LinkState)
    assert reachable(LinkState.SEARCHING) == set(LinkState) - {LinkState.STOPPED}


@pytest.mark.parametrize("state", LIVING)
def test_a_stream_can_follow_every_state_that_is_not_final(state: LinkState) -> None:
    assert LinkState.STREAMING in reachable(state)


@pytest.mark.parametrize("state", [s for s in LIVING if s is not LinkState.STALLED])
def test_every_attempt_may_fail(state: LinkState) -> None:
    assert next_state(state, LinkInput.BROKEN) in {LinkState.RETRYING, LinkState.LOST}


def test_silence_leads_over_stalled_to_lost_and_data_end_both() -> None:
    stalled = next_state(LinkState.STREAMING, LinkInput.QUIET)
    assert stalled is LinkState.STALLED
    assert next_state(stalled, LinkInput.DATA) is LinkState.STREAMING
    lost = next_state(stalled, LinkInput.SILENT)
    assert lost is LinkState.LOST
    assert next_state(lost, LinkInput.DATA) is LinkState.STREAMING


def test_a_new_attempt_begins_with_a_fresh_scan() -> None:
    after_failure = {TRANSITIONS[s][LinkInput.BROKEN] for s in CONNECTED} - {LinkState.LOST}
    assert after_failure == {LinkState.RETRYING}
    assert set(TRANSITIONS[LinkState.RETRYING].values()) == {
        LinkState.FOUND,
        LinkState.RETRYING,
        LinkState.REFUSED,
    }


@pytest.mark.parametrize("state", LinkState)
def test_the_end_is_possible_everywhere(state: LinkState) -> None:
    assert next_state(state, LinkInput.CLOSED) is LinkState.STOPPED


def test_an_impossible_input_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="refused cannot take"):
        next_state(LinkState.REFUSED, LinkInput.DATA)
