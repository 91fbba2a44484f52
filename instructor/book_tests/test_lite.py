"""JupyterLite, as far as it can be tried without the network that brings NumPy to it."""

import json
import threading
import zipfile

import pytest

from lossbook import lite, serving

pytestmark = pytest.mark.long
CORE = "notebooks/01_what_is_a_loss.ipynb"


@pytest.fixture(scope="module")
def served(site):
    """The address of the site, JupyterLite in it."""
    assert lite.build() == 0
    with serving.server(site, 8100) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()


def test_a_lecture_opens_with_its_pictures_as_the_page_says(served, browser):
    page = browser.new_page()  # its Python may not load, which is an error of the page: no test has that network
    page.goto(f"{served}/lite/lab/index.html?path={CORE}")
    page.wait_for_selector(".jp-Notebook .jp-OutputArea-output img", timeout=120_000)
    assert "What is a loss?" in page.locator(".jp-Notebook h1").first.inner_text()
    page.wait_for_selector(".jp-DirListing-item[title*='05_robust_losses']")


def test_the_wheel_is_pure_and_stands_in_the_list_that_the_browser_installs_from(served):
    listed = json.loads((lite.LITE / "pypi" / "all.json").read_text(encoding="utf-8"))
    (file,) = [release["filename"] for files in listed["lossutils"]["releases"].values() for release in files]
    with zipfile.ZipFile(lite.LITE / "pypi" / file) as wheel:
        names = wheel.namelist()
        about = wheel.read(next(name for name in names if name.endswith("/WHEEL"))).decode()
    assert "Root-Is-Purelib: true" in about and "Tag: py3-none-any" in about
    assert not [name for name in names if name.endswith((".so", ".pyd"))]
    assert "lossutils/data/datasets/chem.csv" in names and "lossutils/chapters/ch08/questions.toml" in names


def test_each_notebook_brings_the_package_before_its_first_import(served):
    for path in (lite.LITE / "files").rglob("*.ipynb"):
        cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
        if cells:
            assert cells[0]["id"] == lite.INSTALL and "colab" not in [cell["id"] for cell in cells], path.name
