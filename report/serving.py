"""A site shown on this machine while it is edited.

One of the few modules that touch the outside. Serves files on the loopback address only, watches
the report's folders, has the site built anew, and tells open pages to load again by a script that
stands only in what is served, never in a file.
"""

from __future__ import annotations

import functools
import http.server
import sys
import threading
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import click
from watchfiles import watch

from report.problems import DataProblems, ReportError, WriteFailed
from report.text import escape_html
from report.writing import explain

HOST = "127.0.0.1"
RELOAD = "/.report/reload"
"""Answers with the number of the newest build, once it is another than the one asked with."""
SCRIPT = "/.report/reload.js"
WAIT = 25.0
"""Seconds after which a waiting page is answered that nothing has changed."""
_TAG = f'<script src="{SCRIPT}"></script>'.encode()
_CODE = b"""let seen = "";
const ask = () =>
  fetch("/.report/reload?" + seen)
    .then((answer) => answer.text())
    .then((newest) => {
      if (seen && newest !== seen) return location.reload();
      seen = newest;
      return ask();
    })
    .catch(() => setTimeout(ask, 1000));
ask();
"""


class Builds:
    """How many times the site was built, what was said, and a way to wait for the next build."""

    def __init__(self) -> None:
        self._count = 1
        self._changed = threading.Condition()
        self.said = ""
        """What the newest build complained of; empty where it went well."""

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
        file = Path(self.translate_path(path))
        if path == RELOAD:
            self._send(str(self.builds.wait(query)).encode(), "text/plain")
        elif path == SCRIPT:
            self._send(_CODE, "text/javascript")
        elif file.suffix == ".html" and file.is_file():
            self._send_page(file)
        elif path.endswith("/") and (file / "index.html").is_file():
            self._send_page(file / "index.html")
        elif file.exists():
            super().do_GET()
        else:
            self._send_missing(Path(self.directory))

    def _send_page(self, file: Path, status: HTTPStatus = HTTPStatus.OK) -> None:
        page = file.read_bytes().replace(b"</body>", _TAG + b"</body>")
        self._send(page, "text/html; charset=utf-8", status)

    def _send_missing(self, site: Path) -> None:
        """The site's own page for this; where no site was built yet, what its build said."""
        if (site / "404.html").is_file():
            self._send_page(site / "404.html", HTTPStatus.NOT_FOUND)
            return
        said = str(escape_html(self.builds.said or "nothing was built yet"))
        page = f"<!doctype html><meta charset=utf-8><title>Not built</title><pre>{said}</pre>"
        self._send(page.encode() + _TAG, "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Server(http.server.ThreadingHTTPServer):
    """A server to which a browser that goes away is nothing worth telling."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless the other side has only closed its page."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def open_server(site_dir: Path, port: int, builds: Builds) -> Server:
    """A server on the loopback address; raises WriteFailed where the port is taken."""
    handler = functools.partial(Handler, directory=str(site_dir), builds=builds)
    try:
        return Server((HOST, port), handler)
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; choose another by --port"
        raise WriteFailed(message) from None


def serve(
    build: Callable[[], str], watched: Sequence[Path], site_dir: Path, *, port: int = 8000
) -> None:
    """Build, serve and rebuild until interrupted. A bad change leaves the earlier site in place."""
    builds = Builds()
    server = open_server(site_dir, port, builds)  # a taken port is said before anything is built
    _try_build(build, builds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"serving http://{HOST}:{server.server_address[1]}/ (Ctrl-C ends it)", err=True)
    try:
        for _ in watch(*watched, raise_interrupt=True, debounce=100, step=20):
            _try_build(build, builds)
    finally:
        server.shutdown()
        server.server_close()


def _try_build(build: Callable[[], str], builds: Builds) -> None:
    """Build once and say how it went; problems are said and leave the earlier site."""
    started = time.perf_counter()
    try:
        said = build()
    except DataProblems as found:
        builds.said = "\n".join(str(problem) for problem in found.problems)
        click.echo(builds.said)
        count = len(found.problems)
        click.echo(
            f"{count} problem{'s' if count != 1 else ''}; the earlier site is shown", err=True
        )
    except (ReportError, OSError) as error:  # also of a file that went while it was read
        told = explain(error, Path("output")) if isinstance(error, OSError) else error
        builds.said = f"Error: {told}"
        click.echo(builds.said, err=True)
    else:
        builds.said = ""
        click.echo(f"{said} in {time.perf_counter() - started:.1f} s", err=True)
        builds.add()
