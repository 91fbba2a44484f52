"""Tests by room: library, chapters, tools, browser; proof holds what they compare with."""
