"""Makes pytest's run of the notebooks complete: pictures are compared too, and no setting of the user's shows."""

import os
import tempfile
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell, NbCellError

from tools.plumbing.kernels import isolated_environment
from tools.plumbing.pictures import differences, reason_not_to_compare
from tools.plumbing.proofs import is_check, is_told, told_of_a_false_claim
from tools.plumbing.refresh import CELL_TIMEOUT

PATIENCE = 60  # seconds for the outputs of a cell that is done; nbval's five are too few on a busy computer


def pytest_configure(config):
    config.option.nbval_current_env = True  # a kernel of the user's must not run the course's notebooks
    config.option.nbval_cell_timeout = min(config.option.nbval_cell_timeout, CELL_TIMEOUT)
    home = tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    os.environ.update(isolated_environment(home.name))
    # Each process has a processor; a second thread for matrices would wait for it, and such threads wait busily: with
    # two workers on two processors the lectures took twice as long.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if config.option.nbval and not hasattr(config, "workerinput"):
        import matplotlib.font_manager  # noqa: F401  builds the fonts' cache, of which a first cell would tell on stderr


def pytest_collection_modifyitems(items):
    """In a folder that can't be written to, the first notebook says so, and is right."""
    asked = (item for item in items if isinstance(item, IPyNbCell) and "check_setup" in item.cell.source)
    for item in asked:
        if not os.access(item.path.parent, os.W_OK):
            item.add_marker(pytest.mark.skip(reason="its folder can't be written to, which is what it would print"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A notebook starts without progress in the exercises, whatever another one has reached: 00 shows it."""
    if isinstance(item, IPyNbCell):
        folder = Path(os.environ["IPYTHONDIR"]).parent / item.path.parent.name / item.path.stem
        os.environ["LOSSUTILS_PROGRESS"] = str(folder / "progress.json")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """nbval runs the cell and compares its texts; then come the pictures of that same run."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    item.output_timeout = PATIENCE
    if is_check(item.cell):
        line = told_of_a_false_claim(item.parent.kernel, item.cell, CELL_TIMEOUT)
        if not is_told(line):
            item.raise_cell_error("The last assertion, said to be false, is not told", line)
    try:
        result = yield
        faults = differences(item.cell.outputs, item.test_outputs, pictures=reason_not_to_compare() is None)
        if item.options["check"] and faults:
            item.raise_cell_error("Cell outputs differ", "\n".join(faults))
        return result
    except NbCellError:
        item.add_report_section("call", "cell", f"{item.path.name}, cell id {item.cell.get('id')!r}")
        raise


def pytest_terminal_summary(terminalreporter, config):
    reason = reason_not_to_compare()
    if config.option.nbval and reason:
        terminalreporter.write_line(f"The pictures of the notebooks were NOT compared: {reason}.", yellow=True)
