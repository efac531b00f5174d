"""Places on the leg, links to sensors and the checks of this computer, in German."""

from typing import assert_never

from gui.texts.de_numbers import decimal
from gui.texts.de_segments import segment as named
from sensor.ble.host_findings import ConflictingProgram, HostCheck, HostCheckKey
from sensor.ble.remedies import LinkFault, Remedy
from sensor.ble.states import LinkState
from sensor.types import Segment

_STATES: dict[str, str] = {
    LinkState.SEARCHING: "gesucht",
    LinkState.FOUND: "gefunden",
    LinkState.CONNECTING: "verbindet",
    LinkState.DISCOVERING: "wird erkannt",
    LinkState.CONFIGURING: "wird eingerichtet",
    LinkState.STREAMING: "sendet",
    LinkState.STALLED: "still",
    LinkState.LOST: "verloren",
    LinkState.RETRYING: "verbindet wieder",
    LinkState.REFUSED: "abgelehnt",
    LinkState.STOPPED: "beendet",
}


def place(where: Segment) -> str:
    """Return the name of a place on the leg, as within a sentence."""
    return named(where)


def worn_on(where: Segment) -> str:
    """Return where a sensor is worn."""
    return f"am {named(where)}"


def sensor_of(where: Segment) -> str:
    """Return the name of the sensor of a place, with which a sentence begins."""
    return f"{named(where)}-Sensor"


def place_use(where: Segment, *, needed: bool) -> str:
    """Return what a sensor on a place is good for; empty where every session needs one."""
    uses = {
        Segment.THIGH: "zeigt den wahren Kniewinkel",
        Segment.PELVIS: "zeigt die Hüfte beim Kreuzheben",
    }
    if where not in uses:
        return ""
    return "für diese Übung nötig" if needed else f"freiwillig: {uses[where]}"


def link_state(state: str) -> str:
    """Return a state of a link that does not stream, in a word or two."""
    return _STATES.get(state, state)


def seen(days: int) -> str:
    """Return how long ago a sensor was worn."""
    if days <= 0:
        return "zuletzt heute"
    return "zuletzt gestern" if days == 1 else f"zuletzt vor {days} Tagen"


def remedy(fault: LinkFault) -> Remedy:
    """Return what a fault of a link means, and what to do."""
    match fault:
        case LinkFault.NO_ADAPTER:
            return Remedy(
                "dieser Computer hat keinen Adapter für Bluetooth Low Energy",
                do="Steck einen Adapter für Bluetooth 4.0 oder neuer an.",
                linux="Falls er einen hat: `rfkill list bluetooth` und `bluetoothctl list` zeigen, ob das System ihn sieht.",
                windows="Falls er einen hat: Such ihn und seinen Treiber im Geräte-Manager.",
            )
        case LinkFault.ADAPTER_OFF:
            return Remedy(
                "Bluetooth ist ausgeschaltet",
                do="Schalte es ein.",
                linux="`bluetoothctl power on`; wird das verweigert, `rfkill unblock bluetooth`.",
                macos="Kontrollzentrum > Bluetooth.",
                windows="Einstellungen > Bluetooth und Geräte; prüfe, dass der Flugmodus aus ist.",
            )
        case LinkFault.NO_PERMISSION:
            return Remedy(
                "das System lässt dieses Programm Bluetooth nicht benutzen",
                linux="Nimm dich in die Gruppe `bluetooth` auf (`sudo usermod -aG bluetooth $USER`) und melde dich neu an; in einem Container reiche /run/dbus/system_bus_socket hinein.",
                macos="Systemeinstellungen > Datenschutz & Sicherheit > Bluetooth: Erlaube es dem Terminal oder Toepoint und starte es neu.",
                windows="Einstellungen > Datenschutz und Sicherheit > Funkempfang: Erlaube es Desktop-Apps.",
            )
        case LinkFault.NO_BLUETOOTH_SERVICE:
            return Remedy(
                "der Bluetooth-Dienst des Systems ist nicht erreichbar",
                linux="`sudo systemctl start bluetooth`; wo BlueZ fehlt, `sudo apt install bluez`.",
                macos="Starte den Computer neu.",
                windows="Starte den Bluetooth-Unterstützungsdienst (services.msc).",
            )
        case LinkFault.NOT_FOUND:
            return Remedy(
                "er ist nicht in Sicht",
                do="Schalte den Sensor ein und bewege ihn, damit er aufwacht, hol ihn näher, lade ihn. Beende andere Apps und Telefone, die ihn halten könnten: Ein verbundener Sensor ist unsichtbar.",
            )
        case LinkFault.BUSY:
            return Remedy(
                "die Verbindung wurde abgelehnt",
                do="Vielleicht hält eine andere App, ein Telefon oder ein Computer den Sensor: Beende es dort, oder schalte den Sensor aus und wieder ein.",
            )
        case LinkFault.IN_USE:
            return Remedy(
                "ein anderes Toepoint benutzt ihn",
                do="Beende dort die Sitzung, oder schließe es, und starte dann neu.",
            )
        case LinkFault.NOT_PAIRED:
            return Remedy(
                "der Sensor will gekoppelt werden",
                do="Entferne ihn in den Bluetooth-Einstellungen des Systems und verbinde neu; bestätige die Anfrage.",
            )
        case LinkFault.TIMEOUT:
            return Remedy(
                "er antwortete nicht rechtzeitig",
                do="Hol ihn näher und lade ihn; bleibt es so, schalte Sensor und Bluetooth aus und wieder ein.",
            )
        case LinkFault.DISCONNECTED:
            return Remedy(
                "die Verbindung ging verloren",
                do="Es wird neu versucht. Lass den Computer im selben Raum und vor der Person; prüfe den Akku des Sensors.",
            )
        case LinkFault.WRONG_SERVICES:
            return Remedy(
                "es ist ein anderer Sensor als angenommen",
                do="`toepoint scan` zeigt, was jedes Gerät ist; wähle ein anderes, oder nenne seine Familie.",
            )
        case LinkFault.UNKNOWN_FAMILY:
            return Remedy(
                "es ist kein Sensor, den Toepoint kennt",
                do="`toepoint sensors` nennt die Familien. Ist er aus einer davon, nenne sie: `family=…`.",
            )
        case LinkFault.UNSUPPORTED:
            return Remedy(
                "dieser Sensor ist nicht verwendbar",
                do="`toepoint sensors` nennt die verwendbaren.",
            )
        case LinkFault.SETTINGS:
            return Remedy(
                "so kann er nicht senden", do="`toepoint sensors` nennt, was jede Familie kann."
            )
        case LinkFault.CONFIGURATION:
            return Remedy(
                "er ließ sich nicht einstellen",
                do="Schalte den Sensor aus und wieder ein; bleibt es so, richte ihn einmal mit der App des Herstellers ein (siehe seine Seite in firmware_notes).",
            )
        case LinkFault.SILENT:
            return Remedy(
                "er ist verbunden, sendet aber nichts",
                do="Schalte den Sensor aus und wieder ein; lade ihn.",
            )
        case LinkFault.MESSAGES_CUT:
            return Remedy(
                "die Verbindung kürzt seine Nachrichten",
                do="Verbinde neu; bleibt es so, nimm einen anderen Bluetooth-Adapter oder eine kleinere Rate.",
            )
        case LinkFault.RATE_FELL:
            return Remedy(
                "er sendet viel weniger Messwerte, als von ihm verlangt sind",
                do="Er wird neu eingestellt. Bleibt es so, schalte den Sensor aus und wieder ein, "
                "oder komm näher.",
            )
        case LinkFault.CLOCK_JUMPED:
            return Remedy(
                "seine Uhr ist gesprungen, wie nach einem Neustart",
                do="Er wird neu eingestellt. Geschieht es oft, lade den Sensor.",
            )
        case LinkFault.CHANGED:
            return Remedy(
                "ein anderes Gerät antwortet unter dieser Adresse",
                do="Prüfe, welchen Sensor du hältst; wurde er ersetzt, wähle die Sensoren neu.",
            )
        case LinkFault.OTHER:
            return Remedy(
                "Bluetooth versagte auf eine Art, die hier nicht bekannt ist",
                do="Schalte Bluetooth aus und wieder ein; `toepoint doctor` sagt vielleicht mehr.",
            )
        case _:
            assert_never(fault)


def check_name(key: HostCheckKey) -> str:
    """Return what was checked."""
    match key:
        case HostCheckKey.SERVICE:
            return "Bluetooth-Dienst"
        case HostCheckKey.PERMISSION:
            return "Bluetooth-Erlaubnis"
        case HostCheckKey.ADAPTER:
            return "Bluetooth-Adapter"
        case HostCheckKey.SWITCH:
            return "Bluetooth-Schalter"
        case HostCheckKey.BLUETOOTH:
            return "Bluetooth"
        case HostCheckKey.HELD_SENSORS:
            return "von diesem Computer gehaltene Sensoren"
        case HostCheckKey.PROGRAMS:
            return "störende Programme"
        case HostCheckKey.DISK:
            return "Speicher"
        case _:
            assert_never(key)


def check_passed(key: HostCheckKey) -> str:
    """Return what a check found where all is well and there is nothing to name."""
    match key:
        case HostCheckKey.SERVICE:
            return "er antwortet"
        case HostCheckKey.PERMISSION:
            return "erteilt"
        case HostCheckKey.ADAPTER:
            return "vorhanden, mit Bluetooth Low Energy"
        case HostCheckKey.SWITCH:
            return "an"
        case HostCheckKey.BLUETOOTH:
            return "bereit"
        case HostCheckKey.HELD_SENSORS:
            return "keine"
        case HostCheckKey.PROGRAMS:
            return "keins der bekannten"
        case HostCheckKey.DISK:
            return "Platz für Aufnahmen"
        case _:
            assert_never(key)


def check_open() -> str:
    """Return that a check could not be made because one before it failed."""
    return "zeigt sich, wenn das Obige behoben ist"


def disk_room(check: HostCheck) -> str:
    """Return how much room there is for recordings."""
    if check.free_bytes is None:
        return f"in {check.folder} kann nicht geschrieben werden"
    free = f"{decimal(check.free_bytes / 1e9)} GB frei in {check.folder}"
    return f"{free}: {check.hours} Stunden oder mehr"


def program(found: ConflictingProgram) -> str:
    """Return why a running program matters."""
    match found:
        case ConflictingProgram.BLUETOOTHCTL:
            return "hält vielleicht den Adapter oder einen Sensor fest"
        case ConflictingProgram.BTMGMT | ConflictingProgram.HCITOOL:
            return "hält vielleicht den Adapter fest"
        case ConflictingProgram.GATTTOOL | ConflictingProgram.NRF_CONNECT:
            return "hält vielleicht einen Sensor fest"
        case ConflictingProgram.FLOWSYNC:
            return "das Programm von Polar, das sich von selbst mit Polar-Sensoren verbindet"
        case ConflictingProgram.METAHUB:
            return "das Programm von MbientLab, das vielleicht MetaMotion-Sensoren festhält"
        case ConflictingProgram.MOVELLA:
            return "das Programm von Movella, das vielleicht DOT-Sensoren festhält"
        case ConflictingProgram.TOEPOINT:
            return "ein zweites Toepoint, das vielleicht die Sensoren festhält"
        case ConflictingProgram.WITMOTION:
            return "das Programm von WitMotion, das vielleicht dessen Sensoren festhält"
        case _:
            assert_never(found)


def take_over() -> str:
    """Return what becomes of sensors that this computer holds already."""
    return "Toepoint übernimmt sie. Braucht ein anderes Programm sie noch, beende es zuerst."


def end_program() -> str:
    """Return what to do about a program that disturbs Bluetooth."""
    return "Beende es, wenn ein Sensor nicht gefunden wird oder die Verbindung ablehnt."


def make_room(check: HostCheck) -> str:
    """Return what to do about a disk without room."""
    if check.free_bytes is None:
        return "Wähle einen anderen Ordner."
    return "Lösche oder verschiebe, was nicht gebraucht wird."
