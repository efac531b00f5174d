"""The sensors of last time: whether they are in sight, and their last known charge."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from sensor.ble.remedies import LinkFault
from sensor.types import Segment


@dataclass(frozen=True, slots=True)
class WornSensor:
    """A sensor of last time."""

    segment: Segment
    """Its place on the leg."""
    name: str
    """The name that it advertises."""
    battery_percent: float | None = None
    """The last known charge; None if there is none."""
    low: bool = False
    """Whether it should be charged."""
    days: int | None = None
    """Days since it was worn; None if not known, or if it is in sight."""
    in_sight: bool = False
    """Whether it is in sight now."""
    streaming: bool = False
    """Whether its samples arrive."""
    connecting: bool = False
    """Whether a link to it is being made."""
    fault: LinkFault | None = None
    """Why its link failed; None if it did not."""


class SensorsCard(Card):
    """A card with a row for each sensor, and a button that connects all of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Your sensors"))
        self._theme = theme
        self.connect_button = push_button(self.tr("Connect"), lambda: None, "place")
        self.other_button = push_button(self.tr("Other sensors"), lambda: None, "place")
        self.empty = label(
            self.tr(
                "None are known yet. Switch on a pair and connect it once; from then on it is "
                "offered here."
            ),
            "muted",
        )
        self.empty.setWordWrap(True)
        self.trouble = MarkedText(theme, Mark.MISS)
        self.trouble.hide()
        self.rows: list[MarkedText] = []
        self.body.addWidget(self.empty)
        self.body.addWidget(self.trouble)
        buttons = FlowLayout(theme.px(8), self.connect_button, self.other_button)
        self.body.addLayout(buttons)
        self._shown: tuple[WornSensor, ...] | None = None

    def show_sensors(self, sensors: Sequence[WornSensor], *, live: bool) -> None:
        """Show ``sensors``; while a session is ``live`` there is nothing to connect."""
        self.connect_button.setVisible(bool(sensors) and not live)
        if tuple(sensors) == self._shown:
            return
        self._shown = tuple(sensors)
        self.empty.setVisible(not sensors)
        while len(self.rows) < len(sensors):
            row = MarkedText(self._theme, Mark.NOT_JUDGED)
            self.body.insertWidget(len(self.rows) + 1, row)
            self.rows.append(row)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(sensors))
        for row, sensor in zip(self.rows, sensors, strict=False):
            row.mark.show_mark(_mark(sensor))
            place = texts().sensors.place(sensor.segment)
            row.say(f"{place[:1].upper()}{place[1:]} · {sensor.name}", self._words(sensor))
        find = self.tr("Other sensors") if sensors else self.tr("Find my sensors")
        self.other_button.setText(find)
        self.other_button.setAccessibleName(find)

    def say_trouble(self, text: str) -> None:
        """Show why it could not connect; empty: nothing."""
        self.trouble.say(text)
        self.trouble.setVisible(bool(text))

    def _words(self, sensor: WornSensor) -> str:
        if sensor.fault is not None:
            what = texts().sensors.remedy(sensor.fault).what
            return what[:1].upper() + what[1:]
        parts = []
        if sensor.battery_percent is not None:
            text = self.tr("battery {percent} %")
            if sensor.low:
                text = self.tr("battery {percent} %, charge it")
            parts.append(text.format(percent=f"{sensor.battery_percent:.0f}"))
        if sensor.streaming:
            parts.append(self.tr("connected"))
        elif sensor.connecting:
            parts.append(self.tr("connecting …"))
        elif sensor.in_sight:
            parts.append(self.tr("in sight"))
        elif sensor.days is not None:
            parts.append(texts().sensors.seen(sensor.days))
        else:
            parts.append(self.tr("not in sight"))
        return " · ".join(parts)


def _mark(sensor: WornSensor) -> Mark:
    if sensor.fault is not None:
        return Mark.MISS
    if sensor.low:
        return Mark.NEAR
    return Mark.GOOD if sensor.streaming or sensor.in_sight else Mark.NOT_JUDGED
