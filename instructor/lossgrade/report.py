"""The class at a glance: points by task, the mistakes that many made, and what to repeat."""

from __future__ import annotations

import base64
import collections
import io
import statistics

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from lossgrade.book import Record
from lossgrade.course import Chapter
from lossgrade.pages import page

FLAT = 0.1  # a correlation with the rest below this tells nobody apart
FEW = 8  # who handed in, below which a correlation is chance
REPEATED, LISTED = 5, 20


def report(chapter: Chapter, records: list[Record]) -> str:
    """Return the page about everybody's work on a chapter."""
    handed = [record for record in records if record.sha256]
    values = {
        "title": chapter.title,
        "when": max((record.handed for record in handed), default="")[:16].replace("T", " "),
        "students": len(records),
        "handed": len(handed),
        "waits": sum(score.points is None for record in handed for score in record.scores),
        "rows": [_row(record) for record in records],
    }
    if handed:
        values |= _about_points(chapter, handed) | _about_mistakes(chapter, handed)
    return page("report.html", **values)


def _row(record):
    handed = record.handed[:16].replace("T", " ") if record.handed else ("yes" if record.sha256 else "–")
    return {
        "student": record.student,
        "name": record.full_name,
        "points": record.points,
        "handed": handed,
        "notes": record.notes,
    }


def _about_points(chapter, handed):
    totals = [record.points for record in handed]
    most = handed[0].most
    table = {task.name: [_earned(record, task.name) for record in handed] for task in chapter.tasks}
    rows, flat = [], []
    for task in chapter.tasks:
        earned = np.array(table[task.name])
        rest = np.sum([table[name] for name in table if name != task.name], axis=0)
        goes = correlation(earned, rest)
        attempted = sum(score.attempted for record in handed for score in record.scores if score.name == task.name)
        full, zero = int(np.sum(earned >= task.points)), int(np.sum(earned == 0))
        rows.append(
            {
                "title": chapter.task_title(task.name),
                "name": task.name,
                "most": task.points,
                "mean": f"{earned.mean():.2f}",
                "full": full,
                "zero": zero,
                "untouched": len(handed) - attempted,
                "goes": "–" if goes is None else f"{goes:.2f}".replace("-", "−"),
            }
        )
        if says := does_not_tell(full, zero, len(handed), goes):
            flat.append(f"`{task.name}`: {says}")
    median = statistics.median(totals)
    says = f"From {min(totals):g} to {max(totals):g} points; half of those who handed in have {median:g} or more."
    return {
        "median": median,
        "most": most,
        "tasks": rows,
        "flat": flat,
        "histogram": histogram(totals, most),
        "histogram_says": says,
        "bars": bars(rows),
    }


def _earned(record, name):
    return next((score.points or 0 for score in record.scores if score.name == name), 0)


def correlation(a: np.ndarray, b: np.ndarray) -> float | None:
    """Return Pearson's correlation; None where one of the two never varies."""
    if len(a) < 2 or a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def does_not_tell(full: int, zero: int, n: int, goes: float | None) -> str:
    """Say why a task does not tell who has learnt the chapter; "" if it does, or few have handed in."""
    if n < 2:
        return ""
    if full == n:
        return "everybody has all points."
    if zero == n:
        return "nobody has a point."
    if goes is None:
        return "everybody has the same points."
    if n >= FEW and goes < FLAT:
        return f"its points go with those of the other tasks by {goes:.2f} only.".replace("-", "−")
    return ""


def _about_mistakes(chapter, handed):
    counted = collections.Counter(
        (score.name, mistake)
        for record in handed
        for score in record.scores
        for mistake in dict.fromkeys(score.mistakes)
    )
    rows = [{"name": name, "says": says, "count": count} for (name, says), count in counted.most_common(LISTED)]
    return {"mistakes": rows, "repeat": list(_to_repeat(chapter, handed, counted))}


def _to_repeat(chapter, handed, counted):
    """The tasks that cost the class most, each with its most frequent mistake and the section that teaches it."""
    lost = {task.name: sum(task.points - _earned(record, task.name) for record in handed) for task in chapter.tasks}
    for name in sorted(lost, key=lost.get, reverse=True)[:REPEATED]:
        if lost[name] < 0.2 * len(handed):  # a fifth of a point each
            continue
        line = f"`{name}` cost {lost[name] / len(handed):.1f} points on average."
        often = [(count, says) for (task, says), count in counted.items() if task == name]
        if often:
            count, says = max(often)
            line += f" Most often ({count}): {says}."
        heading = chapter.heading(name)
        yield line + (f" Show again: “{heading}”." if heading else "")


def histogram(totals: list[float], most: int) -> str:
    """Return the picture of how many have how many points, as base64."""
    figure = Figure(figsize=(7, 2.6), layout="constrained")
    axes = figure.add_subplot()
    axes.hist(np.clip(totals, 0, most), bins=np.arange(-0.5, most + 1), color="#2a6f97", edgecolor="white")
    axes.set_xlabel("points")
    axes.set_ylabel("students")
    axes.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    return _picture(figure)


def bars(rows: list[dict]) -> str:
    """Return the picture of the mean share of points by task, as base64."""
    figure = Figure(figsize=(7, 0.5 + 0.42 * len(rows)), layout="constrained")
    axes = figure.add_subplot()
    shares = [100 * float(row["mean"]) / row["most"] for row in rows]
    drawn = axes.barh([row["name"] for row in rows], shares, color="#2a6f97")
    axes.bar_label(drawn, fmt="%.0f %%", padding=4)
    axes.set_xlim(0, 112)
    axes.invert_yaxis()
    axes.set_xlabel("mean share of the points, in per cent")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return _picture(figure)


def _picture(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()
