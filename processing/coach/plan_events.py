"""The states of a session, their changes, and the keys in each: one table, no code."""

from collections.abc import Mapping
from enum import StrEnum


class SessionState(StrEnum):
    """The states of a session."""

    BEFORE = "before"
    READY = "ready"
    SET = "set"
    REST = "rest"
    REFUSED = "refused"
    """Too sore for this protocol today; a neutral set, or a key, starts it all the same."""
    STOPPED = "stopped"
    """For a cramp. A neutral set is offered; a set that is started on purpose goes on."""
    DONE = "done"
    """All planned sets are done. One more may follow."""


class PlanTrigger(StrEnum):
    """The triggers that change the state of a session."""

    BEGIN = "begin"
    REFUSE = "refuse"
    START_SET = "start set"
    GO_ON = "go on"
    """A lift from the same pose goes on with the set that was over."""
    END_SET = "end set"
    CANCEL_SET = "cancel set"
    CANCEL_IN_REST = "cancel in rest"
    """The same before the rest after the last set is over: that rest continues."""
    END_LAST_SET = "end last set"
    REST_OVER = "rest over"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"
    MORE_SETS = "more sets"
    """The plan got longer after its last set was done."""


_S, _T = SessionState, PlanTrigger

PLAN: Mapping[tuple[SessionState, PlanTrigger], SessionState] = {
    (_S.BEFORE, _T.BEGIN): _S.READY,
    (_S.BEFORE, _T.REFUSE): _S.REFUSED,
    (_S.REFUSED, _T.BEGIN): _S.READY,
    (_S.REFUSED, _T.RESUME): _S.READY,
    # A refusal is advice: a set that is started on purpose goes on.
    (_S.REFUSED, _T.START_SET): _S.SET,
    (_S.REFUSED, _T.FINISH): _S.DONE,
    (_S.READY, _T.REFUSE): _S.REFUSED,
    (_S.READY, _T.RESUME): _S.READY,
    (_S.READY, _T.START_SET): _S.SET,
    (_S.READY, _T.GO_ON): _S.SET,
    (_S.READY, _T.STOP): _S.STOPPED,
    (_S.READY, _T.FINISH): _S.DONE,
    (_S.SET, _T.END_SET): _S.REST,
    (_S.SET, _T.END_LAST_SET): _S.DONE,
    # A movement without a whole rep was no set, so no rest follows it.
    (_S.SET, _T.CANCEL_SET): _S.READY,
    (_S.SET, _T.CANCEL_IN_REST): _S.REST,
    (_S.SET, _T.STOP): _S.STOPPED,
    (_S.REST, _T.START_SET): _S.SET,
    (_S.REST, _T.GO_ON): _S.SET,
    (_S.REST, _T.REST_OVER): _S.READY,
    (_S.REST, _T.RESUME): _S.READY,
    (_S.REST, _T.STOP): _S.STOPPED,
    (_S.REST, _T.FINISH): _S.DONE,
    (_S.STOPPED, _T.RESUME): _S.READY,
    (_S.STOPPED, _T.START_SET): _S.SET,
    (_S.STOPPED, _T.FINISH): _S.DONE,
    (_S.DONE, _T.START_SET): _S.SET,
    (_S.DONE, _T.GO_ON): _S.SET,
    (_S.DONE, _T.MORE_SETS): _S.READY,
    # The first of two clicks for a cramp may have ended the last set.
    (_S.DONE, _T.STOP): _S.STOPPED,
}
"""All changes of state. A pair that is not here changes nothing."""

KEYS: Mapping[tuple[SessionState, str], PlanTrigger] = {
    (_S.READY, "space"): _T.START_SET,
    (_S.REST, "space"): _T.START_SET,
    (_S.SET, "space"): _T.END_SET,
    (_S.READY, "c"): _T.STOP,
    (_S.SET, "c"): _T.STOP,
    (_S.REST, "c"): _T.STOP,
    (_S.REST, "n"): _T.REST_OVER,
    (_S.REFUSED, "space"): _T.START_SET,
    (_S.REFUSED, "r"): _T.RESUME,
    (_S.READY, "r"): _T.RESUME,
    (_S.REST, "r"): _T.RESUME,
    (_S.STOPPED, "r"): _T.RESUME,
    (_S.STOPPED, "space"): _T.START_SET,
    (_S.DONE, "space"): _T.START_SET,
    (_S.REFUSED, "q"): _T.FINISH,
    (_S.READY, "q"): _T.FINISH,
    (_S.REST, "q"): _T.FINISH,
    (_S.STOPPED, "q"): _T.FINISH,
}
"""The trigger of a key in each state: c stops for a cramp, n is next, r goes on as planned, q ends."""
