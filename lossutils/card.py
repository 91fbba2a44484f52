"""A loss's card: one Markdown table with its formula, claims and words elsewhere. It is the documentation."""

from __future__ import annotations

SLOPES = {True: "stated in its code", False: "numerical"}  # of a loss that doesn't print it
LIBRARIES = {"torch": "PyTorch", "keras": "Keras", "optax": "optax", "sklearn": "scikit-learn"}
ALWAYS = {"keras": "its weighted mean divides by n, not by the sum of the weights"}  # of every loss in that library


def traits(loss) -> str:
    """Say the claims of a loss in words: convex, smooth, bounded influence, proper."""
    claims = [
        (loss.convex, "convex", "not convex"),
        (loss.smooth, "smooth", "with a kink or jump in its slope"),
        (loss.bounded_influence, "bounded influence", "one sample can pull without limit"),
        (loss.proper, "proper", "not proper"),
    ]
    return ", ".join(yes if claim else no for claim, yes, no in claims if claim is not None)


def rows(loss) -> list[tuple[str, str]]:
    """Return the lines of the card: (what, how)."""
    what = "class" if "class" in loss.target.words else "pixel"
    each = f" for each {what}, on the last axis" if loss.row_wise else ""
    lines = [
        ("loss", loss.tex and f"${loss.tex}$"),
        ("slope", f"${loss.derivative_tex}$" if loss.derivative_tex else SLOPES[loss.states("derivative")]),
        ("curvature", loss.curvature_tex and f"${loss.curvature_tex}$"),
        ("prediction", loss.prediction.words + each),
        ("target", loss.target.words),
        ("a constant learns", loss.predicts.replace("|", r"\|")),
        ("at chance level", loss.chance and f"${loss.chance}$"),
        ("traits", traits(loss)),
        ("unit", loss.unit),
    ]
    for library, words in LIBRARIES.items():
        code = loss.elsewhere.get(library)
        notes = loss.differs.get(library), code and ALWAYS.get(library)
        text = "; ".join(part for part in (code and f"`{code}`", *notes) if part)
        lines.append((f"in {words}", text))
    lines.append(("source", loss.cite))
    return [(what, how) for what, how in lines if how]


def card(loss) -> str:
    """Return the Markdown card of a loss."""
    doc = type(loss).__doc__ or ""
    own = "" if doc.startswith(type(loss).__name__ + "(") else doc.strip().splitlines()[0] if doc.strip() else ""
    head = f"**{loss.name}** · `{loss!r}`" + (f" · {own}" if own else "")
    table = "\n".join(f"| {what} | {how} |" for what, how in rows(loss))
    return f"{head}\n\n| | |\n|:--|:--|\n{table}\n"
