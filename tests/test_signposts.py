"""What stands above the editions for programs is well formed and leads somewhere."""

from __future__ import annotations

import urllib.robotparser
from xml.etree import ElementTree as ET

from report.signposts import write_robots, write_sitemap, write_words
from tests.examples import make_second_report

URL = "https://example.org/bicycles/"
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_the_index_of_sitemaps_lists_each_edition_once() -> None:
    """In order, in each language, never the newest edition's second address."""
    text = write_sitemap(URL, {"zh": ["2026"], "en": ["2026", "2017"]})
    root = ET.fromstring(text)  # noqa: S314 - our own

    assert root.tag == f"{{{NAMES['map']}}}sitemapindex"
    assert [place.text for place in root.findall("map:sitemap/map:loc", NAMES)] == [
        f"{URL}en/2017/sitemap.xml",
        f"{URL}en/2026/sitemap.xml",
        f"{URL}zh/2026/sitemap.xml",
    ]


def test_robots_may_read_everything_and_find_the_sitemap() -> None:
    """As Python's own reader of such files understands it."""
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(write_robots(URL).decode().splitlines())

    assert parser.can_fetch("anybody", f"{URL}en/2026/data/")
    assert parser.site_maps() == [f"{URL}sitemap.xml"]


def test_the_list_for_readers_of_words_names_no_edition() -> None:
    """A title, a summary, and a link for each language."""
    words = write_words(make_second_report().declaration, ["en"]).decode()

    assert words == (
        "# Bicycle corridors of North Town and South Town\n\n"
        "> Example data for tests; no real place. Trips and paths of two made-up towns.\n\n"
        "## Editions\n\n"
        "- [Bicycle corridors of North Town and South Town]"
        "(https://example.org/bicycles/en/latest/llms.txt)\n"
    )
