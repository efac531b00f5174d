"""The page of a session for a physiotherapist: one page of A4, light, in the person's language."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRect, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from gui.models.body_scenes import Scene
from gui.models.review import ReviewedSession
from gui.models.session_card import SessionCard
from gui.models.session_facts import SessionFacts, session_facts
from gui.models.small_pictures import SmallPicture, small_pictures
from gui.pages.end import card_words as words
from gui.pages.end import page_words
from gui.pages.end.rep_marks import mark_places
from gui.pages.end.share_picture import draw_figure
from gui.pages.end.sheet import Column, SheetPainter
from gui.translations import texts
from gui.widgets.set_painter import paint_set
from gui.widgets.shapes import draw_mark
from gui.widgets.theme import LIGHT, Theme
from sensor.errors import DocumentError, DocumentFault

WIDTH, HEIGHT = 794.0, 1123.0
"""A4 in units of 1/96 inch."""
_EDGE = 46.0
_TEXT = WIDTH - 2 * _EDGE
_DPI = 600
_BODY_PX = 12.0
_FOOT_PX = 10.0
_MOST_ROWS, _MOST_PICTURES = 16, 8
"""More sets than anybody does; then the page says how many are left out."""
_MOST_WORDS = 330.0
_LEAST_PICTURE, _LARGEST_PICTURE = 104.0, 330.0
_GUTTER = 28.0
_COLUMN = (_TEXT - _GUTTER) / 2.0
_COLUMNS = (0.6, 1.75, 0.95, 1.2, 1.15, 0.75, 0.95, 1.3, 1.2, 1.15, 1.1, 1.2)
_WORD_COLUMNS = 5
"""The first columns hold words."""


def write_page(
    path: Path, session: ReviewedSession, card: SessionCard, scene: Scene, unit: str
) -> None:
    """Write the page of a session as PDF.

    Parameters
    ----------
    path
        The file.
    session
        The finished session.
    card
        Its card.
    scene
        The scene of its figure.
    unit
        The unit of loads.

    Raises
    ------
    DocumentError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Qt reports a file that cannot be written only by a warning.
        path.write_bytes(b"")
    except OSError as error:
        detail = f"the page is not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setTitle(f"{words.title(card)}, {words.day(card)}")
    writer.setCreator("Toepoint")
    painter = QPainter(writer)
    painter.scale(_DPI / 96.0, _DPI / 96.0)
    paint_page(painter, session, card, scene, unit)
    painter.end()


def paint_page(
    painter: QPainter, session: ReviewedSession, card: SessionCard, scene: Scene, unit: str
) -> None:
    """Paint the page; a unit is 1/96 inch."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = SheetPainter(painter, Theme(LIGHT))
    blocks = _blocks(card, session_facts(session))
    y = _head(sheet, card, unit)
    y = _numbers(sheet, card, scene, unit, y + 10.0)
    y = _table(sheet, card, unit, y + 6.0)
    foot = _foot(sheet)
    # The pictures get what the words leave.
    room = foot - y - 14.0 - min(_needed(sheet, blocks), _MOST_WORDS) - 24.0
    y = _pictures(sheet, card, small_pictures(session), y + 14.0, room)
    _columns(sheet, blocks, QRectF(_EDGE, y + 12.0, _TEXT, foot - y - 20.0))


def _head(sheet: SheetPainter, card: SessionCard, unit: str) -> float:
    line = QRectF(_EDGE, 36.0, _TEXT, 20.0)
    name = QCoreApplication.translate("sheet", "Toepoint · a training session")
    sheet.say(line, name, 12, color="muted", bold=True)
    when = f"{words.day(card)}, {card.when:%H:%M}"
    sheet.say(line, when, 12, color="muted", right=True)
    alias = f"{card.alias} · " if card.alias else ""
    y = sheet.say(QRectF(_EDGE, 56.0, _TEXT, 80.0), words.title(card), 24, bold=True)
    minutes, seconds = divmod(round(card.duration_s), 60)
    about = [*words.about(card, unit), f"{minutes}:{seconds:02d} min"]
    y = sheet.say(QRectF(_EDGE, y + 2.0, _TEXT, 60.0), alias + " · ".join(about), 13, color="muted")
    if card.simulated:
        text = QCoreApplication.translate(
            "sheet", "Simulated: nobody moved, a program made the data."
        )
        y = sheet.say(QRectF(_EDGE, y + 4.0, _TEXT, 30.0), text, 13, color="miss", bold=True)
    return y


def _numbers(sheet: SheetPainter, card: SessionCard, scene: Scene, unit: str, top: float) -> float:
    """Draw the numbers, a mark for every rep, and what comes next, beside the figure."""
    painter, theme = sheet.painter, sheet.theme
    side, height = 190.0, 132.0
    draw_figure(
        painter, theme, card, scene, QRect(round(WIDTH - _EDGE - side), round(top), 190, 132)
    )
    width = (_TEXT - side - 20.0) / 3.0
    for at, number in enumerate(words.numbers(card)):
        room = QRectF(_EDGE + at * width, top, width - 8.0, 40.0)
        below = sheet.say(room, number.words, 27, bold=True)
        sheet.say(QRectF(room.left(), below, width - 12.0, 40.0), number.name, 12, color="muted")
    marks = QRectF(_EDGE, top + 66.0, _TEXT - side - 20.0, 36.0)
    for mark, box in mark_places(card.grades, marks, 18.0):
        draw_mark(painter, theme, mark, box)
    what = QRectF(_EDGE, top + height - 26.0, _TEXT - side - 20.0, 30.0)
    why = words.load_why(card)
    following = words.following(card, unit)
    sheet.say(what, f"{following} ({why})" if why else following, 13, bold=True)
    return top + height


def _table(sheet: SheetPainter, card: SessionCard, unit: str, top: float) -> float:
    shown = card.sets[:_MOST_ROWS]
    rows = [page_words.set_row(judged, unit) for judged in shown]
    columns = [
        Column(title, width, left=at < _WORD_COLUMNS)
        for at, (title, width) in enumerate(zip(page_words.set_heads(card), _COLUMNS, strict=True))
    ]
    row_height = 20.0 if len(rows) <= 8 else 16.0
    y = sheet.table(QRectF(_EDGE, top, _TEXT, 400.0), columns, rows, row_height)
    more = len(card.sets) - len(shown)
    if more:
        text = QCoreApplication.translate("sheet", "and {count} more sets").format(count=more)
        y = sheet.say(QRectF(_EDGE, y + 2.0, _TEXT, 20.0), text, _FOOT_PX, color="muted")
    return y


def _pictures(
    sheet: SheetPainter,
    card: SessionCard,
    pictures: tuple[SmallPicture, ...],
    top: float,
    room: float,
) -> float:
    """Draw the sets, as high as ``room`` allows."""
    shown = pictures[:_MOST_PICTURES]
    text = page_words.pictures_title(card)
    if len(pictures) > len(shown):
        more = QCoreApplication.translate("sheet", "the first {count}").format(count=len(shown))
        text = f"{text} ({more})"
    y = sheet.say(QRectF(_EDGE, top, _TEXT, 20.0), text, 13, bold=True) + 6.0
    legend = QCoreApplication.translate("sheet", "thin: good · thick: missed · dashed: near")
    line = QRectF(_EDGE, top, _TEXT, 20.0)
    sheet.say(line, legend, _FOOT_PX, color="muted", right=True)
    columns = min(len(shown), 4 if len(shown) > 6 else 3)
    rows, gap = -(-len(shown) // columns), 18.0
    width = (_TEXT - gap * (columns - 1)) / columns
    height = (room - 30.0) / rows - 8.0
    height = min(max(height, _LEAST_PICTURE), _LARGEST_PICTURE, 1.15 * width)
    axis = page_words.axis_words()
    for at, picture in enumerate(shown):
        left = _EDGE + (at % columns) * (width + gap)
        box = QRectF(left, y + (at // columns) * (height + 8.0), width, height)
        paint_set(sheet.painter, sheet.theme, picture, box, words=axis)
    return y + rows * (height + 8.0)


Block = tuple[str, list[str]]
"""A title and the lines below it."""


def _blocks(card: SessionCard, facts: SessionFacts) -> tuple[tuple[Block, Block], ...]:
    """Return what stands at the left and at the right: two blocks each."""
    return (
        (
            (
                QCoreApplication.translate("sheet", "Why reps were not good"),
                page_words.reason_lines(card, facts),
            ),
            (
                QCoreApplication.translate("sheet", "Said by the person"),
                page_words.said_lines(card, facts),
            ),
        ),
        (
            (
                QCoreApplication.translate("sheet", "How it was measured"),
                page_words.measured_lines(facts),
            ),
            (QCoreApplication.translate("sheet", "What good meant"), page_words.good_lines(card)),
        ),
    )


def _needed(sheet: SheetPainter, blocks: tuple[tuple[Block, Block], ...]) -> float:
    """Return the height of the higher of two columns."""
    return max(
        sum(
            28.0 + sum(sheet.height(line, _BODY_PX, _COLUMN) + 2.0 for line in lines)
            for _, lines in column
        )
        for column in blocks
    )


def _columns(sheet: SheetPainter, blocks: tuple[tuple[Block, Block], ...], room: QRectF) -> None:
    """Write the blocks as far as there is room."""
    for at, column in enumerate(blocks):
        left, y = room.left() + at * (_COLUMN + _GUTTER), room.top()
        fits = _needed(sheet, (column,)) <= room.height()
        for number, (title, lines) in enumerate(column):
            y = sheet.say(QRectF(left, y, _COLUMN, 20.0), title, 13, bold=True) + 2.0
            # The second block keeps a share of the room, however long the first one is.
            share = 1.0 if fits or number else 0.55
            bottom = room.top() + share * room.height()
            area = QRectF(left, y, _COLUMN, max(bottom - y, 0.0))
            y = sheet.lines(area, lines, _BODY_PX) + 8.0


def _foot(sheet: SheetPainter) -> float:
    """Write what the page cannot say at its foot; return the upper end."""
    text = texts().end.limits()
    height = sheet.height(text, _FOOT_PX, _TEXT)
    top = HEIGHT - 36.0 - height
    sheet.rule(_EDGE, WIDTH - _EDGE, top - 6.0)
    sheet.say(QRectF(_EDGE, top, _TEXT, height), text, _FOOT_PX, color="muted")
    return top - 6.0
