"""The head of the window: the buttons of the pages, the sensors and what is always in sight."""

from collections.abc import Iterable

from gui.widgets.card import label
from gui.widgets.ends import Ends
from gui.widgets.sensor_pill import Detail, SensorPill
from gui.widgets.theme import Theme


class Head(Ends):
    """The head: the buttons of the pages on the left, sensors and recording on the right.

    Where there is little room the sensors say less, in three steps, and then the name disappears;
    where there is still too little, the two ends stand below each other.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.px(10))
        self._pills: tuple[SensorPill, ...] = ()
        self._name = label("Toepoint")
        self._name.setFont(theme.font(20, bold=True))
        self._name.setMinimumHeight(theme.px(38))
        self._name.setContentsMargins(0, 0, theme.px(14), 0)
        self.box.insertWidget(0, self._name)

    def add_pills(self, pills: Iterable[SensorPill]) -> None:
        """Add sensors on the right."""
        self._pills = tuple(pills)
        for pill in self._pills:
            self.right.addWidget(pill)

    def arrange(self) -> bool:
        """Let the sensors say less, then hide the name, before a second line begins."""
        # One that is hidden takes no room.
        pills = [pill for pill in self._pills if not pill.isHidden()]
        room, now = self.width(), sum(pill.sizeHint().width() for pill in pills)
        full, short, bare, least = (
            sum(pill.width_of(detail) for pill in pills) for detail in Detail
        )
        # Measured without the pills, whose width is decided here.
        others, beside = self.needed() - now, self.right.sizeHint().width() - now
        name = self._name.sizeHint().width() + self.box.spacing()
        # In one row with the buttons of the pages, or else in a row of their own.
        left = others if others + least <= room else beside
        fitting = (
            (Detail.FULL, full + name if left == others else full),
            (Detail.COMPACT, short),
            (Detail.BARE, bare),
        )
        detail = next((one for one, width in fitting if left + width <= room), Detail.INITIAL)
        for pill in self._pills:
            pill.set_detail(detail)
        fits = super().arrange()
        self._name.setVisible(fits and self.needed() + name <= room)
        return fits
