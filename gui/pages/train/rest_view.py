"""The cards that take the page of Train in a rest."""

from typing import Protocol

from PySide6.QtCore import QObject

from gui.models.train_view import Face
from gui.pages.train.card_places import CardName
from gui.pages.train.next_set_card import NextSetCard
from gui.pages.train.picture_card import PictureCard
from gui.pages.train.rest_card import RestCard
from gui.pages.train.train_frame import TrainFrame
from gui.widgets.card import Card
from gui.widgets.theme import Theme


class Actions(Protocol):
    """The actions of the person that the cards offer."""

    def start_or_end_set(self) -> None:
        """Start the next set."""

    def finish(self) -> None:
        """End the training."""

    def answer(self, value: int | None) -> None:
        """Tell how many more reps were possible."""

    def change_plan(self) -> None:
        """Show the whole plan to change it."""

    def change_load(self, steps: int) -> None:
        """Change the load of the next set."""

    def change_next(self, reps: int, lowering: int) -> None:
        """Change the reps and the lowering of the next set."""


class RestView(QObject):
    """The card of the clock, that of the set just done, and that of the next set.

    They are made when the first set is over: their plots would delay the start of the window.
    """

    def __init__(self, theme: Theme, frame: TrainFrame, actions: Actions) -> None:
        super().__init__()
        self.rest = RestCard(theme)
        self.picture = PictureCard(theme, frame.text, frame.rest_words)
        self.next = NextSetCard(
            theme, actions.start_or_end_set, actions.finish, actions.change_plan
        )
        self.cards: dict[CardName, Card] = {
            CardName.REST: self.rest,
            CardName.PICTURE: self.picture,
            CardName.NEXT: self.next,
        }
        self.rest.reserve.connect(actions.answer)
        self.next.load_changed.connect(actions.change_load)
        self.next.reps_changed.connect(lambda steps: actions.change_next(steps, 0))
        self.next.lowering_changed.connect(lambda steps: actions.change_next(0, steps))

    def arrange(self, *, flat: bool) -> None:
        """Put the question of the reserve beside its answers (``flat``) or above them."""
        self.rest.arrange(flat=flat)

    def show_frame(self, frame: TrainFrame, unit: str, *, watched: bool) -> None:
        """Show the rest as it is now; in a demonstration that is ``watched`` nobody is asked."""
        words = frame.rest_words
        self.rest.show_rest(words.rest(frame.face), notice=frame.notice(unit), asks=not watched)
        self.rest.show_alarm(*frame.alarm())
        self.picture.show_set(words.current, knee=frame.model.live.knows_knee)
        self.next.show_next(words.next_set(unit), done=frame.face is Face.DONE)
