"""In the dark a figure is inverted by the style sheet: each colour keeps its name, and can be told from the ground."""

import colorsys
import math
import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lossbook.places import AUTHORED
from lossutils.plot.labels import dark
from lossutils.plot.paper import COLOURS, GREY, INK, PAPER
from tests.contrast import contrast, luminance

STYLE = (AUTHORED / "_static" / "course.css").read_text(encoding="utf-8")
INVERTED, TURNED = map(float, re.search(r"filter: invert\(([\d.]+)\) hue-rotate\((\d+)deg\)", STYLE).groups())


def in_the_dark(colour):
    """Return what the two filters make of a colour, by the matrices of the standard."""
    inverted = INVERTED + (1 - 2 * INVERTED) * np.array(to_rgb(colour))
    grey = np.tile([0.213, 0.715, 0.072], (3, 1))
    turning = np.array([[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]])
    angle = math.radians(TURNED)
    return np.clip((grey + math.cos(angle) * (np.eye(3) - grey) + math.sin(angle) * turning) @ inverted, 0, 1)


@pytest.mark.parametrize("colour", [INK, GREY, *map(dark, COLOURS)])
def test_texts_can_be_read(colour):
    assert contrast(in_the_dark(colour), in_the_dark(PAPER)) >= 4.5


@pytest.mark.parametrize("colour", COLOURS)
def test_marks_are_seen_better_than_on_the_paper_and_keep_their_hue(colour):
    if colour != "#000000":
        hues = [colorsys.rgb_to_hsv(*rgb)[0] * 360 for rgb in (to_rgb(colour), in_the_dark(colour))]
        assert abs(hues[0] - hues[1]) <= 5
        assert contrast(in_the_dark(colour), in_the_dark(PAPER)) > contrast(to_rgb(colour), to_rgb(PAPER))


def test_the_ground_is_dark_and_paper_stays_white():
    assert luminance(in_the_dark(PAPER)) < 0.03
    screen = STYLE.index("@media screen")
    assert screen < STYLE.index("filter: invert") and STYLE.count("filter: invert") == 1
