"""The pages of the book, as a reader has them: from disk, without a network."""


def test_the_first_page_opens_and_names_the_course(site, page):
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").first.inner_text().startswith("Loss functions")
