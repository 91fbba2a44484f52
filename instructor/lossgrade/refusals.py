"""What lossgrade refuses: each with a sentence that says what is wrong and what would be right."""

from __future__ import annotations


class Refusal(Exception):
    """Nothing was done; the message says why."""


class NoChapter(Refusal):
    """There is no exercise of this name."""


class NothingFound(Refusal):
    """There is no submission in what was given."""


class NoMatch(Refusal):
    """A file doesn't hold what is needed, or a text is not what it should be."""


class NoSandbox(Refusal):
    """Here student code can't be shut in."""


class NoCluster(Refusal):
    """There is nobody to grade."""
