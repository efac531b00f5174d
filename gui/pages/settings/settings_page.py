"""Settings: every choice is saved at once; an error is shown beside its field."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QSlider,
    QWidget,
)

from gui.models.chosen_coach import preset_choice, protocol_of
from gui.models.chosen_exercise import (
    exercise_choice,
    exercise_of,
    usable_exercises,
    variant_choice,
)
from gui.models.settings import range_of, settings_path
from gui.pages.app_state import AppState
from gui.pages.athletes_dialog import AthletesDialog
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.pages.settings.latency_panel import TapTestPanel
from gui.pages.settings.supramaximal_dialog import SupramaximalDialog
from gui.pages.settings.variant_fields import VariantFields
from gui.translations.decimals import plain
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.choice import Choice
from gui.widgets.columns import scrolled_columns
from gui.widgets.field import Field
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.picker import Picker
from gui.widgets.plan_choices import plan_choices
from gui.widgets.switch import Switch
from processing.coach.own_protocols import FOLDER, own_protocols
from processing.coach.protocol_file import protocol_named
from processing.coach.supramaximal import WARNING
from sensor.errors import SettingError, ToepointError

TEXT_SCALES = (0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)


class SettingsPage(Page):
    """The page of the settings.

    :attr:`fields` holds the controls by the names of their settings.
    """

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.fields: dict[str, Field] = {}
        columns = scrolled_columns(self, self.theme, (1, 1, 1))
        cards = (
            (self._athlete_card(), self._machine_card()),
            (self._training_card(), self._sound_card()),
            (self._look_card(), self._storage_card()),
        )
        for at, column in enumerate(cards):
            for card in column:
                card.body.setSpacing(self.theme.px(15))
                columns.column(at).addWidget(card)
            columns.column(at).addStretch(1)
        state.settings_changed.connect(self._follow)

    def _athlete_card(self) -> Card:
        card = Card(self.theme, self.tr("Athlete"))
        alias = self._text("athlete", self.tr("Alias"), self.tr("Used in files instead of a name"))
        card.body.addWidget(alias)
        self.athletes_button = push_button(
            self.tr("All athletes…"), lambda: AthletesDialog(self.window(), self.state).exec()
        )
        card.body.addLayout(FlowLayout(self.theme.px(10), self.athletes_button))
        sides = [("left", self.tr("left")), ("right", self.tr("right"))]
        card.body.addWidget(self._choice("side", self.tr("Leg that wears the sensors"), sides))
        postures = [
            ("lying", self.tr("lying")),
            ("seated", self.tr("seated")),
            ("standing", self.tr("standing")),
        ]
        card.body.addWidget(self._choice("posture", self.tr("Leg curl"), postures))
        views = [
            ("auto", self.tr("automatic")),
            ("picture", self.tr("the leg, large")),
            ("plots", self.tr("plots")),
        ]
        note = self.tr("Automatic: seated curls show the leg large, and sound reports misses only.")
        card.body.addWidget(self._choice("train_view", self.tr("What Train shows"), views, note))
        card.body.addWidget(
            self._switch("mirrored", self.tr("Mirror"), self.tr("Mirror the picture of the leg"))
        )
        return card

    def _machine_card(self) -> Card:
        card = Card(self.theme, self.tr("Machine"))
        card.body.addWidget(self._text("machine", self.tr("Name of the machine")))
        units = [("kg", self.tr("kg")), ("lb", self.tr("lb")), ("plates", self.tr("plates"))]
        card.body.addWidget(self._choice("unit", self.tr("Unit of the load"), units))
        card.body.addWidget(self._number("load_step", self.tr("Smallest step of the load")))
        return card

    def _training_card(self) -> Card:
        card = Card(self.theme, self.tr("Training"))
        card.body.addWidget(self._exercise_field())
        self.variants = VariantFields(self.theme, self.state.settings)
        self.variants.chosen.connect(
            lambda *chosen: self.state.change(**variant_choice(self.state.settings, *chosen))
        )
        card.body.addWidget(self.variants)
        self.protocols = Picker(self.theme)
        # activated, not currentIndexChanged: only a choice of the person is saved.
        self.protocols.activated.connect(
            lambda at: self._keep("protocol", self.protocols.itemData(at))
        )
        card.body.addWidget(self._field("protocol", self.tr("Protocol"), self.protocols))
        self._show_protocols()
        self.own_button = push_button(self.tr("A protocol of your own…"), self._choose_protocol)
        card.body.addLayout(FlowLayout(self.theme.px(10), self.own_button))
        presets = [
            ("relaxed", self.tr("relaxed")),
            ("standard", self.tr("standard")),
            ("strict", self.tr("strict")),
        ]
        self.bands = Choice(self.theme, self.tr("Target for the toes"), presets)
        self.bands.chosen.connect(self._keep_bands)
        card.body.addWidget(self._field("band_preset", self.tr("Target for the toes"), self.bands))
        self._show_bands()
        levels = [
            ("learn", self.tr("learn")),
            ("train", self.tr("train")),
            ("test", self.tr("test")),
        ]
        note = self.tr(
            "Learn: a remark on every rep. Train: only on misses, and the count. Test: the count."
        )
        card.body.addWidget(self._choice("feedback", self.tr("Feedback"), levels, note))
        rules = [
            ("off", self.tr("never")),
            ("control_loss", self.tr("25 % control loss")),
            ("break_point", self.tr("control lost 20° sooner")),
            ("quality", self.tr("3 missed reps")),
        ]
        note = self.tr("The coach announces the last rep; the set goes on as long as you like.")
        card.body.addWidget(self._choice("stop_rule", self.tr("Stop rule"), rules, note))
        return card

    def _exercise_field(self) -> Field:
        """Return the choice among the exercises; one whose file is wrong is left out."""
        control = Picker(self.theme)
        language = self.state.settings.language
        for key, exercise in usable_exercises().items():
            control.addItem(exercise.words_in(language).name, key)
        control.setCurrentIndex(control.findData(self.state.settings.exercise))
        # activated, not currentIndexChanged: only a choice of the person is saved.
        control.activated.connect(lambda at: self._choose_exercise(control.itemData(at)))
        return self._field("exercise", self.tr("Exercise"), control)

    def _choose_exercise(self, key: str) -> None:
        """Use another exercise, with the protocol that was last used for it."""
        if key == self.state.settings.exercise:
            return
        try:
            self.state.change(**exercise_choice(self.state.settings, key))
        except ToepointError as error:
            self.fields["exercise"].say(str(error))

    def _show_protocols(self) -> None:
        """List the protocols that fit the exercise: built-in ones, then the person's own."""
        settings = self.state.settings
        own = own_protocols(settings.recordings_folder / FOLDER)
        self.protocols.clear()
        exercise = exercise_of(settings)
        for text, name in plan_choices(settings.protocol, exercise, own, above_maximum=True):
            self.protocols.addItem(text, name)
        self.protocols.setCurrentIndex(self.protocols.findData(settings.protocol))
        self._listed_for = settings.exercise, settings.protocol

    def _sound_card(self) -> Card:
        card = Card(self.theme, self.tr("Sound"))
        card.body.addWidget(self._switch("sound", self.tr("Sound"), self.tr("Tones and voice")))
        volume = QSlider(Qt.Orientation.Horizontal)
        volume.setMinimumHeight(self.theme.px(26))
        volume.setRange(0, 100)
        volume.setSingleStep(5)
        volume.setPageStep(10)
        volume.setValue(round(100 * self.state.settings.volume))
        volume.valueChanged.connect(lambda percent: self._keep("volume", percent / 100))
        # Only at the release: a sample for every step would be a stutter.
        volume.sliderReleased.connect(self.state.sound.preview)
        card.body.addWidget(self._field("volume", self.tr("Volume"), volume))
        schemes = [
            ("coach", self.tr("coach")),
            ("soft", self.tr("softer")),
            ("tone", self.tr("tones only")),
        ]
        card.body.addWidget(self._choice("sound_scheme", self.tr("What is heard"), schemes))
        panel = TapTestPanel(self.theme, self.state.sound, self._keep_delay)
        card.body.addWidget(self._field("audio_delays_s", self.tr("Output"), panel))
        return card

    def _look_card(self) -> Card:
        card = Card(self.theme, self.tr("Look"))
        themes = [("dark", self.tr("dark")), ("light", self.tr("light"))]
        card.body.addWidget(self._choice("theme", self.tr("Theme"), themes))
        scales = [(scale, f"{scale:.0%}") for scale in TEXT_SCALES]
        card.body.addWidget(self._list("text_scale", self.tr("Text size"), scales))
        card.body.addWidget(
            self._switch("reduced_motion", self.tr("Motion"), self.tr("No ring at a good rep"))
        )
        languages = [("en", "English"), ("de", "Deutsch")]
        card.body.addWidget(self._choice("language", self.tr("Language"), languages))
        shown = self.tr("Shown on Home")
        for name, title in (
            ("show_streak", self.tr("Weeks in a row as planned")),
            ("show_next_day", self.tr("Day of the next session")),
            ("offer_easy_week", self.tr("Offer of an easier week")),
        ):
            card.body.addWidget(self._switch(name, title, shown))
        return card

    def _storage_card(self) -> Card:
        card = Card(self.theme, self.tr("Storage"))
        note = self.tr("Recordings are written here and nowhere else. Empty: the usual folder.")
        folder = self._text("storage_folder", self.tr("Folder for recordings"), note)
        line = folder.control
        if isinstance(line, QLineEdit):
            line.setPlaceholderText(str(self.state.settings.recordings_folder))
        card.body.addWidget(folder)
        self.choose_button = push_button(self.tr("Choose a folder…"), self._choose_folder)
        card.body.addLayout(FlowLayout(self.theme.px(10), self.choose_button))
        self.steps_button = push_button(self.tr("First steps again"), self._begin_steps)
        card.body.addLayout(FlowLayout(self.theme.px(10), self.steps_button))
        kept = label(self.tr("Settings are kept in {path}").format(path=settings_path()), "muted")
        kept.setWordWrap(True)
        card.body.addWidget(kept)
        return card

    def _begin_steps(self) -> None:
        self.state.change(first_step="sensors")
        self.state.page_wanted.emit(PageName.SENSORS)

    def _choice(
        self, name: str, title: str, options: Sequence[tuple[object, str]], note: str = ""
    ) -> Field:
        control = Choice(self.theme, title, options)
        value = getattr(self.state.settings, name)
        if value in dict(options):
            control.show_value(value)
        control.chosen.connect(lambda value: self._keep(name, value))
        return self._field(name, title, control, note)

    def _list(self, name: str, title: str, options: Sequence[tuple[object, str]]) -> Field:
        control = Picker(self.theme)
        for value, word in options:
            control.addItem(word, value)
        control.setCurrentIndex(control.findData(getattr(self.state.settings, name)))
        # activated, not currentIndexChanged: only a choice of the person is saved.
        control.activated.connect(lambda at: self._keep(name, control.itemData(at)))
        return self._field(name, title, control)

    def _switch(self, name: str, title: str, words: str) -> Field:
        control = Switch(self.theme, words)
        control.setChecked(getattr(self.state.settings, name))
        control.toggled.connect(lambda on: self._keep(name, on))
        return self._field(name, title, control)

    def _text(self, name: str, title: str, note: str = "") -> Field:
        return self._line(name, title, str, note)

    def _number(self, name: str, title: str) -> Field:
        return self._line(name, title, _number)

    def _line(self, name: str, title: str, read: Callable[[str], object], note: str = "") -> Field:
        value = getattr(self.state.settings, name)
        control = QLineEdit(value if isinstance(value, str) else plain(value))
        control.editingFinished.connect(lambda: self._read(name, control.text(), read))
        return self._field(name, title, control, note)

    def _field(self, name: str, title: str, control: QWidget, note: str = "") -> Field:
        # By this name the window finds the control again after it was rebuilt.
        control.setObjectName(name)
        self.fields[name] = Field(self.theme, title, control, note)
        return self.fields[name]

    def _read(self, name: str, text: str, read: Callable[[str], object]) -> None:
        try:
            value = read(text.strip())
        except ValueError:
            self.fields[name].say(self.tr("This is not a number."))
            return
        if name == "storage_folder" and text.strip():
            trouble = self._folder_trouble(Path(text.strip()))
            if trouble:
                self.fields[name].say(trouble)
                return
        self._keep(name, value)

    def _follow(self) -> None:
        """Show settings that were changed elsewhere."""
        # The button in the head of the window switches the sound, too.
        control = self.fields["sound"].control
        if isinstance(control, Switch):
            control.setChecked(self.state.settings.sound)
        settings = self.state.settings
        if (settings.exercise, settings.protocol) != self._listed_for:
            self._show_protocols()
        self.variants.show_settings(self.state.settings)
        self._show_bands()

    def _show_bands(self) -> None:
        """Show the bands in force: a protocol may name its own preset."""
        try:
            self.bands.show_value(protocol_of(self.state.settings).bands)
        except ToepointError as error:
            self.fields["protocol"].say(str(error))

    def _keep_bands(self, preset: object) -> None:
        for name, value in preset_choice(self.state.settings, str(preset)).items():
            self._keep(name, value, at="band_preset")

    def _choose_protocol(self) -> None:
        """Let the person choose a protocol file; an error in it is shown at the field."""
        title = self.tr("A protocol of your own…")
        name, _ = QFileDialog.getOpenFileName(self, title, "", self.tr("Protocols (*.toml)"))
        if not name:
            return
        try:
            protocol = protocol_named(name)
        except ToepointError as error:
            self.fields["protocol"].say(str(error))
            return
        picker = self.fields["protocol"].control
        if isinstance(picker, Picker):
            if picker.findData(name) < 0:
                picker.addItem(protocol.title, name)
            picker.setCurrentIndex(picker.findData(name))
        self._keep("protocol", name)

    def _choose(self, protocol: str) -> None:
        """Choose a protocol; one with supramaximal sets only after its ramp-in and its warning."""
        gate = self.state.gate_before(protocol)
        if gate is not None and not (gate.admits and self.state.settings.protocol == protocol):
            if gate.is_open:
                self.state.sound.say(WARNING)
            if not (SupramaximalDialog(self, gate).exec() and gate.is_open):
                picker = self.fields["protocol"].control
                if isinstance(picker, Picker):
                    picker.setCurrentIndex(picker.findData(self.state.settings.protocol))
                return
        self.state.change(protocol=protocol, understood="" if gate is None else protocol)

    def _keep(self, name: str, value: object, at: str = "") -> None:
        """Save a setting; an error is shown at its own field, or at the field ``at``."""
        field = self.fields[at or name]
        # There is nothing to save, but an error shown before is over. A protocol may still lack its
        # confirmation, as after an edit of the settings file.
        if getattr(self.state.settings, name) == value and name != "protocol":
            field.say("")
            return
        try:
            if name == "protocol":
                self._choose(str(value))
            else:
                self.state.change(**{name: value})
        except SettingError as error:
            field.say(self._trouble(name, error))
        except OSError as error:
            field.say(self.tr("It could not be saved: {error}").format(error=error))
        except ToepointError as error:
            field.say(str(error))
        else:
            field.say("")

    def _trouble(self, name: str, error: SettingError) -> str:
        if (limits := range_of(name)) is not None:
            low, high = limits
            text = self.tr("This must be between {low} and {high}.")
            return text.format(low=plain(low), high=plain(high))
        return self.tr("This must be {allowed}.").format(allowed=error.allowed)

    def _folder_trouble(self, folder: Path) -> str:
        if not folder.is_absolute():
            return self.tr("Give the whole path of the folder, from the root.")
        try:
            # Tried at once: a folder that cannot be made would only fail at the next session.
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            return self.tr("It cannot be used: {error}").format(error=error.strerror)
        return ""

    def _keep_delay(self, output: str, delay_s: float) -> None:
        delays = {**(self.state.settings.audio_delays_s or {}), output: delay_s}
        self._keep("audio_delays_s", delays)

    def _choose_folder(self) -> None:
        at = str(self.state.settings.recordings_folder)
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings"), at)
        line = self.fields["storage_folder"].control
        if folder and isinstance(line, QLineEdit):
            line.setText(folder)
            self._read("storage_folder", folder, str)


def _number(text: str) -> float:
    """Return a number written with a point or a comma."""
    # Both are typed, whatever the language of the system.
    return float(text.replace(",", "."))
