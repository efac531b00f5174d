"""What a person chose, kept between sessions in the platform's configuration folder."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import platformdirs

from gui.models.window_place import Place
from sensor.errors import SettingError
from sensor.store.private_file import write_private

FORMAT_NAME = "toepoint.settings"
FORMAT_VERSION = 1
APP_NAME = "toepoint"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Each has a default that works.

    ``storage_folder`` empty means the platform's data folder; ``audio_delays_s`` holds what the tap
    test measured, by output device; ``bands_for`` the presets that were chosen for one protocol.
    ``train_view`` "auto" follows the exercise.
    ``places`` says where windows stood, by their names.
    """

    first_run_done: bool = False
    language: str = "en"
    theme: str = "dark"
    text_scale: float = 1.0
    athlete: str = ""
    side: str = "right"
    exercise: str = "lying"
    train_view: str = "auto"
    mirrored: bool = False
    machine: str = ""
    unit: str = "kg"
    load_step: float = 2.5
    load: float = 40.0
    protocol: str = "B"
    band_preset: str = "standard"
    bands_for: dict[str, str] | None = None
    feedback: str = "learn"
    sound: bool = True
    volume: float = 0.7
    sound_scheme: str = "coach"
    audio_delays_s: dict[str, float] | None = None
    storage_folder: str = ""
    places: dict[str, str] | None = None

    @property
    def picture_first(self) -> bool:
        """Whether Train shows the leg large in place of the plots: who sits sees the screen."""
        if self.train_view == "auto":
            return self.exercise == "seated"
        return self.train_view == "picture"

    def place(self, window: str) -> Place | None:
        """Return where the window of that name stood, if that is known."""
        text = (self.places or {}).get(window)
        return None if text is None else Place.of_text(text)

    @property
    def recordings_folder(self) -> Path:
        """Where sessions are recorded."""
        if self.storage_folder:
            return Path(self.storage_folder)
        return platformdirs.user_data_path(APP_NAME, appauthor=False) / "sessions"


CHOICES: dict[str, tuple[object, ...]] = {
    "language": ("en", "de"),
    "theme": ("dark", "light"),
    "side": ("left", "right"),
    "exercise": ("lying", "seated", "standing"),
    "train_view": ("auto", "picture", "plots"),
    "unit": ("kg", "lb", "plates"),
    "band_preset": ("relaxed", "standard", "strict"),
    "feedback": ("learn", "train", "test"),
    "sound_scheme": ("coach", "soft", "tone"),
}
RANGES: dict[str, tuple[float, float]] = {
    "text_scale": (0.75, 3.0),
    "load_step": (0.1, 100.0),
    "load": (0.0, 1000.0),
    "volume": (0.0, 1.0),
}


def settings_path() -> Path:
    """Return where the settings are kept."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json"


def analyses_folder() -> Path:
    """Return where analyses are kept: what can be made again at any time."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False) / "analyses"


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings of ``path``; the defaults if there is no such file.

    Raises
    ------
    SettingError
        If the file holds something that cannot be a setting; it names the key.
    """
    path = path or settings_path()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingError(str(path), "unreadable", f"a settings file ({error})") from error
    if not isinstance(data, dict) or data.get("type") != FORMAT_NAME:
        raise SettingError(str(path), data if isinstance(data, str) else "other", FORMAT_NAME)
    if data.get("version") != FORMAT_VERSION:
        raise SettingError("version", data.get("version"), f"{FORMAT_VERSION}: update Toepoint")
    known = {f.name for f in fields(Settings)}
    values = {k: v for k, v in data.items() if k in known}
    return checked(Settings(**values))


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write ``settings``, whole or not at all, readable for their owner only."""
    path = path or settings_path()
    head: dict[str, Any] = {"type": FORMAT_NAME, "version": FORMAT_VERSION}
    write_private(path, json.dumps({**head, **asdict(settings)}, indent=2, ensure_ascii=False))


def changed(settings: Settings, **values: object) -> Settings:
    """Return ``settings`` with other ``values``, checked.

    Raises
    ------
    SettingError
        If a value is not allowed.
    """
    return checked(replace(settings, **values))  # type: ignore[arg-type]  # checked next


def checked(settings: Settings) -> Settings:
    """Return ``settings`` if every value is allowed.

    Raises
    ------
    SettingError
        Naming the key and what it may be.
    """
    for name, kind in get_type_hints(Settings).items():
        value = getattr(settings, name)
        if not _is_of(value, kind):
            raise SettingError(name, value, f"of type {kind}")
        if name == "bands_for" and not set((value or {}).values()) <= set(CHOICES["band_preset"]):
            raise SettingError(name, value, "one of " + ", ".join(map(str, CHOICES["band_preset"])))
        if name in CHOICES and value not in CHOICES[name]:
            raise SettingError(name, value, "one of " + ", ".join(map(str, CHOICES[name])))
        if name in RANGES and not RANGES[name][0] <= value <= RANGES[name][1]:
            low, high = RANGES[name]
            raise SettingError(name, value, f"between {low:g} and {high:g}")
    for text in (settings.places or {}).values():
        Place.of_text(text)
    return settings


def _is_of(value: object, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if get_origin(kind) is dict:
        return isinstance(value, dict) and all(
            isinstance(k, str) and _is_of(v, get_args(kind)[1]) for k, v in value.items()
        )
    if get_args(kind):
        return any(_is_of(value, one) for one in get_args(kind))
    return isinstance(value, kind)
