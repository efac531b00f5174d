"""The origin of a document, for errors about it."""

from dataclasses import dataclass
from pathlib import Path

from sensor.errors import DocumentError, DocumentFault


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a document, and what to do if it cannot be used."""

    name: Path | str
    """The file, or in words where the text stands."""
    advice: str = ""
    """The remedy for an error, as an imperative."""

    def error(
        self,
        fault: DocumentFault,
        detail: str,
        *,
        where: str = "",
        value: object = None,
        allowed: str = "",
    ) -> DocumentError:
        """Make the error about this document; the advice ends its text.

        Parameters
        ----------
        fault
            The kind of trouble.
        detail
            What is wrong, as a sentence without a full stop.
        where
            Path within the document.
        value, allowed
            What was found there, and what may stand there in words.
        """
        words = f"{detail}; {self.advice}" if self.advice else detail
        return DocumentError(self.name, fault, words, where=where, value=value, allowed=allowed)
