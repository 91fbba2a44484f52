"""What the lab's page knows of each loss: its kind, its parameters and their ranges, its formula, its code."""

from __future__ import annotations

import dataclasses
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from lossutils.engine import card
from lossutils.engine.domain import CLASSES, LABEL, PROBABILITY, SCORE, Domain
from lossutils.loss import Loss
from lossutils.losses import catalogue
from lossutils.plot.texts import letter

GROWS = {"the target's unit": 1, "the target's unit, squared": 2}  # with which power of the data's size a range grows
CODE = MarkdownIt(options_update={"html": True}).use(
    dollarmath_plugin, renderer=lambda tex, _: rf"\({tex}\)", label_normalizer=str
)


def everything() -> dict[str, dict]:
    """Return what is known of every loss of the catalogue, by the name of its class, in teaching order."""
    return {type(loss).__name__: about(type(loss)()) for loss in catalogue.CATALOGUE}


def about(loss: Loss) -> dict:
    """Return what is known of one loss, which has its default parameters."""
    return {
        "name": loss.name,
        "family": catalogue.title(loss),
        "kind": kind(loss),
        "letter": card.letter(loss),
        "says": html((type(loss).__doc__ or "").strip().splitlines()[0]),
        "predicts": html(loss.predicts),
        "unit": loss.unit,
        "prediction": domain(loss.prediction),
        "target": domain(loss.target),
        "parameters": [parameter(field) for field in dataclasses.fields(loss)],
        "formulas": {
            "loss": loss.tex.split(card.NEXT),
            "slope": loss.derivative_tex.split(card.NEXT),
            "curvature": loss.curvature_tex.split(card.NEXT),
        },
        "elsewhere": elsewhere(loss),
    }


def kind(loss: Loss) -> str:
    """Say what is predicted: what two losses must share to be drawn along one axis."""
    if loss.row_wise:
        return "mask" if loss.target is not CLASSES else "scores" if loss.prediction is SCORE else "probabilities"
    if loss.prediction is PROBABILITY:
        return "probability"
    if loss.target is LABEL:
        return "score"
    return "log" if loss.predicts == "log of the mean" else "value"


def domain(of: Domain) -> dict:
    """Return what is legal, with its words; an end that is no number is null."""
    ends = {"low": of.low, "openLow": of.open_low, "high": of.high, "openHigh": of.open_high}
    return {
        "words": of.words,
        **{name: None if end in (-float("inf"), float("inf")) else end for name, end in ends.items()},
    }


def parameter(field: dataclasses.Field) -> dict:
    """Return one parameter: its letters in a text and in code of other libraries, and the ends of its slider."""
    told = field.metadata
    low, high = told["slider"] or (told["domain"].low, told["domain"].high)
    return {
        "name": field.name,
        "letter": letter(field.name),
        "inCode": card.GREEK.get(field.name, field.name),
        "start": field.default,
        "low": low,
        "high": high,
        "slider": told["slider"] is not None,
        "words": told["domain"].words,
        "grows": GROWS.get(told["unit"], 0),
    }


def elsewhere(loss: Loss) -> list[dict]:
    """Return for each library that has the loss, or something near it, its line and where it differs."""
    return [
        {"library": library, "code": code, "differs": [html(sentence) for sentence in apart]}
        for library, code, apart in card.elsewhere(loss)
    ]


def html(markdown: str) -> str:
    r"""Return a sentence of a card as HTML: code as code, formulas for MathJax between \( and \)."""
    return re.sub(r"\\\|", "|", CODE.renderInline(markdown))
