"""The session card on the page: figure, numbers, a mark for every rep, and what comes next."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.figure import scene_of
from gui.models.session_card import SessionCard
from gui.models.settings import Settings
from gui.pages.end import card_words
from gui.pages.end.rep_marks import RepMarks
from gui.widgets.card import Card, label, tag
from gui.widgets.ends import Ends
from gui.widgets.figure import FigureWidget
from gui.widgets.stat_tiles import Stat, StatTiles
from gui.widgets.still_pose import still_pose
from gui.widgets.theme import Theme


class CardView(Card):
    """A card with a :class:`SessionCard`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self.body.setSpacing(px(8))
        self.when = label("", "muted")
        self.simulated = tag(theme, self.tr("simulated"))
        self.live = tag(theme, self.tr("counted live"))
        top = Ends(px(10))
        top.left.addWidget(self.when)
        top.right.addWidget(self.simulated)
        top.right.addWidget(self.live)
        self.heading = label("", "heading")
        self.about = label("", "muted")
        self.leg = FigureWidget(theme)
        # It takes what is left: in a low window the words and buttons need the room.
        self.leg.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.tiles = StatTiles(theme)
        self.marks = RepMarks(theme)
        self.following = label("")
        self.following.setFont(theme.font(18, bold=True))
        self.note = label("", "muted")
        for words in (self.heading, self.about, self.following, self.note):
            words.setWordWrap(True)
        above: tuple[QWidget, ...] = (top, self.heading, self.about)
        below: tuple[QWidget, ...] = (self.tiles, self.marks, self.following, self.note)
        for part in above:
            self.body.addWidget(part)
        self.body.addWidget(self.leg, 1)
        for part in below:
            self.body.addWidget(part)

    def show_card(self, card: SessionCard, settings: Settings) -> None:
        """Show a session."""
        unit = settings.unit
        parts = [card_words.day(card), card.alias, card_words.effort_words(card)]
        self.when.setText(" · ".join(part for part in parts if part))
        self.simulated.setVisible(card.simulated)
        self.live.setVisible(not card.final)
        self.heading.setText(card_words.title(card))
        self.about.setText(" · ".join(card_words.about(card, unit)))
        scene = scene_of(card.exercise, settings.posture)
        self.leg.show_scene(scene, mirrored=settings.mirrored)
        self.leg.show_pose(still_pose(card.exercise, scene))
        self.tiles.show_stats([Stat(n.name, n.words) for n in card_words.numbers(card)])
        self.marks.show_grades(card.grades)
        self.following.setText(card_words.following(card, unit))
        why = card_words.load_why(card)
        self.note.setText(why)
        self.note.setVisible(bool(why))

    def set_low(self, *, low: bool) -> None:
        """Leave out the figure where the numbers need the room."""
        self.leg.setVisible(not low)
