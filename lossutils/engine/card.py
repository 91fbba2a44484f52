"""A loss's card: one Markdown table with its formula, claims and words elsewhere. It is the documentation."""

from __future__ import annotations

import inspect

SLOPES = {True: "stated in its code", False: "numerical"}  # of a loss that doesn't print it
LIBRARIES = {
    "torch": "PyTorch",
    "keras": "Keras",
    "optax": "optax",
    "sklearn": "scikit-learn",
    "statsmodels": "statsmodels",
}
GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "tau": "τ", "epsilon": "ε"}  # parameters in `elsewhere`
ALWAYS = {"keras": "its weighted mean divides by n, not by the sum of the weights"}  # of every loss in that library
TRAITS = {  # a claim: what is said if it is true, and if not
    "convex": ("convex", "not convex"),
    "smooth": ("smooth", "with a kink or jump in its slope"),
    "bounded_influence": ("bounded influence", "one sample can pull without limit"),
    "proper": ("proper", "not proper"),
}
NEXT = r", \quad "  # between a formula and the names in it


def letter(loss) -> str:
    """Return the letter of the prediction, as the formula's code has it: p, a value or a probability, or z, a score."""
    return next(iter(inspect.signature(loss.formula).parameters))


def symbol(loss) -> str:
    r"""Return the TeX of the prediction, as the formula prints it: \hat{y}, or the letter of its code."""
    return r"\hat{y}" if r"\hat{y}" in loss.tex else letter(loss)


def formulas(tex: str) -> str:
    """Return TeX as Markdown, what is named in it as a formula of its own, so that a narrow page can break the line."""
    return ", ".join(f"${part}$" for part in tex.split(NEXT))


def claim(loss, trait: str, value: bool) -> str:
    """Say one claim in words, with what it needs: in which letter it is convex, through which link (not) proper."""
    words = TRAITS[trait][not value]
    if trait == "convex":
        return f"{words} in ${symbol(loss)}$"
    return f"{words} through ${loss.link}$" if trait == "proper" and loss.link else words


def traits(loss) -> str:
    """Say the claims of a loss in words: convex, smooth, bounded influence, proper."""
    claimed = {trait: getattr(loss, trait) for trait in TRAITS}
    return ", ".join(claim(loss, trait, value) for trait, value in claimed.items() if value is not None)


def prediction(loss) -> str:
    """Say what a prediction may be: its letter, the legal numbers, and of a row what it is for and what it must be."""
    words = loss.prediction.words
    if letter(loss) == "z" and "score" not in words:
        words = f"a score: {words}"
    printed = "" if symbol(loss) == letter(loss) else f" for ${symbol(loss)}$"
    words = f"`{letter(loss)}`{printed}, {words}"
    if not loss.row_wise:
        return words
    if "class" not in loss.target.words:
        return f"{words} for each pixel, on the last axis"
    if "score" in words:
        return f"{words}; one for each class, on the last axis; two or more rows that are all distributions are refused"
    return f"{words} for each class, on the last axis; a row sums to 1"


def sentences(told: str) -> list[str]:
    """Split what is told of a library into sentences: each has a line on the card, and a test of its own."""
    return told.split("; ") if told else []


def elsewhere(loss) -> list[tuple[str, str, list[str]]]:
    """Return for each library that has the loss, or something near it: its name, its line, and where it differs."""
    found = []
    for library, words in LIBRARIES.items():
        code = loss.elsewhere.get(library, "")
        apart = sentences(loss.differs.get(library, "")) + ([ALWAYS[library]] if code and library in ALWAYS else [])
        if code or apart:
            found.append((words, code, apart))
    return found


def lines(loss) -> list[tuple[str, str]]:
    """Return the lines of the card: (what, how)."""
    told = [
        ("loss", loss.tex and formulas(loss.tex)),
        ("slope", formulas(loss.derivative_tex) if loss.derivative_tex else SLOPES[loss.states("derivative")]),
        ("curvature", loss.curvature_tex and formulas(loss.curvature_tex)),
        ("prediction", prediction(loss)),
        ("target", f"`y`, {loss.target.words}"),
        ("a constant learns", loss.predicts.replace("|", r"\|")),
        ("at chance level", loss.chance and f"${loss.chance}$"),
        ("traits", traits(loss)),
        ("unit", loss.unit),
        ("also known as", "<br>".join(sentences(loss.also))),
        ("here", f"`{loss!r}({letter(loss)}, y)`"),
    ]
    for library, code, apart in elsewhere(loss):
        told.append((f"in {library}", "<br>· ".join([f"`{code}`", *apart]) if code else "<br>".join(apart)))
    told.append(("source", loss.cite))
    return [(what, how) for what, how in told if how]


def card(loss) -> str:
    """Return the Markdown card of a loss."""
    doc = type(loss).__doc__ or ""
    own = "" if doc.startswith(type(loss).__name__ + "(") else doc.strip().splitlines()[0] if doc.strip() else ""
    head = f"**{loss.name}** · `{loss!r}`" + (f" · {own}" if own else "")
    table = "\n".join(f"| {what} | {how} |" for what, how in lines(loss))
    return f"{head}\n\n| | |\n|:--|:--|\n{table}\n"
