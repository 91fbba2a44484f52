"""A forked kernel is like a started one: same folder, environment and paths, none of our modules, and it ends."""

import json
import os
import sys
import time

import pytest
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager

from tools.warm_kernels import BEFOREHAND, Forked, Nursery

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
FACTS = """import json, os, sys, signal, numpy
print(json.dumps({
    "folder": os.getcwd(), "path": sys.path, "main": __name__, "backend": os.environ["MPLBACKEND"],
    "ours": sorted({"tools", "lossutils", "pytest", "tests", "conftest"} & set(sys.modules)),
    "mark": os.environ["COURSE_MARK"], "group": os.getpgid(0) == os.getpid(),
    "children": signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL,
    "product": float((numpy.ones((600, 600)) @ numpy.ones((600, 600))).sum()),
}))"""


def run(launch_kernel, folder, monkeypatch):
    """Start a kernel with the given `launch_kernel`; its manager and what it says about itself."""
    from jupyter_client.manager import KernelManager
    from jupyter_client.provisioning import local_provisioner

    monkeypatch.setattr(local_provisioner, "launch_kernel", launch_kernel)
    monkeypatch.setenv("COURSE_MARK", "here")
    manager = KernelManager(kernel_name=CURRENT_ENV_KERNEL_NAME, kernel_spec_manager=NbvalKernelspecManager())
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    printed = []
    client.execute_interactive(FACTS, output_hook=lambda message: printed.append(message["content"].get("text", "")))
    client.stop_channels()
    return manager, json.loads("".join(printed))


@pytest.fixture
def nursery():
    from jupyter_client.launcher import launch_kernel

    nursery = Nursery(launch_kernel)
    yield nursery
    nursery.close()


def test_a_forked_kernel_is_like_a_started_one(nursery, tmp_path, monkeypatch):
    forked, warm = run(nursery, tmp_path, monkeypatch)
    started, cold = run(nursery.launch_kernel, tmp_path, monkeypatch)
    assert isinstance(forked.provisioner.process, Forked)
    assert not isinstance(started.provisioner.process, Forked)
    assert warm == cold
    assert warm["folder"] == str(tmp_path)
    assert warm["product"] == 600**3
    assert warm["ours"] == []
    for manager in (forked, started):
        manager.shutdown_kernel(now=True)
        assert not manager.is_alive()


def test_kernels_end_with_the_process_that_forked_them(nursery, tmp_path, monkeypatch):
    manager, _ = run(nursery, tmp_path, monkeypatch)
    assert manager.is_alive()
    nursery.process.kill()
    for _ in range(600):
        if not manager.is_alive():
            return
        time.sleep(0.1)
    pytest.fail("the kernel outlives by a minute the process that forked it")


def test_without_a_nursery_kernels_are_started_as_usual(nursery, tmp_path, monkeypatch):
    broken = Nursery(nursery.launch_kernel)
    monkeypatch.setattr(sys, "executable", os.devnull)
    assert broken._ask({}) == 0


def test_nothing_of_the_course_is_imported_beforehand():
    assert not any(name.partition(".")[0] in {"lossutils", "tools"} for name in BEFOREHAND)
