"""The data files of the package. Imported when the first is asked for: what reads them costs more than the losses."""

import csv
import gzip
import tomllib
from importlib import resources


def text(file):
    """The text of a file in datasets/, unpacked; it also works when the package sits in a zip archive."""
    raw = (resources.files(__package__) / "datasets" / file).read_bytes()
    return (gzip.decompress(raw) if file.endswith(".gz") else raw).decode("utf-8")


def columns(file):
    """The columns of a CSV file, without its head, as tuples of text."""
    return zip(*list(csv.reader(text(file).splitlines()))[1:], strict=True)


def settings(file):
    """The content of a TOML file as a dict."""
    return tomllib.loads(text(file))
