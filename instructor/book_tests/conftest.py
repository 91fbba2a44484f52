"""The book as it was made, and a Chromium to read it with."""

import pytest

from lossbook import build
from lossbook.places import SITE
from tests.chromium import browser, page  # noqa: F401 - fixtures


@pytest.fixture(scope="session")
def site():
    """The folder of the book, made of the checkout as it stands."""
    assert build.book() == 0, "the book has faults, which are printed above"
    return SITE
