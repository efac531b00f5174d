"""One file per command: a parser and one call."""
