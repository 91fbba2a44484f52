"""A figure as a slide needs it: without its margins, and in two parts where it is too tall to be read as one."""

from __future__ import annotations

import base64
import functools
import io
from typing import NamedTuple

import numpy as np
from PIL import Image

from lossutils.plot.paper import PAPER

MARGIN = 8  # dots that stay around what is drawn
RIM = 12  # dots: the card's round corners are no drawing


class Picture(NamedTuple):
    """A figure or a part of it: a PNG in base64, and its size in dots."""

    png: str
    width: int
    height: int


@functools.cache
def trimmed(png: str) -> Picture:
    """Return a figure without the empty paper around it."""
    image = _opened(png)
    ink = _ink(image)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return _part(image, columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)


@functools.cache
def halves(picture: Picture) -> tuple[Picture, Picture]:
    """Return the upper and the lower part of a figure, cut through the widest empty stripe near its middle."""
    image = _opened(picture.png)
    empty = np.flatnonzero(~_ink(image).any(axis=1))
    stripes = np.split(empty, np.flatnonzero(np.diff(empty) > 1) + 1)
    third = picture.height / 3
    middle = [stripe for stripe in stripes if third < stripe.mean() < 2 * third]
    if not middle:
        raise ValueError("this figure is too tall for a slide, and has no empty stripe in its middle third")
    cut = int(max(middle, key=len).mean())
    upper = _part(image, 0, 0, picture.width, cut)
    lower = _part(image, 0, cut, picture.width, picture.height)
    return upper, lower


def _opened(png):
    return Image.open(io.BytesIO(base64.b64decode(png)))


def _ink(image):
    """Whether each dot differs from the paper; outside the card there is none."""
    dots = np.asarray(image.convert("RGBA")).astype(int)
    paper = [int(PAPER[k : k + 2], 16) for k in (1, 3, 5)]
    ink = (np.abs(dots[..., :3] - paper).max(axis=2) > 6) & (dots[..., 3] > 128)
    for side in (ink[:RIM], ink[-RIM:], ink[:, :RIM], ink[:, -RIM:]):
        side[:] = False
    return ink


def _part(image, left, top, right, bottom):
    left, top = max(int(left) - MARGIN, 0), max(int(top) - MARGIN, 0)
    part = image.crop((left, top, min(int(right) + MARGIN, image.width), min(int(bottom) + MARGIN, image.height)))
    buffer = io.BytesIO()
    part.save(buffer, "png", optimize=True)
    return Picture(base64.b64encode(buffer.getvalue()).decode("ascii"), *part.size)
