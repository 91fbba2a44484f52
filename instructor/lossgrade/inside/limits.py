"""How much a notebook may take, and where."""

from __future__ import annotations

PROCESSES = 100  # at a time; a checked function runs in one of its own
MEMORY = 2 * 2**30  # bytes that each process may have beyond what it starts with
TOTAL = 3 * 2**30  # bytes that all processes of a notebook may hold together
SPACE = 2**26  # bytes of /tmp, and of /dev/shm
FILE = 2**26  # bytes of a file
COMPUTING = 300  # seconds that a process may compute, whatever its cells or functions are limited to
CELL_COMPUTING = 30  # seconds of computing that a cell may take
WAITING = 30  # seconds that a cell may wait: sleep, or for something that never comes
PRINTED = 20_000  # characters that are kept of what a cell prints
SHOWN = 2_000_000  # characters that are kept of what a cell shows, pictures included
KEPT = 20_000_000  # characters that are kept of what all cells show
CALLBACK = 20_000  # numbers that may be given to a function of ours in one call
CALLBACKS = 100_000  # calls of such a function while one check is tried
SPARE_PROC = "/spare-proc"  # a /proc that nothing covers: without one in sight the kernel makes no new one
NO_MEMORY = 88  # what a process ends with that has none left to answer with
