"""Numbers as they are written in the person's language."""

from PySide6.QtCore import QLocale


def decimal(value: float, digits: int = 1) -> str:
    """Return ``value`` with ``digits`` decimals."""
    return QLocale().toString(float(value), "f", digits)


def plain(value: float) -> str:
    """Return ``value`` with as many decimals as it needs."""
    return QLocale().toString(float(value), "g", 6)
