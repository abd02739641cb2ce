"""A site shown on this machine while it is edited.

One of the few modules that touch the outside. Serves files on the loopback address only, watches
the report's folders, has the site built anew, and tells open pages to load again by a script that
stands only in what is served, never in a file.
"""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from watchfiles import watch

from report.problems import DataProblems, ReportError, WriteFailed

HOST = "127.0.0.1"
RELOAD = "/.report/reload"
WAIT = 25.0
"""Seconds after which a waiting page is answered that nothing has changed."""
_SCRIPT = b"""<script>(function(){var seen=null;function ask(){fetch("/.report/reload?"+(seen||""))
.then(function(r){return r.text()}).then(function(t){if(seen!==null&&t!==seen){location.reload()}
else{seen=t;ask()}}).catch(function(){setTimeout(ask,1000)})}ask()})()</script>"""


class Builds:
    """How many times the site was built, and a way to wait for the next."""

    def __init__(self) -> None:
        self._count = 1
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        """The number of the newest build."""
        return self._count

    def add(self) -> None:
        """Count a build and wake all pages that wait for it."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: str) -> int:
        """The number of the newest build, once it differs from `seen` or time is up."""
        with self._changed:
            self._changed.wait_for(lambda: str(self._count) != seen, WAIT)
            return self._count


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the site, with the reload script put into pages."""

    def __init__(self, *args: Any, builds: Builds, **options: Any) -> None:
        self.builds = builds
        super().__init__(*args, **options)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: the terminal is for the editor's problems."""

    def end_headers(self) -> None:
        """Never let a browser keep a page that is being edited."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        """A file, a page with the script, or the answer to a waiting page."""
        path, _, query = self.path.partition("?")
        if path == RELOAD:
            self._send(str(self.builds.wait(query)).encode(), "text/plain")
            return
        file = Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and file.is_file():
            page = file.read_bytes().replace(b"</body>", _SCRIPT + b"</body>")
            self._send(page, "text/html; charset=utf-8")
            return
        super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def open_server(site_dir: Path, port: int, builds: Builds) -> http.server.ThreadingHTTPServer:
    """A server on the loopback address; raises WriteFailed where the port is taken."""
    handler = functools.partial(Handler, directory=str(site_dir), builds=builds)
    http.server.ThreadingHTTPServer.daemon_threads = True
    try:
        return http.server.ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; choose another by --port"
        raise WriteFailed(message) from None


def serve(
    build: Callable[[], str], watched: Sequence[Path], site_dir: Path, *, port: int = 8000
) -> None:
    """Build, serve and rebuild until interrupted. A bad change leaves the earlier site in place."""
    _try_build(build)
    builds = Builds()
    server = open_server(site_dir, port, builds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"serving http://{HOST}:{server.server_address[1]}/ (Ctrl-C ends it)", err=True)
    try:
        for _ in watch(*watched, raise_interrupt=True, debounce=100, step=20):
            if _try_build(build):
                builds.add()
    finally:
        server.shutdown()
        server.server_close()


def _try_build(build: Callable[[], str]) -> bool:
    """Build once and say how it went; problems are said and leave the earlier site."""
    started = time.perf_counter()
    try:
        said = build()
    except DataProblems as found:
        for problem in found.problems:
            click.echo(str(problem))
        click.echo(f"{len(found.problems)} problems; the earlier site is shown", err=True)
        return False
    except ReportError as error:
        click.echo(f"Error: {error}", err=True)
        return False
    click.echo(f"{said} in {time.perf_counter() - started:.1f} s", err=True)
    return True
