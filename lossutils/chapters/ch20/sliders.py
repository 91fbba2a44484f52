"""Two widgets: the unit of the mass, to move or to standardise; and the chooser, a question at a time."""

from __future__ import annotations

import html

import ipywidgets

from lossutils.chapters.ch20.units import Units, stored
from lossutils.chooser import Choice, Question, choose
from lossutils.chooser.tree import questions
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.live import PLAIN, TIGHT, Live
from lossutils.widgets.slider import Slider

GONE = ipywidgets.Layout(display="none")

# The arrow keys walk from button to button. JupyterLab would take them for itself, unless it is asked not to.
ARROWS = """<img hidden alt="" src="data:," onerror="
  const start = (own) => {
    const root = own.closest('.loss-chooser');
    if (!root) { if (own.isConnected) setTimeout(start, 100, own); return; }
    root.setAttribute('data-lm-suppress-shortcuts', 'true');
    root.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const all = [...root.querySelectorAll('button:not([disabled])')].filter((button) => button.offsetParent);
      const at = all.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      all[(at + step + all.length) % all.length].focus();
    });
  };
  start(this);">"""


def widget(runs, most: float) -> Explorer:
    """Return the picture of stored runs, with the unit of the mass to move and a switch that standardises.

    `runs` is what `ch20.runs()` returns, `most` the share of the commonest species.
    """
    units, found, standard = stored(runs)
    picture = Units(units, found, standard, most)
    return Explorer(
        "the unit of one task",
        {
            "unit": Slider("grams in one unit", sorted(int(unit) for unit in units), 1000),
            "standardised": ipywidgets.Checkbox(description="standardise the mass first", indent=False),
        },
        draw=lambda unit, standardised: picture.at(unit, standardised).png(),
        describe=lambda unit, standardised: picture.at(unit, standardised).state(),
    )


class Chooser(Live):
    """Asks about task, noise and cost until a loss is found. Tab and the arrows walk, Enter or Space answers.

    The buttons stay the same ones from question to question, so that the keyboard keeps its place.
    """

    def __init__(self) -> None:
        self.path: tuple[str, ...] = ()
        self._said = ipywidgets.HTML(layout=PLAIN)
        most = max(len(question["answers"]) for question in questions().values())
        self.answers = [self._button(lambda _, k=k: self._answer(k)) for k in range(most)]
        self.back, self.again = self._button(lambda _: self.go(self.path[:-1])), self._button(lambda _: self.go(()))
        self.back.description, self.again.description = "One step back", "Begin again"
        steps = ipywidgets.HBox([self.back, self.again], layout=PLAIN)
        super().__init__([self._said, *self.answers, steps])
        self.children += (self._hint, ipywidgets.HTML(ARROWS, layout=PLAIN))
        self.add_class("loss-chooser")
        self._show()

    @property
    def place(self) -> Question | Choice:
        """The question that is asked now, or the end that was reached."""
        return choose(*self.path)

    @property
    def page(self) -> str:
        """What is shown above the buttons, as HTML."""
        return self._said.value

    def go(self, path) -> None:
        """Go to the place that these answers lead to."""
        self.answered()
        self.path = tuple(path)
        self._show()

    def __repr__(self) -> str:
        return f"chooser: {' → '.join([*self.path, repr(self.place)])}"

    def _answer(self, k: int) -> None:
        self.go((*self.path, self.place.answers[k]))

    def _show(self) -> None:
        place = self.place
        found = place.answers if isinstance(place, Question) else ()
        for k, button in enumerate(self.answers):
            button.description = found[k] if k < len(found) else ""
            button.layout = TIGHT if k < len(found) else GONE
        self.back.disabled = self.again.disabled = not self.path
        said = _asked(place) if isinstance(place, Question) else _end(place)
        trail = f"<div>{html.escape(' → '.join(self.path))}</div>" if self.path else ""
        look = 'role="status" aria-live="polite" style="line-height: 1.4; max-width: 640px"'
        self._said.value = f"<div {look}>{trail}{said}</div>"

    @staticmethod
    def _button(act) -> ipywidgets.Button:
        button = ipywidgets.Button(layout=TIGHT)
        button.on_click(act)
        return button


def chooser() -> Chooser:
    """Return the chooser, at its first question."""
    return Chooser()


def _asked(question: Question) -> str:
    return f"<strong>{html.escape(question.asks)}</strong> ({question.about})"


def _end(choice: Choice) -> str:
    """The page of an end: loss, reason, counter-example, judge, chapter, and the lines of other libraries."""
    losses = " or ".join(f"<code>{html.escape(str(loss))}</code>" for loss in choice.losses)
    parts = [
        f"<strong>{choice.number} · {losses}</strong>",
        *(f"<strong>{label}</strong> {_text(text)}" for label, text in choice.texts().items()),
    ]
    rows = "".join(
        f"<div>{name}: <code style='overflow-wrap: anywhere'>{html.escape(words)}</code></div>"
        for name, words in choice.elsewhere().items()
    )
    return "".join(f"<p style='margin: 0.5em 0'>{part}</p>" for part in parts) + rows


def _text(words: str) -> str:
    """Escape a text of the tree; what stands between backticks is code."""
    pieces = html.escape(words).split("`")
    return "".join(f"<code>{piece}</code>" if k % 2 else piece for k, piece in enumerate(pieces))
