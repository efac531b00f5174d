"""Compare: two sets in one picture and one table, and all sets of the session beside each other."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.compare import Partner, SetPlace, compare_sets, partners
from gui.models.review import ReviewedSession
from gui.models.set_picture import SetPicture, set_picture
from gui.models.small_pictures import small_pictures
from gui.pages.app_state import AppState
from gui.pages.compare.difference_table import DifferenceTable
from gui.pages.library_page import LibraryPage
from gui.pages.page_name import PageName
from gui.translations.load_words import kept_load_words, weight_words
from gui.translations.set_words import side_words
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.columns import Columns, scrolled_columns
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.height_plot import HeightPlot
from gui.widgets.loop_plot import LoopPlot
from gui.widgets.picker import Picker
from gui.widgets.set_button import SetButton
from processing.library import LibrarySession, LibrarySet
from processing.review.judged_sets import JudgedSet

_FIRST, _SECOND = 0, 1
_SESSION_LETTERS, _SET_LETTERS = 26, 20
"""Wide letters in which a day with its time and "simulated", or a set with load, kind and leg, finds room."""


class ComparePage(LibraryPage):
    """The page that compares the set that Review shows with any other one."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.model = state.compare
        self._shown: tuple[object, ...] = ()
        self._offered: tuple[object, ...] = ()
        self._found: dict[Partner, SetPlace] = {}
        self.buttons: list[SetButton] = []
        self.sessions = tuple(self._picker(_SESSION_LETTERS) for _ in range(2))
        self.sets = tuple(self._picker(_SET_LETTERS) for _ in range(2))
        self._make()
        for side in (_FIRST, _SECOND):
            self.sessions[side].activated.connect(partial(self._choose_session, side))
            self.sets[side].activated.connect(partial(self._choose_set, side))

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what is shown: Review may show another session meanwhile."""
        super().hideEvent(event)
        self._shown = self._offered = ()

    def refresh(self) -> None:
        """Show both sets once they are read."""
        library, state, model = self.library, self.state, self.model
        library.poll(state.recording if state.session else None, may_read=state.session is None)
        review = state.review
        if model.places[_FIRST] is None and review.session is not None and review.current:
            model.begin(review.session, review.set_index)
        model.poll(may_read=state.session is None)
        self._offer()
        now = (
            *model.places,
            model.judged(_FIRST),
            model.judged(_SECOND),
            model.reading,
            model.trouble,
        )
        if now != self._shown:
            self._shown = now
            self._show()

    def choose(self, side: int, place: SetPlace, *_: object) -> None:
        """Choose the first (0) or the second (1) set."""
        self.model.choose(side, place)

    # What can be chosen

    def _offer(self) -> None:
        sessions = [s for s in self.library.sessions if s.sets]
        now = (tuple(sessions), *self.model.places)
        if now == self._offered:
            return
        self._offered = now
        for side in (_FIRST, _SECOND):
            place = self.model.places[side]
            picker, known = self.sessions[side], self.model.session(side)
            picker.clear()
            for one in sessions:
                picker.addItem(self._day(one), str(one.path))
            if place is not None and picker.findData(str(place.path)) < 0:
                # A recording from elsewhere.
                picker.addItem(place.path.stem, str(place.path))
            picker.setCurrentIndex(-1 if place is None else picker.findData(str(place.path)))
            self._offer_sets(side, place, sessions, known)
        first = self.model.places[_FIRST]
        self._found = dict(() if first is None else partners(self.library.sessions, first))
        for kind, button in self.partners.items():
            button.setVisible(kind in self._found)

    def _offer_sets(
        self,
        side: int,
        place: SetPlace | None,
        sessions: list[LibrarySession],
        known: ReviewedSession | None,
    ) -> None:
        picker = self.sets[side]
        picker.clear()
        picker.setEnabled(place is not None)
        if place is None:
            return
        if known is not None:
            names = [self._set_name(one) for one in known.sets]
        else:
            found = next((s for s in sessions if s.path == place.path), None)
            names = [self._library_set_name(one) for one in found.sets] if found else []
        picker.addItems(names)
        picker.setCurrentIndex(place.index if place.index < len(names) else -1)

    def _choose_session(self, side: int, at: int) -> None:
        path, place = Path(self.sessions[side].itemData(at)), self.model.places[side]
        if place is None or place.path != path:
            self.choose(side, SetPlace(path, 0))

    def _choose_set(self, side: int, at: int) -> None:
        place = self.model.places[side]
        if place is not None and at >= 0:
            self.choose(side, SetPlace(place.path, at))

    def _choose_partner(self, kind: Partner) -> None:
        self.choose(_SECOND, self._found[kind])

    # What is shown

    def _show(self) -> None:
        model = self.model
        first, second = model.judged(_FIRST), model.judged(_SECOND)
        self.hint.setText(self._hint(first, second))
        self.hint.setVisible(bool(self.hint.text()))
        self._show_plot(first, second)
        self._show_all()
        self.table_card.setVisible(first is not None and second is not None)
        if first is not None and second is not None:
            exercise = first.source.exercise
            words = exercise.words_in(QLocale().name()[:2])
            self.table.show_rows(
                compare_sets(first, second),
                (self.tr("first"), self.tr("second")),
                self.state.settings.unit,
                words.angle if exercise.measures_height else "",
            )

    def _hint(self, first: JudgedSet | None, second: JudgedSet | None) -> str:
        """Return what to do next, or what is being done; empty for nothing."""
        model, waits = self.model, self.state.session is not None and all(self.model.places)
        words = ""
        if model.reading is not None:
            words = self.tr("Reading {name} …").format(name=model.reading.name)
        elif waits and (first is None or second is None):
            words = self.tr("It is read when this session is over.")
        elif first is None:
            words = self.reading_words() or self.tr("Choose a session and a set.")
        elif second is None:
            words = self.tr(
                "Choose a second set: by a button, in the lists, or in the small pictures."
            )
        elif first.source.exercise.key != second.source.exercise.key:
            words = self.tr("These are two exercises: their angles are not the same.")
        return model.trouble or words

    def _show_plot(self, first: JudgedSet | None, second: JudgedSet | None) -> None:
        now, other = self._picture(_FIRST, first), self._picture(_SECOND, second)
        self.loops.setVisible(not now.over_time)
        self.heights.setVisible(now.over_time)
        # A set of another kind has no curves for the same axes.
        if now.over_time:
            self.heights.show_curves(now.heights, kept=other.heights)
        else:
            self.loops.show_bands(now.bands)
            self.loops.show_loops(now.loops, kept=other.loops)
        parts = []
        if first is not None:
            name = self._full_name(_FIRST, first)
            parts.append(self.tr("solid: {name}").format(name=name))
        if second is not None:
            name = self._full_name(_SECOND, second)
            parts.append(self.tr("dotted: {name}").format(name=name))
        self.legend.setText("\n".join(parts))

    def _picture(self, side: int, judged: JudgedSet | None) -> SetPicture:
        session = self.model.session(side)
        if judged is None or session is None:
            return SetPicture(False)
        return set_picture(judged, session.analysis.offline_angles)

    def _show_all(self) -> None:
        """Show a small picture of every set of both sessions."""
        for old in self.buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        places, shown = self.model.places, set[Path]()
        both = len({one.path for one in places if one is not None}) > 1
        for side in (_FIRST, _SECOND):
            place, session = places[side], self.model.session(side)
            if place is None or session is None or place.path in shown:
                continue
            shown.add(place.path)
            for index, picture in enumerate(small_pictures(session)):
                at, judged = SetPlace(place.path, index), session.sets[index]
                title = self._name(judged.number, self._load(judged), "", "")
                if both:
                    title = f"{_date(session.when, 'd MMM')} · {title}"
                made = SetButton(self.theme, title, picture)
                role = {places[_SECOND]: self.tr("second"), places[_FIRST]: self.tr("first")}
                made.show_role(role.get(at, ""))
                made.clicked.connect(partial(self.choose, _SECOND, at))
                self.buttons.append(made)
                self._row.addWidget(made)
        self.all_card.setVisible(bool(self.buttons))

    def _full_name(self, side: int, judged: JudgedSet) -> str:
        session = self.model.session(side)
        day = "" if session is None else _date(session.when, "d MMM")
        simulated = session is not None and session.recording.header.simulated
        parts = [day, self._set_name(judged), self.tr("simulated") if simulated else ""]
        return " · ".join(part for part in parts if part)

    def _set_name(self, judged: JudgedSet) -> str:
        return self._name(judged.number, self._load(judged), judged.type.value, judged.side)

    def _library_set_name(self, one: LibrarySet) -> str:
        load = "" if one.load_kg is None else weight_words(one.load_kg, self.state.settings.unit)
        return self._name(one.number, load, one.type.value, one.side)

    def _load(self, judged: JudgedSet) -> str:
        unit = self.state.settings.unit
        return kept_load_words(judged.load_kg, unit, judged.source.exercise)

    def _name(self, number: int, load: str, kind: str, side: str) -> str:
        parts = [self.tr("Set {number}").format(number=number), load, kind, side_words(side)]
        return " · ".join(part for part in parts if part)

    def _day(self, session: LibrarySession) -> str:
        day = _date(session.when, "ddd d MMM yyyy")
        clock = session.when.strftime("%H:%M")
        simulated = self.tr("simulated") if session.simulated else ""
        return " · ".join(part for part in (f"{day}, {clock}", simulated) if part)

    # Building

    def _picker(self, letters: int) -> Picker:
        picker = Picker(self.theme)
        picker.setMinimumContentsLength(letters)
        return picker

    def _make(self) -> None:
        theme, px = self.theme, self.theme.px
        columns = scrolled_columns(self, theme, (1,))
        top = Card(theme, self.tr("Compare two sets"))
        for side, word in ((_FIRST, self.tr("first")), (_SECOND, self.tr("second"))):
            name = label(word, "muted")
            name.setMinimumWidth(px(64))
            line = FlowLayout(px(10), name, self.sessions[side], self.sets[side])
            self.sessions[side].setAccessibleName(
                self.tr("Session of the {word} set").format(word=word)
            )
            self.sets[side].setAccessibleName(self.tr("The {word} set").format(word=word))
            top.body.addLayout(line)
        words = {
            Partner.BEFORE: self.tr("the set before"),
            Partner.OTHER_LEG: self.tr("the other leg"),
            Partner.LAST_TIME: self.tr("last time"),
            Partner.BEST: self.tr("my best"),
        }
        self.partners = {
            kind: push_button(word, partial(self._choose_partner, kind))
            for kind, word in words.items()
        }
        self.swap = push_button(self.tr("Swap"), self._swap, "tool")
        self.back = push_button(
            self.tr("Back to Review"), lambda: self.state.page_wanted.emit(PageName.REVIEW), "tool"
        )
        top.body.addLayout(FlowLayout(px(10), *self.partners.values(), self.swap, self.back))
        self.hint = label("")
        self.hint.setWordWrap(True)
        top.body.addWidget(self.hint)
        self.loops, self.heights = LoopPlot(theme), HeightPlot(theme)
        self.legend = label("", "muted")
        self.legend.setWordWrap(True)
        plot_card = Card(theme, self.tr("All reps of both"))
        for part in (self.loops, self.heights):
            part.setMinimumHeight(px(300))
            plot_card.body.addWidget(part, 1)
        plot_card.body.addWidget(self.legend)
        self.table = DifferenceTable(theme)
        self.table_card = Card(theme, self.tr("In numbers"))
        note = label(
            self.tr(
                "“Chance” means: single reps vary so much that a difference this small proves nothing."
            ),
            "muted",
        )
        note.setWordWrap(True)
        self.table_card.body.addWidget(self.table)
        self.table_card.body.addWidget(note)
        self.table_card.body.addStretch(1)
        middle = Columns(theme, (60, 40))
        middle.column(0).addWidget(plot_card, 1)
        middle.column(1).addWidget(self.table_card)
        middle.column(1).addStretch(1)
        self.all_card = Card(theme, self.tr("All sets of these sessions"))
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = FlowLayout(px(10))
        holder.setLayout(self._row)
        self.all_card.body.addWidget(holder)
        for card in (top, middle, self.all_card):
            columns.column(0).addWidget(card)
        columns.column(0).addStretch(1)

    def _swap(self) -> None:
        if all(self.model.places):
            self.model.swap()


def _date(when: datetime, form: str) -> str:
    return QLocale().toString(QDate(when.year, when.month, when.day), form)
