"""Looking at a figure in a test: what was shown, the figure behind it, and its texts with their places."""

import base64
import contextlib
import functools

import IPython.display
import pytest
from matplotlib.text import Text

from lossutils.plot import paper


class Shown(list):
    """What was displayed: (object, metadata), and the figures behind it."""

    def __init__(self):
        self.figures = []

    @property
    def picture(self):
        return base64.b64decode(self[0][0]["image/png"])

    @property
    def sentence(self):
        return self[0][0]["text/plain"]


@contextlib.contextmanager
def catching():
    caught, png = Shown(), paper.png
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            IPython.display, "display", lambda thing, metadata=None, raw=False: caught.append((thing, metadata))
        )
        patch.setattr(paper, "png", lambda fig: (caught.figures.append(fig), png(fig))[1])
        yield caught


@functools.cache
def texts(fig):
    """All texts that can be seen, with their boxes in dots. The figure has been rendered, which places them."""
    renderer = fig.canvas.get_renderer()
    hidden = set()
    for ax in fig.axes:
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                low, high = min(limits), max(limits)
                if not low - 1e-9 * abs(low) <= tick.get_loc() <= high + 1e-9 * abs(high):
                    hidden |= {tick.label1, tick.label2}
    seen = [t for t in fig.findobj(Text) if t.get_text().strip() and t.get_visible() and t not in hidden]
    return [(t, t.get_window_extent(renderer)) for t in seen if t.axes is None or t.axes.get_visible()]
