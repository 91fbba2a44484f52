"""Starts kernels in a tenth of the time: each is forked from a process that has imported what every notebook imports.

Half of a short notebook's second goes into starting Python and importing ipykernel, NumPy, Matplotlib and ipywidgets.
A forked kernel is otherwise a new one: its own process, group, folder, environment and, where it matters, its own
imports: nothing of the course is imported beforehand. Only on Linux, where forking is safe, and only in tests: the
outputs that they compare come from `make refresh`, which starts every kernel from nothing.
"""

import json
import os
import signal
import subprocess
import sys
import time

BEFOREHAND = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "matplotlib_inline.backend_inline",
    "numpy",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "ipywidgets",
)


class Nursery:
    """A stand-in for jupyter_client's `launch_kernel`; what it can't fork it leaves to the real one."""

    def __init__(self, launch_kernel):
        self.launch_kernel = launch_kernel
        self.process = None

    def __call__(self, cmd, cwd=None, env=None, **more):
        if cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"] and env is not None:
            pid = self._ask({"arguments": cmd[3:], "folder": str(cwd or os.getcwd()), "environment": dict(env)})
            if pid:
                return Forked(pid)
        return self.launch_kernel(cmd, cwd=cwd, env=env, **more)

    def _ask(self, request):
        try:
            if self.process is None:
                command = [sys.executable, __file__]
                self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            return int(self.process.stdout.readline() or 0)
        except OSError:
            return 0

    def close(self):
        """Kernels that are still there end when they miss their parent."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()


class Forked:
    """What jupyter_client uses of a `subprocess.Popen`, for a process that is not our own child."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self):
        while self.poll() is None:
            time.sleep(0.01)
        return 0

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def serve():
    """Fork a kernel for each line of input, answer with its number; end when the input does."""
    del sys.path[0]  # this folder, which a kernel would not see
    # Both are read at import: ipykernel's own setting of the first, and whose end is to end a kernel
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    for name in BEFOREHAND:
        __import__(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended kernels leave no trace
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            become_kernel(**json.loads(line))
        os.setpgid(pid, pid)  # before anybody asks: signals to kernels go to their whole group
        print(pid, flush=True)


def become_kernel(arguments, folder, environment):
    """From here on this is `python -m ipykernel_launcher`; never returns."""
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.default_int_handler)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher", *arguments]
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
    os._exit(0)


if __name__ == "__main__":
    serve()
