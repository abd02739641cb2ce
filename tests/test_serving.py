"""Serving: pages with the reload script, waiting for a build, bad changes and a taken port."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from report import serving
from report.problems import DataProblems, Place, Problem, WriteFailed
from report.serving import Builds, Server, open_server

PROJECT = Path(__file__).resolve().parent.parent
PAGE = b"<html><body><h1>One</h1></body></html>"


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Path:
    """A small site."""
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "a" / "index.html").write_bytes(PAGE)
    (tmp_path / "404.html").write_bytes(b"<body>gone</body>")
    (tmp_path / "x.css").write_bytes(b"p{}")
    return tmp_path


@pytest.fixture(name="server")
def _server(site: Path) -> Iterator[Server]:
    """A server of the small site, at a port that was free."""
    server = open_server(site, 0, Builds())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server: Server, path: str) -> tuple[int, bytes, http.client.HTTPMessage]:
    """Status, content and headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/a/", "/a/index.html", "/?x=1"])
def test_the_reload_script_stands_only_in_what_is_served(
    server: Server, site: Path, path: str
) -> None:
    """Each page asks for the script at its end, no file holds it, and no browser keeps it."""
    status, page, headers = ask(server, path)

    assert status == 200
    script = b'<script src="/.report/reload.js"></script></body></html>'
    assert page == PAGE.replace(b"</body></html>", script)
    assert headers["Cache-Control"] == "no-store"
    assert (site / "index.html").read_bytes() == PAGE


def test_other_files_are_served_as_they_are(server: Server) -> None:
    """A style sheet is not touched."""
    assert ask(server, "/x.css")[1] == b"p{}"
    assert ask(server, "/.report/reload.js")[2]["Content-Type"] == "text/javascript"


def test_what_is_not_there_gets_the_sites_own_page(server: Server) -> None:
    """A wrong address is answered by the 404 page, at any depth, and leads to nothing outside."""
    for path in ("/nothing/at/all/", "/../../etc/passwd", "/%2e%2e/x"):
        status, page, _ = ask(server, path)
        assert (status, page[:10]) == (404, b"<body>gone")


def test_before_the_first_good_build_the_page_says_why(tmp_path: Path) -> None:
    """With no site yet, the browser shows the problems, escaped, and waits for the next build."""
    builds = Builds()
    builds.said = "<b> is wrong"
    server = open_server(tmp_path / "none", 0, builds)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    status, page, _ = ask(server, "/")

    server.shutdown()
    server.server_close()
    assert status == 404
    assert b"<pre>&lt;b&gt; is wrong</pre>" in page
    assert page.endswith(b"</script>")


def test_a_waiting_page_hears_of_the_next_build(server: Server) -> None:
    """An answer comes at once for an old build, and for the newest when another is made."""
    handler = server.RequestHandlerClass
    builds: Builds = handler.keywords["builds"]  # type: ignore[attr-defined] # it is a partial
    assert ask(server, "/.report/reload?")[1] == b"1"

    heard: list[bytes] = []
    waiting = threading.Thread(target=lambda: heard.append(ask(server, "/.report/reload?1")[1]))
    waiting.start()
    time.sleep(0.2)
    assert not heard
    builds.add()
    waiting.join(timeout=5)

    assert heard == [b"2"]


def test_a_page_is_not_left_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no change, the answer is the same number after a while."""
    monkeypatch.setattr(serving, "WAIT", 0.01)

    assert Builds().wait("1") == 1


def test_a_taken_port_is_said_before_anything_is_built(tmp_path: Path) -> None:
    """The sentence names the port and the option."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WriteFailed, match=rf"^port {port} cannot be used: Address already"):
            serving.serve(lambda: pytest.fail("built"), [], tmp_path, port=port)


def test_a_bad_change_is_said_and_keeps_the_earlier_site(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Problems go where tools read them, no page reloads, and a good build clears them."""
    builds = Builds()
    problem = Problem(Place("data/x.csv", 2), "E1", "it is wrong", "put it right")

    def fail() -> str:
        raise DataProblems([problem])

    serving._try_build(fail, builds)
    out, err = capsys.readouterr()
    assert out == "data/x.csv:2:1: E1 it is wrong; put it right\n"
    assert err == "1 problem; the earlier site is shown\n"
    assert builds.wait("0") == 1
    assert builds.said == str(problem)

    serving._try_build(lambda: "built", builds)
    assert (builds.said, builds.wait("1")) == ("", 2)


FAILURES: list[tuple[Exception, str]] = [
    (WriteFailed("x: No space left on device"), "x: No space left on device"),
    (FileNotFoundError(2, "No such file", "a.csv~"), "a.csv~: No such file; the earlier site is "),
]


@pytest.mark.parametrize(("error", "said"), FAILURES)
def test_a_failure_is_said_and_serving_goes_on(
    error: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, or a file that went while it was read, ends no session of editing."""

    def fail() -> str:
        raise error

    serving._try_build(fail, Builds())

    complaint = capsys.readouterr().err
    assert complaint.startswith(f"Error: {said}")
    assert complaint.count("\n") == 1


RUN = """
import sys
from pathlib import Path
from report.serving import serve
folder = Path(sys.argv[1])
def build():
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "index.html").write_text((folder / "words.md").read_text() + "</body>")
    return "built"
try:
    serve(build, [folder / "words.md"], folder / "site", port=0)
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_an_edit_is_built_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    """A change of a watched file is on the page within seconds; Ctrl-C ends without a trace."""
    (tmp_path / "words.md").write_text("old")
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("built in ")
    assert process.stderr.readline().startswith("serving http://127.0.0.1:")
    time.sleep(0.3)  # the watcher looks once before it can see a change

    (tmp_path / "words.md").write_text("new")
    assert process.stderr.readline().startswith("built in ")
    assert (tmp_path / "site" / "index.html").read_text() == "new</body>"

    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=10)
    assert (process.returncode, rest) == (130, "")
