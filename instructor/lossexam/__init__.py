"""Tests on paper and for learning platforms, from the question bank."""
