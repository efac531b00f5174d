"""Sensors: find them, tell which is which, assign them to the leg, connect."""

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
)

from gui.models.chosen_exercise import exercise_of, try_source
from gui.models.sensors import NEEDED, OPTIONAL, PLACES, PlaceView, SensorRow
from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.pages.sensors.check_list import CheckList
from gui.pages.sensors.place_panel import PlacePanel
from gui.pages.sensors.sensor_list import SensorList
from gui.pages.sensors.where_panel import WherePanel
from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.columns import scrolled_columns
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.switch import Switch
from processing.exercises.exercise import SENSORS_OF, Exercise
from sensor.errors import ToepointError
from sensor.types import Segment, SensorInfo

_ROOMY_PX = 520
"""Height from which the page has room for a drawing, at 100 % text size."""


class SensorsPage(Page):
    """The page of the sensors in sight, the places on the leg and the checks of the computer."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme = self.theme
        columns = scrolled_columns(self, theme, (55, 45))

        self._make_list()
        self._make_leg()
        self._make_other()
        columns.column(0).addWidget(self.list_card, 1)
        columns.column(1).addWidget(self.leg_card)
        columns.column(1).addWidget(self.checks_card)
        columns.column(1).addWidget(self.other_card)
        columns.column(1).addStretch(1)
        self._spare: SensorRow | None = None
        self._known_exercise: tuple[str, Exercise | None] = "", None
        state.session_ended.connect(self._show_end)
        state.sensor_tapped.connect(self._take_tap)
        try:
            state.sensors.recall()
        except ToepointError as error:
            self._error = str(error)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Search for sensors while the page is visible."""
        super().showEvent(event)
        self._search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show where the sensors are worn if the page has room for it."""
        super().resizeEvent(event)
        self._show_where()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the search: it disturbs a session that streams."""
        super().hideEvent(event)
        self.state.search.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swap shin and foot with X; put a sensor without a place where there is one with T."""
        if event.key() == Qt.Key.Key_X and self.swap_button.isVisible():
            self._swap()
        elif event.key() == Qt.Key.Key_T and self._spare is not None:
            self._place_spare()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show the sensors and links as they are now."""
        model, now_s = self.state.sensors, time.monotonic()
        model.take_found(self.state.search.take(), now_s)
        infos = self._infos()
        live = self.state.session is not None
        fixed = live and not self.state.source.startswith("ble:")
        # The last session may have left its states in the model.
        statuses = self.state.live.sensors if live else {}
        rows = model.rows(now_s, statuses, infos, unknown=self.unknown.isChecked())
        # A recording has its own sensors; others in sight could not be used.
        worn = model.worn(infos)
        exercise = self._exercise()
        wanted: tuple[Segment, ...] = ()
        if exercise is not None:
            wanted = (*exercise.sensors, *SENSORS_OF[exercise.driving])
        offered = worn if fixed else model.offered(infos, wanted)
        shown = rows if not fixed else rows[: len(infos)]
        self.list.show_rows(shown, fixed=fixed, places=offered)
        views = {place: model.place(place, statuses.get(place), infos) for place in offered}
        for place, panel in self.places.items():
            panel.setVisible(place in views)
            if place in views:
                panel.show_place(views[place], needed=place in wanted)
        self._show_notes(empty=not rows, fixed=fixed)
        self._show_buttons([views[place] for place in worn], live=live, fixed=fixed)
        self.checks.show_checks(model.checks)
        if live and all(views[place].link.state == "streaming" for place in worn):
            self._remember(infos)

    def _make_list(self) -> None:
        theme = self.theme
        self.list_card = Card(theme, self.tr("Sensors in sight"), self.tr("nearest first"))
        self.list = SensorList(theme)
        self.list.assigned.connect(self._assign)
        self.empty = label("", "muted")
        self.empty.setWordWrap(True)
        self.unknown = Switch(theme, self.tr("Show unknown devices too"))
        self.list_card.body.addWidget(self.list)
        self.list_card.body.addWidget(self.empty)
        self.where = WherePanel(theme, mirrored=self.state.settings.mirrored)
        self.list_card.body.addWidget(self.where, 4)
        self.list_card.body.addStretch(1)
        self.list_card.body.addWidget(self.unknown)

    def _make_leg(self) -> None:
        state, theme, px = self.state, self.theme, self.theme.px
        self.leg_card = Card(theme, self.tr("On the leg"))
        self.places = {place: PlacePanel(theme, place) for place in PLACES}
        for panel in self.places.values():
            self.leg_card.body.addWidget(panel)
        self._error = ""
        self.message = label("")
        self.message.setWordWrap(True)
        self.leg_card.body.addWidget(self.message)
        self.connect_button = push_button("", self._connect, "primary")
        self.without_button = push_button("", self._connect_without)
        self.swap_button = push_button(self.tr("Swap shin and foot · X"), self._swap)
        self.end_button = push_button(self.tr("Disconnect"), self._end)
        self.calibrate_button = push_button(
            self.tr("Continue: calibrate"),
            lambda: state.page_wanted.emit(PageName.CALIBRATE),
            "primary",
        )
        self.spare_button = push_button("", self._place_spare)
        self.leg_card.body.addLayout(
            FlowLayout(
                px(10),
                self.connect_button,
                self.without_button,
                self.spare_button,
                self.calibrate_button,
                self.swap_button,
                self.end_button,
            )
        )

    def _make_other(self) -> None:
        theme, px = self.theme, self.theme.px
        self.checks_card = Card(theme, self.tr("This computer"))
        self.checks = CheckList(theme)
        self.again_button = push_button(self.tr("Check again"), self._check_again)
        self.checks_card.body.addWidget(self.checks)
        self.checks_card.body.addLayout(FlowLayout(px(10), self.again_button))
        self.other_card = Card(theme, self.tr("Without sensors"))
        self.try_button = push_button(self.tr("Try it without sensors"), self._try)
        self.open_button = push_button(self.tr("Open a recording…"), self._open)
        self.other_card.body.addLayout(FlowLayout(px(10), self.try_button, self.open_button))

    def _infos(self) -> tuple[SensorInfo, ...]:
        session = self.state.session
        return session.header.sensors if session is not None and session.header else ()

    def _show_notes(self, *, empty: bool, fixed: bool) -> None:
        state = self.state
        if fixed and state.source.startswith("sim:"):
            note = self.tr("simulated")
        elif fixed:
            note = self.tr("from a recording")
        elif state.search.running:
            note = self.tr("nearest first · looking …")
        else:
            note = self.tr("nearest first")
        self.list_card.set_note(note)
        self._show_where()
        self.list_card.set_title(
            self.tr("Sensors of this session") if fixed else self.tr("Sensors in sight")
        )
        self.unknown.setVisible(not fixed)
        self.empty.setVisible(empty)
        if empty:
            self.empty.setText(
                self.tr(
                    "No sensor in sight yet. Switch both on and move them to wake them. A sensor "
                    "that is connected to another app or phone is invisible: disconnect it there."
                )
            )

    def _show_where(self) -> None:
        """Show where the sensors are worn, before they are connected."""
        roomy = self.height() >= self.theme.px(_ROOMY_PX)
        self.where.setVisible(roomy and self.state.session is None)

    def _show_buttons(self, views: list[PlaceView], *, live: bool, fixed: bool) -> None:
        model = self.state.sensors
        streaming = sum(view.link.state == "streaming" for view in views)
        self.leg_card.set_note(
            self.tr("{count} of {worn} streaming").format(count=streaming, worn=len(views))
            if live
            else ""
        )
        self._show_hint(live=live, fixed=fixed)
        self.connect_button.setVisible(not live)
        self.end_button.setVisible(live)
        self.end_button.setText(
            self.tr("End it")
            if fixed
            else self.tr("Disconnect")
            if streaming
            else self.tr("Cancel")
        )
        self.calibrate_button.setVisible(live and streaming == len(views))
        self.swap_button.setVisible(model.ready and not fixed)
        failed = self._failed_optional(views) if not live else []
        self._spare = None if live else model.spare(time.monotonic())
        self.spare_button.setVisible(self._spare is not None)
        if self._spare is not None and self._spare.segment is not None:
            where = texts().sensors.worn_on(self._spare.segment)
            words = self.tr("{name} has no place: put it {place} · T")
            self.spare_button.setText(words.format(name=self._spare.name, place=where))
            self.spare_button.setAccessibleName(self.spare_button.text())
        self.without_button.setVisible(bool(failed))
        if failed:
            names = ", ".join(texts().sensors.place(place) for place in failed)
            self.without_button.setText(self.tr("Connect without: {places}").format(places=names))
            self.without_button.setAccessibleName(self.without_button.text())
        if model.places:
            text = self.tr("Connect")
        elif model.remembered is not None:
            text = self.tr("Connect my sensors")
        else:
            text = self.tr("Connect the two nearest")
        self.connect_button.setText(text)
        self.connect_button.setAccessibleName(text)
        self.connect_button.setEnabled(
            model.ready
            or len(model.usable) >= len(NEEDED)
            or (model.remembered is not None and not model.places)
        )

    def _show_hint(self, *, live: bool, fixed: bool) -> None:
        model = self.state.sensors
        if self._error:
            text = self._error
        elif live:
            text = (
                ""
                if fixed
                else self.tr(
                    "Shake one sensor: its row lights up. If it is on the wrong place, tap it twice."
                )
            )
        elif model.remembered is not None and not model.places:
            names = " · ".join(s.name or s.address for s in model.remembered.sensors)
            text = self.tr("Last worn: {names}").format(names=names)
        else:
            text = self.tr("Any order works: once they stream, shake one to see which it is.")
        missing = self._missing() if not fixed else ()
        if missing and not self._error:
            where = ", ".join(texts().sensors.worn_on(place) for place in missing)
            needs = self.tr("The chosen exercise needs a sensor {places} too.")
            text = " ".join(part for part in (needs.format(places=where), text) if part)
        elif not fixed and not self._error and (instead := self._stand_in()):
            text = " ".join(part for part in (instead, text) if part)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _stand_in(self) -> str:
        """Return by which angle the chosen exercise is counted with these sensors, if not by its own."""
        model, exercise = self.state.sensors, self._exercise()
        if exercise is None or not model.places:
            return ""
        fitted = exercise.fitted(model.places)
        if fitted.stands_in_for is None:
            return ""
        angles = texts().exercises
        words = self.tr(
            "With these sensors reps are counted by the {angle} and not by the {other}."
        )
        return words.format(
            angle=angles.driving_angle(fitted.driving),
            other=angles.driving_angle(fitted.stands_in_for),
        )

    def _exercise(self) -> Exercise | None:
        """Return the chosen exercise; None where its file holds something that is not allowed."""
        key = self.state.settings.exercise
        # Read once for each choice and not with every frame.
        if key != self._known_exercise[0]:
            try:
                self._known_exercise = key, exercise_of(self.state.settings)
            except ToepointError:
                self._known_exercise = key, None
        return self._known_exercise[1]

    def _missing(self) -> tuple[Segment, ...]:
        """Return the places of the chosen exercise that have no sensor, once others have one."""
        model, exercise = self.state.sensors, self._exercise()
        if exercise is None or not model.places:
            return ()
        return tuple(place for place in exercise.missing(model.places) if place in OPTIONAL)

    def _assign(self, source: str, segment: Segment | None) -> None:
        model, before = self.state.sensors, dict(self.state.sensors.places)
        model.assign(source, segment)
        # During a session a new assignment needs new links, so the session starts again.
        if self.state.session is not None and model.ready and model.places != before:
            self._start(model.source_text)

    def _take_tap(self, place: Segment) -> None:
        """Put a sensor that was tapped twice on the next place."""
        model = self.state.sensors
        if self.isVisible() and place in model.places:
            self._assign(model.places[place], model.next_place(place))

    def _connect(self) -> None:
        model = self.state.sensors
        if not model.ready:
            if model.remembered is not None and not model.places:
                model.expect(model.remembered)
            else:
                model.assign_nearest()
        if model.ready:
            self._start(model.source_text)

    def _failed_optional(self, views: Sequence[PlaceView]) -> list[Segment]:
        """Return the places without which the session could go on, and whose sensor failed."""
        return [v.segment for v in views if v.segment in OPTIONAL and v.link.failed]

    def _connect_without(self) -> None:
        model = self.state.sensors
        model.without_optional(
            self._failed_optional([model.place(place, None) for place in OPTIONAL])
        )
        self._connect()

    def _place_spare(self) -> None:
        if self._spare is not None:
            self._assign(self._spare.source, self._spare.segment)

    def _swap(self) -> None:
        self._assign(self.state.sensors.places[Segment.SHIN], Segment.FOOT)

    def _try(self) -> None:
        self._start(try_source(self.state.settings))

    def _open(self) -> None:
        title = self.tr("Open a recording")
        kinds = self.tr("Recordings (*.mcap)")
        folder = str(self.state.settings.recordings_folder)
        path, _ = QFileDialog.getOpenFileName(self, title, folder, kinds)
        if path:
            # Played through the live path, exactly as it was recorded.
            self._start(f"file:{path}")

    def _start(self, source: str) -> None:
        self._error = ""
        try:
            self.state.start(source, record=source.startswith("ble:"))
        except (ToepointError, OSError) as error:
            self._error = str(error)

    def _end(self) -> None:
        self.state.stop()
        # The links of the ended session must not look like failures.
        self.state.sensors.begin()

    def _show_end(self, error: str) -> None:
        """Show why a session ended, unless a place on the leg shows it already."""
        model = self.state.sensors
        shown = any(model.place(place, None).link.failed for place in PLACES)
        self._error = "" if shown else error
        if self.isVisible():
            self._search()

    def _search(self) -> None:
        if self.state.session is None:
            self.state.search.start(self.state.settings.recordings_folder)

    def _check_again(self) -> None:
        self.state.search.stop()
        self._search()

    def _remember(self, infos: tuple[SensorInfo, ...]) -> None:
        if not self.state.source.startswith("ble:"):
            return
        try:
            self.state.sensors.remember(infos)
        except ToepointError as error:
            self._error = str(error)
