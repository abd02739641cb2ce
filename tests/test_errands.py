"""The commands of workflows say what they found and end with the status that a workflow reads."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from report import visits
from report.visits import Answer
from tests.commands import main
from tests.examples import SECOND


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture(name="published")
def _published(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is published, and its address."""
    (tmp_path / "en/2026").mkdir(parents=True)
    (tmp_path / "en/2026/index.html").write_text("home")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("status", "ended"), [(200, 0), (403, 0), (404, 3)])
def test_each_source_is_asked_and_only_a_dead_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], status: int, ended: int
) -> None:
    """All addresses of the sources are asked; one that refuses programs is listed and no more."""
    asked: list[str] = []

    def answer(url: str) -> Answer:
        asked.append(url)
        return Answer(url, status if len(asked) == 1 else 200, why="as told")

    monkeypatch.setattr(visits, "ask", answer)
    ended_with = main(["audit", "addresses", "--root", str(SECOND)])

    said = capsys.readouterr()
    rows = (SECOND / "data/sources.csv").read_text().count("https://")
    assert ended_with == ended
    assert len(set(asked)) == len(asked) == rows
    assert f"{len(asked)} addresses: {len(asked) - (status != 200)} there" in said.out
    assert ("1 address is gone" in said.err) == (status == 404)


def test_published_pages_are_compared(
    published: tuple[Path, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The same pages end well; others, or another edition, do not."""
    folder, url = published
    assert main(["audit", "published", "2026", str(folder), "--url", url]) == 0
    assert "what was published: en/2026/index.html" in capsys.readouterr().out

    other = tmp_path / "other"
    (other / "en/2026").mkdir(parents=True)
    (other / "en/2026/index.html").write_text("another")
    assert main(["audit", "published", "2026", str(other), "--url", url]) == 3
    assert "other bytes than were published" in capsys.readouterr().err
    assert main(["audit", "published", "2099", str(folder), "--url", url]) == 2


def test_a_comment_needs_a_commit(capsys: pytest.CaptureFixture[str]) -> None:
    """What is no hash never gets into a comment."""
    assert main(["preview", "comment", "12", "ab" * 20]) == 0
    assert "/preview/pr-12/" in capsys.readouterr().out
    assert main(["preview", "comment", "12", "@all"]) == 2
    assert main(["preview", "comment", "0", "ab" * 20]) == 2
