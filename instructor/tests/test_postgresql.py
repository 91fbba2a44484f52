"""The gradebook in PostgreSQL: a real server, started here, holds what SQLite holds."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
import running
import sqlalchemy as sql
from nbgrader.api import Gradebook

MISSING = "these tests start a PostgreSQL server: install one (Debian and Ubuntu: apt-get install postgresql)"


@pytest.fixture(scope="module")
def server():
    """A new PostgreSQL server on a free port of this computer; its address."""
    programs = next((path for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    initdb = shutil.which("initdb") or (programs and str(programs / "initdb"))
    assert initdb and os.access(initdb, os.X_OK), MISSING
    postgres = str(Path(initdb).with_name("postgres"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        ordinary = {"user": "nobody", "extra_groups": []} if os.getuid() == 0 else {}  # it refuses to be root
        if ordinary:
            shutil.chown(folder, "nobody")
        data = str(Path(folder, "data"))
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "grader"], check=True, capture_output=True, cwd=folder, **ordinary
        )
        command = [postgres, "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder]
        nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=folder, **nowhere, **ordinary)
        try:
            address = f"postgresql+psycopg://grader@127.0.0.1:{port}/postgres"
            wait_for(address)
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # goes even while somebody is still connected
            process.wait(60)


def wait_for(address):
    import time

    for _ in range(300):
        with contextlib.suppress(sql.exc.OperationalError), sql.create_engine(address).connect():
            return
        time.sleep(0.1)
    raise AssertionError("PostgreSQL does not answer")


def content(engine):
    """Every table of nbgrader's and ours, but for the order of the rows."""
    found = sql.MetaData()
    found.reflect(engine)
    with engine.connect() as db:
        return {name: sorted(map(repr, map(_plain, db.execute(sql.select(one))))) for name, one in found.tables.items()}


def _plain(row):
    """Booleans are 0 and 1 in SQLite, and its times may be texts."""
    return tuple(int(one) if isinstance(one, bool) else str(one) if hasattr(one, "isoformat") else one for one in row)


@pytest.mark.long
def test_postgresql_holds_what_sqlite_holds_and_nbgrader_reads_it(server, tmp_path):
    running.hand_in(tmp_path / "in", 6)
    grade = ("grade", "01", "--submitted", "in", "--workers", "2")
    running.run(*grade, "--into", "sqlite", cwd=tmp_path)
    running.run(*grade, "--into", "postgres", "--gradebook", server, cwd=tmp_path)
    ours = content(sql.create_engine(server))
    assert ours == content(sql.create_engine(f"sqlite:///{tmp_path / 'sqlite' / 'gradebook.db'}"))
    assert len(ours["lossgrade_origin"]) == 6
    names = ("grades.csv", "report.html", "feedback/student002.html")
    assert all(
        (tmp_path / "sqlite" / name).read_bytes() == (tmp_path / "postgres" / name).read_bytes() for name in names
    )
    with Gradebook(server) as book:
        assert len(book.assignment_submissions("01_what_is_a_loss")) == 6
    running.run(*grade, "--into", "postgres", "--gradebook", server, "--again", cwd=tmp_path)
    assert content(sql.create_engine(server)) == ours
