"""Three classes: move the scores, the temperature and the target; see probabilities, loss, floor and slope."""

from __future__ import annotations

import ipywidgets
import numpy as np

from lossutils.chapters.ch09.simplex import ThreeClasses
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import NAMED, WIDE, Slider, float_slider, ratio_slider

STEPS = 20  # of gradient descent, a click
READERS = 6
TARGETS = ("one class", "smoothed: a share ε for all", "six readers")


def target_of(kind: str, readers: int, epsilon: float) -> np.ndarray:
    """Return the target (3,) of an image of the first class: certain, smoothed, or as six readers see it.

    `readers` of the six say the third class.
    """
    if kind == TARGETS[2]:
        return np.array([READERS - readers, 0, readers]) / READERS
    certain = np.eye(3)[0]
    return certain if kind == TARGETS[0] else (1 - epsilon) * certain + epsilon / 3


@np.errstate(all="ignore")
def widget(names=("first", "second", "third")) -> Explorer:
    """Return three scores to move, a temperature, and a target that is certain, smoothed or shared by six readers.

    The right class is the first of the three `names`.
    """
    picture = ThreeClasses(names)
    starts = zip((2.0, 1.0, 0.0), names, strict=True)
    scores = [float_slider(f"score, {name}", -10, 10, value) for value, name in starts]
    controls = {
        **dict(zip(("first", "second", "third"), scores, strict=True)),
        "temperature": ratio_slider("temperature T", 0.1, 10, 1),
        "kind": ipywidgets.Dropdown(options=TARGETS, description="target", layout=WIDE, style=NAMED),
        "readers": Slider(f"readers who say {names[2]}", range(READERS + 1), 2),
        "epsilon": float_slider("ε, if smoothed", 0, 0.9, 0.1),
    }

    def at(first, second, third, temperature, kind, readers, epsilon):
        return picture.at((first, second, third), target_of(kind, readers, epsilon), temperature)

    def walk(**values):
        return _scores(at(**values).downhill(STEPS))

    def shift(first, second, third, **_):
        return _scores(np.array([first, second, third]) + 1)

    return Explorer(
        "three classes",
        controls,
        draw=lambda **values: at(**values).png(),
        describe=lambda **values: picture.state(),
        actions={"add 1 to all scores": shift, f"{STEPS} steps downhill": walk},
    )


def _scores(z: np.ndarray) -> dict:
    return dict(zip(("first", "second", "third"), z.tolist(), strict=True))
