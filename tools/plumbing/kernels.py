"""The kernel that runs the course's notebooks: this very interpreter, without anything its user has configured."""

import importlib.util
import os
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager


def kernel_manager():
    """A kernel under the running interpreter, as nbval starts it; no installed kernel can shadow it."""
    return AsyncKernelManager(kernel_name=CURRENT_ENV_KERNEL_NAME, kernel_spec_manager=NbvalKernelspecManager())


def isolated_environment(folder):
    """Environment in which outputs don't depend on the user: no start-up files, own matplotlibrc, or saved progress."""
    folder = Path(folder)
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_config.py").write_text("get_config().HistoryManager.enabled = False\n", encoding="utf-8")
    matplotlib = Path(importlib.util.find_spec("matplotlib").origin).parent
    return os.environ | {
        "IPYTHONDIR": str(folder / "ipython"),
        "MATPLOTLIBRC": str(matplotlib / "mpl-data" / "matplotlibrc"),
        "LOSSUTILS_PROGRESS": str(folder / "progress.json"),
    }
