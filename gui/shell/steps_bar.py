"""The first steps above the pages: the step in hand in one sentence, and the way to it."""

from functools import partial

from gui.models.first_steps import STEPS, FirstStep, after, reached
from gui.pages.app_state import AppState
from gui.pages.page_name import PageName
from gui.widgets.announce import announce
from gui.widgets.buttons import Toggle, push_button
from gui.widgets.card import Card, label
from gui.widgets.ends import Ends

PAGE_OF = {
    FirstStep.SENSORS: PageName.SENSORS,
    FirstStep.CALIBRATE: PageName.CALIBRATE,
    FirstStep.TRAIN: PageName.TRAIN,
}
"""The page on which a step is done."""


class StepsBar(Card):
    """A line with the steps; hidden from the first set of a session on, and once all are done or ended.

    A session with real sensors moves it on by what was done. Where it stands is a setting, so that it is
    resumed when the window opens again.
    """

    def __init__(self, state: AppState) -> None:
        super().__init__(state.theme)
        self._state = state
        px = state.theme.px
        self.set_margins(16, 8, 12, 8)
        words = {
            FirstStep.SENSORS: self.tr("Sensors"),
            FirstStep.CALIBRATE: self.tr("Calibrate"),
            FirstStep.TRAIN: self.tr("First set"),
        }
        self._sentences = {
            FirstStep.SENSORS: self.tr("Put one sensor on the shin, one on the foot, and connect."),
            FirstStep.CALIBRATE: self.tr("A few short movements show the program your leg."),
            FirstStep.TRAIN: self.tr("Get ready and press space: the first set begins."),
        }
        self.buttons = {
            step: Toggle(f"{n}  {words[step]}", "place") for n, step in enumerate(STEPS, 1)
        }
        self.sentence = label("")
        self.sentence.setWordWrap(True)
        self.skip = push_button(self.tr("Skip this step"), self._skip, "place")
        self.end = push_button(self.tr("No more steps"), partial(self._go, FirstStep.DONE), "place")
        self.end.setToolTip(self.tr("Settings begins them again"))
        row = Ends(px(10))
        row.left.addWidget(label(self.tr("First steps"), "title"))
        for step, button in self.buttons.items():
            button.clicked.connect(partial(self._choose, step))
            row.left.addWidget(button)
        row.right.addWidget(self.skip)
        row.right.addWidget(self.end)
        self.body.setSpacing(px(2))
        self.body.addWidget(row)
        self.body.addWidget(self.sentence)
        self._shown = FirstStep.DONE
        # The first frame shows it: without a parent it would be a window of its own.
        self.hide()

    def refresh(self) -> None:
        """Move on if the session did the step in hand, and show it."""
        state = self._state
        step = FirstStep(state.settings.first_step)
        if (
            step is not FirstStep.DONE
            and state.session is not None
            and state.source.startswith("ble:")
        ):
            following = reached(step, state.train)
            if following is not step:
                state.change(first_step=following.value)
                step = following
        # Not in a set, and not in the rests either: the page would jump each time.
        training = state.session is not None and bool(state.train.sets)
        wanted = state.settings.first_run_done and step is not FirstStep.DONE
        self.setVisible(wanted and not training)
        for each, button in self.buttons.items():
            button.setChecked(each is step)
        if step is not self._shown:
            self._shown = step
            self.sentence.setText(self._sentences.get(step, ""))
            announce(self, self.sentence.text())

    def _choose(self, step: FirstStep) -> None:
        self._go(step)
        self._state.page_wanted.emit(PAGE_OF[step])

    def _skip(self) -> None:
        following = after(self._shown)
        self._go(following)
        if following in PAGE_OF:
            self._state.page_wanted.emit(PAGE_OF[following])

    def _go(self, step: FirstStep) -> None:
        self._state.change(first_step=step.value)
        self.refresh()
