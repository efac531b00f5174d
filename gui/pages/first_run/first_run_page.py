"""The first page: what the program is, where data stay, and two ways to begin."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.models.chosen_exercise import try_source
from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.choice import Choice
from gui.widgets.columns import Columns, scrolled
from gui.widgets.field import Field
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark

SHOWN_POSE = LegPose(ankle_deg=-34.0, curl_deg=52.0, band=(-50.0, -22.0), other_band=(5.0, 20.0))
_MOST_WIDTH = 1500
"""Width of both columns at 100 % text size."""
TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)
"""Fewer than the settings offer: they fit side by side."""


class FirstRunPage(Page):
    """The page of the first run: two buttons, either of which ends it; no account."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme, px = self.theme, self.theme.px
        content = QWidget()
        columns = Columns(theme, (52, 48))
        inner = QVBoxLayout(content)
        inner.setContentsMargins(px(16), px(8), px(16), px(8))
        inner.addStretch(1)
        # On a large screen lines of the whole width could not be read.
        columns.setMaximumWidth(px(_MOST_WIDTH))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(columns, 1000)
        middle.addStretch(1)
        inner.addLayout(middle)
        inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))
        columns.column(0).addWidget(self._begin_card(), 1)
        columns.column(1).addWidget(self._before_card(), 1)
        columns.column(1).addWidget(self._look_card())

    def _begin_card(self) -> Card:
        theme, px = self.theme, self.theme.px
        card = Card(theme)
        card.body.setSpacing(px(12))
        card.body.addWidget(label("Toepoint", "muted"))
        heading = label(self.tr("Toes where they should be, every rep"), "heading")
        heading.setWordWrap(True)
        card.body.addWidget(heading)
        what = label(
            self.tr(
                "Two motion sensors, one on the shin and one on the foot, show and tell you during "
                "leg curls whether your toes point when they should and whether you lower slowly "
                "enough. Heel raises and other exercises are chosen on Home."
            )
        )
        what.setWordWrap(True)
        card.body.addWidget(what)
        card.body.addSpacing(px(6))
        self.connect_button = push_button(self.tr("Connect my sensors"), self._connect, "primary")
        self.try_button = push_button(self.tr("Try it without sensors"), self._try)
        card.body.addLayout(FlowLayout(px(12), self.connect_button, self.try_button))
        leg = FigureWidget(theme)
        leg.show_pose(SHOWN_POSE)
        leg.setMinimumHeight(px(280))
        card.body.addWidget(leg, 1)
        return card

    def _before_card(self) -> Card:
        card = Card(self.theme, self.tr("Before you begin"))
        card.body.setSpacing(self.theme.px(14))
        folder = self.state.settings.recordings_folder
        for text in (
            self.tr(
                "Toepoint is a training aid, not a medical device. It measures; it does not "
                "diagnose or treat."
            ),
            self.tr("Stop when something hurts or cramps. No cue asks you to go on."),
            self.tr(
                "With an acute injury of hamstring, calf or Achilles tendon, do not train heavy "
                "lowering unless a clinician told you to."
            ),
            self.tr("Your data stay in this folder. There is no account, and nothing is sent:"),
        ):
            card.body.addWidget(MarkedText(self.theme, Mark.NOT_JUDGED, text))
        where = label(str(folder), "muted")
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        indent = QHBoxLayout()
        indent.addSpacing(self.theme.px(22))
        indent.addWidget(where, 1)
        card.body.addLayout(indent)
        card.body.addStretch(1)
        return card

    def _look_card(self) -> Card:
        card = Card(self.theme)
        settings = self.state.settings
        self.language = Choice(
            self.theme, self.tr("Language"), [("en", "English"), ("de", "Deutsch")]
        )
        self.language.show_value(settings.language)
        self.language.chosen.connect(lambda value: self.state.change(language=value))
        card.body.addWidget(Field(self.theme, self.tr("Language"), self.language))
        sizes = [(scale, f"{scale:.0%}") for scale in TEXT_SCALES]
        self.text_size = Choice(self.theme, self.tr("Text size"), sizes)
        # The settings offer sizes that are not among these.
        if settings.text_scale in TEXT_SCALES:
            self.text_size.show_value(settings.text_scale)
        self.text_size.chosen.connect(lambda value: self.state.change(text_scale=value))
        card.body.addWidget(Field(self.theme, self.tr("Text size"), self.text_size))
        return card

    def _connect(self) -> None:
        # This rebuilds the window without the welcome, so it comes before the change of page.
        self.state.change(first_run_done=True, first_step="sensors")
        self.state.page_wanted.emit(PageName.SENSORS)

    def _try(self) -> None:
        self.state.change(first_run_done=True, first_step="sensors")
        self.state.watch(try_source(self.state.settings))
        self.state.page_wanted.emit(PageName.TRAIN)
