"""Save pictures as small files."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap


def save_picture(path: Path, pixmap: QPixmap) -> None:
    """Write a PNG without a palette, which would change colours that have a meaning."""
    _image(pixmap).save(path, optimize=True)


def save_film(path: Path, pixmaps: Sequence[QPixmap], width: int, frame_ms: int) -> None:
    """Write an animated WebP of ``width`` pixels that repeats."""
    images = []
    for pixmap in pixmaps:
        image = _image(pixmap)
        height = round(width * image.height / image.width)
        images.append(image.resize((width, height), Image.Resampling.LANCZOS))
    images[0].save(
        path, save_all=True, append_images=images[1:], duration=frame_ms, loop=0, quality=70
    )


def _image(pixmap: QPixmap) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data())).convert("RGB")
