"""Save pictures as small files."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from tests.display.pixels import colours


def save_picture(path: Path, picture: QImage) -> None:
    """Write a PNG without a palette, which would change colours that have a meaning."""
    as_image(picture).save(path, optimize=True)


def save_film(path: Path, pictures: Sequence[QImage], width: int, frame_ms: int) -> None:
    """Write an animated WebP of ``width`` pixels that repeats."""
    images = []
    for picture in pictures:
        image = as_image(picture)
        height = round(width * image.height / image.width)
        images.append(image.resize((width, height), Image.Resampling.LANCZOS))
    images[0].save(
        path, save_all=True, append_images=images[1:], duration=frame_ms, loop=0, quality=70
    )


def as_image(picture: QImage) -> Image.Image:
    """Return a picture of Qt as one of Pillow."""
    # Qt stores blue first.
    return Image.fromarray(np.ascontiguousarray(colours(picture)[:, :, ::-1]))
