"""Announcements for screen readers: they read them aloud whatever has the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a screen reader say ``text``, if one runs.

    Parameters
    ----------
    widget
        The widget that has the news.
    text
        The news in words; nothing is said for an empty one.
    urgent
        Whether it may interrupt what is being read.
    """
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
