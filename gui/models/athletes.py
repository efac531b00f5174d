"""The athletes who share this account: the settings, the goals and the folder of each. No Qt.

The settings file holds those of the athlete who trains now. The others' personal settings stand in a
small file in the folder of each, and come into force with a switch.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs

from gui.models.settings import APP_NAME, Settings, changed
from processing.library.goal_file import goals_path
from sensor.documents.convert import convert
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.errors import DocumentError, DocumentFault, SettingError
from sensor.private_files import write_private
from sensor.types import JsonValue

FORMAT = Format("a file of an athlete", "toepoint.athlete", 1)
MAX_BYTES = 100_000
"""The personal settings have some hundred bytes."""
FIRST = "first"
"""Key of the first athlete, whose sessions are in the usual folder."""
FILE_NAME = "athlete.json"
PERSONAL = (
    "athlete",
    "side",
    "exercise",
    "posture",
    "train_view",
    "machine",
    "unit",
    "load_step",
    "load",
    "loads",
    "protocol",
    "protocols",
    "variants",
    "understood",
    "band_preset",
    "bands_for",
    "feedback",
    "stop_rule",
    "plan",
    "show_streak",
    "show_next_day",
    "offer_easy_week",
    "easy_week_answered",
    "storage_folder",
)
"""The settings that belong to the athlete; the others belong to the computer."""
LONGEST_ALIAS = 40
_KEY = re.compile(r"first|[0-9a-f]{8}")
"""A folder of another name was not made by this program."""


@dataclass(frozen=True, slots=True)
class AthleteFile:
    """The file of an athlete who does not train now."""

    settings: dict[str, JsonValue] = field(default_factory=dict)
    """The personal settings, see :data:`PERSONAL`."""


@dataclass(frozen=True, slots=True)
class AthleteEntry:
    """An athlete who can be chosen."""

    key: str
    """Names the folder."""
    settings: Settings
    """All settings as they are when this athlete trains."""
    folder: Path
    """The folder of the athlete's own files."""
    trouble: str = ""
    """An error of the athlete's file, whose settings are the usual ones then; empty for none."""

    @property
    def alias(self) -> str:
        """The alias; empty if none was given."""
        return self.settings.athlete

    @property
    def goals(self) -> Path:
        """The file of the goals."""
        return goals_of(self.key, self.folder.parent)


def athletes_folder() -> Path:
    """Return the folder with the folders of all athletes."""
    return platformdirs.user_data_path(APP_NAME, appauthor=False) / "athletes"


def goals_of(key: str, folder: Path | None = None) -> Path:
    """Return the file of the goals of the athlete of that key."""
    return goals_path() if key == FIRST else (folder or athletes_folder()) / key / "goals.json"


def athletes(settings: Settings, folder: Path | None = None) -> tuple[AthleteEntry, ...]:
    """Return all athletes by alias; the one who trains now is as ``settings`` say."""
    folder = folder or athletes_folder()
    keys = {settings.athlete_key}
    if folder.is_dir():
        keys |= {p.name for p in folder.iterdir() if p.is_dir() and _KEY.fullmatch(p.name)}
    found = (_entry(key, settings, folder) for key in keys)
    return tuple(sorted(found, key=lambda one: (one.alias.casefold(), one.key)))


def keep_athlete(settings: Settings, folder: Path | None = None) -> None:
    """Keep the personal settings of the athlete who trains now, so that another one can.

    Raises
    ------
    DocumentError
        If they cannot be written.
    """
    _write((folder or athletes_folder()) / settings.athlete_key, settings_table(settings))


def add_athlete(alias: str, settings: Settings, folder: Path | None = None) -> AthleteEntry:
    """Add an athlete with the usual personal settings and an empty folder for sessions.

    Raises
    ------
    SettingError
        If the alias is empty, too long or taken.
    DocumentError
        If the athlete's file cannot be written.
    """
    folder = folder or athletes_folder()
    alias = checked_alias(alias, settings, folder)
    home = folder / secrets.token_hex(4)
    # The machine stands where the computer does.
    machine = {name: getattr(settings, name) for name in ("machine", "unit", "load_step")}
    _write(home, {"athlete": alias, "storage_folder": str(home / "sessions"), **machine})
    return _entry(home.name, settings, folder)


def checked_alias(alias: str, settings: Settings, folder: Path | None = None) -> str:
    """Return an alias for another athlete, without blanks around it.

    Raises
    ------
    SettingError
        If it is empty, too long or taken.
    """
    alias = alias.strip()
    if not alias or len(alias) > LONGEST_ALIAS or not alias.isprintable():
        raise SettingError("athlete", alias, f"1 to {LONGEST_ALIAS} letters")
    if alias.casefold() in (one.alias.casefold() for one in athletes(settings, folder)):
        raise SettingError("athlete", alias, "an alias that nobody else has")
    return alias


def settings_table(settings: Settings) -> dict[str, JsonValue]:
    """Return the personal settings as they stand in the athlete's file."""
    values = asdict(settings)
    return {name: values[name] for name in PERSONAL}


def personal_values(settings: Settings) -> dict[str, object]:
    """Return the settings that belong to the athlete, with the athlete's key."""
    values = asdict(settings)
    return {name: values[name] for name in ("athlete_key", *PERSONAL)}


def new_first(settings: Settings, folder: Path | None = None) -> AthleteEntry:
    """Return the first athlete as on a new machine: everybody's files may be deleted."""
    usual = {name: getattr(Settings(), name) for name in PERSONAL}
    found = changed(settings, athlete_key=FIRST, **usual)
    return AthleteEntry(FIRST, found, (folder or athletes_folder()) / FIRST)


def facts_of(settings: Settings) -> dict[str, JsonValue]:
    """Return what the header of a recording says of the athlete."""
    return {"athlete": settings.athlete} if settings.athlete else {}


def _entry(key: str, settings: Settings, folder: Path) -> AthleteEntry:
    home = folder / key
    if key == settings.athlete_key:
        return AthleteEntry(key, settings, home)
    usual = {name: getattr(Settings(), name) for name in PERSONAL} | {"athlete_key": key}
    if key != FIRST:
        # Without its file, the sessions are still in the athlete's own folder.
        usual |= {"athlete": key, "storage_folder": str(home / "sessions")}
    try:
        return AthleteEntry(key, changed(settings, **(usual | _personal(home / FILE_NAME))), home)
    except (DocumentError, SettingError) as error:
        return AthleteEntry(key, changed(settings, **usual), home, str(error))


def _personal(path: Path) -> dict[str, JsonValue]:
    """Read the personal settings of an athlete's file; none if there is no such file."""
    origin = Origin(path, "move the file away to begin with the usual settings")
    data = read_limited(path, MAX_BYTES, origin)
    if data is None:
        return {}
    _, values = FORMAT.read_head(parse_json(data, origin), origin)
    kept = convert(values, AthleteFile, origin).settings
    return {name: kept[name] for name in PERSONAL if name in kept}


def _write(home: Path, personal: Mapping[str, JsonValue]) -> None:
    path = home / FILE_NAME
    stored = FORMAT.head() | {"settings": personal}
    try:
        write_private(path, json.dumps(stored, indent=2, ensure_ascii=False))
    except OSError as error:
        detail = f"the athlete is not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error
