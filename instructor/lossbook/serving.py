"""Serves the site on this computer, to nobody else, and opens it."""

from __future__ import annotations

import contextlib
import functools
import webbrowser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PORTS = 50


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of each file; lets no browser keep a page that was made anew since."""

    def log_message(self, *_):
        """Say nothing."""

    def end_headers(self):
        """Ask the browser to ask again."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """Return a server at the port, or at the next one that is free."""
    handler = functools.partial(Quiet, directory=str(site))
    for number in range(port, port + PORTS):
        try:
            return ThreadingHTTPServer(("127.0.0.1", number), handler)
        except OSError:
            continue
    raise SystemExit(f"No port from {port} to {port + PORTS - 1} is free; say another: make book, then --port.")


def serve(site: Path, port: int) -> int:
    """Serve until somebody stops it."""
    with server(site, port) as made:
        address = f"http://127.0.0.1:{made.server_port}/"
        print(f"The book is at {address}; Ctrl+C stops it. It needs no server: open site/index.html.", flush=True)
        webbrowser.open(address)
        with contextlib.suppress(KeyboardInterrupt):
            made.serve_forever()
    return 0
