"""Numbers as German writes them."""


def decimal(value: float, digits: int = 1) -> str:
    """Return ``value`` with ``digits`` decimals after a comma."""
    # Not the locale of the system: the language is chosen in the settings.
    return f"{value:.{digits}f}".replace(".", ",")


def plain(value: float) -> str:
    """Return ``value`` with as many decimals as it needs."""
    return f"{value:g}".replace(".", ",")
