"""Refuses the system calls by which code reaches what namespaces do not part, or takes memory that nobody counts.

Keys, watched files and leases (a lease on a file of the same owner's lets everybody else wait) are shared by all
processes of a computer; so are sockets between virtual machines. The memory of System V and of memfd belongs to no
process. The rest is what a loss never needs and where kernels had faults.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

NUMBERS = {  # on x86_64, and on aarch64
    "add_key, request_key, keyctl": ((248, 249, 250), (217, 218, 219)),
    "inotify_init, inotify_init1, fanotify_init": ((253, 294, 300), (26, 262)),
    "shmget, msgget, semget": ((29, 68, 64), (194, 186, 190)),
    "memfd_create, memfd_secret": ((319, 447), (279, 447)),
    "io_uring_setup, bpf, perf_event_open, userfaultfd": ((425, 321, 298, 323), (425, 280, 241, 282)),
}
FCNTL, SET_LEASE = (72, 25), 1024
SOCKET, FAMILIES = (41, 198), (1, 2, 10, 16)  # Unix, IP and the kernel's own news
ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
OTHER_NUMBERS = 0x40000000  # from here on x86_64 has a second set
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE, FIRST, SECOND = 0, 4, 16, 24  # where a call's number and arguments stand
ALLOW, REFUSE = (RETURN, 0, 0, 0x7FFF0000), (RETURN, 0, 0, 0x00050000 | errno.EPERM)
NO_NEW_RIGHTS, SECCOMP, FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_char_p))


def refuse(libc: ctypes.CDLL) -> int:
    """Refuse them from now on, to this process and all that it starts; return what the kernel says, 0 for yes.

    Another architecture has other numbers, and no list here.
    """
    if platform.machine() not in ARCHITECTURES:
        return 0
    lines = [struct.pack("HBBI", *line) for line in _lines(*ARCHITECTURES[platform.machine()])]
    program = _Program(len(lines), b"".join(lines))
    libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    return libc.prctl(SECCOMP, FILTER, ctypes.byref(program), 0, 0)


def _lines(architecture, column):
    """The filter: each question is followed by the answer to a yes, which a no leaps over."""
    lines = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), REFUSE, (LOAD, 0, 0, NUMBER)]
    lines += [(AT_LEAST, 0, 1, OTHER_NUMBERS), REFUSE]
    for number in (one for columns in NUMBERS.values() for one in columns[column]):
        lines += [(EQUAL, 0, 1, number), REFUSE]
    lines += [(EQUAL, 0, 4, FCNTL[column]), (LOAD, 0, 0, SECOND), (EQUAL, 0, 1, SET_LEASE), REFUSE, ALLOW]
    lines += [(EQUAL, 1, 0, SOCKET[column]), ALLOW, (LOAD, 0, 0, FIRST)]
    for family in FAMILIES:
        lines += [(EQUAL, 0, 1, family), ALLOW]
    return [*lines, REFUSE]
