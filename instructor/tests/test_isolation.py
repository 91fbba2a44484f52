"""What a notebook sees of others, what it leaves behind, and what the grader sees of it: in a real sandbox."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from lossgrade import grading, refusals, sandbox, staging
from lossgrade.inside import limits

NUMBERS = """
import ctypes, os, platform
arm = platform.machine() == "aarch64"
libc = ctypes.CDLL(None, use_errno=True)
def call(x86, aarch, *arguments):
    if libc.syscall(aarch if arm else x86, *arguments) >= 0:
        return "done"
    return os.strerror(ctypes.get_errno())
"""


def says(notebook, source):
    """Run a cell and return what it prints, and its error."""
    outputs = notebook.ask({"do": "cell", "source": source})["outputs"]
    return "".join(one.get("text", one.get("evalue", "")) for one in outputs).strip()


@pytest.fixture
def two(walls):
    with walls.notebook() as one, walls.notebook() as other:
        yield one, other


SHARED = {  # what the system's own names do not part
    "a key": NUMBERS + "print(call(248, 217, b'user', b'answer', b'42', 2, -3))",
    "a key ring": NUMBERS + "print(call(250, 219, 1, 0))",
    "a watch on files": NUMBERS + "print(call(294, 26, 0))",
    "memory of System V": NUMBERS + "print(call(29, 194, 0, 4096, 0o1600))",
    "a queue of System V": NUMBERS + "print(call(68, 186, 0, 0o1600))",
    "memory without a name": "import os\nos.memfd_create('x')",
    "io_uring": NUMBERS + "print(call(425, 425, 1, ctypes.create_string_buffer(200)))",
    "a socket to the virtual machine's host": "import socket\nsocket.socket(40, socket.SOCK_STREAM)",
    "a lease": "import fcntl\nfcntl.fcntl(open('/course/lossutils/loss.py'), fcntl.F_SETLEASE, fcntl.F_WRLCK)",
    "namespaces": "import os, ctypes\nos.unshare(0x10000000) if hasattr(os, 'unshare') else exec("
    "'if ctypes.CDLL(None, use_errno=True).unshare(0x10000000): raise OSError(1, \"Operation not permitted\")')",
    "the first process's memory": "open('/proc/1/mem')",
    "a file of the course": "open('/course/lossutils/x.py', 'w')",
}


WHY = ("not permitted", "denied", "Read-only", "No space left", "not implemented")


@pytest.mark.parametrize("what", SHARED)
def test_what_notebooks_would_share_is_refused(what, two):
    said = says(two[0], SHARED[what])
    assert any(why in said for why in WHY), said


def test_two_at_once_see_nothing_of_each_other(two):
    one, other = two
    leaves = """
import os, socket, subprocess
for folder in ("/tmp", "/dev/shm"):
    open(folder + "/left", "w").write("42")
master, slave = os.openpty()
heard = socket.socket(socket.AF_UNIX); heard.bind("\\0answer"); heard.listen()
process = subprocess.Popen(["sleep", "100"])
print(os.ttyname(slave))"""
    looks = """
import os, socket
print([os.listdir(folder) for folder in ("/dev/shm", "/dev/pts")], os.path.exists("/tmp/left"))
print([name for name in os.listdir("/proc") if name.isdigit()])
try:
    socket.socket(socket.AF_UNIX).connect("\\0answer")
except ConnectionRefusedError:
    print("nobody")"""
    assert says(one, leaves) == "/dev/pts/0"
    assert says(other, looks).splitlines() == ["[[], ['ptmx']] False", "['1', '2']", "nobody"]


def test_a_process_with_other_threads_is_not_copied():
    waits = "import threading, time\nthreading.Thread(target=time.sleep, args=[60], daemon=True).start()"
    with staging.staged() as folder, pytest.raises(refusals.NoSandbox, match="with 2 threads cannot be copied"):
        sandbox.Sandbox(folder, [waits]).__enter__()


def test_a_cell_that_is_known_by_heart_is_read_anew_where_a_notebook_reads_otherwise():
    otherwise = (
        "get_ipython().input_transformers_cleanup.append(lambda lines: [l.replace('one', 'two') for l in lines])"
    )
    with staging.staged() as folder, sandbox.Sandbox(folder, ["print('one')"]) as walls, walls.notebook() as notebook:
        assert says(notebook, "print('one')") == "one"
        says(notebook, otherwise)
        assert says(notebook, "print('one')") == "two"
        assert says(notebook, "import sys\nprint([n for n in vars(sys) if n.startswith('last_')])") == "[]"


def test_nothing_is_left_for_the_next(walls):
    leaves = "import os, builtins\nopen('/tmp/left', 'w').close()\nbuiltins.left = os.environ['LEFT'] = '42'"
    looks = "import os, builtins\nprint(os.listdir('/dev/shm'), os.path.exists('/tmp/left'), hasattr(builtins, 'left'),"
    for _ in range(2):
        with walls.notebook() as notebook:
            assert says(notebook, looks + " 'LEFT' in os.environ)") == "[] False False False"
            says(notebook, leaves)


def test_what_one_notebook_takes_is_not_taken_from_the_other(two, monkeypatch):
    one, other = two
    monkeypatch.setattr(limits, "TOTAL", 2**29)
    with pytest.raises(sandbox.Gone, match="GB of memory"):
        says(one, "import time\nkept = bytearray(b'x') * 2**30\ntime.sleep(20)")
    assert says(other, "print('done')") == "done"
    below = [set(sandbox._below(notebook._holds)) for notebook in two]
    assert len(below[1]) == 1 and not below[0] & below[1]


def test_shared_memory_counts_and_what_a_copy_shares_counts_once(two, monkeypatch):
    one, other = two
    monkeypatch.setattr(limits, "TOTAL", 400 * 2**20)
    copies = "import os, time\nkept = bytearray(b'x') * (200 * 2**20)\nfor _ in range(3):\n    if os.fork() == 0:\n"
    assert says(other, copies + "        time.sleep(9)\ntime.sleep(0.5)\nprint('done')") == "done"
    shared = """
import mmap, os, time
for _ in range(3):
    if os.fork() == 0:
        kept = mmap.mmap(-1, 200 * 2**20)
        for _ in range(200):
            kept.write(bytes(2**20))
        time.sleep(9)
time.sleep(20)"""
    with pytest.raises(sandbox.Gone, match="GB of memory"):
        says(one, shared)


def test_who_never_reads_and_who_never_stops_sending_is_stopped(two, monkeypatch):
    one, other = two
    monkeypatch.setattr(sandbox, "CELL", (0.5, 0.5))
    monkeypatch.setattr(sandbox, "SLACK", 0)
    monkeypatch.setattr(sandbox, "PATIENT", 2)
    stops = "import os, signal, threading\n"
    says(one, stops + "threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGSTOP)).start()")
    with pytest.raises(sandbox.Gone, match="waits for longer"):
        says(one, "text = " + repr("x" * 3_000_000))
    drips = """
import os, socket, struct
for place in range(3, 20):
    try:
        to = socket.socket(fileno=os.dup(place))
        to.sendall(struct.pack(">I", 2**24))
    except OSError:
        continue
    while True:
        if os.fork():
            os._exit(0)
        for _ in range(10_000):
            to.send(b" ")
"""
    with pytest.raises(sandbox.Gone):
        says(other, drips)


def test_many_guesses_are_no_answer(walls, chapter, right):
    """Points are asked for wherever a student puts such a cell, but not for ever."""
    guess = "def mse(pred, target, weight=None):\n    return {}"
    sources = [guess.format(number) for number in range(grading.FUNCTIONS)] + [right["mse"].source]
    cells = [{"source": one, "metadata": {"nbgrader": {"grade_id": "points-mse"}}} for one in sources]
    nb = {"cells": [{"cell_type": "code", **cell} for cell in cells]}
    assert grading.grade(walls, chapter, json.dumps(nb).encode(), 7).scores[0].points == 0
    nb["cells"] = nb["cells"][1:]
    assert grading.grade(walls, chapter, json.dumps(nb).encode(), 7).scores[0].points == 2


def test_the_cells_of_a_notebook_have_an_end(walls, chapter, monkeypatch):
    monkeypatch.setattr(grading, "PATIENCE", 0)
    nb = {"cells": [{"cell_type": "code", "metadata": {}, "source": f"print({number})"} for number in range(4)]}
    graded = grading.grade(walls, chapter, json.dumps(nb).encode(), 7)
    assert "those from code cell 2 on were not run" in graded.notes[0] and list(graded.outputs) == [0]


def test_the_kernel_ends_students_first(two):
    assert says(two[0], "print(open('/proc/self/oom_score_adj').read())") == "1000"


def test_a_cell_that_is_too_long_to_send_is_left_out(walls, chapter):
    nb = {"cells": [{"cell_type": "code", "metadata": {}, "source": "'" + "x" * 2**24 + "'"}]}
    graded = grading.grade(walls, chapter, json.dumps(nb).encode(), 7)
    assert "holds more than can be sent" in graded.notes[0]


def test_where_a_notebook_gets_no_walls_that_is_said_at_once():
    """Within a namespace that may make no further ones; root of it needs none for the first walls."""
    said = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False).stdout
    if said.startswith("skip"):
        pytest.skip("this computer lets nobody try it")
    assert said.startswith("Student code cannot be shut in here: ")
    assert "user.max_user_namespaces" in said


def test_a_course_that_lies_in_what_the_sandbox_reads_is_shut(monkeypatch, tmp_path):
    root = tmp_path / "src" / "course"
    for name in ("solutions", ".git", ".venv"):
        (root / name).mkdir(parents=True)
    monkeypatch.setattr(staging.checkout, "ROOT", root)
    monkeypatch.setattr(staging, "what_python_needs", lambda: (tmp_path,))
    monkeypatch.setattr(sys, "prefix", str(root / ".venv"))
    assert {root / "solutions", root / ".git"} <= set(staging.what_is_shut())
    assert root / ".venv" not in staging.what_is_shut()


WITHOUT = """
import ctypes, os
user, group = os.getuid(), os.getgid()
if ctypes.CDLL(None).unshare(0x10000000) != 0:
    raise SystemExit(print("skip"))
for file, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
    with open(f"/proc/self/{file}", "w") as opened:
        opened.write(text)
with open("/proc/sys/user/max_user_namespaces", "w") as opened:
    opened.write("0")
from lossgrade import refusals, sandbox, staging
try:
    with staging.staged() as folder, sandbox.Sandbox(folder):
        print("open")
except refusals.NoSandbox as error:
    print(error)
"""
