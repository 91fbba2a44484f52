"""A process whose code sees nothing but itself: made for each notebook, by namespaces of Linux, in a fork.

Within bubblewrap's walls every notebook gets walls of its own: other processes do not exist for it, /tmp is empty and
goes with it, and when its first process ends, the kernel ends all that it has started. It holds no privilege, and can
make no further namespaces.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from lossgrade.inside import calls
from lossgrade.inside.limits import NO_MEMORY, SPARE_PROC
from lossutils.judge.process import open_standard_files

NEW_NAMESPACES = (
    0x00020000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
)  # mounts, IPC, users, processes, network
READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS, PRIVATE, THE_SAME = 1, 2, 4, 8, 0x44000, 0x5000
DUMPABLE, CAPABILITIES_OF_TODAY, DROP_FROM_BOUNDS, PARENT_DIES = 4, 0x20080522, 24, 1
NOBODY = 65534

CLONE = {"x86_64": 56, "aarch64": 220}  # the number of that system call

_libc = ctypes.CDLL(None, use_errno=True)
_libc_held = ctypes.PyDLL(None, use_errno=True)  # which keeps Python's lock while it is called


class Refused(OSError):
    """The kernel does not let this process make walls."""


def become_ordinary() -> None:
    """Leave the rights of root for good, where this process has them."""
    if os.getuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        except OSError:  # in a namespace that has no other
            sys.exit("this root cannot become an ordinary user, so start it as one")
    _libc.prctl(DUMPABLE, 1, 0, 0, 0)  # else /proc/self belongs to root, and the maps below cannot be written


def hide() -> None:
    """Let no other process look into this one."""
    _libc.prctl(DUMPABLE, 0, 0, 0, 0)


def copied() -> int:
    """Copy this process into new namespaces, as the first of their processes; return what os.fork() returns.

    With unshare it would take one copy more, whose memory is the dearest part of a notebook's beginning. This process
    may have no other thread: the copy would wait for ever for what that one holds.
    """
    if platform.machine() not in CLONE:
        raise Refused(errno.ENOSYS, f"no walls are known for {platform.machine()}")
    if (threads := len(os.listdir("/proc/self/task"))) > 1:
        raise Refused(errno.EBUSY, f"a process with {threads} threads cannot be copied")
    ctypes.pythonapi.PyOS_BeforeFork()
    flags = [ctypes.c_ulong(flag) for flag in (NEW_NAMESPACES | signal.SIGCHLD, 0, 0, 0, 0)]
    process = _libc_held.syscall(ctypes.c_long(CLONE[platform.machine()]), *flags)
    if process == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
        _ask(min(process, 0), "clone")
    return process


def walled(work: Callable[[], None], lifeline: int, user: int, group: int, space: int) -> None:
    """Run `work` behind walls, in a copy of this process; return when it has ended, or the lifeline is cut.

    For a process that `copied` has made: all others end with it. `user` and `group` are those of the one that it is a
    copy of; `space` is what may be written to /tmp, in bytes. Into the lifeline, a socket, is written first a sign of
    this process, then how the other one ended.
    """
    _libc.prctl(PARENT_DIES, signal.SIGKILL, 0, 0, 0)
    os.write(lifeline, b"+")  # the kernel tells the other end who this is
    _libc.prctl(DUMPABLE, 1, 0, 0, 0)  # the process that this one is a copy of hides
    for file, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{file}", "w") as opened:
            opened.write(text)
    _mount_all(space)
    with open("/proc/sys/user/max_user_namespaces", "w") as file:
        file.write("0")
    _drop_capabilities()
    _ask(calls.refuse(_libc), "seccomp")
    hide()
    student = os.fork()
    if student == 0:
        try:
            os.close(lifeline)
            os.setsid()
            _libc.prctl(DUMPABLE, 1, 0, 0, 0)
            work()
        except MemoryError:
            os._exit(NO_MEMORY)
        finally:
            os._exit(0)
    _wait(student, lifeline)


def _wait(student, lifeline):
    """Until the student's process has ended, or the lifeline is cut; tidy up after processes that lost their parent."""
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker)
    while True:
        ready, _, _ = select.select([lifeline, woken], [], [])
        if lifeline in ready:
            return
        os.read(woken, 512)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0] != 0:
                if ended[0] == student:
                    os.write(lifeline, str(os.waitstatus_to_exitcode(ended[1])).encode())
                    return


def _mount_all(space):
    _mount("none", "/", None, PRIVATE, None)
    safe = NO_SUID | NO_DEVICES
    python = {
        one: os.open(one, os.O_PATH) for one in (sys.base_prefix, sys.prefix) if Path("/tmp") in Path(one).parents
    }
    _mount("proc", "/proc", "proc", safe | NO_PROGRAMS, None)
    _mount("tmpfs", SPARE_PROC, "tmpfs", READ_ONLY, "size=0")
    for folder in ("/tmp", "/dev/shm"):
        _mount("tmpfs", folder, "tmpfs", safe, f"size={space},mode=1777,nr_inodes=10000")
    _mount("devpts", "/dev/pts", "devpts", NO_SUID | NO_PROGRAMS, "newinstance,ptmxmode=0666,mode=620")
    for folder, held in python.items():  # the new /tmp covers it
        os.makedirs(folder, exist_ok=True)
        _mount(f"/proc/self/fd/{held}", folder, None, THE_SAME, None)
        os.close(held)
    os.chdir("/tmp")


def _mount(source, target, kind, flags, data):
    texts = [text.encode() if text else None for text in (source, target, kind)]
    _ask(_libc.mount(*texts, ctypes.c_ulong(flags), data.encode() if data else None), f"mount {target}")


def _drop_capabilities():
    for capability in range(64):
        _libc.prctl(DROP_FROM_BOUNDS, capability, 0, 0, 0)  # it knows fewer than 64, and refuses the others
    head, sets = (ctypes.c_uint32 * 2)(CAPABILITIES_OF_TODAY, 0), (ctypes.c_uint32 * 6)()
    _ask(_libc.capset(head, sets), "capset")


def _ask(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise Refused(number, f"{what}: {os.strerror(number)}")


def tidy() -> None:
    """End all processes that a cell or a function has left behind; only behind walls, for it ends all there are."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)  # neither this process nor the first
    open_standard_files()


def limit(processes: int, memory: int, file_size: int, computing: int) -> None:
    """Limit what this process and each that it starts may take: processes in all, bytes, bytes of a file, seconds.

    Where a computer's memory is short in spite of that, the kernel ends these first, not the grader.
    """
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    with open("/proc/self/statm") as file:
        has = int(file.read().split()[0]) * resource.getpagesize()
    for kind, most in (
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_AS, has + memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CPU, computing),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, allowed = resource.getrlimit(kind)
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (most, most))
