"""The front doors: the choice of language and edition, and the page for wrong addresses."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import html5lib

from report.front import make_front
from report.links import find_faults
from report.model import Edition, PageKind, ReportDeclaration
from report.policies import find_policy_faults
from report.reading import read_texts

PROJECT = Path(__file__).resolve().parent.parent
HOSTILE = "<b>\"Trips\" & 'rides'</b>"


def make(title: str = "Trips") -> dict[str, str]:
    """The front pages of a report with two editions in English and one in Chinese."""
    declaration = ReportDeclaration(
        title={"en": title, "zh": "出行"},
        short_title={"en": "Trips"},
        description={"en": "About trips."},
        publisher="Town",
        url="https://example.org/reports/trips/",
        licence="CC0 1.0",
        languages=("en", "zh"),
        kinds=(PageKind(id="p", folder="p", title={"en": "P"}, singular={"en": "P"}),),
    )
    day = dt.date(2026, 1, 1)
    old, new = (
        Edition(id=name, cut_off=day, released=day, title={"en": f"Edition {name}"})
        for name in ("2025", "2026")
    )
    texts = read_texts(PROJECT, "templates").by_path
    templates = {path.removeprefix("templates/"): text for path, text in texts.items()}
    files = make_front(declaration, {"en": [old, new], "zh": [new]}, templates)
    return {path: content.decode() for path, content in files.items()}


def publish(folder: Path, front: dict[str, str]) -> Path:
    """A site of the front pages and what they link to."""
    pages = [f"{name}/index.html" for name in ("en/2025", "en/2026", "en/latest", "zh/2026")]
    icons = ["en/latest/assets/favicon.svg"]
    for path, text in {
        **front,
        **dict.fromkeys([*pages, "zh/latest/index.html", *icons], ""),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_every_edition_is_offered_newest_first_in_its_own_language() -> None:
    """A reader finds each language by its own name and each edition by its title."""
    page = make()["index.html"]

    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', page)
    assert [link for link, _ in links] == [
        *("en/2026/", "en/2025/", "en/latest/"),
        *("zh/2026/", "zh/latest/"),
    ]
    assert links[0][1] == "English: Edition 2026"
    assert '<section lang="zh">' in page
    assert "<h1>出行</h1>" in page


def test_the_front_doors_lead_somewhere_below_the_published_path(tmp_path: Path) -> None:
    """The choice links relative to itself, the page for wrong addresses from the site's root."""
    site = publish(tmp_path, make())

    assert find_faults(site, "/reports/trips/") == []
    assert 'href="/reports/trips/en/latest/"' in make()["404.html"]


def test_the_front_doors_are_whole_documents_of_their_own() -> None:
    """Both parse without an error, ask for no other file but the icon, and a title is only text."""
    for page in (make(HOSTILE)["index.html"], make(HOSTILE)["404.html"]):
        html5lib.HTMLParser(strict=True).parse(page)
        assert HOSTILE not in page
        assert "<link rel=" in page
        assert "src=" not in page


def test_the_front_doors_run_nothing_but_their_own_code() -> None:
    """Each carries the policy of all pages; what it has inline is named there."""
    for page in ("index.html", "404.html"):
        assert list(find_policy_faults(make()[page])) == []


def test_github_pages_is_told_to_leave_the_files_alone() -> None:
    """Without this file, folders that begin with an underscore would be left out."""
    assert make()[".nojekyll"] == ""
