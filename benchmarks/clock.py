"""Time several ways to do the same thing side by side: interleaved rounds in one process, the least time of each."""

from __future__ import annotations

import timeit
from collections.abc import Callable

ROUND_SECONDS = 0.02


def least_times(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the least time of each way in microseconds; the rounds take turns, so that all meet the same noise."""
    numbers, best = {}, {}
    for name, way in ways.items():
        way()  # compiles, allocates
        once = min(timeit.repeat(way, number=1, repeat=3))
        numbers[name] = max(1, int(ROUND_SECONDS / max(once, 1e-7)))
        best[name] = float("inf")
    for _ in range(rounds):
        for name, way in ways.items():
            best[name] = min(best[name], timeit.timeit(way, number=numbers[name]) / numbers[name] * 1e6)
    return best


def row(label: str, times: dict[str, float], columns: list[str], ours: str) -> str:
    """Return one line of a Markdown table: our time, then each other's as a multiple of ours."""
    cells = [label, f"{times[ours]:,.1f}"]
    cells += [f"{times[name] / times[ours]:.2f}" if name in times else "–" for name in columns]
    return "| " + " | ".join(cells) + " |"


def head(columns: list[str]) -> str:
    """Return the head of the table."""
    return (
        "| | lossutils, µs | "
        + " | ".join(f"{name}, × ours" for name in columns)
        + " |\n|:--|--:|"
        + "--:|" * len(columns)
    )
