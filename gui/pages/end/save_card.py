"""The buttons of the session card: picture, page, Review, and what was saved."""

from pathlib import Path

from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.folder_button import FolderButton
from gui.widgets.plain_text import plain_tip
from gui.widgets.theme import Theme


class SaveCard(Card):
    """A card with what can be done with a session that is over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self.done = push_button(self.tr("Done · Enter"), lambda: None, "go")
        self.done.setMinimumHeight(px(46))
        self.done.setMinimumWidth(px(170))
        self.done.setFont(theme.font(17, bold=True))
        self.more = push_button(self.tr("One more set · space"), lambda: None)
        self.picture = push_button(self.tr("Picture to share · P"), lambda: None)
        self.page = push_button(self.tr("Page for the physio · D"), lambda: None)
        self.review = push_button(self.tr("Open in Review"), lambda: None)
        self.status = label("", "muted")
        self.status.setWordWrap(True)
        self.folder = FolderButton()
        self.body.addWidget(self.status)
        self.body.addLayout(FlowLayout(px(10), self.folder))
        self.body.addLayout(FlowLayout(px(10), self.picture, self.page, self.review))
        self.body.addLayout(FlowLayout(px(10), self.done, self.more))

    def say(self, text: str) -> None:
        """Show what is being done; empty: nothing."""
        if text != self.status.text():
            self.status.setText(text)
        self.status.setVisible(bool(text))

    def say_saved(self, path: Path) -> None:
        """Show what was saved, with the way to it."""
        self.say(self.tr("Saved: {name}").format(name=path.name))
        self.status.setToolTip(plain_tip(str(path)))
        self.folder.show_for(path)
