"""The reference angle of a table, kept beside the samples as an attachment."""

from dataclasses import dataclass
from io import StringIO

import numpy as np
import numpy.typing as npt

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import Recording
from sensor.types import FloatArray, frozen

ATTACHMENT = "reference.csv"
"""Name of the attachment."""
MEDIA_TYPE = "text/csv"
_HEADER = "t_s,reference_deg"


@dataclass(frozen=True, slots=True)
class Reference:
    """The ankle angle that another instrument measured."""

    t: FloatArray
    """(n,) s on the session's time base."""
    angle_deg: FloatArray
    """(n,) degrees, as in the table; nan while the instrument measured nothing."""


def encode_reference(t_ns: npt.NDArray[np.int64], angle_deg: FloatArray) -> bytes:
    """Return the attachment, a CSV whose numbers read back to the last bit.

    Parameters
    ----------
    t_ns
        (n,) times on the session's time base, in ns.
    angle_deg
        (n,) reference angle in degrees.
    """
    # repr of a float is the shortest text that reads back to the same bits.
    rows = zip((t_ns / 1e9).tolist(), angle_deg.tolist(), strict=True)
    return "".join([_HEADER, "\n", *(f"{t!r},{angle!r}\n" for t, angle in rows)]).encode()


def read_reference(recording: Recording) -> Reference | None:
    """Return the reference angle of an imported recording; None if it has none.

    Raises
    ------
    RecordingError
        If the attachment is damaged, or the file cannot be read.
    """
    data = recording.attachments().get(ATTACHMENT)
    if data is None:
        return None
    try:
        return _decode_reference(data)
    except ValueError as error:
        raise RecordingError(
            recording.path, RecordingFault.DAMAGED, f"attachment {ATTACHMENT}: {error}"
        ) from error


def _decode_reference(data: bytes) -> Reference:
    head, _, rows = data.decode().partition("\n")
    if head != _HEADER or not rows:
        raise ValueError(f"not rows under {_HEADER}")
    table = np.loadtxt(StringIO(rows), delimiter=",", comments=None, ndmin=2, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != 2 or not np.isfinite(table[:, 0]).all():
        raise ValueError("not two columns of numbers")
    if (np.diff(table[:, 0]) <= 0).any():
        raise ValueError("its time does not increase")
    return Reference(frozen(table[:, 0]), frozen(table[:, 1]))
