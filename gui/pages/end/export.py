"""The picture and the page of a recording, written without a window."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.models.figure import scene_of
from gui.models.review import judged_session, open_events
from gui.models.session_card import card_of
from gui.models.settings import Settings
from gui.pages.end.session_page import write_page
from gui.pages.end.share_picture import save_picture, share_picture
from gui.translations import apply_language
from processing.review.analysis import Analysis
from sensor.errors import DocumentError, DocumentFault
from sensor.recording import Recording

PICTURE, PAGE = ".png", ".pdf"
"""The ends of the names of a picture to share and of a page to print."""


def write_card(
    app: QApplication,
    path: Path,
    recording: Recording,
    analysis: Analysis,
    settings: Settings,
    alias: str,
) -> None:
    """Write the picture or the page of a recording, by the end of the name of ``path``.

    Parameters
    ----------
    app
        The application object; it needs no display.
    path
        The file to write.
    recording, analysis
        The recording.
    settings
        Choose the language, the unit of loads and the posture.
    alias
        Alias of the person; empty for none.

    Raises
    ------
    DocumentError
        If the recording has no set, or ``path`` cannot be written.
    """
    apply_language(app, settings.language)
    session = judged_session(recording, analysis, open_events(recording.path).notes)
    card = card_of(session, alias)
    if card is None:
        detail = "there is no set in it, so there is nothing to show"
        raise DocumentError(recording.path, DocumentFault.CONTENT, detail)
    scene = scene_of(card.exercise, settings.posture)
    if path.suffix == PICTURE:
        save_picture(share_picture(card, scene, settings.unit), path)
    else:
        write_page(path, session, card, scene, settings.unit)
