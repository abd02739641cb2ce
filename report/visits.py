"""What the web answers: whether published pages are those that were built, and sources still there.

One of the few modules that touch the outside: it asks addresses and reads nothing but answers.
`judge_answer` says what an answer means. An address that refuses a program is not called dead: many
offices let only browsers in, so a person has to look.
"""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from report.problems import UsageError

_TIMEOUT = 30.0
_MOST = 20_000_000
"""Bytes that are read of an answer."""
_AGENT = "Mozilla/5.0 (compatible; link check of a report)"


class Finding(StrEnum):
    """What an answer says of an address."""

    THERE = "there"
    GONE = "gone"
    UNSEEN = "could not be seen"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 where nothing did."""

    url: str
    status: int
    digest: str = ""
    """SHA-256 of what was sent."""
    why: str = ""


def judge_answer(answer: Answer) -> Finding:
    """Gone: it says so itself. Unseen: it refuses, fails or is silent, which tells nothing."""
    if answer.status in {404, 410}:
        return Finding.GONE
    return Finding.THERE if 200 <= answer.status < 300 else Finding.UNSEEN


def ask(url: str) -> Answer:
    """Ask one address, following where it leads."""
    if not url.lower().startswith(("http://", "https://")):
        return Answer(url, 0, why="no web address")
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Cache-Control": "no-cache"}
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - http(s) only
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as reply:  # noqa: S310 - as above
            content = reply.read(_MOST)
            return Answer(url, reply.status, hashlib.sha256(content).hexdigest(), reply.reason)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(url, error.code, why=str(error.reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Answer(url, 0, why=" ".join(str(reason).split()) or type(error).__name__)


def ask_all(urls: Iterable[str]) -> list[Answer]:
    """Ask each address once, those of one host one after another, different hosts side by side."""
    hosts: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        hosts.setdefault(url.split("/", 3)[2] if url.count("/") > 1 else "", []).append(url)
    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = pool.map(lambda group: [ask(url) for url in group], hosts.values())
        return sorted((a for group in answers for a in group), key=lambda answer: answer.url)


def describe_answers(answers: Sequence[Answer]) -> Iterator[str]:
    """A report in Markdown: what is gone first, then what could not be seen."""
    by_finding: dict[Finding, list[Answer]] = {finding: [] for finding in Finding}
    for answer in answers:
        by_finding[judge_answer(answer)].append(answer)
    for finding in (Finding.GONE, Finding.UNSEEN):
        for answer in by_finding[finding]:
            said = f"{answer.status} {answer.why}".removeprefix("0 ").strip()
            yield f"- {finding}: <{answer.url}> ({said})"
    counts = ", ".join(f"{len(found)} {finding}" for finding, found in by_finding.items())
    yield f"{len(answers)} addresses: {counts}"


# What is published.


def choose_pages(folder: Path, edition: str) -> list[str]:
    """A few files of an edition whose likeness speaks for all.

    Of each language: the home page, the list of editions, and one page that lies deeper. A revision
    such as `2026-r1` that has no folder of its own stands in that of its edition. Raises UsageError
    where there are none.
    """
    names = dict.fromkeys([edition, edition.partition("-")[0]])
    found = (sorted(folder.glob(f"*/{name}/index.html")) for name in names)
    homes = next((pages for pages in found if pages), [])
    if not homes:
        raise UsageError(f"{folder} holds no edition {edition}; name the folder that is published")
    pages = []
    for home in homes:
        deeper = sorted(home.parent.glob("*/*/index.html"))[:1]
        pages += [home, home.parent.parent / "versions.json", *deeper]
    return [path.relative_to(folder).as_posix() for path in pages if path.is_file()]


def compare_published(
    folder: Path, pages: Sequence[str], url: str, *, wait: float, pause: float = 10.0
) -> list[str]:
    """Pages that the web does not answer with the folder's bytes, after waiting for them.

    `wait` is how many seconds a page may take to appear, `pause` how long until it is asked again.
    """
    wanted = {page: hashlib.sha256((folder / page).read_bytes()).hexdigest() for page in pages}
    until = time.monotonic() + wait
    while True:
        faults = []
        for page, digest in wanted.items():
            answer = ask(f"{url.rstrip('/')}/{page}")
            if judge_answer(answer) is not Finding.THERE:
                faults.append(f"{answer.url}: {answer.status} {answer.why}")
            elif answer.digest != digest:
                faults.append(f"{answer.url}: other bytes than were published")
        if not faults or time.monotonic() >= until:
            return faults
        time.sleep(min(pause, max(0.0, until - time.monotonic())))
