"""What lossexam refuses: nothing is written then, and the message says what would be right."""

from __future__ import annotations


class Refusal(Exception):
    """Nothing was done; the message says why."""
