"""The sessions of a folder: found quickly, and always from the recordings.

:class:`Library` reads recordings and keeps their numbers in an index beside them.
"""

from processing.library.folder import Library
from processing.library.kept import KeptAnalyses
from processing.library.past import Past, past_of, times_of
from processing.library.records import LibraryError, LibrarySession, LibrarySet

__all__ = [
    "KeptAnalyses",
    "Library",
    "LibraryError",
    "LibrarySession",
    "LibrarySet",
    "Past",
    "past_of",
    "times_of",
]
