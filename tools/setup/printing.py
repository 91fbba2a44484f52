"""Printing where the window or the pipe knows few letters, as on Windows."""

import sys


def spell_out_strange_letters():
    """From here on a letter that can't be shown is printed as its code, and stops no command."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
