"""What every widget is built of: controls, sliders read off a loss's own fields, a sentence, and a picture."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Callable, Iterable, Mapping

import ipywidgets
import numpy as np
import traitlets

from lossutils import Loss
from lossutils.plot.paper import quiet
from lossutils.plot.texts import has_target_unit, letter
from lossutils.widgets.live import PLAIN, TIGHT, Live
from lossutils.widgets.slider import NAMED, WIDE, Slider, float_slider

# ipywidgets gives the handle of a slider no name, and tells a screen reader its place instead of its number; a picture
# has no alternative text. A script in an HTML widget does not run, the handler of a picture that can't be loaded does.
NAMES = """<img hidden alt="" src="data:," onerror="
  const start = (own) => {
    const root = own.closest('.loss-explorer');
    if (!root) { if (own.isConnected) setTimeout(start, 100, own); return; }
    const name = () => {
      root.querySelectorAll('[role=slider]').forEach((handle) => {
        handle.setAttribute('aria-label', handle.closest('.widget-hbox').querySelector('label').textContent);
        handle.setAttribute('aria-valuetext', handle.closest('.widget-slider').querySelector('label').title);
      });
      root.querySelectorAll('.widget-image').forEach((picture) => { picture.alt = 'what the sentence above says'; });
    };
    new MutationObserver(name).observe(root, { subtree: true, childList: true, attributeFilter: ['title'] });
    name();
  };
  start(this);">"""


@quiet
class Explorer(Live):
    """Controls, a picture that answers to them, and above it its state as a sentence.

    `controls` maps names to widgets that have a `value`. At each change `draw(**values)` returns a PNG and
    `describe(**values)` a sentence; both get every control's value by name. `actions` maps the texts of buttons to
    functions that take the same values and return the new ones of some controls. A ValueError is shown as a sentence.
    """

    def __init__(
        self,
        name: str,
        controls: Mapping[str, ipywidgets.Widget],
        draw: Callable[..., bytes],
        describe: Callable[..., str],
        actions: Mapping[str, Callable[..., dict]] | None = None,
    ):
        self._name, self.controls, self._draw, self._describe = name, dict(controls), draw, describe
        self.actions = dict(actions or {})
        self._sentence = ""
        self._picture = ipywidgets.Image(
            format="png", layout=ipywidgets.Layout(max_width="100%", align_self="flex-start")
        )
        self._words = ipywidgets.HTML(layout=PLAIN)
        self.buttons = [self._button(text, action) for text, action in self.actions.items()]
        row = ipywidgets.HBox(self.buttons, layout=ipywidgets.Layout(flex_flow="row wrap"))
        super().__init__([*self.controls.values(), *([row] if self.buttons else [])])
        self.children += (self._words, self._hint, self._picture, ipywidgets.HTML(NAMES, layout=PLAIN))
        self.add_class("loss-explorer")
        self._busy = False
        for control in self.controls.values():
            control.observe(self._refresh, "value")
        self._refresh()

    @property
    def values(self) -> dict:
        """The controls' values by name."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def sentence(self) -> str:
        """What the picture shows now."""
        return self._sentence

    @property
    def picture(self) -> bytes:
        """The picture as it stands, a PNG."""
        return bytes(self._picture.value)

    def set(self, **values) -> None:
        """Set some controls at once, and draw once."""
        self._busy = True
        try:
            for name, value in values.items():
                self.controls[name].value = value
        finally:
            self._busy = False
        self.answered()
        self._refresh()

    def __repr__(self) -> str:
        return f"{self._name}: {self._sentence}"

    def _button(self, text: str, action: Callable[..., dict]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=text, layout=TIGHT)
        button.on_click(lambda _: self.set(**action(**self.values)))
        return button

    def _refresh(self, change=None) -> None:
        if self._busy:
            return
        if change is not None:
            self.answered()
        try:
            self._picture.value = self._draw(**self.values)
            self._sentence = self._describe(**self.values)
        except ValueError as error:
            self._sentence = f"Nothing to draw: {error}"
        # Two lines high at least, so that the picture stays where it is when the sentence grows
        look = 'role="status" aria-live="polite" style="min-height: 2.8em; line-height: 1.4"'
        self._words.value = f"<div {look}>{html.escape(self._sentence)}</div>"


@quiet
class LossPicker(ipywidgets.VBox):
    """A menu of losses, and below it the sliders of the chosen loss's own parameters; `value` is the loss.

    `scale` is a typical size of errors: sliders of parameters in the target's unit cover multiples of it. `menu` has
    the losses' names.
    """

    value = traitlets.Instance(Loss)

    def __init__(self, losses, scale: float = 1.0):
        losses = list(losses)
        self._sliders = [loss_controls(loss, scale) for loss in losses]
        self.menu = ipywidgets.Dropdown(
            options=[(loss.name, k) for k, loss in enumerate(losses)],
            value=0,
            description="loss",
            layout=WIDE,
            style=NAMED,
        )
        self._losses = losses
        self._parameters = ipywidgets.VBox(layout=PLAIN)
        super().__init__([self.menu, self._parameters], value=losses[0])
        self.menu.observe(self._choose, "value")
        for sliders in self._sliders:
            for slider in sliders.values():
                slider.observe(self._choose, "value")
        self._choose()

    def sliders(self, k: int | None = None) -> dict[str, Slider]:
        """Return the sliders of the k-th loss, or of the chosen one, by their parameters' names."""
        return self._sliders[self.menu.value if k is None else k]

    def choose(self, k: int) -> None:
        """Choose the k-th loss, as its line in the menu does."""
        self.menu.value = k

    def at(self, k: int, parameters: Iterable[float]) -> Loss:
        """Return the k-th loss with its sliders at these places."""
        return dataclasses.replace(self._losses[k], **dict(zip(self.sliders(k), parameters, strict=True)))

    def extremes(self) -> list[Loss]:
        """Return every loss with its sliders at their start, all to the left, and all to the right."""
        pairs = list(zip(self._losses, self._sliders, strict=True))
        ends = ("min", "max")
        moved = [
            dataclasses.replace(loss, **{n: getattr(s, end) for n, s in sliders.items()})
            for end in ends
            for loss, sliders in pairs
            if sliders
        ]
        return self._losses + moved

    def __repr__(self) -> str:
        return f"loss: {self.value!r}"

    def _choose(self, _change=None) -> None:
        sliders = self.sliders()
        self._parameters.children = tuple(sliders.values())
        self.value = self.at(self.menu.value, [slider.value for slider in sliders.values()])


def loss_controls(loss, scale: float = 1.0) -> dict[str, Slider]:
    """Return a slider for each parameter of a loss that declares one: `param(…, slider=(low, high))`.

    A parameter in the target's unit runs from low to high times `scale`. The slider starts at the loss's own value.
    """
    controls = {}
    for field in dataclasses.fields(loss):
        if field.metadata.get("slider"):
            factor = scale if has_target_unit(loss, field.name) else 1.0
            low, high = (factor * end for end in field.metadata["slider"])
            start = getattr(loss, field.name)
            controls[field.name] = float_slider(letter(field.name), min(low, start), max(high, start), start)
    return controls


def round_number(x: float, digits: int = 2) -> float:
    """Round to so many significant digits."""
    return float(f"{x:.{digits - 1}e}")


@np.errstate(all="ignore")
def typical_error(values) -> float:
    """Return the typical distance of values from their median: 1.4826 times the median of the distances.

    For a normal distribution that is the standard deviation. Where it is 0, the standard deviation, or else 1.
    """
    values = np.asarray(values, float)
    return float(1.4826 * np.median(np.abs(values - np.median(values))) or values.std() or 1.0)
