"""The built site served below a base path with no other host to be reached."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BASE = "/some/base/path"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files below the base path; nothing above it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """Take the base path away; whatever lies outside it is not there."""
        inside = path.startswith(BASE)
        return super().translate_path(path.removeprefix(BASE) if inside else "/not-there")


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Where a folder is served for a while, below the base path."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serve_folder(built_site) as served:
        yield served
