"""A person's own protocols: TOML files in a folder beside the recordings, written and read again."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from processing.coach.protocol import Protocol
from processing.coach.protocol_file import (
    MAX_BYTES,
    built_in_names,
    load_protocol,
    parse_protocol,
    protocol_table,
)
from processing.judge.thresholds import Thresholds
from sensor.documents.convert import as_table
from sensor.documents.named_files import SUFFIX
from sensor.documents.toml_text import toml_text
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import write_private
from sensor.types import JsonValue

FOLDER = "protocols"
"""Name of the folder of own protocols within that of a person's recordings."""
LONGEST_NAME = 40
"""As long as a file may name a protocol."""
_REFUSED = frozenset('/\\:*?"<>|')
"""Signs that no file name may have on some system."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))}
"""Names that Windows keeps for devices, whatever follows their first dot."""


class NameFlaw(StrEnum):
    """A reason for which a protocol cannot have a name."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    SIGNS = "signs"
    """It has signs that a file name cannot have."""
    BUILT_IN = "built-in"
    """A protocol that comes with the program is called so."""
    DEVICE = "device"
    """Windows keeps it for a device."""


@dataclass(frozen=True, slots=True)
class OwnProtocol:
    """A protocol file of the person."""

    path: Path
    """The file."""
    protocol: Protocol | None
    """Its content; None if it cannot be used."""
    trouble: str = ""
    """Why it cannot be used; empty if it can."""


def own_protocols(folder: Path) -> tuple[OwnProtocol, ...]:
    """Return the protocols in ``folder``, by their names; a file that is wrong has its error."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError:
        # Most people have no such folder.
        return ()
    return tuple(_own(path) for path in paths)


def name_flaw(name: str) -> NameFlaw | None:
    """Return why a protocol cannot be called ``name``, None if it can."""
    name = tidied(name)
    if not name:
        return NameFlaw.EMPTY
    if len(name) > LONGEST_NAME:
        return NameFlaw.TOO_LONG
    if not name.isprintable() or set(name) & _REFUSED or name[0] == "." or name[-1] == ".":
        return NameFlaw.SIGNS
    folded = name.casefold()
    if folded in {known.casefold() for known in built_in_names()}:
        return NameFlaw.BUILT_IN
    return NameFlaw.DEVICE if folded.partition(".")[0].strip() in _DEVICES else None


def tidied(name: str) -> str:
    """Return ``name`` as it is kept: one spelling of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()


def path_of(folder: Path, name: str) -> Path:
    """Return the file for the protocol called ``name``: an existing one whatever its capitals."""
    wanted = tidied(name)
    known = (one.path for one in own_protocols(folder))
    same = (path for path in known if path.stem.casefold() == wanted.casefold())
    return next(same, folder / f"{wanted}{SUFFIX}")


def free_name(folder: Path, name: str) -> str:
    """Return ``name``, with the next number that is free if there is such a protocol."""
    number, wanted = 1, tidied(name)[:LONGEST_NAME].strip()
    found = wanted
    while path_of(folder, found).exists():
        number += 1
        end = f" {number}"
        found = f"{wanted[: LONGEST_NAME - len(end)].strip()}{end}"
    return found


def has_comments(path: Path) -> bool:
    """Return whether a file has lines that a person wrote for people, which saving would lose."""
    try:
        return any(line.lstrip().startswith("#") for line in path.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def save_own(folder: Path, name: str, protocol: Protocol, *, over: bool = False) -> Path:
    """Write ``protocol`` as the person's own protocol called ``name``; return its file.

    The text is read again before it is written, so that a file is never one that cannot be used.

    Parameters
    ----------
    folder
        The folder of own protocols, which is made if it is missing.
    name
        Its name, of which :func:`name_flaw` finds no fault.
    protocol
        The protocol.
    over
        Whether a file of that name may be replaced.

    Raises
    ------
    DocumentError
        If there is such a file and ``over`` is False, or it cannot be written.
    """
    path = path_of(folder, name)
    if path.exists() and not over:
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, "there is a protocol of this name")
    named = replace(protocol, name=tidied(name), title=tidied(name))
    data = toml_text(file_table(named)).encode()
    if parse_protocol(data, path) != named or len(data) > MAX_BYTES:
        raise DocumentError(path, DocumentFault.CONTENT, "it would not be read as it is meant")
    try:
        write_private(path, data, replace=over)
    except OSError as error:
        detail = f"the protocol is not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error
    return path


def file_table(protocol: Protocol) -> Mapping[str, JsonValue]:
    """Return the table of a file: only what differs from what a reader takes by itself."""
    table, usual = protocol_table(protocol), as_table(Thresholds())
    changed = {
        key: value for key, value in as_table(protocol.thresholds).items() if value != usual[key]
    }
    del table["thresholds"]
    if not protocol.hard_pf:
        del table["hard_pf"]
    return {**table, **({"thresholds": changed} if changed else {})}


def _own(path: Path) -> OwnProtocol:
    try:
        return OwnProtocol(path, load_protocol(path))
    except DocumentError as error:
        return OwnProtocol(path, None, str(error))
