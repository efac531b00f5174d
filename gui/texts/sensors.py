"""What the other packages say, in the person's language: causes, remedies, titles of protocols.

Their texts are English; their translations stand in the catalogue like all others, under the context
``sensor``. A text that holds numbers or names of devices is shown as it is.
"""

import html
import sys
from functools import cache

from PySide6.QtCore import QCoreApplication

CONTEXT = "sensor"


def in_words(text: str) -> str:
    """Return ``text``, a cause, a remedy, a title, in the person's language."""
    parts = _parts().get(text, (text,))
    return " ".join(QCoreApplication.translate(CONTEXT, part) for part in parts if part)


def with_commands(text: str) -> str:
    """Return ``text`` for a label, with what stands in backquotes as something to type."""
    parts = html.escape(text).split("`")
    typed = '<span style="font-family: monospace">{}</span>'
    return "".join(typed.format(part) if at % 2 else part for at, part in enumerate(parts))


def catalogue() -> list[str]:
    """Return every text that :func:`in_words` can translate, in the order of the sources."""
    from processing.coach.protocol_file import (  # noqa: PLC0415 - as below
        built_in,
        built_in_names,
    )
    from sensor.ble.host_checks import CONFLICTING, RADIO_CHECKS  # noqa: PLC0415 - as below
    from sensor.ble.remedies import REMEDIES  # noqa: PLC0415 - as below

    texts = [text for name, _, fine in RADIO_CHECKS for text in (name, fine)]
    for remedy in REMEDIES.values():
        texts += [remedy.what, remedy.do, remedy.linux, remedy.macos, remedy.windows]
    texts += [built_in(name).title for name in built_in_names()]
    texts += CONFLICTING.values()
    texts += CHECK_TEXTS
    return [text for text in dict.fromkeys(texts) if text]


CHECK_TEXTS = (
    "shows when the above is mended",
    "sensors held by this computer",
    "none",
    "Toepoint takes them over. If another program still needs them, end it first.",
    "conflicting programs",
    "none of the known ones",
    "End it if a sensor is not found or refuses the connection.",
    "disk",
    "Choose another folder.",
    "Delete or move what is not needed.",
)
"""What the checks say that is not a remedy of a link."""


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Return how a remedy, which is put together for this system, is made of translated texts."""
    from sensor.ble.remedies import REMEDIES  # noqa: PLC0415 - not before something is said

    own = {"linux": "linux", "darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
    return {r.to_do(sys.platform): (r.do, getattr(r, own)) for r in REMEDIES.values()}
