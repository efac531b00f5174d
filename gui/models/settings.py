"""The settings that a person chose, kept in the platform's configuration folder."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, get_type_hints

import platformdirs
from msgspec import Meta

from gui.models.plan_changes import PlanChanges
from gui.models.window_place import PlaceText, WindowPlace
from processing.exercises.exercise import LEG_CURL
from processing.judge.bands import PresetName
from sensor.documents.convert import Finite, convert
from sensor.documents.flaws import Keys
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.errors import DocumentError, DocumentFault, SettingError
from sensor.private_files import write_private
from sensor.recording.places import usual_folder

FORMAT = Format("a settings file", "toepoint.settings", 2)
"""Version 1 called the posture of a leg curl its exercise."""
MAX_BYTES = 1_000_000
"""Settings have about a thousand."""
APP_NAME = "toepoint"

Language: TypeAlias = Literal["en", "de"]
ColourTheme: TypeAlias = Literal["dark", "light"]
Posture: TypeAlias = Literal["lying", "seated", "standing"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Each setting has a default that works."""

    first_run_done: bool = False
    """Whether the page of the first run was gone through."""
    first_step: Literal["sensors", "calibrate", "train", "done"] = "done"
    """The first step that is in hand; files of earlier versions have none."""
    language: Language = "en"
    """Language of the window, the voice and the reports."""
    theme: ColourTheme = "dark"
    """Colours of the window."""
    reduced_motion: bool = False
    """Whether nothing moves on the screen that need not: Qt does not tell what the system asks for."""
    text_scale: Annotated[float, Meta(ge=0.75, le=3.0)] = 1.0
    """Size of the text against the usual one."""
    athlete: str = ""
    """Alias of the athlete who trains."""
    athlete_key: str = "first"
    """Key of that athlete among those who share the account, see :mod:`gui.models.athletes`."""
    side: Literal["left", "right"] = "right"
    """The leg that wears the sensors."""
    exercise: str = LEG_CURL
    """Key of the exercise: a built-in one, or one of the person's own."""
    posture: Posture = "lying"
    """Posture of a leg curl."""
    train_view: Literal["auto", "picture", "plots"] = "auto"
    """Large part of the Train page; "auto" follows the posture."""
    mirrored: bool = False
    """Whether the picture of the leg faces the other way."""
    machine: str = ""
    """Name of the machine; nothing reads it yet."""
    unit: Literal["kg", "lb", "plates"] = "kg"
    """Unit in which loads are shown and entered."""
    load_step: Annotated[float, Meta(ge=0.1, le=100.0)] = 2.5
    """Smallest step of the machine's load, in ``unit``."""
    load: Annotated[float, Meta(ge=0.0, le=1000.0)] = 40.0
    """Load that a session begins with, in ``unit``."""
    loads: dict[str, Annotated[float, Meta(ge=0.0, le=1000.0)]] | None = None
    """The load that was last used for other exercises, in ``unit``, by their keys."""
    protocol: str = "B"
    """Name of a built-in protocol, or path of the person's own."""
    protocols: dict[str, str] | None = None
    """The protocol that was last used for other exercises, by their keys."""
    plan: PlanChanges | None = None
    """Other sets for some days."""
    variants: dict[str, dict[str, str]] | None = None
    """The variant of exercises that have some, by their keys."""
    understood: str = ""
    """The protocol with supramaximal sets whose warning the person confirmed when choosing it."""
    band_preset: PresetName = "standard"
    """Preset of the bands where the protocol names none."""
    bands_for: dict[str, PresetName] | None = None
    """Presets chosen for single protocols, by the protocol."""
    feedback: Literal["learn", "train", "test"] = "learn"
    """Amount of speech during a set."""
    stop_rule: Literal["off", "control_loss", "break_point", "quality"] = "off"
    """The stop rule of sets whose protocol names none; it announces the last rep."""
    sound: bool = True
    """Whether anything is played."""
    volume: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.7
    """Share of the full volume."""
    sound_scheme: Literal["coach", "soft", "tone"] = "coach"
    """Kind of the sounds."""
    audio_delays_s: dict[str, Finite] | None = None
    """Delay that the tap test measured, s, by output device."""
    storage_folder: str = ""
    """Folder of the recordings; empty: the platform's data folder."""
    show_streak: bool = True
    """Whether Home says in how many weeks in a row the plan was kept."""
    show_next_day: bool = True
    """Whether Home says when the next session is due by the plan."""
    offer_easy_week: bool = True
    """Whether Home offers a week with less load when the coach's rule asks for one."""
    easy_week_answered: str = ""
    """The day of the jump of the dose for which the offer of an easier week was answered."""
    places: dict[str, PlaceText] | None = None
    """Last place of each window, by its name."""

    @property
    def picture_first(self) -> bool:
        """Whether Train shows the leg large in place of the plots."""
        # Only for seated curls the screen is in sight.
        if self.train_view == "auto":
            return self.exercise == LEG_CURL and self.posture == "seated"
        return self.train_view == "picture"

    def place(self, window: str) -> WindowPlace | None:
        """Return the last place of the window called ``window``, None if not known."""
        text = (self.places or {}).get(window)
        return None if text is None else WindowPlace.of_text(text)

    @property
    def recordings_folder(self) -> Path:
        """Folder in which sessions are recorded."""
        if self.storage_folder:
            return Path(self.storage_folder)
        return usual_folder()


def settings_path() -> Path:
    """Return the file of the settings."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json"


def analyses_folder() -> Path:
    """Return the folder of the kept analyses, which can be made again at any time."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False) / "analyses"


def range_of(name: str) -> tuple[float, float] | None:
    """Return the least and the most that the setting ``name`` takes; None if it is no number."""
    kind = get_type_hints(Settings, include_extras=True)[name]
    limits = [meta for meta in getattr(kind, "__metadata__", ()) if isinstance(meta, Meta)]
    if not limits or limits[0].ge is None or limits[0].le is None:
        return None
    return limits[0].ge, limits[0].le


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings in ``path``; the defaults if there is no such file.

    Keys that this version does not know are left out.

    Raises
    ------
    DocumentError
        If the file holds something that cannot be a setting; it names the key.
    """
    path = path or settings_path()
    data = read_limited(path, MAX_BYTES)
    if data is None:
        return Settings()
    origin = Origin(path)
    version, values = FORMAT.read_head(parse_json(data, origin), origin)
    if version == 1 and "exercise" in values:
        values["posture"] = values.pop("exercise")
    return convert(values, Settings, origin)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write ``settings`` as a whole, readable for their owner only.

    Raises
    ------
    DocumentError
        If they cannot be written; the old ones are still there.
    """
    path = path or settings_path()
    stored = FORMAT.head() | asdict(settings)
    try:
        write_private(path, json.dumps(stored, indent=2, ensure_ascii=False))
    except OSError as error:
        detail = f"the settings are not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error


def changed(settings: Settings, **values: object) -> Settings:
    """Return ``settings`` with other ``values``.

    Raises
    ------
    SettingError
        If a value is not allowed; it names the key and what is allowed.
    """
    try:
        return convert(asdict(settings) | values, Settings, Origin("settings"), Keys(closed=True))
    except DocumentError as error:
        raise SettingError(error.where, error.value, error.allowed) from None
