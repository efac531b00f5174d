"""The output of a command, as values that must not change and texts that may."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from mcap.reader import make_reader

Value: TypeAlias = tuple[str, str]
"""A place in the output, and the exact content there."""

SENTENCES = frozenset(
    {
        "about", "advice", "identity", "name", "origin", "problems", "reason", "remarks", "screen",
        "software", "speech", "spoken", "title", "why",
    }
)  # fmt: skip
"""Keys of JSON whose texts are written for people. Every other text is a name, such as a grade."""
NUMBER = re.compile(r"(?<![\w.])[-+−]?\d+(?:\.\d+)?")
MARKUP = re.compile(r"<(style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a command.

    ``values`` are its numbers, names and structure in their order, ``texts`` its sentences. Values
    that are not ``ordered`` have no place: each must be there, whatever else is.
    """

    values: tuple[Value, ...]
    texts: tuple[Value, ...] = ()
    ordered: bool = True

    def __add__(self, other: "Output") -> "Output":
        """Return this output followed by another."""
        return Output(self.values + other.values, self.texts + other.texts, self.ordered)


NOTHING = Output((("file", "none"),))


def read_console(text: str, what: str = "") -> Output:
    """Return the numbers of a printed text in their order, and each of its lines once.

    In the lines ``#`` stands for a number. ``what`` goes in front of the places.
    """
    numbers = tuple((f"{what}number {i}", n) for i, n in enumerate(NUMBER.findall(text), 1))
    lines = dict.fromkeys(NUMBER.sub("#", line).strip() for line in text.splitlines())
    return Output(numbers, tuple((f"{what}text", line) for line in lines if line))


def read_json(text: str) -> Output:
    """Return the values of a JSON text by their paths."""
    values: list[Value] = []
    texts: list[Value] = []

    def walk(node: Any, place: str, key: str) -> None:
        if isinstance(node, dict) and node:
            for name in sorted(node):
                walk(node[name], f"{place}.{name}" if place else name, name)
        elif isinstance(node, list) and node:
            for i, item in enumerate(node):
                walk(item, f"{place}[{i}]", key)
        elif isinstance(node, str) and key in SENTENCES:
            # The presence of a text is structure; its words are not.
            values.append((place, "a text"))
            texts.append((place, node))
        else:
            values.append((place, json.dumps(node)))

    walk(json.loads(text, parse_float=_number), "", "")
    return Output(tuple(values), tuple(texts))


def read_table(path: Path) -> Output:
    """Return the rows of a CSV, unchanged."""
    if not path.exists():
        return NOTHING
    rows = path.read_text(encoding="utf-8").split("\n")
    return Output(tuple((f"row {i} ({rows[0]})", row) for i, row in enumerate(rows)))


def read_file(path: Path) -> Output:
    """Return the values of a JSON file."""
    return read_json(path.read_text(encoding="utf-8")) if path.exists() else NOTHING


def read_recording(path: Path) -> Output:
    """Return head, events, notifications and attachments of a recording.

    Each channel and each kind of event is read by itself and in its order of time: what a live
    session adds is recorded while samples go on arriving, so that its place among the other items,
    the running numbers and the chunks vary from run to run.
    """
    if not path.exists():
        return NOTHING
    items: list[tuple[str, int, Output]] = []
    with path.open("rb") as file:
        reader = make_reader(file)
        for _, channel, message in reader.iter_messages(log_time_order=False):
            stream = channel.topic
            if channel.message_encoding == "json":
                item = read_json(message.data.decode())
                stream += "".join(content for where, content in item.values if where == "kind")
            else:
                item = Output((("payload", _digest(message.data)),))
            items.append((stream, message.log_time, item))
        files = [(f"attachment {a.name}", _digest(a.data)) for a in reader.iter_attachments()]
    values: list[Value] = []
    texts: list[Value] = []
    for stream, t_ns, item in sorted(items, key=lambda one: one[:2]):
        place = f"{stream} at {t_ns} ns: "
        values += [(place + where, content) for where, content in item.values]
        texts += [(place + where, content) for where, content in item.texts]
    return Output((*values, *sorted(files)), tuple(texts))


def read_arrays(path: Path) -> Output:
    """Return a digest for each array of an ``.npz`` file."""
    if not path.exists():
        return NOTHING
    with np.load(path, allow_pickle=False) as arrays:
        return Output(
            tuple(
                (name, f"{a.dtype} {a.shape} {_digest(a.tobytes())}")
                for name, a in sorted(arrays.items())
            )
        )


def read_page(path: Path) -> Output:
    """Return the numbers and lines of an HTML page without its drawings.

    The drawings hold the date and random names, and show what ``export`` writes.
    """
    return (
        read_console(MARKUP.sub(" ", path.read_text(encoding="utf-8")))
        if path.exists()
        else NOTHING
    )


def read_picture(path: Path) -> Output:
    """Return the digest of a picture as a text: a picture holds sentences, too."""
    if not path.exists():
        return NOTHING
    return Output((("file", "a picture"),), (("picture", _digest(path.read_bytes())),))


def read_bits(text: str) -> Output:
    """Return the lines that ``bits.py`` printed, in no order."""
    return Output(tuple(("bits", line) for line in text.splitlines()), ordered=False)


def _number(text: str) -> float:
    """Read a number; in JSON 120.0 is the same one as 120."""
    value = float(text)
    return int(value) if value.is_integer() and text[0] != "-" else value


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
