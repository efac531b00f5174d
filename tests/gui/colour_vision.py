"""The colours that people without one kind of cone see: Machado, Oliveira and Fernandes 2009, severity 1."""

import numpy as np
from PySide6.QtGui import QImage, QPixmap

from sensor.types import FloatArray

MATRICES: dict[str, FloatArray] = {
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def pixels(pixmap: QPixmap) -> FloatArray:
    """Return the linear colours (height, width, 3) of a picture, from 0 to 1."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), dtype=np.uint8)
    lines = raw.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    coded = lines.reshape(image.height(), image.width(), 3) / 255.0
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def seen(linear: FloatArray, matrix: FloatArray) -> FloatArray:
    """Return ``linear`` colours (height, width, 3) after the ``matrix`` of a kind of vision."""
    return np.clip(linear @ matrix.T, 0.0, 1.0)


def luminance(linear: FloatArray) -> FloatArray:
    """Return the relative luminance (height, width)."""
    found: FloatArray = linear @ _LUMINANCE
    return found


def contrast(one: float, other: float) -> float:
    """Return the contrast of two luminances, from 1 to 21 (WCAG 2)."""
    high, low = max(one, other), min(one, other)
    return (high + 0.05) / (low + 0.05)
