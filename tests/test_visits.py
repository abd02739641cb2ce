"""Addresses are asked, and what they answer is told for what it is worth."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.problems import UsageError
from report.visits import (
    Answer,
    Finding,
    ask,
    ask_all,
    choose_pages,
    compare_published,
    describe_answers,
    judge_answer,
)

ANSWERS = {"/there": 200, "/gone": 404, "/dead": 410, "/refused": 403, "/busy": 503}
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of nothing, as FIPS 180-4's examples give it."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as its address says, else with a file."""

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/there")
            self.end_headers()
        elif self.path in ANSWERS:
            self.send_response(ANSWERS[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Path:
    """A published folder: two languages, one edition, its second one only in English."""
    for path in ("en/2026", "en/2026/a/b", "en/2026/a/c", "zh/2026", "en/2027"):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / path / "index.html").write_text(path)
    (tmp_path / "en/versions.json").write_text("[]")
    return tmp_path


@pytest.fixture(name="url")
def _url(site: Path) -> Iterator[str]:
    """The address of a server of the folder."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: Handler(*args, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        ("/there", Finding.THERE),
        ("/moved", Finding.THERE),
        ("/gone", Finding.GONE),
        ("/dead", Finding.GONE),
        ("/refused", Finding.UNSEEN),
        ("/busy", Finding.UNSEEN),
    ],
)
def test_only_what_says_so_itself_is_gone(url: str, path: str, finding: Finding) -> None:
    """A refusal tells nothing of what is there; one that moved is there."""
    assert judge_answer(ask(url + path)) is finding


def test_an_answer_holds_what_was_sent(url: str) -> None:
    """The hash is that of the bytes."""
    assert ask(f"{url}/there").digest == EMPTY


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "nothing", "http://127.0.0.1:1/", "http://[x"]
)
def test_what_cannot_be_asked_is_unseen_and_never_raises(address: str) -> None:
    """No address of the data ends the audit, and none leads to a file."""
    answer = ask(address)

    assert answer.status == 0
    assert answer.why
    assert judge_answer(answer) is Finding.UNSEEN


def test_all_are_asked_once_and_told_worst_first(url: str) -> None:
    """What is gone stands above what could not be seen, and the count at the end."""
    paths = ["/busy", "/there", "/gone", "/there", "/refused"]
    answers = ask_all(url + path for path in paths)

    assert [answer.url for answer in answers] == [
        f"{url}{path}" for path in ("/busy", "/gone", "/refused", "/there")
    ]
    assert list(describe_answers(answers)) == [
        f"- gone: <{url}/gone> (404 Not Found)",
        f"- could not be seen: <{url}/busy> (503 Service Unavailable)",
        f"- could not be seen: <{url}/refused> (403 Forbidden)",
        "4 addresses: 1 there, 1 gone, 2 could not be seen",
    ]
    assert "- could not be seen: <x:> (odd)" in describe_answers([Answer("x:", 0, why="odd")])


def test_pages_of_every_language_are_chosen(site: Path) -> None:
    """Home page, list of editions and one deeper page, where there are any."""
    assert choose_pages(site, "2026") == [
        *("en/2026/index.html", "en/versions.json", "en/2026/a/b/index.html"),
        "zh/2026/index.html",
    ]
    assert choose_pages(site, "2026-r1") == choose_pages(site, "2026")
    with pytest.raises(UsageError, match="holds no edition 2099"):
        choose_pages(site, "2099")


def test_published_pages_are_compared_byte_by_byte(
    site: Path, url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same bytes are well; others, or none, are told with their address."""
    pages = choose_pages(site, "2026")
    assert compare_published(site, pages, f"{url}/", wait=0) == []

    built = tmp_path_factory.mktemp("built")
    for page in [*pages, "en/2026/new.html"]:
        (built / page).parent.mkdir(parents=True, exist_ok=True)
        (built / page).write_bytes((site / page).read_bytes() if page in pages else b"")
    (built / "zh/2026/index.html").write_text("zh/2026 ")
    assert compare_published(built, [*pages, "en/2026/new.html"], url, wait=0) == [
        f"{url}/zh/2026/index.html: other bytes than were published",
        f"{url}/en/2026/new.html: 404 File not found",
    ]


def test_pages_that_appear_later_are_waited_for(
    site: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each pause asks anew; the wait ends as soon as all are there."""
    page, pauses = site / "en/2026/index.html", []
    content = page.read_bytes()
    built = site / "built"
    (built / "en/2026").mkdir(parents=True)
    (built / "en/2026/index.html").write_bytes(content)
    page.write_bytes(b"old")

    def publish(seconds: float) -> None:
        pauses.append(seconds)
        page.write_bytes(content)

    monkeypatch.setattr("report.visits.time.sleep", publish)
    assert compare_published(built, ["en/2026/index.html"], url, wait=60, pause=5) == []
    assert pauses == [5]
