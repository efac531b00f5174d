"""The session whose card is shown: one that ends, or an older one. No Qt."""

from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

from gui.models.questions import Question
from gui.models.review import ReviewedSession
from gui.models.session_card import SessionCard, card_of, live_card
from gui.models.small_pictures import SmallPicture, small_picture, small_pictures
from gui.models.train import TrainModel
from processing.coach.plan_events import SessionState
from processing.session import SessionReport

SAVED = "shared"
"""The folder of saved pictures and pages, in that of the recordings: a person's data stay in one place."""
SAVED_KINDS = (".png", ".pdf")


class EndModel:
    """The session of the card.

    Attributes
    ----------
    path
        The recording whose final numbers are shown or awaited; None if there is none yet.
    follows
        Whether the card is that of the session that runs, or that has just been closed.
    session
        The finished session; None until its recording is analysed.
    """

    def __init__(self) -> None:
        self.path: Path | None = None
        self.follows = False
        self.session: ReviewedSession | None = None
        self._own = False
        self._called = False
        self._live: SessionCard | None = None
        self._final: tuple[int, str, SessionCard | None] | None = None
        self._seen: tuple[object, ...] = ()
        self._closing: tuple[Future[SessionReport], Path] | None = None

    def begin(self, *, own: bool) -> None:
        """Take note that a session begins; ``own``: it is recorded as the person's own."""
        self._own, self._called = own, False
        self._closing = None
        if self.follows:
            self.show(None)

    def close(self, closing: "Future[SessionReport]", recording: Path | None) -> None:
        """Take note that the running session ends; ``closing`` is done when its file is closed."""
        if self._own and recording is not None:
            self._closing = closing, recording
            # A person who looked at something else since then sees the card once more.
            self._called = False

    def show(self, path: Path | None) -> None:
        """Show the card of a finished recording; None: of none."""
        if path != self.path or self.follows:
            self.session = None
        self.path, self.follows = path, False

    def arrives(self, train: TrainModel) -> bool:
        """Return, once for each end of an own session with a set, that its card should be shown."""
        over = train.state is SessionState.DONE or not train.running
        if not (self._own and over and any(one.count for one in train.sets)):
            # After one more set the card comes back.
            self._called = False
            return False
        if self._called:
            return False
        self._called = True
        # The card that is shown already may know its recording by now.
        if not self.follows:
            self.follow()
        return True

    def follow(self) -> None:
        """Show the card of the session that ends."""
        self.follows, self.path, self.session = True, None, None

    def leave(self) -> None:
        """Take note that the person has seen the card: the end of the session brings it no more."""
        self._called = True

    def answered(self, train: TrainModel) -> bool:
        """Return whether all is said, so that the running session can be closed."""
        done = self.follows and train.running and train.state is SessionState.DONE
        return done and Question.EXERTION in train.inputs.questions.answers

    def take_closed(self) -> Path | None:
        """Return the recording of the session that has just been closed, once; None for none."""
        if self._closing is None or not self._closing[0].done():
            return None
        path, self._closing = self._closing[1], None
        if not path.exists():
            return None
        if self.follows:
            self.path = path
        return path

    @property
    def closing(self) -> bool:
        """Whether the recording of a session is still being closed."""
        return self._closing is not None

    def take(self, session: ReviewedSession) -> None:
        """Take an analysed recording, if it is the one of the card and whole."""
        if session.whole and session.recording.path == self.path:
            self.session = session

    def card(
        self, train: TrainModel, now: datetime, *, simulated: bool, alias: str
    ) -> SessionCard | None:
        """Return the values to show; None if there are none (yet)."""
        if self.session is not None:
            if self._final is None or self._final[:2] != (id(self.session), alias):
                self._final = id(self.session), alias, card_of(self.session, alias)
            return self._final[2]
        if not self.follows or not train.sets:
            return None
        seen = (
            *((id(s), s.t_end, len(s.verdicts), s.recount is None) for s in train.sets),
            tuple(train.inputs.questions.answers.items()),
            train.running,
        )
        if seen != self._seen or self._live is None:
            self._seen = seen
            self._live = live_card(train, now, simulated=simulated)
        return self._live

    def pictures(self, train: TrainModel) -> tuple[SmallPicture, ...]:
        """Return the curves of the sets: of the whole recording, or as they were kept live."""
        if self.session is not None:
            return small_pictures(self.session)
        return tuple(
            small_picture(live.judged_set(None), live.picture)
            for live in train.sets
            if live.picture is not None
        )
