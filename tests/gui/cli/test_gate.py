"""The question of the console before supramaximal sets."""

from datetime import UTC, datetime, timedelta

import pytest

from gui.console import gate
from processing.coach.loads import Athlete
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.coach.session_plan import SessionPlan

ABOVE = built_in("B-two-legs-up")


@pytest.fixture
def weeks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many weeks with a session of B as the test asks for, in place of the person's recordings."""
    start = datetime(2026, 1, 5, 18, tzinfo=UTC)
    trained = [start + timedelta(weeks=week) for week in range(request.param)]
    monkeypatch.setattr(gate, "times_of", lambda *_: trained)


def planned() -> SetType:
    return SessionPlan(ABOVE, gate.ask_at_gate(ABOVE)).next_set().prescription.type


@pytest.mark.parametrize("weeks", [4], indirect=True)
@pytest.mark.usefixtures("weeks")
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("I understand", SetType.B2),
        (' "i understand" ', SetType.B2),
        ("yes", SetType.B),
        ("", SetType.B),
        (None, SetType.B),  # a script: nobody types
    ],
)
def test_only_the_typed_words_open_the_gate(
    answer: str | None,
    kind: SetType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def typed(_: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", typed)
    assert planned() is kind
    assert "Above your maximum" in capsys.readouterr().out


@pytest.mark.parametrize("weeks", [3], indirect=True)
@pytest.mark.usefixtures("weeks")
def test_before_the_ramp_in_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _: pytest.fail("asked"))
    assert planned() is SetType.B


def test_other_protocols_ask_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _: pytest.fail("asked"))
    assert gate.ask_at_gate(built_in("B")) == Athlete()
